"""The change log, and the two changes that are not publications."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import FromClause, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from corpus.storage.batches import next_number, within
from corpus.storage.reading import document
from corpus.storage.tables import changes, documents, revisions
from corpus.storage.values import CHANGE, change_of
from corpus.types import Change, ChangeKind, Document


def _logged() -> FromClause:
    return changes.join(documents, documents.c.id == changes.c.document_id).join(
        revisions,
        (revisions.c.document_id == changes.c.document_id)
        & (revisions.c.number == changes.c.revision),
    )


async def changes_after(connection: AsyncConnection, after: int, limit: int) -> list[Change]:
    """Rows with a position above ``after``, oldest first."""
    rows = await connection.execute(
        select(*CHANGE)
        .select_from(_logged())
        .where(changes.c.position > within(after))
        .order_by(changes.c.position)
        .limit(within(limit))
    )
    return [change_of(row) for row in rows]


async def last_changes(connection: AsyncConnection, limit: int) -> list[Change]:
    """The newest rows, newest first."""
    rows = await connection.execute(
        select(*CHANGE)
        .select_from(_logged())
        .order_by(changes.c.position.desc())
        .limit(within(limit))
    )
    return [change_of(row) for row in rows]


async def position(connection: AsyncConnection) -> int:
    """The position of the newest row; 0 when there is none."""
    highest = (await connection.execute(select(func.max(changes.c.position)))).scalar_one()
    return highest or 0


async def set_withdrawn(
    connection: AsyncConnection,
    document_id: int,
    withdrawn: bool,
    *,
    by: str | None,
    reason: str | None,
    at: datetime,
) -> Document:
    """Withdraw or restore a document; nothing is written when it already is so.

    Raises:
        UnknownDocument: there is no such document.
    """
    found = await document(connection, document_id)
    if found.withdrawn == withdrawn:
        return found
    await connection.execute(
        update(documents).where(documents.c.id == document_id).values(withdrawn=withdrawn)
    )
    kind = ChangeKind.WITHDRAWAL if withdrawn else ChangeKind.RESTORATION
    await connection.execute(
        insert(changes),
        {
            "position": await next_number(connection, changes.c.position),
            "kind": kind.value,
            "document_id": document_id,
            "revision": found.revision,
            "at": at,
            "by": by,
            "reason": reason,
        },
    )
    return replace(found, withdrawn=withdrawn)
