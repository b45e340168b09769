"""The parts of ``bench.latency`` that work on a record, in one process, in the order named.

    python -m bench.parts FOLDER PARAGRAPHS PART... [--quick]

Prints one JSON object: figures by name, by part. No question is asked twice: each time it has one
more space at its end, since the index remembers answers. Questions are the judged ones of
``bench/judged``, English and Russian, with those among them that have no answer.

    loading   put the paragraphs on record, unless they are; then build the index anew
    asking    one question after another, clean and with a typo in each content word; memory
    crowd     many people at once: ``bench.crowd``
    mending   the same questions with one word misspelt: what it costs beyond the clean ones
    adding    a statement published here, and by another process on the same folder, until it is
              found: ``bench.adding``
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import re
import resource
import time
from collections.abc import Iterable
from pathlib import Path
from statistics import median

from bench.adding import adding, publishing
from bench.asking import Setting, ask, ask_all, percentile
from bench.crowd import crowd
from bench.latency import database_url, lines
from bench.typos import with_one_typo, with_typos
from corpus import Corpus, open_corpus

MEGABYTE = 1024 * 1024


async def loading(corpus: Corpus, setting: Setting) -> dict[str, float]:
    """Put the paragraphs on record, and build the index anew."""
    figures: dict[str, float] = {}
    if (await corpus.coverage()).passages < setting.size:
        documents = list(lines(setting.size, samples=setting.quick))
        begun = time.perf_counter()
        report = await corpus.load(documents)
        figures["loaded, paragraphs/s"] = report.paragraphs / (time.perf_counter() - begun)
        begun = time.perf_counter()
        async for _ in corpus.reindex():
            pass
        figures["index built anew, paragraphs/s"] = report.paragraphs / (
            time.perf_counter() - begun
        )
    coverage = await corpus.coverage()
    words = list(setting.lexicon())
    return figures | {
        "on record": coverage.passages,
        "documents": coverage.documents,
        "words in the lexicon": len(words),
        "of them Cyrillic": sum(map(is_cyrillic, words)),
        "record on disk, MB": disk(setting.folder.glob("record.db*")),
        "index on disk, MB": disk((setting.folder / "index").rglob("*")),
    }


def is_cyrillic(text: str) -> bool:
    """Whether there is a Cyrillic letter in it."""
    return re.search("[а-яё]", text.lower()) is not None


def disk(paths: Iterable[Path]) -> float:
    """Megabytes of these files."""
    return sum(path.stat().st_size for path in paths if path.is_file()) / MEGABYTE


async def asking(corpus: Corpus, setting: Setting) -> dict[str, float]:
    """One question after another; everything is asked once before it is timed."""
    questions = setting.questions
    for text in questions.texts:
        await ask(corpus, questions.new(text))
        await ask(corpus, with_typos(questions.new(text)))
    resident = peak_memory()
    texts = questions.texts * setting.turns
    begun = time.process_time()
    clean = await ask_all(corpus, map(questions.new, texts))
    worked = time.process_time() - begun
    # Another space, and the typos are others.
    typed = await ask_all(corpus, [with_typos(questions.new(text)) for text in texts])
    return {
        "questions": len(clean),
        "p50 ms": median(clean),
        "p99 ms": percentile(clean, 0.99),
        "p50 ms with typos": median(typed),
        "p99 ms with typos": percentile(typed, 0.99),
        "processor ms a question, on average": 1000 * worked / len(clean),
        "resident MB at most": resident,
    }


def peak_memory() -> float:
    """The most memory that this process has had, in megabytes."""
    status = Path("/proc/self/status")
    if status.exists():
        # What getrusage says on Linux includes the parent, from before this program was loaded.
        fields = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
        return int(fields["VmHWM"].split()[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE


async def mending(corpus: Corpus, setting: Setting) -> dict[str, float]:
    """What it costs to mend one misspelt word, by language of the question."""
    questions = setting.questions
    await ask_all(corpus, map(questions.new, questions.texts))
    figures: dict[str, float] = {}
    for language, cyrillic in (("English", False), ("Russian", True)):
        texts = [text for text in questions.texts if is_cyrillic(text) == cyrillic]
        clean, misspelt, tried = [], [], 0
        for number, text in itertools.product(range(setting.turns), texts):
            wrong = with_one_typo(text, number)
            if wrong is None:
                continue
            tried += 1
            took, answer = await ask(corpus, questions.new(text))
            longer, mended = await ask(corpus, questions.new(wrong))
            if mended.query.repairs and not answer.query.repairs:
                clean.append(took)
                misspelt.append(longer)
        figures[f"{language}: misspelt questions"] = tried
        figures[f"{language}: of them mended"] = len(misspelt)
        if misspelt:
            figures[f"{language}: p50 ms clean"] = median(clean)
            figures[f"{language}: p50 ms with one word mended"] = median(misspelt)
            figures[f"{language}: mending, ms"] = median(misspelt) - median(clean)
    return figures


PARTS = {
    "loading": loading,
    "asking": asking,
    "crowd": crowd,
    "mending": mending,
    "adding": adding,
    "publishing": publishing,
}


async def run(parts: Iterable[str], setting: Setting) -> dict[str, dict[str, float]]:
    """The figures of these parts."""
    setting.folder.mkdir(parents=True, exist_ok=True)
    async with open_corpus(database_url(setting.folder), setting.folder) as corpus:
        return {part: await PARTS[part](corpus, setting) for part in parts}


def main() -> None:
    """Run the parts, print their figures."""
    parser = argparse.ArgumentParser(description="Parts of bench.latency.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("size", type=int, metavar="paragraphs")
    parser.add_argument("parts", nargs="+", choices=list(PARTS))
    parser.add_argument("--quick", action="store_true")
    options = parser.parse_args()
    setting = Setting(options.folder, options.size, options.quick)
    print(json.dumps(asyncio.run(run(options.parts, setting))))


if __name__ == "__main__":
    main()
