"""The features that passages are ranked by, each from 0 to about 1, larger is better."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from corpus.search.evidence import AFTER, BEFORE, QUESTION, TEXT, TITLE, Evidence, Floats
from corpus.search.plan import Plan
from corpus.search.view import View
from corpus.search.weights import FieldWeights

K1: Final = 0.9
B: Final = 0.4
"""Term saturation and length normalisation of BM25; measured better here than 1.2 and 0.75."""
SUBSTANCE: Final = 25
"""Words from which a passage counts as saying something."""
NEAR: Final = 12
"""Words between two terms within which they count as said together."""

NAMES: Final = (
    "bm25",
    "coverage",
    "own_coverage",
    "exact",
    "names",
    "proximity",
    "substance",
    "document",
)


@dataclass(frozen=True, slots=True)
class Features:
    """What ranking and silence go by."""

    values: Floats
    """Of shape (passages, len(NAMES))."""
    covered: Floats
    """How well each term is covered by a passage with its question, of shape (terms, passages)."""


def features(view: View, plan: Plan, evidence: Evidence, weights: FieldWeights) -> Features:
    """Compute all features of the passages in ``evidence``."""
    rarity = np.array([term.rarity for term in plan.terms])
    names = np.array([term.rarity if term.required else 0.0 for term in plan.terms])
    ideal = max(float(rarity.sum()), 1e-9)
    counts, best = evidence.counts, evidence.best.clip(max=1)
    lengths = evidence.passages["text_length"].astype(np.float64)
    scaled = counts[:, TEXT] / (1 - B + B * lengths / view.mean_length)
    scaled += weights.question * counts[:, QUESTION].clip(max=2)
    scaled += weights.title * counts[:, TITLE].clip(max=1)
    scaled += weights.before * counts[:, BEFORE].clip(max=1)
    scaled += weights.after * counts[:, AFTER].clip(max=1)
    # BM25 over several fields as one (Robertson, Zaragoza and Taylor, "Simple BM25 extension to
    # multiple weighted fields", 2004), as a share of what it could reach for this question.
    bm25 = rarity @ (scaled / (scaled + K1)) / ideal
    covered = np.maximum(best[:, TEXT], weights.question * best[:, QUESTION])
    named = np.maximum(np.maximum(best[:, TEXT], best[:, QUESTION]), 0.5 * best[:, TITLE])
    values = np.stack(
        (
            bm25,
            rarity @ np.maximum(covered, 0.3 * best[:, TITLE]) / ideal,
            rarity @ best[:, TEXT] / ideal,
            rarity @ (best[:, TEXT] >= 0.95) / ideal,
            names @ named / names.sum() if names.any() else np.ones(len(lengths)),
            _proximity(evidence, rarity),
            np.minimum(lengths / SUBSTANCE, 1.0),
            _document(evidence, bm25),
        ),
        axis=1,
    )
    return Features(values, np.maximum(best[:, TEXT], best[:, QUESTION]))


def _proximity(evidence: Evidence, rarity: Floats) -> Floats:
    """How close together different terms stand in the text."""
    size = len(evidence.rows)
    if len(rarity) < 2 or len(evidence.place) < 2:
        return np.zeros(size)
    gap = np.diff(evidence.place)
    first, second = evidence.which[:-1], evidence.which[1:]
    pairs = np.flatnonzero(
        (first != second) & (evidence.owner[:-1] == evidence.owner[1:]) & (gap <= NEAR)
    )
    weight = np.minimum(rarity[first[pairs]], rarity[second[pairs]]) / np.maximum(gap[pairs], 1)
    total = np.bincount(evidence.owner[pairs], weight, size)
    return np.asarray(np.minimum(total / max(float(np.sort(rarity)[:-1].sum()), 1e-9), 1.0))


def _document(evidence: Evidence, bm25: Floats) -> Floats:
    """How much of the document's other candidates is on the subject."""
    _, group = np.unique(evidence.passages["document"], return_inverse=True)
    total = np.bincount(group, bm25)[group] - bm25
    return np.asarray(total / (total + 1.0))
