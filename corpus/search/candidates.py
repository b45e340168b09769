"""The first step of ranking: the engine's best few hundred passages for a plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import numpy as np
import numpy.typing as npt
import tantivy

from corpus.search import engine
from corpus.search.analysis import fold, stem
from corpus.search.index_builder import STATEMENT
from corpus.search.index_files import Labels
from corpus.search.plan import Plan, PlannedForm, PlannedTerm
from corpus.search.view import Rows, View, day_number, label_numbers
from corpus.types import Query

CANDIDATES: Final = 150
"""Passages of the engine that are ranked."""
FEW: Final = 40
"""With fewer passages that have all names, those that have any term are ranked too."""
SEEDS: Final = 30
"""Of the engine's best passages, how many bring those beside them."""
COMMON: Final = 0.1
"""Share of the passages above which a word does not bring in candidates by itself."""
BESIDE: Final = (-1, 1)
"""Which paragraphs of the document these are."""
LAST_DAY: Final = 99_991_231
QUESTION_WEIGHT: Final = 0.4
TITLE_WEIGHT: Final = 0.15


@dataclass(frozen=True, slots=True)
class Candidates:
    """Passages worth ranking, by row, in order of their rows."""

    rows: Rows
    total: int
    """How many passages have all names and keep to the filters."""


def candidates(
    view: View, plan: Plan, *, limit: int = CANDIDATES, within: int | None = None
) -> Candidates:
    """Passages worth ranking: those with all names, then those with any term, and what is by.

    What stands beside them in the document may say more about the subject without naming it, so
    it is looked at too, where it keeps to the filters. ``within`` is the number of the one document
    that is looked at, for alerts; all of them otherwise.
    """
    if plan.terms and not any(term.sought for term in plan.terms):
        return Candidates(np.zeros(0, np.int64), 0)
    required = [term for term in plan.terms if term.required and term.sought]
    phrases = [term for term in plan.terms if term.required and not term.term.is_name]
    if any(not phrase.forms for phrase in phrases):
        return Candidates(np.zeros(0, np.int64), 0)
    rows, total = _best(view, matching(view, plan, required, within), limit)
    found = [rows]
    if len(rows) < FEW and len(required) > len(phrases):
        found.append(_best(view, matching(view, plan, phrases, within), limit)[0])
    if plan.query.speaker is not None:
        # Words of others, which the speaker's own stand beside.
        anyone = replace(plan, query=replace(plan.query, speaker=None))
        found.append(_best(view, matching(view, anyone, required, within), SEEDS)[0])
    if not plan.excluded and not phrases:
        found += _beside(view, np.unique(np.concatenate([one[:SEEDS] for one in found])))
    everyone = np.unique(np.concatenate(found))
    return Candidates(everyone[keeping(view, plan.query, everyone)], total)


def _beside(view: View, seeds: Rows) -> list[Rows]:
    documents = view.arrays.passages["document"]
    found = []
    for step in BESIDE:
        moved = np.clip(seeds + step, 0, view.manifest.passages - 1)
        found.append(moved[documents[moved] == documents[seeds]])
    return found


def _best(view: View, query: tantivy.Query, limit: int) -> tuple[Rows, int]:
    rows, _, total = engine.rows(view.searcher, query, limit)
    live = view.live_rows(rows)
    numbers = np.asarray(rows, np.int64)[live]
    return numbers, max(total - int((~live).sum()), len(numbers))


def keeping(view: View, query: Query, rows: Rows) -> npt.NDArray[np.bool_]:
    """Which passages are statements that keep to the query's filters; the engine's rule again."""
    passages = view.arrays.passages.take(rows)
    documents = view.arrays.documents.take(passages["document"])
    kept: npt.NDArray[np.bool_] = (passages["kind"] == STATEMENT) & (
        view.state.live[passages["document"]] == 1
    )
    if query.speaker is not None:
        asked = speaker_numbers(query, view.labels)
        own = np.isin(passages["speaker"], asked)
        unsure = (passages["speaker"] == -1) & np.isin(documents["speaker"], asked)
        kept &= own | unsure
    first, last = _day(query.date_from), _day(query.date_to)
    if first is not None or last is not None:
        kept &= documents["day"] >= max(first or 0, 1)
        kept &= documents["day"] <= (LAST_DAY if last is None else last)
    if query.language is not None:
        kept &= np.isin(documents["language"], _numbers(query.language, view.labels.languages))
    if query.publisher is not None:
        kept &= np.isin(documents["publisher"], _numbers(query.publisher, view.labels.publishers))
    return kept


def matching(
    view: View, plan: Plan, required: Sequence[PlannedTerm], within: int | None = None
) -> tantivy.Query:
    """The engine's query for a plan, in all documents or in the one of this number."""
    must = [_anywhere(term, view.labels) for term in required]
    others = [term for term in plan.terms if term.sought and term not in required]
    if others and not must:
        # Common words bring in half the record, and hardly change who is best.
        common = COMMON * view.lexicon.passages
        rare = [term for term in others if term.frequency <= common] or others
        must, others = [engine.any_of([_anywhere(term, view.labels) for term in rare])], []
    should = [_anywhere(term, view.labels) for term in others]
    must += [engine.unscored(query) for query in filters(plan.query, view.labels)]
    if within is not None:
        must.append(engine.unscored(engine.term(engine.DOCUMENT, within)))
    if not must:
        must = [engine.everything()]
    must_not = [engine.phrase(engine.TEXT, found) for found in plan.excluded]
    return engine.combined(must, should, must_not)


def _anywhere(term: PlannedTerm, labels: Labels) -> tantivy.Query:
    queries = []
    for number in label_numbers(term.term.labels, labels):
        queries.append(engine.scored(engine.term(engine.SPEAKER, number), term.rarity))
    if term.term.said:
        year = engine.days(*map(day_number, term.term.said))
        queries.append(engine.scored(year, term.rarity))
    for form in term.forms:
        # "united states of america" finds nothing that "united states" doesn't.
        if not any(_within(other, form) for other in term.forms):
            queries += _form(form, form.weight * term.weight)
    return engine.any_of(queries)


def _within(form: PlannedForm, longer: PlannedForm) -> bool:
    size = len(form.words)
    return (
        size < len(longer.words)
        and form.stemmed == longer.stemmed
        and any(
            longer.words[place : place + size] == form.words
            for place in range(len(longer.words) - size + 1)
        )
    )


def _form(form: PlannedForm, weight: float) -> list[tantivy.Query]:
    stems = form.words if form.stemmed else tuple(map(stem, form.words))
    field = engine.STEM if form.stemmed else engine.TEXT
    return [
        engine.boosted(engine.phrase(field, form.words), weight),
        engine.boosted(engine.phrase(engine.QUESTION, stems), weight * QUESTION_WEIGHT),
        engine.boosted(engine.phrase(engine.TITLE, stems), weight * TITLE_WEIGHT),
    ]


def filters(query: Query, labels: Labels) -> list[tantivy.Query]:
    """What a passage must keep to: speaker, dates, language, publisher."""
    found = []
    if query.speaker is not None:
        numbers = speaker_numbers(query, labels)
        own = [engine.term(engine.SPEAKER, number) for number in numbers]
        of_document = [engine.term(engine.DOCUMENT_SPEAKER, number) for number in numbers]
        if own:
            unsure = engine.combined([engine.term(engine.SPEAKER, -1), engine.any_of(of_document)])
            found.append(engine.any_of([*own, unsure]))
        else:
            found.append(tantivy.Query.empty_query())
    if query.date_from is not None or query.date_to is not None:
        found.append(engine.days(_day(query.date_from), _day(query.date_to)))
    if query.language is not None:
        found.append(_one_of(engine.LANGUAGE, _numbers(query.language, labels.languages)))
    if query.publisher is not None:
        found.append(_one_of(engine.PUBLISHER, _numbers(query.publisher, labels.publishers)))
    return found


def speaker_numbers(query: Query, labels: Labels) -> list[int]:
    """The label numbers of the speaker asked for."""
    return label_numbers(query.speaker.labels, labels) if query.speaker is not None else []


def _one_of(field: str, numbers: Sequence[int]) -> tantivy.Query:
    if not numbers:
        return tantivy.Query.empty_query()
    return engine.any_of([engine.term(field, number) for number in numbers])


def _numbers(wanted: str, names: Sequence[str]) -> list[int]:
    """Label numbers of this name; of names with it inside where none is the same."""
    folded = fold(wanted)
    same = [number for number, name in enumerate(names) if fold(name) == folded]
    return same or [number for number, name in enumerate(names) if folded in fold(name)]


def _day(day: date | None) -> int | None:
    return None if day is None else day_number(day)
