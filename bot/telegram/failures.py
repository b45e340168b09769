"""What went wrong: told to people in one kind sentence, to the log in full."""

from __future__ import annotations

import logging
from contextlib import suppress

from telegram import InlineQueryResultsButton, Update
from telegram.error import BadRequest, Conflict, Forbidden, NetworkError, TelegramError

from bot.errors import log_unexpected
from bot.telegram.desk import Context, place_of
from bot.telegram.markup import escape
from bot.telegram.sending import Sender
from bot.words import words

_log = logging.getLogger(__name__)

CONFLICT = (
    "another process takes this bot's updates: stop it, or give this one a token of its own; "
    "several processes can share a bot by webhook (ONTHERECORD_WEBHOOK_URL)"
)
_NOT_OURS = (
    "topic_closed",
    "message thread not found",
    "chat not found",
    "not enough rights",
    "have no rights",
    "need administrator rights",
    "query is too old",
)
"""Refusals that no program can help: the chat does not want the answer, or it is too late."""

NOTICE, LABEL = 200, 64
"""Characters of the answer to a tap, and of a button above inline results."""


class Failures:
    """Handles whatever a handler raised."""

    def __init__(self, sender: Sender) -> None:
        self._sender = sender

    async def on_error(self, update: object, context: Context) -> None:
        """Log an error; where somebody waits for an answer, tell them."""
        error = context.error
        if error is None:
            return
        if not isinstance(update, Update):
            _polling(error)
        elif isinstance(error, Forbidden) or (
            isinstance(error, BadRequest) and any(part in str(error).lower() for part in _NOT_OURS)
        ):
            _log.info("an answer was not wanted: %s", error)
        else:
            reference = log_unexpected(error)
            # Telegram itself may be what failed.
            with suppress(TelegramError):
                await self._tell(update, reference)

    async def _tell(self, update: Update, reference: str) -> None:
        person = update.effective_user
        text = words(person.language_code if person else None)("failed", reference=reference)
        if update.callback_query:
            await update.callback_query.answer(text[:NOTICE], show_alert=True)
        elif update.inline_query:
            button = InlineQueryResultsButton(text[:LABEL], start_parameter="inline")
            await update.inline_query.answer([], cache_time=0, is_personal=True, button=button)
        elif update.effective_message and not update.guest_message:
            await self._sender.send(place_of(update.effective_message), escape(text))


def _polling(error: Exception) -> None:
    if isinstance(error, Conflict):
        _log.error(CONFLICT)
    elif isinstance(error, NetworkError):
        _log.warning("Telegram can't be reached, trying again: %s", error)
    else:
        log_unexpected(error)
