"""Other processes that add names."""

from __future__ import annotations

import asyncio
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path

from corpus import open_corpus
from corpus.storage import open_record


def add_numbered(line: Connection, url: str) -> None:
    """Add one numbered alias after the other until killed, sending each number before."""

    async def adding() -> None:
        async with open_record(url) as record:
            for number in count():
                line.send(number)
                await record.add_alias("Anna Weld", f"Alias {number}", by="worker")

    asyncio.run(adding())


def name_as_told(line: Connection, url: str, directory: Path) -> None:
    """Open a corpus and do what it is told until told to end: add or remove an alias."""

    async def naming() -> None:
        async with open_corpus(url, directory) as corpus:
            line.send("ready")
            while told := line.recv():
                if len(told) == 1:
                    await corpus.remove_alias(*told, by="worker")
                else:
                    await corpus.add_alias(*told, by="worker")
                line.send("done")

    asyncio.run(naming())
