"""Finding the right words: the index, understanding a question, ranking, and silence."""

from corpus.search.findings import Findings, Found
from corpus.search.index import SearchIndex

__all__ = ["Findings", "Found", "SearchIndex"]
