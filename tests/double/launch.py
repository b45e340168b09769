"""The bot as a subprocess, and the lines of a terminal."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
import tempfile
import threading
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path
from typing import BinaryIO

from tests.double.double import Double

START_TIME = 60.0
"""Seconds that the bot may take to begin to poll."""


def _log(data: str) -> BinaryIO:
    folder = Path(data)
    folder.mkdir(parents=True, exist_ok=True)
    return (folder / "bot.log").open("wb")


def _last_lines(data: str) -> list[str]:
    log = (Path(data) / "bot.log").read_text("utf-8", "replace")
    return log.strip().splitlines()[-10:]


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
async def bot_process(
    double: Double,
    data_dir: str | None,
    owner: int,
    write: Callable[[str], None],
    command: Sequence[str] = (sys.executable, "-m", "bot", "run"),
) -> AsyncIterator[None]:
    """The bot as a subprocess, its log in a file beside its data; entered once it polls.

    When it ends by itself, ``write`` is told, with the end of its log.

    Raises:
        SystemExit: it ended before it asked for updates.
    """
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
                *command, env=environment, stdout=log, stderr=log
            )
        watcher = asyncio.create_task(_watch(process, data, write, double))
        try:
            await double.world.bell.until(
                lambda: True if _is_up(double) or watcher.done() else None, START_TIME
            )
            if watcher.done() and not _is_up(double):
                raise SystemExit(1)
            yield
        finally:
            watcher.cancel()
            await asyncio.gather(watcher, return_exceptions=True)
            if process.returncode is None:
                process.terminate()
            await process.wait()


def _is_up(double: Double) -> bool:
    return bool(double.calls("getUpdates") or double.calls("setWebhook"))


async def _watch(
    process: asyncio.subprocess.Process, data: str, write: Callable[[str], None], double: Double
) -> None:
    code = await process.wait()
    write("\n".join([f"! the bot ended with exit code {code}", *_last_lines(data)]))
    double.world.bell.ring()
