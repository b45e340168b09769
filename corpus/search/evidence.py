"""What stands where: occurrences of a plan's terms in passages and what surrounds them.

All passages are looked at in one sweep over arrays of word numbers; no text is read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from corpus.search.index_builder import STATEMENT, ranges
from corpus.search.plan import MAX_SLOTS, Plan, PlannedForm
from corpus.search.view import Rows, View, day_number, label_numbers
from corpus.types import Term

Floats = npt.NDArray[np.float64]

TEXT: Final = 0
QUESTION: Final = 1
"""The question that the passage replies to."""
TITLE: Final = 2
BEFORE: Final = 3
"""The paragraph before it in the document, where that is a statement too."""
AFTER: Final = 4
FIELDS: Final = 5


@dataclass(frozen=True, slots=True)
class Evidence:
    """Occurrences in some passages, which are numbered here from 0 in the order of ``rows``."""

    rows: Rows
    passages: npt.NDArray[np.void]
    documents: npt.NDArray[np.void]
    """The DOCUMENT record of each passage."""
    counts: Floats
    """Weighted occurrences, of shape (terms, fields, passages)."""
    best: Floats
    """Weight of the best form that occurs, of the same shape; 0 where none does."""
    owner: npt.NDArray[np.int64]
    """For each occurrence in a text, by place: its passage, …"""
    place: npt.NDArray[np.int64]
    """… its place among all words looked at, …"""
    which: npt.NDArray[np.int64]
    """… and the number of its term."""


def gather(view: View, plan: Plan, rows: Rows) -> Evidence:
    """Look for a plan's terms in passages."""
    passages = view.arrays.passages[rows]
    documents = view.arrays.documents[passages["document"]]
    # Texts beside, questions and titles are shared by many passages: each is read once.
    around = _around(view, rows)
    neighbours = view.arrays.passages[around]
    questions, which_question = np.unique(passages["question_at"], return_index=True)
    titles, which_title = np.unique(documents["title_at"], return_index=True)
    starts = np.concatenate((neighbours["text_at"], questions, titles))
    lengths = np.concatenate(
        (
            neighbours["text_length"],
            passages["question_length"][which_question],
            documents["title_length"][which_title],
        )
    )
    at, _ = ranges(starts, lengths)
    sweep = _sweep(view, plan, at, np.repeat(np.arange(len(starts)), lengths))

    text = np.searchsorted(around, rows)
    nothing = len(starts)
    question = len(around) + np.searchsorted(questions, passages["question_at"])
    question[passages["question_length"] == 0] = nothing
    fields = np.stack(
        (
            text,
            question,
            len(around) + len(questions) + np.searchsorted(titles, documents["title_at"]),
            _beside(around, neighbours, rows, passages, -1, nothing),
            _beside(around, neighbours, rows, passages, 1, nothing),
        )
    )
    own = np.full(len(starts) + 1, -1)
    own[text] = np.arange(len(rows))
    shape = (len(plan.terms), FIELDS, len(rows))
    counts, best = np.zeros(shape), np.zeros(shape)
    places: list[npt.NDArray[np.int64]] = [np.zeros(0, np.int64)]
    terms: list[npt.NDArray[np.int64]] = [np.zeros(0, np.int64)]
    for number, term in enumerate(plan.terms):
        found, weights = _occurrences(term.forms, sweep)
        parts = sweep.part[found]
        counts[number] = np.bincount(parts, weights, nothing + 1)[fields]
        most = np.zeros(nothing + 1)
        np.maximum.at(most, parts, weights)
        best[number] = most[fields]
        if term.term.labels or term.term.said:
            met = _met_otherwise(view, term.term, passages, documents)
            np.maximum(counts[number, TEXT], met, out=counts[number, TEXT])
            np.maximum(best[number, TEXT], met, out=best[number, TEXT])
        in_text = found[own[parts] >= 0]
        places.append(in_text)
        terms.append(np.full(len(in_text), number))
    place, which = np.concatenate(places), np.concatenate(terms)
    order = np.argsort(place, kind="stable")
    return Evidence(
        rows,
        passages,
        documents,
        counts,
        best,
        own[sweep.part[place[order]]],
        place[order],
        which[order],
    )


def _met_otherwise(
    view: View, term: Term, passages: npt.NDArray[np.void], documents: npt.NDArray[np.void]
) -> npt.NDArray[np.bool_]:
    """Passages that need not have a term's words: by the speaker or of the year that it names."""
    met = np.zeros(len(passages), np.bool_)
    if term.labels:
        met |= np.isin(passages["speaker"], label_numbers(term.labels, view.labels))
    if term.said:
        first, last = map(day_number, term.said)
        met |= (documents["day"] >= first) & (documents["day"] <= last)
    return met


def _around(view: View, rows: Rows) -> Rows:
    """Passages and those before and after each."""
    found = np.concatenate((rows - 1, rows, rows + 1))
    return np.unique(found[(found >= 0) & (found < view.manifest.passages)])


def _beside(
    around: Rows,
    neighbours: npt.NDArray[np.void],
    rows: Rows,
    passages: npt.NDArray[np.void],
    step: int,
    nothing: int,
) -> npt.NDArray[np.int64]:
    """Where the passages so many rows on are; nowhere if that is no statement of the document."""
    found = np.minimum(np.searchsorted(around, rows + step), len(around) - 1)
    same = around[found] == rows + step
    same &= neighbours["document"][found] == passages["document"]
    same &= neighbours["kind"][found] == STATEMENT
    return np.where(same, found, nothing)


@dataclass(frozen=True, slots=True)
class _Sweep:
    """All words looked at, one after the other."""

    filled: tuple[npt.NDArray[np.uint8], npt.NDArray[np.uint8]]
    """The slot that each word fills as it stands, and by its stem, numbered from 1; 0: none."""
    stemmed: tuple[bool, ...]
    """Of each slot, whether words fill it by their stem."""
    part: npt.NDArray[np.int64]
    """The text, question or title that each word is of."""
    hits: npt.NDArray[np.int64]
    """Places of words that fill a slot."""
    hit_slots: tuple[npt.NDArray[np.uint8], npt.NDArray[np.uint8]]
    """``filled`` at the hits."""

    def at(self, places: npt.NDArray[np.int64], slot: int) -> npt.NDArray[np.bool_]:
        """At which places a slot is filled."""
        return np.asarray(self.filled[self.stemmed[slot]][places] == slot + 1)


def _sweep(
    view: View, plan: Plan, at: npt.NDArray[np.int64], part: npt.NDArray[np.int64]
) -> _Sweep:
    words = view.arrays.words[at]
    size = view.manifest.terms
    # One byte a term, so that the tables stay in the processor's cache.
    exact, stemmed = np.zeros(size, np.uint8), np.zeros(size, np.uint8)
    for number, slot in enumerate(plan.slots, 1):
        (stemmed if slot.stemmed else exact)[slot.number] = number
    filled = exact[words], stemmed[view.stems[words]]
    hits = np.flatnonzero(filled[0] | filled[1])
    return _Sweep(
        filled,
        tuple(slot.stemmed for slot in plan.slots),
        part,
        hits,
        (filled[0][hits], filled[1][hits]),
    )


def _occurrences(
    forms: Sequence[PlannedForm], sweep: _Sweep
) -> tuple[npt.NDArray[np.int64], Floats]:
    """Where a term stands and the weight of its best form there."""
    # Forms of one word need no more than a look at each hit.
    tables = np.zeros((2, MAX_SLOTS + 1))
    places: list[npt.NDArray[Any]] = []
    weights: list[Floats] = []
    for form in forms:
        slot = form.slots[0]
        if len(form.slots) == 1 and not form.unless:
            table = tables[int(sweep.stemmed[slot])]
            table[slot + 1] = max(table[slot + 1], form.weight)
            continue
        found = sweep.hits[sweep.hit_slots[sweep.stemmed[slot]] == slot + 1]
        if len(form.slots) > 1:
            found = found[_runs(sweep, found, form.slots)]
        for guard in form.unless:
            found = found[~_runs(sweep, found - guard.before, guard.slots)]
        places.append(found)
        weights.append(np.full(len(found), form.weight))
    single = np.maximum(tables[0][sweep.hit_slots[0]], tables[1][sweep.hit_slots[1]])
    kept = np.flatnonzero(single)
    if not places:
        return sweep.hits[kept], single[kept]
    places.append(sweep.hits[kept])
    weights.append(single[kept])
    at, weight = np.concatenate(places), np.concatenate(weights)
    order = np.lexsort((-weight, at))
    at, weight = at[order], weight[order]
    first = np.flatnonzero(np.diff(at, prepend=-1))
    return at[first], weight[first]


def _runs(
    sweep: _Sweep, places: npt.NDArray[np.int64], slots: Sequence[int]
) -> npt.NDArray[np.bool_]:
    """At which places consecutive words, of one part, fill these slots."""
    last = places + len(slots) - 1
    inside = (places >= 0) & (last < len(sweep.part))
    places = np.where(inside, places, 0)
    inside &= sweep.part[places] == sweep.part[np.where(inside, last, 0)]
    for step, slot in enumerate(slots):
        inside &= sweep.at(np.where(inside, places + step, 0), slot)
    return inside
