"""What the corpus does for those who want to be told: subscriptions, percolation, the outbox.

Who a subscriber is, how they are reached and what is worth telling them is not known here.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from corpus.alert_types import (
    Alert,
    AlertCounts,
    FreshPassage,
    NewAlert,
    Subscribed,
    Subscription,
    SubscriptionState,
)
from corpus.search import SearchIndex
from corpus.storage import Record
from corpus.types import Passage, Query


def short_key(text: str) -> str:
    """The beginning of a text's SHA-256, as 22 characters of ``A-Za-z0-9_-``."""
    digest = hashlib.sha256(text.encode("utf-8", "replace")).digest()[:16]
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def question_key(question: str) -> str:
    """The key of a question, the same however it is spaced and capitalised."""
    return short_key(" ".join(question.split()).casefold())


class Alerts:
    """Subscriptions to questions, and what is to be told of them. May raise CorpusError."""

    def __init__(self, record: Record, index: SearchIndex) -> None:
        self._record = record
        self._store = record.alerts
        self._index = index

    # --- subscriptions --------------------------------------------------------------------

    async def understand(self, question: str) -> Query:
        """What a question asks for from now on: as asking it, but days don't limit it."""
        return await asyncio.to_thread(self._index.understand, question, today=date.today())

    async def subscribe(self, subscriber: str, question: str, *, most: int) -> Subscribed:
        """Begin a subscription to what is published from now on.

        Args:
            subscriber: a name that the caller gives, the same for the same person or chat.
            question: as it would be asked.
            most: how many subscriptions a subscriber may have.

        Raises:
            InputError: the question is no text that can be stored.
        """
        text = " ".join(question.split())
        return await self._store.subscribe(subscriber, question_key(text), text, most=most)

    async def unsubscribe(self, subscriber: str, question: str) -> bool:
        """End a subscription, with its alerts; False if there was none."""
        return await self._store.unsubscribe(subscriber, question_key(question))

    async def subscriptions(self, subscriber: str) -> list[Subscription]:
        """The subscriptions of a subscriber, the oldest first."""
        return await self._store.subscriptions(subscriber)

    async def is_active(self, subscriber: str, question: str) -> bool:
        """Whether a subscriber has an active subscription to a question."""
        key = question_key(question)
        held = await self._store.subscriptions(subscriber)
        return any(one.key == key and one.state is SubscriptionState.ACTIVE for one in held)

    async def pause(self, subscriber: str) -> None:
        """Tell a subscriber nothing until :meth:`resume`; what waits is dropped."""
        states = tuple(SubscriptionState)
        await self._store.set_state(subscriber, SubscriptionState.PAUSED, of=states)

    async def resume(self, subscriber: str) -> None:
        """Tell a subscriber of what is published from now on."""
        states = (SubscriptionState.PAUSED, SubscriptionState.SUSPENDED)
        await self._store.set_state(subscriber, SubscriptionState.ACTIVE, of=states)

    async def suspend(self, subscriber: str) -> None:
        """Note that a subscriber can't be reached; what waits is dropped."""
        states = (SubscriptionState.ACTIVE,)
        await self._store.set_state(subscriber, SubscriptionState.SUSPENDED, of=states)

    async def reached(self, subscriber: str) -> None:
        """Note that a subscriber can be reached again; who paused stays so."""
        held = await self._store.subscriptions(subscriber)
        if any(one.state is SubscriptionState.SUSPENDED for one in held):
            states = (SubscriptionState.SUSPENDED,)
            await self._store.set_state(subscriber, SubscriptionState.ACTIVE, of=states)

    async def move(self, old: str, new: str) -> None:
        """Give all that is kept on a subscriber to another name of the same."""
        await self._store.move(old, new)

    async def forget(self, subscriber: str) -> None:
        """Drop all that is kept on a subscriber, alerts sent and not sent among it."""
        await self._store.forget(subscriber)

    async def counts(self) -> AlertCounts:
        """How many subscribers, subscriptions and waiting alerts there are."""
        return await self._store.counts()

    # --- matching -------------------------------------------------------------------------

    async def matched(self) -> int:
        """The position of the change log up to which alerts were made."""
        return await self._store.matched()

    async def standing(self, before: int) -> dict[str, str]:
        """Questions of active subscriptions that began before a position, each once, by key."""
        return await self._store.standing(before)

    async def with_keys(self, keys: Sequence[str]) -> list[Subscription]:
        """The active subscriptions to some questions."""
        return await self._store.with_keys(keys)

    async def fresh_passages(self, document_ids: Sequence[int]) -> dict[int, list[FreshPassage]]:
        """For each document its current passages, and where their words first came into it.

        A document with the very text of an older one has none.
        """
        return await self._store.fresh_passages(document_ids)

    async def percolate(self, document_id: int, questions: Iterable[str]) -> dict[str, list[int]]:
        """The questions that a document of the index meets, with ids of its passages.

        Those are what asking the question of this document alone would answer, the best first.

        Raises:
            SearchIndexError: the index is damaged; ``reindex`` rebuilds it.
        """
        return await asyncio.to_thread(
            self._index.percolate, document_id, questions, today=date.today()
        )

    async def put(
        self, alerts: Sequence[NewAlert], *, withdrawn: Sequence[int] = (), was: int, now: int
    ) -> bool:
        """Make alerts and move on from position ``was`` to ``now``, in one transaction.

        An alert that was made before is not made again, and of ``withdrawn`` documents none is
        sent any more.

        Returns:
            False, with nothing done, when another process has moved on from ``was``.
        """
        return await self._store.put(alerts, withdrawn=withdrawn, was=was, now=now)

    # --- delivering -----------------------------------------------------------------------

    async def lease(self, name: str, *, until: datetime, subscribers: int) -> list[Alert]:
        """Take all due alerts of some subscribers, those who wait longest first.

        Nobody else gets them before ``until``, or before they are given back by :meth:`sent`,
        :meth:`postpone`, :meth:`hold` or :meth:`drop`.
        """
        return await self._store.lease(name, until=until, subscribers=subscribers)

    async def passages(self, ids: Sequence[int]) -> list[Passage]:
        """Those of some passages that are still on record, in the order of the ids."""
        found = await self._record.passages(ids)
        return [found[one] for one in ids if one in found and found[one].current]

    async def sent(self, name: str, alerts: Sequence[Alert]) -> None:
        """Note that leased alerts were sent, as one message."""
        await self._store.sent(name, alerts)

    async def postpone(
        self, name: str, alerts: Sequence[Alert], *, due: datetime, failed: bool = True
    ) -> None:
        """Give back leased alerts, to be tried again; ``failed`` counts it as an attempt."""
        await self._store.postpone(name, alerts, due=due, failed=failed)

    async def hold(self, name: str, alerts: Sequence[Alert], *, due: datetime) -> None:
        """Give back leased alerts that are to come later, in one message with others."""
        await self._store.hold(name, alerts, due=due)

    async def drop(self, alerts: Sequence[Alert]) -> None:
        """Delete alerts that have nothing to say any more."""
        await self._store.drop(alerts)

    async def sent_since(self, subscriber: str, moment: datetime) -> list[datetime]:
        """When messages went to a subscriber since a moment, the oldest first."""
        return await self._store.sent_since(subscriber, moment)

    async def drop_sent(self, before: datetime) -> None:
        """Delete what was sent before a moment."""
        await self._store.drop_sent(before)
