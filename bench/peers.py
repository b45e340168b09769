"""The same questions put to other ways of searching, in the same run.

    python -m bench.peers                       quality and latency, all sets
    python -m bench.peers --speed 250000        latency at a size

Peers: plain tantivy (its stemmers, the question as it is typed), SQLite FTS5 (Porter stemming,
any word, bm25), rapidfuzz over all paragraphs (token set ratio, and for speed its default scorer
as well), and bm25s where it is installed.
Each is given paragraphs as they are and the question as it is: none knows speakers or dates.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import regex
import Stemmer
import tantivy
from rapidfuzz import fuzz, process, utils

from bench.judged import TODAY, JudgedSet, build, documents, judged_sets, scorer
from bench.latency import lines, questions
from bench.typos import with_typos
from corpus.search import SearchIndex
from corpus.search.searcher import search

DEPTH = 10
FEWER = {"rapidfuzz": 30, "rapidfuzz, WRatio": 3}
"""How many questions the slowest peers are asked."""

Ask = Callable[[str], list[int]]


def plain_tantivy(texts: Sequence[str], language: str) -> Ask:
    """tantivy with a stemmer, the words of the question as alternatives."""
    name = "english" if language == "en" else "russian"
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("text", tokenizer_name="stemmed")
    builder.add_integer_field("row", fast=True)
    index = tantivy.Index(builder.build())
    analyzer = (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        .filter(tantivy.Filter.lowercase())
        .filter(tantivy.Filter.stemmer(name))
        .build()
    )
    index.register_tokenizer("stemmed", analyzer)
    writer = index.writer(100_000_000, 1)
    for row, text in enumerate(texts):
        document = tantivy.Document()
        document.add_text("text", text)
        document.add_integer("row", row)
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def ask(question: str) -> list[int]:
        plain = regex.sub(r"[^\p{L}\p{N} ]", " ", question).lower()
        query, _ = index.parse_query_lenient(plain, ["text"])
        hits = searcher.search(query, DEPTH).hits
        values = searcher.fast_field_values("row", [address for _, address in hits])
        return [int(value or 0) for value in values]

    return ask


def fts5(texts: Sequence[str], language: str) -> Ask:
    """SQLite FTS5; Porter for English, whole words for Russian, which it can't stem."""
    database = sqlite3.connect(":memory:")
    tokenizer = "porter unicode61" if language == "en" else "unicode61"
    database.execute(f"CREATE VIRTUAL TABLE passage USING fts5(text, tokenize='{tokenizer}')")
    database.executemany("INSERT INTO passage(rowid, text) VALUES (?, ?)", enumerate(texts))

    def ask(question: str) -> list[int]:
        terms = regex.findall(r"[\p{L}\p{N}]+", question)
        found = database.execute(
            "SELECT rowid FROM passage WHERE passage MATCH ? ORDER BY rank LIMIT ?",
            (" OR ".join(f'"{term}"' for term in terms), DEPTH),
        )
        return [row for (row,) in found]

    return ask


def fuzzy(texts: Sequence[str], language: str) -> Ask:
    """rapidfuzz over all paragraphs."""
    prepared = [utils.default_process(text) for text in texts]

    def ask(question: str) -> list[int]:
        found = process.extract(
            utils.default_process(question), prepared, scorer=fuzz.token_set_ratio, limit=DEPTH
        )
        return [place for _, _, place in found]

    return ask


def weighted(texts: Sequence[str], language: str) -> Ask:
    """rapidfuzz over all paragraphs as it comes: its default scorer, texts as they are."""

    def ask(question: str) -> list[int]:
        found = process.extract(question, texts, processor=utils.default_process, limit=DEPTH)
        return [place for _, _, place in found]

    return ask


def bm25s(texts: Sequence[str], language: str) -> Ask:
    """bm25s with Snowball stemming."""
    library = importlib.import_module("bm25s")
    stemmer = Stemmer.Stemmer("english" if language == "en" else "russian")
    retriever = library.BM25()
    retriever.index(library.tokenize(list(texts), stemmer=stemmer, show_progress=False))

    def ask(question: str) -> list[int]:
        tokens = library.tokenize([question], stemmer=stemmer, show_progress=False)
        found, _ = retriever.retrieve(tokens, k=DEPTH, show_progress=False)
        return [int(row) for row in found[0]]

    return ask


def peers() -> dict[str, Callable[[Sequence[str], str], Ask]]:
    """All peers that can be had here."""
    found: dict[str, Callable[[Sequence[str], str], Ask]] = {
        "plain tantivy": plain_tantivy,
        "SQLite FTS5": fts5,
        "rapidfuzz": fuzzy,
        "rapidfuzz, WRatio": weighted,
    }
    if importlib.util.find_spec("bm25s") is not None:
        found["bm25s"] = bm25s
    return found


def _named(ask: Ask, names: Sequence[str]) -> Callable[[str], list[str]]:
    return lambda question: [names[row] for row in ask(question)]


def texts_of(judged: JudgedSet) -> tuple[list[str], list[str]]:
    """Judged ids and texts of a set's paragraphs."""
    names, texts = [], []
    for path in judged.corpora:
        for line in documents(path):
            for place, paragraph in enumerate(line["paragraphs"]):
                names.append(line["ids"][place] if "ids" in line else f"{line['url']}#{place}")
                texts.append(paragraph["text"])
            if judged.passages is not None and len(texts) >= judged.passages:
                return names, texts
    return names, texts


def quality(judged: JudgedSet, directory: Path) -> list[str]:
    """Rows of a Markdown table: each engine on one set, clean and with typos."""
    score = scorer()
    queries = score.load_queries(str(judged.queries))
    names, texts = texts_of(judged)
    language = "ru" if judged.name.endswith("ru") else "en"
    built = build(directory, judged.corpora, passages=judged.passages)

    def ours(question: str) -> list[str]:
        hits = built.index.search(question, limit=DEPTH, today=TODAY).hits
        return [built.names[hit.passage_id] for hit in hits]

    engines: dict[str, Callable[[str], list[str]]] = {"ontherecord": ours}
    for name, make in peers().items():
        if name == "rapidfuzz, WRatio":
            continue  # its quality is known to be none, and it takes hours
        engines[name] = _named(make(texts, language), names)
    lines = []
    for name, answer in engines.items():
        asked = queries[: FEWER.get(name)]
        cells = [judged.name, name]
        took: list[float] = []
        for typos in (False, True):
            run: dict[str, Any] = {}
            for query in asked:
                text = with_typos(query["text"]) if typos else query["text"]
                begun = time.perf_counter()
                results = answer(text)
                took.append(1000 * (time.perf_counter() - begun))
                run[query["id"]] = (results, not results)
            found = score.summary(score.evaluate(asked, run, {}, 1)[0])
            cells += [f"{found['s@1']:.3f}", f"{found['mrr@10']:.3f}"]
        cells.append(f"{statistics.median(took):.2f}")
        lines.append("| " + " | ".join(cells) + " |")
    return lines


def speed(size: int, directory: Path) -> list[str]:
    """Rows of a Markdown table: the median of one question at a size, in milliseconds."""
    from bench.latency import fill

    fill(directory, size)
    index = SearchIndex.open(directory)
    texts = [paragraph["text"] for line in lines(size) for paragraph in line["paragraphs"]]
    asked = questions()
    rows = []
    base = 0.0
    engines: dict[str, Callable[[str], object]] = {
        "ontherecord": lambda question: search(index.view, question, limit=5, today=TODAY)
    }
    for name in ["ontherecord", *peers()]:
        answer = engines.get(name) or peers()[name](texts, "en")
        some = asked[: FEWER.get(name)]
        took = []
        for question in some if name not in FEWER else ():
            answer(question)  # once before, so that what is measured is in memory
        for question in some:
            begun = time.perf_counter()
            answer(question)
            took.append(1000 * (time.perf_counter() - begun))
        median = statistics.median(took)
        base = base or median
        rows.append(f"| {name} | {median:.2f} | {median / base:.1f} |")
    return rows


def main(arguments: Sequence[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(description="Other ways of searching, in the same run.")
    parser.add_argument("sets", nargs="*", metavar="SET")
    parser.add_argument("--speed", type=int, metavar="PARAGRAPHS")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as directory:
        if options.speed:
            print("| engine | p50 ms | times ours |\n| --- | ---: | ---: |")
            print("\n".join(speed(options.speed, Path(directory))))
            return 0
        print("| set | engine | s@1 | mrr@10 | s@1, typos | mrr@10, typos | p50 ms |")
        print("| --- | --- | ---: | ---: | ---: | ---: | ---: |")
        for name, judged in judged_sets().items():
            if not options.sets or name in options.sets:
                print("\n".join(quality(judged, Path(directory) / name)), flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
