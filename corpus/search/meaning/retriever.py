"""The dense retriever: which passages mean what a question asks, whatever their words."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Final

import numpy as np

from corpus.search.candidates import keeping
from corpus.search.meaning.embedder import Embedder
from corpus.search.meaning.embedding import SECONDS, embed, vector_file
from corpus.search.meaning.likeness import Likeness
from corpus.search.meaning.loading import check_installed, load_embedder
from corpus.search.meaning.model_files import find_model
from corpus.search.meaning.vectors import Stored, VectorFile, cosines, different_bits, signs
from corpus.search.view import View
from corpus.types import Query

NEAREST: Final = 100
"""Passages that may join those that were found by their words."""
SHORTLIST: Final = 1_000
"""Passages, nearest by their codes, that are compared by their vectors."""
SAMPLE: Final = 2_000
"""Passages from all over the record that say how like a question any passage is."""


class DenseRetriever:
    """A model of meaning beside a search index. Every method may be called from any thread."""

    def __init__(self, index: Path, model: str) -> None:
        """Take a model into use; it is loaded when first needed.

        ``index`` is the directory of the index, ``model`` a directory or a package's name.

        Raises:
            InputError: there is no such model, or what runs it isn't installed.
        """
        check_installed(find_model(model))
        self._index = index
        self._model = model
        self._loading = threading.Lock()
        self._loaded: Embedder | None = None
        self._last: tuple[VectorFile, Stored] | None = None

    def embed(self, view: View, *, seconds: float = SECONDS) -> int:
        """Give more passages their vectors; how many, 0 when all have been gone through.

        Raises:
            InputError: the model can't be loaded.
            SearchIndexError: the vectors on disk can't be read.
            OSError: no more can be written.
        """
        return embed(self._index, view, self._embedder(), seconds=seconds)

    def likeness(self, view: View, query: Query) -> Likeness | None:
        """How like the question the passages are; None where its words alone should count.

        That is where it has an exact phrase or an excluded word, where only a speaker or a date
        is asked for, and as long as no passage has its vector.

        Raises:
            InputError: the model can't be loaded.
            SearchIndexError: the vectors on disk can't be read.
        """
        if not query.terms or query.phrases or query.excluded:
            return None
        stored = self._stored(view)
        sample = stored.records[:: max(1, len(stored.records) // SAMPLE)]
        sample = sample[sample["scale"] > 0]
        vector = self._embedder().questions([mended(query)])
        if not len(sample) or not vector.any():
            return None
        usual = cosines(sample, vector[0])
        differing = different_bits(stored.codes, signs(vector)[0])
        near = np.argpartition(differing, min(SHORTLIST, len(differing)) - 1)[:SHORTLIST]
        near = near[keeping(view, query, near) & (stored.records["scale"][near] > 0)]
        order = np.argsort(-cosines(stored.records[near], vector[0]), kind="stable")
        return Likeness(
            nearest=np.sort(near[order[:NEAREST]]),
            records=stored.records,
            question=vector[0],
            mean=float(usual.mean()),
            spread=max(float(usual.std()), 1e-6),
        )

    def _embedder(self) -> Embedder:
        with self._loading:
            if self._loaded is None:
                self._loaded = load_embedder(self._model)
            return self._loaded

    def _stored(self, view: View) -> Stored:
        file = vector_file(self._index, view, self._embedder())
        last = self._last
        try:
            if last is None or last[0] != file or len(last[1].records) != file.rows():
                last = self._last = file, file.open()
        except FileNotFoundError:
            # Begun anew by another process; this view is read to its end without vectors.
            return Stored(np.zeros(0, file.dtype), np.zeros((0, 0), np.uint64))
        rows = view.manifest.passages
        return Stored(last[1].records[:rows], last[1].codes[:rows])


def mended(query: Query) -> str:
    """The question as it was typed, with its repaired words."""
    text = query.question
    for repair in query.repairs:
        text = text.replace(repair.original, repair.replacement)
    return text
