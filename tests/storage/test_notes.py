"""Notes beside the record."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio

from corpus.errors import InputError
from corpus.storage import Record, open_record
from tests.storage.build import interview


@pytest_asyncio.fixture
async def record(database_url: str) -> AsyncIterator[Record]:
    async with open_record(database_url) as opened:
        yield opened


async def test_a_note_is_kept_and_replaced(record: Record) -> None:
    assert await record.note("colour", "sky") is None
    await record.keep_note("colour", "sky", "blue")
    await record.keep_note("shape", "sky", "dome")
    assert await record.note("colour", "sky") == "blue"
    await record.keep_note("colour", "sky", "grey")
    assert await record.note("colour", "sky") == "grey"
    assert await record.note("shape", "sky") == "dome"


async def test_a_note_ends_when_its_time_is_over(record: Record) -> None:
    now = datetime.now(UTC)
    await record.keep_note("colour", "dawn", "red", until=now - timedelta(seconds=1))
    await record.keep_note("colour", "noon", "white", until=now + timedelta(days=1))
    assert await record.note("colour", "dawn") is None
    assert await record.note("colour", "noon") == "white"
    await record.keep_note("colour", "dawn", "pink")
    assert await record.note("colour", "dawn") == "pink"


async def test_notes_are_dropped_by_what_their_key_starts_with(record: Record) -> None:
    for key in ("7:a", "7:b%", "77:a", "7_"):
        await record.keep_note("word", key, key)
    await record.drop_notes("word", "7:")
    assert [await record.note("word", key) for key in ("7:a", "7:b%", "77:a", "7_")] == [
        None,
        None,
        "77:a",
        "7_",
    ]


async def test_a_note_that_no_database_keeps_is_refused(record: Record) -> None:
    with pytest.raises(InputError):
        await record.keep_note("word", "key", "nul \x00")


async def test_what_no_key_can_be_has_no_note(record: Record) -> None:
    assert await record.note("word", "nul \x00") is None
    assert await record.note("word", "half \ud800") is None


async def test_a_record_has_an_identity(record: Record) -> None:
    identity = await record.identity()
    assert len(identity) == 32
    assert await record.identity() == identity


async def test_the_position_is_that_of_the_newest_change(record: Record) -> None:
    assert await record.position() == 0
    await record.publish([interview()])
    assert await record.position() == 1
