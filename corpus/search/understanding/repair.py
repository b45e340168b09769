"""Mends words that neither the record nor the gazetteer knows; every mend is reported."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from corpus.search import analysis
from corpus.search.understanding.dictionary import is_common, is_word
from corpus.search.understanding.function_words import ENGLISH, FUNCTION_WORDS
from corpus.search.understanding.gazetteer import gazetteer
from corpus.search.understanding.keyboard import other_layout
from corpus.search.understanding.known import is_known, is_real, is_stem_known
from corpus.search.understanding.russian import nominatives
from corpus.search.understanding.spelling import Circumstances, spell
from corpus.search.understanding.transliteration import cyrillic, latin, sound
from corpus.search.understanding.vocabulary import Vocabulary
from corpus.types import RepairKind

_EDGES: Final = ".,;:!?"
_RUSSIAN_IN_LATIN: Final = frozenset(("o", "ob", "chto", "kto", "pro", "po", "kak", "gde", "kogda"))
_LONGEST: Final = 40
"""Letters of a word that we try to mend."""
_HOMOGLYPHS: Final = dict(zip("aceopxyktmbh", "асеорхукмтвн", strict=True)) | {
    "k": "к", "t": "т", "m": "м", "b": "в", "h": "н",
}  # fmt: skip
_TO_CYRILLIC: Final = str.maketrans(_HOMOGLYPHS)
_TO_LATIN: Final = str.maketrans({cyr: lat for lat, cyr in _HOMOGLYPHS.items()})
_MIXED: Final = re.compile(r"[a-z].*[а-я]|[а-я].*[a-z]")


@dataclass(frozen=True, slots=True)
class Mend:
    """What a word is read as."""

    words: tuple[str, ...]
    """Folded; more than one when a space was missing."""
    kind: RepairKind
    other: str | None = None
    """Another common word that is nearly as likely, looked for too."""


def mend(
    word: str,
    lexicon: Vocabulary,
    *,
    typed: str,
    name: bool,
    maybe_name: bool = True,
    beside_name: bool = False,
) -> Mend | None:
    """The word of the record that an unknown word stands for, or None if none is sound.

    Args:
        word: folded.
        lexicon: what the record knows.
        typed: as it was typed, with the punctuation next to it (keys of the other layout).
        name: it has a capital that means something, so it is never read as a common word.
        maybe_name: it may be a name, so that a spelling further off that sounds alike will do.
        beside_name: a name stands next to it, so that it is likelier a name too.
    """
    if not 3 <= len(word) <= _LONGEST or any(character.isdigit() for character in word):
        return None
    if is_known(word, lexicon):
        return None
    if is_real(word, lexicon):
        # A dictionary has names too; as a name the record may have it in the other alphabet.
        return _script(word, lexicon, only_names=True)
    if switched := _homoglyphs(word, lexicon) or _layout(typed, lexicon):
        return switched
    circumstances = Circumstances(name=name, maybe_name=maybe_name, beside_name=beside_name)
    spelt = spell(word, lexicon, circumstances)
    # A misspelt name that goes by several is itself in either alphabet.
    written = None if spelt and gazetteer().get(*spelt.words) else _script(word, lexicon)
    if written or spelt is None:
        return written
    return Mend(spelt.words, RepairKind.SPELLING, spelt.other)


def from_other_layout(text: str, lexicon: Vocabulary) -> str | None:
    """A whole question typed in the wrong layout as it was meant; None if it was not."""
    if not _mostly_unknown(text, lexicon):
        return None
    switched = other_layout(text)
    after = analysis.words(switched)
    long = [word for word in after if len(word) > 2]
    if len(long) < 2 or any(not is_known(word, lexicon) for word in after if len(word) <= 2):
        return None
    known = sum(is_real(word, lexicon) for word in after)
    return switched if known * 3 >= len(after) * 2 else None


def from_latin(text: str, lexicon: Vocabulary) -> str | None:
    """A whole Russian question in Latin letters ("o smertnoi kazni") in its own; None if it isn't.

    Most of its words have to be no English ones, and Russian ones once they are in Cyrillic, of
    which the record has some.
    """
    if not text.isascii() or not (_mostly_unknown(text, lexicon) or _has_russian_frame(text)):
        return None
    words = analysis.words(text)
    english = sum(len(word) > 3 and is_common(word) for word in words)
    if english * 2 >= len(words):
        return None
    known = on_record = 0
    pieces = []
    for piece in text.split():
        word = piece.lower().strip(_EDGES)
        found = next((other for other in cyrillic(word) if is_real(other, lexicon)), None)
        known += found is not None
        on_record += found is not None and len(found) > 3 and is_known(found, lexicon)
        pieces.append(found or (cyrillic(word)[0] if word.isalpha() else piece))
    enough = on_record > 0 and known > 1 and known * 3 >= len(pieces) * 2
    return " ".join(pieces) if enough else None


def _has_russian_frame(text: str) -> bool:
    """Whether a Russian preposition or question word stands in Latin letters."""
    words = set(text.lower().split())
    return bool(words & _RUSSIAN_IN_LATIN) and not words & ENGLISH


def _mostly_unknown(text: str, lexicon: Vocabulary) -> bool:
    """Whether at least half of the words, and some long one, are no words as they stand."""
    words = analysis.words(text)
    unknown = [word for word in words if not is_known(word, lexicon)]
    if not words or len(unknown) * 2 < len(words):
        return False
    return sum(not is_real(word, lexicon) for word in unknown) * 2 >= len(words)


def _homoglyphs(word: str, lexicon: Vocabulary) -> Mend | None:
    """Letters of the other alphabet that look alike: "Ирaн" with a Latin a."""
    if not _MIXED.search(word):
        return None
    for table in (_TO_CYRILLIC, _TO_LATIN):
        same = word.translate(table)
        if not _MIXED.search(same) and is_known(same, lexicon):
            return Mend((same,), RepairKind.SCRIPT)
    return None


def _layout(typed: str, lexicon: Vocabulary) -> Mend | None:
    words = tuple(analysis.words(other_layout(typed.strip())))
    if len(words) != 1 or len(words[0]) < 3 or words[0] in FUNCTION_WORDS:
        return None
    if is_known(words[0], lexicon) or (len(words[0]) > 4 and is_word(words[0])):
        return Mend(words, RepairKind.KEYBOARD)
    return None


def _script(word: str, lexicon: Vocabulary, *, only_names: bool = False) -> Mend | None:
    """A word that the record has in the other alphabet."""
    if len(word) < 4:
        return None
    found = _in_other_script(word, lexicon)
    if found is None or (only_names and not lexicon.is_name(found)):
        return None
    return Mend((found,), RepairKind.SCRIPT)


def _in_other_script(word: str, lexicon: Vocabulary) -> str | None:
    if word.isascii():
        for other in cyrillic(word):
            if is_stem_known(other, lexicon):
                return other
        return None
    for form in nominatives(word):
        other = latin(form)
        if other == form or len(other) < 4:
            continue
        if lexicon.known(other):
            return other
        alike = [
            candidate
            for candidate, _ in lexicon.near(other, distance=1 if len(other) < 6 else 2)
            if sound(candidate) == sound(form) and lexicon.is_name(candidate)
        ]
        if alike:
            return alike[0]
    return None
