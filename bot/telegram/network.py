"""The bot's connections to Telegram: reaching it, and having updates by polling or webhook."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import ssl
from datetime import timedelta
from functools import cache
from urllib.parse import urlsplit

import httpx
from telegram.error import InvalidToken, TelegramError
from telegram.ext import Application, ExtBot
from telegram.request import HTTPXRequest

from bot.errors import SettingsError
from bot.settings import Settings, host_and_port
from bot.telegram.desk import Context, Data
from bot.telegram.flood import Priority

_log = logging.getLogger(__name__)

App = Application[ExtBot[Priority], Context, Data, Data, Data, None]

UPDATES = (
    "message",
    "edited_message",
    "inline_query",
    "callback_query",
    "guest_message",
    "my_chat_member",
)
"""What the bot asks Telegram for. Channel posts are not among it."""

NETWORK_SECONDS = 20.0
"""Patience for one call of the Bot API."""
POLL_SECONDS = 30
"""How long a poll may wait at Telegram's side for an update."""
CONNECTIONS = 8
"""To Telegram at a time. Each call looks at every idle one, so more of them are slower."""
FIRST_RETRY, LAST_RETRY = 1.0, 30.0
"""Seconds between attempts to reach Telegram at the start."""


async def reach(application: App) -> None:
    """Say hello to Telegram, again and again until it answers.

    Raises:
        SettingsError: Telegram does not know the token.
    """
    wait = FIRST_RETRY
    while True:
        try:
            await application.initialize()
        except InvalidToken:
            # The error's own words have the token in them.
            raise SettingsError(
                "Telegram does not know this ONTHERECORD_TELEGRAM_TOKEN; @BotFather has yours"
            ) from None
        except TelegramError as error:
            _log.warning("Telegram can't be reached, trying again in %.0f s: %s", wait, error)
            await asyncio.sleep(wait)
            wait = min(LAST_RETRY, 2 * wait)
        else:
            return


async def listen(application: App, settings: Settings) -> None:
    """Have updates from now on: by webhook where there is one, else by polling."""
    updater = application.updater
    if updater is None:
        raise RuntimeError("the application was built without an updater")

    def failed(error: TelegramError) -> None:
        application.create_task(application.process_error(update=None, error=error))

    if settings.webhook_url is None:
        await updater.start_polling(
            timeout=timedelta(seconds=POLL_SECONDS),
            bootstrap_retries=-1,
            allowed_updates=UPDATES,
            drop_pending_updates=False,
            error_callback=failed,
        )
        return
    host, port = host_and_port(settings.webhook_listen)
    await updater.start_webhook(
        listen=host,
        port=port,
        url_path=urlsplit(settings.webhook_url).path.lstrip("/"),
        webhook_url=settings.webhook_url,
        secret_token=webhook_secret(settings),
        bootstrap_retries=-1,
        allowed_updates=UPDATES,
        drop_pending_updates=False,
    )


def webhook_secret(settings: Settings) -> str:
    """What proves that an update comes from Telegram: as set, else the same on each replica."""
    if settings.webhook_secret is not None:
        return settings.webhook_secret.get_secret_value()
    return hashlib.sha256(f"webhook of {token_of(settings)}".encode()).hexdigest()


def connections(most: int) -> HTTPXRequest:
    """At most so many connections at a time."""
    return HTTPXRequest(
        connection_pool_size=most,
        read_timeout=NETWORK_SECONDS,
        write_timeout=NETWORK_SECONDS,
        connect_timeout=NETWORK_SECONDS,
        pool_timeout=NETWORK_SECONDS,
        httpx_kwargs={"verify": _trusted()},
    )


@cache
def _trusted() -> ssl.SSLContext:
    """The certificates that are trusted; reading them takes a tenth of a second."""
    return httpx.create_ssl_context()


def token_of(settings: Settings) -> str:
    """The bot's token.

    Raises:
        SettingsError: there is none.
    """
    if settings.telegram_token is None:
        raise SettingsError("ONTHERECORD_TELEGRAM_TOKEN is not set; @BotFather gives you one")
    return settings.telegram_token.get_secret_value()
