"""Fixtures for everyone: a fresh, migrated database, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.storage import servers


@pytest.fixture(scope="session")
def postgresql() -> Iterator[servers.Server]:
    """A PostgreSQL server that makes databases, and drops them at the end."""
    server = servers.find_server()
    yield server
    server.close()


@pytest.fixture(scope="session")
def _migrated_postgresql(postgresql: servers.Server) -> str:
    url = postgresql.create()
    servers.run(servers.migrate(url))
    return url


@pytest.fixture(scope="session")
def _migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "record.db"
    servers.run(servers.migrate(servers.sqlite_url(path)))
    return path


@pytest.fixture
def sqlite_database_url(_migrated_sqlite: Path, tmp_path: Path) -> str:
    """The URL of an empty record in a SQLite file of the test's own folder."""
    return servers.copy_file(_migrated_sqlite, tmp_path)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The URL of an empty record: the test runs on SQLite, then on PostgreSQL."""
    if request.param == "sqlite":
        return str(request.getfixturevalue("sqlite_database_url"))
    url = str(request.getfixturevalue("_migrated_postgresql"))
    request.getfixturevalue("postgresql").empty(url)
    return url


@pytest.fixture(params=["sqlite", "postgresql"])
def unmade_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a database without tables: no file, or an empty one on the server."""
    if request.param == "sqlite":
        return servers.sqlite_url(tmp_path / "folder" / "record.db")
    return str(request.getfixturevalue("postgresql").blank())
