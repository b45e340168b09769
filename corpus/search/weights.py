"""The fitted numbers of ranking and silence: ``data/weights.json``, written by ``bench.tune``."""

from __future__ import annotations

from functools import cache
from importlib import resources

import msgspec


class FieldWeights(msgspec.Struct, frozen=True):
    """Of an occurrence around a passage, beside one in its text."""

    question: float
    title: float
    before: float
    after: float


class CertaintyWeights(msgspec.Struct, frozen=True):
    """How much each kind of evidence counts for a passage being an answer, in logits."""

    evidence: dict[str, float]
    bias: float
    tail: float
    """How much less certain a passage after the first may be."""


class Weights(msgspec.Struct, frozen=True):
    """All fitted numbers."""

    features: dict[str, float]
    """Of ``corpus.search.features.NAMES``."""
    fields: FieldWeights
    certainty: CertaintyWeights
    origin: str = ""
    """How they came about."""


@cache
def fitted_weights() -> Weights:
    """The weights that the program comes with."""
    content = resources.files("corpus.search").joinpath("data", "weights.json").read_bytes()
    return msgspec.json.decode(content, type=Weights)
