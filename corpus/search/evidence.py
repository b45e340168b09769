"""What stands where: occurrences of a plan's terms in passages and what surrounds them.

All passages are looked at in one sweep over arrays of word numbers; no text is read. Each word
is looked up once, in a table of the plan's slots; what follows is about the few that are found.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from corpus.search.index_builder import STATEMENT, ranges
from corpus.search.plan import MAX_SLOTS, Plan, PlannedForm, PlannedTerm
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
    passages = view.arrays.passages.take(rows)
    documents = view.arrays.documents.take(passages["document"])
    # Texts beside and questions are shared by many passages: each is read once.
    beside, is_beside = _beside(view, passages, rows)
    around, texts = np.unique(np.concatenate((rows, beside)), return_inverse=True)
    neighbours = view.arrays.passages.take(around)
    questions, first, asked = np.unique(
        passages["question_at"], return_index=True, return_inverse=True
    )
    starts = (neighbours["text_at"], questions, documents["title_at"])
    lengths = (
        neighbours["text_length"],
        passages["question_length"][first],
        documents["title_length"],
    )
    sweep = _sweep(view, plan, np.concatenate(starts), np.concatenate(lengths))

    size, nothing = len(rows), sweep.parts
    text, before, after = texts.reshape(3, size)
    fields = np.stack(
        (
            text,
            np.where(passages["question_length"] > 0, len(around) + asked, nothing),
            np.arange(nothing - size, nothing),
            np.where(is_beside[:size], before, nothing),
            np.where(is_beside[size:], after, nothing),
        )
    )
    which, place, weight = _occurrences(plan.terms, sweep)
    part = sweep.part[place]
    shape = (len(plan.terms), nothing + 1)
    # With one index, at is ten times as fast as with two.
    at = which * shape[1] + part
    summed, most = np.zeros(shape), np.zeros(shape)
    np.add.at(summed.reshape(-1), at, weight)
    np.maximum.at(most.reshape(-1), at, weight)
    counts, best = summed[:, fields], most[:, fields]
    for number, term in enumerate(plan.terms):
        if term.term.labels or term.term.said:
            met = _met_otherwise(view, term.term, passages, documents)
            np.maximum(counts[number, TEXT], met, out=counts[number, TEXT])
            np.maximum(best[number, TEXT], met, out=best[number, TEXT])
    own = np.full(nothing + 1, -1)
    own[text] = np.arange(size)
    owner = own[part]
    in_text = np.flatnonzero(owner >= 0)
    return Evidence(
        rows,
        passages,
        documents,
        counts,
        best,
        owner[in_text],
        place[in_text],
        which[in_text],
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


def _beside(
    view: View, passages: npt.NDArray[np.void], rows: Rows
) -> tuple[Rows, npt.NDArray[np.bool_]]:
    """The passages before each and those after each, and which are statements of its document.

    Where one isn't, the passage itself stands there.
    """
    found = np.concatenate((rows - 1, rows + 1)).clip(0, view.manifest.passages - 1)
    own = np.concatenate((rows, rows))
    records = view.arrays.passages.take(found)
    document = passages["document"]
    beside = (found != own) & (records["kind"] == STATEMENT)
    beside &= records["document"] == np.concatenate((document, document))
    return np.where(beside, found, own), beside


@dataclass(frozen=True, slots=True)
class _Sweep:
    """All words looked at, one after the other, and one behind the last."""

    parts: int
    """How many texts, questions and titles there are."""
    part: npt.NDArray[np.int32]
    """Which of them each word is of."""
    filled: npt.NDArray[np.uint16]
    """The slots that each word fills, numbered from 1: as it stands in the low byte, by its stem
    in the high one."""
    stemmed: tuple[bool, ...]
    """Of each slot, whether words fill it by their stem."""
    hits: npt.NDArray[np.int64]
    """Places of words that fill a slot."""
    exact: npt.NDArray[np.uint8]
    """The low byte of ``filled`` at the hits, …"""
    by_stem: npt.NDArray[np.uint8]
    """… and the high one."""

    def filling(self, slot: int) -> npt.NDArray[np.int64]:
        """The places of words that fill a slot."""
        filled = self.by_stem if self.stemmed[slot] else self.exact
        return np.asarray(self.hits[filled == slot + 1])

    def runs(self, places: npt.NDArray[np.int64], slots: Sequence[int]) -> npt.NDArray[np.int64]:
        """Those of the places from which on consecutive words, of one part, fill these slots."""
        for step, slot in enumerate(slots):
            if not len(places):
                break
            at = places + step
            filled = _by_stem(self.filled[at]) if self.stemmed[slot] else _exact(self.filled[at])
            places = places[(filled == slot + 1) & (self.part[at] == self.part[places])]
        return places


def _sweep(
    view: View, plan: Plan, starts: npt.NDArray[np.int64], lengths: npt.NDArray[np.int32]
) -> _Sweep:
    at, _ = ranges(starts, lengths)
    # Two bytes a term, so that the table stays in the processor's cache.
    table = np.zeros(view.manifest.terms, np.uint16)
    for number, slot in enumerate(plan.slots, 1):
        if slot.stemmed:
            table[view.inflections(slot.number)] |= number << 8
        else:
            table[slot.number] |= number
    part = np.full(len(at) + 1, len(starts), np.int32)
    part[:-1] = np.repeat(np.arange(len(starts), dtype=np.int32), lengths)
    filled = np.zeros(len(at) + 1, np.uint16)
    # take is twice as fast as square brackets.
    filled[:-1] = table.take(view.arrays.words.take(at))
    hits = np.flatnonzero(filled != 0)
    found = filled[hits]
    return _Sweep(
        len(starts),
        part,
        filled,
        tuple(slot.stemmed for slot in plan.slots),
        hits,
        _exact(found),
        _by_stem(found),
    )


def _exact(filled: npt.NDArray[np.uint16]) -> npt.NDArray[np.uint8]:
    return filled.astype(np.uint8)


def _by_stem(filled: npt.NDArray[np.uint16]) -> npt.NDArray[np.uint8]:
    return (filled >> 8).astype(np.uint8)


def _occurrences(
    terms: Sequence[PlannedTerm], sweep: _Sweep
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], Floats]:
    """Which term stands where, and the weight of its best form there, by place and term."""
    # Forms of one word need no more than a look at each hit.
    tables = np.zeros((2, len(terms), MAX_SLOTS + 1))
    found: list[tuple[int, npt.NDArray[np.int64], float]] = []
    for number, term in enumerate(terms):
        for form in term.forms:
            slot = form.slots[0]
            if len(form.slots) == 1 and not form.unless:
                table = tables[int(sweep.stemmed[slot]), number]
                table[slot + 1] = max(table[slot + 1], form.weight)
            elif len(places := _standing(form, sweep)):
                found.append((number, places, form.weight))
    single = np.maximum(tables[0].T[sweep.exact], tables[1].T[sweep.by_stem])
    hit, which = np.nonzero(single)
    place, weight = sweep.hits[hit], single[hit, which]
    if not found:
        return which, place, weight
    place = np.concatenate((place, *(places for _, places, _ in found)))
    which = np.concatenate((which, *(np.full(len(places), one) for one, places, _ in found)))
    weight = np.concatenate((weight, *(np.full(len(places), one) for _, places, one in found)))
    order = np.lexsort((-weight, which, place))
    which, place, weight = which[order], place[order], weight[order]
    first = np.ones(len(order), np.bool_)
    first[1:] = (place[1:] != place[:-1]) | (which[1:] != which[:-1])
    return which[first], place[first], weight[first]


def _standing(form: PlannedForm, sweep: _Sweep) -> npt.NDArray[np.int64]:
    """Where a form of several words stands, or one that longer names guard."""
    places = sweep.filling(form.slots[0])
    if len(form.slots) > 1:
        places = sweep.runs(places, form.slots)
    for guard in form.unless:
        if not len(places):
            break
        starts = places - guard.before
        guarded = sweep.runs(starts[starts >= 0], guard.slots)
        if len(guarded):
            places = np.setdiff1d(places, guarded + guard.before, assume_unique=True)
    return places
