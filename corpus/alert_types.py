"""Subscriptions and alerts as they cross borders. Subscribers are names that mean nothing here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class SubscriptionState(StrEnum):
    """Whether a subscription is alerted."""

    ACTIVE = "active"
    PAUSED = "paused"
    """The subscriber wants nothing for now."""
    SUSPENDED = "suspended"
    """The subscriber can't be reached."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """Somebody wants to know what is said on a question from now on."""

    subscriber: str
    key: str
    """Of the question, as :func:`corpus.alerts.question_key` makes it."""
    question: str
    state: SubscriptionState
    position: int
    """Of the change log: only what came after it is alerted."""
    since: datetime
    """UTC, timezone-aware."""


class Subscribed(StrEnum):
    """What subscribing came to."""

    NEW = "new"
    KNOWN = "known"
    """There was one; it is active now if it was not."""
    TOO_MANY = "too-many"
    """Nothing was written: the subscriber has as many as are allowed."""


@dataclass(frozen=True, slots=True)
class NewAlert:
    """What a subscription is to be alerted of: new passages of one revision of a document."""

    subscriber: str
    key: str
    document_id: int
    revision: int
    """In which the passages first stood."""
    passages: tuple[int, ...]
    """Ids, the best first."""


@dataclass(frozen=True, slots=True)
class Alert:
    """A row of the outbox, leased to be delivered."""

    subscriber: str
    key: str
    question: str
    document_id: int
    revision: int
    passages: tuple[int, ...]
    attempts: int
    """Deliveries that were tried and failed for now."""
    held: bool
    """Whether it was held back to come with others in one message."""


@dataclass(frozen=True, slots=True)
class FreshPassage:
    """A current passage, and where its words first came into the document."""

    passage_id: int
    revision: int
    position: int
    """Of the change that brought that revision."""


@dataclass(frozen=True, slots=True)
class AlertCounts:
    """How much there is of subscriptions and alerts."""

    subscribers: int
    subscriptions: int
    waiting: int
    """Alerts not yet sent."""
