"""Looking for damage: what the database, the hashes and the change log say of themselves."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator

from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from corpus.errors import RecordError
from corpus.storage.batches import ids_after
from corpus.storage.preparing import text_hash
from corpus.storage.sources import decompress
from corpus.storage.tables import (
    alias_changes,
    changes,
    documents,
    passages,
    revisions,
    source_copies,
)

_STEP = 100


async def check(connection: AsyncConnection) -> tuple[str, ...]:
    """One sentence for each kind of damage found, with how much and an example."""
    found: list[str] = []
    if connection.dialect.name == "sqlite":
        lines = (await connection.execute(text("PRAGMA integrity_check"))).scalars().all()
        if lines != ["ok"]:
            # Nothing more can be read with trust.
            return (f"The database file is damaged ({lines[0]}); restore it from a backup.",)
        async for sentence in _sqlite(connection):
            found.append(sentence)
    for finder in (_copies, _documents, _log, _alias_log):
        async for sentence in finder(connection):
            found.append(sentence)
    return tuple(found)


async def _sqlite(connection: AsyncConnection) -> AsyncIterator[str]:
    rows = (await connection.execute(text("PRAGMA foreign_key_check"))).all()
    if rows:
        yield (
            f"{len(rows)} rows refer to rows that are not there (the first: table {rows[0][0]},"
            f" row {rows[0][1]}); restore the database from a backup."
        )


async def _copies(connection: AsyncConnection) -> AsyncIterator[str]:
    last = 0
    while ids := await ids_after(connection, source_copies.c.id, last, 1):
        row = (
            await connection.execute(
                select(source_copies.c.content, source_copies.c.sha256).where(
                    source_copies.c.id == ids[0]
                )
            )
        ).one()
        try:
            decompress(row.content, row.sha256)
        except RecordError as error:
            yield str(error)
        last = ids[-1]


async def _documents(connection: AsyncConnection) -> AsyncIterator[str]:
    missing, altered, misplaced = [], [], []
    last = 0
    while ids := await ids_after(connection, documents.c.id, last, _STEP):
        standing: dict[int, list[tuple[int, str]]] = {}
        rows = await connection.execute(
            select(passages.c.document_id, passages.c.id, passages.c.text, passages.c.position)
            .where(passages.c.document_id.in_(ids), passages.c.current.is_(True))
            .order_by(passages.c.document_id, passages.c.position)
        )
        for owner, identifier, words, position in rows:
            held = standing.setdefault(owner, [])
            if position != len(held):
                misplaced.append(owner)
            held.append((identifier, words))
        current = await connection.execute(
            select(documents.c.id, revisions.c.passage_ids, revisions.c.text_hash)
            .select_from(
                documents.outerjoin(
                    revisions,
                    (revisions.c.document_id == documents.c.id)
                    & (revisions.c.number == documents.c.revision),
                )
            )
            .where(documents.c.id.in_(ids))
            .order_by(documents.c.id)
        )
        for owner, listed, digest in current:
            held = standing.get(owner, [])
            if listed is None:
                missing.append(owner)
            elif json.loads(listed) != [identifier for identifier, _ in held]:
                misplaced.append(owner)
            elif text_hash(words for _, words in held) != digest:
                altered.append(owner)
        last = ids[-1]
    for owners, what in (
        (missing, "have no current revision"),
        (misplaced, "have passages that are not those of their revision"),
        (altered, "have a text that was altered since it was stored"),
    ):
        if owners:
            distinct = list(dict.fromkeys(owners))
            yield (
                f"{len(distinct)} documents {what} (the first: {distinct[0]});"
                " restore the database from a backup."
            )


async def _log(connection: AsyncConnection) -> AsyncIterator[str]:
    count, highest = (
        await connection.execute(select(func.count(), func.max(changes.c.position)))
    ).one()
    if count != (highest or 0):
        yield (
            f"The change log lacks {(highest or 0) - count} rows;"
            " restore the database from a backup."
        )
    unlogged = (
        (
            await connection.execute(
                select(revisions.c.document_id)
                .outerjoin(
                    changes,
                    (changes.c.document_id == revisions.c.document_id)
                    & (changes.c.revision == revisions.c.number),
                )
                .where(changes.c.position.is_(None))
                .order_by(revisions.c.document_id)
            )
        )
        .scalars()
        .all()
    )
    if unlogged:
        yield (
            f"{len(unlogged)} revisions are not in the change log (the first: document"
            f" {unlogged[0]}); restore the database from a backup."
        )


async def _alias_log(connection: AsyncConnection) -> AsyncIterator[str]:
    count, highest = (
        await connection.execute(select(func.count(), func.max(alias_changes.c.number)))
    ).one()
    if count != (highest or 0):
        yield (
            f"The log of aliases lacks {(highest or 0) - count} rows;"
            " restore the database from a backup."
        )
