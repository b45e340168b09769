"""Taps on buttons. Each button says all that is needed (see :mod:`bot.telegram.callbacks`)."""

from __future__ import annotations

import asyncio
import math
from contextlib import suppress
from datetime import date

from telegram import CallbackQuery, MaybeInaccessibleMessage, Message, Update
from telegram.error import BadRequest
from telegram.ext import BaseHandler, CallbackQueryHandler

from bot.telegram.callbacks import (
    Action,
    Ask,
    ChooseLanguage,
    Nothing,
    PauseAlerts,
    SendFile,
    ShowAlerts,
    ShowAnswer,
    ShowContext,
    ShowDocument,
    ShowLatest,
    ShowStatement,
    TurnPage,
    Watch,
    decode,
)
from bot.telegram.desk import Context, Desk
from bot.telegram.handlers.alerting import Alerting
from bot.telegram.handlers.information import Information
from bot.telegram.handlers.personal import Personal
from bot.telegram.handlers.questions import Questions
from bot.telegram.handlers.reading import Opened, Reading
from bot.telegram.messages import Question
from bot.telegram.sending import Place, Reply
from bot.words import Words, words

NOTICE = 200
"""Characters of the answer to a tap (Bot API, ``answerCallbackQuery``)."""


class Buttons:
    """Does what a button says."""

    def __init__(
        self,
        desk: Desk,
        questions: Questions,
        reading: Reading,
        information: Information,
        personal: Personal,
        alerting: Alerting,
    ) -> None:
        self._desk = desk
        self._questions = questions
        self._reading = reading
        self._information = information
        self._personal = personal
        self._alerting = alerting

    def handlers(self) -> list[BaseHandler[Update, Context, None]]:
        """The one of all buttons."""
        return [CallbackQueryHandler(self.tapped)]

    async def tapped(self, update: Update, context: Context) -> None:
        """A button was tapped: do it, and stop the button's spinning."""
        if tap := update.callback_query:
            await self._tapped(tap)

    async def _tapped(self, tap: CallbackQuery) -> None:
        said = await self._desk.words(tap.from_user)
        action = await decode(tap.data or "", self._desk.questions)
        if isinstance(action, Nothing):
            await _stop(tap)
        elif wait := self._desk.admit_tap(tap.from_user.id):
            await _stop(tap, said("telegram-too-fast", seconds=math.ceil(wait)))
        elif action is None or tap.message is None:
            await _stop(tap, said("telegram-button-gone"))
        else:
            await self._do(tap, tap.message, said, action)

    async def _do(
        self, tap: CallbackQuery, shown: MaybeInaccessibleMessage, said: Words, action: Action
    ) -> None:
        place = _place(shown)
        match action:
            case ShowAnswer(number, asked_on, language, question):
                reply = await self._questions.turn(
                    words(language), question, number, asked_on, place.chat
                )
                await asyncio.gather(_stop(tap), self._show_instead(shown, reply))
            case Ask(question):
                await _stop(tap)
                async with self._desk.sender.typing(place):
                    reply = await self._questions.reply(
                        said, Question(question), date.today(), place.chat, echo=True
                    )
                await self._send(place, reply)
            case ShowContext(passage_id):
                await self._open(tap, shown, await self._reading.context(said, passage_id))
            case ShowStatement(passage_id):
                await self._open(tap, shown, await self._reading.statement_of(said, passage_id))
            case ShowDocument(document_id, revision):
                opened = await self._reading.statement(said, document_id, revision=revision)
                await self._open(tap, shown, opened)
            case TurnPage(document_id, revision, page):
                opened = await self._reading.statement(
                    said, document_id, page=page, revision=revision
                )
                await self._open(tap, shown, opened, instead=True)
            case SendFile(document_id):
                await _stop(tap, await self._reading.file(said, place, document_id))
            case ShowLatest(offset):
                reply = await self._information.latest(said, offset)
                await asyncio.gather(_stop(tap), self._show_instead(shown, reply))
            case ChooseLanguage(language):
                reply = await self._personal.chosen(tap.from_user, language)
                await asyncio.gather(_stop(tap), self._show_instead(shown, reply))

            case Watch():
                await _stop(tap, await self._alerting.watch(said, tap, shown, action))
            case PauseAlerts(paused):
                reply = await self._alerting.pause(said, place.chat, paused=paused)
                await asyncio.gather(_stop(tap), self._show_instead(shown, reply))
            case ShowAlerts():
                reply = await self._alerting.listing(said, place.chat)
                await asyncio.gather(_stop(tap), self._send(place, reply))

    async def _open(
        self,
        tap: CallbackQuery,
        shown: MaybeInaccessibleMessage,
        opened: Opened,
        *,
        instead: bool = False,
    ) -> None:
        """Send what was opened, or show it in place; say what is to be known of it."""
        if opened.reply is None:
            await _stop(tap, opened.notice)
            return
        show = (
            self._show_instead(shown, opened.reply)
            if instead
            else self._send(_place(shown), opened.reply)
        )
        await asyncio.gather(_stop(tap, opened.notice), show)

    async def _send(self, place: Place, reply: Reply) -> None:
        ids = await self._desk.sender.deliver(place, reply)
        if len(ids) > 1:
            self._desk.people.continued(place.chat, ids[0], ids[1:])

    async def _show_instead(self, shown: MaybeInaccessibleMessage, reply: Reply) -> None:
        """Put a reply in place of the message with the button and of what continues it."""
        chat, head = shown.chat.id, shown.message_id
        parts = await self._desk.people.parts(chat, head)
        ids = await self._desk.sender.replace(_place(shown), (head, *parts), reply)
        if parts or len(ids) > 1:
            self._desk.people.continued(chat, ids[0], ids[1:])


def _place(shown: MaybeInaccessibleMessage) -> Place:
    """Where a tap's answer goes: the topic of the message with the button, as a reply to it.

    Of a message that is too old, Telegram tells no more than its number and chat.
    """
    topic = None
    if isinstance(shown, Message) and shown.is_topic_message:
        topic = shown.message_thread_id
    return Place(shown.chat.id, topic, shown.message_id)


async def _stop(tap: CallbackQuery, notice: str | None = None) -> None:
    """Stop the button's spinning, with a notice to be closed if there is something to say."""
    with suppress(BadRequest):  # Too late: Telegram forgets a tap after a quarter of an hour.
        await tap.answer(notice[:NOTICE] if notice else None, show_alert=bool(notice))
