"""How fast and how large: search, memory, building, adding one, opening in a new process.

    python -m bench.latency                     20,000 and 250,000 paragraphs
    python -m bench.latency 2000 20000          these sizes
    python -m bench.latency --keep DIR          keep the indexes for the next run

Above the size of the corpora, paragraphs are repeated with their words in another order and new
words among them, so that the vocabulary grows as well.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from bench.judged import SHARED, TODAY, Intake, documents, judged_sets, read_lines
from bench.typos import with_typos
from corpus.search import SearchIndex
from corpus.search.searcher import search
from corpus.types import DocumentState

SIZES = (20_000, 250_000)
NEW_WORDS = 0.01
"""Share of the words of a repeated paragraph that are new to the vocabulary."""
ASKERS = 50


def lines(size: int) -> Iterator[Any]:
    """Corpus lines with at least ``size`` paragraphs in all."""
    corpora = [SHARED / "corpora" / f"{name}.jsonl.gz" for name in ("whitehouse", "kremlin", "ru")]
    total = copy = 0
    while True:
        chance = random.Random(copy)
        for path in corpora:
            for line in documents(path):
                if copy:
                    _vary(line, copy, chance)
                yield line
                total += len(line["paragraphs"])
                if total >= size:
                    return
        copy += 1


def _vary(line: Any, copy: int, chance: random.Random) -> None:
    line["url"] = f"{line['url']}?copy={copy}"
    for paragraph in line["paragraphs"]:
        words = paragraph["text"].split()
        chance.shuffle(words)
        for place in range(len(words)):
            if chance.random() < NEW_WORDS:
                word = words[place]
                words[place] = word[: len(word) // 2] + "".join(chance.choices("aeioulnrst", k=4))
        paragraph["text"] = " ".join(words)


def fill(directory: Path, size: int) -> dict[str, float]:
    """Build an index of about ``size`` paragraphs; gives how long the index alone took."""
    index = SearchIndex.open(directory)
    if index.position:
        return {}
    intake = Intake()
    waiting: list[DocumentState] = []
    took, total, position, waiting_size = 0.0, 0, 0, 0

    def apply() -> None:
        nonlocal took, waiting_size
        begun = time.perf_counter()
        index.apply(waiting, position)
        took += time.perf_counter() - begun
        waiting.clear()
        waiting_size = 0

    for state in intake.states(lines(size)):
        position += 1
        waiting.append(state)
        waiting_size += len(state.passages)
        total += len(state.passages)
        if waiting_size >= 5_000:
            apply()
    if waiting:
        apply()
    index.close()
    return {"paragraphs": total, "build, paragraphs/s": total / took}


OPENING = """
import json, sys, time
begun = time.perf_counter()
from datetime import date
from pathlib import Path
from corpus.search import SearchIndex
from corpus.search.searcher import search
index = SearchIndex.open(Path(sys.argv[1]))
found = index.search("What was said about Iran?", limit=5, today=date(2026, 11, 24))
took = time.perf_counter() - begun
print(json.dumps({"took": took, "hits": len(found.hits)}))
"""

ASKING = """
import json, sys
from pathlib import Path
from bench.latency import ask_all
print(json.dumps(ask_all(Path(sys.argv[1]))))
"""


def questions() -> list[str]:
    """Questions of the whitehouse set."""
    return [row["text"] for row in read_lines(judged_sets()["whitehouse"].queries)]


def ask_all(directory: Path) -> dict[str, float]:
    """Ask in this process: percentiles in milliseconds, and resident memory in megabytes."""
    index = SearchIndex.open(directory)
    texts = questions()
    for text in texts:
        index.search(text, limit=5, today=TODAY)
        index.search(with_typos(text), limit=5, today=TODAY)
    resident = _resident()
    clean = _timed(index, texts * 3)
    typed = _timed(index, [with_typos(text) for text in texts] * 3)
    found = {
        "p50 ms": clean[len(clean) // 2],
        "p99 ms": clean[int(len(clean) * 0.99)],
        "p50 ms with typos": typed[len(typed) // 2],
        "resident MB": resident,
    }
    found["p99 ms of 50 askers"] = asyncio.run(_crowd(index, texts))
    return found


def _resident() -> float:
    """The most memory that this process has had, in megabytes."""
    status = Path("/proc/self/status")
    if status.exists():
        # What getrusage says on Linux includes the parent, from before this program was loaded.
        fields = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
        return int(fields["VmHWM"].split()[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 * 1024)


def _timed(index: SearchIndex, texts: Sequence[str]) -> list[float]:
    took = []
    for text in texts:
        begun = time.perf_counter()
        # Not through the index, which remembers its answers.
        search(index.view, text, limit=5, today=TODAY)
        took.append(1000 * (time.perf_counter() - begun))
    return sorted(took)


async def _crowd(index: SearchIndex, texts: Sequence[str]) -> float:
    took: list[float] = []

    async def asker(number: int) -> None:
        for turn in range(10):
            # Spaces make each question a new one.
            text = texts[(7 * number + turn) % len(texts)] + " " * (10 * number + turn)
            begun = time.perf_counter()
            await asyncio.to_thread(index.search, text, limit=5, today=TODAY)
            took.append(1000 * (time.perf_counter() - begun))

    await asyncio.gather(*(asker(number) for number in range(ASKERS)))
    return sorted(took)[int(len(took) * 0.99)]


def add_one(directory: Path) -> float:
    """Seconds from handing over a new document to finding it."""
    index = SearchIndex.open(directory)
    intake = Intake()
    line = next(iter(lines(1)))
    line["url"] = "added"
    line["paragraphs"].append({"speaker": None, "text": f"The word is added{index.position}."})
    state = next(iter(intake.states([line])))
    begun = time.perf_counter()
    index.apply([state], index.position + 1)
    found = index.nearest(f"added{index.position - 1}", limit=1)
    took = time.perf_counter() - begun
    index.close()
    if not found:
        raise RuntimeError("the added document is not found")
    return took


def measure(directory: Path, size: int) -> dict[str, float]:
    """All figures of one size."""
    figures = fill(directory, size)
    figures["disk MB"] = sum(
        file.stat().st_size for file in directory.rglob("*") if file.is_file()
    ) / (1024 * 1024)
    opened = [_process(OPENING, directory)["took"] for _ in range(3)]
    figures["new process to first answer s"] = sorted(opened)[1]
    figures.update(_process(ASKING, directory))
    figures["added and found s"] = sorted(add_one(directory) for _ in range(5))[2]
    return figures


def _process(code: str, directory: Path) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-c", code, str(directory)], capture_output=True, text=True, check=True
    )
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def table(figures: dict[int, dict[str, float]]) -> str:
    """Figures as a Markdown table, one column a size."""
    names = list(dict.fromkeys(name for found in figures.values() for name in found))
    rows = [
        "| | " + " | ".join(f"{size:,}" for size in figures) + " |",
        "| --- |" + " ---: |" * len(figures),
    ]
    for name in names:
        cells = [
            f"{found[name]:,.0f}" if found.get(name, 0) >= 100 else f"{found.get(name, 0):.2f}"
            for found in figures.values()
        ]
        rows.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(rows)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(description="How fast and how large the search is.")
    parser.add_argument("sizes", nargs="*", type=int)
    parser.add_argument("--keep", type=Path, help="keep the indexes in this directory")
    parser.add_argument("--json", type=Path, help="write all figures to this file")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as temporary:
        home = options.keep or Path(temporary)
        figures = {size: measure(home / str(size), size) for size in options.sizes or SIZES}
    print(table(figures))
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
