"""``/start``: a greeting with examples to tap, or what a deep link opens."""

from __future__ import annotations

from telegram import Message, Update
from telegram.ext import BaseHandler, CommandHandler, filters

from bot import asking
from bot.telegram import deeplinks
from bot.telegram.deeplinks import OpenDocument, OpenPassage, OpenQuestion, Target
from bot.telegram.desk import Context, Desk, day_of, of_message, place_of, subscriber
from bot.telegram.handlers.questions import Questions
from bot.telegram.handlers.reading import Opened, Reading
from bot.telegram.markup import escape
from bot.telegram.messages import Question, command_argument
from bot.words import Words

EXAMPLES = 3
MOST_SPEAKERS = 3
"""Speakers that an example may be about."""


class Start:
    """Greets, and opens links."""

    def __init__(self, desk: Desk, questions: Questions, reading: Reading) -> None:
        self._desk = desk
        self._questions = questions
        self._reading = reading

    def handlers(self) -> list[BaseHandler[Update, Context, None]]:
        """The one of the command."""
        return [CommandHandler("start", of_message(self.start), filters.UpdateType.MESSAGE)]

    async def start(self, message: Message) -> None:
        """Open what the link points to; greet if it points to nothing."""
        said = await self._desk.words(message.from_user)
        if not await self._desk.admit(message, said):
            return
        if name := subscriber(message.chat_id):
            await self._desk.subscriptions.reached(name)
        parameter = command_argument(message)
        target = await deeplinks.target(parameter, self._desk.questions) if parameter else None
        if target is not None:
            await self._open(message, said, target)
            return
        text = said("telegram-start")
        if parameter:
            text = f"{said('telegram-link-gone')}\n\n{text}"
        keyboard = await self._desk.keyboards.ask(await self._examples(said))
        await self._desk.sender.send(place_of(message), escape(text), keyboard)

    async def _open(self, message: Message, said: Words, target: Target) -> None:
        opened: Opened
        match target:
            case OpenPassage(passage_id):
                opened = await self._reading.passage(said, passage_id)
            case OpenDocument(document_id):
                opened = await self._reading.statement(said, document_id)
            case OpenQuestion(question=question):
                day = day_of(message)
                reply = await self._questions.reply(
                    said, Question(question), day, message.chat_id, echo=True
                )
                opened = Opened(reply)
        if opened.reply:
            await self._desk.answer(message, opened.reply)
        else:
            await self._desk.sender.send(place_of(message), escape(opened.notice or ""))

    async def _examples(self, said: Words) -> list[str]:
        """Questions that this record answers: about subjects first, then about its speakers."""
        candidates = said("telegram-examples").split("\n")
        people = await self._desk.corpus.people()
        candidates += [
            said("telegram-example-speaker", name=person.name) for person in people[:MOST_SPEAKERS]
        ]
        found: list[str] = []
        for candidate in candidates:
            view = await asking.ask(self._desk.corpus, candidate, limit=1)
            if view.passages:
                found.append(candidate)
            if len(found) == EXAMPLES:
                break
        return found
