"""The second step of ranking: the best few hundred passages in their final order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from corpus.search.candidates import speaker_numbers
from corpus.search.evidence import Evidence, Floats, gather
from corpus.search.features import NAMES, Features, features
from corpus.search.plan import Plan
from corpus.search.view import Rows, View
from corpus.search.weights import Weights

SKETCH_AGREES: Final = 3
"""Of four sketch values, how many must agree for passages to be near-duplicates."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """Passages in order, best first."""

    evidence: Evidence
    features: Features
    order: npt.NDArray[np.int64]
    """Numbers into the evidence, the best first."""
    scores: Floats
    """By number into the evidence."""
    unsure: npt.NDArray[np.bool_]
    """Passages that have no speaker of their own, where a speaker is asked for."""


def rank(view: View, plan: Plan, rows: Rows, weights: Weights) -> Ranked:
    """Order passages by their features."""
    evidence = gather(view, plan, rows)
    found = features(view, plan, evidence, weights.fields)
    scores = np.round(found.values @ np.array([weights.features[name] for name in NAMES]), 6)
    if not plan.terms:
        scores[:] = 0  # Only filters: the newest first.
    unsure = np.zeros(len(rows), np.bool_)
    if plan.query.speaker is not None:
        asked = speaker_numbers(plan.query, view.labels)
        unsure = ~np.isin(evidence.passages["speaker"], asked)
    # Recency breaks ties, then the order of the record.
    order = np.lexsort((rows, -evidence.documents["day"], -scores, unsure))
    return Ranked(evidence, found, order, scores, unsure)


def merged(
    evidence: Evidence, order: npt.NDArray[np.int64], top: int
) -> tuple[npt.NDArray[np.int64], dict[int, list[int]]]:
    """Put near-duplicates among the best ``top`` under the best of them.

    Returns:
        The order without them, and for each number that stands for others, those.
    """
    head = order[:top]
    sketches = evidence.passages["sketch"][head]
    lengths = evidence.passages["text_length"][head]
    alike = (sketches[:, None, :] == sketches[None, :, :]).sum(axis=2) >= SKETCH_AGREES
    alike &= np.abs(lengths[:, None] - lengths[None, :]) <= 2 + lengths[:, None] // 10
    alike = np.triu(alike, 1)
    if not alike.any():
        return order, {}
    duplicates: dict[int, list[int]] = {}
    gone: set[int] = set()
    for first, second in zip(*(found.tolist() for found in np.nonzero(alike)), strict=True):
        if first not in gone and second not in gone:
            gone.add(second)
            duplicates.setdefault(int(head[first]), []).append(int(head[second]))
    kept = np.array([number for place, number in enumerate(head) if place not in gone], np.int64)
    return np.concatenate((kept, order[top:])), duplicates
