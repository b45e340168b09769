"""Alerts as Telegram messages: how they look, and how they are sent."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import timedelta

from telegram.error import BadRequest, Forbidden, RetryAfter, TelegramError

from bot import phrasing
from bot.alerts.messages import (
    Digest,
    Later,
    Message,
    Outcome,
    Sent,
    StatementAlert,
    Subject,
    Unreachable,
)
from bot.asking import PassageView
from bot.message import Line, Span, joined, strong
from bot.telegram import rendering
from bot.telegram.desk import SUBSCRIBER, Desk
from bot.telegram.flood import Priority
from bot.telegram.markup import MESSAGE_LIMIT, height, line_html
from bot.telegram.rendering import Rendered, linkable, shortened, shortened_line
from bot.telegram.sending import Place, Reply
from bot.words import Words, words
from corpus.types import Document

_log = logging.getLogger(__name__)

SUBJECT, SUBJECTS = 80, 400
"""UTF-16 units of a subject, and of all subjects of one alert."""
TITLE = 120
LISTED = 40
"""Statements of a digest that are listed."""
_GONE = ("chat not found", "user is deactivated", "user not found")
"""Refusals that mean what a 403 does (TDLib, "Chat not found" for who never started the bot)."""


class TelegramOutlet:
    """Sends alerts to private chats, behind everything that somebody waits for."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def send(self, subscriber: str, message: Message) -> Outcome:
        """Send an alert; what can go wrong is told, not raised."""
        chat = int(subscriber.removeprefix(SUBSCRIBER))
        reply = await self.reply(words(await self._desk.people.spoken(chat)), message)
        try:
            await self._desk.sender.deliver(Place(chat), reply, priority=Priority.ALERT)
        except RetryAfter as error:
            wait = error.retry_after
            return Later(wait.total_seconds() if isinstance(wait, timedelta) else wait)
        except Forbidden:
            return Unreachable()
        except BadRequest as error:
            if any(part in error.message.lower() for part in _GONE):
                return Unreachable()
            _log.error("Telegram does not take an alert: %s", error)
            return Later()
        except TelegramError as error:
            _log.warning("an alert can't be sent now: %s", error)
            return Later()
        return Sent()

    async def reply(self, said: Words, message: Message) -> Reply:
        """An alert as it is sent."""
        keyboards = self._desk.keyboards
        if isinstance(message, Digest):
            return Reply(digest(said, message), await keyboards.my_alerts(said))
        subjects = [(one.question, subject(said, one)) for one in message.subjects]
        keyboard = await keyboards.alert(said, message.passages[0].passage_id, subjects)
        return Reply(statement_alert(said, message), keyboard)


def statement_alert(said: Words, message: StatementAlert) -> Rendered:
    """New passages of a statement, as many of them as one message carries; the first one whole."""
    title = said.line("alert-title", what=strong(_subjects(said, message.subjects)))
    views = [rendering.trimmed(view) for view in message.passages]
    if rendering.exact_file(views[0]) or _height(said, title, views[:1], 1) > MESSAGE_LIMIT:
        others = len(views) - 1 + message.more
        return rendering.passage(said, views[0], above=[title, *_more(said, others)])
    shown = views[:1]
    for view in views[1:]:
        fits = _height(said, title, [*shown, view], 1) <= MESSAGE_LIMIT
        if not fits or rendering.exact_file(view):
            break
        shown.append(view)
    others = len(views) - len(shown) + message.more
    blocks = [line_html(title), *(rendering.block(said, view) for view in shown)]
    return Rendered("\n\n".join([*blocks, *map(line_html, _more(said, others))]))


def digest(said: Words, message: Digest) -> Rendered:
    """Statements that were held back, each in a line with a link."""
    title = said.line("alert-digest", count=len(message.entries))
    listed: list[Line] = [title]
    for document, subjects in message.entries[:LISTED]:
        line = _entry(said, document, subjects)
        if height([*listed, line]) > MESSAGE_LIMIT - 100:
            break
        listed.append(line)
    left = len(message.entries) - len(listed) + 1
    if left:
        listed.append(said.line("alert-digest-more", count=left))
    return Rendered(rendering.lines(listed))


def subject(said: Words, one: Subject) -> str:
    """What someone wanted to be told of, in a few words."""
    return shortened(phrasing.subject(said, one.understood) or one.question, SUBJECT)


def _subjects(said: Words, subjects: Sequence[Subject]) -> str:
    return shortened("; ".join(subject(said, one) for one in subjects), SUBJECTS)


def _more(said: Words, count: int) -> list[Line]:
    return [said.line("alert-more", count=count)] if count else []


def _height(said: Words, title: Line, views: Sequence[PassageView], more: int) -> int:
    blocks = sum(rendering.block_height(said, view) + 1 for view in views)
    return height([title, *_more(said, more)]) + 2 + blocks


def _entry(said: Words, document: Document, subjects: Sequence[Subject]) -> Line:
    title = shortened(document.title or said("untitled"), TITLE)
    parts: list[Line] = [
        (Span(phrasing.day_or_unknown(said, document.said_on)),),
        (Span(title, url=linkable(document.source_url)),),
        (strong(_subjects(said, subjects[:3])),),
    ]
    return shortened_line((Span("• "), *joined(parts, phrasing.SEPARATOR)), 600)
