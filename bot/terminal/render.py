"""Messages drawn at a terminal: quotations as quotations, colour only where there is colour."""

from __future__ import annotations

import os
import re
import sys
from typing import IO

from rich.console import Console
from rich.style import Style as RichStyle
from rich.text import Text

from bot.message import Line, Style
from bot.words import Words, words

BAR = "▎"
QUOTATION_WIDTH = 96
"""Columns of a quotation at most: longer lines are hard to read."""

_STYLES = {
    Style.PLAIN: RichStyle.null(),
    Style.STRONG: RichStyle(bold=True),
    Style.EMPHASIS: RichStyle(italic=True),
    Style.FAINT: RichStyle(dim=True),
    Style.CODE: RichStyle(color="cyan"),
    Style.STRUCK: RichStyle(color="red", strike=True),
    Style.ADDED: RichStyle(color="green", underline=True),
}
_PLAIN_MARKS = {Style.STRUCK: ("[-", "-]"), Style.ADDED: ("{+", "+}")}
"""Where there is no colour, differences are marked as ``git diff --word-diff=plain`` does."""

# A source must not steer the reader's terminal: C0 and C1 controls and bidirectional overrides
# (Unicode Technical Report 36, section 2.10) are shown as U+FFFD.
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


class QuietPipe(Console):
    """A console that leaves a closed pipe to its caller, who ends the program quietly."""

    def on_broken_pipe(self) -> None:
        """Raise again what was caught.

        Raises:
            BrokenPipeError: always.
        """
        raise BrokenPipeError


def console(stream: IO[str] | None = None) -> Console:
    """A console on this stream, by default standard output."""
    return QuietPipe(file=stream or sys.stdout, highlight=False, markup=False, emoji=False)


def reader_words() -> Words:
    """The words of the language of the environment (POSIX: LC_ALL, LC_MESSAGES, LANG)."""
    names = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return words(next((name for name in names if name), None))


def safe(text: str) -> str:
    """Text without anything that could steer a terminal."""
    return _CONTROLS.sub("\ufffd", text.replace("\r\n", "\n"))


class Screen:
    """Where messages are drawn, in one language."""

    def __init__(self, console: Console, words: Words) -> None:
        self.console = console
        self.words = words

    def line(self, line: Line) -> None:
        """Print one line. Only a terminal wraps it."""
        self._print(self._text(line))

    def lines(self, lines: list[Line]) -> None:
        """Print some lines."""
        for line in lines:
            self.line(line)

    def say(self, key: str, **arguments: str | int) -> None:
        """Print a message of the locale."""
        self.line(self.words.line(key, **arguments))

    def blank(self) -> None:
        """Print an empty line."""
        self._print(Text())

    def quotation(self, line: Line) -> None:
        """Print words of the record, with a bar at their left."""
        text = self._text(line)
        if self.console.is_terminal:
            width = max(20, min(self.console.width, QUOTATION_WIDTH) - len(BAR) - 1)
            parts = text.wrap(self.console, width)
        else:
            parts = text.split("\n", allow_blank=True)
        bar = RichStyle(color="yellow")
        for part in parts:
            self._print(Text.assemble((f"{BAR} ", bar), part))

    def _print(self, text: Text) -> None:
        if self.console.is_terminal:
            self.console.print(text)
        else:
            # As it stands, tabs and all, and at once: another program may be waiting for it.
            print(text.plain, file=self.console.file, flush=True)

    def _text(self, line: Line) -> Text:
        text = Text()
        coloured = self.console.color_system is not None and not self.console.no_color
        for span in line:
            content = safe(span.text)
            if not coloured and span.style in _PLAIN_MARKS and content:
                before, after = _PLAIN_MARKS[span.style]
                content = f"{before}{content}{after}"
            style = _STYLES[span.style]
            if span.url:
                style += RichStyle(link=safe(span.url))
            text.append(content, style=style)
        return text
