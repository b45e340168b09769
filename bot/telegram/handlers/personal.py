"""What concerns a person alone: their language, what is kept on them, and forgetting it."""

from __future__ import annotations

from telegram import Message, Update, User
from telegram.ext import BaseHandler, CommandHandler, filters

from bot.telegram.desk import SUBSCRIBER, Context, Desk, of_message, place_of
from bot.telegram.markup import escape
from bot.telegram.rendering import Rendered
from bot.telegram.sending import Reply
from bot.words import languages, words


class Personal:
    """``/language``, ``/privacy`` and ``/forget``."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def handlers(self) -> list[BaseHandler[Update, Context, None]]:
        """One for each command."""
        return [
            CommandHandler("language", of_message(self.language), filters.UpdateType.MESSAGE),
            CommandHandler("privacy", of_message(self.privacy), filters.UpdateType.MESSAGE),
            CommandHandler("forget", of_message(self.forget), filters.UpdateType.MESSAGE),
        ]

    async def language(self, message: Message) -> None:
        """``/language``: which shall it be?"""
        said = await self._desk.words(message.from_user)
        if await self._desk.admit(message, said):
            text = escape(said("telegram-language"))
            keyboard = await self._desk.keyboards.language(said)
            await self._desk.sender.send(place_of(message), text, keyboard)

    async def chosen(self, person: User, language: str) -> Reply:
        """A language was tapped; an empty one follows the app."""
        known = language if language in languages() else None
        await self._desk.people.choose_language(person.id, known)
        said = words(known or person.language_code)
        text = escape(said("telegram-language-chosen"))
        return Reply(Rendered(text), await self._desk.keyboards.language(said))

    async def privacy(self, message: Message) -> None:
        """``/privacy``: what is kept."""
        said = await self._desk.words(message.from_user)
        if await self._desk.admit(message, said):
            await self._desk.sender.send(place_of(message), escape(said("telegram-privacy")))

    async def forget(self, message: Message) -> None:
        """``/forget``: drop all that is kept on the person, at once."""
        person = message.from_user
        if person is None:
            return
        await self._desk.people.forget(person.id)
        await self._desk.subscriptions.forget(f"{SUBSCRIBER}{person.id}")
        said = words(person.language_code)
        await self._desk.sender.send(place_of(message), escape(said("telegram-forgotten")))
