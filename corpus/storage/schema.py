"""Bringing a database to the form that this program knows, by Alembic's migrations.

Alembic is imported only when there is something to migrate: at head, one select is enough.
"""

from __future__ import annotations

import re
from pathlib import Path

from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncConnection

from corpus.errors import RecordError, RecordTooNew
from corpus.storage.engine import Database

_VERSIONS = Path(__file__).parent / "migrations" / "versions"


def known_revisions() -> tuple[str, ...]:
    """The ids of the packaged migrations, oldest first: ``r0001_the_record.py`` has "0001"."""
    found = (re.fullmatch(r"r(\d{4})_\w+\.py", path.name) for path in _VERSIONS.iterdir())
    return tuple(sorted(match[1] for match in found if match))


async def migrate(database: Database) -> None:
    """Bring the database to head. Several processes may do so at once: one does, all wait.

    Raises:
        RecordTooNew: its revision is one that this program does not know.
        RecordError: it holds another program's tables, or can't be written.
    """
    known = known_revisions()
    async with database.reading() as connection:
        if await _revision(connection, database, known) == known[-1]:
            return
    async with database.writing() as connection:
        if await _revision(connection, database, known) != known[-1]:
            await connection.run_sync(upgrade)


async def _revision(
    connection: AsyncConnection, database: Database, known: tuple[str, ...]
) -> str | None:
    if database.is_sqlite:
        names = set(
            (await connection.execute(text("SELECT name FROM sqlite_master"))).scalars().all()
        )
        if "alembic_version" not in names:
            if names:
                raise RecordError(
                    f"{database.name} holds another program's tables; name another file."
                )
            return None
    elif (
        await connection.execute(text("SELECT to_regclass('alembic_version')"))
    ).scalar_one() is None:
        return None
    revision = (
        await connection.execute(text("SELECT version_num FROM alembic_version"))
    ).scalar_one_or_none()
    if revision is not None and revision not in known:
        raise RecordTooNew(
            f"{database.name} was written by a newer version of this program"
            f" (revision {revision}); upgrade ontherecord."
        )
    return str(revision) if revision is not None else None


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Run the packaged migrations up to ``revision`` in the connection's open transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "corpus.storage:migrations")
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
