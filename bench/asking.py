"""What the parts of ``bench.latency`` share: where the record is, what is asked, and the clock."""

from __future__ import annotations

import itertools
import random
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from bench.judged import TODAY, read_lines
from corpus import Corpus
from corpus.search import SearchIndex
from corpus.search.lexicon import Lexicon
from corpus.types import Answer


@dataclass(frozen=True)
class Setting:
    """Where the record is, and how much to ask of it."""

    folder: Path
    size: int
    """In paragraphs."""
    quick: bool = False

    @property
    def seconds(self) -> float:
        """How long people chat at each rate."""
        return 0.5 if self.quick else 30.0

    @property
    def rounds(self) -> int:
        """Of questions in the same instant, and of statements added."""
        return 1 if self.quick else 20

    @property
    def turns(self) -> int:
        """How often each question is asked, each time as a new one."""
        return 1 if self.quick else 3

    @cached_property
    def questions(self) -> Questions:
        """What is asked: about the samples alone in a quick run."""
        return Questions.judged(samples=self.quick, most=20 if self.quick else None)

    def lexicon(self) -> Lexicon:
        """The words of the record as it stands."""
        return SearchIndex.open(self.folder / "index").lexicon


class Questions:
    """Questions in an order that is the same each time, none of them twice."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.texts = list(texts)
        self._turn = itertools.cycle(self.texts)
        self._asked = Counter[str]()

    @classmethod
    def judged(cls, *, samples: bool, most: int | None = None) -> Questions:
        """Our own judged ones, about the samples or about all else; at most so many."""
        files = sorted((Path(__file__).parent / "judged").glob("*.jsonl"))
        texts = [
            row["text"]
            for file in files
            if (file.stem == "samples") == samples
            for row in read_lines(file)
        ]
        random.Random(7).shuffle(texts)
        return cls(texts[:most])

    def new(self, text: str) -> str:
        """This question, unlike each time that it was asked before."""
        self._asked[text] += 1
        return text + " " * self._asked[text]

    def next(self) -> str:
        """The next question, a new one."""
        return self.new(next(self._turn))


async def ask(corpus: Corpus, question: str) -> tuple[float, Answer]:
    """Milliseconds until the answer, and the answer."""
    begun = time.perf_counter()
    answer = await corpus.ask(question, today=TODAY)
    return 1000 * (time.perf_counter() - begun), answer


async def ask_all(corpus: Corpus, questions: Iterable[str]) -> list[float]:
    """Milliseconds of each, one after another."""
    return [(await ask(corpus, question))[0] for question in questions]


def percentile(values: Iterable[float], share: float) -> float:
    """The value that this share of all values does not exceed."""
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]
