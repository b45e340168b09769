"""Subscriptions: who wants to hear more about which question. Subscribers are names to us."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from corpus.alert_types import Subscribed, Subscription, SubscriptionState
from corpus.storage.alert_tables import outbox, subscriptions
from corpus.storage.batches import chunks, within
from corpus.storage.log import position

_COLUMNS = (
    subscriptions.c.subscriber,
    subscriptions.c.key,
    subscriptions.c.question,
    subscriptions.c.state,
    subscriptions.c.position,
    subscriptions.c.since,
)
ACTIVE = subscriptions.c.state == SubscriptionState.ACTIVE.value


def _is(subscriber: str, key: str) -> ColumnElement[bool]:
    return (subscriptions.c.subscriber == subscriber) & (subscriptions.c.key == key)


async def subscribe(
    connection: AsyncConnection,
    subscriber: str,
    key: str,
    question: str,
    *,
    most: int,
    at: datetime,
) -> Subscribed:
    """Begin a subscription at the end of the change log, which the connection's lock holds."""
    counted = await connection.execute(
        select(func.count()).where(subscriptions.c.subscriber == subscriber)
    )
    state = await connection.execute(select(subscriptions.c.state).where(_is(subscriber, key)))
    known = state.scalar_one_or_none()
    if known is None and counted.scalar_one() >= most:
        return Subscribed.TOO_MANY
    begun = {
        "question": question,
        "state": SubscriptionState.ACTIVE.value,
        "position": await position(connection),
        "since": at,
    }
    if known is None:
        row = {"subscriber": subscriber, "key": key, **begun}
        await connection.execute(insert(subscriptions), row)
        return Subscribed.NEW
    if known != SubscriptionState.ACTIVE:
        # What was said meanwhile was not wanted.
        await connection.execute(update(subscriptions).where(_is(subscriber, key)).values(**begun))
    return Subscribed.KNOWN


async def unsubscribe(connection: AsyncConnection, subscriber: str, key: str) -> bool:
    """End a subscription with its alerts; False if there was none."""
    done = await connection.execute(delete(subscriptions).where(_is(subscriber, key)))
    return done.rowcount > 0


async def forget(connection: AsyncConnection, subscriber: str) -> None:
    """Drop all subscriptions of a subscriber, and with them all alerts, sent or not."""
    await connection.execute(delete(subscriptions).where(subscriptions.c.subscriber == subscriber))


async def of_subscriber(connection: AsyncConnection, subscriber: str) -> list[Subscription]:
    """The subscriptions of a subscriber, the oldest first."""
    rows = await connection.execute(
        select(*_COLUMNS)
        .where(subscriptions.c.subscriber == subscriber)
        .order_by(subscriptions.c.since, subscriptions.c.key)
    )
    return [_subscription(row) for row in rows]


async def set_state(
    connection: AsyncConnection,
    subscriber: str,
    state: SubscriptionState,
    *,
    of: Sequence[SubscriptionState],
    at: datetime,
) -> None:
    """Bring all subscriptions of a subscriber that are in one of some states to another.

    Alerts still waiting are dropped where it is not active; what is active again begins anew.
    """
    now: dict[str, Any] = {"state": state.value}
    if state is SubscriptionState.ACTIVE:
        now |= {"position": await position(connection)}
    else:
        await connection.execute(
            delete(outbox).where(outbox.c.subscriber == subscriber, outbox.c.sent_at.is_(None))
        )
    await connection.execute(
        update(subscriptions)
        .where(
            subscriptions.c.subscriber == subscriber,
            subscriptions.c.state.in_([one.value for one in of]),
        )
        .values(**now)
    )


async def move(connection: AsyncConnection, old: str, new: str) -> None:
    """Give all subscriptions and alerts of a subscriber to another name of the same."""
    there = select(subscriptions.c.key).where(subscriptions.c.subscriber == new)
    await connection.execute(
        delete(subscriptions).where(
            subscriptions.c.subscriber == old, subscriptions.c.key.in_(there)
        )
    )
    await connection.execute(
        update(subscriptions).where(subscriptions.c.subscriber == old).values(subscriber=new)
    )


async def standing(connection: AsyncConnection, before: int) -> dict[str, str]:
    """Questions of active subscriptions that began before a position, each once, by key."""
    rows = await connection.execute(
        select(subscriptions.c.key, func.min(subscriptions.c.question))
        .where(ACTIVE, subscriptions.c.position < within(before))
        .group_by(subscriptions.c.key)
    )
    return {row[0]: row[1] for row in rows}


async def with_keys(connection: AsyncConnection, keys: Sequence[str]) -> list[Subscription]:
    """The active subscriptions to these questions."""
    found: list[Subscription] = []
    for some in chunks(keys):
        rows = await connection.execute(
            select(*_COLUMNS)
            .where(ACTIVE, subscriptions.c.key.in_(some))
            .order_by(subscriptions.c.subscriber, subscriptions.c.since, subscriptions.c.key)
        )
        found += [_subscription(row) for row in rows]
    return found


def _subscription(row: Sequence[Any]) -> Subscription:
    subscriber, key, question, state, position, since = row
    return Subscription(subscriber, key, question, SubscriptionState(state), position, since)
