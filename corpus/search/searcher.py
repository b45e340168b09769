"""From a question to the passages that answer it, or to silence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from corpus.search import understanding
from corpus.search.analysis import words
from corpus.search.candidates import CANDIDATES, candidates
from corpus.search.certainty import beyond_chance, certainty, nameless, off_topic
from corpus.search.evidence import TITLE
from corpus.search.findings import Findings, Found
from corpus.search.plan import Plan, plan
from corpus.search.ranking import Ranked, merged, rank
from corpus.search.silence import before_searching, silence, silence_at_once
from corpus.search.view import Rows, View, as_date
from corpus.search.weights import fitted_weights
from corpus.types import AlsoSaid, Query

if TYPE_CHECKING:
    from corpus.search.meaning.retriever import DenseRetriever
    from corpus.search.understanding.vocabulary import Vocabulary

REMEMBERED: Final = 5
"""Words from which a phrase is looked for by its words where it is not on record as it stands."""
SPARE: Final = 50
"""Passages ranked beyond those shown, for near-duplicates to fall out of."""


def search(
    view: View,
    question: str,
    *,
    limit: int,
    offset: int = 0,
    today: date,
    meaning: DenseRetriever | None = None,
) -> Findings:
    """Answer a question from one view of the index, by meaning too where a model is given."""
    query = understanding.parse(question, lexicon=view.lexicon, today=today)
    found = answer(view, query, limit=limit, offset=offset, meaning=meaning)
    if not (found.silence and _loose(query)) or _on_record(view, query):
        return found
    # In a sentence, quotation marks stand round names and titles, which inflect or are misspelt;
    # round many words, they stand round what is remembered, seldom word for word.
    plain = understanding.parse(_unquoted(query), lexicon=view.lexicon, today=today)
    notes = plain.notes + understanding.not_word_for_word(query)
    plain = replace(plain, question=question, notes=notes)
    by_words = answer(view, plain, limit=limit, offset=offset, meaning=meaning)
    return found if by_words.silence else by_words


def met(view: View, queries: Sequence[Query], within: int) -> list[int]:
    """Ids of the passages of one document that answer a question, the best first; for alerts.

    They are its answers from the document alone, if asking the whole record is answered too.

    Args:
        view: what is searched.
        queries: the question as understood, then without its quotation marks where it has both
            phrases and words (see :func:`understood`).
        within: the document's number in the view.
    """
    for query in queries:
        if before_searching(view, query) is not None:
            return []
        planned = plan(query, view.lexicon)
        found = _answers(view, planned, 0, within=within)
        if found.ranked is not None and len(found.order):
            # Who asks for one thing is answered wherever it is; of several, another passage may
            # come before those of this document, and be no answer.
            if len(planned.terms) > 1 and not len(_answers(view, planned, 0).order):
                return []
            return [int(found.ranked.evidence.passages["id"][n]) for n in found.order.tolist()]
        if len(queries) > 1 and _on_record(view, query):
            return []
    return []


def understood(question: str, lexicon: Vocabulary, today: date) -> tuple[Query, ...]:
    """A question parsed, and once more without quotation marks where that may be searched for."""
    query = understanding.parse(question, lexicon=lexicon, today=today)
    if not _loose(query):
        return (query,)
    return query, understanding.parse(_unquoted(query), lexicon=lexicon, today=today)


def _loose(query: Query) -> bool:
    """Whether the phrases of a query may be looked for by their words."""
    remembered = any(len(words(phrase)) >= REMEMBERED for phrase in query.phrases)
    return bool(query.phrases and (query.terms or remembered))


def _on_record(view: View, query: Query) -> bool:
    """Whether some passage has the phrases of a query, whoever said it and when."""
    bare = Query(query.question, phrases=query.phrases)
    return len(candidates(view, plan(bare, view.lexicon), limit=1).rows) > 0


def _unquoted(query: Query) -> str:
    """The question without the quotation marks of its phrases."""
    text = query.question
    for phrase in query.phrases:
        text = re.sub(rf"[\"«“„]\s*{re.escape(phrase)}\s*[\"»”“]", f" {phrase} ", text)
    return text


def answer(
    view: View, query: Query, *, limit: int, offset: int = 0, meaning: DenseRetriever | None = None
) -> Findings:
    """Answer a parsed question from one view of the index."""
    reason = before_searching(view, query)
    if reason is not None:
        return Findings(query, silence=silence_at_once(view, query, reason))
    planned = plan(query, view.lexicon)
    found = _answers(view, planned, offset + limit, meaning)
    if found.ranked is None or not len(found.order):
        missing = tuple(term.term.text for term in planned.terms)
        if found.ranked is not None:
            missing = _uncovered(planned, found.ranked, int(found.ranked.order[0]))
        told = silence(view, planned, missing, lambda wider: _count(view, wider))
        return Findings(query, silence=told)
    hits = tuple(
        _found(found.ranked, number, found.duplicates.get(number, []))
        for number in found.order[offset:][:limit].tolist()
    )
    uncovered = _uncovered(planned, found.ranked, int(found.order[0]))
    return Findings(query, hits, found.total, uncovered=uncovered)


@dataclass(frozen=True, slots=True)
class _Answers:
    ranked: Ranked | None
    """None when there was nothing to rank."""
    order: npt.NDArray[np.int64]
    """Passages that answer, the best first, near-duplicates left out."""
    duplicates: dict[int, list[int]]
    total: int


def _answers(
    view: View,
    planned: Plan,
    wanted: int,
    meaning: DenseRetriever | None = None,
    within: int | None = None,
) -> _Answers:
    best = candidates(view, planned, limit=max(CANDIDATES, wanted + SPARE), within=within)
    if not len(best.rows):
        return _Answers(None, np.zeros(0, np.int64), {}, 0)
    ranked, order = _answering(view, planned, best.rows)
    if not len(order):
        return _Answers(ranked, order, {}, 0)
    if meaning is not None:
        ranked, order = _by_meaning(view, planned, best.rows, meaning) or (ranked, order)
    order, duplicates = merged(ranked.evidence, order, wanted + SPARE)
    most = len(order)
    if best.total > CANDIDATES and most > CANDIDATES // 2:
        most = max(most, best.total)
    return _Answers(ranked, order, duplicates, most)


def _answering(view: View, planned: Plan, rows: Rows) -> tuple[Ranked, npt.NDArray[np.int64]]:
    """Passages ranked, and the numbers of those that answer, the best first."""
    weights = fitted_weights()
    ranked = rank(view, planned, rows, weights)
    order = ranked.order
    if planned.terms:
        certain = certainty(view, planned, ranked, weights.certainty)[order]
        # Certain enough to be the first; then what is almost as certain may follow.
        first = order[0]
        enough = certain[0] >= 0 or beyond_chance(view, planned, ranked)[first]
        aside = off_topic(planned, ranked) | nameless(planned, ranked)
        if not enough or aside[first]:
            return ranked, order[:0]
        order = order[(certain >= -weights.certainty.tail) & _on_subject(planned, ranked)[order]]
    return ranked, order


def _by_meaning(
    view: View, planned: Plan, rows: Rows, meaning: DenseRetriever
) -> tuple[Ranked, npt.NDArray[np.int64]] | None:
    """The same by words and meaning together; None where words alone count."""
    from corpus.search.meaning.fusion import joining, reordered

    likeness = meaning.likeness(view, planned.query)
    if likeness is None:
        return None
    ranked, order = _answering(view, planned, joining(view, planned, likeness, rows))
    return reordered(ranked, order, likeness) if len(order) else None


def _on_subject(planned: Plan, ranked: Ranked) -> npt.NDArray[np.bool_]:
    """Which passages may follow the best one: what stands beside an answer is no answer yet.

    Each has, itself or in the question that it replies to, something of what is asked about, and
    every name that the best one has there, if only in its title. A paragraph that merely follows
    one that names the subject is left to "Context": shown as an answer it would be off the point
    more often than not, and costs more trust than it brings (decided by the lead).
    """
    best = int(ranked.order[0])
    own = ranked.features.covered > 0
    entitled = own | (ranked.evidence.best[:, TITLE] > 0)
    names = np.array([term.required for term in planned.terms]) & entitled[:, best]
    on_subject = np.asarray(own.any(axis=0) & entitled[names].all(axis=0))
    on_subject[best] = True
    return on_subject


def _count(view: View, query: Query) -> int:
    return _answers(view, plan(query, view.lexicon), 0).total


def _uncovered(planned: Plan, ranked: Ranked, number: int) -> tuple[str, ...]:
    """Terms that a passage and its question haven't."""
    covered = ranked.features.covered[:, number]
    return tuple(
        term.term.text
        for term, weight in zip(planned.terms, covered.tolist(), strict=True)
        if weight == 0
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
