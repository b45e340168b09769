"""Is this a word of English or Russian? One that the record lacks is then no misspelling.

English by the frequency list of pyspellchecker, Russian in all inflections by pymorphy3 (the
OpenCorpora dictionary). Both are read when the first unknown word is looked up.
"""

from __future__ import annotations

import gzip
import json
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final

import numpy as np

_SHORT: Final = 5
_SELDOM: Final = 100
"""Occurrences from which a short word counts: most short slips are some rare word."""
_COMMON: Final = 300
"""Occurrences from which an English word is hardly a name: names stand lower in the list."""
_NAME_TAGS: Final = frozenset({"Name", "Surn", "Patr", "Geox", "Orgn", "Trad", "Abbr"})
"""Grammemes of OpenCorpora for names."""


def is_word(word: str) -> bool:
    """Whether a folded word is in the dictionary of its script."""
    if word.isascii():
        count = _english().of(word)
        return count >= _SELDOM or (count > 0 and len(word) > _SHORT)
    return bool(_russian().word_is_known(word))


@lru_cache(maxsize=5_000)
def is_common(word: str) -> bool:
    """Whether a folded word is in the dictionary as something else than a name."""
    if word.isascii():
        return _english().of(word) >= _COMMON
    analyser = _russian()
    return bool(analyser.word_is_known(word)) and any(
        not _NAME_TAGS & set(analysis.tag.grammemes)
        for analysis in analyser.parse(word)
        if analysis.is_known
    )


class _Counts:
    """How often each word occurs, in twelve bytes a word: by its hash in this process."""

    def __init__(self, counts: dict[str, int]) -> None:
        hashes = np.fromiter(map(hash, counts), np.int64, len(counts))
        order = np.argsort(hashes)
        self._hashes = hashes[order]
        self._counts = np.fromiter(counts.values(), np.int32, len(counts))[order]

    def of(self, word: str) -> int:
        """The occurrences of a word, 0 if it is not in the list."""
        place = int(np.searchsorted(self._hashes, hash(word)))
        if place == len(self._hashes) or self._hashes[place] != hash(word):
            return 0
        return int(self._counts[place])


@lru_cache(maxsize=1)
def _english() -> _Counts:
    # The list as the package ships it: its own reader takes three times as long.
    source = files("spellchecker").joinpath("resources", "en.json.gz")
    return _Counts(json.loads(gzip.decompress(source.read_bytes())))


@lru_cache(maxsize=1)
def _russian() -> Any:
    from pymorphy3 import MorphAnalyzer

    return MorphAnalyzer()
