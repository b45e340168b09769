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
from corpus.search.plan import Plan, PlannedForm
from corpus.search.view import Rows, View

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
    marks = _marks(view, plan, view.arrays.words[at])
    part = np.repeat(np.arange(len(starts)), lengths)
    hits = np.flatnonzero(marks)

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
        found, weights = _occurrences(term.forms, marks, part, hits)
        parts = part[found]
        counts[number] = np.bincount(parts, weights, nothing + 1)[fields]
        most = np.zeros(nothing + 1)
        np.maximum.at(most, parts, weights)
        best[number] = most[fields]
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
        own[part[place[order]]],
        place[order],
        which[order],
    )


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


def _marks(view: View, plan: Plan, words: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint64]:
    """For each word, the set of slots that it fills, as bits."""
    size = view.manifest.terms
    exact, stemmed = np.zeros(size, np.uint64), np.zeros(size, np.uint64)
    for number, slot in enumerate(plan.slots):
        (stemmed if slot.stemmed else exact)[slot.number] |= np.uint64(1 << number)
    marks: npt.NDArray[np.uint64] = exact[words] | stemmed[view.stems[words]]
    return marks


def _occurrences(
    forms: Sequence[PlannedForm],
    marks: npt.NDArray[np.uint64],
    part: npt.NDArray[np.int64],
    hits: npt.NDArray[np.int64],
) -> tuple[npt.NDArray[np.int64], Floats]:
    """Where a term stands and the weight of its best form there."""
    places: list[npt.NDArray[Any]] = [np.zeros(0, np.int64)]
    weights: list[Floats] = [np.zeros(0)]
    marked = marks[hits]
    for form in forms:
        found = hits[_filled(marked, form.slots[0])]
        if len(form.slots) > 1:
            found = found[_runs(marks, part, found, form.slots)]
        for guard in form.unless:
            found = found[~_runs(marks, part, found - guard.before, guard.slots)]
        places.append(found)
        weights.append(np.full(len(found), form.weight))
    # Forms come best first, and unique keeps the first of equal places.
    unique, kept = np.unique(np.concatenate(places), return_index=True)
    return unique, np.concatenate(weights)[kept]


def _runs(
    marks: npt.NDArray[np.uint64],
    part: npt.NDArray[np.int64],
    places: npt.NDArray[np.int64],
    slots: Sequence[int],
) -> npt.NDArray[np.bool_]:
    """At which places consecutive words, of one part, fill these slots."""
    last = places + len(slots) - 1
    inside = (places >= 0) & (last < len(marks))
    places = np.where(inside, places, 0)
    inside &= part[places] == part[np.where(inside, last, 0)]
    for step, slot in enumerate(slots):
        inside &= _filled(marks[np.where(inside, places + step, 0)], slot)
    return inside


def _filled(marks: npt.NDArray[np.uint64], slot: int) -> npt.NDArray[np.bool_]:
    return np.asarray((marks >> np.uint64(slot)) & np.uint64(1) == 1)
