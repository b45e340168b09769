"""Xapian in a process of its own, with a line of JSON for each order and each reply.

``bench.engines`` starts it with the system's Python, where Debian's python3-xapian is; nothing of
this project is imported. Orders: ``{"open": folder, "language": "english"}``, ``{"add": [text]}``
and ``{"ask": question, "most": 10}``. A reply has ``seconds``, which leave the pipe out, and for a
question ``rows``: the numbers of the texts, in the order in which they were added, from 0.
"""

from __future__ import annotations

import importlib
import json
import re
import sys
import time
from typing import Any

xapian: Any = importlib.import_module("xapian")


_WORD = re.compile(r"\w+")


class Store:
    """A database on disk with a dictionary for spelling."""

    def __init__(self, folder: str, language: str) -> None:
        self._database = xapian.WritableDatabase(folder, xapian.DB_CREATE_OR_OPEN)
        stemmer = xapian.Stem(language)
        self._generator = xapian.TermGenerator()
        self._generator.set_stemmer(stemmer)
        self._generator.set_database(self._database)
        self._generator.set_flags(xapian.TermGenerator.FLAG_SPELLING)
        self._reader = xapian.Database(folder)
        self._parser = xapian.QueryParser()
        self._parser.set_stemmer(stemmer)
        self._parser.set_stemming_strategy(xapian.QueryParser.STEM_SOME)
        self._parser.set_database(self._reader)

    def add(self, texts: list[str]) -> None:
        """Add texts and commit them, so that they are found."""
        for text in texts:
            document = xapian.Document()
            self._generator.set_document(document)
            self._generator.index_text(text)
            self._database.add_document(document)
        self._database.commit()
        self._reader.reopen()

    def ask(self, question: str, most: int) -> list[int]:
        """Texts with any word of the question, the best first.

        Words that no text has are mended. Its query parser, which offers a correction of the
        whole question, would put frequent words in place of known ones as well: Slovakia for
        Slovenia.
        """
        enquire = xapian.Enquire(self._reader)
        enquire.set_query(self._parser.parse_query(_WORD.sub(self._mended, question), 0))
        return [match.docid - 1 for match in enquire.get_mset(0, most)]

    def _mended(self, found: re.Match[str]) -> str:
        word = found[0].lower()
        if self._reader.term_exists(word):
            return found[0]
        return self._reader.get_spelling_suggestion(word).decode() or found[0]


def main() -> None:
    """Do as each line says."""
    store: Any = None
    for line in sys.stdin:
        order = json.loads(line)
        rows: list[int] = []
        begun = time.perf_counter()
        if "open" in order:
            store = Store(order["open"], order["language"])
        elif "add" in order:
            store.add(order["add"])
        else:
            rows = store.ask(order["ask"], order["most"])
        print(json.dumps({"seconds": time.perf_counter() - begun, "rows": rows}), flush=True)


if __name__ == "__main__":
    main()
