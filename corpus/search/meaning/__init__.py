"""Finding by meaning where words differ: optional, off where no model is configured.

:class:`~corpus.search.meaning.retriever.DenseRetriever` is what an index has where a model is
configured, and :mod:`~corpus.search.meaning.fusion` what a search asks of it. No model runtime
is imported before a model is loaded. ``docs/meaning.md`` tells what was measured.
"""
