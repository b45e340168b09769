"""Damage is found and said, one sentence each."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url

from corpus.errors import RecordError
from corpus.storage import open_record
from corpus.storage.engine import Database
from tests.storage import processes
from tests.storage.build import draft, interview, numbered
from tests.storage.test_publishing import a_page


async def _damage(url: str, *statements: str) -> None:
    database = Database(url, patience=5)
    try:
        async with database.writing() as connection:
            for statement in statements:
                await connection.execute(text(statement))
    finally:
        await database.close()


@pytest.mark.parametrize(
    ("statements", "sentence"),
    [
        (
            ["UPDATE passage SET text = 'We shall not.' WHERE id = 4"],
            "1 documents have a text that was altered since it was stored (the first: 1)",
        ),
        (
            ["UPDATE passage SET position = position + 5 WHERE document_id = 2"],
            "1 documents have passages that are not those of their revision (the first: 2)",
        ),
        (
            ["UPDATE passage SET current = NOT current WHERE id = 5"],
            "1 documents have passages that are not those of their revision (the first: 1)",
        ),
        (
            ["UPDATE document SET revision = 7 WHERE id = 3"],
            "1 documents have no current revision (the first: 3)",
        ),
        (["DELETE FROM change WHERE position = 2"], "The change log lacks 1 rows"),
        (
            ["DELETE FROM change WHERE position = 2"],
            "1 revisions are not in the change log (the first: document 2)",
        ),
    ],
)
async def test_damage_is_found(database_url: str, statements: list[str], sentence: str) -> None:
    async with open_record(database_url) as record:
        await record.publish([interview(source=a_page()), *numbered(3)])
        assert await record.check() == ()
        await _damage(database_url, *statements)
        found = await record.check()
    assert any(line.startswith(sentence) for line in found), found
    assert all("\n" not in line for line in found)


async def test_a_damaged_source_copy(database_url: str) -> None:
    async with open_record(database_url) as record:
        await record.publish([interview(source=a_page())])
        await record.publish([draft("x", url="https://x.example/", source=a_page(b"other"))])
        await _damage(
            database_url,
            "UPDATE source_copy SET content = (SELECT content FROM source_copy"
            " AS other WHERE other.id = 2) WHERE id = 1",
        )
        (found,) = await record.check()
        assert found.startswith("The source copy ")
        with pytest.raises(RecordError, match="is damaged"):
            await record.source_copy(1)
        await _damage(database_url, "UPDATE source_copy SET content = sha256 WHERE id = 1")
        with pytest.raises(RecordError, match="is damaged"):
            await record.source_copy(1)


async def test_rows_without_their_parents(sqlite_database_url: str) -> None:
    async with open_record(sqlite_database_url) as record:
        await record.publish([interview()])
        database = Database(sqlite_database_url, patience=5)
        try:
            async with database.reading() as connection:
                await connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
                await connection.exec_driver_sql("DELETE FROM person")
        finally:
            await database.close()
        assert "refer to rows that are not there" in (await record.check())[0]


async def test_a_damaged_file(sqlite_database_url: str) -> None:
    async with open_record(sqlite_database_url) as record:
        await record.publish(numbered(300))
    path = Path(str(make_url(sqlite_database_url).database))
    content = bytearray(processes.read(path))
    for start in range(len(content) // 2 // 4096 * 4096, len(content), 4096):
        content[start : start + 8] = b"\xff" * 8
    processes.write(path, bytes(content))
    async with open_record(sqlite_database_url) as record:
        (found,) = await record.check()
    assert "is damaged" in found


async def test_a_damaged_index(sqlite_database_url: str) -> None:
    async with open_record(sqlite_database_url) as record:
        await record.publish(numbered(3))
        await _damage(
            sqlite_database_url,
            "PRAGMA writable_schema = ON",
            "UPDATE sqlite_master SET sql ="
            " replace(sql, '(document_id, position)', '(document_id, kind)')"
            " WHERE name = 'ix_passage_document_id_position'",
        )
    async with open_record(sqlite_database_url) as record:
        (found,) = await record.check()
    assert found.startswith("The database file is damaged (")
