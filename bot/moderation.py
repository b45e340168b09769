"""Use case: a moderator puts statements on record, and takes them off again."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.message import Line, Span, faint, strong
from bot.phrasing import SEPARATOR, language_name, moment_text
from bot.words import Words
from corpus import Corpus
from corpus.types import Document, Draft, Outcome, PassageKind, Publication

BEGINNING = 160
"""Characters of the first paragraph that a preview shows."""
SPEAKERS = 6
"""Speakers that a preview names."""


class Field(StrEnum):
    """A field of a draft that a moderator looks at."""

    TITLE = "title"
    SPEAKER = "speaker"
    SAID_ON = "said-on"
    PUBLISHED_AT = "published-at"
    PUBLISHER = "publisher"
    OCCASION = "occasion"
    PLACE = "place"
    LANGUAGE = "language"
    SOURCE_URL = "source-url"
    PARAGRAPHS = "paragraphs"
    BEGINNING = "beginning"


OPTIONAL = frozenset({Field.OCCASION, Field.PLACE, Field.PUBLISHED_AT})
"""Fields that many statements don't have: shown when known, not asked for."""


@dataclass(frozen=True, slots=True)
class FieldView:
    """One field as understood; None is missing."""

    field: Field
    value: str | None


@dataclass(frozen=True, slots=True)
class DraftView:
    """A draft as a moderator sees it before, or right after, publication."""

    fields: tuple[FieldView, ...]
    warnings: tuple[str, ...]

    @property
    def missing(self) -> tuple[Field, ...]:
        """The fields that a moderator should fill in."""
        return tuple(
            view.field for view in self.fields if view.value is None and view.field not in OPTIONAL
        )


async def publish(corpus: Corpus, draft: Draft, *, by: str | None = None) -> Publication:
    """Put a draft on record.

    Raises:
        NoStatement: the draft has no paragraphs.
        RecordError: the record can't be written.
    """
    return await corpus.submit(draft, by=by)


async def withdraw(
    corpus: Corpus, document_id: int, *, by: str | None = None, reason: str | None = None
) -> Document:
    """Take a statement off the record's answers.

    Raises:
        UnknownDocument: there is no such statement.
        RecordError: the record can't be written.
    """
    return await corpus.withdraw(document_id, by=by, reason=reason)


async def restore(corpus: Corpus, document_id: int, *, by: str | None = None) -> Document:
    """Undo a withdrawal.

    Raises:
        UnknownDocument: there is no such statement.
        RecordError: the record can't be written.
    """
    return await corpus.restore(document_id, by=by)


def preview(words: Words, draft: Draft) -> DraftView:
    """A draft field by field, as understood."""
    speakers = _speakers(draft)
    spoken = [p for p in draft.paragraphs if p.kind is PassageKind.STATEMENT]
    first = next(iter(spoken or draft.paragraphs), None)
    values: dict[Field, str | None] = {
        Field.TITLE: draft.title,
        Field.SPEAKER: SEPARATOR.join(speakers) or None,
        Field.SAID_ON: moment_text(words, draft.said_on) if draft.said_on else None,
        Field.PUBLISHED_AT: moment_text(words, draft.published_at) if draft.published_at else None,
        Field.PUBLISHER: draft.publisher,
        Field.OCCASION: draft.occasion,
        Field.PLACE: draft.place,
        Field.LANGUAGE: language_name(words, draft.language) if draft.language else None,
        Field.SOURCE_URL: draft.source_url,
        Field.PARAGRAPHS: str(len(draft.paragraphs)) if draft.paragraphs else None,
        Field.BEGINNING: _beginning(first.text) if first else None,
    }
    return DraftView(
        tuple(
            FieldView(field, value)
            for field, value in values.items()
            if value is not None or field not in OPTIONAL
        ),
        draft.warnings,
    )


def preview_lines(words: Words, view: DraftView) -> list[Line]:
    """A preview before publication: what was understood, then whether anything is missing."""
    lines = understood_lines(words, view)
    if view.missing:
        lines.append(words.line("draft-missing", count=len(view.missing)))
    return lines


def understood_lines(words: Words, view: DraftView) -> list[Line]:
    """What was understood: every field, what is missing marked, then what to look at."""
    lines: list[Line] = [words.line("draft-understood")]
    for each in view.fields:
        label = faint(f"{words(f'field-{each.field}')}: ")
        value = Span(each.value) if each.value is not None else strong(words("field-missing"))
        lines.append((label, value))
    lines += [words.line("draft-warning", warning=warning) for warning in view.warnings]
    return lines


def outcome_line(words: Words, publication: Publication) -> Line:
    """What publishing came to."""
    document, other = publication.document, publication.same_text_as
    match publication.outcome:
        case Outcome.CORRECTED:
            return words.line("outcome-corrected", id=document.id, revision=document.revision)
        case Outcome.DUPLICATE if other is not None:
            return words.line("outcome-duplicate", id=document.id, other=other.id)
        case Outcome.UNCHANGED:
            return words.line("outcome-unchanged", id=document.id)
        case _:
            return words.line("outcome-created", id=document.id)


def _speakers(draft: Draft) -> list[str]:
    if draft.speaker:
        return [draft.speaker]
    named = dict.fromkeys(
        paragraph.speaker
        for paragraph in draft.paragraphs
        if paragraph.speaker and paragraph.kind is not PassageKind.QUESTION
    )
    shown = list(named)[:SPEAKERS]
    return [*shown, "…"] if len(named) > SPEAKERS else shown


def _beginning(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= BEGINNING else f"{line[:BEGINNING].rstrip()}…"
