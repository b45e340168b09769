"""What understanding a question asks of the record: a seam that ``Lexicon`` satisfies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from corpus.types import Aliases


class KnownSpeaker(Protocol):
    """A speaker label of the record."""

    @property
    def label(self) -> str:
        """As named in the source: "MR. CARNEY", "Sergey Lavrov"."""
        ...

    @property
    def person(self) -> str | None:
        """Full name of the known person whom the label certainly names."""
        ...

    @property
    def passages(self) -> int:
        """Passages that carry this label themselves."""
        ...


class Vocabulary(Protocol):
    """The words, speakers, publishers and languages that the record knows."""

    def known(self, word: str) -> bool:
        """Whether the folded word stands in the record as it is."""
        ...

    def frequency(self, word: str) -> int:
        """In how many passages the folded word stands."""
        ...

    def stem_frequency(self, stem: str) -> int:
        """In how many passages any word with this stem stands."""
        ...

    def is_name(self, word: str) -> bool:
        """Whether the word is mostly written with a capital within sentences."""
        ...

    def is_small(self, word: str) -> bool:
        """Whether the word is written within sentences, and mostly without a capital."""
        ...

    def near(self, word: str, *, distance: int) -> Sequence[tuple[str, int]]:
        """Known words within an edit distance, with their frequencies."""
        ...

    @property
    def aliases(self) -> Aliases:
        """Names that moderators added; the same object while nothing changes."""
        ...

    def speakers(self) -> Sequence[KnownSpeaker]:
        """All speaker labels, the most quoted first; the same object while nothing changes."""
        ...

    def publishers(self) -> Sequence[str]:
        """The names of all publishers."""
        ...

    def languages(self) -> Sequence[str]:
        """ISO 639-1 codes of the languages of the record."""
        ...
