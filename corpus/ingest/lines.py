"""Lines into paragraphs: where a text was wrapped, and where a new paragraph begins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from corpus.ingest.dates import find_dates

_YEAR = re.compile(r"\d{4}")
_END = re.compile(r"[.!?…:;][\"”»“’')\]]*$")
DATED = 40
"""Characters of a line above which it is more than a date."""
NARROW, WIDE = 40, 132
"""Characters a line: what is narrower or wider was not wrapped by a program."""


def ends_sentence(text: str) -> bool:
    """Whether the text ends as a sentence or a lead-in does."""
    return bool(_END.search(text.rstrip()))


def unwrap(lines: Sequence[str]) -> list[str]:
    """Join lines that a program wrapped at a fixed width; each other line is a paragraph.

    Wrapping is certain where no line could have taken the first word of the next one within the
    width of the longest line (greedy filling), and the width is that of a wrapped text.
    """
    kept = [line for line in lines if line.strip()]
    if len(kept) < 2:
        return [line.strip() for line in kept]
    width = max(map(len, (line.rstrip() for line in kept)))
    full = all(
        len(line.rstrip()) + 1 + len(following.split(None, 1)[0]) > width
        for line, following in pairwise(kept)
    )
    if full and NARROW <= width <= WIDE:
        return [" ".join(line.strip() for line in kept)]
    return [line.strip() for line in kept]


def _is_dated(line: str) -> bool:
    """Whether a short line is a date with little beside it."""
    found = find_dates(line) if len(line) <= DATED and _YEAR.search(line) else []
    return bool(found) and len(line) - (found[0].end - found[0].start) <= DATED // 2


def join_breaks(lines: Sequence[str]) -> list[str]:
    """Paragraphs of a block that has line breaks inside (``<br>``, a manual break in Word).

    A break after the end of a sentence begins a paragraph, as does one beside a line that is a
    date; one within a sentence is a space.
    """
    paragraphs: list[str] = []
    for line in lines:
        text = line.strip()
        if not text:
            continue
        apart = not paragraphs or _is_dated(text) or _is_dated(paragraphs[-1])
        if not apart and not ends_sentence(paragraphs[-1]):
            paragraphs[-1] = f"{paragraphs[-1]} {text}"
        else:
            paragraphs.append(text)
    return paragraphs
