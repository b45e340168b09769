"""Use case: someone wants to be told of new statements on a question. Free of any chat network."""

from __future__ import annotations

from dataclasses import dataclass

from bot import asking
from bot.asking import Interpretation
from corpus import Corpus
from corpus.alert_types import Subscribed, SubscriptionState
from corpus.types import Query

MOST = 50
"""Subscriptions of a person."""


@dataclass(frozen=True, slots=True)
class Watched:
    """A subscription as it is shown."""

    question: str
    subject: Interpretation
    active: bool


@dataclass(frozen=True, slots=True)
class Added:
    """What subscribing came to."""

    subject: Interpretation
    accepted: bool
    """False where there are too many, or nothing is asked for."""
    empty: bool = False
    """Whether nothing is asked for: only days, or words that say nothing by themselves."""


class Subscriptions:
    """Subscriptions of people, who are known by a name that an outlet gives them."""

    def __init__(self, corpus: Corpus) -> None:
        self._alerts = corpus.alerts

    async def subject(self, question: str) -> Interpretation:
        """What a question is about, as people are told; days are left out of it."""
        return asking.view_query(await self._alerts.understand(question))

    async def add(self, subscriber: str, question: str) -> Added:
        """Tell someone of new statements on a question from now on.

        Raises:
            CorpusError: the record can't be written.
        """
        query = await self._alerts.understand(question)
        subject = asking.view_query(query)
        if not _asks(query):
            return Added(subject, accepted=False, empty=True)
        done = await self._alerts.subscribe(subscriber, question, most=MOST)
        return Added(subject, accepted=done is not Subscribed.TOO_MANY)

    async def remove(self, subscriber: str, question: str) -> None:
        """Tell someone no more of a question."""
        await self._alerts.unsubscribe(subscriber, question)

    async def has(self, subscriber: str, question: str) -> bool:
        """Whether someone is told of new statements on a question."""
        return await self._alerts.is_active(subscriber, question)

    async def all(self, subscriber: str) -> list[Watched]:
        """The subscriptions of someone, the oldest first."""
        return [
            Watched(
                held.question,
                await self.subject(held.question),
                held.state is SubscriptionState.ACTIVE,
            )
            for held in await self._alerts.subscriptions(subscriber)
        ]

    async def pause(self, subscriber: str) -> None:
        """Tell someone nothing for now."""
        await self._alerts.pause(subscriber)

    async def resume(self, subscriber: str) -> None:
        """Tell someone of new statements again, from now on."""
        await self._alerts.resume(subscriber)

    async def reached(self, subscriber: str) -> None:
        """Someone who could not be reached is there again."""
        await self._alerts.reached(subscriber)

    async def forget(self, subscriber: str) -> None:
        """Drop all subscriptions and alerts of someone."""
        await self._alerts.forget(subscriber)


def _asks(query: Query) -> bool:
    return any((query.terms, query.phrases, query.speaker, query.publisher, query.language))
