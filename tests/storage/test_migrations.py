"""Migrations: up from nothing and from each earlier revision, by many at once, on both."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from corpus.errors import RecordError, RecordTooNew
from corpus.storage import open_record
from corpus.storage.engine import Database
from corpus.storage.schema import known_revisions, migrate, upgrade
from corpus.storage.tables import metadata
from tests.storage.build import interview
from tests.storage.processes import Worker, open_when_told


def _differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts={"compare_server_default": True})
    return list(compare_metadata(context, metadata))


async def _revision(database: Database) -> str:
    async with database.reading() as connection:
        return str(
            (await connection.execute(text("SELECT version_num FROM alembic_version"))).scalar_one()
        )


def test_the_file_names_tell_what_alembic_knows() -> None:
    config = Config()
    config.set_main_option("script_location", "corpus.storage:migrations")
    scripts = list(ScriptDirectory.from_config(config).walk_revisions())
    assert known_revisions() == tuple(script.revision for script in reversed(scripts))


@pytest.mark.parametrize("start", [None, *known_revisions()])
async def test_up_from_each_revision(unmade_database_url: str, start: str | None) -> None:
    database = Database(unmade_database_url, patience=5)
    try:
        await database.prepare()
        if start is not None:
            async with database.writing() as connection:
                await connection.run_sync(upgrade, start)
            assert await _revision(database) == start
        await migrate(database)
        assert await _revision(database) == known_revisions()[-1]
        async with database.reading() as connection:
            assert await connection.run_sync(_differences) == []
    finally:
        await database.close()
    async with open_record(unmade_database_url) as record:
        await record.publish([interview()])
        assert await record.check() == ()


async def test_a_migration_that_fails_leaves_nothing(unmade_database_url: str) -> None:
    database = Database(unmade_database_url, patience=5)
    try:
        await database.prepare()
        with pytest.raises(RuntimeError, match="power cut"):
            await _upgrade_and_fail(database)
    finally:
        await database.close()
    async with open_record(unmade_database_url) as record:
        assert await record.check() == ()


async def _upgrade_and_fail(database: Database) -> None:
    async with database.writing() as connection:
        await connection.run_sync(upgrade)
        raise RuntimeError("power cut")


def test_many_processes_make_the_same_database_at_once(unmade_database_url: str) -> None:
    workers = [Worker(open_when_told, unmade_database_url) for _ in range(3)]
    for worker in workers:
        assert worker.line.recv() == "ready"
    for worker in workers:
        worker.line.send("go")
    assert [worker.line.recv() for worker in workers] == [0, 0, 0]
    for worker in workers:
        worker.finish()


async def test_tasks_of_one_process_make_the_same_database_at_once(
    unmade_database_url: str,
) -> None:
    async def opened() -> int:
        async with open_record(unmade_database_url) as record:
            return (await record.coverage()).documents

    assert set(await asyncio.gather(opened(), opened(), opened())) == {0}


async def test_a_newer_database_is_left_alone(database_url: str) -> None:
    async with open_record(database_url) as record:
        await record.publish([interview()])
    database = Database(database_url, patience=5)
    newer, head = "UPDATE alembic_version SET version_num = :to", known_revisions()[-1]
    try:
        async with database.writing() as connection:
            await connection.execute(text(newer), {"to": "9999"})
        with pytest.raises(RecordTooNew, match=r"revision 9999.*upgrade ontherecord"):
            async with open_record(database_url):
                pass
        async with database.writing() as connection:
            await connection.execute(text(newer), {"to": head})
    finally:
        await database.close()
    async with open_record(database_url) as record:
        assert (await record.coverage()).documents == 1


async def test_another_programs_file_is_left_alone(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/other.db"
    database = Database(url, patience=5)
    try:
        async with database.writing() as connection:
            await connection.execute(text("CREATE TABLE recipe (name TEXT)"))
    finally:
        await database.close()
    with pytest.raises(RecordError, match="another program's tables"):
        async with open_record(url):
            pass


def test_opening_at_head_does_not_import_alembic(sqlite_database_url: str) -> None:
    program = (
        "import asyncio, sys\n"
        "from corpus.storage import open_record\n"
        "async def main():\n"
        "    async with open_record(sys.argv[1]):\n"
        "        print('alembic' in sys.modules)\n"
        "asyncio.run(main())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, sqlite_database_url],
        cwd=Path(__file__).resolve().parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "False\n"
