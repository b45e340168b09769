"""What the bot is and what it covers: ``/help``, ``/about``, ``/latest``."""

from __future__ import annotations

from collections.abc import Callable

from telegram import Message, Update
from telegram.ext import BaseHandler, CommandHandler, MessageHandler, filters

from bot import phrasing
from bot.message import Line, Span, joined, strong
from bot.telegram.desk import Context, Desk, of_message, place_of
from bot.telegram.rendering import Rendered, lines, linkable, shortened
from bot.telegram.sending import Reply
from bot.words import Words
from corpus.types import Document

LATEST = 10
"""Statements of a list at a time."""
TITLE, NAME = 200, 80
"""UTF-16 units of a title and a name in a list."""


class Information:
    """Commands that tell about the record and the bot."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def handlers(self) -> list[BaseHandler[Update, Context, None]]:
        """One for each command, and one for those that there are not."""
        fresh = filters.UpdateType.MESSAGE
        return [
            CommandHandler("help", of_message(self.help), fresh),
            CommandHandler("about", of_message(self.about), fresh),
            CommandHandler("latest", of_message(self.show_latest), fresh),
        ]

    def fallback(self) -> BaseHandler[Update, Context, None]:
        """Commands that nobody else took, in a private chat; in groups they are another bot's."""
        private = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE & filters.COMMAND
        return MessageHandler(private, of_message(self.unknown))

    async def help(self, message: Message) -> None:
        """``/help``: what can be done, with an example of each."""
        await self._tell(message, lambda said: [(Span(said("telegram-help")),)])

    async def about(self, message: Message) -> None:
        """``/about``: what the record covers."""
        coverage = await self._desk.corpus.coverage()

        def told(said: Words) -> list[Line]:
            covered = phrasing.covered_lines(said, coverage)
            return [(strong(said("telegram-about")),), *covered]

        await self._tell(message, told)

    async def unknown(self, message: Message) -> None:
        """A command that there is not."""
        await self._tell(message, lambda said: [(Span(said("telegram-unknown-command")),)])

    async def _tell(self, message: Message, told: Callable[[Words], list[Line]]) -> None:
        said = await self._desk.words(message.from_user)
        if await self._desk.admit(message, said):
            await self._desk.sender.send(place_of(message), lines(told(said)))

    async def show_latest(self, message: Message) -> None:
        """``/latest``: the statements said last."""
        said = await self._desk.words(message.from_user)
        if await self._desk.admit(message, said):
            await self._desk.sender.deliver(place_of(message), await self.latest(said, 0))

    async def latest(self, said: Words, offset: int) -> Reply:
        """A list of statements, the last said first, each with a button that opens it."""
        found = await self._desk.corpus.latest(limit=LATEST + 1, offset=offset)
        documents = found[:LATEST]
        if not documents:
            return Reply(Rendered(said("latest-empty")))
        listed: list[Line] = [(strong(said("telegram-latest-title")),)]
        for number, document in enumerate(documents, offset + 1):
            listed.append((Span(f"{number}. "), *_listed(said, document)))
        keyboard = await self._desk.keyboards.latest(
            said, documents, offset, LATEST, len(found) > LATEST
        )
        return Reply(Rendered(lines(listed)), keyboard)


def _listed(said: Words, document: Document) -> Line:
    """A statement of a list: when, what, and who or where."""
    title = shortened(document.title or said("untitled"), TITLE)
    parts: list[Line] = [
        (Span(phrasing.day_or_unknown(said, document.said_on)),),
        (Span(title, url=linkable(document.source_url)),),
    ]
    if by := document.speaker or document.publisher:
        parts.append((Span(shortened(by, NAME)),))
    return joined(parts, phrasing.SEPARATOR)
