"""Notes: short values under short keys, kept for whoever runs the corpus, where all replicas see
them. The corpus does not know what they mean."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from corpus.storage.tables import notes


async def note(connection: AsyncConnection, kind: str, key: str, *, at: datetime) -> str | None:
    """The value of a key; None if there is none or its time is over."""
    found = await connection.execute(
        select(notes.c.value).where(
            notes.c.kind == kind,
            notes.c.key == key,
            notes.c.until.is_(None) | (notes.c.until > at),
        )
    )
    value: str | None = found.scalar_one_or_none()
    return value


async def keep_note(
    connection: AsyncConnection,
    kind: str,
    key: str,
    value: str,
    *,
    until: datetime | None,
    at: datetime,
) -> None:
    """Keep a value in place of an earlier one, and drop those whose time is over."""
    await connection.execute(delete(notes).where(notes.c.until <= at))
    make = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    statement = make(notes).values(kind=kind, key=key, value=value, until=until)
    await connection.execute(
        statement.on_conflict_do_update(
            index_elements=[notes.c.kind, notes.c.key],
            set_={"value": statement.excluded.value, "until": statement.excluded.until},
        )
    )


async def drop_notes(connection: AsyncConnection, kind: str, prefix: str) -> None:
    """Drop all values of a kind whose key starts so."""
    await connection.execute(
        delete(notes).where(
            notes.c.kind == kind, func.substr(notes.c.key, 1, len(prefix)) == prefix
        )
    )
