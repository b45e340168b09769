"""A checked quotation as Telegram messages: what was struck out and put in, word by word."""

from __future__ import annotations

from dataclasses import replace

from bot import checking
from bot.checking import CheckView
from bot.message import Line, Span, Style, plain
from bot.telegram.markup import ENTITY_LIMIT, MESSAGE_LIMIT, height
from bot.telegram.rendering import (
    PART_NOTE,
    Rendered,
    exact_file,
    exact_note,
    footing_of,
    lines,
    message,
    passage,
    shortened_line,
    trimmed,
)
from bot.telegram.splitting import split
from bot.words import Words

_LINE = 500
_MARKED = ENTITY_LIMIT - 10
"""Struck and underlined stretches in a message; the rest is for bold words and links."""


def check(words: Words, view: CheckView) -> Rendered:
    """The verdict with its reasons, in as many messages as the words need."""
    if view.passage is None:
        return Rendered(lines([checking.verdict_line(words, view)]))
    closest = trimmed(view.passage)
    view = replace(view, passage=closest)
    heading = [shortened_line(checking.verdict_line(words, view), _LINE)]
    remarks = [shortened_line(line, _LINE) for line in checking.remark_lines(words, view)]
    if view.stitched:
        return _stitched(words, view, [*heading, *remarks])
    exact = exact_file(closest)
    footing = [*remarks, *([exact_note(words)] if exact else []), *footing_of(words, closest)]
    room = MESSAGE_LIMIT - height(heading) - height(footing) - PART_NOTE
    pieces = split_line(checking.words_line(view), MESSAGE_LIMIT - PART_NOTE, first=room)
    if len(pieces) == 1:
        return Rendered(message(heading, pieces[0], footing), exact=exact)
    notes: list[Line] = [
        (Span(words("telegram-part", number=number, total=len(pieces))),)
        for number in range(1, len(pieces) + 1)
    ]
    return Rendered(
        message(heading, pieces[0], [notes[0], *footing]),
        tuple(
            message([], piece, [note]) for piece, note in zip(pieces[1:], notes[1:], strict=True)
        ),
        exact,
    )


def _stitched(words: Words, view: CheckView, heading: list[Line]) -> Rendered:
    """Each of the places that the quotation joins, in its own message."""
    first = passage(words, view.stitched[0], above=heading)
    others = [passage(words, place) for place in view.stitched[1:]]
    tails = [text for each in others for text in (each.head, *each.tails)]
    return Rendered(first.head, (*first.tails, *tails), first.exact)


def split_line(line: Line, limit: int, *, first: int) -> list[Line]:
    """Cut a line into lines of at most ``limit`` UTF-16 units and as many marks as are drawn."""
    pieces: list[Line] = []
    spans = list(line)
    for text in split(plain(line), limit, first=first):
        piece: list[Span] = []
        room = len(text)
        while room:
            span = spans[0]
            taken, left = span.text[:room], span.text[room:]
            piece.append(replace(span, text=taken))
            room -= len(taken)
            if left:
                spans[0] = replace(span, text=left)
            else:
                spans.pop(0)
        pieces.append(tuple(piece))
    if any(_marks(piece) > _MARKED for piece in pieces):
        return split_line(line, max(2, limit // 2), first=max(2, first // 2))
    return pieces


def _marks(line: Line) -> int:
    return sum(span.style is not Style.PLAIN for span in line)
