"""The JSON shapes that others rely on: of ``ask --json``, ``check --json`` and ``add --json``.

The keys of ``ask`` and ``check`` are a contract: these and no others. Text is verbatim; dates are
ISO 8601.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from corpus.links import passage_link
from corpus.types import (
    AliasChange,
    AliasGroup,
    Answer,
    Change,
    Coverage,
    Draft,
    Hit,
    LoadReport,
    Moment,
    Passage,
    Publication,
    Query,
    QuoteCheck,
    Silence,
)

Json = dict[str, Any]


def answer(value: Answer) -> Json:
    """An answer, as ``ask --json`` prints it."""
    return {
        "question": value.query.question,
        "interpretation": interpretation(value.query),
        "answers": [hit(each) for each in value.hits],
        "silence": silence(value.silence) if value.silence else None,
    }


def interpretation(query: Query) -> Json:
    """What was understood of a question."""
    return {
        "terms": [term.text for term in query.terms],
        "phrases": list(query.phrases),
        "excluded": list(query.excluded),
        "speaker": query.speaker.name if query.speaker else None,
        "from": query.date_from.isoformat() if query.date_from else None,
        "to": query.date_to.isoformat() if query.date_to else None,
        "repairs": [
            {"from": repair.original, "to": repair.replacement} for repair in query.repairs
        ],
    }


def hit(value: Hit) -> Json:
    """One answer."""
    return passage(value.passage) | {"score": round(value.score, 6)}


def passage(value: Passage) -> Json:
    """A passage on record, with its source."""
    document = value.document
    return {
        "passage_id": value.id,
        "text": value.text,
        "replies_to": value.replies_to,
        "speaker": value.speaker,
        "said_on": document.said_on.isoformat() if document.said_on else None,
        "published_at": moment(document.published_at),
        "title": document.title,
        "publisher": document.publisher,
        "source_url": document.source_url,
        "link": passage_link(document.source_url, value.text),
        "paragraph": value.paragraph,
        "document_id": document.id,
        "language": document.language,
        "score": None,
    }


def silence(value: Silence) -> Json:
    """Why there is no answer, and questions that would find one."""
    return {
        "reason": value.reason.value,
        "suggestions": [each.question for each in (*value.near, *value.loosened)],
    }


def check(value: QuoteCheck) -> Json:
    """A quotation checked, as ``check --json`` prints it."""
    return {
        "quotation": value.quotation,
        "verdict": value.verdict.value,
        "passage": passage(value.passage) if value.passage else None,
        "difference": [
            {"op": edit.kind.value, "record": edit.record, "quotation": edit.quotation}
            for edit in value.difference
        ],
    }


def draft(value: Draft) -> Json:
    """A draft as understood; what is missing is null."""
    return {
        "source_url": value.source_url,
        "title": value.title,
        "speaker": value.speaker,
        "said_on": value.said_on.isoformat() if value.said_on else None,
        "published_at": moment(value.published_at),
        "publisher": value.publisher,
        "occasion": value.occasion,
        "place": value.place,
        "language": value.language,
        "paragraphs": [
            {
                "text": paragraph.text,
                "speaker": paragraph.speaker,
                "kind": paragraph.kind.value,
                "replies_to": paragraph.replies_to,
            }
            for paragraph in value.paragraphs
        ],
        "warnings": list(value.warnings),
    }


def taken(source: str, understood: Draft, value: Publication | None) -> Json:
    """What ``add --json`` prints of one source; of a dry run, without an outcome."""
    other = value.same_text_as if value else None
    return {
        "source": source,
        "outcome": value.outcome.value if value else None,
        "document_id": value.document.id if value else None,
        "revision": value.document.revision if value else None,
        "same_text_as": other.id if other else None,
        "draft": draft(understood),
    }


def change(value: Change | AliasChange) -> Json:
    """A row of the log; what only statements, or only aliases, have is null for the others."""
    statement = value if isinstance(value, Change) else None
    alias = value if isinstance(value, AliasChange) else None
    return {
        "position": statement.position if statement else None,
        "kind": value.kind.value,
        "document_id": statement.document_id if statement else None,
        "revision": statement.revision if statement else None,
        "at": value.at.isoformat(timespec="seconds"),
        "by": value.by,
        "reason": statement.reason if statement else None,
        "title": statement.title if statement else None,
        "source_url": statement.source_url if statement else None,
        "name": alias.name if alias else None,
        "alias": alias.alias if alias else None,
    }


def alias_group(value: AliasGroup) -> Json:
    """Names that mean the same, as ``alias list --json`` prints them."""
    return {
        "name": value.name,
        "aliases": [
            {
                "alias": alias.text,
                "by": alias.by,
                "at": alias.at.isoformat(timespec="seconds"),
            }
            for alias in value.aliases
        ],
    }


def coverage(value: Coverage) -> Json:
    """What the record holds."""
    return {
        "documents": value.documents,
        "passages": value.passages,
        "first": value.first.isoformat() if value.first else None,
        "last": value.last.isoformat() if value.last else None,
        "publishers": [
            {"name": each.name, "documents": each.documents} for each in value.publishers
        ],
        "languages": [
            {"language": language, "documents": count} for language, count in value.languages
        ],
        "speakers": value.speakers,
        "withdrawn": value.withdrawn,
        "position": value.position,
    }


def load_report(value: LoadReport) -> Json:
    """What a bulk load did."""
    return {
        "created": value.created,
        "corrected": value.corrected,
        "unchanged": value.unchanged,
        "duplicates": value.duplicates,
        "paragraphs": value.paragraphs,
        "warnings": list(value.warnings),
    }


def moment(value: Moment | None) -> str | None:
    """A moment in ISO 8601, as precisely as it is known: "2021-05-20T03:25", "2021-05-20"."""
    if isinstance(value, datetime):
        whole_minute = value.second == 0 and value.microsecond == 0
        return value.isoformat(timespec="minutes" if whole_minute else "auto")
    return value.isoformat() if value else None
