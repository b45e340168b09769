"""What can go wrong with a database: one line each, and nothing half-written."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from corpus.errors import (
    CorpusError,
    RecordBusy,
    RecordError,
    RecordReadOnly,
    StorageFull,
)
from corpus.storage import open_record
from corpus.storage.engine import Database
from corpus.storage.faults import faults
from tests.storage.build import draft, interview, numbered
from tests.storage.processes import Worker, publish_until_full
from tests.storage.servers import Server


def _path(url: str) -> Path:
    return Path(str(make_url(url).database))


async def _opened(url: str, *, patience: float = 1) -> None:
    async with open_record(url, patience=patience):
        pass


async def test_a_locked_database_is_busy_and_reads_go_on(database_url: str) -> None:
    database = Database(database_url, patience=5)
    try:
        async with (
            open_record(database_url, patience=0.1) as record,
            database.writing(),
        ):
            with pytest.raises(RecordBusy, match="in use by another process"):
                await record.publish([interview()])
            assert await record.latest() == []
        async with open_record(database_url) as record:
            await record.publish([interview()])
    finally:
        await database.close()


async def test_a_read_only_file_can_be_asked_but_not_written(sqlite_database_url: str) -> None:
    async with open_record(sqlite_database_url) as record:
        await record.publish([interview()])
    url = f"sqlite+aiosqlite:///file:{_path(sqlite_database_url)}?mode=ro&uri=true"
    async with open_record(url) as record:
        assert len(await record.latest()) == 1
        with pytest.raises(RecordReadOnly, match="can be read but not written"):
            await record.publish([draft("x")])
        with pytest.raises(RecordReadOnly):
            await record.withdraw(1)


async def test_a_read_only_copy_without_a_log_can_be_asked(
    sqlite_database_url: str, tmp_path: Path
) -> None:
    async with open_record(sqlite_database_url) as record:
        await record.publish([interview()])
    copy = tmp_path / "copy.db"
    with sqlite3.connect(_path(sqlite_database_url)) as connection:
        connection.execute("VACUUM INTO ?", (str(copy),))
    connection.close()
    async with open_record(f"sqlite+aiosqlite:///file:{copy}?mode=ro&uri=true") as record:
        assert len(await record.latest()) == 1


async def test_a_read_only_empty_file_can_not_be_made(tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    path.touch()
    with pytest.raises(RecordReadOnly):
        await _opened(f"sqlite+aiosqlite:///file:{path}?mode=ro&uri=true")


async def test_a_read_only_server(postgresql: Server) -> None:
    url = postgresql.create()
    await _opened(url)
    database = Database(url, patience=5)
    try:
        async with database.writing() as connection:
            await connection.exec_driver_sql(
                f"ALTER DATABASE {make_url(url).database} SET default_transaction_read_only = on"
            )
    finally:
        await database.close()
    async with open_record(url) as record:
        assert await record.latest() == []
        with pytest.raises(RecordReadOnly, match="can be read but not written"):
            await record.publish([interview()])


async def test_a_full_disk_leaves_whole_batches(sqlite_database_url: str) -> None:
    """The file may not grow past a limit of the process: a real write fails in the middle."""
    worker = Worker(publish_until_full, sqlite_database_url, 600_000)
    done, name, message = worker.line.recv()
    worker.finish()
    assert name == "RecordError"
    assert "could not be read or written by its disk" in message
    assert done > 0
    async with open_record(sqlite_database_url) as record:
        assert await record.check() == ()
        assert (await record.coverage()).documents == done
        await record.publish(numbered(done + 100))
        assert (await record.coverage()).documents == done + 100


async def test_no_space_left(sqlite_database_url: str) -> None:
    database = Database(sqlite_database_url, patience=5)
    try:
        with pytest.raises(StorageFull, match="no space left"):
            await _fill(database)
        async with database.reading() as connection:
            people = await connection.exec_driver_sql("SELECT count(*) FROM person")
            assert people.scalar_one() == 0
    finally:
        await database.close()


async def _fill(database: Database) -> None:
    async with database.writing() as connection:
        await connection.exec_driver_sql("PRAGMA max_page_count = 60")
        await connection.exec_driver_sql("INSERT INTO person VALUES (1, 'a', 'a')")
        await connection.exec_driver_sql("INSERT INTO person SELECT 2, 'b', hex(zeroblob(999999))")


async def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    path.write_bytes(b"this is no database, " * 400)
    with pytest.raises(RecordError, match="is damaged or is no database of this program"):
        await _opened(f"sqlite+aiosqlite:///{path}")


async def test_a_folder_in_place_of_a_file(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="can't be opened"):
        await _opened(f"sqlite+aiosqlite:///{tmp_path}")


async def test_a_file_in_place_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(RecordError):
        await _opened(f"sqlite+aiosqlite:///{tmp_path}/file/record.db")


@pytest.mark.parametrize(
    "url",
    ["", "nonsense", "mysql://user:secret@host/db", "sqlite://", "sqlite:///:memory:", "://"],
)
async def test_what_is_no_address(url: str) -> None:
    with pytest.raises(RecordError) as raised:
        await _opened(url)
    assert "secret" not in str(raised.value)
    assert "sqlite+aiosqlite:///" in str(raised.value)


async def test_an_address_without_a_driver_works(tmp_path: Path) -> None:
    await _opened(f"sqlite:///{tmp_path}/new/folder/record.db")
    assert (tmp_path / "new" / "folder" / "record.db").exists()


async def test_a_server_that_is_not_there() -> None:
    with pytest.raises(RecordError, match="can't be reached") as raised:
        await _opened("postgresql+asyncpg://anna:secret@127.0.0.1:1/record")
    assert "secret" not in str(raised.value)


async def test_a_database_that_is_not_there(postgresql: Server) -> None:
    url = make_url(postgresql.create()).set(database="no_such_database")
    with pytest.raises(RecordError, match="does not exist on the server"):
        await _opened(url.render_as_string(hide_password=False))


@pytest.mark.parametrize(
    ("raised", "expected"),
    [
        (sqlite3.OperationalError("odd"), RecordError),
        (PoolTimeout("pool"), RecordBusy),
        (OSError(28, "No space left on device"), StorageFull),
        (PermissionError(13, "Permission denied"), RecordReadOnly),
        (ConnectionRefusedError(111, "refused"), RecordError),
    ],
)
def test_other_failures(raised: Exception, expected: type[CorpusError]) -> None:
    with pytest.raises(CorpusError) as caught, faults("The database x"):
        raise raised
    assert type(caught.value) is expected
    assert str(caught.value).count("\n") == 0


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("55P03", RecordBusy),
        ("25006", RecordReadOnly),
        ("53100", StorageFull),
        ("08006", RecordError),
        ("28P01", RecordError),
        ("XX000", RecordError),
    ],
)
def test_states_of_a_server(state: str, expected: type[CorpusError]) -> None:
    class ServerError(Exception):
        sqlstate = state

    with pytest.raises(CorpusError) as caught, faults("The database x"):
        raise ServerError("first line\nsecond line")
    assert type(caught.value) is expected
    assert "second" not in str(caught.value)


@pytest.mark.parametrize("mistake", [ValueError("ours"), InvalidRequestError("ours")])
def test_mistakes_of_our_own_are_not_hidden(mistake: Exception) -> None:
    with pytest.raises(type(mistake), match="ours"), faults("The database x"):
        raise mistake


@pytest.mark.parametrize("steps", [1, 4, 16, 64])
async def test_a_cancelled_writer_leaves_nothing_and_no_lock(database_url: str, steps: int) -> None:
    async with open_record(database_url, patience=5) as record:
        task = asyncio.create_task(record.publish(numbered(500)))
        for _ in range(steps):
            await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert (await record.coverage()).documents == 0
        await record.publish([interview()])
        assert (await record.coverage()).documents == 1
        assert await record.check() == ()


async def test_a_file_in_use_is_waited_for(sqlite_database_url: str, tmp_path: Path) -> None:
    """A file without a write-ahead log is given one, which nobody else may be reading for."""
    path = tmp_path / "copy.db"
    with sqlite3.connect(_path(sqlite_database_url)) as connection:
        connection.execute("VACUUM INTO ?", (str(path),))
    connection.close()
    url = f"sqlite+aiosqlite:///{path}"
    other = sqlite3.connect(path, isolation_level=None)
    try:
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM document").fetchone()
        with pytest.raises(RecordBusy, match="in use by another process"):
            await _opened(url, patience=0.1)
        opening = asyncio.create_task(_opened(url, patience=20))
        await asyncio.sleep(0.05)
        assert not opening.done()
        other.execute("COMMIT")
        await opening
    finally:
        other.close()
