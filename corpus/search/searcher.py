"""From a question to the passages that answer it, or to silence."""

from __future__ import annotations

from datetime import date

from corpus.search import understanding
from corpus.search.candidates import candidates
from corpus.search.findings import Findings, Found
from corpus.search.plan import Plan, plan
from corpus.search.ranking import Ranked, fitted_weights, merged, rank
from corpus.search.silence import before_searching, silence
from corpus.search.view import View, as_date
from corpus.types import AlsoSaid, Query, SilenceReason


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
    best = candidates(view, planned)
    if not len(best.rows):
        return Findings(query, silence=silence(view, planned, SilenceReason.FILTERED))
    ranked = rank(view, planned, best.rows, fitted_weights())
    order, duplicates = merged(ranked.evidence, ranked.order, offset + limit + 50)
    hits = tuple(
        _found(ranked, number, duplicates.get(number, []))
        for number in order[offset:][:limit].tolist()
    )
    return Findings(query, hits, max(best.total, len(hits)), uncovered=_uncovered(planned, ranked))


def _uncovered(planned: Plan, ranked: Ranked) -> tuple[str, ...]:
    return tuple(
        term.term.text
        for term, covered in zip(planned.terms, ranked.features.covered, strict=True)
        if not covered[ranked.order[:1]].any()
    )


def _found(ranked: Ranked, number: int, others: list[int]) -> Found:
    evidence = ranked.evidence
    also = tuple(
        AlsoSaid(
            int(evidence.passages["id"][other]),
            int(evidence.documents["id"][other]),
            as_date(int(evidence.documents["day"][other])),
        )
        for other in others
    )
    return Found(
        int(evidence.passages["id"][number]),
        float(ranked.scores[number]),
        bool(ranked.unsure[number]),
        also,
    )
