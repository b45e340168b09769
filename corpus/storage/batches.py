"""Small helps for statements over many rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

T = TypeVar("T")

CHUNK = 500
"""Values in one IN list: SQLite takes 32,766 and PostgreSQL 32,767 parameters."""
LARGEST = 2**31 - 1
"""The largest INTEGER of PostgreSQL."""


def chunks(values: Iterable[T]) -> Iterator[list[T]]:
    """The distinct values, in lists that fit into one statement."""
    distinct = list(dict.fromkeys(values))
    for start in range(0, len(distinct), CHUNK):
        yield distinct[start : start + CHUNK]


def possible(ids: Iterable[int]) -> list[int]:
    """Those ids that a row may have: a larger number, from a link say, is no driver's matter."""
    return [identifier for identifier in ids if 0 < identifier <= LARGEST]


def within(number: int) -> int:
    """A limit, offset or position, kept within what both databases take."""
    return max(0, min(number, LARGEST))


async def next_number(connection: AsyncConnection, column: ColumnElement[int]) -> int:
    """The highest number of a column plus one: rows are never deleted, so it is a fresh one."""
    highest = (await connection.execute(select(func.max(column)))).scalar_one()
    return (highest or 0) + 1


async def ids_after(
    connection: AsyncConnection, column: ColumnElement[int], last: int, limit: int
) -> list[int]:
    """The next ids above ``last``, ascending: for going through a table in small steps."""
    rows = await connection.execute(
        select(column).where(column > last).order_by(column).limit(limit)
    )
    return list(rows.scalars())
