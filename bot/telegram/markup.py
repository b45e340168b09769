"""Lines and spans as Telegram's HTML, and how long a text is by Telegram's count."""

from __future__ import annotations

import html
from collections.abc import Iterable

from bot.message import Line, Span, Style

MESSAGE_LIMIT = 4096
"""Longest text of a message, after entities are parsed (Bot API, ``sendMessage``).

The server counts code points and clients count UTF-16 units; :func:`units` is never the smaller.
"""
ENTITY_LIMIT = 100
"""Entities beyond this many are ignored by the server (Bot API, "Formatting options")."""
EXPANDABLE_FROM = 700
"""A quotation of at least this many UTF-16 units is folded until the reader opens it."""

_TAGS = {
    Style.STRONG: "b",
    Style.EMPHASIS: "i",
    Style.CODE: "code",
    Style.STRUCK: "s",
    Style.ADDED: "u",
}


def units(text: str) -> int:
    """The length of a text in UTF-16 units, the stricter of Telegram's two counts."""
    return len(text) + sum(character > "\uffff" for character in text)


def escape(text: str) -> str:
    """A text as it stands in HTML, so that no character of it is taken for markup."""
    return html.escape(text, quote=False)


def span_html(span: Span) -> str:
    """One span as Telegram's HTML."""
    body = escape(span.text)
    tag = _TAGS.get(span.style)
    if tag:
        body = f"<{tag}>{body}</{tag}>"
    if span.url:
        body = f'<a href="{html.escape(span.url)}">{body}</a>'
    return body


def line_html(line: Iterable[Span]) -> str:
    """One line as Telegram's HTML."""
    return "".join(span_html(span) for span in line)


def line_units(line: Line) -> int:
    """The length of a line in UTF-16 units, after entities are parsed."""
    return sum(units(span.text) for span in line)


def quotation_html(quotation: str | Line, *, fold: bool = True) -> str:
    """A quotation as a blockquote, folded when long; the text in it is verbatim."""
    line = (Span(quotation),) if isinstance(quotation, str) else quotation
    long = fold and line_units(line) >= EXPANDABLE_FROM
    tag = "blockquote expandable" if long else "blockquote"
    return f"<{tag}>{line_html(line)}</blockquote>"


def height(lines: Iterable[Line]) -> int:
    """UTF-16 units of lines, each with its newline."""
    return sum(line_units(line) + 1 for line in lines)
