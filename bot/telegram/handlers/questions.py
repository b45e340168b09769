"""Questions: typed in private, asked in groups, edited, or tapped on a button."""

from __future__ import annotations

from datetime import date

from telegram import Message, Update
from telegram.ext import BaseHandler, CommandHandler, MessageHandler, filters

from bot import asking, checking
from bot.message import emphasis
from bot.telegram import check_rendering, rendering
from bot.telegram.desk import Context, Desk, day_of, of_message, place_of
from bot.telegram.markup import escape
from bot.telegram.messages import Question, Quotation, command_argument, request, request_again
from bot.telegram.sending import Reply
from bot.words import Words

FRESH = filters.UpdateType.MESSAGE
EDITED = filters.UpdateType.EDITED_MESSAGE
ASKED_MARK = "🔎"
ECHO = 200
"""UTF-16 units of a tapped question that are repeated above its answer."""


class Questions:
    """Answers questions and checks quotations, and mends the answer of an edited one."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def handlers(self) -> list[BaseHandler[Update, Context, None]]:
        """Those of questions; of plain messages they must come last."""
        return [
            CommandHandler("ask", of_message(self.ask), FRESH),
            CommandHandler("check", of_message(self.check), FRESH),
            MessageHandler(EDITED, of_message(self.edited)),
            MessageHandler(
                FRESH & ~filters.COMMAND & ~filters.StatusUpdate.ALL, of_message(self.message)
            ),
        ]

    async def ask(self, message: Message) -> None:
        """``/ask``: answer its argument, or the message that it replies to."""
        await self._command(message, Question(command_argument(message)), "telegram-ask-usage")

    async def check(self, message: Message) -> None:
        """``/check``: check its argument, or the message that it replies to."""
        quotation = Quotation(command_argument(message))
        await self._command(message, quotation, "telegram-check-usage")

    async def message(self, message: Message) -> None:
        """Any other message: a question, a quotation, or nothing of ours."""
        asked = request(message, self._desk.bot)
        if asked is None:
            return
        said = await self._desk.words(message.from_user)
        if isinstance(asked, Question | Quotation):
            await self._answer(message, said, asked)
        elif self._desk.first_of_album(message) and await self._desk.admit(message, said):
            await self._desk.sender.send(place_of(message), escape(said("telegram-words-only")))

    async def edited(self, message: Message) -> None:
        """An edited question: its answer is edited."""
        shown = await self._desk.people.answers(message.chat_id, message.message_id)
        asked = request_again(message, self._desk.bot)
        if not shown or not isinstance(asked, Question | Quotation) or not asked.text:
            return
        said = await self._desk.words(message.from_user)
        if not await self._desk.admit(message, said):
            return
        reply = await self.reply(said, asked, day_of(message), message.chat_id)
        ids = await self._desk.sender.replace(place_of(message), shown, reply)
        self._desk.remember(message, ids)

    async def reply(
        self,
        said: Words,
        asked: Question | Quotation,
        day: date,
        chat: int,
        *,
        echo: bool = False,
    ) -> Reply:
        """The answer to a question or quotation of a chat; ``echo`` repeats it above the answer."""
        if isinstance(asked, Quotation):
            return await self._checked(said, asked.text)
        view = await asking.ask(self._desk.corpus, asked.text, limit=1, today=day)
        question = " ".join(rendering.shortened(asked.text, ECHO).split())
        above = [(emphasis(f"{ASKED_MARK} {question}"),)] if echo else []
        rendered = rendering.answer(said, view, above=above)
        watched = await self._desk.watched(chat, asked.text)
        return Reply(rendered, await self._desk.keyboards.answer(said, view, day, watched))

    async def turn(self, said: Words, question: str, number: int, day: date, chat: int) -> Reply:
        """The answer of this number; the last one if the record has fewer by now."""
        view = await asking.ask(self._desk.corpus, question, limit=1, offset=number, today=day)
        if not view.passages and number:
            first = await asking.ask(self._desk.corpus, question, limit=1, today=day)
            last = max(0, min(number, first.total) - 1)
            view = first
            if first.passages and last:
                view = await asking.ask(
                    self._desk.corpus, question, limit=1, offset=last, today=day
                )
        watched = await self._desk.watched(chat, question)
        keyboard = await self._desk.keyboards.answer(said, view, day, watched)
        return Reply(rendering.answer(said, view), keyboard)

    async def _checked(self, said: Words, quotation: str) -> Reply:
        view = await checking.check(self._desk.corpus, quotation)
        rendered = check_rendering.check(said, view)
        if view.passage is None:
            return Reply(rendered, await self._desk.keyboards.search_instead(said, quotation))
        return Reply(rendered, await self._desk.keyboards.passage(said, view.passage))

    async def _command(self, message: Message, asked: Question | Quotation, usage: str) -> None:
        said = await self._desk.words(message.from_user)
        if asked.text:
            await self._answer(message, said, asked)
        elif await self._desk.admit(message, said):
            await self._desk.sender.send(place_of(message), escape(said(usage)))

    async def _answer(self, message: Message, said: Words, asked: Question | Quotation) -> None:
        if not await self._desk.admit(message, said):
            return
        async with self._desk.sender.typing(place_of(message)), self._desk.thinking:
            reply = await self.reply(said, asked, day_of(message), message.chat_id)
        await self._desk.answer(message, reply)
