"""How sure it is that words stand in the place of a sayer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import IntEnum


class Position(IntEnum):
    """The grammatical place of a possible sayer."""

    POSSIBLE = 0
    """ "X on Y": only a known speaker, or what must be a person's name."""
    LIKELY = 1
    """ "X's remarks on": also nobody in particular, and a country."""
    CERTAIN = 2
    """ "what did X say about": also a person whom the record does not know."""


Judge = Callable[[Sequence[int], Position], bool]
"""Takes the places of words that may be a sayer; whether they are one, known or not, or nobody in
particular. Takes note of the sayer if so."""
