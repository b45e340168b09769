"""The engine, tantivy: which passages have a word, fast, at any size.

All that is known of its Python binding's habits stays in this module. It is fed words that are
analysed already, and asked with queries built from terms, never with text to parse.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import tantivy

from corpus.errors import CorpusError, SearchIndexError
from corpus.search.index_files import REBUILD

TEXT: Final = "text"
"""Field of the passage's words as they are."""
STEM: Final = "stem"
QUESTION: Final = "question"
"""Field of the stems of the question that the passage replies to."""
TITLE: Final = "title"
OTHER: Final = "other"
"""Field of the words of a passage that is no answer: only quotations are looked for there."""
ANSWER: Final = "answer"
"""1 for a passage that can be an answer, else 0."""
ROW: Final = "row"
DOCUMENT: Final = "document"
DAY: Final = "day"
SPEAKER: Final = "speaker"
DOCUMENT_SPEAKER: Final = "document_speaker"
PUBLISHER: Final = "publisher"
LANGUAGE: Final = "language"

_NUMBERS: Final = (ROW, DOCUMENT, DAY, SPEAKER, DOCUMENT_SPEAKER, PUBLISHER, LANGUAGE, ANSWER)
_HEAP: Final = 40_000_000


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name in (TEXT, STEM, QUESTION, TITLE, OTHER):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    for name in _NUMBERS:
        # Signed: an unsigned field panics the writer when it is given a Python int.
        builder.add_integer_field(name, indexed=True, fast=True)
    return builder.build()


SCHEMA: Final = _schema()


@dataclass(frozen=True, slots=True)
class Entry:
    """One passage for the engine: words joined by spaces, and label numbers (-1: none)."""

    text: str
    stem: str
    question: str
    title: str
    row: int
    document: int
    day: int
    speaker: int
    document_speaker: int
    publisher: int
    language: int
    answer: int
    """1 where the passage can be an answer; then ``stem``, ``question`` and ``title`` count."""


@contextmanager
def guarded() -> Iterator[None]:
    """Turn what the engine raises, panics included, into :class:`SearchIndexError`."""
    try:
        yield
    except CorpusError:
        raise
    except (ValueError, OSError, RuntimeError) as error:
        raise SearchIndexError(f"the search engine failed ({_line(error)}); {REBUILD}") from error
    except BaseException as error:
        # pyo3's PanicException is no Exception, and its module can't be imported.
        if type(error).__name__ != "PanicException":
            raise
        raise SearchIndexError(f"the search engine broke down; {REBUILD}") from error


def _line(error: BaseException) -> str:
    return " ".join(str(error).split())[:200]


class Engine:
    """An index directory of tantivy."""

    def __init__(self, path: Path) -> None:
        with guarded():
            path.mkdir(parents=True, exist_ok=True)
            self._index = tantivy.Index(SCHEMA, path=str(path))
            self._index.config_reader(reload_policy="manual")

    def searcher(self) -> tantivy.Searcher:
        """The engine's last commit, as a snapshot that later commits don't change."""
        with guarded():
            self._index.reload()
            return self._index.searcher()

    def write(self, entries: Iterable[Entry], forgotten: Sequence[int], first_row: int) -> None:
        """Add passages and forget those of replaced documents, in one commit.

        Rows from ``first_row`` on are forgotten first: a commit whose manifest was never written
        may have left some. The caller holds the lock of the index.
        """
        with guarded():
            writer = self._index.writer(_HEAP, 1)
            try:
                writer.delete_documents_by_query(
                    tantivy.Query.range_query(
                        SCHEMA, ROW, tantivy.FieldType.Integer, lower_bound=first_row
                    )
                )
                for document in forgotten:
                    writer.delete_documents_by_term(DOCUMENT, document)
                for entry in entries:
                    writer.add_document(_document(entry))
                writer.commit()
            finally:
                # Takes the writer apart and frees its lock, after a failure too.
                writer.wait_merging_threads()


def _document(entry: Entry) -> tantivy.Document:
    document = tantivy.Document()
    if entry.answer:
        document.add_text(TEXT, entry.text)
        document.add_text(STEM, entry.stem)
    else:
        document.add_text(OTHER, entry.text)
    if entry.question:
        document.add_text(QUESTION, entry.question)
    if entry.title:
        document.add_text(TITLE, entry.title)
    for name in _NUMBERS:
        document.add_integer(name, getattr(entry, name))
    return document


def term(field: str, value: str | int) -> tantivy.Query:
    """Passages whose field has this very term."""
    return tantivy.Query.term_query(SCHEMA, field, value)


def phrase(field: str, terms: Sequence[str]) -> tantivy.Query:
    """Passages whose field has these terms one after the other; of one term, the term."""
    if len(terms) == 1:
        return term(field, terms[0])
    return tantivy.Query.phrase_query(SCHEMA, field, list(terms))


def boosted(query: tantivy.Query, weight: float) -> tantivy.Query:
    """The same passages with their scores times ``weight``."""
    return tantivy.Query.boost_query(query, weight)


def any_of(queries: Sequence[tantivy.Query]) -> tantivy.Query:
    """Passages that meet at least one query."""
    if len(queries) == 1:
        return queries[0]
    return tantivy.Query.boolean_query([(tantivy.Occur.Should, query) for query in queries])


def combined(
    must: Sequence[tantivy.Query],
    should: Sequence[tantivy.Query] = (),
    must_not: Sequence[tantivy.Query] = (),
) -> tantivy.Query:
    """Passages that meet all of ``must`` and none of ``must_not``; ``should`` adds to scores."""
    parts = [(tantivy.Occur.Must, query) for query in must]
    parts += [(tantivy.Occur.Should, query) for query in should]
    parts += [(tantivy.Occur.MustNot, query) for query in must_not]
    return tantivy.Query.boolean_query(parts)


def unscored(query: tantivy.Query) -> tantivy.Query:
    """The same passages, adding nothing to scores: a range that must match would add 1."""
    return tantivy.Query.const_score_query(query, 0.0)


def scored(query: tantivy.Query, score: float) -> tantivy.Query:
    """The same passages, each with this score."""
    return tantivy.Query.const_score_query(query, score)


def days(first: int | None, last: int | None) -> tantivy.Query:
    """Passages said from day ``first`` to ``last``, as yyyymmdd; those without a day are not."""
    return tantivy.Query.range_query(
        SCHEMA,
        DAY,
        tantivy.FieldType.Integer,
        lower_bound=max(first or 0, 1),
        upper_bound=99_999_999 if last is None else last,
    )


def everything() -> tantivy.Query:
    """All passages that can be answers."""
    return term(ANSWER, 1)


def rows(
    searcher: tantivy.Searcher, query: tantivy.Query, limit: int
) -> tuple[list[int], list[float], int]:
    """The best passages' rows and scores, and how many there are in all."""
    with guarded():
        found = searcher.search(query, limit, count=True)
        hits = found.hits
        addresses = [address for _, address in hits]
        values = searcher.fast_field_values(ROW, addresses) if addresses else []
        scores = [float(score) for score, _ in hits]
        return [int(value or 0) for value in values], scores, _count(found, len(hits))


def _count(found: tantivy.SearchResult, least: int) -> int:
    counted: int | None = getattr(found, "count", None)
    return least if counted is None else counted
