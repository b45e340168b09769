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
    size = len(rows)
    before, after = (_beside(view, rows, passages, step) for step in (-1, 1))
    starts = np.concatenate(
        (
            passages["text_at"],
            passages["question_at"],
            documents["title_at"],
            before["text_at"],
            after["text_at"],
        )
    )
    lengths = np.concatenate(
        (
            passages["text_length"],
            passages["question_length"],
            documents["title_length"],
            before["text_length"],
            after["text_length"],
        )
    )
    at, _ = ranges(starts, lengths)
    marks = _marks(view, plan, view.arrays.words[at])
    part = np.repeat(np.arange(FIELDS * size), lengths)
    hits = np.flatnonzero(marks)
    counts = np.zeros((len(plan.terms), FIELDS * size))
    best = np.zeros_like(counts)
    places: list[npt.NDArray[np.int64]] = [np.zeros(0, np.int64)]
    terms: list[npt.NDArray[np.int64]] = [np.zeros(0, np.int64)]
    for number, term in enumerate(plan.terms):
        found, weights = _occurrences(term.forms, marks, part, hits)
        parts = part[found]
        counts[number] = np.bincount(parts, weights, FIELDS * size)
        np.maximum.at(best[number], parts, weights)
        in_text = found[parts < size]
        places.append(in_text)
        terms.append(np.full(len(in_text), number))
    place, which = np.concatenate(places), np.concatenate(terms)
    order = np.argsort(place, kind="stable")
    shape = (len(plan.terms), FIELDS, size)
    return Evidence(
        rows,
        passages,
        documents,
        counts.reshape(shape),
        best.reshape(shape),
        part[place[order]],
        place[order],
        which[order],
    )


def _beside(
    view: View, rows: Rows, passages: npt.NDArray[np.void], step: int
) -> npt.NDArray[np.void]:
    """The passages so many rows on; without words where that is no statement of the document."""
    found = view.arrays.passages[np.clip(rows + step, 0, view.manifest.passages - 1)]
    other = (found["document"] != passages["document"]) | (found["id"] == passages["id"])
    found["text_length"][other | (found["kind"] != STATEMENT)] = 0
    return found


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
