"""Names that moderators added, as part of the gazetteer.

The names of a group become one entity of their own, or further names of one that is built in.
They never take a word from another name: what is built in keeps its meaning, whatever is added.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property
from itertools import product
from typing import Any, Final

from corpus.search import analysis
from corpus.search.understanding.dictionary import is_common
from corpus.search.understanding.gazetteer import Gazetteer, Surface, built_in
from corpus.search.understanding.russian import ADJECTIVE, Cases, adjective_cases, noun_cases
from corpus.search.understanding.sources import Naming, Words, folded
from corpus.types import Aliases, AliasGroup, FormKind

ARTICLES: Final = frozenset({"the", "a", "an"})
_GROUP: Final = "group:"
"""Begins the keys of entities that are not built in."""
_INFLECTED: Final = 5
"""Words of a name that are inflected; those behind stay as they are."""


def is_group(key: str) -> bool:
    """Whether an entity is one that moderators made."""
    return key.startswith(_GROUP)


def bare(words: Sequence[str]) -> Words:
    """Folded words without the articles in front."""
    start = next((n for n, word in enumerate(words) if word not in ARTICLES), 0)
    return tuple(words[start:])


def cases_of(name: str) -> frozenset[Words]:
    """All ways of writing a name, folded: a Russian one in all its cases.

    Generous: each word may decline as a noun, as an adjective or not at all («Железной леди»,
    «Сергея Лаврова»), since a form too many costs nothing as long as it is no other name.
    """
    words = bare(folded(name))
    shouted = {analysis.word(token) for token in analysis.tokens(name) if token.isupper()}
    choices = [
        _declensions(word)
        if analysis.is_cyrillic(word) and word not in shouted and place < _INFLECTED
        else ((word,) * 6,)
        for place, word in enumerate(words)
    ]
    return frozenset(form for rows in product(*choices) for form in zip(*rows, strict=True))


def _declensions(word: str) -> tuple[Cases, ...]:
    """How a folded Russian nominative may decline; also not at all."""
    stays: Cases = (word,) * 6
    body = word[:-2]
    if word.endswith("ий"):
        noun = (word, body + "ия", body + "ию", body + "ия", body + "ием", body + "ии")
        return (*_like_itself(word), noun, stays)
    if word.endswith("ой"):
        ends = ("ого", "ому", "ой", "им" if body[-1:] in "кгхжшчщ" else "ым", "ом")
        return ((word, *(body + end for end in ends)), *noun_cases(word), stays)
    if ADJECTIVE.search(word):
        return (*_like_itself(word), stays)
    return (*noun_cases(word), stays)


def _like_itself(adjective: str) -> list[Cases]:
    """The forms of an adjective in the gender and number that it stands in."""
    return [row for row in adjective_cases(adjective) if row[0] == adjective]


@dataclass(frozen=True)
class GroupNaming(Naming):
    """The names of an entity, with those that moderators added."""

    added: tuple[str, ...] = ()
    """As moderators wrote them."""

    @cached_property
    def added_forms(self) -> dict[Words, str]:
        """Every way of writing the added names, with the name as it was added."""
        return {words: name for name in self.added for words in sorted(cases_of(name))}

    def surfaces(self) -> Iterator[tuple[Words, str, FormKind, bool]]:
        """Every way of writing it; an added name is shown as the one that it stands for."""
        yield from super().surfaces()
        for words in self.added_forms:
            shown = self.shown_ru if analysis.is_cyrillic(words[0]) else self.shown
            yield words, shown, FormKind.EXACT, False

    def names(self) -> list[Words]:
        """The names that a text can be searched for, without adjectives and people."""
        return [*super().names(), *filter(self.searchable, self.added_forms)]

    def searchable(self, words: Words) -> bool:
        """Whether these folded words in a text say that it is about this entity."""
        return super().searchable(words) and not self.is_everyday(words)

    def is_everyday(self, words: Words) -> bool:
        """Whether it is an added name that is a common word in small letters: "SALT"."""
        written = self.added_forms.get(words)
        return (
            written is not None
            and len(words) == 1
            and not written.islower()
            and is_common(words[0])
        )


class WithAliases(Gazetteer):
    """The built-in gazetteer with the names that moderators added."""

    def __init__(self, groups: Sequence[AliasGroup]) -> None:
        self._made: dict[str, GroupNaming] = {}
        for naming in map(_naming, groups):
            same = self._made.get(naming.key)
            added = (*same.added, *naming.added) if same else naming.added
            self._made[naming.key] = replace(naming, added=added)
        super().__init__(list(self._made.values()), base=built_in())

    def meant(self, words: Sequence[str]) -> str | None:
        """The name that these folded words stand for, if moderators said so."""
        words = bare(words)
        surface = self._surfaces.get(words)
        naming = self._made.get(surface.key) if surface else None
        if surface is None or naming is None or words not in naming.added_forms:
            return None
        return None if bare(folded(surface.label)) == words else surface.label

    def _needs_capital(self, surface: Surface) -> bool:
        naming = self._made.get(surface.key)
        return surface.needs_capital or (naming is not None and naming.is_everyday(surface.words))


def _naming(group: AliasGroup) -> GroupNaming:
    added = tuple(alias.text for alias in group.aliases)
    surface = built_in().get(*bare(folded(group.name)))
    if surface is not None:
        known = built_in().entities[surface.key].naming
        given: dict[str, Any] = {each.name: getattr(known, each.name) for each in fields(known)}
        return GroupNaming(**given, added=added)
    # What the record knows of the name decides how it is read, as with a person's.
    return GroupNaming(
        key=_GROUP + group.name,
        kind="people",
        english=() if analysis.is_cyrillic(group.name) else (group.name,),
        russian=(group.name,) if analysis.is_cyrillic(group.name) else (),
        added=(group.name, *added),
    )


_made: list[tuple[Aliases, Gazetteer]] = []


def with_aliases(aliases: Aliases) -> Gazetteer:
    """The gazetteer with these aliases; made once for as long as they are the same object."""
    if not aliases.groups:
        return built_in()
    for known, made in list(_made):
        if known is aliases:
            return made
    widened = WithAliases(aliases.groups)
    _made[:] = [(aliases, widened), *_made[:1]]
    return widened
