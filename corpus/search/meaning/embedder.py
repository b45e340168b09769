"""What turns a text into a vector, and how alike two vectors are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]


class Embedder(Protocol):
    """A model of meaning. Vectors of related texts have a large cosine.

    Every method may be called from several threads at once.
    """

    @property
    def identity(self) -> str:
        """A digest of the model's files: vectors of different identities don't compare."""

    @property
    def dimensions(self) -> int:
        """How many numbers a vector has."""

    def questions(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions, of shape (texts, dimensions) and length 1, or 0 if nothing is
        known of a text."""

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages, as those of questions."""


def unit(vectors: Vectors) -> Vectors:
    """The same directions with length 1; a vector of length 0 stays so."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-12), np.float32)
