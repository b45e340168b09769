"""The two keyboard layouts: what was typed in the wrong one, and which keys are neighbours."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

_QWERTY: Final = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
_JCUKEN: Final = "йцукенгшщзхъфывапролджэячсмитьбюё"
_QWERTY_SHIFTED: Final = 'QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>~'
_JCUKEN_SHIFTED: Final = _JCUKEN.upper()

_TO_CYRILLIC: Final = str.maketrans(
    _QWERTY + _QWERTY_SHIFTED + "&", _JCUKEN + _JCUKEN_SHIFTED + "?"
)
_TO_LATIN: Final = str.maketrans(_JCUKEN + _JCUKEN_SHIFTED, _QWERTY + _QWERTY_SHIFTED)

_ROWS: Final = (
    ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm"),
    ("1234567890", "йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю"),
)


def other_layout(text: str) -> str:
    """The text as the same keys would have written it in the other layout.

    English (US) and Russian layouts; the direction follows the script of the letters.
    """
    cyrillic = any("а" <= character.lower() <= "я" or character in "ёЁ" for character in text)
    return text.translate(_TO_LATIN if cyrillic else _TO_CYRILLIC)


def _neighbours() -> frozenset[tuple[str, str]]:
    pairs: set[tuple[str, str]] = set()
    for rows in _ROWS:
        for upper, lower in zip(rows, (*rows[1:], ""), strict=True):
            pairs.update(pairwise(upper))
            # Each row is set off by about half a key to the right of the one above it.
            pairs.update(zip(lower, upper, strict=False))
            pairs.update(zip(lower, upper[1:], strict=False))
    return frozenset(pairs | {(right, left) for left, right in pairs})


_NEIGHBOURS: Final = _neighbours()


def are_neighbours(one: str, other: str) -> bool:
    """Whether two folded letters lie side by side on a keyboard."""
    return (one, other) in _NEIGHBOURS
