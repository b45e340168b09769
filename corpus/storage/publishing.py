"""Putting drafts on record: what is new, what changed, what is the same, in one transaction."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from corpus.storage.alignment import align
from corpus.storage.batches import chunks, next_number
from corpus.storage.preparing import Prepared
from corpus.storage.sources import keep_copies
from corpus.storage.speakers import People
from corpus.storage.tables import changes, documents, passages, revisions
from corpus.storage.values import DOCUMENT, DOCUMENT_WIDTH, current_documents, document_of
from corpus.types import ChangeKind, Document, Outcome, Publication

_UPDATE_PASSAGE = (
    update(passages)
    .where(passages.c.id == bindparam("passage"))
    .values(
        position=bindparam("new_position"),
        current=bindparam("new_current"),
        replies_to=bindparam("new_replies_to"),
        person_id=bindparam("new_person_id"),
    )
)
_UPDATE_DOCUMENT = (
    update(documents)
    .where(documents.c.id == bindparam("document"))
    .values(
        revision=bindparam("new_revision"),
        withdrawn=False,
        ordered_on=bindparam("new_ordered_on"),
    )
)


@dataclass(slots=True)
class _Held:
    """A document on record under the same identity as a draft."""

    document: Document
    content_hash: bytes
    text_hash: bytes
    current: list[Any] = field(default_factory=list)
    """Rows of the passages of the current revision, in order."""
    retired: list[Any] = field(default_factory=list)


@dataclass(slots=True)
class _Numbers:
    """The next free number of each kind; only the one writer gives them out."""

    document: int
    passage: int
    change: int

    def take(self, kind: str, count: int = 1) -> int:
        """The first of ``count`` fresh numbers."""
        first: int = getattr(self, kind)
        setattr(self, kind, first + count)
        return first


@dataclass(slots=True)
class _Rows:
    """What one round writes, in the order that foreign keys ask for."""

    documents: list[dict[str, Any]] = field(default_factory=list)
    changed_documents: list[dict[str, Any]] = field(default_factory=list)
    revisions: list[dict[str, Any]] = field(default_factory=list)
    passages: list[dict[str, Any]] = field(default_factory=list)
    changed_passages: list[dict[str, Any]] = field(default_factory=list)
    changes: list[dict[str, Any]] = field(default_factory=list)

    async def write(self, connection: AsyncConnection) -> None:
        """Write all rows, each table in one go."""
        for statement, rows in (
            (insert(documents), self.documents),
            (insert(revisions), self.revisions),
            (insert(passages), self.passages),
            (_UPDATE_PASSAGE, self.changed_passages),
            (_UPDATE_DOCUMENT, self.changed_documents),
            (insert(changes), self.changes),
        ):
            if rows:
                await connection.execute(statement, rows)


async def publish(
    connection: AsyncConnection, drafts: Sequence[Prepared], *, by: str | None, at: datetime
) -> list[Publication]:
    """Publish drafts in the connection's transaction, as if one after the other."""
    numbers = _Numbers(
        document=await next_number(connection, documents.c.id),
        passage=await next_number(connection, passages.c.id),
        change=await next_number(connection, changes.c.position),
    )
    publications: dict[int, Publication] = {}
    for indexes in _rounds(drafts):
        batch = [drafts[index] for index in indexes]
        done = await _Round(connection, numbers, by, at).publish(batch)
        publications.update(zip(indexes, done, strict=True))
    return [publications[index] for index in range(len(drafts))]


def _rounds(drafts: Sequence[Prepared]) -> list[list[int]]:
    """Indexes of the drafts, in rounds within which every document comes once."""
    rounds: list[list[int]] = []
    seen: defaultdict[bytes, int] = defaultdict(int)
    for index, draft in enumerate(drafts):
        number = seen[draft.source_key]
        seen[draft.source_key] += 1
        if number == len(rounds):
            rounds.append([])
        rounds[number].append(index)
    return rounds


class _Round:
    """Drafts of different documents, published together."""

    def __init__(
        self, connection: AsyncConnection, numbers: _Numbers, by: str | None, at: datetime
    ) -> None:
        self._connection = connection
        self._numbers = numbers
        self._by = by
        self._at = at
        self._rows = _Rows()

    async def publish(self, drafts: list[Prepared]) -> list[Publication]:
        held = await self._held(drafts)
        writing = [
            draft
            for draft in drafts
            if (known := held.get(draft.source_key)) is None
            or known.content_hash != draft.content_hash
        ]
        twins = await self._twins(writing)
        people = await People.of(self._connection, writing)
        copies = await keep_copies(
            self._connection, [d.draft.source for d in writing if d.draft.source is not None]
        )
        await self._load_passages([held[d.source_key] for d in writing if d.source_key in held])
        publications = []
        for draft in drafts:
            known = held.get(draft.source_key)
            if known is not None and known.content_hash == draft.content_hash:
                publication = self._same(draft, known)
                twins[draft.text_hash][publication.document.id] = publication.document
                publications.append(publication)
                continue
            same_text = twins[draft.text_hash]
            copy = None if draft.draft.source is None else copies[draft.draft.source.content]
            if known is None:
                document = self._create(draft, people, copy)
                outcome = Outcome.DUPLICATE if same_text else Outcome.CREATED
            else:
                document = self._correct(draft, known, people, copy)
                outcome = Outcome.CORRECTED
                twins[known.text_hash].pop(document.id, None)
                same_text.pop(document.id, None)
            twin = next(iter(same_text.values()), None)
            same_text[document.id] = document
            publications.append(Publication(document, outcome, twin))
        await self._rows.write(self._connection)
        return publications

    async def _held(self, drafts: Sequence[Prepared]) -> dict[bytes, _Held]:
        found: dict[bytes, _Held] = {}
        for keys in chunks(draft.source_key for draft in drafts):
            rows = await self._connection.execute(
                select(
                    *DOCUMENT,
                    documents.c.source_key,
                    revisions.c.content_hash,
                    revisions.c.text_hash,
                )
                .select_from(current_documents())
                .where(documents.c.source_key.in_(keys))
            )
            for row in rows:
                key, content_hash, text_hash = row[DOCUMENT_WIDTH:]
                found[key] = _Held(document_of(row), content_hash, text_hash)
        return found

    async def _twins(self, drafts: Sequence[Prepared]) -> dict[bytes, dict[int, Document]]:
        """Current documents with the text of a draft, by text hash and id, oldest first."""
        twins: defaultdict[bytes, dict[int, Document]] = defaultdict(dict)
        for hashes in chunks(draft.text_hash for draft in drafts):
            rows = await self._connection.execute(
                select(*DOCUMENT, revisions.c.text_hash)
                .select_from(current_documents())
                .where(revisions.c.text_hash.in_(hashes), documents.c.withdrawn.is_(False))
                .order_by(documents.c.id)
            )
            for row in rows:
                twins[row[DOCUMENT_WIDTH]][row[0]] = document_of(row)
        return twins

    async def _load_passages(self, held: Sequence[_Held]) -> None:
        by_id = {known.document.id: known for known in held}
        for ids in chunks(by_id):
            rows = await self._connection.execute(
                select(passages)
                .where(passages.c.document_id.in_(ids))
                .order_by(passages.c.position, passages.c.id)
            )
            for row in rows:
                known = by_id[row.document_id]
                (known.current if row.current else known.retired).append(row)

    def _same(self, draft: Prepared, known: _Held) -> Publication:
        if not known.document.withdrawn:
            return Publication(known.document, Outcome.UNCHANGED)
        document = replace(known.document, withdrawn=False)
        self._rows.changed_documents.append(
            {
                "document": document.id,
                "new_revision": document.revision,
                "new_ordered_on": draft.ordered_on,
            }
        )
        self._log(ChangeKind.RESTORATION, document)
        return Publication(document, Outcome.CORRECTED)

    def _create(self, draft: Prepared, people: People, copy: int | None) -> Document:
        document = self._document(draft, self._numbers.take("document"), 1)
        self._rows.documents.append(
            {
                "id": document.id,
                "source_key": draft.source_key,
                "source_url": document.source_url,
                "revision": 1,
                "withdrawn": False,
                "ordered_on": draft.ordered_on,
            }
        )
        first = self._numbers.take("passage", document.paragraphs)
        ids = list(range(first, first + document.paragraphs))
        self._insert(draft, document, ids, people, copy, kept=frozenset())
        self._log(ChangeKind.PUBLICATION, document)
        return document

    def _correct(self, draft: Prepared, known: _Held, people: People, copy: int | None) -> Document:
        document = self._document(draft, known.document.id, known.document.revision + 1)
        self._rows.changed_documents.append(
            {
                "document": document.id,
                "new_revision": document.revision,
                "new_ordered_on": draft.ordered_on,
            }
        )
        aligned = align(
            draft.keys(),
            [(row.id, (row.text, row.speaker, row.kind)) for row in known.current],
            [(row.id, (row.text, row.speaker, row.kind)) for row in known.retired],
        )
        kept = frozenset(identifier for identifier in aligned if identifier is not None)
        ids = [
            self._numbers.take("passage") if identifier is None else identifier
            for identifier in aligned
        ]
        self._insert(draft, document, ids, people, copy, kept=kept)
        self._move(draft, known, ids, people)
        restored = known.document.withdrawn
        self._log(ChangeKind.RESTORATION if restored else ChangeKind.CORRECTION, document)
        return document

    def _document(self, draft: Prepared, identifier: int, number: int) -> Document:
        given = draft.draft
        return Document(
            id=identifier,
            source_url=given.source_url,
            title=given.title,
            publisher=given.publisher,
            occasion=given.occasion,
            place=given.place,
            language=given.language,
            speaker=given.speaker,
            said_on=given.said_on,
            published_at=given.published_at,
            indexed_at=self._at,
            revision=number,
            paragraphs=len(given.paragraphs),
            extra=given.extra,
        )

    def _insert(
        self,
        draft: Prepared,
        document: Document,
        ids: list[int],
        people: People,
        copy: int | None,
        *,
        kept: frozenset[int],
    ) -> None:
        paragraphs = draft.draft.paragraphs
        self._rows.revisions.append(
            {
                "document_id": document.id,
                "number": document.revision,
                "title": document.title,
                "publisher": document.publisher,
                "occasion": document.occasion,
                "place": document.place,
                "language": document.language,
                "speaker": document.speaker,
                "said_on": document.said_on,
                "published_at": draft.published_at,
                "indexed_at": self._at,
                "paragraphs": document.paragraphs,
                "extra": draft.extra,
                "content_hash": draft.content_hash,
                "text_hash": draft.text_hash,
                "source_copy_id": copy,
                "passage_ids": json.dumps(ids, separators=(",", ":")),
                "replies": json.dumps([p.replies_to for p in paragraphs], separators=(",", ":")),
            }
        )
        persons = people.ids(draft)
        self._rows.passages.extend(
            {
                "id": identifier,
                "document_id": document.id,
                "position": position,
                "current": True,
                "kind": paragraph.kind.value,
                "replies_to": None if paragraph.replies_to is None else ids[paragraph.replies_to],
                "person_id": persons.get(paragraph.speaker),
                "speaker": paragraph.speaker,
                "text": paragraph.text,
            }
            for position, (identifier, paragraph) in enumerate(zip(ids, paragraphs, strict=True))
            if identifier not in kept
        )

    def _move(self, draft: Prepared, known: _Held, ids: list[int], people: People) -> None:
        """Bring the place, the question and the person of old passages up to date."""
        place = {identifier: position for position, identifier in enumerate(ids)}
        paragraphs = draft.draft.paragraphs
        persons = people.ids(draft)
        for row in (*known.current, *known.retired):
            position = place.get(row.id)
            if position is None:
                after = (row.position, False, row.replies_to, row.person_id)
            else:
                reply = paragraphs[position].replies_to
                after = (
                    position,
                    True,
                    None if reply is None else ids[reply],
                    persons.get(row.speaker),
                )
            if after != (row.position, row.current, row.replies_to, row.person_id):
                self._rows.changed_passages.append(
                    {
                        "passage": row.id,
                        "new_position": after[0],
                        "new_current": after[1],
                        "new_replies_to": after[2],
                        "new_person_id": after[3],
                    }
                )

    def _log(self, kind: ChangeKind, document: Document) -> None:
        self._rows.changes.append(
            {
                "position": self._numbers.take("change"),
                "kind": kind.value,
                "document_id": document.id,
                "revision": document.revision,
                "at": self._at,
                "by": self._by,
                "reason": None,
            }
        )
