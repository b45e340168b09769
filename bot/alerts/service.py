"""Matching and delivering for as long as a bot is at work."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from bot.alerts.deliver import Deliverer
from bot.alerts.match import Matcher
from bot.alerts.messages import Outlet
from bot.errors import log_unexpected
from corpus import Corpus
from corpus.errors import CorpusError

_log = logging.getLogger(__name__)

LOOK_SECONDS = 0.5
"""How often the change log and the outbox are looked at."""
AFTER_ERROR_SECONDS = 10.0
"""How long the record is left alone when it can't be read or written."""
CLEAN_SECONDS = 3600.0
KEPT = timedelta(days=60)
"""For so long it is known that an alert was sent: longer than a statement is news."""
ENDING_SECONDS = 5.0
"""How long a message that is on its way may take when the bot stops."""


@asynccontextmanager
async def alerting(corpus: Corpus, outlet: Outlet) -> AsyncIterator[None]:
    """Make and send alerts while inside. What is on its way at the end is still sent."""
    ending = asyncio.Event()
    deliverer = Deliverer(corpus, outlet)

    async def clean() -> bool:
        await corpus.alerts.drop_sent(datetime.now(UTC) - KEPT)
        return False

    tasks = [
        asyncio.create_task(_again(Matcher(corpus).step, LOOK_SECONDS, ending)),
        asyncio.create_task(_again(deliverer.step, LOOK_SECONDS, ending)),
        asyncio.create_task(_again(clean, CLEAN_SECONDS, ending)),
    ]
    try:
        yield
    finally:
        ending.set()
        _, late = await asyncio.wait(tasks, timeout=ENDING_SECONDS)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)


async def _again(
    step: Callable[[], Awaitable[bool]], seconds: float, ending: asyncio.Event
) -> None:
    """Take a step again and again, with a pause where there was nothing to do."""
    trouble = ""
    while not ending.is_set():
        pause = seconds
        try:
            if await step():
                pause = 0.0
            trouble = ""
        except CorpusError as error:
            pause = AFTER_ERROR_SECONDS
            if str(error) != trouble:
                _log.error("alerts wait: %s", error)
            trouble = str(error)
        except Exception as error:
            # One statement that can't be handled must not end all alerts in silence.
            pause = AFTER_ERROR_SECONDS
            log_unexpected(error)
        await _pause(pause, ending)


async def _pause(seconds: float, ending: asyncio.Event) -> None:
    try:
        await asyncio.wait_for(ending.wait(), seconds)
    except TimeoutError:
        return
