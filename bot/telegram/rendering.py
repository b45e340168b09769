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
from bot.telegram.markup import (
    MESSAGE_LIMIT,
    escape,
    height,
    line_html,
    quotation_html,
    units,
)
from bot.telegram.splitting import carried, split
from bot.words import Words

SPEAKER_MARK = "🗣 "

# What surrounds a quotation may take so many UTF-16 units, so that much is left for the words.
_NAME = 200
_ASKED = 700
_TITLE = 300
_LINE = 500
PART_NOTE = 60
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
    view = trimmed(view)
    heading = [*(shortened_line(line, _LINE) for line in above), *_heading(words, view)]
    footing = footing_of(words, view)
    room = MESSAGE_LIMIT - height(heading) - height(footing) - PART_NOTE
    exact = exact_file(view)
    if exact:
        footing = [exact_note(words), *footing]
        room -= height(footing[:1])
    if units(view.text) <= room + PART_NOTE:
        return Rendered(message(heading, view.text, footing), exact=exact)
    speaker: list[Line] = [_speaker(words, view)]
    pieces = split(view.text, MESSAGE_LIMIT - height(speaker) - PART_NOTE, first=room)

    def part(number: int) -> Line:
        return (Span(words("telegram-part", number=number, total=len(pieces))),)

    return Rendered(
        message(heading, pieces[0], [part(1), *footing]),
        tuple(
            message(speaker, piece, [part(number)]) for number, piece in enumerate(pieces[1:], 2)
        ),
        exact,
    )


def beginning(words: Words, view: PassageView, more_url: str) -> str:
    """A passage in a single message; of one that is longer, the beginning and a link to it all.

    For inline results, whose limit is stated without "after entities parsing": markup counts.
    """
    view = trimmed(view)
    heading, footing = _heading(words, view), footing_of(words, view)
    whole = message(heading, view.text, footing)
    if units(whole) <= MESSAGE_LIMIT and carried(view.text) == view.text:
        return whole
    more: Line = (Span(words("telegram-whole-passage"), url=more_url),)
    room = MESSAGE_LIMIT - units(message(heading, "", [more, *footing])) - len(" expandable…")
    if room < MESSAGE_LIMIT // 4:
        # What surrounds the words is itself too long: the link has it all.
        heading, footing = heading[:1], []
        room = MESSAGE_LIMIT - units(message(heading, "", [more])) - len(" expandable…")
    text = split(view.text, room)[0]
    while (excess := units(escape(text)) - room) > 0:
        text = split(text, max(2, units(text) - excess))[0]
    if text != view.text:
        text = f"{text.rstrip()}…"
    return message(heading, text, [more, *footing])


def answer(words: Words, view: AnswerView, *, above: Sequence[Line] = ()) -> Rendered:
    """The first passage of an answer, or the reason of its silence."""
    if not view.passages:
        # Between the index and the record, an answer may have been withdrawn.
        why = phrasing.silence_lines(words, view) or [(Span(words("withdrawn-passage")),)]
        return Rendered(lines([*above, *why]))
    understood = phrasing.interpretation_lines(words, view)
    return passage(words, view.passages[0], above=[*above, *understood])


def lines(all_lines: Sequence[Line]) -> str:
    """Lines as one message; a line that is far too long is shortened, the last ones dropped."""
    kept: list[Line] = []
    for line in (shortened_line(line, 3 * _LINE) for line in all_lines):
        if height([*kept, line]) > MESSAGE_LIMIT:
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
    return plain(phrasing.speaker_line(words, trimmed(view)))


def exact_file(view: PassageView) -> Attachment | None:
    """The paragraph as a file, if Telegram would alter a character of it in a message."""
    if carried(view.text) == view.text:
        return None
    return Attachment(f"passage-{view.passage_id}.txt", view.text)


def exact_note(words: Words) -> Line:
    """Says what the file is for."""
    return (Span(words("telegram-exact-file")),)


def linkable(url: str | None) -> str | None:
    """An address that Telegram takes as a link: of the web, and not too long."""
    if url and url.startswith(("http://", "https://")) and len(url) <= _URL:
        return url
    return None


def trimmed(view: PassageView) -> PassageView:
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


def footing_of(words: Words, view: PassageView) -> list[Line]:
    """Where a passage is from, and what else is to be known of it."""
    also = phrasing.also_said_line(words, view)
    withdrawn: list[Line] = [] if view.current else [(Span(words("withdrawn-passage")),)]
    return [*withdrawn, phrasing.source_line(words, view), *([also] if also else [])]


def block(words: Words, view: PassageView) -> str:
    """A passage among others in one message; the view is trimmed."""
    return message(_heading(words, view), view.text, footing_of(words, view))


def block_height(words: Words, view: PassageView) -> int:
    """UTF-16 units of a block, with its newline."""
    return height([*_heading(words, view), *footing_of(words, view)]) + units(view.text) + 1


def message(heading: Sequence[Line], quotation: str | Line, footing: Sequence[Line]) -> str:
    """A quotation between the lines above and below it."""
    return "\n".join(
        [*map(line_html, heading), quotation_html(quotation), *map(line_html, footing)]
    )


def shortened_line(line: Line, limit: int) -> Line:
    """A line of at most ``limit`` UTF-16 units, with an ellipsis where it was cut."""
    room, kept = limit, []
    for span in line:
        if room < 2:
            break
        kept.append(replace(span, text=shortened(span.text, room)))
        room -= units(span.text)
    return tuple(kept)
