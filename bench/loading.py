"""How fast a bulk load is, and what it takes: the record alone, and with the search index.

    python -m bench.loading                            the corpora, on SQLite
    python -m bench.loading --database URL             on an empty database of a server
    python -m bench.loading FILE...                    other files of the bulk format

Each measurement runs in a process of its own, so that its memory is its own. Prints a table.
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
from collections.abc import Iterable, Iterator
from pathlib import Path
from statistics import median
from typing import Any

from corpus import open_corpus
from corpus.ingest import read_lines
from corpus.storage import open_record
from corpus.types import Draft

SHARED = Path(__file__).resolve().parents[2] / "shared" / "corpora"
BATCH = 5_000
"""Paragraphs of one transaction, as in ``corpus.corpus``."""
READS = 500


class Clock:
    """Adds up the time within its ``with`` blocks, as it passes and as the processor works.

    On a machine that others use too, the second is the one to compare.
    """

    def __init__(self) -> None:
        self.seconds = 0.0
        self.processor = 0.0

    def __enter__(self) -> None:
        self._started = time.perf_counter(), time.process_time()

    def __exit__(self, *_: object) -> None:
        self.seconds += time.perf_counter() - self._started[0]
        self.processor += time.process_time() - self._started[1]


def drafts(files: Iterable[Path]) -> Iterator[Draft]:
    """The documents of all files."""
    for path in files:
        yield from read_lines(path)


def batches(files: Iterable[Path]) -> Iterator[list[Draft]]:
    """The documents in batches of about :data:`BATCH` paragraphs."""
    batch: list[Draft] = []
    size = 0
    for draft in drafts(files):
        batch.append(draft)
        size += len(draft.paragraphs)
        if size >= BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


async def record_alone(url: str, files: list[Path]) -> dict[str, float]:
    """Publish everything; count only the time that the record takes."""
    paragraphs = 0
    clock = Clock()
    async with open_record(url) as record:
        for batch in batches(files):
            with clock:
                await record.publish(batch)
            paragraphs += sum(len(draft.paragraphs) for draft in batch)
        chance = random.Random(1)
        reads = []
        for _ in range(READS):
            ids = [chance.randrange(1, paragraphs + 1) for _ in range(5)]
            started = time.perf_counter()
            await record.passages(ids)
            reads.append(time.perf_counter() - started)
    return _measured(paragraphs, clock) | {"read_ms": median(reads) * 1000}


async def everything(url: str, files: list[Path]) -> dict[str, float]:
    """Load through the facade: parsing, record and index."""
    with tempfile.TemporaryDirectory() as folder:
        clock = Clock()
        async with open_corpus(url, Path(folder)) as corpus:
            with clock:
                report = await corpus.load(drafts(files))
            return _measured(report.paragraphs, clock)


async def again(url: str, files: list[Path]) -> dict[str, float]:
    """Load the same once more into a record that has it: nothing may change."""
    with tempfile.TemporaryDirectory() as folder:
        async with open_corpus(url, Path(folder)) as corpus:
            clock = Clock()
            with clock:
                report = await corpus.load(drafts(files))
            if report.created or report.corrected or report.duplicates:
                raise SystemExit(f"loading twice changed the record: {report}")
            return _measured((await corpus.coverage()).passages, clock)


def _measured(paragraphs: int, clock: Clock) -> dict[str, float]:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    kilobytes = peak / 1024 if sys.platform == "darwin" else peak
    return {
        "paragraphs": paragraphs,
        "seconds": clock.seconds,
        "processor": clock.processor,
        "rate": paragraphs / clock.seconds,
        "megabytes": kilobytes / 1024,
    }


WAYS = {
    "the record alone": record_alone,
    "record and index": everything,
    "the same again": again,
}


def _in_own_process(way: str, url: str, files: list[Path]) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.loading", "--way", way, "--database", url]
    done = subprocess.run(
        [*command, *map(str, files)], check=True, stdout=subprocess.PIPE, text=True
    )
    measured: dict[str, Any] = json.loads(done.stdout)
    return measured


def main() -> None:
    """Measure every way and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0] if __doc__ else None)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--database")
    parser.add_argument("--way", choices=list(WAYS))
    options = parser.parse_args()
    files = options.files or sorted(SHARED.glob("*.jsonl.gz"), reverse=True)
    if not files:
        raise SystemExit(f"no files in {SHARED}; name some")
    if options.way:
        print(json.dumps(asyncio.run(WAYS[options.way](options.database, files))))
        return
    print("| what | paragraphs | seconds | of processor | paragraphs a second | peak memory |")
    print("| --- | --- | --- | --- | --- | --- |")
    read = ""
    with tempfile.TemporaryDirectory() as folder:
        for way in WAYS:
            # On a server there is one database: the record is measured with its index only.
            if options.database and way == "the record alone":
                continue
            name = "alone.db" if way == "the record alone" else "whole.db"
            url = options.database or f"sqlite+aiosqlite:///{Path(folder) / name}"
            measured = _in_own_process(way, url, files)
            row = (
                way,
                f"{measured['paragraphs']:,}",
                f"{measured['seconds']:.1f}",
                f"{measured['processor']:.1f}",
                f"{measured['rate']:,.0f}",
                f"{measured['megabytes']:.0f} MB",
            )
            print("| " + " | ".join(row) + " |")
            if "read_ms" in measured:
                read = f"{measured['read_ms']:.2f} ms"
    if read:
        print(f"\nFive passages by id from the record, p50: {read}")


if __name__ == "__main__":
    main()
