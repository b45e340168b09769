"""From rows to the values that cross borders, and back: the columns that each needs, in order."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, FromClause

from corpus.storage.tables import changes, documents, passages, people, revisions
from corpus.types import Change, ChangeKind, Document, Moment, Passage, PassageKind

DOCUMENT: tuple[ColumnElement[Any], ...] = (
    documents.c.id,
    documents.c.source_url,
    revisions.c.title,
    revisions.c.publisher,
    revisions.c.occasion,
    revisions.c.place,
    revisions.c.language,
    revisions.c.speaker,
    revisions.c.said_on,
    revisions.c.published_at,
    revisions.c.indexed_at,
    revisions.c.number,
    revisions.c.paragraphs,
    documents.c.withdrawn,
    revisions.c.extra,
)
"""What :func:`document_of` reads."""
PASSAGE: tuple[ColumnElement[Any], ...] = (
    passages.c.id,
    passages.c.document_id,
    passages.c.position,
    passages.c.text,
    passages.c.speaker,
    people.c.name,
    passages.c.kind,
    passages.c.current,
    passages.c.replies_to,
)
"""What :func:`passage_of` reads, and the id of the question's first paragraph after it."""
CHANGE: tuple[ColumnElement[Any], ...] = (
    changes.c.position,
    changes.c.kind,
    changes.c.document_id,
    changes.c.revision,
    changes.c.at,
    changes.c.by,
    changes.c.reason,
    revisions.c.title,
    documents.c.source_url,
)
"""What :func:`change_of` reads."""

DOCUMENT_WIDTH = len(DOCUMENT)
_KINDS = {kind.value: kind for kind in PassageKind}


def current_documents() -> FromClause:
    """Documents, each with its current revision."""
    return documents.join(
        revisions,
        (revisions.c.document_id == documents.c.id) & (revisions.c.number == documents.c.revision),
    )


def document_of(row: Sequence[Any]) -> Document:
    """The document of a row that begins with the columns of :data:`DOCUMENT`."""
    return Document(
        id=row[0],
        source_url=row[1],
        title=row[2],
        publisher=row[3],
        occasion=row[4],
        place=row[5],
        language=row[6],
        speaker=row[7],
        said_on=row[8],
        published_at=None if row[9] is None else moment_of(row[9]),
        indexed_at=row[10],
        revision=row[11],
        paragraphs=row[12],
        withdrawn=row[13],
        extra=() if row[14] == "[]" else extra_of(row[14]),
    )


def passage_of(
    row: Sequence[Any],
    document: Document,
    replies_to: str | None,
    *,
    paragraph: int | None = None,
) -> Passage:
    """The passage of a row that begins with the columns of :data:`PASSAGE`.

    ``paragraph`` is its place when that is not the current one.
    """
    return Passage(
        id=row[0],
        document=document,
        paragraph=row[2] if paragraph is None else paragraph,
        text=row[3],
        speaker=row[4],
        person=row[5],
        kind=_KINDS[row[6]],
        replies_to=replies_to,
        current=row[7] and not document.withdrawn,
    )


def change_of(row: Sequence[Any]) -> Change:
    """The change of a row of :data:`CHANGE`."""
    return Change(
        position=row[0],
        kind=ChangeKind(row[1]),
        document_id=row[2],
        revision=row[3],
        at=row[4],
        by=row[5],
        reason=row[6],
        title=row[7],
        source_url=row[8],
    )


def moment_text(moment: Moment) -> str:
    """A moment as ISO 8601 text that keeps its precision and its offset."""
    return moment.isoformat()


def moment_of(text: str) -> Moment:
    """The moment that :func:`moment_text` wrote."""
    return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)


def extra_text(extra: tuple[tuple[str, str], ...]) -> str:
    """Keys and values that we only carry, as JSON text."""
    return json.dumps(extra, ensure_ascii=False, separators=(",", ":"))


def extra_of(text: str) -> tuple[tuple[str, str], ...]:
    """What :func:`extra_text` wrote."""
    return tuple((key, value) for key, value in json.loads(text))


def question_text(paragraphs: Sequence[tuple[str, str]], start: int) -> str:
    """The question that begins at ``start``: its paragraphs of kind question, one a line.

    ``paragraphs`` are (text, kind) of one revision in order. A question may have several
    paragraphs; the first one counts whatever its kind.
    """
    end = start + 1
    while end < len(paragraphs) and paragraphs[end][1] == PassageKind.QUESTION:
        end += 1
    return "\n".join(text for text, _ in paragraphs[start:end])
