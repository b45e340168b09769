"""Percolation: which standing questions does a new document meet, and with which passages?

The other way round than a search, and the same search: a question that may be met is answered
from the document alone, by the record's own counts, so that an alert and a search never disagree.
Most questions are passed over without that: the document has none of their words, or so few that
no passage of it could be an answer.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from corpus.search.analysis import words
from corpus.search.certainty import BEYOND_CHANCE, ENOUGH, MISSPELT
from corpus.search.index_builder import ranges
from corpus.search.plan import Plan, PlannedTerm, plan
from corpus.search.searcher import met
from corpus.search.standing import SETTLED, Standing, StandingQuestions, label_key
from corpus.search.understanding.transliteration import cyrillic, latin
from corpus.search.view import View
from corpus.search.weights import CertaintyWeights, fitted_weights
from corpus.types import Query

Flags = npt.NDArray[np.bool_]

SLACK: Final = 1e-6
"""By which a bound may miss for rounding."""


@dataclass(frozen=True, slots=True)
class _Held:
    """What documents have."""

    exact: Flags
    """Of each term of the index, whether they have the word, …"""
    stemmed: Flags
    """… and whether they have a word of that stem."""
    terms: frozenset[str]
    """The same as words, with the labels of their speakers as keys."""
    labels: frozenset[str]


class Percolator:
    """Matches standing questions with documents. One thread at a time."""

    def __init__(self) -> None:
        self._questions = StandingQuestions()
        self._working = threading.Lock()
        self._epoch = ""
        self._aliases = 0
        self._documents = 0

    def percolate(
        self, view: View, document_id: int, questions: Iterable[str], *, today: date
    ) -> dict[str, list[int]]:
        """The questions that a document meets, each with ids of its passages, the best first.

        A document that the view does not have, withdrawn for instance, meets none.
        """
        with self._working:
            self._notice(view)
            distinct = list(dict.fromkeys(questions))
            self._questions.keep(distinct)
            live = (view.state.live == 1) & (view.arrays.documents["id"] == document_id)
            numbers = np.flatnonzero(live)
            if not len(numbers):
                return {}
            number = int(numbers[-1])
            held = _held(view, numbers)
            found = {}
            for question in distinct:
                standing = self._questions.of(question, view.lexicon, today)
                if _may_meet(view, standing, held) and (ids := met(view, standing.queries, number)):
                    found[question] = ids
            return found

    def _notice(self, view: View) -> None:
        """Learn what was taken in since the last time."""
        manifest = view.manifest
        same = (self._epoch, self._aliases) == (manifest.epoch, view.aliases.revision)
        if not same or manifest.documents < self._documents:
            self._questions.clear()
        elif manifest.documents > self._documents:
            numbers = np.arange(self._documents, manifest.documents)
            held = _held(view, numbers)
            documents = view.arrays.documents[numbers]
            published = np.isin(view.arrays.documents["publisher"], documents["publisher"])
            if published.sum() <= len(numbers):
                # A publisher whom the record did not have may change how any question is read.
                self._questions.clear()
            else:
                passages = len(_rows(view, numbers))
                self._questions.notice(
                    held.terms, _fresh(view, held, passages), _names(view, held, passages)
                )
        self._epoch, self._aliases = manifest.epoch, view.aliases.revision
        self._documents = manifest.documents


def _rows(view: View, numbers: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    documents = view.arrays.documents[numbers]
    rows, _ = ranges(documents["first"], documents["passages"])
    return rows


def _held(view: View, numbers: npt.NDArray[np.int64]) -> _Held:
    documents = view.arrays.documents[numbers]
    passages = view.arrays.passages[_rows(view, numbers)]
    at, _ = ranges(
        np.concatenate((passages["text_at"], passages["question_at"], documents["title_at"])),
        np.concatenate(
            (passages["text_length"], passages["question_length"], documents["title_length"])
        ),
    )
    found = np.unique(view.arrays.words[at])
    exact = np.zeros(view.manifest.terms, np.bool_)
    exact[found] = True
    stems = np.unique(view.stems[found])
    stemmed = np.zeros(view.manifest.terms, np.bool_)
    stemmed[stems] = True
    speakers: set[int] = {*passages["speaker"].tolist(), *documents["speaker"].tolist()} - {-1}
    labels = frozenset(view.labels.speakers[speaker].label for speaker in speakers)
    terms = view.vocabulary.terms
    texts = {terms[number] for number in np.union1d(found, stems).tolist()}
    return _Held(exact, stemmed, frozenset(texts.union(map(label_key, labels))), labels)


def _fresh(view: View, held: _Held, passages: int) -> list[str]:
    """Words that the record may not have had, or not often, before these passages came."""
    counts: npt.NDArray[Any] = view.state.counts[0]
    numbers = np.flatnonzero(held.exact & (counts < SETTLED + passages))
    return [view.vocabulary.terms[number] for number in numbers.tolist()]


def _names(view: View, held: _Held, passages: int) -> list[str]:
    """The words of labels that are new or nearly so, in both alphabets."""
    own = {
        word
        for item in view.labels.speakers
        if item.label in held.labels and item.passages < SETTLED + passages
        for word in words(item.label)
    }
    return sorted(own.union(map(latin, own), *map(cyrillic, own)))


def _may_meet(view: View, standing: Standing, held: _Held) -> bool:
    """Whether a document could meet a question; False only where it certainly does not."""
    if standing.keys is not None and standing.keys.isdisjoint(held.terms):
        return False
    return any(_may_answer(view, query, held) for query in standing.queries)


def _may_answer(view: View, query: Query, held: _Held) -> bool:
    if query.speaker is not None and query.speaker.labels.isdisjoint(held.labels):
        return False
    planned = plan(query, view.lexicon)
    if not planned.terms:
        return True
    present = np.array([_has(planned, term, held) for term in planned.terms])
    phrases = [not term.term.is_name and term.required for term in planned.terms]
    if not present[phrases].all() or not present.any():
        return False
    return _bound(view, planned, present, fitted_weights().certainty) >= -SLACK


def _has(planned: Plan, term: PlannedTerm, held: _Held) -> bool:
    """Whether a document has every word of a form of a term, or a speaker whom it names."""
    if term.term.said or not term.term.labels.isdisjoint(held.labels):
        return True
    return any(all(_filled(planned, slot, held) for slot in form.slots) for form in term.forms)


def _filled(planned: Plan, number: int, held: _Held) -> bool:
    slot = planned.slots[number]
    return bool((held.stemmed if slot.stemmed else held.exact)[slot.number])


def _bound(view: View, planned: Plan, present: Flags, weights: CertaintyWeights) -> float:
    """At most how certainly a passage of the document is an answer, in logits.

    As :mod:`corpus.search.certainty` has it, for a passage that has all that is anywhere in the
    document; 0 where it may be an answer by being beyond chance.
    """
    rarest = float(np.log(1 + max(view.lexicon.passages, 1)))
    rarity = np.array([term.rarity for term in planned.terms])
    required = np.array([term.required for term in planned.terms])
    known = np.array([bool(term.forms) for term in planned.terms])
    ideal = max(float(rarity.sum()), 1e-9)
    held = float(rarity[present].sum())
    if held >= BEYOND_CHANCE * rarest and present.sum() >= 2:
        return 0.0
    lacking = rarity * ~present / rarest
    share = held / ideal
    evidence = {
        "coverage": (0.0, share),
        "around": (0.0, share),
        "bm25": (0.0, share),
        "proximity": (0.0, 1.0 if present.sum() > 1 else 0.0),
        "covered": (0.0, min(held / rarest, ENOUGH)),
        "missing_name": (_most(lacking[required]), _most(rarity[required] / rarest)),
        "missing_word": (_most(lacking[~required]), _most(rarity[~required] / rarest)),
        "unknown": (float(rarity[~known].sum()) / ideal,) * 2,
    }
    best = weights.bias + MISSPELT * (len(planned.query.repairs) > 1)
    for name, (least, most) in evidence.items():
        weight = weights.evidence[name]
        best += weight * (most if weight > 0 else least)
    return best


def _most(values: Sequence[float] | npt.NDArray[np.float64]) -> float:
    return float(max(values, default=0.0))
