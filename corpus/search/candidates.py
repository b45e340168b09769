"""The first step of ranking: the engine's best few hundred passages for a plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import tantivy

from corpus.search import engine
from corpus.search.analysis import fold, stem
from corpus.search.index_files import Labels
from corpus.search.plan import Plan, PlannedForm, PlannedTerm
from corpus.search.view import Rows, View
from corpus.types import Query

CANDIDATES: Final = 300
"""How many passages are ranked; the engine's own order is good enough beyond."""
QUESTION_WEIGHT: Final = 0.4
TITLE_WEIGHT: Final = 0.15


@dataclass(frozen=True, slots=True)
class Candidates:
    """Passages worth ranking, by row, in order of their rows."""

    rows: Rows
    total: int
    """How many passages meet the query in all."""


def candidates(
    view: View, plan: Plan, required: Sequence[PlannedTerm], *, limit: int = CANDIDATES
) -> Candidates:
    """The engine's best passages that have all of ``required`` and keep to the filters."""
    query = matching(view, plan, required)
    rows, _, total = engine.rows(view.searcher, query, limit)
    live = view.live_rows(rows)
    numbers = np.sort(np.asarray(rows, np.int64)[live])
    return Candidates(numbers, max(total - int((~live).sum()), len(numbers)))


def count(view: View, plan: Plan, required: Sequence[PlannedTerm]) -> int:
    """About how many passages have all of ``required`` and keep to the plan's filters."""
    return engine.count(view.searcher, matching(view, plan, required))


def matching(view: View, plan: Plan, required: Sequence[PlannedTerm]) -> tantivy.Query:
    """The engine's query for a plan."""
    must = [_anywhere(term) for term in required]
    should = [_anywhere(term) for term in plan.terms if term.forms and term not in required]
    if should and not must:
        must, should = [engine.any_of(should)], []
    must += [engine.unscored(query) for query in filters(plan.query, view.labels)]
    if not must:
        must = [engine.everything()]
    must_not = [engine.phrase(engine.TEXT, found) for found in plan.excluded]
    return engine.combined(must, should, must_not)


def _anywhere(term: PlannedTerm) -> tantivy.Query:
    queries = []
    for form in term.forms:
        queries += _form(form)
    return engine.any_of(queries)


def _form(form: PlannedForm) -> list[tantivy.Query]:
    stems = form.words if form.stemmed else tuple(map(stem, form.words))
    field = engine.STEM if form.stemmed else engine.TEXT
    return [
        engine.boosted(engine.phrase(field, form.words), form.weight),
        engine.boosted(engine.phrase(engine.QUESTION, stems), form.weight * QUESTION_WEIGHT),
        engine.boosted(engine.phrase(engine.TITLE, stems), form.weight * TITLE_WEIGHT),
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
        found.append(_one_of(engine.LANGUAGE, [query.language], labels.languages))
    if query.publisher is not None:
        found.append(_one_of(engine.PUBLISHER, [query.publisher], labels.publishers))
    return found


def speaker_numbers(query: Query, labels: Labels) -> list[int]:
    """The label numbers of the speaker asked for."""
    wanted = query.speaker.labels if query.speaker is not None else frozenset()
    return [number for number, item in enumerate(labels.speakers) if item.label in wanted]


def _one_of(field: str, wanted: Sequence[str], names: Sequence[str]) -> tantivy.Query:
    folded = [fold(name) for name in wanted]
    same = [number for number, name in enumerate(names) if fold(name) in folded]
    if not same:
        same = [
            number for number, name in enumerate(names) if any(one in fold(name) for one in folded)
        ]
    if not same:
        return tantivy.Query.empty_query()
    return engine.any_of([engine.term(field, number) for number in same])


def _day(day: date | None) -> int | None:
    return None if day is None else day.year * 10_000 + day.month * 100 + day.day
