"""The words, speakers, publishers and languages that the record knows.

A :class:`Lexicon` is an immutable view of the index at one position. Asking it is thread-safe.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from corpus.search.analysis import stem
from corpus.types import Aliases

Counts = npt.NDArray[np.int32]

NO_ALIASES: Final = Aliases()

TERM_RECORD: Final = np.dtype(
    [("letters", "<u8"), ("doubled", "<u8"), ("stem", "<i4"), ("length", "<i2"), ("unused", "<i2")]
)
"""What is stored of each term: its letters as sets, its stem's term number, its length."""

_LETTERS: Final = "abcdefghijklmnopqrstuvwxyzабвгдежзийклмнопрстуфхцчшщъыьэюя"
_BIT_OF: Final = {letter: 1 << number for number, letter in enumerate(_LETTERS)}
_ONE_BYTE: Final = str.maketrans(
    {letter: chr(0xC0 + number) for number, letter in enumerate(_LETTERS[26:])}
)
"""Cyrillic as one byte a letter: rapidfuzz compares such strings several times faster."""


@dataclass(frozen=True, slots=True)
class KnownSpeaker:
    """A speaker label of the record."""

    label: str
    """As named in the source: "MR. CARNEY", "Sergey Lavrov"."""
    person: str | None
    """Full name of the known person whom the label certainly names."""
    passages: int
    """Passages that carry this label themselves."""
    document_speaker: bool
    """Whether whole documents are by this speaker."""


class Vocabulary:
    """The terms of an index, by number. It only grows, so all views of one index share it.

    A stem is a term too, perhaps one with no passages, so that both have their number from here.
    """

    def __init__(self, terms: Sequence[str] = ()) -> None:
        self.terms: list[str] = list(terms)
        self.numbers: dict[str, int] = {term: number for number, term in enumerate(self.terms)}

    def __len__(self) -> int:
        return len(self.terms)

    def number(self, term: str) -> int:
        """The number of a term, which is added if it is new."""
        known = self.numbers.get(term)
        if known is None:
            known = self.numbers[term] = len(self.terms)
            self.terms.append(term)
        return known


class Lexicon:
    """What the record knows, with how often."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        records: npt.NDArray[np.void],
        frequencies: Counts,
        stem_frequencies: Counts,
        capitals: Counts,
        lowers: Counts,
        *,
        passages: int = 0,
        speakers: Sequence[KnownSpeaker] = (),
        publishers: Sequence[str] = (),
        languages: Sequence[str] = (),
        aliases: Aliases = NO_ALIASES,
    ) -> None:
        self._vocabulary = vocabulary
        self._records = records
        self._frequencies = frequencies
        self._stem_frequencies = stem_frequencies
        self._capitals = capitals
        self._lowers = lowers
        self._passages = passages
        self._speakers = tuple(speakers)
        self._publishers = tuple(publishers)
        self._languages = tuple(languages)
        self._aliases = aliases
        self.remembered: dict[Any, Any] = {}
        """What others worked out from this lexicon alone; theirs to fill and to clear."""

    @property
    def passages(self) -> int:
        """How many passages the record has."""
        return self._passages

    def __len__(self) -> int:
        return len(self._frequencies)

    def __iter__(self) -> Iterator[str]:
        """All known words."""
        terms = self._vocabulary.terms
        return (terms[number] for number in np.flatnonzero(self._frequencies).tolist())

    def number(self, term: str) -> int | None:
        """The number of a term or stem in this index, None where it has none."""
        number = self._vocabulary.numbers.get(term)
        return number if number is not None and number < len(self._frequencies) else None

    def known(self, word: str) -> bool:
        """Whether the word, folded, stands in any passage or title as it is."""
        return self.frequency(word) > 0

    def frequency(self, word: str) -> int:
        """In how many passages the folded word stands."""
        number = self.number(word)
        return 0 if number is None else int(self._frequencies[number])

    def stem_frequency(self, stem: str) -> int:
        """In how many passages any word with this stem stands."""
        number = self.number(stem)
        return 0 if number is None else int(self._stem_frequencies[number])

    def is_name(self, word: str) -> bool:
        """Whether the word is mostly written with a capital within sentences."""
        number = self.number(word)
        return number is not None and int(self._capitals[number]) > int(self._lowers[number])

    def is_small(self, word: str) -> bool:
        """Whether the word is written within sentences, and mostly without a capital."""
        number = self.number(word)
        return number is not None and int(self._lowers[number]) > int(self._capitals[number])

    def words_of_stem(self, stem: str) -> list[str]:
        """The known words with this stem, most frequent first."""
        number = self.number(stem)
        if number is None:
            return []
        same = np.flatnonzero(self._stems == number)
        same = same[self._frequencies[same] > 0]
        same = same[np.argsort(-self._frequencies[same], kind="stable")]
        return [self._vocabulary.terms[term] for term in same.tolist()]

    def near(self, word: str, *, distance: int) -> list[tuple[str, int]]:
        """Known words within an edit distance of a folded word, most frequent first.

        Insertions, deletions, substitutions and swaps of neighbours count one each (optimal
        string alignment). Terms are first sieved by their sets of letters: an edit changes at
        most two members of the sets "has this letter" and "has it twice" together.

        Returns:
            Pairs of the word and the number of passages that it stands in.
        """
        letters, doubled = letter_sets(word)
        order, lengths, all_letters, all_doubled = self._sieve
        first, last = np.searchsorted(lengths, (len(word) - distance, len(word) + distance + 1))
        unlike = np.bitwise_count(all_letters[first:last] ^ letters)
        unlike += np.bitwise_count(all_doubled[first:last] ^ doubled)
        # Where lengths differ, that many edits are insertions, which change one member each.
        allowed = 2 * distance - np.abs(lengths[first:last] - len(word))
        numbers = order[first:last][unlike <= allowed]
        if not len(numbers):
            return []
        terms = [self._vocabulary.terms[number] for number in numbers.tolist()]
        # Unknown alphabets may come out alike in the sieve; the distance itself decides.
        plain = "\n".join(terms).translate(_ONE_BYTE).split("\n")
        distances = cdist(
            [word.translate(_ONE_BYTE)],
            plain,
            scorer=OSA.distance,
            score_cutoff=distance,
            dtype=np.uint8,
        )[0]
        found = [
            (terms[place], int(self._frequencies[numbers[place]]))
            for place in np.flatnonzero(distances <= distance).tolist()
        ]
        found.sort(key=lambda pair: (-pair[1], pair[0]))
        return found

    def speakers(self) -> Sequence[KnownSpeaker]:
        """All speaker labels, the most quoted first."""
        return self._speakers

    def publishers(self) -> Sequence[str]:
        """The names of all publishers."""
        return self._publishers

    def languages(self) -> Sequence[str]:
        """ISO 639-1 codes of the languages of the record."""
        return self._languages

    @property
    def aliases(self) -> Aliases:
        """Names that moderators added."""
        return self._aliases

    def stem_frequency_of(self, word: str) -> int:
        """In how many passages any inflection of the folded word stands."""
        return self.stem_frequency(stem(word))

    @cached_property
    def _stems(self) -> Counts:
        return np.ascontiguousarray(self._records["stem"])

    @cached_property
    def _sieve(
        self,
    ) -> tuple[
        npt.NDArray[np.intp],
        npt.NDArray[np.int16],
        npt.NDArray[np.uint64],
        npt.NDArray[np.uint64],
    ]:
        """Known terms by length: their numbers, lengths and sets of letters."""
        known = np.flatnonzero(self._frequencies > 0)
        order = known[np.argsort(self._records["length"][known], kind="stable")]
        return (
            order,
            self._records["length"][order],
            self._records["letters"][order],
            self._records["doubled"][order],
        )


def letter_sets(word: str) -> tuple[np.uint64, np.uint64]:
    """The set of letters of a word, and of those that it has at least twice, as bits.

    Letters of both alphabets have a bit each; the six that are left are shared by all others.
    """
    letters = doubled = 0
    for character in word:
        bit = _BIT_OF.get(character) or 1 << (58 + ord(character) % 6)
        doubled |= letters & bit
        letters |= bit
    return np.uint64(letters), np.uint64(doubled)


def empty_lexicon() -> Lexicon:
    """The lexicon of an empty record."""
    nothing: Counts = np.zeros(0, np.int32)
    return Lexicon(Vocabulary(), np.zeros(0, TERM_RECORD), nothing, nothing, nothing, nothing)


def lexicon_of(
    frequencies: dict[str, int],
    *,
    names: Sequence[str] = (),
    speakers: Sequence[KnownSpeaker] = (),
    publishers: Sequence[str] = (),
    languages: Sequence[str] = (),
    aliases: Aliases = NO_ALIASES,
) -> Lexicon:
    """A lexicon of these folded words with their passages: for tests and small tools.

    ``names`` are the words that are written with a capital.
    """
    vocabulary = Vocabulary(list(frequencies))
    stems = [vocabulary.number(stem(term)) for term in frequencies]
    size = len(vocabulary)
    records = term_records(vocabulary, 0, size)
    records["stem"][: len(stems)] = stems
    counts = np.zeros((4, size), np.int32)
    counts[0, : len(stems)] = list(frequencies.values())
    np.add.at(counts[1], stems, counts[0, : len(stems)])
    counts[3] = counts[0]
    for name in names:
        number = vocabulary.numbers[name]
        counts[2, number], counts[3, number] = counts[3, number], 0
    return Lexicon(
        vocabulary,
        records,
        counts[0],
        counts[1],
        counts[2],
        counts[3],
        passages=int(counts[0].max(initial=0)),
        speakers=speakers,
        publishers=publishers,
        languages=languages,
        aliases=aliases,
    )


def term_records(vocabulary: Vocabulary, first: int, last: int) -> npt.NDArray[np.void]:
    """What is stored of the terms numbered from ``first`` to before ``last``."""
    records = np.zeros(last - first, TERM_RECORD)
    for place, term in enumerate(vocabulary.terms[first:last]):
        letters, doubled = letter_sets(term)
        records[place] = (letters, doubled, first + place, min(len(term), 32_767), 0)
    return records
