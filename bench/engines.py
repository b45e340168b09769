"""Other ways of searching: each takes texts, and answers a question with their numbers.

An engine whose software isn't there raises :class:`NotInstalled`, which says how to get it. What
can keep its index on disk does. None knows speakers or dates: each is given paragraphs and the
question as they are, and set up as its documentation shows.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import shutil
import sqlite3
import subprocess
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import regex
import Stemmer
import tantivy
from rapidfuzz import fuzz, process, utils

DEPTH = 10
"""How many answers are asked for."""
STEMMERS = {"en": "english", "ru": "russian"}


class NotInstalled(Exception):
    """The engine's software isn't there; the message says how to get it."""


class Engine(ABC):
    """Texts, numbered in the order in which they were added, and a way to find them."""

    @abstractmethod
    def add(self, texts: Sequence[str]) -> None:
        """Take in texts; when this returns they are found."""

    @abstractmethod
    def ask(self, question: str) -> list[int]:
        """Numbers of the texts that answer, the best first."""

    def timed(self, question: str) -> tuple[list[int], float]:
        """The same, with the seconds that it took."""
        begun = time.perf_counter()
        rows = self.ask(question)
        return rows, time.perf_counter() - begun

    def close(self) -> None:
        """Let go of files and processes."""
        return


class PlainTantivy(Engine):
    """tantivy with a stemmer, the words of the question as alternatives."""

    def __init__(self, folder: Path, language: str) -> None:
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("text", tokenizer_name="stemmed")
        builder.add_integer_field("row", fast=True)
        self._index = tantivy.Index(builder.build(), path=str(folder))
        analyzer = (
            tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
            .filter(tantivy.Filter.lowercase())
            .filter(tantivy.Filter.stemmer(STEMMERS[language]))
            .build()
        )
        self._index.register_tokenizer("stemmed", analyzer)
        self._writer = self._index.writer(100_000_000, 1)
        self._size = 0

    def add(self, texts: Sequence[str]) -> None:
        """Add documents and commit them."""
        for text in texts:
            document = tantivy.Document()
            document.add_text("text", text)
            document.add_integer("row", self._size)
            self._writer.add_document(document)
            self._size += 1
        self._writer.commit()
        if len(texts) > 1:
            # Questions are asked of an index at rest.
            self._writer.wait_merging_threads()
            self._writer = self._index.writer(100_000_000, 1)
        self._index.reload()
        self._searcher = self._index.searcher()

    def ask(self, question: str) -> list[int]:
        """The best by BM25."""
        plain = regex.sub(r"[^\p{L}\p{N} ]", " ", question).lower()
        query, _ = self._index.parse_query_lenient(plain, ["text"])
        hits = self._searcher.search(query, DEPTH).hits
        values = self._searcher.fast_field_values("row", [address for _, address in hits])
        return [int(value or 0) for value in values]


class Fts5(Engine):
    """SQLite FTS5; Porter for English, whole words for Russian, which it can't stem."""

    def __init__(self, folder: Path, language: str) -> None:
        self._database = sqlite3.connect(folder / "fts5.db")
        # As much as the index may need, in KiB: the default makes it slower than it has to be.
        self._database.execute("PRAGMA cache_size = -500000")
        tokenizer = "porter unicode61" if language == "en" else "unicode61"
        self._database.execute(
            f"CREATE VIRTUAL TABLE passage USING fts5(text, tokenize='{tokenizer}')"
        )
        self._size = 0

    def add(self, texts: Sequence[str]) -> None:
        """Insert rows in one transaction."""
        with self._database:
            self._database.executemany(
                "INSERT INTO passage(rowid, text) VALUES (?, ?)", enumerate(texts, self._size)
            )
        self._size += len(texts)

    def ask(self, question: str) -> list[int]:
        """The best by its bm25 of those with any word."""
        terms = regex.findall(r"[\p{L}\p{N}]+", question)
        found = self._database.execute(
            "SELECT rowid FROM passage WHERE passage MATCH ? ORDER BY rank LIMIT ?",
            (" OR ".join(f'"{term}"' for term in terms), DEPTH),
        )
        return [row for (row,) in found]

    def close(self) -> None:
        """Close the database."""
        self._database.close()


class Fuzzy(Engine):
    """rapidfuzz over all paragraphs, by the token set ratio."""

    def __init__(self, folder: Path, language: str) -> None:
        self._prepared: list[str] = []

    def add(self, texts: Sequence[str]) -> None:
        """Keep the texts, prepared."""
        self._prepared += map(utils.default_process, texts)

    def ask(self, question: str) -> list[int]:
        """The likest to the question."""
        prepared = utils.default_process(question)
        found = process.extract(prepared, self._prepared, scorer=fuzz.token_set_ratio, limit=DEPTH)
        return [place for _, _, place in found]


class Weighted(Fuzzy):
    """rapidfuzz over all paragraphs as it comes: its default scorer, texts as they are."""

    def add(self, texts: Sequence[str]) -> None:
        """Keep the texts."""
        self._prepared += texts

    def ask(self, question: str) -> list[int]:
        """The likest to the question."""
        found = process.extract(
            question, self._prepared, processor=utils.default_process, limit=DEPTH
        )
        return [place for _, _, place in found]


class Bm25s(Engine):
    """bm25s on its numba backend, with Snowball stemming and its stop words.

    It can't add: all tokens are kept, and each addition builds the index anew.
    """

    def __init__(self, folder: Path, language: str) -> None:
        for name in ("bm25s", "numba"):
            if importlib.util.find_spec(name) is None:
                raise NotInstalled("pip install bm25s numba")
        self._library: Any = importlib.import_module("bm25s")
        self._language = language
        self._stemmer = Stemmer.Stemmer(STEMMERS[language])
        self._ids: list[list[int]] = []
        self._vocabulary: dict[str, int] = {}
        self._retriever: Any = self._library.BM25(backend="numba")
        # What it compiles as it is first used is no part of building an index.
        self._retriever.compile(warmup=True)

    def _tokens(self, texts: Sequence[str]) -> list[list[str]]:
        found: list[list[str]] = self._library.tokenize(
            list(texts),
            stopwords=self._language,
            stemmer=self._stemmer,
            return_ids=False,
            show_progress=False,
        )
        return found

    def add(self, texts: Sequence[str]) -> None:
        """Tokenise the new texts, and build the index of all."""
        known = self._vocabulary
        for tokens in self._tokens(texts):
            self._ids.append([known.setdefault(token, len(known)) for token in tokens])
        self._retriever.index((self._ids, known), show_progress=False)

    def ask(self, question: str) -> list[int]:
        """The best by BM25."""
        found, scores = self._retriever.retrieve(
            self._tokens([question]), k=min(DEPTH, len(self._ids)), show_progress=False
        )
        return [int(row) for row, score in zip(found[0], scores[0], strict=True) if score > 0]


class Xapian(Engine):
    """Xapian with stemming and spelling correction, in the system's Python (``xapian_peer``)."""

    def __init__(self, folder: Path, language: str) -> None:
        self._child = subprocess.Popen(
            [_python_with_xapian(), "-I", str(Path(__file__).with_name("xapian_peer.py"))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._order({"open": str(folder / "xapian"), "language": STEMMERS[language]})

    def _order(self, order: dict[str, Any]) -> Any:
        if self._child.stdin is None or self._child.stdout is None:
            raise RuntimeError("Xapian's process has no pipes")
        print(json.dumps(order), file=self._child.stdin, flush=True)
        return json.loads(self._child.stdout.readline())

    def add(self, texts: Sequence[str]) -> None:
        """Add documents and commit them."""
        self._order({"add": list(texts)})

    def ask(self, question: str) -> list[int]:
        """The best by its weights of those with any word, mended."""
        return self.timed(question)[0]

    def timed(self, question: str) -> tuple[list[int], float]:
        """The same, with the seconds that it took there, without those in the pipe."""
        reply = self._order({"ask": question, "most": DEPTH})
        return reply["rows"], reply["seconds"]

    def close(self) -> None:
        """End the process."""
        self._child.communicate()


def _python_with_xapian() -> str:
    for python in ("/usr/bin/python3", shutil.which("python3")):
        if python is None or not Path(python).exists():
            continue
        tried = subprocess.run([python, "-I", "-c", "import xapian"], stderr=subprocess.DEVNULL)
        if tried.returncode == 0:
            return python
    raise NotInstalled("apt-get install python3-xapian")


ENGINES: dict[str, Callable[[Path, str], Engine]] = {
    "plain tantivy": PlainTantivy,
    "SQLite FTS5": Fts5,
    "bm25s": Bm25s,
    "Xapian": Xapian,
    "rapidfuzz": Fuzzy,
    "rapidfuzz, WRatio": Weighted,
}
"""Makers, given a folder of their own and the language of the texts ("en", "ru")."""
