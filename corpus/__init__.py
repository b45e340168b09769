"""Statements of officials, and how to find the right words among them.

The public face: :func:`open_corpus` gives a :class:`Corpus`; the types and the errors are in
:mod:`corpus.types` and :mod:`corpus.errors`.
"""

from corpus.corpus import Corpus
from corpus.ingest import Overrides, read_lines
from corpus.opening import open_corpus
from corpus.samples import samples_path

__all__ = ["Corpus", "Overrides", "open_corpus", "read_lines", "samples_path"]
