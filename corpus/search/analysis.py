"""From text to words, for matching only: what is stored and shown is never touched.

The index and the question are analysed by these same functions, so that a word typed is a word
found. Words are compared folded (case, width, accents, ё) and, more loosely, by their stem.
"""

from __future__ import annotations

import threading
import unicodedata
from collections.abc import Callable
from typing import Final

import regex
import Stemmer

_IGNORED: Final = regex.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff]+")
_APOSTROPHES: Final = ("’", "ʼ", "‘", "`", "´", "＇")
_TOKEN: Final = regex.compile(
    r"""
      (?<![\p{L}\p{N}]) (?: (?:\p{L}\.){2,}(?!\p{L}) | (?:\p{L}\.)+\p{L}(?!\.?[\p{L}\p{N}]) )
    | \d{1,3}(?:,\d{3})+(?![\d\p{L}])
    | \d+(?:[.,]\d+)+(?!\p{L})
    | [\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:'[\p{L}\p{M}]+)*
    """,
    regex.VERBOSE,
)
_STRESS: Final = regex.compile(r"(?<=[\p{Script=Latin}\p{Script=Greek}])\p{Mn}+|[\u0300\u0301]")
_POSSESSIVE: Final = regex.compile(r"'s?$")
_NUMBER: Final = regex.compile(r"\d[\d.,]*")
_ACRONYM: Final = regex.compile(r"(?:\p{L}\.)+\p{L}?")
_CYRILLIC: Final = regex.compile(r"\p{Script=Cyrillic}")
_MID_SENTENCE_CAPITAL: Final = regex.compile(
    r"(?<=[\p{Ll}\p{N},;)]\s)\p{Lu}[\p{L}\p{M}\p{N}]*(?:'[\p{L}\p{M}]+)*"
)

THE_COUNTRY: Final = "usa"
"""What "US", "U.S." and "USA" become, so that the country is not the pronoun "us"."""

_CACHED_WORDS: Final = 300_000


def fold(text: str) -> str:
    """The text as it is compared: NFKC, lower case, no Latin accents or stress marks, ё as е.

    й keeps its breve: only in Latin and Greek letters are marks a matter of spelling habit.
    """
    if text.isascii():
        return text.lower()
    text = clean(text).lower()
    decomposed = _STRESS.sub("", unicodedata.normalize("NFD", text))
    return unicodedata.normalize("NFC", decomposed).replace("ё", "е")


def clean(text: str) -> str:
    """The text as tokens are cut from it: NFKC, one kind of apostrophe, nothing invisible.

    Cleaning twice is cleaning once; all functions here that take a text do it themselves.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKC", _IGNORED.sub("", text))
    for apostrophe in _APOSTROPHES:
        if apostrophe in text:
            text = text.replace(apostrophe, "'")
    return text


def tokens(text: str) -> list[str]:
    """The words of a text as they stand in it (case kept), in order.

    A hyphenated word gives its parts; an acronym with points ("U.S.") and a number ("1,000")
    are one token each.
    """
    found: list[str] = _TOKEN.findall(clean(text))
    return found


def capitals(text: str) -> list[str]:
    """The tokens that begin with a capital within a sentence: mostly names."""
    found: list[str] = _MID_SENTENCE_CAPITAL.findall(clean(text))
    return found


def word(piece: str) -> str:
    """The folded word of one token as :func:`tokens` gives it; the same as in :func:`words`."""
    return _words[piece]


def words(text: str) -> list[str]:
    """The folded words of a text, in order: what is indexed and what is asked for."""
    found = [_words[token] for token in tokens(text)]
    if THE_COUNTRY in found and text.isupper():
        # In a text all in capitals "US" says nothing about which of the two it is.
        found = ["us" if item == THE_COUNTRY else item for item in found]
    return found


def stem(word: str) -> str:
    """The stem of a folded word: Snowball English, or Russian for Cyrillic.

    The script decides and not the document's language, because the same word must have the same
    stem in a question, whose language is not always known. Words with digits are their own stem.

    Source: Porter, "Snowball: a language for stemming algorithms" (2001), by PyStemmer.
    """
    return _stems[word]


def is_cyrillic(text: str) -> bool:
    """Whether the text has a Cyrillic letter."""
    return _CYRILLIC.search(text) is not None


def _fold_piece(piece: str) -> str:
    if _ACRONYM.fullmatch(piece):
        folded = fold(piece).replace(".", "")
        return THE_COUNTRY if folded == "us" else folded
    if piece in ("US", "US's"):
        return THE_COUNTRY
    if _NUMBER.fullmatch(piece):
        groups = piece.split(",")
        thousands = len(groups) > 1 and all(len(group) == 3 for group in groups[1:])
        return piece.replace(",", "") if thousands else piece.replace(",", ".")
    return _POSSESSIVE.sub("", fold(piece)) or fold(piece)


def _stem(word: str) -> str:
    if any(character.isdigit() for character in word):
        return word
    with _lock:
        stemmed: str = (_russian if is_cyrillic(word) else _english).stemWord(word)
    return stemmed


class _Remembered(dict[str, str]):
    """What a function gave for each word that it was asked for; forgets all when full."""

    def __init__(self, function: Callable[[str], str]) -> None:
        super().__init__()
        self._function = function

    def __missing__(self, key: str) -> str:
        value = self._function(key)
        if len(self) >= _CACHED_WORDS:
            self.clear()
        self[key] = value
        return value


_words: Final = _Remembered(_fold_piece)
_stems: Final = _Remembered(_stem)
_lock: Final = threading.Lock()
_english: Final = Stemmer.Stemmer("english", 0)
_russian: Final = Stemmer.Stemmer("russian", 0)
