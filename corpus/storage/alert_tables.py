"""The tables of subscriptions and of the outbox. Unlike those of the record, their rows are
deleted: nothing is kept on somebody who wants to be forgotten."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import ForeignKeyConstraint, Index, Table
from sqlmodel import Field

from corpus.storage.tables import Base, UtcDateTime, metadata


class SubscriptionRow(Base, table=True):
    """A question that a subscriber wants to hear more about."""

    __tablename__: ClassVar[str] = "subscription"
    __table_args__ = (Index(None, "key"),)

    subscriber: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    question: str
    state: str
    position: int
    since: datetime = Field(sa_type=UtcDateTime)


class OutboxRow(Base, table=True):
    """An alert, before it is a message and after."""

    __tablename__: ClassVar[str] = "outbox"
    __table_args__ = (
        ForeignKeyConstraint(
            ["subscriber", "key"],
            ["subscription.subscriber", "subscription.key"],
            ondelete="CASCADE",
            onupdate="CASCADE",
        ),
        ForeignKeyConstraint(["document_id"], ["document.id"]),
        Index(None, "sent_at", "due_at"),
        Index(None, "document_id"),
    )

    subscriber: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    document_id: int = Field(primary_key=True)
    revision: int = Field(primary_key=True)
    passages: str
    """JSON list of ids, the best first."""
    made_at: datetime = Field(sa_type=UtcDateTime)
    due_at: datetime = Field(sa_type=UtcDateTime)
    """Not to be sent before."""
    attempts: int
    held: bool
    lease: str | None
    """Who is sending it, …"""
    leased_until: datetime | None = Field(sa_type=UtcDateTime)
    """… and until when nobody else will."""
    sent_at: datetime | None = Field(sa_type=UtcDateTime)


subscriptions: Table = metadata.tables["subscription"]
outbox: Table = metadata.tables["outbox"]
