"""Names that moderators add: a log of what they did, and the groups of names that it comes to.

There are few of them, so the groups are worked out from the whole log whenever it has grown. The
number of its last row tells every process that it has.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from corpus.errors import UnknownAlias, UnusableAlias
from corpus.people import fold_name
from corpus.storage.batches import next_number, within
from corpus.storage.tables import alias_changes
from corpus.types import Alias, AliasChange, AliasChangeKind, Aliases, AliasGroup


async def revision(connection: AsyncConnection) -> int:
    """The number of the newest change; 0 when there is none."""
    highest = (await connection.execute(select(func.max(alias_changes.c.number)))).scalar_one()
    return highest or 0


async def aliases(connection: AsyncConnection) -> Aliases:
    """All groups, as they stand after the newest change."""
    rows = await connection.execute(select(alias_changes).order_by(alias_changes.c.number))
    return _as_they_stand(map(_change, rows))


async def last_changes(connection: AsyncConnection, limit: int) -> list[AliasChange]:
    """The newest changes, newest first."""
    rows = await connection.execute(
        select(alias_changes).order_by(alias_changes.c.number.desc()).limit(within(limit))
    )
    return [_change(row) for row in rows]


async def add(
    connection: AsyncConnection, name: str, alias: str, *, by: str | None, at: datetime
) -> AliasGroup:
    """Give something another name; nothing is written where it has that name already.

    Raises:
        UnusableAlias: the alias, or the name, is one of another group.
    """
    groups = (await aliases(connection)).groups
    owner = _owner(groups, alias)
    if owner is not None:
        if fold_name(owner.name) == fold_name(name):
            return owner
        raise UnusableAlias(
            f"“{alias}” stands for “{owner.name}” already; remove it there first "
            f'(alias remove "{alias}")'
        )
    if _named(groups, alias) is not None:
        raise UnusableAlias(
            f"“{alias}” has aliases of its own; remove those first (alias list shows them)"
        )
    if (same := _owner(groups, name)) is not None:
        raise UnusableAlias(
            f"“{name}” is itself an alias of “{same.name}”; add “{alias}” to “{same.name}”"
        )
    held = _named(groups, name) or AliasGroup(name, ())
    await _write(connection, AliasChangeKind.ADDED, held.name, alias, by=by, at=at)
    return AliasGroup(held.name, (*held.aliases, Alias(alias, by, at)))


async def remove(
    connection: AsyncConnection, alias: str, *, by: str | None, at: datetime
) -> AliasChange:
    """Take an alias away; gives the change, with the names as they were written.

    Raises:
        UnknownAlias: there is no such alias.
    """
    groups = (await aliases(connection)).groups
    owner = _owner(groups, alias)
    if owner is None:
        if _named(groups, alias) is not None:
            raise UnknownAlias(
                f"“{alias}” is what its aliases stand for; remove those one by one "
                "(alias list shows them)"
            )
        raise UnknownAlias(f"no moderator added “{alias}”; alias list shows what there is")
    key = fold_name(alias)
    (gone,) = (one for one in owner.aliases if fold_name(one.text) == key)
    return await _write(connection, AliasChangeKind.REMOVED, owner.name, gone.text, by=by, at=at)


async def _write(
    connection: AsyncConnection,
    kind: AliasChangeKind,
    name: str,
    alias: str,
    *,
    by: str | None,
    at: datetime,
) -> AliasChange:
    number = await next_number(connection, alias_changes.c.number)
    change = AliasChange(number, kind, name, alias, at, by)
    await connection.execute(insert(alias_changes), asdict(change))
    return change


def _as_they_stand(changes: Iterable[AliasChange]) -> Aliases:
    names: dict[str, str] = {}
    held: dict[str, dict[str, Alias]] = {}
    number = 0
    for change in changes:
        number = change.number
        key = fold_name(change.name)
        group = held.setdefault(key, {})
        if change.kind is AliasChangeKind.REMOVED:
            group.pop(fold_name(change.alias), None)
            continue
        if not group:
            # A group that was emptied may come back under another spelling of its name.
            names[key] = change.name
        group[fold_name(change.alias)] = Alias(change.alias, change.by, change.at)
    return Aliases(
        number,
        tuple(
            AliasGroup(names[key], tuple(group.values()))
            for key, group in sorted(held.items())
            if group
        ),
    )


def _owner(groups: Iterable[AliasGroup], alias: str) -> AliasGroup | None:
    """The group that has this alias."""
    key = fold_name(alias)
    return next(
        (group for group in groups if any(fold_name(one.text) == key for one in group.aliases)),
        None,
    )


def _named(groups: Iterable[AliasGroup], name: str) -> AliasGroup | None:
    """The group of this name."""
    key = fold_name(name)
    return next((group for group in groups if fold_name(group.name) == key), None)


def _change(row: Any) -> AliasChange:
    return AliasChange(
        number=row.number,
        kind=AliasChangeKind(row.kind),
        name=row.name,
        alias=row.alias,
        at=row.at,
        by=row.by,
    )
