"""From a question to the passages that answer it, or to silence."""

from __future__ import annotations

from datetime import date

from corpus.search.candidates import Candidates, candidates
from corpus.search.findings import Findings, Found
from corpus.search.plan import Plan, PlannedTerm, plan
from corpus.search.ranking import Ranked, fitted_weights, rank
from corpus.search.silence import before_searching, silence
from corpus.search.understanding import parse
from corpus.search.view import View, as_date
from corpus.types import AlsoSaid, Query, Silence, SilenceReason


def search(view: View, question: str, *, limit: int, offset: int = 0, today: date) -> Findings:
    """Answer a question from one view of the index."""
    query = parse(question, lexicon=view.lexicon, today=today)
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
    best = candidates(view, planned, required)
    if not len(best.rows):
        return Findings(query, silence=_nothing(view, planned, required))
    ranked = rank(view, planned, best.rows, fitted_weights(), top=max(60, offset + limit + 20))
    return _findings(query, ranked, best, absent, limit, offset)


def _nothing(view: View, planned: Plan, required: tuple[PlannedTerm, ...]) -> Silence:
    found = silence(view, planned, SilenceReason.FILTERED, (), required)
    if found.loosened:
        return found
    missing = tuple(term.term.text for term in planned.terms if not term.required)
    return silence(view, planned, SilenceReason.NOT_THIS_TOPIC, missing)


def _findings(
    query: Query,
    ranked: Ranked,
    best: Candidates,
    absent: tuple[str, ...],
    limit: int,
    offset: int,
) -> Findings:
    evidence = ranked.evidence
    hits = []
    for number in ranked.order[offset : offset + limit].tolist():
        also = tuple(
            AlsoSaid(
                int(evidence.passages["id"][other]),
                int(evidence.documents["id"][other]),
                as_date(int(evidence.documents["day"][other])),
            )
            for other in ranked.duplicates.get(number, [])
        )
        hits.append(
            Found(
                int(evidence.passages["id"][number]),
                float(ranked.scores[number]),
                bool(ranked.unsure[number]),
                also,
            )
        )
    folded = sum(map(len, ranked.duplicates.values()))
    return Findings(query, tuple(hits), best.total - folded, uncovered=absent)
