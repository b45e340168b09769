"""The same questions put to other ways of searching, in the same run.

    python -m bench.peers                       quality on all sets, then speed at 250,000
    python -m bench.peers whitehouse            quality on one set, then speed
    python -m bench.peers --speed 20000         speed at another size; 0: none
    python -m bench.peers --quick               some questions about the samples, speed at 300

Peers (``bench.engines``): plain tantivy (its stemmers), SQLite FTS5 (Porter stemming, any word,
bm25), bm25s on numba, Xapian with spelling correction, rapidfuzz over all paragraphs (token set
ratio, and for speed its default scorer as well). What isn't installed is named and left out:

    pip install bm25s numba
    apt-get install python3-xapian              Debian's, for the system's Python, which runs it

Each is given paragraphs as they are and the question as it is: none knows speakers or dates. Times
are of the search alone, ours too: ``bench.latency`` measures answers with the record. Quality asks
everything once; speed asks everything once before it is timed, but for the slowest.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from bench.asking import Questions
from bench.engines import DEPTH, ENGINES, Engine, NotInstalled
from bench.judged import TODAY, Intake, JudgedSet, build, documents, judged_sets, read_lines, scorer
from bench.latency import lines
from bench.quality import samples_set
from bench.typos import with_typos
from corpus.search import SearchIndex
from corpus.types import DocumentState

OURS = "ontherecord"
SPEED, QUICK_SPEED = 250_000, 300
"""Paragraphs."""
QUICK_ASKED = 10
"""Questions by which speed is measured in a quick run."""
QUICK_SCORED = 40
FEWER = {"rapidfuzz": 30, "rapidfuzz, WRatio": 3}
"""How many questions the slowest peers are asked."""
BATCH = 5_000
"""Paragraphs that our index takes in at a time, as in loading."""


class Ours(Engine):
    """Our index, without the record. It takes documents, for it searches their neighbours too."""

    def __init__(self, folder: Path) -> None:
        self._index = SearchIndex.open(folder)
        self._intake = Intake()

    def add_documents(self, documents: Sequence[DocumentState]) -> None:
        """Take in documents in batches of about :data:`BATCH` passages."""
        waiting: list[DocumentState] = []
        position, size = self._index.position, 0
        for state in documents:
            waiting.append(state)
            size += len(state.passages)
            if size >= BATCH:
                position += len(waiting)
                self._index.apply(waiting, position)
                waiting, size = [], 0
        self._index.apply(waiting, position + len(waiting))

    def states(self, lines: Sequence[Any]) -> list[DocumentState]:
        """Lines of a corpus as documents; their passages are numbered from 1 on."""
        return list(self._intake.states(lines))

    def add(self, texts: Sequence[str]) -> None:
        """Each text as a document of its own."""
        rows = [{"url": f"added:{text}", "paragraphs": [{"text": text}]} for text in texts]
        self.add_documents(self.states(rows))

    def ask(self, question: str) -> list[int]:
        """Numbers of the passages that answer."""
        found = self._index.search(question, limit=DEPTH, today=TODAY)
        return [hit.passage_id - 1 for hit in found.hits]

    def close(self) -> None:
        """Close the index."""
        self._index.close()


def peers(home: Path, language: str) -> Iterator[tuple[str, Engine]]:
    """All peers that can be had here, one after another; each is closed before the next."""
    for name, make in ENGINES.items():
        folder = home / name.replace(", ", "-").replace(" ", "-")
        folder.mkdir(parents=True)
        try:
            engine = make(folder, language)
        except NotInstalled as missing:
            print(f"{name} is not installed, skipped; to have it: {missing}", file=sys.stderr)
            continue
        try:
            yield name, engine
        finally:
            engine.close()


# --- quality ------------------------------------------------------------------------------


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


def quality(judged: JudgedSet, home: Path, most: int | None = None) -> Iterator[str]:
    """Rows of a Markdown table: each engine on (the first of) a set, clean and with typos."""
    names, texts = texts_of(judged)
    built = build(home / "ours", judged.corpora, passages=judged.passages)

    def ours(question: str) -> tuple[list[str], float]:
        begun = time.perf_counter()
        hits = built.index.search(question, limit=DEPTH, today=TODAY).hits
        took = time.perf_counter() - begun
        return [built.names[hit.passage_id] for hit in hits], took

    yield _scored(judged, OURS, ours, most)
    built.index.close()
    for name, engine in peers(home, "ru" if judged.name.endswith("ru") else "en"):
        if name == "rapidfuzz, WRatio":
            continue  # its quality is known to be none, and it takes hours
        engine.add(texts)
        yield _scored(judged, name, _named(engine, names), FEWER.get(name, most))


def _named(engine: Engine, names: Sequence[str]) -> Callable[[str], tuple[list[str], float]]:
    def answer(question: str) -> tuple[list[str], float]:
        rows, took = engine.timed(question)
        return [names[row] for row in rows], took

    return answer


def _scored(
    judged: JudgedSet,
    name: str,
    answer: Callable[[str], tuple[list[str], float]],
    most: int | None,
) -> str:
    score = scorer()
    asked = score.load_queries(str(judged.queries))[:most]
    scores: list[str] = []
    times: list[str] = []
    for typos in (False, True):
        run: dict[str, Any] = {}
        took = []
        for query in asked:
            results, seconds = answer(with_typos(query["text"]) if typos else query["text"])
            run[query["id"]] = (results, not results)
            took.append(1000 * seconds)
        found = score.summary(score.evaluate(asked, run, {}, 1)[0])
        scores += [f"{found['s@1']:.3f}", f"{found['mrr@10']:.3f}"]
        times.append(f"{median(took):.2f}")
    return _row(judged.name, name, *scores, *times)


def _row(*cells: str) -> str:
    return "| " + " | ".join(cells) + " |"


# --- speed --------------------------------------------------------------------------------


def speed(size: int, home: Path, *, quick: bool = False) -> Iterator[str]:
    """Rows of a Markdown table: building, adding one and asking at a size."""
    corpus = list(lines(size, samples=quick))
    texts = [paragraph["text"] for line in corpus for paragraph in line["paragraphs"]]
    questions = _asked(quick)
    ours = Ours(home / "ours")
    states = ours.states(corpus)
    del corpus
    begun = time.perf_counter()
    ours.add_documents(states)
    built = time.perf_counter() - begun
    del states
    base, row = _measured(OURS, ours, questions, built, None)
    ours.close()
    yield row
    for name, engine in peers(home, "en"):
        begun = time.perf_counter()
        engine.add(texts)
        built = time.perf_counter() - begun
        yield _measured(name, engine, questions, built, base)[1]


def _asked(quick: bool) -> Questions:
    if quick:
        return Questions.judged(samples=True, most=QUICK_ASKED)
    # Whole sentences, which cost each engine more than keywords do.
    return Questions(row["text"] for row in read_lines(judged_sets()["whitehouse"].queries))


def _measured(
    name: str, engine: Engine, questions: Questions, built: float, base: float | None
) -> tuple[float, str]:
    texts = questions.texts[: FEWER.get(name)]
    if name not in FEWER:
        for text in texts:
            engine.ask(text)
            engine.ask(with_typos(text))
    # Our index remembers answers: a question that is asked again has to be a new one.
    clean = median(1000 * engine.timed(questions.new(text))[1] for text in texts)
    typed = median(1000 * engine.timed(with_typos(questions.new(text)))[1] for text in texts)
    adding = median(1000 * _add_one(engine, number) for number in range(5))
    times = f"{clean / (base or clean):.2f}"
    return clean, _row(
        name, f"{built:.1f}", f"{adding:,.1f}", f"{clean:.2f}", times, f"{typed:.2f}"
    )


def _add_one(engine: Engine, number: int) -> float:
    """Seconds from handing over a new text to finding it."""
    word = "qvkzx" + "abcdefghij"[number] * 3
    begun = time.perf_counter()
    engine.add([f"The committee has agreed on a new word, which shall be {word}."])
    rows = engine.ask(f"new word {word}")
    took = time.perf_counter() - begun
    if not rows:
        raise RuntimeError("the added text is not found")
    return took


# --- the command --------------------------------------------------------------------------


def main(arguments: Sequence[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(description="Other ways of searching, in the same run.")
    parser.add_argument("sets", nargs="*", metavar="SET")
    parser.add_argument("--speed", type=int, metavar="PARAGRAPHS", help="0: don't measure speed")
    parser.add_argument("--quick", action="store_true", help="a small run, of the samples alone")
    options = parser.parse_args(arguments)
    sets = {"samples": samples_set()} if options.quick else judged_sets()
    size = options.speed
    if size is None:
        size = QUICK_SPEED if options.quick else SPEED
    with tempfile.TemporaryDirectory() as directory:
        print("| set | engine | s@1 | mrr@10 | s@1, typos | mrr@10, typos | p50 ms | typos ms |")
        print("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |")
        for name, judged in sets.items():
            if not options.sets or name in options.sets:
                most = QUICK_SCORED if options.quick else None
                for row in quality(judged, Path(directory) / name, most):
                    print(row, flush=True)
        if size:
            print(f"\n{size:,} paragraphs:\n")
            print("| engine | build s | add one ms | p50 ms | times ours | typos p50 ms |")
            print("| --- | ---: | ---: | ---: | ---: | ---: |")
            for row in speed(size, Path(directory) / "speed", quick=options.quick):
                print(row, flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
