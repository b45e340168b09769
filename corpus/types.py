"""The values that cross package borders. All frozen; none knows a database or a chat network."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

Moment = date | datetime
"""When the source put a statement up, as precisely as the source says: a day, or a day and time.

A datetime has a UTC offset only where the source gave one.
"""


class PassageKind(StrEnum):
    """What a paragraph is, which decides whether it can be an answer."""

    STATEMENT = "statement"
    """Words of an official, or of the document itself."""
    QUESTION = "question"
    """Words of a reporter or interviewer: shown with the reply, never as an answer."""
    APPARATUS = "apparatus"
    """Stage directions, headings, clock times, "END": part of the record, never an answer."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of a draft, exactly as the source gave it."""

    text: str
    speaker: str | None = None
    """As named in the source ("MR. CARNEY", "Sergey Lavrov"), carried forward; None if unknown."""
    kind: PassageKind = PassageKind.STATEMENT
    replies_to: int | None = None
    """Index, in the same draft, of the first paragraph of the question that this one answers."""


@dataclass(frozen=True, slots=True)
class SourceCopy:
    """What the source sent, byte for byte."""

    content: bytes
    media_type: str
    fetched_at: datetime
    """UTC, timezone-aware."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A document as understood, awaiting publication. Unknown fields are None, never guessed."""

    paragraphs: tuple[Paragraph, ...]
    source_url: str | None = None
    title: str | None = None
    publisher: str | None = None
    occasion: str | None = None
    place: str | None = None
    language: str | None = None
    """ISO 639-1, lower case."""
    speaker: str | None = None
    """Of the whole document: only where it names one person."""
    said_on: date | None = None
    published_at: Moment | None = None
    source: SourceCopy | None = None
    extra: tuple[tuple[str, str], ...] = ()
    """Keys of a loaded line that we carry but don't use: (key, JSON text)."""
    warnings: tuple[str, ...] = ()
    """What a moderator should look at, one sentence each. Not stored."""


@dataclass(frozen=True, slots=True)
class Document:
    """A published document, in its current revision, without its paragraphs."""

    id: int
    source_url: str | None
    title: str | None
    publisher: str | None
    occasion: str | None
    place: str | None
    language: str | None
    speaker: str | None
    said_on: date | None
    published_at: Moment | None
    indexed_at: datetime
    """UTC, timezone-aware: when this revision was taken in."""
    revision: int
    """1 for the first."""
    paragraphs: int
    """How many paragraphs the revision has."""
    withdrawn: bool = False
    extra: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph on the record. ``id`` is stable for ever; ``text`` never changes."""

    id: int
    document: Document
    paragraph: int
    """Index in the document, from 0."""
    text: str
    speaker: str | None
    """As named in the source; None if unknown."""
    person: str | None
    """The known person whom ``speaker`` certainly names, by full name."""
    kind: PassageKind
    replies_to: str | None
    """The text of the question that this passage answers, verbatim."""
    current: bool = True
    """False when a correction removed it or its document was withdrawn."""


class Outcome(StrEnum):
    """What publishing a draft came to."""

    CREATED = "created"
    CORRECTED = "corrected"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"
    """The same text is on record under another URL: stored all the same, and said."""


@dataclass(frozen=True, slots=True)
class Publication:
    """The result of publishing one draft."""

    document: Document
    outcome: Outcome
    same_text_as: Document | None = None
    """Another current document with the same text, if there is one."""


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a bulk load did, in documents."""

    created: int = 0
    corrected: int = 0
    unchanged: int = 0
    duplicates: int = 0
    paragraphs: int = 0
    """Paragraphs of the documents created or corrected."""
    warnings: tuple[str, ...] = ()


class ChangeKind(StrEnum):
    """What a row of the change log records."""

    PUBLICATION = "publication"
    CORRECTION = "correction"
    WITHDRAWAL = "withdrawal"
    RESTORATION = "restoration"


@dataclass(frozen=True, slots=True)
class Change:
    """One row of the change log. Positions grow; log order is commit order."""

    position: int
    kind: ChangeKind
    document_id: int
    revision: int
    at: datetime
    by: str | None = None
    reason: str | None = None
    title: str | None = None
    source_url: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """A known speaker."""

    id: int
    name: str
    aliases: tuple[str, ...]
    """Labels and spellings of the sources that certainly mean this person."""
    passages: int = 0


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name of something, added by a moderator."""

    text: str
    """As the moderator wrote it, without an article in front."""
    by: str | None
    """Who added it; None if nobody said."""
    at: datetime
    """UTC, timezone-aware: when."""


@dataclass(frozen=True, slots=True)
class AliasGroup:
    """Names that mean the same in a question."""

    name: str
    """The name that the others stand for, and by which all are echoed."""
    aliases: tuple[Alias, ...]
    """In the order in which they were added."""


@dataclass(frozen=True, slots=True)
class Aliases:
    """All that moderators added, at one moment."""

    revision: int = 0
    """Number of the last change to them; 0 before the first."""
    groups: tuple[AliasGroup, ...] = ()
    """By name, in alphabetical order."""


class AliasChangeKind(StrEnum):
    """What a moderator did to the aliases."""

    ADDED = "alias-added"
    REMOVED = "alias-removed"


@dataclass(frozen=True, slots=True)
class AliasChange:
    """One change to the aliases. Numbers grow by one; their order is commit order."""

    number: int
    kind: AliasChangeKind
    name: str
    alias: str
    at: datetime
    by: str | None = None


@dataclass(frozen=True, slots=True)
class PublisherCount:
    """A publisher and how many documents it has on record."""

    name: str | None
    documents: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the record holds at this moment."""

    documents: int
    passages: int
    first: date | None
    """Earliest said-on date."""
    last: date | None
    publishers: tuple[PublisherCount, ...] = ()
    languages: tuple[tuple[str | None, int], ...] = ()
    speakers: int = 0
    withdrawn: int = 0
    position: int = 0
    """Of the change log."""


# --- asking -----------------------------------------------------------------------------------


class RepairKind(StrEnum):
    """How a word that the corpus does not know was mended."""

    SPELLING = "spelling"
    KEYBOARD = "keyboard"
    """Typed in the wrong keyboard layout."""
    SCRIPT = "script"
    """Written in the other alphabet."""


@dataclass(frozen=True, slots=True)
class Repair:
    """A word mended against the lexicon; always shown."""

    original: str
    replacement: str
    kind: RepairKind = RepairKind.SPELLING


class FormKind(StrEnum):
    """How a form of a query term relates to what was typed; better ones first."""

    EXACT = "exact"
    STEM = "stem"
    ALIAS = "alias"
    METONYM = "metonym"


@dataclass(frozen=True, slots=True)
class Form:
    """One way in which a term may stand in a text: one or more consecutive words."""

    words: tuple[str, ...]
    """Folded words as the analyser gives them (see ``corpus.search.analysis``), unstemmed."""
    kind: FormKind
    weight: float = 1.0
    unless: tuple[tuple[str, ...], ...] = ()
    """Longer names of something else, folded: within one of them this form does not count
    ("guinea" within "papua new guinea")."""
    as_written: bool = False
    """Matched only as these words stand, even where forms of its kind are matched by stem: the
    stem of "Нигерия" is "нигер"."""


@dataclass(frozen=True, slots=True)
class Term:
    """One thing asked about, with all the forms that mean it."""

    text: str
    """As it is shown to the asker, after repair."""
    forms: tuple[Form, ...]
    is_name: bool = False
    """A country, person, organisation or other name: it must be covered by an answer."""
    known: bool = True
    """False when no form of it stands in the corpus."""
    labels: frozenset[str] = frozenset()
    """Labels of the speaker whom it names among keywords ("Weld Ukraine"): a passage of theirs is
    as good as one that has a form."""
    said: tuple[date, date] | None = None
    """First and last day of a time that it names without asking for what was said then ("Niger
    2023"): a passage of that time is as good as one that has a form."""


@dataclass(frozen=True, slots=True)
class SpeakerFilter:
    """Whose words are asked for."""

    name: str
    """As it is shown to the asker."""
    labels: frozenset[str] = frozenset()
    """``Passage.speaker`` or ``Document.speaker`` values of the record that name this person;
    empty when the record does not know them."""


@dataclass(frozen=True, slots=True)
class Query:
    """A question, parsed once. Search, alerts and links all use it."""

    question: str
    """As it was typed."""
    terms: tuple[Term, ...] = ()
    phrases: tuple[str, ...] = ()
    """Exact phrases, as typed between quotation marks."""
    excluded: tuple[str, ...] = ()
    speaker: SpeakerFilter | None = None
    date_from: date | None = None
    """First day, inclusive, of what was said on."""
    date_to: date | None = None
    language: str | None = None
    publisher: str | None = None
    repairs: tuple[Repair, ...] = ()
    notes: tuple[str, ...] = ()
    """What was misread or ignored, one sentence each ("from:yesterdy is not a date; …")."""
    asked_in: str | None = None
    """Language of the question, ISO 639-1."""


class SilenceReason(StrEnum):
    """Why there is no answer."""

    EMPTY_RECORD = "empty-record"
    NOTHING_ASKED = "nothing-asked"
    """Nothing is left of the question once its frame is taken away."""
    UNKNOWN_SPEAKER = "unknown-speaker"
    UNKNOWN_TERMS = "unknown-terms"
    """The corpus doesn't have the words."""
    NOT_THIS_TOPIC = "not-this-topic"
    """The name is on record, but not with this topic."""
    FILTERED = "filtered"
    """There are answers, but none by this speaker, on these dates or in this language."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A question that would find something, and about how many passages."""

    question: str
    count: int
    label: str
    """What to show: a term ("Atlantic"), or what is loosened ("without the date")."""


@dataclass(frozen=True, slots=True)
class Silence:
    """The answer when nothing fits."""

    reason: SilenceReason
    missing: tuple[str, ...] = ()
    """Terms of the question that nothing covers, as shown to the asker."""
    coverage: Coverage | None = None
    near: tuple[Suggestion, ...] = ()
    """Nearest known terms."""
    loosened: tuple[Suggestion, ...] = ()
    """What would find something if a filter were dropped."""


@dataclass(frozen=True, slots=True)
class AlsoSaid:
    """Another place where (nearly) the same words are on record."""

    passage_id: int
    document_id: int
    said_on: date | None


@dataclass(frozen=True, slots=True)
class Hit:
    """One answer: a passage, and why it is here."""

    passage: Passage
    score: float
    speaker_unsure: bool = False
    """The passage has no speaker of its own, but title or document make it the one asked for."""
    also_said: tuple[AlsoSaid, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question came to: hits, or silence; never both."""

    query: Query
    hits: tuple[Hit, ...] = ()
    total: int = 0
    """How many passages would answer, at least len(hits); an estimate above a few hundred."""
    silence: Silence | None = None
    uncovered: tuple[str, ...] = ()
    """Terms of the question that the hits do not cover, when only part is on record."""


# --- quotations -------------------------------------------------------------------------------


class Verdict(StrEnum):
    """Whether a quotation is on record."""

    VERBATIM = "verbatim"
    ALTERED = "altered"
    UNKNOWN = "unknown"


class EditKind(StrEnum):
    """How a stretch of the record became a stretch of the quotation."""

    EQUAL = "equal"
    DELETE = "delete"
    INSERT = "insert"
    REPLACE = "replace"


@dataclass(frozen=True, slots=True)
class Edit:
    """One stretch of an alignment. The ``record`` parts, joined, are the passage's own words."""

    kind: EditKind
    record: str
    quotation: str


@dataclass(frozen=True, slots=True)
class QuoteCheck:
    """Is this quotation verbatim, altered or unknown?"""

    quotation: str
    verdict: Verdict
    passage: Passage | None = None
    difference: tuple[Edit, ...] = ()
    elided: bool = False
    """The quotation skips words with an ellipsis."""
    stitched: tuple[Passage, ...] = ()
    """The passages, in the quotation's order, when it joins words from more than one."""


# --- following the change log -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DocumentState:
    """A document as it stands at a position of the change log: what an index needs of it."""

    document: Document
    passages: tuple[Passage, ...] = field(default=())
    """Empty when the document is withdrawn."""


Json = dict[str, Any]
