"""Subscriptions and the outbox, as the record's other methods are: each one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import func, select

from corpus.alert_types import (
    Alert,
    AlertCounts,
    FreshPassage,
    NewAlert,
    Subscribed,
    Subscription,
    SubscriptionState,
)
from corpus.storage import outbox, subscriptions
from corpus.storage.alert_tables import outbox as outbox_table
from corpus.storage.alert_tables import subscriptions as subscription_table
from corpus.storage.engine import Database
from corpus.storage.preparing import clean


class AlertStore:
    """What is kept for those who want to be alerted. May raise RecordError or one of its kinds."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # --- subscriptions --------------------------------------------------------------------

    async def subscribe(self, subscriber: str, key: str, question: str, *, most: int) -> Subscribed:
        """Begin a subscription, at the end of the change log, unless there are ``most``.

        Raises:
            InputError: the question holds NUL or half a surrogate pair.
        """
        for part in (subscriber, key, question):
            clean(part)
        # Under the log's lock: what is published later is later than the subscription.
        async with self._database.writing() as connection:
            return await subscriptions.subscribe(
                connection, subscriber, key, question, most=most, at=_now()
            )

    async def unsubscribe(self, subscriber: str, key: str) -> bool:
        """End a subscription, with its alerts; False if there was none."""
        async with self._database.writing(log=False) as connection:
            return await subscriptions.unsubscribe(connection, subscriber, key)

    async def subscriptions(self, subscriber: str) -> list[Subscription]:
        """The subscriptions of a subscriber, the oldest first."""
        async with self._database.reading() as connection:
            return await subscriptions.of_subscriber(connection, subscriber)

    async def set_state(
        self, subscriber: str, state: SubscriptionState, *, of: Sequence[SubscriptionState]
    ) -> None:
        """Bring a subscriber's subscriptions that are in some states to another state."""
        async with self._database.writing() as connection:
            await subscriptions.set_state(connection, subscriber, state, of=of, at=_now())

    async def move(self, old: str, new: str) -> None:
        """Give the subscriptions and alerts of a subscriber to another name of the same."""
        async with self._database.writing(log=False) as connection:
            await subscriptions.move(connection, old, new)

    async def forget(self, subscriber: str) -> None:
        """Drop all that is kept on a subscriber."""
        async with self._database.writing(log=False) as connection:
            await subscriptions.forget(connection, subscriber)

    # --- matching -------------------------------------------------------------------------

    async def matched(self) -> int:
        """The position of the change log up to which alerts were made."""
        async with self._database.reading() as connection:
            return await outbox.matched(connection)

    async def standing(self, before: int) -> dict[str, str]:
        """Questions of active subscriptions that began before a position, each once, by key."""
        async with self._database.reading() as connection:
            return await subscriptions.standing(connection, before)

    async def with_keys(self, keys: Sequence[str]) -> list[Subscription]:
        """The active subscriptions to some questions."""
        async with self._database.reading() as connection:
            return await subscriptions.with_keys(connection, keys)

    async def fresh_passages(self, document_ids: Sequence[int]) -> dict[int, list[FreshPassage]]:
        """For each document its current passages, and where their words first came into it."""
        async with self._database.snapshot() as connection:
            return await outbox.fresh_passages(connection, document_ids)

    async def put(
        self, alerts: Sequence[NewAlert], *, withdrawn: Sequence[int], was: int, now: int
    ) -> bool:
        """Make alerts and move from position ``was`` to ``now``, in one transaction.

        Returns:
            False, with nothing written, when the position was not ``was`` any more.
        """
        async with self._database.writing(log=False) as connection:
            return await outbox.put(
                connection, alerts, withdrawn=withdrawn, was=was, now=now, at=_now()
            )

    # --- delivering -----------------------------------------------------------------------

    async def lease(self, name: str, *, until: datetime, subscribers: int) -> list[Alert]:
        """Take all due alerts of some subscribers: nobody else gets them until a moment."""
        async with self._database.reading() as connection:
            if not await outbox.has_due(connection, _now()):
                return []
        async with self._database.writing(log=False) as connection:
            return await outbox.lease(
                connection, name, at=_now(), until=until, subscribers=subscribers
            )

    async def sent(self, name: str, alerts: Sequence[Alert]) -> None:
        """Note that leased alerts were sent, as one message."""
        async with self._database.writing(log=False) as connection:
            await outbox.settle(connection, name, alerts, sent_at=_now())

    async def postpone(
        self, name: str, alerts: Sequence[Alert], *, due: datetime, failed: bool = True
    ) -> None:
        """Give back leased alerts, to be tried again; ``failed`` counts it as an attempt."""
        async with self._database.writing(log=False) as connection:
            await outbox.settle(
                connection, name, alerts, due_at=due, attempts=outbox_table.c.attempts + int(failed)
            )

    async def hold(self, name: str, alerts: Sequence[Alert], *, due: datetime) -> None:
        """Give back leased alerts that are to come later, in one message with others."""
        async with self._database.writing(log=False) as connection:
            await outbox.settle(connection, name, alerts, due_at=due, held=True)

    async def drop(self, alerts: Sequence[Alert]) -> None:
        """Delete alerts that have nothing to say any more."""
        async with self._database.writing(log=False) as connection:
            await outbox.drop(connection, alerts)

    async def sent_since(self, subscriber: str, moment: datetime) -> list[datetime]:
        """When messages went to a subscriber since a moment, the oldest first."""
        async with self._database.reading() as connection:
            return await outbox.sent_since(connection, subscriber, moment)

    async def drop_sent(self, before: datetime) -> None:
        """Delete what was sent before a moment."""
        async with self._database.writing(log=False) as connection:
            await outbox.drop_sent(connection, before)

    async def counts(self) -> AlertCounts:
        """How much there is."""
        async with self._database.reading() as connection:
            table = subscription_table
            row = (
                await connection.execute(
                    select(
                        select(func.count(table.c.subscriber.distinct())).scalar_subquery(),
                        select(func.count()).select_from(table).scalar_subquery(),
                        select(func.count())
                        .select_from(outbox_table)
                        .where(outbox_table.c.sent_at.is_(None))
                        .scalar_subquery(),
                    )
                )
            ).one()
            return AlertCounts(*row)


def _now() -> datetime:
    return datetime.now(UTC)
