"""The bot as a process: built over a corpus, run by polling or by webhook."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import signal
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import cache
from typing import Protocol, runtime_checkable
from urllib.parse import urlsplit

import httpx
from telegram import Update
from telegram.error import InvalidToken, TelegramError
from telegram.ext import Application, ExtBot
from telegram.request import HTTPXRequest

from bot.errors import SettingsError
from bot.people import Notes, People
from bot.settings import Settings, host_and_port
from bot.telegram import menus
from bot.telegram.callbacks import QuestionStore
from bot.telegram.desk import Context, Data, Desk
from bot.telegram.failures import Failures
from bot.telegram.flood import FloodControl, Priority
from bot.telegram.handlers.buttons import Buttons
from bot.telegram.handlers.elsewhere import Elsewhere
from bot.telegram.handlers.information import Information
from bot.telegram.handlers.personal import Personal
from bot.telegram.handlers.questions import Questions
from bot.telegram.handlers.reading import Reading
from bot.telegram.handlers.start import Start
from bot.telegram.journal import Journal, JournalQueue
from bot.telegram.processor import AT_ONCE, FairProcessor
from bot.telegram.redaction import redacted
from corpus import Corpus, open_corpus
from corpus.errors import CorpusError

_log = logging.getLogger(__name__)

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
FOLLOW_SECONDS = 0.2
"""How often a process looks for what others have put on record."""
FIRST_RETRY, LAST_RETRY = 1.0, 30.0
"""Seconds between attempts to reach Telegram at the start."""

App = Application[ExtBot[Priority], Context, Data, Data, Data, None]


@runtime_checkable
class Store(Notes, QuestionStore, Protocol):
    """Where the bot keeps the little that it keeps, for all replicas."""


def build(
    settings: Settings,
    corpus: Corpus,
    journal: Journal,
    *,
    store: Store | None = None,
    flood: FloodControl | None = None,
) -> App:
    """The application over a corpus, with every handler; not yet in touch with Telegram.

    Raises:
        SettingsError: there is no token.
    """
    token = _token(settings)
    queue = JournalQueue(journal)
    application: App = (
        Application.builder()
        .token(token)
        .base_url(f"{settings.telegram_api_url}/bot")
        .base_file_url(f"{settings.telegram_api_url}/file/bot")
        .request(_connections(2 * AT_ONCE))
        .get_updates_request(_connections(1))
        .rate_limiter(flood or FloodControl())
        .concurrent_updates(FairProcessor(handled=lambda update: journal.handled(update.update_id)))
        .update_queue(queue)
        .job_queue(None)
        .build()
    )
    kept = store or _store_of(corpus)
    desk = Desk(corpus, kept, People(kept), application.bot)
    questions, reading = Questions(desk), Reading(desk)
    information, personal = Information(desk), Personal(desk)
    for handler in (
        *Start(desk, questions, reading).handlers(),
        *information.handlers(),
        *personal.handlers(),
        *Buttons(desk, questions, reading, information, personal).handlers(),
        *Elsewhere(desk).handlers(),
        *questions.handlers(),
        information.fallback(),
    ):
        application.add_handler(handler)
    application.add_error_handler(Failures(desk.sender).on_error)
    return application


@asynccontextmanager
async def serving(
    settings: Settings,
    corpus: Corpus,
    *,
    store: Store | None = None,
    flood: FloodControl | None = None,
) -> AsyncIterator[App]:
    """The bot at work, for as long as one stays inside.

    Raises:
        SettingsError: there is no token, or Telegram does not know it.
    """
    number = _token(settings).partition(":")[0]
    try:
        journal = Journal(settings.data_dir / f"updates-{number}.jsonl")
    except OSError as error:
        raise SettingsError(f"{settings.data_dir} can't be written: {error.strerror}") from error
    application = build(settings, corpus, journal, store=store, flood=flood)
    try:
        await _reach(application)
        try:
            await application.start()
            await _take_up(application, journal)
            application.create_task(menus.publish(application.bot))
            await _listen(application, settings)
            _log.info("@%s is at work", application.bot.username)
            following = asyncio.create_task(_follow(corpus))
            try:
                yield application
            finally:
                following.cancel()
                with suppress(asyncio.CancelledError):
                    await following
        finally:
            if application.updater and application.updater.running:
                await application.updater.stop()
            if application.running:
                await application.stop()
    finally:
        await application.shutdown()
        # An application that never reached Telegram leaves its bot's connections open.
        await application.bot.shutdown()
        journal.close()


def run(settings: Settings) -> None:
    """Run the bot until the process is told to stop.

    Raises:
        SettingsError: there is no token, or Telegram does not know it.
        CorpusError: the record can't be opened.
    """
    with redacted(*settings.secrets), suppress(asyncio.CancelledError, KeyboardInterrupt):
        asyncio.run(_run(settings))


async def _run(settings: Settings) -> None:
    task = asyncio.current_task()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        # Where a platform has no such handlers, Ctrl-C still ends the process.
        with suppress(NotImplementedError):
            loop.add_signal_handler(number, task.cancel if task else loop.stop)
    async with (
        open_corpus(settings.record_url, settings.data_dir) as corpus,
        serving(settings, corpus),
    ):
        await asyncio.Event().wait()


async def _reach(application: App) -> None:
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


async def _take_up(application: App, journal: Journal) -> None:
    """Handle what an earlier process took from Telegram and did not finish."""
    queue = application.update_queue
    for data in journal.left_over():
        update = Update.de_json(data, application.bot)
        if isinstance(queue, JournalQueue):
            await queue.put_again(update)


async def _listen(application: App, settings: Settings) -> None:
    updater = application.updater
    if updater is None:
        raise RuntimeError("the application was built without an updater")

    def failed(error: TelegramError) -> None:
        application.create_task(application.process_error(update=None, error=error))

    if settings.webhook_url is None:
        await updater.start_polling(
            timeout=POLL_SECONDS,
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


def _store_of(corpus: object) -> Store:
    if not isinstance(corpus, Store):
        raise TypeError("this corpus keeps no notes")
    return corpus


def webhook_secret(settings: Settings) -> str:
    """What proves that an update comes from Telegram: as set, else the same on each replica."""
    if settings.webhook_secret is not None:
        return settings.webhook_secret.get_secret_value()
    return hashlib.sha256(f"webhook of {_token(settings)}".encode()).hexdigest()


def _connections(most: int) -> HTTPXRequest:
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


def _token(settings: Settings) -> str:
    if settings.telegram_token is None:
        raise SettingsError("ONTHERECORD_TELEGRAM_TOKEN is not set; @BotFather gives you one")
    return settings.telegram_token.get_secret_value()


async def _follow(corpus: Corpus) -> None:
    """Take in what other processes put on record."""
    while True:
        await asyncio.sleep(FOLLOW_SECONDS)
        try:
            await corpus.follow()
        except CorpusError as error:
            _log.error("the record can't be followed: %s", error)
            await asyncio.sleep(LAST_RETRY)
