"""Where a quotation may come from: candidates for a comparison word by word."""

from __future__ import annotations

import math
from itertools import chain, zip_longest
from typing import Final

import tantivy

from corpus.search import engine
from corpus.search.analysis import words
from corpus.search.view import View

RAREST: Final = 12
"""Words of a quotation that are looked for; common ones find nothing that these don't."""
RUNS: Final = 12
"""Runs of three words that are looked for, where words alone say little."""
PART: Final = 16
"""Words from which each half is looked for too: the quotation may be put together from two."""
SMALL: Final = 2_000
"""Passages from which on frequencies alone tell how rare a word is."""
LONGEST: Final = 8
"""Letters from which on a word is as rare as it gets."""


def nearest(view: View, quotation: str, *, limit: int) -> list[int]:
    """Ids of the passages that a quotation may come from, the likeliest first."""
    quoted = words(quotation)
    parts = [quoted]
    if len(quoted) >= PART:
        middle = len(quoted) // 2
        parts += [quoted[:middle], quoted[middle:]]
    found = [_rows(view, part, limit) for part in parts]
    merged = dict.fromkeys(row for row in chain(*zip_longest(*found)) if row is not None)
    ids: list[int] = view.arrays.passages["id"][list(merged)[:limit]].tolist()
    return ids


def evidence(view: View, word: str) -> float:
    """The inverse document frequency of a word as it stands, in nats.

    A small record can't tell rare words from common ones; there the longer word is the rarer one
    (Zipf's law of abbreviation).
    """
    passages = max(view.lexicon.passages, 1)
    total = 0.0
    for part in words(word):
        frequency = min(view.lexicon.frequency(part), passages)
        rarity = math.log(1 + (passages - frequency + 0.5) / (frequency + 0.5))
        total += rarity if passages >= SMALL else max(rarity, min(len(part), LONGEST) / 2)
    return total


def _rows(view: View, quoted: list[str], limit: int) -> list[int]:
    known = [word for word in dict.fromkeys(quoted) if view.lexicon.known(word)]
    known.sort(key=view.lexicon.frequency)
    queries = [query for word in known[:RAREST] for query in _in_any((word,))]
    runs = [
        tuple(quoted[place : place + 3])
        for place in range(len(quoted) - 2)
        if all(map(view.lexicon.known, quoted[place : place + 3]))
    ]
    runs.sort(key=lambda run: min(map(view.lexicon.frequency, run)))
    queries += [query for run in runs[:RUNS] for query in _in_any(run)]
    if not queries:
        return []
    rows, _, _ = engine.rows(view.searcher, engine.any_of(queries), limit)
    live = view.live_rows(rows)
    return [row for row, counts in zip(rows, live.tolist(), strict=True) if counts]


def _in_any(run: tuple[str, ...]) -> list[tantivy.Query]:
    return [engine.phrase(field, run) for field in (engine.TEXT, engine.OTHER)]
