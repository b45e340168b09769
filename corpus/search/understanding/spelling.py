"""The word of the record that a misspelt one stands for.

A noisy channel (Kernighan, Church and Gale, "A spelling correction program based on a noisy
channel model", COLING 1990) with hand-set costs: the more frequent and the likelier the slip, the
better. Measured on XQuAD questions with one typo in each content word; see ``docs/questions.md``.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import OSA, JaroWinkler

from corpus.search import analysis
from corpus.search.lexicon import Lexicon, lexicon_of
from corpus.search.understanding.dictionary import is_word
from corpus.search.understanding.function_words import FUNCTION_WORDS
from corpus.search.understanding.gazetteer import Gazetteer, gazetteer
from corpus.search.understanding.keyboard import are_neighbours
from corpus.search.understanding.transliteration import skeleton, sound
from corpus.search.understanding.vocabulary import Vocabulary
from corpus.types import FormKind

_NAME_FREQUENCY: Final = 3
"""What a name that the record lacks counts for, against words that it has."""
_FREQUENCY_SHARE: Final = 0.2
"""How much of an edit a frequency e times as high makes up for."""
_FREQUENT: Final = 300
"""Passages from which a word is as likely as any: "first" is not meant more often than "forest"."""
_OTHER_INFLECTION: Final = 0.5
"""What it costs that the record has the word in other inflections only."""
_ALIKE: Final = 0.8
"""Jaro-Winkler similarity of the sounds of two spellings of one name."""
_BESIDE_NAME: Final = 0.9
"""What it makes up for that a name stands next to the word and the candidate is one."""
_FUNCTION_WORD: Final = 0.6
"""What it costs that the candidate carries no subject."""
_LONG: Final = 8
"""Letters from which two slips are allowed, and a name may be a common word after all."""
_NEARLY: Final = 0.6
"""How much likelier the best candidate may be for the next one to be looked for too."""
_LIKELY: Final = 0.85
"""Where a candidate is so likely, no other inflections are looked for."""
_NO_SPACE: Final = 0.8
"""The most that a missing space may cost: both words have to be frequent."""
_INFLECTED: Final = 6
"""Letters from which a word is compared by its stem too."""
_TOGETHER: Final = 20
"""How much rarer two words are side by side than the rarer of them alone, at a guess."""
_VOWELS: Final = frozenset("aeiouyаеиоуыэюя")
_LETTERS: Final = ("abcdefghijklmnopqrstuvwxyz", "абвгдежзийклмнопрстуфхцчшщъыьэюя")


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the question tells of an unknown word."""

    name: bool
    """It has a capital that means something, so it is hardly a common word."""
    maybe_name: bool = True
    """It may be a name, so that a spelling further off that sounds alike will do."""
    beside_name: bool = False
    """A name stands next to it, so that it is likelier a name too."""


@dataclass(frozen=True, slots=True)
class Spelt:
    """What a misspelt word stands for."""

    words: tuple[str, ...]
    """Folded; two where a space is missing."""
    other: str | None = None
    """Another common word that is nearly as likely."""


def spell(word: str, lexicon: Vocabulary, seen: Circumstances) -> Spelt | None:
    """What a folded word is a misspelling of, or None if nothing is sound."""
    longest = 2 if len(word) >= _LONG else 1
    for distance in range(1, longest + 1):
        scores = _scores(word, lexicon, seen, distance)
        ranked = sorted(scores, key=lambda candidate: (scores[candidate], candidate))
        least = scores[ranked[0]] if ranked else _NO_SPACE
        apart = None if seen.name or len(word) < 5 else _apart(word, lexicon)
        if apart and apart[0] < least:
            return Spelt(apart[1])
        if not ranked:
            continue
        best = _as_recorded(ranked[0], lexicon)
        others = (
            other
            for other in ranked[1:3]
            if scores[other] - least < _NEARLY
            and analysis.stem(other) != analysis.stem(best)
            and not any(map(lexicon.is_name, (best, other)))
        )
        return Spelt((best,), None if gazetteer().get(best) else next(others, None))
    if inflected := _inflected(word, lexicon, name=seen.name):
        return Spelt((inflected,))
    alike = _sounding_alike(word, lexicon) if seen.maybe_name else None
    return Spelt((alike,)) if alike else None


def _scores(word: str, lexicon: Vocabulary, seen: Circumstances, distance: int) -> dict[str, float]:
    """The candidates at a distance, with how unlikely each is."""
    scores: dict[str, float] = {}

    def add(candidates: Iterator[tuple[str, int]], handicap: float) -> None:
        for candidate, frequency in candidates:
            if not _allowed(word, candidate, lexicon, name=seen.name):
                continue
            score = slip_cost(word, candidate) + handicap
            score -= _FREQUENCY_SHARE * math.log1p(min(frequency, _FREQUENT))
            if seen.beside_name and lexicon.is_name(candidate):
                score -= _BESIDE_NAME
            if candidate in FUNCTION_WORDS:
                score += _FUNCTION_WORD
            scores[candidate] = min(score, scores.get(candidate, score))

    add(_candidates(word, lexicon, distance), 0.0)
    likely = min(scores.values(), default=math.inf) <= _LIKELY
    if distance == 1 and len(word) > 3 and not likely and not (scores and word.isascii()):
        add(_other_inflections(word, lexicon), _OTHER_INFLECTION)
    return scores


def _sounding_alike(word: str, lexicon: Vocabulary) -> str | None:
    """A name of the record that is three edits away but sounds alike."""
    if len(word) < _INFLECTED or len(skeleton(word)) < 3:
        return None
    for candidate, _ in lexicon.near(word, distance=3):
        if (
            lexicon.is_name(candidate)
            and skeleton(candidate) == skeleton(word)
            and JaroWinkler.similarity(sound(word), sound(candidate)) >= _ALIKE
        ):
            return candidate
    return None


def _inflected(word: str, lexicon: Vocabulary, *, name: bool) -> str | None:
    """A known word whose stem is one slip away, where the record has another inflection of it."""
    stem = analysis.stem(word)
    if len(word) < _INFLECTED or len(stem) < _INFLECTED - 1:
        return None
    near = [
        (frequency, candidate)
        for candidate, frequency in lexicon.near(word, distance=3)
        if OSA.distance(stem, analysis.stem(candidate), score_cutoff=1) <= 1
        and _allowed(word, candidate, lexicon, name=name)
    ]
    return max(near)[1] if near else None


def _as_recorded(word: str, lexicon: Vocabulary) -> str:
    """The spelling of a name that the record has, or the usual one."""
    surface = gazetteer().get(word)
    if surface is None or surface.kind is not FormKind.EXACT or lexicon.known(word):
        return word
    same = [
        names[0]
        for names in gazetteer().entities[surface.key].naming.names()
        if len(names) == 1 and names[0].isascii() == word.isascii() and names[0] != word
    ]
    best = max(same, key=lexicon.frequency, default=word)
    alike = JaroWinkler.similarity(sound(best), sound(word)) >= _ALIKE
    return best if lexicon.known(best) and alike else word


def _candidates(word: str, lexicon: Vocabulary, distance: int) -> Iterator[tuple[str, int]]:
    """Words that the record or the gazetteer has, with the passages that they stand in."""
    near = lexicon.near(word, distance=distance)
    for candidate, frequency in near:
        # A Russian word stands in many inflections, so that each by itself says little.
        stem = analysis.stem(candidate)
        yield candidate, frequency if word.isascii() else lexicon.stem_frequency(stem)
    if len(word) < 4:
        return
    for candidate, _ in _names(gazetteer()).near(word, distance=distance):
        yield candidate, max(_NAME_FREQUENCY, lexicon.frequency(candidate))


def _other_inflections(word: str, lexicon: Vocabulary) -> Iterator[tuple[str, int]]:
    """Words of the dictionary one edit away that the record has in another inflection."""
    for edit in _edits(word):
        frequency = lexicon.stem_frequency(analysis.stem(edit))
        if frequency and not lexicon.known(edit) and is_word(edit):
            yield edit, frequency


def _edits(word: str) -> set[str]:
    """All strings one edit away, without the word itself."""
    letters = _LETTERS[not word.isascii()]
    found: set[str] = set()
    for place in range(len(word) + 1):
        before, after = word[:place], word[place:]
        found.update(before + letter + after for letter in letters)
        if after:
            found.add(before + after[1:])
            found.update(before + letter + after[1:] for letter in letters)
        if len(after) > 1:
            found.add(before + after[1] + after[0] + after[2:])
    found.discard(word)
    return found


@lru_cache(maxsize=2)
def _names(names: Gazetteer) -> Lexicon:
    """The names of one word in a gazetteer, as a lexicon to look for near ones in."""
    return lexicon_of({word: 1 for word in names.words() if len(word) > 3})


def _allowed(word: str, candidate: str, lexicon: Vocabulary, *, name: bool) -> bool:
    if any(character.isdigit() for character in candidate) or len(candidate) < 3:
        return False
    if name and not lexicon.is_name(candidate) and gazetteer().get(candidate) is None:
        # Long names are hardly one letter away from a common word.
        return len(word) >= _LONG and OSA.distance(word, candidate, score_cutoff=1) <= 1
    if len(word) == 3:
        # One letter of three is another word; two that changed places, or one left out, are not.
        return len(candidate) == 4 or sorted(candidate) == sorted(word)
    return True


def slip_cost(word: str, candidate: str) -> float:
    """How unlikely it is that a hand slipped from ``candidate`` to ``word``; one edit is about 1.

    Letters that changed places, a letter doubled or not, a neighbouring key and one vowel for
    another are likelier than the rest, a wrong first letter less likely.
    """
    if OSA.distance(word, candidate) > 1:
        first = 0.0 if word[0] == candidate[0] else 0.6
        return 2.2 + first
    shared = 0
    while shared < min(len(word), len(candidate)) and word[shared] == candidate[shared]:
        shared += 1
    first = 0.35 if shared == 0 else 0.0
    if len(word) == len(candidate):
        here, there = word[shared], candidate[shared]
        if word[shared + 1 :] != candidate[shared + 1 :]:
            return 0.75 + first
        if are_neighbours(here, there):
            return 0.9 + first
        return (0.95 if here in _VOWELS and there in _VOWELS else 1.15) + first
    longer = word if len(word) > len(candidate) else candidate
    doubled = shared > 0 and longer[shared] == longer[shared - 1]
    return (0.75 if doubled else 1.0) + first


def _apart(word: str, lexicon: Vocabulary) -> tuple[float, tuple[str, str]] | None:
    """Two words of the record without the space between them, and how unlikely that is."""
    best: tuple[float, tuple[str, str]] | None = None
    for place in range(2, len(word) - 2):
        parts = (word[:place], word[place:])
        if place == 2 and parts[0] != "no":
            continue
        frequency = min(map(lexicon.frequency, parts))
        if frequency > 1:
            cost = 1.0 - _FREQUENCY_SHARE * math.log1p(min(frequency, _FREQUENT) / _TOGETHER)
            best = min(best or (math.inf, parts), (cost, parts))
    return best
