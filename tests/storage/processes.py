"""Other processes, which use the record as this one does.

They are forked from a server that has imported everything once: starting one takes milliseconds.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import resource
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from corpus.errors import CorpusError
from corpus.storage import open_record
from tests.storage.build import draft, numbered

_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload([__name__])
SHARED = "https://shared.example/"


class Worker:
    """A process that runs a function of this module, and a line to it."""

    def __init__(self, target: Callable[..., None], *arguments: Any) -> None:
        self.line, theirs = _context.Pipe()
        self._process = _context.Process(target=target, args=(theirs, *arguments), daemon=True)
        self._process.start()
        theirs.close()

    def running(self) -> bool:
        """Whether it has not ended."""
        return self._process.is_alive()

    def finish(self) -> None:
        """Wait for it to end, and well."""
        self._process.join(60)
        assert self._process.exitcode == 0
        self.line.close()

    def kill(self) -> list[Any]:
        """End it at once, by SIGKILL; gives what it had still sent."""
        self._process.kill()
        self._process.join(60)
        assert self._process.exitcode == -signal.SIGKILL
        left = []
        try:
            while self.line.poll():
                left.append(self.line.recv())
        except (EOFError, OSError):
            pass
        self.line.close()
        return left


def open_when_told(line: Connection, url: str) -> None:
    """Say that it is ready, wait for a word, open the record, send the number of documents."""

    async def opened() -> int:
        async with open_record(url) as record:
            return (await record.coverage()).documents

    line.send("ready")
    line.recv()
    line.send(asyncio.run(opened()))


def publish_batches(line: Connection, url: str, batch: int, batches: int) -> None:
    """Publish numbered statements in batches, sending the first number of each before it."""

    async def publish() -> None:
        async with open_record(url) as record:
            for start in range(0, batch * batches, batch):
                line.send(start)
                await record.publish(numbered(batch, start=start))

    asyncio.run(publish())


def publish_rounds(line: Connection, url: str, name: int, rounds: int, batch: int) -> None:
    """When told, publish statements of its own and each time a correction of a shared one."""

    async def publish() -> None:
        async with open_record(url) as record:
            line.send("ready")
            line.recv()
            for turn in range(rounds):
                own = numbered(batch, start=name + turn * batch)
                await record.publish([*own, draft(f"{name}", f"{turn}", url=SHARED)], by=f"{name}")

    asyncio.run(publish())


def publish_until_full(line: Connection, url: str, limit: int) -> None:
    """Publish until no file may grow past ``limit`` bytes; send batches done and the error."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

    async def publish() -> None:
        done = 0
        async with open_record(url) as record:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
            try:
                while True:
                    await record.publish(numbered(100, start=done))
                    done += 100
            except CorpusError as error:
                line.send((done, type(error).__name__, str(error)))

    asyncio.run(publish())


def write(path: Path, content: bytes) -> None:
    """Write a file."""
    path.write_bytes(content)


def read(path: Path) -> bytes:
    """Read a file."""
    return path.read_bytes()
