"""Documents and passages as they stand. The statements are built once: that is half their cost."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from corpus.errors import UnknownDocument
from corpus.storage.batches import chunks, possible, within
from corpus.storage.tables import documents, passages, people, revisions
from corpus.storage.values import (
    DOCUMENT,
    DOCUMENT_WIDTH,
    PASSAGE,
    current_documents,
    document_of,
    passage_of,
    question_text,
)
from corpus.types import Document, DocumentState, Passage, PassageKind

_REPLY = len(PASSAGE) - 1
_question = passages.alias("question")
_more = passages.alias("more")
_with_person = passages.outerjoin(people, people.c.id == passages.c.person_id)

_DOCUMENTS = (
    select(*DOCUMENT)
    .select_from(current_documents())
    .where(documents.c.id.in_(bindparam("ids", expanding=True)))
)
_LATEST = (
    select(*DOCUMENT)
    .select_from(current_documents())
    .where(documents.c.withdrawn.is_(False))
    .order_by(documents.c.ordered_on.desc(), documents.c.id.desc())
    .limit(bindparam("limit"))
    .offset(bindparam("offset"))
)
_PASSAGES = (
    select(*DOCUMENT, *PASSAGE, _question.c.text, _question.c.position, _more.c.id)
    .select_from(
        passages.join(documents, documents.c.id == passages.c.document_id)
        .join(
            revisions,
            (revisions.c.document_id == documents.c.id)
            & (revisions.c.number == documents.c.revision),
        )
        .outerjoin(people, people.c.id == passages.c.person_id)
        .outerjoin(_question, _question.c.id == passages.c.replies_to)
        # A second paragraph of the question, which is rare: the rest is then read apart.
        .outerjoin(
            _more,
            (_more.c.document_id == _question.c.document_id)
            & (_more.c.position == _question.c.position + 1)
            & _more.c.current.is_(True)
            & _question.c.current.is_(True)
            & (_more.c.kind == PassageKind.QUESTION.value),
        )
    )
    .where(passages.c.id.in_(bindparam("ids", expanding=True)))
)
_CURRENT = (
    select(*PASSAGE)
    .select_from(_with_person)
    .where(
        passages.c.document_id.in_(bindparam("ids", expanding=True)),
        passages.c.current.is_(True),
    )
    .order_by(passages.c.document_id, passages.c.position)
)
_BY_ID = (
    select(*PASSAGE)
    .select_from(_with_person)
    .where(passages.c.id.in_(bindparam("ids", expanding=True)))
)
_REVISION = (
    select(*DOCUMENT, revisions.c.passage_ids, revisions.c.replies)
    .select_from(documents.join(revisions, revisions.c.document_id == documents.c.id))
    .where(documents.c.id == bindparam("id"), revisions.c.number == bindparam("number"))
)


async def documents_of(connection: AsyncConnection, ids: Sequence[int]) -> dict[int, Document]:
    """The documents of these ids, withdrawn or not; ids of none are left out."""
    found: dict[int, Document] = {}
    for part in chunks(possible(ids)):
        for row in await connection.execute(_DOCUMENTS, {"ids": part}):
            found[row[0]] = document_of(row)
    return found


async def document(connection: AsyncConnection, document_id: int) -> Document:
    """The document of this id.

    Raises:
        UnknownDocument: there is none.
    """
    found = await documents_of(connection, [document_id])
    if document_id not in found:
        raise unknown(document_id)
    return found[document_id]


def unknown(document_id: int) -> UnknownDocument:
    """The error for an id that no document has."""
    return UnknownDocument(
        f"There is no document {document_id}; `ontherecord log` lists those on record."
    )


async def documents_by_key(connection: AsyncConnection, key: bytes) -> list[Document]:
    """The documents with this source key: one or none."""
    rows = await connection.execute(
        select(*DOCUMENT).select_from(current_documents()).where(documents.c.source_key == key)
    )
    return [document_of(row) for row in rows]


async def latest(connection: AsyncConnection, limit: int, offset: int) -> list[Document]:
    """Current documents, the last said first; undated ones by when they were published."""
    rows = await connection.execute(_LATEST, {"limit": within(limit), "offset": within(offset)})
    return [document_of(row) for row in rows]


def passages_of(connection: Connection, ids: Sequence[int]) -> dict[int, Passage]:
    """The passages of these ids, current or not; ids of none are left out."""
    found: dict[int, Passage] = {}
    shared: dict[int, Document] = {}
    longer: dict[int, tuple[Any, int]] = {}
    for part in chunks(possible(ids)):
        for row in connection.execute(_PASSAGES, {"ids": part}):
            owner = shared.get(row[0])
            if owner is None:
                owner = shared[row[0]] = document_of(row)
            own = row[DOCUMENT_WIDTH:]
            question, start, more = own[_REPLY + 1 :]
            found[own[0]] = passage_of(own, owner, question)
            if more is not None:
                longer[own[0]] = (own, start)
    if longer:
        texts = _texts(connection, {own[1] for own, _ in longer.values()})
        for identifier, (own, start) in longer.items():
            found[identifier] = passage_of(
                own, found[identifier].document, question_text(texts[own[1]], start)
            )
    return found


def _texts(connection: Connection, document_ids: set[int]) -> dict[int, list[tuple[str, str]]]:
    texts: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
    for part in chunks(document_ids):
        rows = connection.execute(
            select(passages.c.document_id, passages.c.text, passages.c.kind)
            .where(passages.c.document_id.in_(part), passages.c.current.is_(True))
            .order_by(passages.c.document_id, passages.c.position)
        )
        for owner, text, kind in rows:
            texts[owner].append((text, kind))
    return texts


async def states(connection: AsyncConnection, ids: Sequence[int]) -> list[DocumentState]:
    """Documents with their current passages (none when withdrawn), in the order of ``ids``."""
    found = await documents_of(connection, ids)
    standing = [key for key, value in found.items() if not value.withdrawn]
    rows: defaultdict[int, list[Any]] = defaultdict(list)
    for part in chunks(standing):
        for row in await connection.execute(_CURRENT, {"ids": part}):
            rows[row[1]].append(row)
    return [
        DocumentState(found[key], tuple(_in_place(rows[key], found[key])))
        for key in dict.fromkeys(ids)
        if key in found
    ]


def _in_place(rows: Sequence[Any], owner: Document) -> list[Passage]:
    """The passages of rows that are all of a current revision, in order."""
    place = {row[0]: index for index, row in enumerate(rows)}
    replies = [None if row[_REPLY] is None else place.get(row[_REPLY]) for row in rows]
    return _passages(rows, owner, replies)


def _passages(rows: Sequence[Any], owner: Document, replies: Sequence[int | None]) -> list[Passage]:
    texts = [(row[3], row[6]) for row in rows]
    questions = {start: question_text(texts, start) for start in set(replies) if start is not None}
    return [
        passage_of(row, owner, None if reply is None else questions[reply], paragraph=index)
        for index, (row, reply) in enumerate(zip(rows, replies, strict=True))
    ]


async def statement(
    connection: AsyncConnection, document_id: int, revision: int | None
) -> list[Passage]:
    """All passages of a document in order, of its current revision unless one is named.

    Raises:
        UnknownDocument: there is no such document or revision.
    """
    if revision is None:
        owner = await document(connection, document_id)
        rows = (await connection.execute(_CURRENT, {"ids": [document_id]})).all()
        return _in_place(rows, owner)
    await document(connection, document_id)
    found = (
        await connection.execute(_REVISION, {"id": document_id, "number": within(revision)})
    ).one_or_none()
    if found is None:
        raise UnknownDocument(f"The document {document_id} has no revision {revision}.")
    by_id: dict[int, Any] = {}
    ids = json.loads(found.passage_ids)
    for part in chunks(ids):
        by_id.update((row[0], row) for row in await connection.execute(_BY_ID, {"ids": part}))
    return _passages(
        [by_id[identifier] for identifier in ids],
        document_of(found),
        json.loads(found.replies),
    )


async def neighbours(
    connection: AsyncConnection, passage_id: int, before: int, after: int
) -> list[Passage]:
    """The current passages around one, itself among them, in order.

    Empty when the passage is no longer current.

    Raises:
        UnknownDocument: there is no such passage.
    """
    passage = (await connection.run_sync(passages_of, [passage_id])).get(passage_id)
    if passage is None:
        raise UnknownDocument(f"There is no passage {passage_id}.")
    if not passage.current:
        return []
    ids = await connection.execute(
        select(passages.c.id)
        .where(
            passages.c.document_id == passage.document.id,
            passages.c.current.is_(True),
            passages.c.position.between(
                within(passage.paragraph - within(before)),
                within(passage.paragraph + within(after)),
            ),
        )
        .order_by(passages.c.position)
    )
    order = list(ids.scalars())
    found = await connection.run_sync(passages_of, order)
    return [found[identifier] for identifier in order]
