"""The second step of ranking: the best few hundred passages in their final order."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

import numpy as np
import numpy.typing as npt

from corpus.search.candidates import speaker_numbers
from corpus.search.evidence import Evidence, Floats, gather
from corpus.search.features import NAMES, features
from corpus.search.plan import Plan
from corpus.search.view import Rows, View

SKETCH_AGREES: Final = 3
"""Of four sketch values, how many must agree for passages to be near-duplicates."""


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each feature counts; see ``data/weights.json`` for how they came about."""

    features: tuple[float, ...]
    question: float
    title: float


@cache
def fitted_weights() -> Weights:
    """The weights that the program comes with."""
    text = resources.files("corpus.search").joinpath("data", "weights.json").read_text("utf-8")
    data = json.loads(text)
    return Weights(
        tuple(float(data["features"][name]) for name in NAMES),
        float(data["question"]),
        float(data["title"]),
    )


@dataclass(frozen=True, slots=True)
class Ranked:
    """Passages in order, best first."""

    evidence: Evidence
    order: npt.NDArray[np.int64]
    """Numbers into the evidence, the best first, near-duplicates left out."""
    scores: Floats
    """By number into the evidence."""
    values: Floats
    """Feature values, of shape (passages, features)."""
    unsure: npt.NDArray[np.bool_]
    """Passages that have no speaker of their own, where a speaker is asked for."""
    duplicates: dict[int, list[int]]
    """Near-duplicates that each number in ``order`` stands for."""


def rank(
    view: View,
    plan: Plan,
    rows: Rows,
    weights: Weights,
    *,
    required: Sequence[int],
    top: int = 60,
) -> Ranked:
    """Order passages that have the terms numbered ``required``.

    Among the best ``top``, near-duplicates are put under the best of them.
    """
    evidence = gather(view, plan, rows)
    values = features(view, plan, evidence, weights.question, weights.title)
    scores = np.round(values @ np.array(weights.features), 6)
    unsure = np.zeros(len(rows), np.bool_)
    if plan.query.speaker is not None:
        asked = speaker_numbers(plan.query, view.labels)
        unsure = ~np.isin(evidence.passages["speaker"], asked)
    # Recency breaks ties, then the order of the record.
    order = np.lexsort((rows, -evidence.documents["day"], -scores, unsure))
    order = order[evidence.has(required)[order]]
    kept, duplicates = _merged(evidence, order, top)
    return Ranked(evidence, kept, scores, values, unsure, duplicates)


def _merged(
    evidence: Evidence, order: npt.NDArray[np.int64], top: int
) -> tuple[npt.NDArray[np.int64], dict[int, list[int]]]:
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
