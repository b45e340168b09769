"""The outbox: an alert is a row before it is a message.

Rows are made together with the position up to which the change log was matched, so that nothing
is missed and nothing made twice; they are leased to be sent, so that of several processes one
sends, and another after it if it dies.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, bindparam, delete, func, select, tuple_, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from corpus.alert_types import Alert, FreshPassage, NewAlert
from corpus.storage.alert_tables import outbox, subscriptions
from corpus.storage.batches import CHUNK, chunks
from corpus.storage.subscriptions import ACTIVE
from corpus.storage.tables import changes, documents, notes, passages, revisions
from corpus.storage.values import current_documents

_FOLLOWER, _ALERTS = "follower", "alerts"
"""The note that has the position up to which the log was matched."""

_ROW = (
    (outbox.c.subscriber == bindparam("of_subscriber"))
    & (outbox.c.key == bindparam("of_key"))
    & (outbox.c.document_id == bindparam("of_document"))
    & (outbox.c.revision == bindparam("of_revision"))
)


async def matched(connection: AsyncConnection) -> int:
    """The position of the change log up to which alerts were made; 0 at first."""
    value = await connection.execute(
        select(notes.c.value).where(notes.c.kind == _FOLLOWER, notes.c.key == _ALERTS)
    )
    return int(value.scalar_one_or_none() or 0)


async def put(
    connection: AsyncConnection,
    alerts: Sequence[NewAlert],
    *,
    withdrawn: Sequence[int],
    was: int,
    now: int,
    at: datetime,
) -> bool:
    """Make alerts and move on in the log, or nothing where another process has moved on.

    Alerts of subscriptions that ended meanwhile are left out, and those that wait for a withdrawn
    document dropped.
    """
    make = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    begin = make(notes).values(kind=_FOLLOWER, key=_ALERTS, value="0", until=None)
    await connection.execute(begin.on_conflict_do_nothing())
    moved = await connection.execute(
        update(notes)
        .where(notes.c.kind == _FOLLOWER, notes.c.key == _ALERTS, notes.c.value == str(was))
        .values(value=str(now))
    )
    if moved.rowcount != 1:
        return False
    for ids in chunks(withdrawn):
        await connection.execute(
            delete(outbox).where(outbox.c.document_id.in_(ids), outbox.c.sent_at.is_(None))
        )
    for start in range(0, len(alerts), CHUNK):
        some = alerts[start : start + CHUNK]
        # Held against an end of the subscription until this is committed.
        there = await connection.execute(
            select(subscriptions.c.subscriber, subscriptions.c.key)
            .where(
                ACTIVE,
                tuple_(subscriptions.c.subscriber, subscriptions.c.key).in_(
                    [(one.subscriber, one.key) for one in some]
                ),
            )
            .with_for_update(read=True, key_share=True)
        )
        active = {(subscriber, key) for subscriber, key in there}
        rows = [_new_row(one, at) for one in some if (one.subscriber, one.key) in active]
        if rows:
            await connection.execute(make(outbox).on_conflict_do_nothing(), rows)
    return True


def _new_row(alert: NewAlert, at: datetime) -> dict[str, Any]:
    return {
        "subscriber": alert.subscriber,
        "key": alert.key,
        "document_id": alert.document_id,
        "revision": alert.revision,
        "passages": json.dumps(alert.passages, separators=(",", ":")),
        "made_at": at,
        "due_at": at,
        "attempts": 0,
        "held": False,
        "lease": None,
        "leased_until": None,
        "sent_at": None,
    }


def _due(at: datetime) -> ColumnElement[bool]:
    return (
        outbox.c.sent_at.is_(None)
        & (outbox.c.due_at <= at)
        & (outbox.c.leased_until.is_(None) | (outbox.c.leased_until <= at))
    )


async def has_due(connection: AsyncConnection, at: datetime) -> bool:
    """Whether an alert is to be sent."""
    found = await connection.execute(select(outbox.c.key).where(_due(at)).limit(1))
    return found.first() is not None


async def lease(
    connection: AsyncConnection, name: str, *, at: datetime, until: datetime, subscribers: int
) -> list[Alert]:
    """Take all due alerts of some subscribers, those who wait longest first."""
    first = (
        select(outbox.c.subscriber)
        .where(_due(at))
        .group_by(outbox.c.subscriber)
        .order_by(func.min(outbox.c.made_at), outbox.c.subscriber)
        .limit(subscribers)
    )
    whose = list((await connection.execute(first)).scalars())
    if not whose:
        return []
    rows = (
        await connection.execute(
            select(
                outbox.c.subscriber,
                outbox.c.key,
                subscriptions.c.question,
                outbox.c.document_id,
                outbox.c.revision,
                outbox.c.passages,
                outbox.c.attempts,
                outbox.c.held,
            )
            .join(
                subscriptions,
                (subscriptions.c.subscriber == outbox.c.subscriber)
                & (subscriptions.c.key == outbox.c.key),
            )
            .where(_due(at), outbox.c.subscriber.in_(whose))
            .order_by(
                outbox.c.subscriber,
                outbox.c.document_id,
                outbox.c.revision,
                subscriptions.c.since,
                outbox.c.key,
            )
            .with_for_update(of=outbox, skip_locked=True)
        )
    ).all()
    alerts = [Alert(*row[:5], tuple(json.loads(row[5])), row[6], row[7]) for row in rows]
    if alerts:
        statement = update(outbox).where(_ROW).values(lease=name, leased_until=until)
        await connection.execute(statement, [_named(alert) for alert in alerts])
    return alerts


def _named(alert: Alert) -> dict[str, Any]:
    return {
        "of_subscriber": alert.subscriber,
        "of_key": alert.key,
        "of_document": alert.document_id,
        "of_revision": alert.revision,
    }


async def settle(
    connection: AsyncConnection, name: str, alerts: Sequence[Alert], **values: Any
) -> None:
    """Give back leased alerts with some columns changed; what another took meanwhile stays."""
    if alerts:
        statement = (
            update(outbox)
            .where(_ROW, outbox.c.lease == name)
            .values(lease=None, leased_until=None, **values)
        )
        await connection.execute(statement, [_named(alert) for alert in alerts])


async def drop(connection: AsyncConnection, alerts: Sequence[Alert]) -> None:
    """Delete alerts that have nothing to say any more."""
    if alerts:
        await connection.execute(delete(outbox).where(_ROW), [_named(alert) for alert in alerts])


async def sent_since(
    connection: AsyncConnection, subscriber: str, moment: datetime
) -> list[datetime]:
    """When messages went to a subscriber since a moment, the oldest first."""
    rows = await connection.execute(
        select(outbox.c.sent_at)
        .where(outbox.c.subscriber == subscriber, outbox.c.sent_at > moment)
        .distinct()
        .order_by(outbox.c.sent_at)
    )
    return list(rows.scalars())


async def drop_sent(connection: AsyncConnection, before: datetime) -> None:
    """Delete what was sent before a moment."""
    await connection.execute(delete(outbox).where(outbox.c.sent_at <= before))


async def fresh_passages(
    connection: AsyncConnection, document_ids: Sequence[int]
) -> dict[int, list[FreshPassage]]:
    """For each document its current passages, and where their words first came into it.

    A document with the very text of an older one has nothing fresh.
    """
    repeated = revisions.alias("repeated")
    older = documents.alias("older")
    came: dict[tuple[int, str], tuple[int, int]] = {}
    found: defaultdict[int, list[FreshPassage]] = defaultdict(list)
    for ids in chunks(document_ids):
        logged = await connection.execute(
            select(
                revisions.c.document_id,
                revisions.c.number,
                revisions.c.passage_ids,
                func.min(changes.c.position),
            )
            .join(
                changes,
                (changes.c.document_id == revisions.c.document_id)
                & (changes.c.revision == revisions.c.number),
            )
            .where(revisions.c.document_id.in_(ids))
            .group_by(revisions.c.document_id, revisions.c.number, revisions.c.passage_ids)
            .order_by(revisions.c.document_id, revisions.c.number)
        )
        first: dict[int, tuple[int, int]] = {}
        for _, number, listed, position in logged:
            for passage in json.loads(listed):
                first.setdefault(passage, (number, position))
        held = (
            await connection.execute(
                select(passages.c.id, passages.c.document_id, passages.c.text, passages.c.current)
                .where(passages.c.document_id.in_(ids))
                .order_by(passages.c.id)
            )
        ).all()
        for passage, document, text, _ in held:
            words = (document, text)
            came[words] = min(came.get(words, first[passage]), first[passage])
        repeats = await connection.execute(
            select(documents.c.id)
            .select_from(current_documents())
            .join(repeated, repeated.c.text_hash == revisions.c.text_hash)
            .join(
                older,
                (older.c.id == repeated.c.document_id) & (older.c.revision == repeated.c.number),
            )
            .where(
                documents.c.id.in_(ids), older.c.id < documents.c.id, older.c.withdrawn.is_(False)
            )
        )
        said_before = set(repeats.scalars())
        for passage, document, text, current in held:
            if current and document not in said_before:
                found[document].append(FreshPassage(passage, *came[document, text]))
    return dict(found)
