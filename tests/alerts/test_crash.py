"""Killed at any moment: every alert is made once, and sent once but for what was on its way."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.alerts import deliver
from bot.alerts.deliver import Deliverer
from bot.alerts.match import Matcher
from bot.alerts.messages import Message, Outcome, Sent
from corpus import Corpus, open_corpus
from corpus.types import Draft, Paragraph
from tests.alerts.processes import deliver_all, match_all, told
from tests.storage.processes import Worker

SUBJECTS = ("herring", "harbour", "school")
PEOPLE = 4
STATEMENTS = 24
TODAY = datetime.now(UTC).date()


@asynccontextmanager
async def opened(url: str, folder: Path) -> AsyncIterator[Corpus]:
    async with open_corpus(url, folder) as corpus:
        yield corpus


async def prepare(corpus: Corpus) -> Counter[tuple[str, int]]:
    """Subscriptions, then statements; gives who is to be told of which."""
    for subject in SUBJECTS:
        for number in range(PEOPLE):
            await corpus.alerts.subscribe(f"{subject} {number}", subject, most=5)
    await corpus.load(
        Draft(
            (
                Paragraph(
                    f"Today the {SUBJECTS[number % 3]} was spoken of, for the {number}th time."
                ),
            ),
            source_url=f"https://ministry.example/{number}",
            said_on=TODAY,
        )
        for number in range(STATEMENTS)
    )
    return Counter(
        (f"{SUBJECTS[statement % 3]} {number}", statement + 1)
        for statement in range(STATEMENTS)
        for number in range(PEOPLE)
    )


class Seen:
    """An outlet that keeps what it is given."""

    def __init__(self) -> None:
        self.told: Counter[tuple[str, int]] = Counter()

    async def send(self, subscriber: str, message: Message) -> Outcome:
        await asyncio.sleep(0)
        self.told[told(subscriber, message)] += 1
        return Sent()


async def delivered(corpus: Corpus, *outlets: Seen) -> Counter[tuple[str, int]]:
    """All that is delivered until nothing waits, by as many processes as there are outlets."""
    deliverers = [Deliverer(corpus, outlet) for outlet in outlets]
    for _ in range(500):
        await asyncio.gather(*(one.step() for one in deliverers))
        if not (await corpus.alerts.counts()).waiting:
            break
        await asyncio.sleep(0.02)
    return sum((outlet.told for outlet in outlets), Counter())


async def matched(corpus: Corpus) -> None:
    matcher = Matcher(corpus)
    while await matcher.step():
        pass


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """No person is spared anything: what is sent is counted here."""
    monkeypatch.setattr(deliver, "MOST", 1000)


@pytest.mark.parametrize("seed", range(2))
async def test_a_matcher_that_is_killed_makes_every_alert_once(
    database_url: str, tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    async with opened(database_url, tmp_path / "ours") as corpus:
        wanted = await prepare(corpus)
    worker = Worker(match_all, database_url, str(tmp_path / "theirs"))
    until, reached = chance.randrange(0, STATEMENTS - 4), -1
    while reached < until:
        reached = worker.line.recv()
    for _ in range(chance.randrange(50_000)):
        pass
    worker.kill()

    async with opened(database_url, tmp_path / "ours") as corpus:
        assert until <= await corpus.alerts.matched() <= STATEMENTS
        await matched(corpus)
        assert await corpus.alerts.matched() == STATEMENTS
        assert await delivered(corpus, Seen()) == wanted


@pytest.mark.parametrize("seed", range(2))
async def test_a_deliverer_that_is_killed_repeats_what_was_on_its_way_alone(
    database_url: str, tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    async with opened(database_url, tmp_path / "ours") as corpus:
        wanted = await prepare(corpus)
        await matched(corpus)
    worker = Worker(deliver_all, database_url, str(tmp_path / "theirs"))
    first: Counter[tuple[str, int]] = Counter()
    for _ in range(chance.randrange(1, wanted.total() // 2)):
        first[tuple(worker.line.recv())] += 1
    for _ in range(chance.randrange(50_000)):
        pass
    left = [tuple(one) for one in worker.kill()]
    first.update(left)

    async with opened(database_url, tmp_path / "ours") as corpus:
        second = await delivered(corpus, Seen())
    assert set(first + second) == set(wanted)
    repeated = (first + second) - wanted
    assert repeated.total() <= 1


async def test_of_several_processes_each_alert_is_sent_by_one(
    database_url: str, tmp_path: Path
) -> None:
    async with opened(database_url, tmp_path / "ours") as corpus:
        wanted = await prepare(corpus)
        await asyncio.gather(*(matched(corpus) for _ in range(3)))
        assert await delivered(corpus, Seen(), Seen(), Seen()) == wanted


async def test_what_is_published_and_withdrawn_before_it_was_sent_is_not_sent(
    database_url: str, tmp_path: Path
) -> None:
    async with opened(database_url, tmp_path / "ours") as corpus:
        wanted = await prepare(corpus)
        await matched(corpus)
        await corpus.withdraw(1)
        # Also before the withdrawal is matched.
        seen = await delivered(corpus, Seen())
        assert seen == Counter({who: 1 for who in wanted if who[1] != 1})
        await corpus.withdraw(2)
        await corpus.restore(1)
        await matched(corpus)
        # Who never heard of it is told when it is back.
        assert await delivered(corpus, Seen()) == Counter({who: 1 for who in wanted if who[1] == 1})


async def test_a_lease_runs_out(database_url: str, tmp_path: Path) -> None:
    async with opened(database_url, tmp_path / "ours") as corpus:
        wanted = await prepare(corpus)
        await matched(corpus)
        soon = datetime.now(UTC) + timedelta(seconds=0.5)
        assert await corpus.alerts.lease("dead", until=soon, subscribers=100)
        assert await delivered(corpus, Seen()) == wanted
        assert datetime.now(UTC) >= soon
