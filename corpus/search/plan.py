"""A query made ready for an index: each form of each term as term numbers, and how rare it is.

The same plan serves the engine (``candidates``), the ranker (``evidence``) and, for alerts, the
matching of new passages against a stored query.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from corpus.search.analysis import stem, words
from corpus.search.lexicon import Lexicon
from corpus.types import Form, FormKind, Query, Term

MAX_SLOTS: Final = 64
"""Different words that one question may look for, over all forms: the bits of a machine word."""

KIND_WEIGHTS: Final = {
    FormKind.EXACT: 1.0,
    FormKind.STEM: 0.9,
    FormKind.ALIAS: 1.0,
    FormKind.METONYM: 1.0,
}
"""Times the form's own weight."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One word to look for: by its own number or by its stem's."""

    number: int
    stemmed: bool


@dataclass(frozen=True, slots=True)
class PlannedForm:
    """A form that the index has: consecutive words, each a slot of the plan."""

    slots: tuple[int, ...]
    words: tuple[str, ...]
    """Folded words, or stems where ``stemmed``."""
    stemmed: bool
    weight: float
    kind: FormKind


@dataclass(frozen=True, slots=True)
class PlannedTerm:
    """A term with those of its forms that the index may have."""

    term: Term
    forms: tuple[PlannedForm, ...]
    frequency: int
    """Passages with any form, estimated from above."""
    rarity: float
    """Inverse document frequency, in nats."""
    required: bool
    """Whether an answer must have it: names and exact phrases."""


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
            terms.append(_planned(Term(phrase, (form,)), lexicon, slots, required=True))
    excluded = tuple(found for text in query.excluded if (found := tuple(words(text))))
    return Plan(query, tuple(terms), excluded, tuple(slots))


def _planned(
    term: Term, lexicon: Lexicon, slots: dict[Slot, int], *, required: bool
) -> PlannedTerm:
    forms: dict[tuple[tuple[str, ...], bool], PlannedForm] = {}
    frequency = 0
    for form in sorted(term.forms, key=lambda form: -form.weight * KIND_WEIGHTS[form.kind]):
        planned = _planned_form(form, lexicon, slots)
        if planned is None or (planned.words, planned.stemmed) in forms:
            continue
        forms[planned.words, planned.stemmed] = planned
        frequency += _frequency(planned, lexicon)
    passages = max(lexicon.passages, 1)
    frequency = min(frequency, passages)
    return PlannedTerm(
        term,
        tuple(forms.values()),
        frequency,
        math.log(1 + (passages - frequency + 0.5) / (frequency + 0.5)),
        required,
    )


def _planned_form(form: Form, lexicon: Lexicon, slots: dict[Slot, int]) -> PlannedForm | None:
    # Aliases stand for a thing, whatever the inflection; what was typed is told apart.
    stemmed = form.kind is not FormKind.EXACT
    found = tuple(map(stem, form.words)) if stemmed else form.words
    numbers = [lexicon.number(word) for word in found]
    counted: Iterable[int] = map(lexicon.stem_frequency if stemmed else lexicon.frequency, found)
    if not found or not all(counted):
        return None
    places = []
    for number in numbers:
        slot = Slot(number if number is not None else -1, stemmed)
        if slot not in slots and len(slots) >= MAX_SLOTS:
            return None
        places.append(slots.setdefault(slot, len(slots)))
    weight = form.weight * KIND_WEIGHTS[form.kind]
    return PlannedForm(tuple(places), found, stemmed, weight, form.kind)


def _frequency(form: PlannedForm, lexicon: Lexicon) -> int:
    counted = lexicon.stem_frequency if form.stemmed else lexicon.frequency
    return min(map(counted, form.words))
