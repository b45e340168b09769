"""Other processes that match and deliver, to be killed. See :mod:`tests.storage.processes`."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from multiprocessing.connection import Connection
from pathlib import Path

from bot.alerts import deliver, match
from bot.alerts.deliver import Deliverer
from bot.alerts.match import Matcher
from bot.alerts.messages import Digest, Message, Outcome, Sent
from corpus import open_corpus


def told(subscriber: str, message: Message) -> tuple[str, int]:
    """Who is told of which document."""
    assert not isinstance(message, Digest)
    return subscriber, message.passages[0].document_id


class Line:
    """An outlet that says over a line what it is about to send."""

    def __init__(self, line: Connection) -> None:
        self._line = line

    async def send(self, subscriber: str, message: Message) -> Outcome:
        """Say it."""
        self._line.send(told(subscriber, message))
        await asyncio.sleep(0)
        return Sent()


def match_all(line: Connection, url: str, folder: str) -> None:
    """Match a few changes at a time, saying before each step how far one had come."""
    match.BATCH = 2

    async def work() -> None:
        async with open_corpus(url, Path(folder)) as corpus:
            matcher = Matcher(corpus)
            line.send(0)
            while await matcher.step():
                line.send(await corpus.alerts.matched())

    asyncio.run(work())


def deliver_all(line: Connection, url: str, folder: str) -> None:
    """Deliver to one person at a time, with a lease that is soon over."""
    deliver.AT_ONCE = 1
    deliver.LEASE = timedelta(seconds=1)
    deliver.MOST = 1000

    async def work() -> None:
        async with open_corpus(url, Path(folder)) as corpus:
            deliverer = Deliverer(corpus, Line(line))
            while await deliverer.step():
                pass

    asyncio.run(work())
