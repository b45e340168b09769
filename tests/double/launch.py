"""The bot as a subprocess, and the lines of a terminal."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
import tempfile
import threading
from collections.abc import AsyncIterator
from pathlib import Path
from typing import BinaryIO

from tests.double.double import Double


def _log(data: str) -> BinaryIO:
    folder = Path(data)
    folder.mkdir(parents=True, exist_ok=True)
    return (folder / "bot.log").open("wb")


async def stdin_lines() -> AsyncIterator[str]:
    """Lines of standard input, read in a thread that does not hold up the end."""
    loop = asyncio.get_running_loop()
    lines: asyncio.Queue[str] = asyncio.Queue()

    def read() -> None:
        with contextlib.suppress(RuntimeError):
            while line := sys.stdin.readline():
                loop.call_soon_threadsafe(lines.put_nowait, line)
            loop.call_soon_threadsafe(lines.put_nowait, "")

    threading.Thread(target=read, daemon=True).start()
    while line := await lines.get():
        yield line


@contextlib.asynccontextmanager
async def bot_process(double: Double, data_dir: str | None, owner: int) -> AsyncIterator[None]:
    """The bot as a subprocess, its log in a file beside its data."""
    with tempfile.TemporaryDirectory() as scratch:
        data = data_dir or scratch
        environment = {
            "ONTHERECORD_OWNERS": str(owner),
            **os.environ,
            **double.environment,
            "ONTHERECORD_DATA_DIR": data,
        }
        with _log(data) as log:
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", "run", env=environment, stdout=log, stderr=log
            )
            try:
                yield
            finally:
                if process.returncode is None:
                    process.terminate()
                await process.wait()
