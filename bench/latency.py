"""How fast and how large: loading, asking, many people at once, mending, adding, opening.

    python -m bench.latency                     20,000 and 250,000 paragraphs, about 20 minutes
    python -m bench.latency 2000 20000          these sizes
    python -m bench.latency --keep DIR          keep the records for the next run
    python -m bench.latency --quick             300 paragraphs of the samples, some seconds

Everything goes through ``open_corpus`` over a record in SQLite, as a bot would: each figure of
asking is one ``Corpus.ask``, from the question to the passages read from the record. Each size is
loaded, opened and asked in processes of their own (``bench.parts`` says what each part measures).

Above the size of the corpora, paragraphs are repeated with their words in another order and new
words among them, so that the vocabulary grows as well.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, zip_longest
from pathlib import Path
from statistics import median
from typing import Any

from bench.judged import SHARED, documents
from corpus.samples import samples_path

ROOT = Path(__file__).resolve().parents[1]
SIZES = (20_000, 250_000)
QUICK = (300,)
NEW_WORDS = 0.025
"""Share of the words of a repeated paragraph that are new to the vocabulary: at 250,000 paragraphs
this makes it larger than 200,000 words."""
OPENINGS = 5
PARTS = ("asking", "crowd", "mending", "adding")
"""Parts of ``bench.parts`` that run on a loaded record, in this order."""

OPENING = """
import asyncio, json, sys, time
begun = time.perf_counter()
from pathlib import Path
from corpus import open_corpus
async def first(url, folder):
    async with open_corpus(url, folder) as corpus:
        await corpus.ask("What was said about Iran?")
        return time.perf_counter() - begun
print(json.dumps(asyncio.run(first(sys.argv[1], Path(sys.argv[2])))))
"""
"""A program of its own, so that its imports are those of the corpus alone."""

Figures = dict[str, dict[str, float]]
"""Figures by name, by part."""

_LATIN, _CYRILLIC = "aeioulnrst", "аеиоулнрст"


def lines(size: int, *, samples: bool = False) -> Iterator[Any]:
    """Corpus lines with at least ``size`` paragraphs in all; of the samples alone if so said."""
    corpora = [SHARED / "corpora" / f"{name}.jsonl.gz" for name in ("whitehouse", "kremlin", "ru")]
    if samples:
        corpora = [samples_path()]
    total = copy = 0
    while True:
        chance = random.Random(copy)
        # In turn, so that each language is there at each size.
        for line in chain.from_iterable(zip_longest(*map(documents, corpora))):
            if line is None:
                continue
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
                stem = words[place][: len(words[place]) // 2]
                letters = _CYRILLIC if re.search("[а-яё]", stem.lower()) else _LATIN
                words[place] = stem + "".join(chance.choices(letters, k=4))
        paragraph["text"] = " ".join(words)


def database_url(folder: Path) -> str:
    """Of the record in SQLite that the bench keeps in a folder, beside its index."""
    return f"sqlite+aiosqlite:///{folder / 'record.db'}"


def measure(folder: Path, size: int, *, quick: bool = False) -> Figures:
    """All figures of one size; the record in ``folder`` is loaded unless it is there."""
    flags = ["--quick"] if quick else []

    def parts(*names: str) -> Figures:
        found: Figures = _process("-m", "bench.parts", str(folder), str(size), *names, *flags)
        return found

    # Apart, so that loading has no share in the memory that asking takes.
    found = parts("loading", *PARTS) if quick else parts("loading") | parts(*PARTS)
    opening = ("-c", OPENING, database_url(folder), str(folder))
    opened = [_process(*opening) for _ in range(1 if quick else OPENINGS)]
    found["loading"]["new process to first answer, s"] = median(opened)
    return found


def _process(*arguments: str) -> Any:
    command = [sys.executable, *arguments]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, cwd=ROOT)
    return json.loads(done.stdout)


def tables(figures: Mapping[int, Figures]) -> str:
    """Figures as Markdown tables: one a part, with one column a size."""
    parts = dict.fromkeys(part for found in figures.values() for part in found)
    return "\n\n".join(
        f"**{part}**\n\n{_table({size: found[part] for size, found in figures.items()})}"
        for part in parts
    )


def _table(figures: Mapping[int, Mapping[str, float]]) -> str:
    names = dict.fromkeys(name for found in figures.values() for name in found)
    rows = [
        "| paragraphs | " + " | ".join(f"{size:,}" for size in figures) + " |",
        "| --- |" + " ---: |" * len(figures),
    ]
    for name in names:
        cells = [_cell(found.get(name)) for found in figures.values()]
        rows.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(rows)


def _cell(value: float | None) -> str:
    if value is None:
        return "–"
    whole = abs(value) >= 100 or value == int(value)
    return f"{value:,.0f}" if whole else f"{value:.2f}"


def main(arguments: Sequence[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(description="How fast and how large the search is.")
    parser.add_argument("sizes", nargs="*", type=int)
    parser.add_argument("--keep", type=Path, help="keep the records in this directory")
    parser.add_argument("--json", type=Path, help="write all figures to this file")
    parser.add_argument("--quick", action="store_true", help="a small run, of the samples alone")
    options = parser.parse_args(arguments)
    sizes = options.sizes or (QUICK if options.quick else SIZES)
    figures = {}
    before = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as temporary:
        home = (options.keep or Path(temporary)).resolve()
        for size in sizes:
            figures[size] = measure(home / str(size), size, quick=options.quick)
    load = f"load {before:.1f} before, {os.getloadavg()[0]:.1f} after"
    print(f"{os.cpu_count()} cores, {load}\n\n{tables(figures)}")
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
