"""Known speakers: rows for the names that :mod:`corpus.people` is certain of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from corpus.people import fold_name
from corpus.storage.batches import chunks, next_number
from corpus.storage.preparing import Prepared
from corpus.storage.tables import aliases, documents, passages, people
from corpus.types import Person


class People:
    """Ids of the persons whom some drafts name."""

    def __init__(self, ids: Mapping[str, int]) -> None:
        self._ids = ids

    @classmethod
    async def of(cls, connection: AsyncConnection, drafts: Sequence[Prepared]) -> People:
        """Find the persons named in the drafts, and enter those that are new."""
        names: dict[str, str] = {}
        labels: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for draft in drafts:
            for label, name in draft.people.items():
                key = fold_name(name)
                names.setdefault(key, name)
                labels[key][label] = None
        ids: dict[str, int] = {}
        for keys in chunks(names):
            found = await connection.execute(
                select(people.c.key, people.c.id).where(people.c.key.in_(keys))
            )
            ids.update((key, identifier) for key, identifier in found)
        fresh = [key for key in names if key not in ids]
        if fresh:
            first = await next_number(connection, people.c.id)
            ids.update((key, first + offset) for offset, key in enumerate(fresh))
            await connection.execute(
                insert(people),
                [{"id": ids[key], "key": key, "name": names[key]} for key in fresh],
            )
        await _enter_aliases(
            connection, {(ids[key], label) for key in labels for label in labels[key]}
        )
        return cls(ids)

    def ids(self, draft: Prepared) -> dict[str | None, int]:
        """The person of each speaker label of a draft."""
        return {label: self._ids[fold_name(name)] for label, name in draft.people.items()}


async def _enter_aliases(connection: AsyncConnection, wanted: set[tuple[int, str]]) -> None:
    known: set[tuple[int, str]] = set()
    for ids in chunks(person for person, _ in wanted):
        rows = await connection.execute(
            select(aliases.c.person_id, aliases.c.alias).where(aliases.c.person_id.in_(ids))
        )
        known.update((person, alias) for person, alias in rows)
    if fresh := sorted(wanted - known):
        await connection.execute(
            insert(aliases), [{"person_id": person, "alias": alias} for person, alias in fresh]
        )


async def all_people(connection: AsyncConnection) -> list[Person]:
    """Known speakers, the most quoted first."""
    spellings: defaultdict[int, list[str]] = defaultdict(list)
    for person, alias in await connection.execute(
        select(aliases.c.person_id, aliases.c.alias).order_by(aliases.c.person_id, aliases.c.alias)
    ):
        spellings[person].append(alias)
    quoted = (
        select(passages.c.person_id, func.count().label("count"))
        .join(documents, documents.c.id == passages.c.document_id)
        .where(
            passages.c.person_id.is_not(None),
            passages.c.current.is_(True),
            documents.c.withdrawn.is_(False),
        )
        .group_by(passages.c.person_id)
        .subquery()
    )
    rows = await connection.execute(
        select(people.c.id, people.c.name, func.coalesce(quoted.c.count, 0))
        .outerjoin(quoted, quoted.c.person_id == people.c.id)
        .order_by(func.coalesce(quoted.c.count, 0).desc(), people.c.id)
    )
    return [
        Person(id=person, name=name, aliases=tuple(spellings[person]), passages=count)
        for person, name, count in rows
    ]
