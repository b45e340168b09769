"""Gives the passages of an index their vectors, at its own pace behind it."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Final

import numpy as np

from corpus.search.index_builder import STATEMENT, joined
from corpus.search.meaning.embedder import Embedder, Vectors
from corpus.search.meaning.vectors import VectorFile
from corpus.search.view import View

BATCH: Final = 64
"""Passages that are embedded at a time."""
SECONDS: Final = 1.0
"""After how long the vectors so far are put on disk: who closes the index waits no longer."""
LEAST_WORDS: Final = 4
"""Of a passage that has a meaning to be found by; "Thank you." has none."""


def vector_file(index: Path, view: View, embedder: Embedder) -> VectorFile:
    """Where the vectors of this model for the passages of this index lie."""
    return VectorFile(index / view.manifest.epoch, embedder.identity, embedder.dimensions)


def embed(index: Path, view: View, embedder: Embedder, *, seconds: float = SECONDS) -> int:
    """Give the next passages their vectors for about so long.

    They come from the words that the index has, so neither the record nor its texts are read.
    Where another process is at it, or the index was begun anew meanwhile, nothing is done.

    Returns:
        How many passages were gone through, 0 when all have been.

    Raises:
        SearchIndexError: the vectors on disk can't be read.
        OSError: no more can be written; those that were there still count.
    """
    file = vector_file(index, view, embedder)
    until = time.monotonic() + seconds
    try:
        with file.locked() as mine:
            start = at = file.rows()
            parts = []
            while mine and at < view.manifest.passages:
                end = min(at + BATCH, view.manifest.passages)
                parts.append(_vectors(view, embedder, at, end))
                at = end
                if time.monotonic() >= until:
                    break
            if parts:
                file.append(start, np.concatenate(parts))
    except FileNotFoundError:
        return 0
    return at - start


def _vectors(view: View, embedder: Embedder, first: int, last: int) -> Vectors:
    passages = view.arrays.passages[first:last]
    found = np.zeros((last - first, embedder.dimensions), np.float32)
    worth = (passages["kind"] == STATEMENT) & (passages["text_length"] >= LEAST_WORDS)
    texts = [
        joined(view.vocabulary.terms, view.arrays.words[at : at + length])
        for at, length in passages[["text_at", "text_length"]][worth].tolist()
    ]
    if texts:
        found[worth] = embedder.passages(texts)
    return found
