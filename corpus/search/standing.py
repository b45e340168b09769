"""Questions that stand: each understood once, and again only when new documents may change that.

What is kept of a question is only ever used to pass over it: a document that may meet it is looked
at by the same search as anybody's question.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

import numpy as np
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from corpus.search.analysis import stem, words
from corpus.search.lexicon import Lexicon
from corpus.search.searcher import understood
from corpus.search.understanding.vocabulary import KnownSpeaker
from corpus.types import Aliases, Form, FormKind, Query

SETTLED: Final = 20
"""Passages from which on a word stays known, and a name or none, whatever a document adds."""
NEAR_LABEL: Final = 2
"""Edits within which a word of a question may mean one of a speaker's label."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A question as understood, and what that hangs on."""

    queries: tuple[Query, ...]
    keys: frozenset[str] | None
    """A document that has none of these words, stems and speaker labels does not meet it; None
    where words don't decide."""
    watched: frozenset[str]
    """Words and stems that were asked about and are not settled: where one is new, the question
    may be understood otherwise."""
    near: frozenset[tuple[str, int]]
    """Words that others were looked for near to, within so many edits."""
    own: frozenset[tuple[str, int]]
    """The question's own words, and within how many edits they may mean one of a label."""


def stand(question: str, lexicon: Lexicon, today: date) -> Standing:
    """Understand a question as an alert: it looks forward, so days in it don't limit it."""
    watching = _Watching(lexicon)
    queries = tuple(
        replace(query, date_from=None, date_to=None)
        for query in understood(question, watching, today)
    )
    own = ((word, NEAR_LABEL if len(word) > NEAR_LABEL + 1 else 0) for word in words(question))
    unsettled = {word for word in watching.asked if lexicon.frequency(word) < SETTLED}
    unsettled |= {word for word in watching.stems if lexicon.stem_frequency(word) < SETTLED}
    return Standing(
        queries,
        _keys(queries, lexicon),
        frozenset(unsettled),
        frozenset(watching.near_asked),
        frozenset(own),
    )


def label_key(label: str) -> str:
    """What stands among the keys for a speaker's label: no word has a space."""
    return f"by {label}"


def _keys(queries: Sequence[Query], lexicon: Lexicon) -> frozenset[str] | None:
    keys: set[str] = set()
    for query in queries:
        if not (query.terms or query.phrases):
            return None
        for term in query.terms:
            if term.said:
                return None
            keys.update(_key(form, lexicon) for form in term.forms)
            keys.update(map(label_key, term.labels))
        for phrase in query.phrases:
            if found := tuple(words(phrase)):
                keys.add(_key(Form(found, FormKind.EXACT), lexicon))
    return frozenset(keys)


def _key(form: Form, lexicon: Lexicon) -> str:
    """The rarest word of a form, which must be there for the form to be."""
    if form.kind is FormKind.EXACT or form.as_written:
        return min(form.words, key=lexicon.frequency)
    return min(map(stem, form.words), key=lexicon.stem_frequency)


@dataclass
class _Watching:
    """A lexicon that notes what it is asked."""

    lexicon: Lexicon
    asked: set[str] = field(default_factory=set)
    stems: set[str] = field(default_factory=set)
    near_asked: set[tuple[str, int]] = field(default_factory=set)

    def known(self, word: str) -> bool:
        self.asked.add(word)
        return self.lexicon.known(word)

    def frequency(self, word: str) -> int:
        self.asked.add(word)
        return self.lexicon.frequency(word)

    def stem_frequency(self, stem: str) -> int:
        self.stems.add(stem)
        return self.lexicon.stem_frequency(stem)

    def is_name(self, word: str) -> bool:
        self.asked.add(word)
        return self.lexicon.is_name(word)

    def is_small(self, word: str) -> bool:
        self.asked.add(word)
        return self.lexicon.is_small(word)

    def near(self, word: str, *, distance: int) -> Sequence[tuple[str, int]]:
        self.near_asked.add((word, distance))
        return self.lexicon.near(word, distance=distance)

    @property
    def aliases(self) -> Aliases:
        return self.lexicon.aliases

    def speakers(self) -> Sequence[KnownSpeaker]:
        return self.lexicon.speakers()

    def publishers(self) -> Sequence[str]:
        return self.lexicon.publishers()

    def languages(self) -> Sequence[str]:
        return self.lexicon.languages()


class StandingQuestions:
    """Understands questions, and remembers them for as long as that holds."""

    def __init__(self) -> None:
        self._known: dict[str, Standing] = {}

    def of(self, question: str, lexicon: Lexicon, today: date) -> Standing:
        """A question as the lexicon's record understands it."""
        found = self._known.get(question)
        if found is None:
            found = self._known[question] = stand(question, lexicon, today)
        return found

    def keep(self, questions: Iterable[str]) -> None:
        """Forget all other questions, when there are many of them."""
        wanted = set(questions)
        if len(self._known) > 2 * len(wanted) + 100:
            self._known = {text: one for text, one in self._known.items() if text in wanted}

    def clear(self) -> None:
        """Forget all questions."""
        self._known.clear()

    def notice(self, terms: frozenset[str], fresh: Sequence[str], names: Sequence[str]) -> None:
        """Forget the questions that new documents may change.

        Args:
            terms: words and stems that the documents have.
            fresh: those of them that the record did not have often before.
            names: words of their speakers' labels that it did not have often before.
        """
        known = self._known
        near = _near({pair for one in known.values() for pair in one.near}, fresh)
        own = _near({pair for one in known.values() for pair in one.own}, names) if names else set()
        self._known = {
            text: one
            for text, one in known.items()
            if one.watched.isdisjoint(terms)
            and one.near.isdisjoint(near)
            and one.own.isdisjoint(own)
        }


def _near(asked: Iterable[tuple[str, int]], fresh: Sequence[str]) -> set[tuple[str, int]]:
    """Those that a fresh word lies near to."""
    pairs = sorted(asked)
    if not pairs or not fresh:
        return set()
    distances = cdist(
        [word for word, _ in pairs],
        fresh,
        scorer=OSA.distance,
        score_cutoff=max(distance for _, distance in pairs),
        dtype=np.uint8,
    ).min(axis=1)
    return {pair for pair, found in zip(pairs, distances.tolist(), strict=True) if found <= pair[1]}
