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

_SHORT: Final = 5
_COMMON: Final = 100
"""Occurrences from which a short word counts: most short slips are some rare word."""


def is_word(word: str) -> bool:
    """Whether a folded word is in the dictionary of its script."""
    if word.isascii():
        return word in _english()
    return bool(_russian().word_is_known(word))


@lru_cache(maxsize=1)
def _english() -> frozenset[str]:
    # The list as the package ships it: its own reader takes three times as long.
    source = files("spellchecker").joinpath("resources", "en.json.gz")
    counts: dict[str, int] = json.loads(gzip.decompress(source.read_bytes()))
    return frozenset(
        word for word, count in counts.items() if len(word) > _SHORT or count >= _COMMON
    )


@lru_cache(maxsize=1)
def _russian() -> Any:
    from pymorphy3 import MorphAnalyzer

    return MorphAnalyzer()
