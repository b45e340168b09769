"""A query made ready for an index: each form of each term as term numbers, and how rare it is.

The same plan serves the engine (``candidates``), the ranker (``evidence``) and, for alerts, the
matching of new passages against a stored query.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Final

from corpus.search.analysis import stem, words
from corpus.search.lexicon import Lexicon
from corpus.types import Form, FormKind, Query, Term

MAX_SLOTS: Final = 255
"""Different words that one question may look for, over all forms: they are numbered in a byte."""
YEAR: Final = 0.2
"""Share of the record taken to be of a year that is asked for among keywords."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One word to look for: by its own number or by its stem's."""

    number: int
    stemmed: bool


@dataclass(frozen=True, slots=True)
class Guard:
    """A longer name, and how many of its words stand before the form that it guards."""

    slots: tuple[int, ...]
    before: int


@dataclass(frozen=True, slots=True)
class PlannedForm:
    """A form that the index has: consecutive words, each a slot of the plan."""

    slots: tuple[int, ...]
    words: tuple[str, ...]
    """Folded words, or stems where ``stemmed``."""
    stemmed: bool
    weight: float
    """From 0 to 1, beside the term's best form."""
    kind: FormKind
    unless: tuple[Guard, ...] = ()
    """Longer names within which it does not count."""


@dataclass(frozen=True, slots=True)
class PlannedTerm:
    """A term with those of its forms that the index may have."""

    term: Term
    forms: tuple[PlannedForm, ...]
    frequency: int
    """Passages with any form, estimated from above."""
    weight: float
    """Of its best form: forms are weighed beside that one, and the term with it."""
    rarity: float
    """Inverse document frequency, in nats, times ``weight``."""
    required: bool
    """Whether an answer must have it: names and exact phrases."""

    @property
    def sought(self) -> bool:
        """Whether any passage may have it, in its words or by who said it or when."""
        return bool(self.forms or self.term.labels or self.term.said)


@dataclass(frozen=True, slots=True)
class Plan:
    """A query, ready for one view of the index."""

    query: Query
    terms: tuple[PlannedTerm, ...]
    excluded: tuple[tuple[str, ...], ...]
    slots: tuple[Slot, ...]


def plan(query: Query, lexicon: Lexicon) -> Plan:
    """Make a query ready for the index that the lexicon belongs to."""
    slots: dict[Slot, int] = {}
    terms = [_planned(term, lexicon, slots, required=term.is_name) for term in query.terms]
    for phrase in query.phrases:
        form = Form(tuple(words(phrase)), FormKind.EXACT)
        if form.words:
            term = _planned(Term(phrase, (form,)), lexicon, slots, required=True)
            # Each further word makes a phrase about twice as rare as its rarest word.
            frequency = term.frequency / 2 ** (len(form.words) - 1)
            terms.append(replace(term, rarity=_rarity(frequency, lexicon)))
    excluded = tuple(found for text in query.excluded if (found := tuple(words(text))))
    return Plan(query, tuple(terms), excluded, tuple(slots))


def _planned(
    term: Term, lexicon: Lexicon, slots: dict[Slot, int], *, required: bool
) -> PlannedTerm:
    forms: dict[tuple[tuple[str, ...], bool], PlannedForm] = {}
    frequency = 0
    for form in sorted(term.forms, key=lambda form: -form.weight):
        planned = _planned_form(form, lexicon, slots)
        if planned is None or (planned.words, planned.stemmed) in forms:
            continue
        forms[planned.words, planned.stemmed] = planned
        frequency += _frequency(planned, lexicon)
    passages = max(lexicon.passages, 1)
    if term.labels:
        frequency += sum(s.passages for s in lexicon.speakers() if s.label in term.labels)
    if term.said:
        frequency += int(passages * YEAR)
    frequency = min(frequency, passages)
    weight = max((form.weight for form in forms.values()), default=1.0)
    return PlannedTerm(
        term,
        tuple(replace(form, weight=form.weight / weight) for form in forms.values()),
        frequency,
        weight,
        _rarity(frequency, lexicon) * weight,
        required,
    )


def _rarity(frequency: float, lexicon: Lexicon) -> float:
    """Inverse document frequency, in nats, as BM25 has it."""
    passages = max(lexicon.passages, 1)
    return math.log(1 + (passages - frequency + 0.5) / (frequency + 0.5))


def _planned_form(form: Form, lexicon: Lexicon, slots: dict[Slot, int]) -> PlannedForm | None:
    # Aliases stand for a thing, whatever the inflection; what was typed is told apart.
    stemmed = form.kind is not FormKind.EXACT and not form.as_written
    found = tuple(map(stem, form.words)) if stemmed else form.words
    counted = lexicon.stem_frequency if stemmed else lexicon.frequency
    if not found or not all(map(counted, found)):
        return None
    places = _places(found, stemmed, lexicon, slots)
    if places is None:
        return None
    weight = form.weight
    guards = _guards(form, lexicon, slots)
    return PlannedForm(places, found, stemmed, weight, form.kind, guards)


def _guards(form: Form, lexicon: Lexicon, slots: dict[Slot, int]) -> tuple[Guard, ...]:
    found = []
    for name in form.unless:
        # By stem, so that a guard holds in every case of an inflected language.
        stems = tuple(map(stem, name))
        known = all(map(lexicon.stem_frequency, stems))
        places = _places(stems, True, lexicon, slots) if known else None
        if places is None:
            continue
        for before in range(len(name) - len(form.words) + 1):
            if name[before : before + len(form.words)] == form.words:
                found.append(Guard(places, before))
    return tuple(found)


def _places(
    words: tuple[str, ...], stemmed: bool, lexicon: Lexicon, slots: dict[Slot, int]
) -> tuple[int, ...] | None:
    """The slots of known words; None when there is no room for them."""
    wanted = [Slot(lexicon.number(word) or 0, stemmed) for word in words]
    if len(slots) + len(set(wanted) - slots.keys()) > MAX_SLOTS:
        return None
    return tuple(slots.setdefault(slot, len(slots)) for slot in wanted)


def _frequency(form: PlannedForm, lexicon: Lexicon) -> int:
    counted = lexicon.stem_frequency if form.stemmed else lexicon.frequency
    return min(map(counted, form.words))
