"""Names that moderators add, on record: who added which and when, and what undoes it."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio
from sqlalchemy import text

from corpus.errors import InputError, UnknownAlias, UnusableAlias
from corpus.storage import Record, open_record
from corpus.storage.engine import Database
from corpus.types import AliasChangeKind, Aliases
from tests.storage.naming import add_numbered
from tests.storage.processes import Worker


@pytest_asyncio.fixture
async def record(database_url: str) -> AsyncIterator[Record]:
    async with open_record(database_url) as opened:
        yield opened


def names(aliases: Aliases) -> dict[str, list[str]]:
    return {group.name: [alias.text for alias in group.aliases] for group in aliases.groups}


async def test_a_record_begins_without_any(record: Record) -> None:
    assert await record.aliases() == Aliases()
    assert await record.aliases_revision() == 0
    assert await record.alias_changes() == []


async def test_who_added_which_name_and_when(record: Record) -> None:
    await record.add_alias("Anna Weld", "Iron Lady", by="Olaf")
    group = await record.add_alias("anna  weld", "Железная леди")
    assert group.name == "Anna Weld"
    assert (await record.aliases()).groups == (group,)
    first, second = group.aliases
    assert (first.text, first.by) == ("Iron Lady", "Olaf")
    assert (second.text, second.by) == ("Железная леди", None)
    assert timedelta(0) <= datetime.now(UTC) - first.at < timedelta(minutes=5)
    assert first.at <= second.at


async def test_groups_stand_in_alphabetical_order(record: Record) -> None:
    for name in ("Норвегия", "Zambia", "atoll"):
        await record.add_alias(name, f"{name} alias")
    assert list(names(await record.aliases())) == ["atoll", "Zambia", "Норвегия"]


async def test_the_same_again_writes_nothing(record: Record) -> None:
    group = await record.add_alias("Anna Weld", "Iron Lady", by="Olaf")
    assert await record.add_alias("Anna Weld", "iron lady", by="Kari") == group
    assert await record.aliases_revision() == 1


async def test_removing_is_seen_and_undone(record: Record) -> None:
    await record.add_alias("Anna Weld", "Iron Lady", by="Olaf")
    gone = await record.remove_alias("iron LADY", by="Kari")
    assert (gone.name, gone.alias, gone.by) == ("Anna Weld", "Iron Lady", "Kari")
    assert (await record.aliases()).groups == ()
    assert await record.aliases_revision() == gone.number == 2
    await record.add_alias(gone.name, gone.alias, by="Olaf")
    assert names(await record.aliases()) == {"Anna Weld": ["Iron Lady"]}
    changes = await record.alias_changes()
    assert [(change.kind, change.by) for change in changes] == [
        (AliasChangeKind.ADDED, "Olaf"),
        (AliasChangeKind.REMOVED, "Kari"),
        (AliasChangeKind.ADDED, "Olaf"),
    ]
    assert await record.alias_changes(limit=1) == changes[:1]


async def test_a_name_added_again_stands_last(record: Record) -> None:
    for alias in ("Iron Lady", "Maggie"):
        await record.add_alias("Anna Weld", alias)
    await record.remove_alias("Iron Lady")
    await record.add_alias("Anna Weld", "Iron Lady")
    assert names(await record.aliases()) == {"Anna Weld": ["Maggie", "Iron Lady"]}


async def test_an_alias_stands_for_one_thing(record: Record) -> None:
    await record.add_alias("Anna Weld", "Iron Lady")
    with pytest.raises(UnusableAlias, match="stands for “Anna Weld” already; remove it there"):
        await record.add_alias("Olaf Brandt", "iron lady")
    with pytest.raises(UnusableAlias, match="aliases of its own"):
        await record.add_alias("Olaf Brandt", "ANNA WELD")
    with pytest.raises(UnusableAlias, match="add “Maggie” to “Anna Weld”"):
        await record.add_alias("Iron Lady", "Maggie")
    assert await record.aliases_revision() == 1


async def test_what_is_not_there_is_not_removed(record: Record) -> None:
    await record.add_alias("Anna Weld", "Iron Lady")
    with pytest.raises(UnknownAlias, match="alias list"):
        await record.remove_alias("Maggie")
    with pytest.raises(UnknownAlias, match="one by one"):
        await record.remove_alias("Anna Weld")
    assert await record.aliases_revision() == 1


async def test_two_at_once_can_t_give_one_alias_to_two_things(database_url: str) -> None:
    async with open_record(database_url) as one, open_record(database_url) as other:
        given = await asyncio.gather(
            one.add_alias("Anna Weld", "Iron Lady"),
            other.add_alias("Olaf Brandt", "Iron Lady"),
            return_exceptions=True,
        )
        assert sorted(type(outcome).__name__ for outcome in given) == [
            "AliasGroup",
            "UnusableAlias",
        ]
        assert await one.aliases() == await other.aliases()
        assert await one.aliases_revision() == 1


@pytest.mark.parametrize("bad", ["a\0b", "a\ud800b"])
async def test_what_no_database_keeps_is_refused(record: Record, bad: str) -> None:
    for name, alias, by in (("Iran", bad, None), (bad, "Zorba", None), ("Iran", "Zorba", bad)):
        with pytest.raises(InputError, match=r"NUL|surrogate"):
            await record.add_alias(name, alias, by=by)
    with pytest.raises(InputError, match=r"NUL|surrogate"):
        await record.remove_alias(bad)


async def test_a_gap_in_the_log_is_damage(database_url: str) -> None:
    async with open_record(database_url) as record:
        for alias in ("Iron Lady", "Maggie"):
            await record.add_alias("Anna Weld", alias)
        assert await record.check() == ()
    database = Database(database_url, patience=5)
    try:
        async with database.writing() as connection:
            await connection.execute(text("DELETE FROM alias_change WHERE number = 1"))
    finally:
        await database.close()
    async with open_record(database_url) as record:
        (said,) = await record.check()
        assert said.startswith("The log of aliases lacks 1 rows")


@pytest.mark.parametrize("seed", range(2))
async def test_killed_in_the_middle(database_url: str, seed: int) -> None:
    chance = random.Random(seed)
    worker = Worker(add_numbered, database_url)
    last = chance.randrange(5, 40)
    announced = -1
    while announced < last:
        announced = worker.line.recv()
    for _ in range(chance.randrange(20_000)):
        pass
    announced = max([announced, *worker.kill()])
    async with open_record(database_url) as record:
        assert await record.check() == ()
        there = await record.aliases_revision()
        # The one that was announced last is on record or it is not; all before are.
        assert there in (announced, announced + 1)
        (group,) = (await record.aliases()).groups
        assert [alias.text for alias in group.aliases] == [f"Alias {n}" for n in range(there)]
        await record.remove_alias("Alias 0")
        assert await record.aliases_revision() == there + 1
