"""What is said to people, free of any chat network: lines of spans that each outlet draws its way.

A span has a meaning ("this is struck out"), not a look: Telegram makes tags of it, a terminal
makes colours of it, plain text drops it. The words of a line, joined, are the same everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Style(StrEnum):
    """What a span is, which decides how it is drawn."""

    PLAIN = "plain"
    STRONG = "strong"
    EMPHASIS = "emphasis"
    FAINT = "faint"
    CODE = "code"
    STRUCK = "struck"
    """In the record, but not in the quotation."""
    ADDED = "added"
    """In the quotation, but not in the record."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text of one style; ``url`` makes it a link."""

    text: str
    style: Style = Style.PLAIN
    url: str | None = None


Line = tuple[Span, ...]
"""One line of a message."""


def strong(text: str) -> Span:
    """A span that stands out."""
    return Span(text, Style.STRONG)


def emphasis(text: str) -> Span:
    """A span in another voice, such as a title or a reporter's question."""
    return Span(text, Style.EMPHASIS)


def faint(text: str) -> Span:
    """A span that stands back."""
    return Span(text, Style.FAINT)


def code(text: str) -> Span:
    """A span to be typed as it stands."""
    return Span(text, Style.CODE)


def plain(line: Iterable[Span]) -> str:
    """The words of a line, without their styles."""
    return "".join(span.text for span in line)


def joined(lines: Iterable[Line], separator: str) -> Line:
    """Several lines as one, with a separator between them."""
    spans: list[Span] = []
    for line in lines:
        if spans:
            spans.append(Span(separator))
        spans.extend(line)
    return tuple(spans)
