"""What percolation costs: ``python -m bench.alerts [QUESTIONS] [FOLDER]``.

Loads all corpora but some statements, lets so many different questions stand (10,000 by default:
a name and a word, a speaker and a name, a word or a name alone, drawn from the corpora's own
words), publishes the statements left one by one and says what matching each with all questions
takes, in seconds of this process's processor time.
"""

from __future__ import annotations

import asyncio
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from corpus import Corpus, open_corpus, read_lines
from corpus.search.analysis import capitals, fold, words
from corpus.types import Draft

CORPORA = Path(__file__).resolve().parents[1].parent / "shared" / "corpora"
HELD_OUT = 12
SEED = 11


def questions(drafts: list[Draft], count: int) -> list[str]:
    """Different questions in the words of some statements."""
    names, others = Counter[str](), Counter[str]()
    for draft in drafts:
        for paragraph in draft.paragraphs:
            capital = [name for name in capitals(paragraph.text) if len(name) > 3]
            names.update(capital)
            small = set(words(paragraph.text)) - {fold(name) for name in capital}
            others.update(word for word in small if len(word) > 5)
    speakers = Counter(
        p.speaker.title() for d in drafts for p in d.paragraphs if p.speaker and len(p.speaker) < 30
    )
    chance = random.Random(SEED)
    pools = [
        [text for text, times in counted.most_common(4_000) if times > 4]
        for counted in (names, others, speakers)
    ]
    found: dict[str, None] = {}
    while len(found) < count:
        name, word, speaker = map(chance.choice, pools)
        kinds = (f"{name} {word}", f"{name} {word}", name, word)
        found[chance.choice((*kinds, f"what did {speaker} say about {name}?"))] = None
    return list(found)


async def measured(corpus: Corpus, drafts: list[Draft], asked: list[str]) -> list[str]:
    """One line a statement published."""
    lines = []
    for draft in drafts:
        document = await corpus.publish(draft)
        wall, processor = time.perf_counter(), time.process_time()
        met = await corpus.alerts.percolate(document.id, asked)
        wall, processor = time.perf_counter() - wall, time.process_time() - processor
        lines.append(
            f"{len(draft.paragraphs):>5} paragraphs, {len(met):>4} questions met: "
            f"{processor:.2f} s of processor, {wall:.2f} s"
        )
    return lines


async def main(count: int, drafts: list[Draft]) -> None:
    """Print the figures."""
    random.Random(SEED).shuffle(drafts)
    held, rest = drafts[:HELD_OUT], drafts[HELD_OUT:]
    asked = questions(rest, count)
    with tempfile.TemporaryDirectory() as place:
        url = f"sqlite+aiosqlite:///{place}/record.db"
        async with open_corpus(url, Path(place)) as corpus:
            await corpus.load(rest)
            start = time.process_time()
            await corpus.alerts.percolate(1, asked)
            print(
                f"reading {count} questions for the first time: {time.process_time() - start:.1f} s"
            )
            for line in await measured(corpus, held, asked):
                print(line)


if __name__ == "__main__":
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    corpora = Path(sys.argv[2]) if len(sys.argv) > 2 else CORPORA
    read = [draft for path in sorted(corpora.glob("*.jsonl*")) for draft in read_lines(path)]
    asyncio.run(main(number, read))
