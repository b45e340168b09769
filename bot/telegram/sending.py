"""Messages on their way out, and what can go wrong there."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from typing import TypeVar

from telegram import InlineKeyboardMarkup, InputFile, LinkPreviewOptions, ReplyParameters
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, ChatMigrated, NetworkError, TelegramError
from telegram.ext import ExtBot

from bot.telegram.flood import Priority
from bot.telegram.rendering import Attachment, Rendered

_log = logging.getLogger(__name__)

TYPING_AFTER = 0.5
"""Seconds of work after which "typing…" is shown."""
TYPING_AGAIN = 4.5
"""Seconds after which it is shown again: Telegram drops it after five."""
TRIES = 3
RETRY_AFTER = 0.3
"""Seconds before a call is tried again whose connection broke."""

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)

T = TypeVar("T")
Bot = ExtBot[Priority]


@dataclass(frozen=True, slots=True)
class Place:
    """Where an answer goes."""

    chat: int
    topic: int | None = None
    """``message_thread_id`` of a forum topic."""
    reply_to: int | None = None
    """The message that is answered, where that is worth showing."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer ready to be sent: its messages, and the buttons below the first of them."""

    rendered: Rendered
    keyboard: InlineKeyboardMarkup | None = None


class Sender:
    """Sends, edits and deletes through a bot."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def deliver(
        self, place: Place, reply: Reply, *, priority: Priority = Priority.INTERACTIVE
    ) -> tuple[int, ...]:
        """Send an answer; gives the ids of its messages, the one with the buttons first.

        Raises:
            TelegramError: Telegram does not take it.
        """
        head = await self.send(place, reply.rendered.head, reply.keyboard, priority=priority)
        return (head, *await self._continue(replace(place, reply_to=head), reply.rendered))

    async def replace(self, place: Place, shown: Sequence[int], reply: Reply) -> tuple[int, ...]:
        """Show an answer in place of another; gives the ids of its messages.

        Raises:
            TelegramError: Telegram does not take it.
        """
        head, *parts = shown
        if not await self.edit(place.chat, head, reply.rendered.head, reply.keyboard):
            return await self.deliver(place, reply)
        if parts:
            await self.delete(place.chat, parts)
        return (head, *await self._continue(replace(place, reply_to=head), reply.rendered))

    async def _continue(self, place: Place, rendered: Rendered) -> list[int]:
        ids = [await self.send(place, tail, priority=Priority.FOLLOWING) for tail in rendered.tails]
        if rendered.exact:
            ids.append(await self.send_file(place, rendered.exact))
        return ids

    async def send(
        self,
        place: Place,
        text: str,
        keyboard: InlineKeyboardMarkup | None = None,
        *,
        priority: Priority = Priority.INTERACTIVE,
    ) -> int:
        """Send one message of HTML; gives its id. A group that moved is followed.

        Raises:
            TelegramError: Telegram does not take it.
        """

        async def attempt(chat: int) -> int:
            message = await self._bot.send_message(
                chat,
                text,
                parse_mode=ParseMode.HTML,
                message_thread_id=place.topic,
                reply_parameters=_reply_to(place),
                reply_markup=keyboard,
                link_preview_options=NO_PREVIEW,
                rate_limit_args=priority,
            )
            return message.message_id

        return await _followed(place.chat, attempt)

    async def send_file(self, place: Place, file: Attachment) -> int:
        """Send a text as a file; gives the message's id.

        Raises:
            TelegramError: Telegram does not take it.
        """

        async def attempt(chat: int) -> int:
            message = await self._bot.send_document(
                chat,
                InputFile(file.text.encode("utf-8", "surrogatepass"), filename=file.name),
                message_thread_id=place.topic,
                reply_parameters=_reply_to(place),
                rate_limit_args=Priority.FOLLOWING,
            )
            return message.message_id

        return await _followed(place.chat, attempt)

    async def edit(
        self, chat: int, message: int, text: str, keyboard: InlineKeyboardMarkup | None = None
    ) -> bool:
        """Change a message; False if it is gone or can't be changed any more.

        Raises:
            TelegramError: Telegram does not take it.
        """

        async def attempt() -> bool:
            await self._bot.edit_message_text(
                text,
                chat_id=chat,
                message_id=message,
                parse_mode=ParseMode.HTML,
                reply_markup=keyboard,
                link_preview_options=NO_PREVIEW,
            )
            return True

        try:
            return await _persistently(attempt)
        except BadRequest as error:
            said = error.message.lower()
            if "not modified" in said:
                return True
            if "message to edit not found" in said or "can't be edited" in said:
                return False
            raise

    async def edit_buttons(self, chat: int, message: int, keyboard: InlineKeyboardMarkup) -> None:
        """Change the buttons below a message; those of one that is gone stay as they are."""
        with suppress(BadRequest):
            await self._bot.edit_message_reply_markup(chat, message, reply_markup=keyboard)

    async def delete(self, chat: int, messages: Sequence[int]) -> None:
        """Delete messages; what can't be deleted stays."""
        with suppress(TelegramError):
            await self._bot.delete_messages(chat, list(messages))

    @asynccontextmanager
    async def typing(self, place: Place) -> AsyncIterator[None]:
        """Show "typing…" for as long as the work inside takes, if it takes long."""

        async def show() -> None:
            await asyncio.sleep(TYPING_AFTER)
            while True:
                with suppress(TelegramError):
                    await self._bot.send_chat_action(
                        place.chat, ChatAction.TYPING, message_thread_id=place.topic
                    )
                await asyncio.sleep(TYPING_AGAIN)

        task = asyncio.create_task(show())
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task


def _reply_to(place: Place) -> ReplyParameters | None:
    if place.reply_to is None:
        return None
    return ReplyParameters(place.reply_to, allow_sending_without_reply=True)


async def _followed(chat: int, attempt: Callable[[int], Awaitable[T]]) -> T:
    """Try in a chat; if it was a group that has become a supergroup, there."""
    try:
        return await _persistently(lambda: attempt(chat))
    except ChatMigrated as moved:
        new = moved.new_chat_id
        _log.info("chat %d has become %d", chat, new)
        return await _persistently(lambda: attempt(new))


async def _persistently(attempt: Callable[[], Awaitable[T]]) -> T:
    """Try again when the connection broke; an answer twice is better than none."""
    for number in range(1, TRIES):
        try:
            return await attempt()
        except NetworkError as error:
            # BadRequest and TimedOut are network errors by class, though not by nature.
            if type(error) is not NetworkError:
                raise
            await asyncio.sleep(RETRY_AFTER * number)
    return await attempt()
