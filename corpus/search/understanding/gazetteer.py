"""Countries, organisations, places and people under all the names that they go by.

Sources: CLDR territory names by Babel (English and Russian), ISO 3166 names by pycountry, and two
tables of our own in ``data`` for what neither has: demonyms, aliases, capitals, organisations.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cached_property, lru_cache

from corpus.search.analysis import is_cyrillic, stem
from corpus.search.understanding.sources import Naming, namings
from corpus.types import Form, FormKind, Term

ALIAS_WEIGHT = 0.9
"""Of another name or a demonym, against the name that was typed."""
METONYM_WEIGHT = 0.4
"""Of a capital that stands for its country, and the reverse."""

Words = tuple[str, ...]

_LONG = re.compile("....")
"""Stems of fewer letters are stems of other words too: "куб" of Куба."""
_PARTS = {
    "Korean Peninsula": {"KP", "KR"},
    "Congo": {"CD", "CG"},
    "China": {"South China Sea", "HK", "MO", "TW"},
    "Caucasus": {"North Caucasus", "South Caucasus"},
    "Crimea": {"Crimean Tatars"},
}
"""Names that contain another because they are part of it: a match within them counts."""
_SEPARATE_KINDS = frozenset({"country", "places", "decoys", "people"})
"""Kinds whose longer names mean something else: "New Mexico" is not about Mexico."""


@dataclass(frozen=True, slots=True)
class Surface:
    """One way of writing a name, as folded words."""

    words: Words
    key: str
    """Of the entity that it names."""
    label: str
    """As it is shown when it was typed."""
    kind: FormKind
    needs_capital: bool
    """In lower case it is a common word: "us", "who", "polish"."""


class Entity:
    """Something with several names, and the query terms that ask for it."""

    def __init__(self, naming: Naming, everything: Gazetteer) -> None:
        self.key = naming.key
        self.kind = naming.kind
        self.naming = naming
        self._everything = everything
        self._terms: dict[tuple[Words, str], Term] = {}

    @cached_property
    def _others(self) -> tuple[Form, ...]:
        """Own names and demonyms, then what may stand for them."""
        own = [words for words in self.naming.forms() if self._everything.owned(words, self.key)]
        entities = self._everything.entities
        metonyms = (
            words
            for key in self.naming.stands_for
            if key in entities
            for words in entities[key].naming.names()
            if words not in own
        )
        return (
            *self._forms(own, FormKind.ALIAS, ALIAS_WEIGHT),
            *self._forms(metonyms, FormKind.METONYM, METONYM_WEIGHT),
        )

    def _forms(self, names: Iterable[Words], kind: FormKind, weight: float) -> Iterator[Form]:
        """Forms as written; one for all the cases of a Russian word whose stem is its own."""
        grouped: dict[Words, list[Words]] = defaultdict(list)
        for words in names:
            stemmed = tuple(map(stem, words))
            by_stem = is_cyrillic(words[0]) and all(map(_LONG.match, stemmed))
            if by_stem and len(words) == 1:
                by_stem = len(self._everything.owners[stemmed[0]]) == 1
            grouped[stemmed if by_stem else ("", *words)].append(words)
        for key, same in grouped.items():
            guards = (guard for words in same for guard in self._guards(words))
            yield Form(same[0], kind, weight, tuple(dict.fromkeys(guards)), key[0] == "")

    def _guards(self, words: Words) -> tuple[Words, ...]:
        """Longer names within which these words are not about this entity."""
        if words in self.naming.shared:
            return self._everything.longer(words, self.key)
        return self._everything.guards.get(words, ())

    def term(self, typed: Words, text: str) -> Term:
        """The query term for this entity when these words were typed."""
        found = self._terms.get((typed, text))
        if found is None:
            # What is matched by its stem stands for all cases, whichever of them it shows.
            forms = [form for form in self._others if form.words != typed or not form.as_written]
            if self.naming.searchable(typed):
                guards = self._everything.guards.get(typed, ())
                forms.insert(0, Form(typed, FormKind.EXACT, unless=guards, as_written=True))
            found = Term(text, tuple(forms), is_name=True)
            self._terms[(typed, text)] = found
        return found


class Gazetteer:
    """All entities, found by the words that name them.

    With ``base``, entities beside, or in place of, those of another gazetteer. Words that name
    something there name the same thing here.
    """

    def __init__(self, all_namings: Sequence[Naming], *, base: Gazetteer | None = None) -> None:
        self.entities: dict[str, Entity] = dict(base.entities) if base else {}
        self._surfaces: dict[Words, Surface] = dict(base._surfaces) if base else {}
        self._longest: dict[str, int] = dict(base._longest) if base else {}
        self.entities |= {naming.key: Entity(naming, self) for naming in all_namings}
        for naming in all_namings:
            for words, label, kind, capital in naming.surfaces():
                surface = Surface(words, naming.key, label, kind, capital)
                if words not in self._surfaces:
                    self._surfaces[words] = surface
                    longest = self._longest.get(words[0], 0)
                    self._longest[words[0]] = max(longest, len(words))

    def at(self, words: Sequence[str], place: int, capitals: Sequence[bool]) -> Surface | None:
        """The longest name that begins with the word at ``place``."""
        for length in range(self._longest.get(words[place], 0), 0, -1):
            surface = self._surfaces.get(tuple(words[place : place + length]))
            if surface and (capitals[place] or not self._needs_capital(surface)):
                return surface
        return None

    def _needs_capital(self, surface: Surface) -> bool:
        return surface.needs_capital

    def get(self, *words: str) -> Surface | None:
        """What exactly these folded words name, whatever their case."""
        return self._surfaces.get(words)

    def meant(self, words: Sequence[str]) -> str | None:
        """The name that moderators gave these folded words to, if they did; see ``aliases``."""
        return None

    def owned(self, words: Words, key: str) -> bool:
        """Whether a name means this entity, or is looked for by it alone without meaning it."""
        surface = self._surfaces.get(words)
        return surface is None or surface.key == key or words in self.entities[key].naming.shared

    def words(self) -> Iterator[str]:
        """The single words that are names by themselves."""
        return (words[0] for words in self._surfaces if len(words) == 1)

    @cached_property
    def owners(self) -> dict[str, set[str]]:
        """For each stem of a Russian one-word name, the entities with such a name."""
        owners: dict[str, set[str]] = defaultdict(set)
        for words, surface in self._surfaces.items():
            if len(words) == 1 and is_cyrillic(words[0]):
                owners[stem(words[0])].add(surface.key)
        return owners

    def longer(self, words: Words, key: str) -> tuple[Words, ...]:
        """The longer names of other things than this one that contain these words."""
        size = len(words)
        return tuple(
            sorted(
                longer
                for longer, surface in self._surfaces.items()
                if len(longer) > size
                and surface.key != key
                and self.entities[surface.key].kind in _SEPARATE_KINDS
                and any(longer[at : at + size] == words for at in range(len(longer) - size + 1))
            )
        )

    @cached_property
    def guards(self) -> dict[Words, tuple[Words, ...]]:
        """For each short name, the longer names of other things that contain it."""
        longer: dict[Words, set[Words]] = defaultdict(set)
        for words, surface in self._surfaces.items():
            if len(words) < 2 or self.entities[surface.key].kind not in _SEPARATE_KINDS:
                continue
            for length in range(1, len(words)):
                for start in range(len(words) - length + 1):
                    part = words[start : start + length]
                    inner = self._surfaces.get(part)
                    if inner and self._differ(inner.key, surface.key):
                        longer[part].add(words)
        return {part: tuple(sorted(found)) for part, found in longer.items()}

    def _differ(self, inner: str, outer: str) -> bool:
        if inner == outer or self.entities[inner].kind not in ("country", "places", "capital"):
            return False
        name = self.entities[inner].naming.shown
        return outer not in _PARTS.get(name, ()) and outer not in _PARTS.get(inner, ())


@lru_cache(maxsize=1)
def built_in() -> Gazetteer:
    """The gazetteer of this program, read at first use."""
    return Gazetteer(namings())


_in_use: ContextVar[Gazetteer | None] = ContextVar("gazetteer in use", default=None)


def gazetteer() -> Gazetteer:
    """The gazetteer that the question at hand is read by: the built-in one, or :func:`using`'s."""
    return _in_use.get() or built_in()


@contextmanager
def using(names: Gazetteer) -> Iterator[None]:
    """Read questions by another gazetteer for a while, in this thread or task alone."""
    before = _in_use.set(names)
    try:
        yield
    finally:
        _in_use.reset(before)
