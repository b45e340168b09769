"""Reading lines from a person: edited and remembered at a terminal, plain from a pipe."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from bot.terminal.streams import input_lines

REMEMBERED = 1_000
"""Lines of history that are kept."""


def lines(prompt: str, history: Path) -> Iterator[str]:
    """Lines as they are typed or piped, blank ones left out, until the end of input.

    Raises:
        UsageError: a piped line is not UTF-8 text.
    """
    if not sys.stdin.isatty():
        yield from input_lines()
        return
    remembered = _History(history)
    remembered.recall()
    try:
        while True:
            try:
                line = input(prompt).strip()
            except EOFError:
                print()
                return
            if line:
                yield line
    finally:
        remembered.keep()


class _History:
    """Line editing with history, by readline or libedit where Python has either."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._readline = import_module("readline") if find_spec("readline") else None

    def recall(self) -> None:
        """Let input() edit its lines, and give it the lines of earlier times."""
        if self._readline is None:
            return
        self._readline.set_history_length(REMEMBERED)
        with suppress(OSError):
            self._readline.read_history_file(self._path)

    def keep(self) -> None:
        """Write the lines down, readable by their owner alone."""
        if self._readline is None:
            return
        with suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._path.touch(mode=0o600)
            self._readline.write_history_file(self._path)
