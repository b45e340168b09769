"""The index at one position: all that a search reads. Never changes; safe in any thread."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import tantivy

from corpus.search.index_files import Arrays, Labels, Manifest, State
from corpus.search.lexicon import NO_ALIASES, KnownSpeaker, Lexicon, Vocabulary
from corpus.types import Aliases, Coverage, PublisherCount

Rows = npt.NDArray[np.int64]


@dataclass(frozen=True)
class View:
    """One generation of the index."""

    manifest: Manifest
    arrays: Arrays
    state: State
    vocabulary: Vocabulary
    searcher: tantivy.Searcher
    aliases: Aliases = NO_ALIASES
    """Names that moderators added: of the record, not of the index."""

    @cached_property
    def lexicon(self) -> Lexicon:
        """The words and labels known at this position."""
        counts, labels = self.state.counts, self.state.labels
        speakers = [
            KnownSpeaker(item.label, item.person, item.passages, item.documents > 0)
            for item in labels.speakers
            if item.passages > 0 or item.documents > 0
        ]
        speakers.sort(key=lambda speaker: (-speaker.passages, speaker.label))
        return Lexicon(
            self.vocabulary,
            self.arrays.terms,
            counts[0],
            counts[1],
            counts[2],
            counts[3],
            passages=self.manifest.live_passages,
            speakers=speakers,
            publishers=labels.publishers,
            languages=labels.languages,
            aliases=self.aliases,
        )

    @property
    def labels(self) -> Labels:
        """Speakers, publishers and languages by number."""
        return self.state.labels

    @cached_property
    def stems(self) -> npt.NDArray[np.int32]:
        """For each term number, the term number of its stem."""
        return np.ascontiguousarray(self.arrays.terms["stem"])

    def inflections(self, stem: int) -> npt.NDArray[np.int32]:
        """The numbers of all terms whose stem's term number this is."""
        terms, starts = self._by_stem
        return terms[starts[stem] : starts[stem + 1]]

    @cached_property
    def _by_stem(self) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
        """All terms by their stem, and where those of each stem begin."""
        terms = np.argsort(self.stems, kind="stable").astype(np.int32)
        counts = np.bincount(self.stems, minlength=len(terms))
        starts = np.concatenate(([0], np.cumsum(counts))).astype(np.int32)
        return terms, starts

    @cached_property
    def mean_length(self) -> float:
        """Words in a passage, on average."""
        return max(self.manifest.words / max(self.manifest.passages, 1), 1.0)

    @cached_property
    def coverage(self) -> Coverage:
        """What the record holds, counted over live documents."""
        documents = self.arrays.documents[self.state.live == 1]
        known = documents["day"][documents["day"] > 0]
        labels = self.labels
        publishers = _counted(documents["publisher"], labels.publishers)
        languages = _counted(documents["language"], labels.languages)
        return Coverage(
            documents=len(documents),
            passages=self.manifest.live_passages,
            first=as_date(int(known.min())) if len(known) else None,
            last=as_date(int(known.max())) if len(known) else None,
            publishers=tuple(PublisherCount(name, count) for name, count in publishers),
            languages=tuple(languages),
            speakers=len(self.lexicon.speakers()),
            position=self.manifest.position,
        )

    def live_rows(self, rows: list[int]) -> npt.NDArray[np.bool_]:
        """Which passages count at this position: the engine may be a step ahead or behind."""
        numbers = np.asarray(rows, np.int64)
        known = numbers < self.manifest.passages
        documents = self.arrays.passages["document"][np.where(known, numbers, 0)]
        live: npt.NDArray[np.bool_] = known & (self.state.live[documents] == 1)
        return live


def label_numbers(wanted: frozenset[str], labels: Labels) -> list[int]:
    """The numbers of these speaker labels."""
    return [number for number, item in enumerate(labels.speakers) if item.label in wanted]


def day_number(day: date) -> int:
    """A date as yyyymmdd."""
    return day.year * 10_000 + day.month * 100 + day.day


def as_date(day: int) -> date | None:
    """The date of a yyyymmdd number; None for 0."""
    return date(day // 10_000, day // 100 % 100, day % 100) if day else None


def _counted(numbers: npt.NDArray[Any], names: list[str]) -> list[tuple[str | None, int]]:
    counts = np.bincount(numbers + 1, minlength=len(names) + 1).tolist()
    found = [(name, count) for name, count in zip([None, *names], counts, strict=True) if count > 0]
    return sorted(found, key=lambda pair: (-pair[1], pair[0] or ""))
