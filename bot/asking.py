"""Use case: someone asks. Answers become views that any outlet can draw.

A view holds what people are shown and nothing else, with the choices of the product already
made: which name to show, when a date is worth its place, what was understood of the question.
:mod:`bot.phrasing` puts views into words.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from corpus import Corpus
from corpus.links import passage_link
from corpus.types import (
    AlsoSaid,
    Answer,
    Coverage,
    Document,
    Hit,
    Moment,
    Passage,
    Query,
    Repair,
    Silence,
    SilenceReason,
    Suggestion,
)


@dataclass(frozen=True, slots=True)
class PassageView:
    """One passage as it is shown: who, when, in reply to what, the words, and where from."""

    passage_id: int
    document_id: int
    paragraph: int
    """Index in the document, from 0."""
    paragraphs: int
    """How many the document has."""
    text: str
    """The paragraph, verbatim."""
    asked: str | None
    """The question that it replies to, verbatim."""
    who: str | None
    """The known person's full name, else the speaker as named in the source; None if unknown."""
    label: str | None
    """The speaker as named in the source, where that says more than ``who``."""
    statement_by: str | None
    """Whose statement the document is, where the passage itself names no speaker."""
    role: str | None
    said_on: date | None
    published_at: Moment | None
    """Only where it is another day than ``said_on``."""
    title: str | None
    publisher: str | None
    source_url: str | None
    link: str | None
    """The source, opened at the paragraph."""
    language: str | None
    current: bool = True
    """False when a correction or withdrawal took it off the record."""
    also_said: tuple[AlsoSaid, ...] = ()


@dataclass(frozen=True, slots=True)
class Interpretation:
    """What was understood of a question."""

    terms: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    speaker: str | None = None
    date_from: date | None = None
    date_to: date | None = None
    language: str | None = None
    publisher: str | None = None
    repairs: tuple[Repair, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def limited(self) -> bool:
        """Whether anything but the words themselves narrows the search."""
        return any(
            (
                self.phrases,
                self.excluded,
                self.speaker,
                self.date_from,
                self.date_to,
                self.language,
                self.publisher,
            )
        )

    @property
    def adds(self) -> bool:
        """Whether saying it tells the asker anything that the question does not."""
        return self.limited or bool(self.repairs or self.notes)


@dataclass(frozen=True, slots=True)
class SilenceView:
    """Why there is no answer, and what would find one."""

    reason: SilenceReason
    missing: tuple[str, ...]
    """What nothing covers, as shown to the asker."""
    known: tuple[str, ...]
    """What is on record, of the rest of the question."""
    coverage: Coverage | None
    near: tuple[Suggestion, ...]
    loosened: tuple[Suggestion, ...]

    @property
    def suggestions(self) -> tuple[Suggestion, ...]:
        """Questions that would find something, the nearest first."""
        return self.near + self.loosened


@dataclass(frozen=True, slots=True)
class AnswerView:
    """What a question came to: passages from the ``offset``-th of ``total`` on, or silence."""

    question: str
    interpretation: Interpretation
    passages: tuple[PassageView, ...] = ()
    offset: int = 0
    """How many answers come before the first of ``passages``."""
    total: int = 0
    uncovered: tuple[str, ...] = ()
    silence: SilenceView | None = None


@dataclass(frozen=True, slots=True)
class ContextView:
    """A passage among its neighbours."""

    before: tuple[PassageView, ...]
    passage: PassageView
    after: tuple[PassageView, ...]


@dataclass(frozen=True, slots=True)
class StatementView:
    """A whole statement."""

    document: Document
    passages: tuple[PassageView, ...]


async def ask(
    corpus: Corpus, question: str, *, limit: int = 5, offset: int = 0, today: date | None = None
) -> AnswerView:
    """Answer a question, from the ``offset``-th answer on.

    Raises:
        CorpusError: the record or its index can't be read.
    """
    answer = await corpus.ask(question, limit=limit, offset=offset, today=today)
    return view_answer(answer, offset=offset)


async def passage(corpus: Corpus, passage_id: int) -> PassageView | None:
    """The passage of this id, withdrawn or not; None if there is none."""
    found = await corpus.passage(passage_id)
    return view_passage(found) if found else None


async def context(corpus: Corpus, passage_id: int, *, around: int = 2) -> ContextView | None:
    """A passage with up to ``around`` paragraphs before and after it; None if there is none.

    Of a passage that a correction removed, the neighbours are no longer certain: it has none.
    """
    found = await corpus.passage(passage_id)
    if found is None:
        return None
    neighbours = await corpus.context(passage_id, before=around, after=around)
    views = [(other.paragraph, view_passage(other)) for other in neighbours]
    return ContextView(
        before=tuple(view for place, view in views if place < found.paragraph),
        passage=view_passage(found),
        after=tuple(view for place, view in views if place > found.paragraph),
    )


async def statement(corpus: Corpus, document_id: int) -> StatementView:
    """A whole statement, in its current revision.

    Raises:
        UnknownDocument: there is no such document.
    """
    document = await corpus.document(document_id)
    passages = await corpus.statement(document_id)
    return StatementView(document, tuple(map(view_passage, passages)))


def view_answer(answer: Answer, *, offset: int = 0) -> AnswerView:
    """An answer as it is shown."""
    return AnswerView(
        question=answer.query.question,
        interpretation=view_query(answer.query),
        passages=tuple(map(view_hit, answer.hits)),
        offset=offset,
        total=max(answer.total, offset + len(answer.hits)) if answer.hits else 0,
        uncovered=answer.uncovered,
        silence=view_silence(answer.query, answer.silence) if answer.silence else None,
    )


def view_query(query: Query) -> Interpretation:
    """What was understood, as it is shown."""
    return Interpretation(
        terms=tuple(term.text for term in query.terms),
        phrases=query.phrases,
        excluded=query.excluded,
        speaker=query.speaker.name if query.speaker else None,
        date_from=query.date_from,
        date_to=query.date_to,
        language=query.language,
        publisher=query.publisher,
        repairs=query.repairs,
        notes=query.notes,
    )


def view_silence(query: Query, silence: Silence) -> SilenceView:
    """A silence as it is shown: every term counts as missing where none is named."""
    asked = tuple(term.text for term in query.terms) + query.phrases
    missing = silence.missing or asked
    return SilenceView(
        reason=silence.reason,
        missing=missing,
        known=tuple(text for text in asked if text not in missing),
        coverage=silence.coverage,
        near=silence.near,
        loosened=silence.loosened,
    )


def view_hit(hit: Hit) -> PassageView:
    """One answer as it is shown."""
    return view_passage(hit.passage, also_said=hit.also_said)


def view_passage(passage: Passage, *, also_said: tuple[AlsoSaid, ...] = ()) -> PassageView:
    """A passage as it is shown."""
    document = passage.document
    who = passage.person or passage.speaker
    return PassageView(
        passage_id=passage.id,
        document_id=document.id,
        paragraph=passage.paragraph,
        paragraphs=document.paragraphs,
        text=passage.text,
        asked=passage.replies_to,
        who=who,
        label=_label(passage.person, passage.speaker),
        statement_by=document.speaker if who is None else None,
        role=None,
        said_on=document.said_on,
        published_at=_published(document),
        title=document.title,
        publisher=document.publisher,
        source_url=document.source_url,
        link=passage_link(document.source_url, passage.text),
        language=passage.document.language,
        current=passage.current,
        also_said=also_said,
    )


def _label(person: str | None, speaker: str | None) -> str | None:
    if not person or not speaker or person.casefold() == speaker.casefold():
        return None
    return speaker


def _published(document: Document) -> Moment | None:
    published = document.published_at
    if published is None:
        return None
    day = published.date() if isinstance(published, datetime) else published
    return None if day == document.said_on else published
