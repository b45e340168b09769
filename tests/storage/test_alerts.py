"""Subscriptions and the outbox, on both databases."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio

from corpus.alert_types import Alert, FreshPassage, NewAlert, Subscribed, SubscriptionState
from corpus.errors import InputError
from corpus.storage import Record, open_record
from tests.storage.build import URL, changed, draft, interview

NOW = datetime.now(UTC)
LATER = NOW + timedelta(hours=1)
ALL = tuple(SubscriptionState)


@pytest_asyncio.fixture
async def record(database_url: str) -> AsyncIterator[Record]:
    async with open_record(database_url) as opened:
        yield opened


async def subscribed(record: Record, *subscribers: str, key: str = "k") -> None:
    for subscriber in subscribers:
        await record.alerts.subscribe(subscriber, key, f"about {key}", most=5)


def alert(subscriber: str, document: int = 1, *, key: str = "k", revision: int = 1) -> NewAlert:
    return NewAlert(subscriber, key, document, revision, (7, 8))


async def leased(record: Record, name: str = "w", *, many: int = 10) -> list[Alert]:
    return await record.alerts.lease(name, until=LATER, subscribers=many)


async def test_a_subscription_begins_at_the_end_of_the_log(record: Record) -> None:
    await record.publish([interview()])
    assert await record.alerts.subscribe("ann", "k", "Iran", most=2) is Subscribed.NEW
    (held,) = await record.alerts.subscriptions("ann")
    assert (held.question, held.state, held.position) == ("Iran", SubscriptionState.ACTIVE, 1)
    assert await record.alerts.standing(before=1) == {}
    assert await record.alerts.standing(before=2) == {"k": "Iran"}


async def test_the_same_question_again_is_no_second_one(record: Record) -> None:
    await subscribed(record, "ann", "bob")
    assert await record.alerts.subscribe("ann", "k", "Iran", most=1) is Subscribed.KNOWN
    assert len(await record.alerts.subscriptions("ann")) == 1
    assert len(await record.alerts.standing(before=9)) == 1
    assert [one.subscriber for one in await record.alerts.with_keys(["k"])] == ["ann", "bob"]


async def test_there_are_no_more_than_allowed(record: Record) -> None:
    done = await asyncio.gather(
        *(record.alerts.subscribe("ann", f"k{n}", "Iran", most=3) for n in range(6))
    )
    assert sorted(done) == [Subscribed.NEW] * 3 + [Subscribed.TOO_MANY] * 3


async def test_a_question_that_no_database_keeps_is_refused(record: Record) -> None:
    with pytest.raises(InputError):
        await record.alerts.subscribe("ann", "k", "nul \x00", most=3)


async def test_who_pauses_is_matched_no_more_and_begins_anew(record: Record) -> None:
    await record.publish([interview()])
    await subscribed(record, "ann", "bob")
    await record.alerts.put([alert("ann"), alert("bob")], withdrawn=[], was=0, now=1)

    await record.alerts.set_state("ann", SubscriptionState.PAUSED, of=ALL)

    assert [one.subscriber for one in await leased(record)] == ["bob"]
    assert [one.subscriber for one in await record.alerts.with_keys(["k"])] == ["bob"]
    await record.publish([draft("More.", url="https://ministry.example/2")])
    await record.alerts.set_state("ann", SubscriptionState.ACTIVE, of=ALL)
    (held,) = await record.alerts.subscriptions("ann")
    assert (held.state, held.position) == (SubscriptionState.ACTIVE, 2)


async def test_only_those_in_the_named_states_change(record: Record) -> None:
    await subscribed(record, "ann")
    await record.alerts.set_state("ann", SubscriptionState.PAUSED, of=ALL)
    active = (SubscriptionState.ACTIVE,)
    await record.alerts.set_state("ann", SubscriptionState.SUSPENDED, of=active)
    (held,) = await record.alerts.subscriptions("ann")
    assert held.state is SubscriptionState.PAUSED
    assert await record.alerts.subscribe("ann", "k", "Iran", most=1) is Subscribed.KNOWN
    (held,) = await record.alerts.subscriptions("ann")
    assert held.state is SubscriptionState.ACTIVE


async def test_forgetting_leaves_nothing(record: Record) -> None:
    await record.publish([interview()])
    await subscribed(record, "ann", "bob")
    await record.alerts.put([alert("ann"), alert("bob")], withdrawn=[], was=0, now=1)
    await record.alerts.sent("w", await leased(record, "w"))

    await record.alerts.forget("ann")

    assert await record.alerts.subscriptions("ann") == []
    assert await record.alerts.sent_since("ann", NOW - timedelta(days=1)) == []
    assert len(await record.alerts.sent_since("bob", NOW - timedelta(days=1))) == 1
    counts = await record.alerts.counts()
    assert (counts.subscribers, counts.subscriptions, counts.waiting) == (1, 1, 0)


async def test_one_that_ends_takes_its_alerts_along(record: Record) -> None:
    await record.publish([interview()])
    await subscribed(record, "ann", key="k")
    await subscribed(record, "ann", key="other")
    rows = [alert("ann"), alert("ann", key="other")]
    await record.alerts.put(rows, withdrawn=[], was=0, now=1)

    assert await record.alerts.unsubscribe("ann", "k")
    assert not await record.alerts.unsubscribe("ann", "k")

    assert [one.key for one in await leased(record)] == ["other"]


async def test_a_subscriber_may_move(record: Record) -> None:
    await record.publish([interview()])
    await subscribed(record, "old", "new", key="same")
    await subscribed(record, "old", key="k")
    await record.alerts.put([alert("old")], withdrawn=[], was=0, now=1)

    await record.alerts.move("old", "new")

    assert await record.alerts.subscriptions("old") == []
    assert len(await record.alerts.subscriptions("new")) == 2
    assert [one.subscriber for one in await leased(record)] == ["new"]


# --- making alerts -------------------------------------------------------------------------------


async def test_alerts_and_position_are_written_together_or_not_at_all(record: Record) -> None:
    await record.publish([interview()])
    await subscribed(record, "ann")
    assert await record.alerts.matched() == 0

    done = await asyncio.gather(
        *(record.alerts.put([alert("ann")], withdrawn=[], was=0, now=1) for _ in range(4))
    )

    assert sorted(done) == [False, False, False, True]
    assert await record.alerts.matched() == 1
    assert not await record.alerts.put([alert("ann", revision=2)], withdrawn=[], was=0, now=5)
    assert len(await leased(record)) == 1
    assert await record.alerts.matched() == 1


async def test_what_was_made_is_not_made_again(record: Record) -> None:
    await record.publish([interview()])
    await subscribed(record, "ann")
    await record.alerts.put([alert("ann")], withdrawn=[], was=0, now=1)
    await record.alerts.sent("w", await leased(record, "w"))

    await record.alerts.put([alert("ann"), alert("ann", revision=2)], withdrawn=[], was=1, now=2)

    assert [(one.revision, one.passages) for one in await leased(record)] == [(2, (7, 8))]


async def test_who_has_left_meanwhile_gets_nothing(record: Record) -> None:
    await record.publish([interview()])
    await subscribed(record, "ann")
    await record.alerts.put([alert("ann"), alert("gone")], withdrawn=[], was=0, now=1)
    assert [one.subscriber for one in await leased(record)] == ["ann"]


async def test_a_withdrawn_document_is_told_to_nobody_who_waits(record: Record) -> None:
    await record.publish([interview(), draft("More.", url="https://ministry.example/2")])
    await subscribed(record, "ann")
    await record.alerts.put([alert("ann", 1), alert("ann", 2)], withdrawn=[], was=0, now=2)
    await record.alerts.put([], withdrawn=[1], was=2, now=3)
    assert [one.document_id for one in await leased(record)] == [2]


# --- delivering ----------------------------------------------------------------------------------


async def test_each_alert_is_leased_to_one(record: Record) -> None:
    await record.publish([interview()])
    people = [f"person {number:02}" for number in range(30)]
    await subscribed(record, *people)
    await record.alerts.put([alert(person) for person in people], withdrawn=[], was=0, now=1)

    taken: list[str] = []

    async def work(name: str) -> None:
        while rows := await leased(record, name, many=4):
            taken.extend(row.subscriber for row in rows)

    await asyncio.gather(*(work(f"w{number}") for number in range(4)))

    assert sorted(taken) == people


async def test_all_due_alerts_of_a_person_come_together(record: Record) -> None:
    await record.publish([interview(), draft("More.", url="https://ministry.example/2")])
    await subscribed(record, "ann", "bob")
    rows = [alert("bob", 1), alert("ann", 1), alert("ann", 2)]
    await record.alerts.put(rows, withdrawn=[], was=0, now=2)
    first = await leased(record, many=1)
    assert [(one.subscriber, one.document_id) for one in first] == [("ann", 1), ("ann", 2)]
    assert first[0].question == "about k"


async def test_a_lease_that_is_over_is_given_to_another(record: Record) -> None:
    await record.publish([interview()])
    await subscribed(record, "ann")
    await record.alerts.put([alert("ann")], withdrawn=[], was=0, now=1)
    over = datetime.now(UTC) - timedelta(seconds=1)
    late = await record.alerts.lease("late", until=over, subscribers=1)
    (again,) = await leased(record, "next")
    assert late == [again]

    await record.alerts.postpone("late", late, due=LATER)
    await record.alerts.sent("next", [again])

    assert await leased(record, "third") == []
    assert len(await record.alerts.sent_since("ann", NOW - timedelta(hours=1))) == 1


async def test_what_could_not_be_sent_is_tried_when_it_is_due(record: Record) -> None:
    await record.publish([interview()])
    await subscribed(record, "ann")
    await record.alerts.put([alert("ann")], withdrawn=[], was=0, now=1)
    await record.alerts.postpone("w", await leased(record, "w"), due=LATER)
    assert await leased(record) == []
    assert (await record.alerts.counts()).waiting == 1


async def test_attempts_and_holding_back_are_counted(record: Record) -> None:
    await record.publish([interview()])
    await subscribed(record, "ann")
    await record.alerts.put([alert("ann")], withdrawn=[], was=0, now=1)
    await record.alerts.postpone("w", await leased(record, "w"), due=NOW)
    await record.alerts.postpone("w", await leased(record, "w"), due=NOW, failed=False)
    await record.alerts.hold("w", await leased(record, "w"), due=NOW)
    (row,) = await leased(record)
    assert (row.attempts, row.held) == (1, True)
    await record.alerts.drop([row])
    assert (await record.alerts.counts()).waiting == 0


async def test_what_was_sent_long_ago_is_dropped(record: Record) -> None:
    await record.publish([interview()])
    await subscribed(record, "ann")
    await record.alerts.put([alert("ann")], withdrawn=[], was=0, now=1)
    await record.alerts.sent("w", await leased(record, "w"))
    await record.alerts.drop_sent(NOW - timedelta(days=1))
    assert await record.alerts.sent_since("ann", NOW - timedelta(days=1))
    await record.alerts.drop_sent(LATER)
    assert not await record.alerts.sent_since("ann", NOW - timedelta(days=1))


# --- what is fresh -------------------------------------------------------------------------------


async def test_of_a_corrected_document_only_new_words_are_fresh(record: Record) -> None:
    old = draft("One.", "Two.", "Three.")
    await record.publish([old])
    await record.publish([changed(old, ["Two.", "Two and a half.", "One."])])
    await record.publish([changed(old, ["Three.", "Two and a half.", "Four."])])

    fresh = await record.alerts.fresh_passages([1])

    assert {(one.revision, one.position) for one in fresh[1]} == {(1, 1), (2, 2), (3, 3)}
    texts = {passage.id: passage.text for passage in await record.statement(1)}
    assert {texts[one.passage_id]: one.revision for one in fresh[1]} == {
        "Three.": 1,
        "Two and a half.": 2,
        "Four.": 3,
    }


async def test_words_given_to_another_speaker_are_not_new_words(record: Record) -> None:
    old = interview()
    await record.publish([old])
    await record.publish([changed(old, [one.text for one in old.paragraphs])])
    assert [one.speaker for one in await record.statement(1)] == [None] * len(old.paragraphs)
    fresh = await record.alerts.fresh_passages([1])
    assert {(one.revision, one.position) for one in fresh[1]} == {(1, 1)}


async def test_the_text_of_an_older_document_is_not_fresh(record: Record) -> None:
    await record.publish([draft("One.", url=URL), draft("One.", url=f"{URL}/copy")])
    assert await record.alerts.fresh_passages([1, 2]) == {1: [FreshPassage(1, 1, 1)]}
    await record.withdraw(1)
    assert 2 in await record.alerts.fresh_passages([2])
