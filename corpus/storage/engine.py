"""The database: one engine, and the three ways in which the record uses it.

On SQLite, Python's own transaction control is switched off and every transaction begins by a
statement of ours: none for a single select, ``BEGIN`` for several that must see one state,
``BEGIN IMMEDIATE`` for writing, so that a writer waits at the start and never in the middle.
On PostgreSQL a writer takes one advisory lock, so that log order is commit order.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, create_engine, event, text
from sqlalchemy.engine import URL, Engine, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from corpus.errors import RecordBusy, RecordError, RecordReadOnly
from corpus.storage.faults import faults

_LOCK = 0x6F6E_7468_6572_6563
"""Key of the advisory lock: "ontherec" in ASCII. Advisory locks belong to one database."""
_BEGIN = "record_begin"
_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "sqlite+aiosqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
    "postgresql+asyncpg": "postgresql+asyncpg",
}


class Database:
    """An engine with its locks. ``name`` is what errors call it: no password in it."""

    def __init__(self, database_url: str, *, patience: float) -> None:
        self.url = _parsed(database_url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.name = f"The database {self._shown()}"
        self._patience = patience
        self._writing = asyncio.Lock()
        self._engine = self._sqlite() if self.is_sqlite else self._postgresql()
        self._at_once = self._sqlite_at_once() if self.is_sqlite else None

    def _shown(self) -> str:
        if self.is_sqlite:
            return str(self.url.database)
        return URL.create(
            "postgresql", host=self.url.host, port=self.url.port, database=self.url.database
        ).render_as_string()

    def _sqlite(self) -> AsyncEngine:
        # Each connection is a thread with a cache of its own: more of them gain nothing.
        engine = create_async_engine(
            self.url, pool_size=5, max_overflow=0, connect_args={"timeout": self._patience}
        )
        event.listen(engine.sync_engine, "connect", _prepare_sqlite)
        event.listen(engine.sync_engine, "begin", _begin_sqlite)
        return engine

    def _sqlite_at_once(self) -> Engine:
        engine = create_engine(
            self.url.set(drivername="sqlite"),
            pool_size=5,
            max_overflow=0,
            pool_use_lifo=True,
            connect_args={"timeout": self._patience},
        )
        event.listen(engine, "connect", _prepare_sqlite)
        return engine

    def _postgresql(self) -> AsyncEngine:
        return create_async_engine(
            self.url,
            pool_pre_ping=True,
            connect_args={
                "timeout": min(self._patience, 10.0),
                "server_settings": {"application_name": "ontherecord", "jit": "off"},
            },
        )

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """A connection for one select."""
        with faults(self.name):
            async with self._engine.connect() as connection:
                yield connection

    @contextmanager
    def reading_at_once(self) -> Iterator[Connection]:
        """A connection for one select from any thread, which waits for it; on SQLite alone.

        There it costs a quarter of :meth:`reading`, which changes threads for every step.
        """
        if self._at_once is None:
            raise RuntimeError("only a SQLite file is read at once")
        with faults(self.name), self._at_once.connect() as connection:
            yield connection

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[AsyncConnection]:
        """A connection whose selects all see the same state."""
        with faults(self.name):
            async with self._engine.connect() as connection:
                if self.is_sqlite:
                    await connection.execution_options(**{_BEGIN: "BEGIN"})
                else:
                    await connection.execution_options(isolation_level="REPEATABLE READ")
                yield connection

    @asynccontextmanager
    async def writing(self, *, log: bool = True) -> AsyncIterator[AsyncConnection]:
        """The one writer's connection: commits at the end, or leaves nothing behind.

        What does not touch the change log (``log`` false) need not wait for who does, where the
        database allows several writers.
        """
        async with self._writing:
            with faults(self.name):
                async with self._engine.connect() as connection:
                    if self.is_sqlite:
                        await connection.execution_options(**{_BEGIN: "BEGIN IMMEDIATE"})
                    async with connection.begin():
                        if log and not self.is_sqlite:
                            await self._lock(connection)
                        yield connection

    async def _lock(self, connection: AsyncConnection) -> None:
        milliseconds = max(1, int(self._patience * 1000))
        await connection.execute(text(f"SET LOCAL lock_timeout = {milliseconds}"))
        await connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})

    async def prepare(self) -> None:
        """Make the folder of a SQLite file, and see that it keeps a write-ahead log."""
        if not self.is_sqlite:
            return
        if "uri" not in self.url.query:
            with faults(self.name):
                folder = Path(str(self.url.database)).parent
                await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
        async with self.reading() as connection:
            mode = (await connection.execute(text("PRAGMA journal_mode"))).scalar_one()
            if mode != "wal":
                await self._set_wal(connection)

    async def _set_wal(self, connection: AsyncConnection) -> None:
        # When two processes make the same file at once, SQLite refuses one of them without waiting.
        deadline = asyncio.get_running_loop().time() + self._patience
        while True:
            try:
                with faults(self.name):
                    await connection.execute(text("PRAGMA journal_mode = WAL"))
                return
            except RecordReadOnly:
                return
            except RecordBusy:
                if asyncio.get_running_loop().time() > deadline:
                    raise
                await asyncio.sleep(0.02)

    async def close(self) -> None:
        """Close every connection."""
        await self._engine.dispose()
        if self._at_once is not None:
            self._at_once.dispose()


def _parsed(database_url: str) -> URL:
    try:
        url = make_url(database_url)
        driver = _DRIVERS[url.drivername]
    except (ArgumentError, KeyError, ValueError):
        raise RecordError(
            "The database URL is not one that we know; write sqlite+aiosqlite:///path/to/file.db"
            " or postgresql+asyncpg://user@host/database."
        ) from None
    url = url.set(drivername=driver)
    if driver.startswith("sqlite") and url.database in (None, "", ":memory:"):
        raise RecordError("The database URL names no file; write sqlite+aiosqlite:///path/to.db.")
    return url


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "foreign_keys = ON",
        # A commit is on the disk when it returns, whatever fails next (see docs/storage.md).
        "synchronous = FULL",
        "cache_size = -4096",
        "journal_size_limit = 67108864",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    statement = connection.get_execution_options().get(_BEGIN)
    if statement is not None:
        connection.exec_driver_sql(statement)
