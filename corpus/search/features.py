"""The features that passages are ranked by, each from 0 to about 1, larger is better."""

from __future__ import annotations

from typing import Final

import numpy as np

from corpus.search.evidence import Evidence, Floats
from corpus.search.plan import Plan
from corpus.search.view import View

K1: Final = 0.9
B: Final = 0.4
"""Term saturation and length normalisation of BM25; measured better here than 1.2 and 0.75."""
SUBSTANCE: Final = 25
"""Words from which a passage counts as saying something."""
NEAR: Final = 12
"""Words between two terms within which they count as said together."""
NEIGHBOURS: Final = 3
"""Paragraphs before and after that may share the subject."""

NAMES: Final = (
    "bm25",
    "coverage",
    "own_coverage",
    "proximity",
    "substance",
    "neighbours",
    "document",
    "opening",
)


def features(view: View, plan: Plan, evidence: Evidence, question: float, title: float) -> Floats:
    """Feature values, of shape (passages, len(NAMES)).

    ``question`` and ``title`` are the weights of occurrences there beside one of the text itself.
    """
    rarity = np.array([term.rarity for term in plan.terms])
    ideal = max(float(rarity.sum()), 1e-9)
    fields = np.array([1.0, question, title])
    lengths = evidence.passages["text_length"].astype(np.float64)
    norm = 1 - B + B * lengths / view.mean_length
    scaled = evidence.counts[:, 0] / norm
    scaled = scaled + question * evidence.counts[:, 1].clip(max=2)
    scaled = scaled + title * evidence.counts[:, 2].clip(max=1)
    # BM25 over several fields as one (Robertson et al., "Simple BM25 extension to multiple
    # weighted fields", 2004), as a share of what it could reach for this question.
    bm25 = rarity @ (scaled / (scaled + K1)) / ideal
    covered = (evidence.best.clip(max=1) * fields[None, :, None].clip(min=0.5)).max(axis=1)
    coverage = rarity @ covered / ideal
    own = rarity @ evidence.best[:, 0].clip(max=1) / ideal
    return np.stack(
        (
            bm25,
            coverage,
            own,
            _proximity(evidence, rarity),
            np.minimum(lengths / SUBSTANCE, 1.0),
            _neighbours(evidence, bm25),
            _document(evidence, bm25),
            1.0 / (1.0 + evidence.passages["reply_place"]),
        ),
        axis=1,
    )


def _proximity(evidence: Evidence, rarity: Floats) -> Floats:
    """How close together different terms stand in the text."""
    size = len(evidence.rows)
    if len(rarity) < 2 or len(evidence.place) < 2:
        return np.zeros(size)
    gap = np.diff(evidence.place)
    first, second = evidence.which[:-1], evidence.which[1:]
    pairs = np.flatnonzero(
        (first != second) & (evidence.first[:-1] == evidence.first[1:]) & (gap <= NEAR)
    )
    weight = np.minimum(rarity[first[pairs]], rarity[second[pairs]]) / np.maximum(gap[pairs], 1)
    total = np.bincount(evidence.first[pairs], weight, size)
    return np.asarray(np.minimum(total / max(float(np.sort(rarity)[:-1].sum()), 1e-9), 1.0))


def _neighbours(evidence: Evidence, bm25: Floats) -> Floats:
    """The best of the passages around, within the document; those that are candidates too."""
    rows, documents = evidence.rows, evidence.passages["document"]
    best = np.zeros(len(rows))
    for step in range(1, min(NEIGHBOURS, len(rows) - 1) + 1):
        near = (rows[step:] - rows[:-step] <= NEIGHBOURS) & (documents[step:] == documents[:-step])
        np.maximum(best[step:], np.where(near, bm25[:-step], 0), out=best[step:])
        np.maximum(best[:-step], np.where(near, bm25[step:], 0), out=best[:-step])
    return best


def _document(evidence: Evidence, bm25: Floats) -> Floats:
    """How much of the document's other candidates is on the subject."""
    _, group = np.unique(evidence.passages["document"], return_inverse=True)
    total = np.bincount(group, bm25)[group] - bm25
    return np.asarray(total / (total + 1.0))
