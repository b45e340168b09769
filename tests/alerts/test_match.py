"""What is told to whom: what is new, to those who asked before, and no old news."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.alerts.match import Matcher
from corpus import Corpus, open_corpus
from corpus.alert_types import Alert
from corpus.types import Draft, Paragraph

TODAY = datetime.now(UTC).date()
HERRING = "The herring is back in our waters this autumn."


@pytest.fixture
async def corpus(sqlite_database_url: str, tmp_path: Path) -> AsyncIterator[Corpus]:
    async with open_corpus(sqlite_database_url, tmp_path) as opened:
        yield opened


def statement(*texts: str, url: str = "https://fish.example/1", days: int | None = 0) -> Draft:
    """A statement said so many days ago."""
    said = None if days is None else TODAY - timedelta(days=days)
    return Draft(tuple(map(Paragraph, texts)), source_url=url, said_on=said)


async def alerts(corpus: Corpus) -> list[Alert]:
    """What is to be told of all that was published so far, each time only what is new."""
    matcher = Matcher(corpus)
    while await matcher.step():
        pass
    until = datetime.now(UTC) + timedelta(hours=1)
    rows = await corpus.alerts.lease("w", until=until, subscribers=99)
    await corpus.alerts.sent("w", rows)
    return rows


async def told(corpus: Corpus) -> list[tuple[str, list[str]]]:
    """The same, as subscribers and texts."""
    return [
        (row.subscriber, [passage.text for passage in await corpus.alerts.passages(row.passages)])
        for row in await alerts(corpus)
    ]


async def test_who_asked_before_is_told_and_who_asked_after_is_not(corpus: Corpus) -> None:
    await corpus.alerts.subscribe("before", "herring", most=5)
    await corpus.publish(statement(HERRING))
    await corpus.alerts.subscribe("after", "herring", most=5)
    assert await told(corpus) == [("before", [HERRING])]
    assert await told(corpus) == []


async def test_old_statements_are_no_news(corpus: Corpus) -> None:
    await corpus.alerts.subscribe("ann", "herring", most=5)
    for number, days in enumerate((0, 29, 32, 4000, None), 1):
        url = f"https://fish.example/{number}"
        await corpus.publish(statement(f"{HERRING} {number}", url=url, days=days))
    assert [text for _, texts in await told(corpus) for text in texts] == [
        f"{HERRING} {number}" for number in (1, 2, 5)
    ]


async def test_of_a_correction_only_new_words_are_told(corpus: Corpus) -> None:
    await corpus.alerts.subscribe("ann", "herring", most=5)
    old = statement(HERRING, "Good morning.")
    await corpus.publish(old)
    assert await told(corpus) == [("ann", [HERRING])]
    await corpus.publish(replace(old, title="The herring", occasion="A fair"))
    assert await told(corpus) == []
    await corpus.publish(statement("Good morning.", HERRING, "No herring was seen yet."))
    assert await told(corpus) == [("ann", ["No herring was seen yet."])]


async def test_a_correction_is_told_to_who_asked_between(corpus: Corpus) -> None:
    await corpus.publish(statement(HERRING))
    await corpus.alerts.subscribe("ann", "herring", most=5)
    await corpus.publish(statement(HERRING, "No herring was seen yet."))
    assert await told(corpus) == [("ann", ["No herring was seen yet."])]


async def test_the_same_text_elsewhere_is_not_told_again(corpus: Corpus) -> None:
    await corpus.alerts.subscribe("ann", "herring", most=5)
    await corpus.publish(statement(HERRING))
    assert len(await told(corpus)) == 1
    await corpus.publish(statement(HERRING, url="https://mirror.example/1"))
    assert await told(corpus) == []


async def test_what_was_withdrawn_and_comes_back_is_told_once(corpus: Corpus) -> None:
    await corpus.alerts.subscribe("ann", "herring", most=5)
    document = await corpus.publish(statement(HERRING))
    assert len(await told(corpus)) == 1
    await corpus.withdraw(document.id)
    await corpus.restore(document.id)
    assert await told(corpus) == []


async def test_of_one_text_questions_that_differ_in_case_are_one(corpus: Corpus) -> None:
    await corpus.alerts.subscribe("ann", "herring", most=5)
    await corpus.alerts.subscribe("ann", "  Herring ", most=5)
    await corpus.publish(statement(HERRING))
    assert await told(corpus) == [("ann", [HERRING])]


async def test_without_subscriptions_the_log_is_gone_through(corpus: Corpus) -> None:
    await corpus.publish(statement(HERRING))
    assert await told(corpus) == []
    assert await corpus.alerts.matched() == 1
