"""An index of a few statements, and a retriever beside it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from corpus.search import SearchIndex, understanding
from corpus.search.meaning.retriever import DenseRetriever
from corpus.types import Query
from tests.meaning.models import static_model
from tests.search_index.records import document

TODAY = date(2026, 1, 1)
STATEMENTS = (
    document(1, "We said that the vessels of the fleet will be in Oslo.", speaker="Anna Weld"),
    document(
        2, "The wheat and the barley: we said what harvest will be.", said_on=date(2023, 1, 5)
    ),
    document(3, "Nurses and physicians will be in the hospital.", "Thank you."),
    document(
        4, "The boats and the ferries will be in Lisbon, we said.", ("Q", "What of the ships?")
    ),
)


def index(path: Path) -> SearchIndex:
    """An index of ``STATEMENTS``, at position 4."""
    found = SearchIndex.open(path)
    found.apply(STATEMENTS, len(STATEMENTS))
    return found


def retriever(path: Path, model: Path) -> DenseRetriever:
    """A retriever for the index at ``path``, with a model made at ``model``."""
    return DenseRetriever(path, str(model if model.exists() else static_model(model)))


def parsed(index: SearchIndex, question: str) -> Query:
    """The question as the index understands it."""
    return understanding.parse(question, lexicon=index.lexicon, today=TODAY)
