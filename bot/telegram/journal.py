"""Updates that were taken from Telegram but not yet handled, on disk.

PTB's poller tells Telegram that updates have arrived as soon as they are queued, so a crash before
they are handled would lose them; and when its last call at shutdown fails, Telegram repeats what
was handled. The journal closes both gaps: an update is written down before it is acknowledged,
struck out once handled, and known for a while after.

It is a file of JSON lines, appended to: ``{"id", "update"}`` for one taken, ``{"handled", "mark"}``
for one handled, ``{"tried"}`` for one that is tried again after a crash. Questions stay in it only
until they are answered: when nothing is open, it is cut back to the numbers at its beginning.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
from collections import OrderedDict
from pathlib import Path
from typing import Any
from zlib import crc32

from telegram import Update

_log = logging.getLogger(__name__)

REMEMBERED = 1_000
"""Handled updates that are still recognised when they come again."""
REWRITE_AT = 256 * 1024
"""Bytes from which on the file is written anew, also while updates are open."""
MOST_TRIES = 2
"""An update that was being handled at so many crashes is given up, lest it cause the next."""

Json = dict[str, Any]


class Journal:
    """Knows which updates are open and which were handled."""

    def __init__(self, path: Path) -> None:
        """Read what an earlier process left at ``path``; the file is made when needed.

        Raises:
            OSError: the file can't be read or written.
        """
        self._path = path
        self._open: OrderedDict[int, Json] = OrderedDict()
        self._handled: OrderedDict[int, int] = OrderedDict()
        self._tries: dict[int, int] = {}
        self._read()
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = path.open("ab")
        self._numbers_end = 0
        self._marks: list[bytes] = []
        self._rewrite()

    def left_over(self) -> list[Json]:
        """Updates that an earlier process took and did not finish, oldest first, as sent."""
        for number in [n for n, tries in self._tries.items() if tries >= MOST_TRIES]:
            _log.error("update %d was open at %d crashes; giving it up", number, MOST_TRIES)
            self.handled(number)
        for number in self._open:
            self._tries[number] = self._tries.get(number, 0) + 1
            self._write({"tried": number})
        return list(self._open.values())

    def take(self, update: Json) -> bool:
        """Write an update down; False if it is known already and must not be handled again.

        Telegram starts its numbers anew after a quiet week, so the content counts too.
        """
        number, mark = update["update_id"], _mark(update)
        if self._handled.get(number) == mark:
            return False
        if number in self._open and _mark(self._open[number]) == mark:
            return False
        self._open[number] = update
        self._write({"id": number, "update": update})
        return True

    def handled(self, number: int) -> None:
        """Strike out an update."""
        update = self._open.pop(number, None)
        if update is None:
            return
        self._tries.pop(number, None)
        self._remember(number, _mark(update))
        line = _line({"handled": number, "mark": self._handled[number]})
        self._marks.append(line)
        if self._file.tell() > REWRITE_AT:
            self._rewrite()
        elif self._open:
            self._file.write(line)
            self._file.flush()
        else:
            self._cut_back()

    def close(self) -> None:
        """Close the file; what is open stays so for the next process."""
        self._file.close()

    def _remember(self, number: int, mark: int) -> None:
        self._handled.pop(number, None)
        self._handled[number] = mark
        while len(self._handled) > REMEMBERED:
            self._handled.popitem(last=False)

    def _read(self) -> None:
        if not self._path.exists():
            return
        for line in self._path.read_text("utf-8", errors="replace").splitlines():
            try:
                self._follow(json.loads(line))
            except (ValueError, KeyError, TypeError):
                # The last line of a process that was killed as it wrote.
                _log.warning("%s: a line was cut short and is skipped", self._path.name)

    def _follow(self, entry: Json) -> None:
        if "update" in entry:
            self._open[entry["id"]] = entry["update"]
        elif "tried" in entry:
            self._tries[entry["tried"]] = self._tries.get(entry["tried"], 0) + 1
        else:
            self._open.pop(entry["handled"], None)
            self._tries.pop(entry["handled"], None)
            self._remember(entry["handled"], entry["mark"])

    def _write(self, entry: Json) -> None:
        # Handed to the system at once: it survives the process, if not the machine.
        self._file.write(_line(entry))
        self._file.flush()

    def _cut_back(self) -> None:
        """Drop everything but the numbers, now that nothing is open."""
        self._file.truncate(self._numbers_end)
        self._file.seek(0, os.SEEK_END)
        self._file.write(b"".join(self._marks))
        self._file.flush()
        self._marks.clear()
        self._numbers_end = self._file.tell()

    def _rewrite(self) -> None:
        """Write the file anew with what is still needed: the numbers first, then what is open."""
        fresh = self._path.with_suffix(".new")
        with fresh.open("wb") as file:
            for number, mark in self._handled.items():
                file.write(_line({"handled": number, "mark": mark}))
            self._numbers_end = file.tell()
            for number, update in self._open.items():
                file.write(_line({"id": number, "update": update}))
                file.write(_line({"tried": number}) * self._tries.get(number, 0))
        self._file.close()
        fresh.replace(self._path)
        self._file = self._path.open("ab")
        self._marks.clear()


class JournalQueue(asyncio.Queue[object]):
    """The application's queue: what is put into it is written down first, repeats are dropped."""

    def __init__(self, journal: Journal) -> None:
        super().__init__()
        self._journal = journal

    async def put(self, item: object) -> None:
        """Queue an update, unless it was handled or is open already."""
        if isinstance(item, Update) and not self._journal.take(item.to_dict()):
            _log.info("update %d came again and is dropped", item.update_id)
            return
        await super().put(item)

    async def put_again(self, item: Update) -> None:
        """Queue an update that the journal has already."""
        await super().put(item)


def _line(entry: Json) -> bytes:
    return json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _mark(update: Json) -> int:
    return crc32(json.dumps(update, sort_keys=True).encode())
