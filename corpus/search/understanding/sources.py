"""Reads names from CLDR, ISO 3166 and our own tables, and works out how each may be written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import pycountry
from babel import Locale

from corpus.search import analysis
from corpus.search.understanding.russian import ADJECTIVE, adjective_forms, name_forms, people_forms
from corpus.search.understanding.word_lists import data_lines, word_list
from corpus.types import FormKind

Words = tuple[str, ...]

_NOT_TERRITORIES: Final = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ", "CQ"})
_SHOWN: Final = {
    "CD": ("DR Congo", "ДР Конго"), "CG": ("Congo-Brazzaville", "Республика Конго"),
    "CI": ("Ivory Coast", "Кот-д’Ивуар"), "CN": ("China", "Китай"), "HK": ("Hong Kong", "Гонконг"),
    "KP": ("North Korea", "КНДР"), "KR": ("South Korea", "Южная Корея"),
    "MM": ("Myanmar", "Мьянма"),
    "MO": ("Macao", "Макао"), "PS": ("Palestine", "Палестина"), "TR": ("Turkey", "Турция"),
    "US": ("United States", "США"), "ZA": ("South Africa", "ЮАР"), "AE": ("UAE", "ОАЭ"),
}  # fmt: skip
"""Where CLDR's standard name is not what people say."""
_CODE: Final = re.compile(r"[A-Z]{2}")
_NEEDS_CAPITAL: Final = word_list("needs capital")
_UNSEARCHABLE: Final = word_list("unsearchable names")
"""Common words when folded: they say nothing about the name."""
_SLIGHT_WORDS: Final = re.compile(r"^(?:the|of|and|и)$")


@dataclass(frozen=True)
class Naming:
    """The names of one entity, as the sources give them."""

    key: str
    kind: str
    english: tuple[str, ...]
    """Names; the first is shown."""
    russian: tuple[str, ...] = ()
    english_adjectives: tuple[str, ...] = ()
    """Adjectives and people, in all their forms."""
    russian_adjectives: tuple[str, ...] = ()
    russian_people: tuple[str, ...] = ()
    stands_for: tuple[str, ...] = ()
    """Keys of the entities whose names may stand for this one, and the reverse."""
    extra: tuple[str, ...] = field(default=())

    @property
    def shown(self) -> str:
        """The English name to show."""
        return (self.english or self.russian)[0]

    @property
    def shown_ru(self) -> str:
        """The Russian name to show."""
        return (self.russian or self.english)[0]

    @cached_property
    def _names(self) -> dict[Words, str]:
        found: dict[Words, str] = {}
        for name in self.english:
            if name.startswith("="):
                continue
            words = folded(name)
            found.setdefault(words, name)
            if words[0] == "the" and len(words) > 1:
                found.setdefault(words[1:], name)
        for name in self.russian:
            if name.startswith("="):
                continue
            for words in russian_forms(name):
                found.setdefault(words, name)
        found.pop((), None)
        return found

    @cached_property
    def _derived(self) -> frozenset[Words]:
        words = {folded(item) for item in self.english_adjectives}
        for adjective in self.russian_adjectives:
            words.update(_split(form) for form in adjective_forms(analysis.fold(adjective)))
        for person in self.russian_people:
            words.update(_split(form) for form in people_forms(analysis.fold(person)))
        return frozenset(words - self._names.keys())

    def surfaces(self) -> Iterator[tuple[Words, str, FormKind, bool]]:
        """Every way of writing it, with what is shown, and whether it needs a capital."""
        for words, label in self._names.items():
            if label.islower() and self.shown_ru[0].isupper():
                label = self.shown_ru
            yield words, label, FormKind.EXACT, _needs_capital(words)
        for words in sorted(self._derived):
            label = self.shown_ru if analysis.is_cyrillic(words[0]) else self.shown
            yield words, label, FormKind.ALIAS, _needs_capital(words)

    def names(self) -> list[Words]:
        """The names that a text can be searched for, without adjectives and people."""
        return [words for words in (*self._names, *self.shared) if self.searchable(words)]

    @property
    def shared(self) -> tuple[Words, ...]:
        """Names that are looked for but mean something else by themselves: "Georgia"."""
        english = (folded(name) for name in self.english if name.startswith("="))
        russian = (russian_forms(name[1:]) for name in self.russian if name.startswith("="))
        return (*english, *(words for forms in russian for words in sorted(forms)))

    def forms(self) -> list[Words]:
        """All names, adjectives and people that a text can be searched for."""
        return self.names() + [words for words in sorted(self._derived) if self.searchable(words)]

    def searchable(self, words: Words) -> bool:
        """Whether these folded words in a text say that it is about this entity."""
        return len(words) > 1 or words[0] not in _UNSEARCHABLE


def folded(name: str) -> Words:
    """The folded words of a name; "USA" is the country here, though all is in capitals."""
    return tuple(analysis.word(token) for token in analysis.tokens(name))


def _needs_capital(words: Words) -> bool:
    return len(words) == 1 and words[0] in _NEEDS_CAPITAL


def _split(form: str) -> Words:
    return tuple(part for part in form.split("-") if part)


def russian_forms(name: str) -> frozenset[Words]:
    """All cases of a Russian name, as folded words; a name in Latin letters is only itself."""
    pieces = [piece for piece in re.split(r"[\s\-–—]+", name) if analysis.words(piece)]
    words = [word for piece in pieces for word in folded(piece)]
    if len(words) != len(pieces) or not analysis.is_cyrillic(name):
        return frozenset({tuple(words)})
    if len(words) == 1 and ADJECTIVE.search(words[0]) and name[0].islower():
        return frozenset((form,) for form in adjective_forms(words[0]))
    if name.islower() and len(words) == 1:
        return frozenset((form,) for form in people_forms(words[0]))
    acronyms = [len(piece) > 1 and piece.isupper() for piece in pieces]
    hyphenated = "-" in name and " " not in name
    if hyphenated and not ADJECTIVE.search(words[0]):
        inner = [True] * len(words)
        variants = [[*inner[:-1], False], [False, *inner[1:]], [False] * len(words)]
        return frozenset(form for fixed in variants for form in name_forms(words, fixed=fixed))
    fixed = []
    head_seen = False
    for place, word in enumerate(words):
        fixed.append(head_seen or acronyms[place] or len(word) == 1)
        last = place == len(words) - 1
        head_seen = head_seen or last or not ADJECTIVE.search(word)
    return name_forms(words, fixed=fixed)


def namings() -> list[Naming]:
    """Everything that has a name here, what is most specific first."""
    return [*_others(), *_countries()]


def _values(cell: str) -> tuple[str, ...]:
    return tuple(value.strip() for value in cell.split(";") if value.strip())


def _spellings(name: str, russian: bool) -> tuple[str, ...]:
    """What CLDR abbreviates or brackets, in words."""
    if russian:
        name = name.replace("о-ва", "острова").replace("о-в ", "остров ").replace(" — ", "-")
    if bracketed := re.fullmatch(r"(.+?) \(([^)]+)\)", name):
        inner = bracketed[2]
        return (bracketed[1],) if inner.isupper() or russian else (bracketed[1], inner)
    if russian:
        return (name,)
    plain = name.replace("&", "and")
    if plain.startswith("St. "):
        return (plain, "Saint " + plain[4:], "St " + plain[4:])
    return (plain,)


def _countries() -> Iterator[Naming]:
    rows = {line.split("|")[0]: line.split("|") for line in data_lines("countries.psv")}
    english, russian = (
        {str(code): str(name) for code, name in Locale(language).territories.items()}
        for language in ("en", "ru")
    )
    for code in english:
        if not _CODE.fullmatch(code) or code in _NOT_TERRITORIES:
            continue
        row = rows.get(code) or [code, "", "", "", "", "", "", ""]
        names = dict.fromkeys((*_spellings(english[code], False), *_iso_names(code)))
        names_ru = dict.fromkeys(_spellings(russian.get(code, ""), True))
        shown = _SHOWN.get(code)
        if shown:
            names = {shown[0]: None, **{n: None for n in names if not _awkward(n)}}
            names_ru = {shown[1]: None, **{n: None for n in names_ru if not _awkward(n)}}
        capitals = (_values(row[3]), _values(row[7]))
        yield Naming(
            key=code,
            kind="country",
            english=tuple(dict.fromkeys((*names, *_values(row[2])))),
            russian=tuple(dict.fromkeys((*filter(None, names_ru), *_values(row[4])))),
            english_adjectives=_values(row[1]),
            russian_adjectives=_values(row[5]),
            russian_people=_values(row[6]),
            stands_for=(code + ":capital",),
        )
        if any(capitals):
            yield Naming(code + ":capital", "capital", *capitals, stands_for=(code,))


def _awkward(name: str) -> bool:
    return " - " in name or "SAR" in name or "(" in name


def _iso_names(code: str) -> Iterator[str]:
    country = pycountry.countries.get(alpha_2=code)
    for attribute in ("name", "common_name", "official_name"):
        name = str(getattr(country, attribute, "") or "")
        if name and "," not in name and "(" not in name:
            yield name.removeprefix("the ")


def _others() -> Iterator[Naming]:
    kind = ""
    for line in data_lines("names.psv"):
        if line.startswith("["):
            kind = line.strip("[]")
            continue
        english, russian, metonyms, metonyms_ru = map(_values, line.split("|"))
        key = (english or russian)[0]
        if kind == "decoys":
            for name in english:
                yield Naming(name, kind, (name,))
            continue
        yield Naming(key, kind, english, russian, stands_for=(key + ":capital",))
        if metonyms:
            yield Naming(key + ":capital", "capital", metonyms, metonyms_ru, stands_for=(key,))
