"""Messages as text with marks: HTML for pages, escape codes for a terminal."""

from __future__ import annotations

import html
from collections.abc import Callable

from tests.double.constraints import utf16_length
from tests.double.entities import Entity, FormattedText, sorted_entities

Wrap = Callable[[Entity, str], tuple[str, str]]
"""What to write before and after an entity, given it and its words."""

_HTML = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "code": "code",
    "pre": "pre",
}
_ANSI = {
    "bold": ("1", "22"),
    "italic": ("3", "23"),
    "underline": ("4", "24"),
    "strikethrough": ("9", "29"),
    "code": ("36", "39"),
    "pre": ("36", "39"),
    "text_link": ("4;34", "24;39"),
    "url": ("4;34", "24;39"),
    "bot_command": ("34", "39"),
    "mention": ("34", "39"),
}


def marked(text: FormattedText, wrap: Wrap, escape: Callable[[str], str]) -> str:
    """The text with ``wrap`` around each entity; those that cross are closed and opened again."""
    entities = sorted_entities(text.entities)
    borders = {e.offset for e in entities} | {e.end for e in entities}
    pieces: list[str] = []
    open_now: list[Entity] = []

    def turn(at: int) -> None:
        while any(entity.end <= at for entity in open_now):
            again: list[Entity] = []
            while any(entity.end <= at for entity in open_now):
                entity = open_now.pop()
                pieces.append(wrap(entity, entity.covers(text.text))[1])
                if entity.end > at:
                    again.append(entity)
            for entity in reversed(again):
                start(entity)
        for entity in entities:
            if entity.offset == at:
                start(entity)

    def start(entity: Entity) -> None:
        open_now.append(entity)
        pieces.append(wrap(entity, entity.covers(text.text))[0])

    at = 0
    for character in text.text:
        if at in borders:
            turn(at)
        pieces.append(escape(character))
        at += utf16_length(character)
    turn(at)
    return "".join(pieces)


def to_html(text: FormattedText) -> str:
    """The text as HTML, line ends as they are (for ``white-space: pre-wrap``)."""
    return marked(text, _html_wrap, html.escape)


def _html_wrap(entity: Entity, words: str) -> tuple[str, str]:
    if entity.type in _HTML:
        return f"<{_HTML[entity.type]}>", f"</{_HTML[entity.type]}>"
    if entity.type in {"blockquote", "expandable_blockquote"}:
        kind = ' class="expandable"' if entity.type == "expandable_blockquote" else ""
        return f"<blockquote{kind}>", "</blockquote>"
    if entity.type in {"text_link", "url"}:
        return f'<a href="{html.escape(entity.url or words)}">', "</a>"
    return f'<span class="{entity.type}">', "</span>"


def to_terminal(text: FormattedText, *, colour: bool) -> str:
    """The text for a terminal: quotations with a bar, links with their URL behind them."""

    def wrap(entity: Entity, words: str) -> tuple[str, str]:
        before, after = ("", "")
        if colour and entity.type in _ANSI:
            start, end = _ANSI[entity.type]
            before, after = f"\x1b[{start}m", f"\x1b[{end}m"
        elif entity.type == "strikethrough":
            before, after = "~~", "~~"
        elif entity.type == "underline":
            before, after = "__", "__"
        if entity.type == "text_link":
            after += f" <{entity.url}>"
        if entity.type in {"blockquote", "expandable_blockquote"}:
            before, after = "\x02", "\x03"
        return before, after

    return _with_bars(marked(text, wrap, str))


def _with_bars(text: str) -> str:
    """Put a bar before each line between the marks of a quotation."""
    lines, inside = [], False
    for line in text.split("\n"):
        quoted = inside or "\x02" in line
        for mark in line:
            inside = mark == "\x02" or (inside and mark != "\x03")
        plain = line.replace("\x02", "").replace("\x03", "")
        lines.append(f"▎{plain}" if quoted else plain)
    return "\n".join(lines)
