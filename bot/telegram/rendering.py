"""Views as Telegram messages: a heading, the words in a blockquote, where they come from.

A message never ends or begins with quoted text, because Telegram trims what stands there
(see :mod:`bot.telegram.splitting`): a quotation keeps its very first and last space.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot import phrasing
from bot.asking import AnswerView, PassageView
from bot.message import Line, Span, plain
from bot.telegram.markup import MESSAGE_LIMIT, escape, line_html, line_units, quotation_html, units
from bot.telegram.splitting import carried, split
from bot.words import Words

SPEAKER_MARK = "🗣 "

# What surrounds a quotation may take so many UTF-16 units, so that much is left for the words.
_NAME = 200
_ASKED = 700
_TITLE = 300
_LINE = 500
_PART_NOTE = 60
_URL = 2000
"""Longer addresses are not linked: Telegram refuses a button's, and cuts a text's."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A text sent as a file, for what a message can't carry."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """One answer: the message with the buttons, and what follows it if it is long."""

    head: str
    tails: tuple[str, ...] = ()
    exact: Attachment | None = None
    """The paragraph as a file, where Telegram would alter a character of it."""


def passage(words: Words, view: PassageView, *, above: Sequence[Line] = ()) -> Rendered:
    """A passage, whole: in one message if it fits, else in numbered parts."""
    view = _trimmed(view)
    heading = [*(_shortened(line, _LINE) for line in above), *_heading(words, view)]
    footing = _footing(words, view)
    room = MESSAGE_LIMIT - _height(heading) - _height(footing) - _PART_NOTE
    exact = None
    if carried(view.text) != view.text:
        exact = Attachment(f"passage-{view.passage_id}.txt", view.text)
        footing = [(Span(words("telegram-exact-file")),), *footing]
        room -= _height(footing[:1])
    if units(view.text) <= room + _PART_NOTE:
        return Rendered(_message(heading, view.text, footing), exact=exact)
    speaker: list[Line] = [_speaker(words, view)]
    pieces = split(view.text, MESSAGE_LIMIT - _height(speaker) - _PART_NOTE, first=room)

    def part(number: int) -> Line:
        return (Span(words("telegram-part", number=number, total=len(pieces))),)

    return Rendered(
        _message(heading, pieces[0], [part(1), *footing]),
        tuple(
            _message(speaker, piece, [part(number)]) for number, piece in enumerate(pieces[1:], 2)
        ),
        exact,
    )


def beginning(words: Words, view: PassageView, more_url: str) -> str:
    """A passage in a single message; of one that is longer, the beginning and a link to it all."""
    view = _trimmed(view)
    heading, footing = _heading(words, view), _footing(words, view)
    room = MESSAGE_LIMIT - _height(heading) - _height(footing)
    if units(view.text) <= room and carried(view.text) == view.text:
        return _message(heading, view.text, footing)
    more: Line = (Span(words("telegram-whole-passage"), url=more_url),)
    room -= line_units(more) + 2
    pieces = split(view.text, room)
    text = pieces[0] if len(pieces) == 1 else f"{pieces[0].rstrip()}…"
    return _message(heading, text, [more, *footing])


def answer(words: Words, view: AnswerView) -> Rendered:
    """The first passage of an answer, or the reason of its silence."""
    if not view.passages:
        return Rendered(lines(phrasing.silence_lines(words, view)))
    return passage(words, view.passages[0], above=phrasing.interpretation_lines(words, view))


def lines(all_lines: Sequence[Line]) -> str:
    """Lines as one message; a line that is far too long is shortened, the last ones dropped."""
    kept: list[Line] = []
    for line in (_shortened(line, 3 * _LINE) for line in all_lines):
        if _height([*kept, line]) > MESSAGE_LIMIT:
            break
        kept.append(line)
    return "\n".join(map(line_html, kept))


def shortened(text: str, limit: int) -> str:
    """A text of at most ``limit`` UTF-16 units, with an ellipsis where it was cut."""
    if units(text) <= limit:
        return text
    return f"{split(text, limit - 1)[0].rstrip()}…"


def speaker_and_day(words: Words, view: PassageView) -> str:
    """Who said it and when, as plain text: the title of an inline result."""
    return plain(phrasing.speaker_line(words, _trimmed(view)))


def linkable(url: str | None) -> str | None:
    """An address that Telegram takes as a link: of the web, and not too long."""
    if url and url.startswith(("http://", "https://")) and len(url) <= _URL:
        return url
    return None


def _trimmed(view: PassageView) -> PassageView:
    """The view with everything but its text cut to a length that leaves the text room."""

    def cut(text: str | None, limit: int) -> str | None:
        return shortened(text, limit) if text else text

    return replace(
        view,
        asked=cut(view.asked, _ASKED),
        who=cut(view.who, _NAME),
        label=cut(view.label, _NAME),
        role=cut(view.role, _NAME),
        statement_by=cut(view.statement_by, _NAME),
        title=cut(view.title, _TITLE),
        publisher=cut(view.publisher, _NAME),
        link=linkable(view.link) or linkable(view.source_url),
        also_said=view.also_said[:5],
    )


def _speaker(words: Words, view: PassageView) -> Line:
    return (Span(SPEAKER_MARK), *phrasing.speaker_line(words, view))


def _heading(words: Words, view: PassageView) -> list[Line]:
    asked = phrasing.asked_line(words, view)
    return [_speaker(words, view), *([asked] if asked else [])]


def _footing(words: Words, view: PassageView) -> list[Line]:
    also = phrasing.also_said_line(words, view)
    withdrawn: list[Line] = [] if view.current else [(Span(words("withdrawn-passage")),)]
    return [*withdrawn, phrasing.source_line(words, view), *([also] if also else [])]


def _height(some_lines: Sequence[Line]) -> int:
    """UTF-16 units of lines, each with its newline."""
    return sum(line_units(line) + 1 for line in some_lines)


def _message(heading: Sequence[Line], text: str, footing: Sequence[Line]) -> str:
    return "\n".join([*map(line_html, heading), quotation_html(text), *map(line_html, footing)])


def _shortened(line: Line, limit: int) -> Line:
    room, kept = limit, []
    for span in line:
        if room < 2:
            break
        kept.append(replace(span, text=shortened(span.text, room)))
        room -= units(span.text)
    return tuple(kept)


def text_html(text: str) -> str:
    """A plain text as a message."""
    return escape(text)
