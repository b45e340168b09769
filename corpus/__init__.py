"""Statements of officials, and how to find the right words among them.

The public face: :func:`open_corpus` gives a :class:`Corpus`; the types and the errors are in
:mod:`corpus.types` and :mod:`corpus.errors`.
"""

from corpus.corpus import Corpus, open_corpus

__all__ = ["Corpus", "open_corpus"]
