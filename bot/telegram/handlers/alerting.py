"""Being told of new statements: the *Alert me* button, and ``/alerts``."""

from __future__ import annotations

from telegram import (
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    MaybeInaccessibleMessage,
    Message,
    Update,
)
from telegram.ext import BaseHandler, CommandHandler, filters

from bot import phrasing
from bot.message import Line, Span, strong
from bot.telegram.callbacks import Watch
from bot.telegram.desk import Context, Desk, of_message, place_of, subscriber
from bot.telegram.markup import escape
from bot.telegram.rendering import Rendered, lines, shortened
from bot.telegram.sending import Reply
from bot.words import Words

SUBJECT = 80
"""UTF-16 units of a subject in a list or a notice."""


class Alerting:
    """Begins, ends, pauses and lists what a private chat is told of."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def handlers(self) -> list[BaseHandler[Update, Context, None]]:
        """The one of the command."""
        return [CommandHandler("alerts", of_message(self.alerts), filters.UpdateType.MESSAGE)]

    async def alerts(self, message: Message) -> None:
        """``/alerts``: what one is told of, with a button to end each."""
        said = await self._desk.words(message.from_user)
        if await self._desk.admit(message, said):
            reply = await self.listing(said, message.chat_id)
            await self._desk.sender.deliver(place_of(message), reply)

    async def listing(self, said: Words, chat: int) -> Reply:
        """The subscriptions of a chat."""
        name = subscriber(chat)
        if name is None:
            return Reply(Rendered(escape(said("telegram-alerts-private"))))
        held = await self._desk.subscriptions.all(name)
        if not held:
            return Reply(Rendered(escape(said("telegram-alerts-none"))))
        subjects = [shortened(phrasing.subject(said, one.subject), SUBJECT) for one in held]
        paused = not any(one.active for one in held)
        title = said("telegram-alerts-paused" if paused else "telegram-alerts-title")
        listed: list[Line] = [(strong(title),)]
        listed += [(Span(f"{number}. {what}"),) for number, what in enumerate(subjects, 1)]
        watched = [(one.question, what) for one, what in zip(held, subjects, strict=True)]
        keyboard = await self._desk.keyboards.alerts(said, watched, paused=paused)
        return Reply(Rendered(lines(listed)), keyboard)

    async def pause(self, said: Words, chat: int, *, paused: bool) -> Reply:
        """Pause or resume all alerts of a chat; gives the list as it is then."""
        if name := subscriber(chat):
            change = self._desk.subscriptions.pause if paused else self._desk.subscriptions.resume
            await change(name)
        return await self.listing(said, chat)

    async def watch(
        self, said: Words, tap: CallbackQuery, shown: MaybeInaccessibleMessage, action: Watch
    ) -> str:
        """Begin or end a subscription, and turn the button round; gives what to say."""
        name = subscriber(shown.chat.id)
        if name is None:
            return said("telegram-alerts-private")
        if action.on:
            added = await self._desk.subscriptions.add(name, action.question)
            if added.empty:
                return said("silence-nothing-asked")
            if not added.accepted:
                return said("telegram-alerts-too-many")
            person = tap.from_user
            await self._desk.people.keep_app_language(person.id, person.language_code)
            understood, notice = added.subject, "telegram-alerts-begun"
        else:
            await self._desk.subscriptions.remove(name, action.question)
            understood = await self._desk.subscriptions.subject(action.question)
            notice = "telegram-alerts-ended"
        what = shortened(phrasing.subject(said, understood), SUBJECT)
        other = Watch(action.question, on=not action.on, named=action.named)
        button = await self._desk.keyboards.watch(said, other, what if action.named else None)
        if isinstance(shown, Message) and (keyboard := _turned(shown, tap.data, button)):
            await self._desk.sender.edit_buttons(shown.chat.id, shown.message_id, keyboard)
        return said(notice, what=what)


def _turned(
    shown: Message, data: str | None, button: InlineKeyboardButton
) -> InlineKeyboardMarkup | None:
    """The buttons below a message, with one of them in place of the tapped one."""
    if shown.reply_markup is None:
        return None
    return InlineKeyboardMarkup(
        [
            [button if old.callback_data == data else old for old in row]
            for row in shown.reply_markup.inline_keyboard
        ]
    )
