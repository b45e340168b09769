"""Cutting a text that is longer than a message, so that the pieces joined are the text itself.

What Telegram does to a text was read in TDLib (``MessageEntity.cpp``, ``misc.cpp``): it trims
spaces and newlines at the end of a message, and at its beginning up to the first entity, so a
piece must stand between other words (a heading above, a note below) to keep its own edges. And it
drops or replaces a few characters wherever they stand; see :func:`carried`.
"""

from __future__ import annotations

from functools import cache

import regex

from bot.telegram.markup import units

_DROPPED = regex.compile("[\r\u2028-\u202e\u0333\u033f\u030a\ud800-\udfff]")
_SPACED = regex.compile("[\x00-\x09\x0b\x0c\x0e-\x1f]")
_MARKS = regex.compile("[\u200e\u200f]+(?=[\u200e\u200f])")

# Where a reader would rather turn the page, best first: each matches up to and with its break.
_BREAKS = tuple(
    regex.compile(pattern, regex.DOTALL | regex.REVERSE)
    for pattern in (r"\n\s*", r"[.!?\u2026\u3002][\p{Pe}\p{Pf}\"']*\s+", r"[;:,\u2014]\s+", r"\s+")
)


def carried(text: str) -> str:
    """A text as Telegram hands it on: most are unchanged.

    Control characters become spaces; carriage returns, line and paragraph separators, explicit
    bidirectional controls and three combining marks (ring above among them) are dropped; of
    several direction marks in a row all but the last become zero-width non-joiners.
    """
    text = _SPACED.sub(" ", _DROPPED.sub("", text))
    return _MARKS.sub(lambda run: "\u200c" * len(run.group()), text)


def split(text: str, limit: int, *, first: int | None = None) -> list[str]:
    """Cut a text into pieces of at most ``limit`` UTF-16 units; joined, they are the text.

    The first piece may be allowed another length. A cut falls after a line, else after a sentence,
    a clause or a word, as long as that leaves the piece at least half full; else between
    graphemes; inside one only if it is longer than a piece by itself.

    Raises:
        ValueError: a limit leaves no room for a character (two UTF-16 units).
    """
    room = limit if first is None else first
    if limit < 2 or room < 2:
        raise ValueError("a piece needs room for at least two UTF-16 units")
    pieces: list[str] = []
    start = 0
    while start < len(text):
        end = _end_within(text, start, room)
        if end < len(text):
            end = _good_cut(text, start, end)
        pieces.append(text[start:end])
        start, room = end, limit
    return pieces


def _end_within(text: str, start: int, room: int) -> int:
    """The furthest end at which ``text[start:end]`` has at most ``room`` units."""
    end = min(len(text), start + room)
    excess = units(text[start:end]) - room
    while excess > 0:
        end -= 1
        excess -= units(text[end])
    return end


def _good_cut(text: str, start: int, end: int) -> int:
    floor = start + (end - start) // 2
    for pattern in _BREAKS:
        found = pattern.search(text, floor, end)
        # White space may go on behind the window, or a combining mark stand on it: no break yet.
        if found and _is_boundary(text, found.end()):
            return int(found.end())
    return _grapheme_cut(text, start, end)


def _is_boundary(text: str, cut: int) -> bool:
    """Whether white space ends at ``cut`` with nothing attached to it."""
    grapheme = _grapheme().match(text, cut - 1)
    return bool(grapheme and grapheme.end() == cut) and not text[cut : cut + 1].isspace()


@cache
def _grapheme() -> regex.Pattern[str]:
    return regex.compile(r"\X")


def _grapheme_cut(text: str, start: int, end: int) -> int:
    """The last boundary between graphemes in ``(start, end]``; ``end`` if there is none."""
    cut = start
    for found in _grapheme().finditer(text, start):
        if found.end() > end:
            break
        cut = found.end()
    return cut if cut > start else end
