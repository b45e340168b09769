"""How like a question the passages of an index are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from corpus.search.evidence import Floats
from corpus.search.meaning.vectors import cosines
from corpus.search.view import Rows


@dataclass(frozen=True, slots=True)
class Likeness:
    """What a dense retriever says of one question."""

    nearest: Rows
    """The passages most like it that keep to its filters, in the order of their rows."""
    records: npt.NDArray[np.void]
    """The vectors of the index's passages, by row, as far as they have any."""
    question: npt.NDArray[np.float32]
    """The question's vector."""
    mean: float
    """Of the cosine over the record."""
    spread: float
    """Its standard deviation."""

    def of(self, rows: Rows) -> Floats:
        """How like each of these passages is: standard deviations above the mean, at least 0.

        A cosine by itself says something else with each model, and with each way to ask. A
        passage that has no vector is like nothing: 0.
        """
        found = np.zeros(len(rows))
        known = np.flatnonzero(rows < len(self.records))
        records = self.records[rows[known]]
        strength = (cosines(records, self.question) - self.mean) / self.spread
        found[known] = np.where(records["scale"] > 0, strength, 0).clip(min=0)
        return found
