"""One name in two alphabets and many spellings: transliteration, and keys that sound alike."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_LATIN_OF: Final = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "zh", "з": "z", "и": "i",
    "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s",
    "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch",
    "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya", "і": "i", "ї": "i", "є": "e",
    "ґ": "g",
}  # fmt: skip
_TO_LATIN: Final = str.maketrans(_LATIN_OF)

_CYRILLIC_OF: Final = (
    ("shch", "щ"), ("sch", "ш"), ("tch", "ч"), ("zh", "ж"), ("kh", "х"), ("ts", "ц"), ("tz", "ц"),
    ("ch", "ч"), ("sh", "ш"), ("ph", "ф"), ("th", "т"), ("ck", "к"), ("yu", "ю"), ("ju", "ю"),
    ("ya", "я"), ("ja", "я"), ("yo", "е"), ("jo", "е"), ("ye", "е"), ("oo", "у"), ("ee", "и"),
    ("ou", "у"), ("x", "кс"), ("a", "а"), ("b", "б"), ("c", "к"), ("d", "д"), ("e", "е"),
    ("f", "ф"), ("g", "г"), ("h", "х"), ("i", "и"), ("j", "дж"), ("k", "к"), ("l", "л"),
    ("m", "м"), ("n", "н"), ("o", "о"), ("p", "п"), ("q", "к"), ("r", "р"), ("s", "с"),
    ("t", "т"), ("u", "у"), ("v", "в"), ("w", "в"), ("y", "й"), ("z", "з"), ("'", "ь"),
)  # fmt: skip
_PIECES: Final = re.compile("|".join(re.escape(latin) for latin, _ in _CYRILLIC_OF))
_CYRILLIC_PIECE: Final = dict(_CYRILLIC_OF)

_SOUNDS: Final = (
    (re.compile(r"^al(?=[bdfghjkmnqrstz][aeiou])"), "al"),
    (re.compile(r"shch|tsch|sch"), "sh"),
    (re.compile(r"tch"), "ch"),
    (re.compile(r"kh|gh"), "h"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"rh"), "r"),
    (re.compile(r"th"), "t"),
    (re.compile(r"ck|q"), "k"),
    (re.compile(r"c(?=[eiy])"), "s"),
    (re.compile(r"c(?!h)"), "k"),
    (re.compile(r"x"), "ks"),
    (re.compile(r"w"), "v"),
    (re.compile(r"tz"), "ts"),
    (re.compile(r"ff$"), "v"),
    (re.compile(r"[yj]"), "i"),
    (re.compile(r"ou|oo"), "u"),
    (re.compile(r"ee|ie"), "e"),
    (re.compile(r"'"), ""),
    (re.compile(r"(.)\1+"), r"\1"),
)
_VOWELS: Final = re.compile(r"(?<!^)[aeiou]")
_FIRST_VOWEL: Final = re.compile(r"^[aeiou]+")


@lru_cache(maxsize=20_000)
def latin(word: str) -> str:
    """A folded word in Latin letters: Cyrillic as English texts write it, the rest as it is."""
    return word if word.isascii() else word.translate(_TO_LATIN)


def _in_cyrillic(word: str) -> str:
    return _PIECES.sub(lambda piece: _CYRILLIC_PIECE[piece[0]], word)


@lru_cache(maxsize=20_000)
def cyrillic(word: str) -> tuple[str, ...]:
    """The Cyrillic spellings that a folded Latin word most likely stands for."""
    plain = _in_cyrillic(word)
    spellings = [plain]
    if short := re.search("[aeoiu][ij]$", word):
        spellings.insert(0, plain[: -len(_in_cyrillic(short[0][1]))] + "й")
    if "ee" in word:
        spellings.append("".join(map(_in_cyrillic, re.split("(?<=e)(?=e)", word))))
    if word.endswith(("sky", "skiy", "skii", "skyy", "ski")):
        spellings.insert(0, re.sub("ск(?:и|ий|ии|й|йй)$", "ский", plain))
    if word.endswith(("iy", "yy")):
        spellings.append(plain[:-2] + "ий")
        spellings.append(plain[:-2] + "ый")
    elif re.search(r"[^aeiou]y$", word):
        spellings.append(plain[:-1] + "ый")
        spellings.append(plain[:-1] + "и")
    elif word.endswith("ei"):
        spellings.append(plain[:-1] + "й")
    if word.startswith("e"):
        spellings.append("э" + plain[1:])
    if "y" in word[1:-1]:
        spellings.append(plain[0] + plain[1:-1].replace("й", "ы") + plain[-1])
    if "ia" in word:
        spellings.append(plain.replace("иа", "ия"))
    if "h" in word:
        spellings.append(plain.replace("х", "г"))
    return tuple(dict.fromkeys(spellings))


@lru_cache(maxsize=50_000)
def sound(word: str) -> str:
    """A key that the usual spellings of one name share: Lavrov, Lawrow, Lavroff, Лавров.

    Our own rules over Latin transliteration: they undo spelling habits (kh, ph, ck, w, doubled
    letters), and keep the vowels.
    """
    key = latin(word)
    for pattern, replacement in _SOUNDS:
        key = pattern.sub(replacement, key)
    return key


@lru_cache(maxsize=50_000)
def skeleton(word: str) -> str:
    """The consonants of :func:`sound`, with "a" for a vowel in front: vowels are spelt at will."""
    return _VOWELS.sub("", _FIRST_VOWEL.sub("a", sound(word)))
