"""From a question to the passages that answer it, or to silence."""

from __future__ import annotations

from datetime import date
from typing import Final

from corpus.search import understanding
from corpus.search.candidates import CANDIDATES, candidates
from corpus.search.findings import Findings, Found
from corpus.search.plan import Plan, PlannedTerm, plan
from corpus.search.ranking import Ranked, fitted_weights, rank
from corpus.search.silence import before_searching, silence
from corpus.search.view import View, as_date
from corpus.types import AlsoSaid, Query, Silence, SilenceReason

WIDE: Final = 20 * CANDIDATES
"""Candidates looked at when none of the first ones keeps to what the engine can't tell."""


def search(view: View, question: str, *, limit: int, offset: int = 0, today: date) -> Findings:
    """Answer a question from one view of the index."""
    query = understanding.parse(question, lexicon=view.lexicon, today=today)
    return answer(view, query, limit=limit, offset=offset)


def answer(view: View, query: Query, *, limit: int, offset: int = 0) -> Findings:
    """Answer a parsed question from one view of the index."""
    planned = plan(query, view.lexicon)
    reason = before_searching(view, query)
    if reason is not None:
        return Findings(query, silence=silence(view, planned, reason))
    required = tuple(term for term in planned.terms if term.required)
    absent = tuple(term.term.text for term in planned.terms if not term.forms)
    if any(not term.forms for term in required) or (
        planned.terms and all(not term.forms for term in planned.terms)
    ):
        found = silence(view, planned, SilenceReason.UNKNOWN_TERMS, absent)
        return Findings(query, silence=found)
    ranked, total = _ranked(view, planned, required, limit + offset)
    if not len(ranked.order):
        return Findings(query, silence=_nothing(view, planned, required))
    hits = tuple(_found(ranked, number) for number in ranked.order[offset:][:limit].tolist())
    return Findings(query, hits, total, uncovered=absent)


def _ranked(
    view: View, planned: Plan, required: tuple[PlannedTerm, ...], wanted: int
) -> tuple[Ranked, int]:
    """Passages in order, and about how many there are."""
    numbers = [number for number, term in enumerate(planned.terms) if term.required]
    for limit in (max(CANDIDATES, wanted), WIDE):
        best = candidates(view, planned, required, limit=limit)
        ranked = rank(view, planned, best.rows, fitted_weights(), required=numbers, top=wanted + 50)
        if len(ranked.order) or best.total <= limit:
            break
    dropped = len(best.rows) - len(ranked.order)
    return ranked, max(best.total - dropped, len(ranked.order))


def _nothing(view: View, planned: Plan, required: tuple[PlannedTerm, ...]) -> Silence:
    found = silence(view, planned, SilenceReason.FILTERED, (), required)
    if found.loosened:
        return found
    missing = tuple(term.term.text for term in planned.terms if not term.required)
    return silence(view, planned, SilenceReason.NOT_THIS_TOPIC, missing)


def _found(ranked: Ranked, number: int) -> Found:
    evidence = ranked.evidence
    also = tuple(
        AlsoSaid(
            int(evidence.passages["id"][other]),
            int(evidence.documents["id"][other]),
            as_date(int(evidence.documents["day"][other])),
        )
        for other in ranked.duplicates.get(number, [])
    )
    return Found(
        int(evidence.passages["id"][number]),
        float(ranked.scores[number]),
        bool(ranked.unsure[number]),
        also,
    )
