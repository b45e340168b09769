"""The bot as a process: built over a corpus, and run until it is told to stop."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Protocol

from telegram import Update
from telegram.ext import Application

from bot.alerts.service import alerting
from bot.errors import SettingsError
from bot.people import Notes, People
from bot.settings import Settings
from bot.telegram import menus
from bot.telegram.alerting import TelegramOutlet
from bot.telegram.callbacks import QuestionStore
from bot.telegram.desk import Desk
from bot.telegram.failures import Failures
from bot.telegram.flood import FloodControl
from bot.telegram.handlers.alerting import Alerting
from bot.telegram.handlers.buttons import Buttons
from bot.telegram.handlers.elsewhere import Elsewhere
from bot.telegram.handlers.information import Information
from bot.telegram.handlers.personal import Personal
from bot.telegram.handlers.questions import Questions
from bot.telegram.handlers.reading import Reading
from bot.telegram.handlers.start import Start
from bot.telegram.journal import Journal, JournalQueue
from bot.telegram.network import CONNECTIONS, App, connections, listen, reach, token_of
from bot.telegram.processor import FairProcessor
from bot.telegram.redaction import redacted
from corpus import Corpus, open_corpus
from corpus.errors import CorpusError

_log = logging.getLogger(__name__)

FLUSH_SECONDS = 0.5
"""How often it is looked whether there is a quiet moment to write down what answered what."""
FLUSH_AT_LEAST_SECONDS = 5.0
"""And after how long that is done although people wait for answers."""
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM)
AFTER_ERROR_SECONDS = 30.0
"""How long to leave the record alone when it can't be read or written."""


class Store(Notes, QuestionStore, Protocol):
    """Where the bot keeps the little that it keeps, for all replicas."""


def build(
    settings: Settings,
    corpus: Corpus,
    *,
    queue: JournalQueue,
    processor: FairProcessor,
    people: People,
    questions: QuestionStore,
    flood: FloodControl | None = None,
) -> App:
    """The application over a corpus, with every handler; not yet in touch with Telegram.

    Raises:
        SettingsError: there is no token.
    """
    application: App = (
        Application.builder()
        .token(token_of(settings))
        .base_url(f"{settings.telegram_api_url}/bot")
        .base_file_url(f"{settings.telegram_api_url}/file/bot")
        .request(connections(CONNECTIONS))
        .get_updates_request(connections(1))
        .rate_limiter(flood or FloodControl())
        .concurrent_updates(processor)
        .update_queue(queue)
        .job_queue(None)
        .build()
    )
    desk = Desk(corpus, questions, people, application.bot)
    asking, reading = Questions(desk), Reading(desk)
    information, personal, alerts = Information(desk), Personal(desk), Alerting(desk)
    for handler in (
        *Start(desk, asking, reading).handlers(),
        *information.handlers(),
        *personal.handlers(),
        *alerts.handlers(),
        *Buttons(desk, asking, reading, information, personal, alerts).handlers(),
        *Elsewhere(desk).handlers(),
        *asking.handlers(),
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
    number = token_of(settings).partition(":")[0]
    try:
        journal = Journal(settings.data_dir / f"updates-{number}.jsonl")
    except OSError as error:
        raise SettingsError(f"{settings.data_dir} can't be written: {error.strerror}") from error
    kept: Store = store or corpus
    people = People(kept)
    processor = FairProcessor(handled=lambda update: journal.handled(update.update_id))
    application = build(
        settings,
        corpus,
        queue=JournalQueue(journal),
        processor=processor,
        people=people,
        questions=kept,
        flood=flood,
    )
    try:
        await reach(application)
        async with _writing_down(people, processor):
            try:
                await application.start()
                await _take_up(application, journal)
                application.create_task(menus.publish(application.bot))
                await listen(application, settings)
                _log.info("@%s is at work", application.bot.username)
                outlet = TelegramOutlet(Desk(corpus, kept, people, application.bot))
                async with alerting(corpus, outlet):
                    yield application
            finally:
                if application.updater and application.updater.running:
                    await application.updater.stop()
                if application.running:
                    await application.stop()
                await _last_flush(people)
    finally:
        await application.shutdown()
        # An application that never reached Telegram leaves its bot's connections open.
        await application.bot.shutdown()
        journal.close()


async def _last_flush(people: People) -> None:
    try:
        await people.flush()
    except CorpusError as error:
        _log.error("what answered what is forgotten: %s", error)


def run(settings: Settings) -> None:
    """Run the bot until the process is told to stop.

    Raises:
        SettingsError: there is no token, or Telegram does not know it.
        CorpusError: the record can't be opened.
    """
    with redacted(*settings.secrets), suppress(KeyboardInterrupt):
        asyncio.run(_run(settings))


async def _run(settings: Settings) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in STOP_SIGNALS:
        # Where a platform has no such handlers, Ctrl-C still ends the process.
        with suppress(NotImplementedError):
            loop.add_signal_handler(number, stop.set)
    at_work = asyncio.create_task(_work(settings))
    stopped = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait((at_work, stopped), return_when=asyncio.FIRST_COMPLETED)
    finally:
        stopped.cancel()
        at_work.cancel()
        with suppress(asyncio.CancelledError):
            await at_work
        for number in STOP_SIGNALS:
            with suppress(NotImplementedError):
                loop.remove_signal_handler(number)


async def _work(settings: Settings) -> None:
    async with (
        open_corpus(
            settings.record_url, settings.data_dir, meaning_model=settings.meaning_model
        ) as corpus,
        serving(settings, corpus),
    ):
        await asyncio.Event().wait()


async def _take_up(application: App, journal: Journal) -> None:
    """Handle what an earlier process took from Telegram and did not finish."""
    queue = application.update_queue
    for data in journal.left_over():
        update = Update.de_json(data, application.bot)
        if isinstance(queue, JournalQueue):
            await queue.put_again(update)


@asynccontextmanager
async def _writing_down(people: People, processor: FairProcessor) -> AsyncIterator[None]:
    """Write down what answered what while inside: in quiet moments, but before long."""

    async def again() -> None:
        waited = 0.0
        while True:
            await asyncio.sleep(FLUSH_SECONDS)
            waited += FLUSH_SECONDS
            if processor.busy and waited < FLUSH_AT_LEAST_SECONDS:
                continue
            waited = 0.0
            try:
                await people.flush()
            except CorpusError as error:
                _log.error("%s, trying again in %.0f s", error, AFTER_ERROR_SECONDS)
                await asyncio.sleep(AFTER_ERROR_SECONDS)

    task = asyncio.create_task(again())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
