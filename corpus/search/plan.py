"""A query made ready for an index: each form of each term as term numbers, and how rare it is.

The same plan serves the engine (``candidates``), the ranker (``evidence``) and, for alerts, the
matching of new passages against a stored query.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from corpus.search.analysis import stem, words
from corpus.search.lexicon import Lexicon
from corpus.types import Form, FormKind, Query, Term

MAX_SLOTS: Final = 255
"""Different words that one question may look for, over all forms: they are numbered in a byte."""
REMEMBERED: Final = 20_000
"""Forms that are not looked up again until the index moves on."""
YEAR: Final = 0.2
"""Share of the record taken to be of one year."""

Words = tuple[str, ...]


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
    slots: dict[int, int] = {}
    terms = [_planned(term, lexicon, slots, required=term.is_name) for term in query.terms]
    for phrase in query.phrases:
        form = Form(tuple(words(phrase)), FormKind.EXACT)
        if form.words:
            term = _planned(Term(phrase, (form,)), lexicon, slots, required=True)
            # Each further word makes a phrase about twice as rare as its rarest word.
            frequency = term.frequency / 2 ** (len(form.words) - 1)
            terms.append(replace(term, rarity=_rarity(frequency, lexicon)))
    excluded = tuple(found for text in query.excluded if (found := tuple(words(text))))
    numbered = tuple(Slot(wanted >> 1, bool(wanted & 1)) for wanted in slots)
    return Plan(query, tuple(terms), excluded, numbered)


def _planned(term: Term, lexicon: Lexicon, slots: dict[int, int], *, required: bool) -> PlannedTerm:
    forms: dict[tuple[object, ...], PlannedForm] = {}
    counted: set[tuple[tuple[str, ...], bool]] = set()
    frequency = 0
    weight = 0.0
    for form in sorted(term.forms, key=_weight, reverse=True):
        # Aliases stand for a thing, whatever the inflection; what was typed is told apart.
        stemmed = form.kind is not FormKind.EXACT and not form.as_written
        known = _known(form.words, stemmed, form.unless, lexicon)
        if known is None or (known.words, stemmed, known.guards) in forms:
            continue
        places = _places(known.slots, slots)
        if places is None:
            continue
        guards = tuple(
            Guard(within, before)
            for wanted, before in known.guards
            if (within := _places(wanted, slots)) is not None
        )
        weight = weight or form.weight
        forms[known.words, stemmed, known.guards] = PlannedForm(
            places, known.words, stemmed, form.weight / weight, form.kind, guards
        )
        if (known.words, stemmed) not in counted:
            counted.add((known.words, stemmed))
            frequency += known.frequency
    passages = max(lexicon.passages, 1)
    if term.labels:
        frequency += sum(s.passages for s in lexicon.speakers() if s.label in term.labels)
    if term.said:
        days = (term.said[1] - term.said[0]).days + 1
        frequency += int(passages * YEAR * min(days / 365, 1.0)) + 1
    frequency = min(frequency, passages)
    weight = weight or 1.0
    return PlannedTerm(
        term,
        tuple(forms.values()),
        frequency,
        weight,
        _rarity(frequency, lexicon) * weight,
        required,
    )


def _weight(form: Form) -> float:
    return form.weight


def _rarity(frequency: float, lexicon: Lexicon) -> float:
    """Inverse document frequency, in nats, as BM25 has it."""
    passages = max(lexicon.passages, 1)
    return math.log(1 + (passages - frequency + 0.5) / (frequency + 0.5))


class _Known(NamedTuple):
    """What a form is in one index, whatever the question: worked out once, as names come again."""

    words: tuple[str, ...]
    """Folded words, or stems."""
    slots: tuple[int, ...]
    """Twice the term number of each, plus one for a stem."""
    frequency: int
    """Of its rarest word, in passages."""
    guards: tuple[tuple[tuple[int, ...], int], ...]
    """The slots of longer names that the index has, and how many words of each stand before."""


def _known(
    form: Words, stemmed: bool, unless: tuple[Words, ...], lexicon: Lexicon
) -> _Known | None:
    """A form in the index; None if it has not all of its words."""
    key = (form, stemmed, unless)
    try:
        found: _Known | None = lexicon.remembered[key]
    except KeyError:
        if len(lexicon.remembered) >= REMEMBERED:
            lexicon.remembered.clear()
        found = lexicon.remembered[key] = _looked_up(form, stemmed, unless, lexicon)
    return found


def _looked_up(
    form: Words, stemmed: bool, unless: tuple[Words, ...], lexicon: Lexicon
) -> _Known | None:
    found = tuple(map(stem, form)) if stemmed else form
    frequencies = tuple(map(lexicon.stem_frequency if stemmed else lexicon.frequency, found))
    if not found or not all(frequencies):
        return None
    guards = []
    for name in unless:
        # By stem, so that a guard holds in every case of an inflected language.
        stems = tuple(map(stem, name))
        if all(map(lexicon.stem_frequency, stems)):
            wanted = _wanted(stems, True, lexicon)
            for before in range(len(name) - len(form) + 1):
                if name[before : before + len(form)] == form:
                    guards.append((wanted, before))
    return _Known(found, _wanted(found, stemmed, lexicon), min(frequencies), tuple(guards))


def _wanted(words: Words, stemmed: bool, lexicon: Lexicon) -> tuple[int, ...]:
    return tuple(2 * (lexicon.number(word) or 0) + stemmed for word in words)


def _places(wanted: tuple[int, ...], slots: dict[int, int]) -> tuple[int, ...] | None:
    """The slots of known words; None when there is no room for them."""
    if len(slots) + len(set(wanted) - slots.keys()) > MAX_SLOTS:
        return None
    return tuple([slots.setdefault(one, len(slots)) for one in wanted])
