"""Mends the words of a question in place: those of its frame first, then all that are left."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import Final

from rapidfuzz.distance import OSA

from corpus.search import analysis
from corpus.search.understanding.dictionary import is_common
from corpus.search.understanding.function_words import FRAME_WORDS
from corpus.search.understanding.gazetteer import gazetteer
from corpus.search.understanding.known import is_known, is_real
from corpus.search.understanding.reading import Reading
from corpus.search.understanding.repair import mend
from corpus.search.understanding.terms import NO_NAMES, is_given_name, named_places
from corpus.search.understanding.vocabulary import Vocabulary
from corpus.search.understanding.words import Word, Words
from corpus.types import Repair, RepairKind

_FRAME_WORDS_BY_LETTER: Final = {
    letter: tuple(same) for letter, same in groupby(FRAME_WORDS, itemgetter(0))
}
_ENDS: Final = "?!."
_MAX_REPAIRED: Final = 24
"""Unknown words of one question that we try to mend."""


def mend_frame_words(reading: Reading, plain: set[str]) -> None:
    """Slips in the words of the frame, which would hide it."""
    for place, item in enumerate(reading.words.items):
        word = item.folded
        if len(word) < 4 or not word.isalpha() or word in plain or word in FRAME_WORDS:
            continue
        if is_real(word, reading.lexicon):
            continue
        if item.capital and item is not reading.words.items[0]:
            continue
        near = [
            other
            for other in _FRAME_WORDS_BY_LETTER.get(word[0], ())
            if abs(len(other) - len(word)) < 2 and OSA.distance(word, other, score_cutoff=1) <= 1
        ]
        if len(near) == 1:
            reading.repairs.append(Repair(item.typed, near[0]))
            reading.words.reread(place, near[0])


def mend_words(reading: Reading) -> None:
    """Unknown words, against the record's words and names."""
    words, tried = reading.words, 0
    items: list[Word] = []
    named = named_places(words)
    done: int | None = None
    for place, item in enumerate(words.items):
        if item.chunk == done and not item.used:
            # Its keys, punctuation among them, were those of one word of the other layout.
            continue
        items.append(item)
        if item.used or place in named or tried >= _MAX_REPAIRED:
            continue
        if is_known(item.folded, reading.lexicon):
            continue
        if speaker := reading.speakers.known([item]):
            # The record has the name, though perhaps only as a label.
            for repair in speaker.repairs:
                reading.repairs.append(repair)
                item.typed, item.folded = repair.replacement, analysis.fold(repair.replacement)
            continue
        tried += 1
        first = place == 0 or bool(words.items[place - 1].mark)
        mended = mend(
            item.folded,
            reading.lexicon,
            typed=item.around,
            name=words.cased and item.capital and not first and not _in_a_title(words, place),
            maybe_name=item.capital or not words.cased,
            beside_name=_beside_name(words, place, reading.lexicon),
        )
        if mended is None:
            continue
        original = item.typed
        if mended.kind is RepairKind.KEYBOARD:
            original, done = item.around.strip(_ENDS), item.chunk
        shown = [_shown(word, item, reading.lexicon) for word in mended.words]
        reading.repairs.append(Repair(original, " ".join(shown), mended.kind))
        item.typed, item.folded, item.other = shown[0], mended.words[0], mended.other
        if mended.other:
            reading.repairs.append(Repair(original, mended.other, mended.kind))
        for text, word in zip(shown[1:], mended.words[1:], strict=True):
            items.append(Word(text, word, item.chunk, item.capital))
    words.items = items


def _in_a_title(words: Words, place: int) -> bool:
    """Whether a word with a capital stands beside another one that makes no person of it.

    "Championship" in "AFC Championship Game" is a common word, "Macron" in "President Macron" or
    "Emmanuel Macron" is not.
    """
    near = words.items[max(place - 1, 0) : place] + words.items[place + 1 : place + 2]
    return len(words.items[place].folded) > 4 and any(
        item.capital
        and not item.first
        and not item.used
        and item.folded not in NO_NAMES
        and not is_given_name(item.folded)
        for item in near
    )


def _beside_name(words: Words, place: int, lexicon: Vocabulary) -> bool:
    """Whether the word before or behind is mostly a name on record, and no country."""
    near = words.items[max(place - 1, 0) : place] + words.items[place + 1 : place + 2]
    return any(
        not item.used
        and lexicon.is_name(item.folded)
        and item.folded not in FRAME_WORDS
        and gazetteer().get(item.folded) is None
        and not is_common(item.folded)
        for item in near
    )


def _shown(word: str, item: Word, lexicon: Vocabulary) -> str:
    """A word of the record as it is shown: names with a capital, acronyms in capitals."""
    if item.shouted:
        return word.upper()
    surface = gazetteer().get(word)
    if surface is not None and not surface.needs_capital:
        if analysis.fold(surface.label) == word:
            return surface.label
        return word.capitalize()
    return word.capitalize() if lexicon.is_name(word) or item.capital else word
