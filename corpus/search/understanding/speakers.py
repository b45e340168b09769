"""Whose words are asked for: from words in the place of a sayer to the labels of the record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import OSA, JaroWinkler

from corpus.search import analysis
from corpus.search.understanding.directory import (
    SUFFIXES,
    Directory,
    Name,
    Speaker,
    compatible,
    directory,
    read_name,
)
from corpus.search.understanding.function_words import FUNCTION_WORDS
from corpus.search.understanding.gazetteer import built_in, gazetteer
from corpus.search.understanding.notes import Note, Noted, noted
from corpus.search.understanding.russian import nominatives
from corpus.search.understanding.transliteration import skeleton, sound
from corpus.search.understanding.vocabulary import Vocabulary
from corpus.search.understanding.word_lists import word_list
from corpus.search.understanding.words import Word, Words, as_typed
from corpus.types import Repair, RepairKind, SpeakerFilter

_ALIKE: Final = 0.8
"""Jaro-Winkler similarity of the sounds of two names in different alphabets."""

_HEADS: Final = frozenset({"president", "prime minister", "chancellor", "vice president"})
COLLECTIVE: Final = word_list("collective sayers")
"""Words of a sayer that is nobody in particular: a frame, not a filter."""


@dataclass(frozen=True, slots=True)
class Sayer:
    """A resolved sayer."""

    found: SpeakerFilter | None
    """None when nobody in particular is meant."""
    repairs: tuple[Repair, ...] = ()
    notes: tuple[Noted, ...] = ()


class Speakers:
    """Resolves sayers against the record's speakers."""

    def __init__(self, lexicon: Vocabulary) -> None:
        self._lexicon = lexicon
        self._directory: Directory = directory(lexicon.speakers())

    @property
    def anyone(self) -> bool:
        """Whether the record names any speaker."""
        return bool(self._directory.families)

    def has_family(self, family: str) -> bool:
        """Whether a speaker of the record has this folded family name."""
        return family in self._directory.families

    def known(self, words: Sequence[Word], *, fuzzy: bool = True) -> Sayer | None:
        """The known speakers whom these words name, or None.

        Args:
            words: a name with whatever titles, in any case, script and usual spelling, or one
                that moderators gave.
            fuzzy: whether a misspelling may be mended.
        """
        words = _without_suffix(meant(words))
        folded = [word.folded for word in words]
        if folded[-1] in FUNCTION_WORDS:
            return None
        for start in range(len(folded)):
            if start and not self._may_skip(words[start - 1 : start]):
                break
            name = read_name(" ".join(folded[start:]))
            if name is None:
                continue
            if not name.family:
                return self._office(name.role, words[:start], words)
            if not name.role and any(gazetteer().get(word) for word in folded[:start]):
                # "Iran Lavrov" is no name, "Russian Foreign Minister Lavrov" is one.
                continue
            if found := self._find(name):
                return _sayer(found, asked=name)
            if fuzzy and (mended := self._mended(name, words[-1])):
                return mended
            if found := self._sounding(name):
                return _sayer(found, asked=name)
        whole = " ".join(word for word in folded if word not in ("the", "a", "an"))
        labels = self._directory.anonymous.get(whole.removesuffix("s"))
        if labels and " " in whole:
            return Sayer(SpeakerFilter(whole.capitalize(), frozenset(labels)))
        return None

    def named(self, text: str) -> Sayer:
        """The speakers of ``speaker:"…"``, with empty labels when the record has none."""
        words = [
            Word(token, analysis.word(token), 0, token[:1].isupper())
            for token in analysis.tokens(text)
        ]
        found = self.known(words)
        return found if found and found.found else Sayer(SpeakerFilter(text))

    def looks_like_person(self, words: Sequence[Word], *, cased: bool) -> bool:
        """Whether unknown words in a sayer's place must be a person's name."""
        words = _without_suffix(meant(words))
        last = words[-1]
        if all(word.folded in COLLECTIVE for word in words) or len(words) > 5:
            return False
        if not last.folded[:1].isalpha() or len(last.folded) < 2:
            return False
        if last.folded in COLLECTIVE or last.folded in FUNCTION_WORDS:
            return False
        surface = gazetteer().get(last.folded)
        if surface and gazetteer().entities[surface.key].kind != "people":
            return False
        return all(
            word.folded in COLLECTIVE or self._like_a_name(word, cased=cased) for word in words
        )

    def _like_a_name(self, word: Word, *, cased: bool) -> bool:
        if not word.folded[:1].isalpha() or word.shouted:
            return False
        if cased:
            return word.capital
        known = self._lexicon.known(word.folded) or self._lexicon.stem_frequency(
            analysis.stem(word.folded)
        )
        return self._lexicon.is_name(word.folded) or not known

    def _may_skip(self, words: Iterable[Word]) -> bool:
        """Whether words before a name may be left out: countries, offices, articles."""
        return all(
            word.folded in COLLECTIVE or gazetteer().get(word.folded) is not None for word in words
        )

    def _find(self, name: Name) -> list[Speaker]:
        given = [form for word in name.given for form in _forms(word)[:1]]
        for form in _forms(name.family):
            same = self._directory.by_family.get(sound(form), ())
            fitting = [
                speaker
                for speaker in same
                if self._given_fit(name.given, speaker.name.given)
                and not (name.given and _someone_else(name, speaker))
            ]
            if fitting:
                return fitting
        if not given and len(name.family) > 2:
            same = [
                speaker
                for form in _forms(name.family)
                for speaker in self._directory.by_given.get(sound(form), ())
            ]
            if len({id(speaker) for speaker in same}) == 1:
                return same[:1]
        if len(name.given) == 1:
            swapped = self._directory.by_family.get(sound(name.given[0]), ())
            return [s for s in swapped if s.name.given and compatible([name.family], s.name.given)]
        return []

    def _sounding(self, name: Name) -> list[Speaker]:
        """Speakers whose label is in the other alphabet and sounds alike."""
        for form in _forms(name.family):
            fitting = [
                speaker
                for family in self._other_script(form)
                for speaker in self._directory.by_family[sound(family)]
                if self._given_fit(name.given, speaker.name.given)
            ]
            if fitting:
                return fitting
        return []

    @staticmethod
    def _given_fit(asked: Sequence[str], known: Sequence[str]) -> bool:
        # A second initial is of the patronymic, which labels seldom have.
        return all(
            any(compatible([form], known) for form in _forms(word))
            for place, word in enumerate(asked)
            if place == 0 or len(word) > 1
        )

    def _other_script(self, form: str) -> list[str]:
        """Family names in the other alphabet that sound alike."""
        bones = skeleton(form)
        if len(bones) < 2:
            return []
        foreign = form.isascii()
        return [
            family
            for family in self._directory.by_skeleton.get(bones, ())
            if family.isascii() != foreign
            and JaroWinkler.similarity(sound(form), sound(family)) >= _ALIKE
        ]

    def _mended(self, name: Name, typed: Word) -> Sayer | None:
        """A family name one slip away (two in long ones), if it is the only one so near."""
        family = name.family
        if len(family) < 4 or self._lexicon.is_name(family) or gazetteer().get(family):
            return None
        allowed = 2 if len(family) >= 8 else 1
        best: dict[int, list[str]] = {}
        for other in self._directory.families:
            if abs(len(other) - len(family)) > allowed or len(other) < 4:
                continue
            distance = OSA.distance(family, other, score_cutoff=allowed)
            first = other[0] == family[0] or other[:2] == family[1::-1]
            if distance <= allowed and (first or self._given_known(name, other)):
                best.setdefault(distance, []).append(other)
        for distance in sorted(best):
            keys = {sound(other) for other in best[distance]}
            if len(keys) > 1:
                return None
            other = max(best[distance], key=lambda word: self._directory.families[word])
            found = self._find(Name(other, name.given, name.role))
            if not found:
                return None
            mend = Repair(typed.typed, _as_name(other), RepairKind.SPELLING)
            return Sayer(_sayer(found).found, (mend,))
        return None

    def _given_known(self, name: Name, family: str) -> bool:
        """Whether a speaker of this family name has just the given name that was asked for."""
        return bool(name.given) and any(
            speaker.name.given and self._given_fit(name.given, speaker.name.given)
            for speaker in self._directory.by_family.get(sound(family), ())
        )

    def _office(self, role: str, before: Sequence[Word], words: Sequence[Word]) -> Sayer | None:
        """The one holder of an office; nobody in particular when there may be several.

        "The Russian foreign minister" has to be one whose label, or else the publisher, is Russian.
        """
        people, labels = self._directory.holders(role)
        countries = {
            surface.key.removesuffix(":capital")
            for word in before
            if (surface := gazetteer().get(word.folded))
        }
        if countries and not countries & self.publishing():
            people = [s for s in people if any(countries & countries_in(x) for x in s.labels)]
            labels = {label for label in labels if countries & countries_in(label)}
            if not people and not labels:
                typed = as_typed([word for word in words if word.folded not in ("the", "a")])
                return Sayer(SpeakerFilter(typed))
        if len(people) > 1:
            return Sayer(None, notes=(noted(Note.SEVERAL_HOLDERS, role=role),))
        if not people and not labels:
            return Sayer(None)
        shown = people[0].shown if people else role.capitalize()
        of_person = people[0].labels if people else set()
        return Sayer(SpeakerFilter(shown, frozenset(labels | of_person)))

    def publishing(self) -> frozenset[str]:
        """Countries that the publishers of the record belong to, if it is one country."""
        found = [countries_in(publisher) for publisher in self._lexicon.publishers()]
        return found[0] if found and all(keys == found[0] for keys in found) else frozenset()


def meant(words: Sequence[Word]) -> Sequence[Word]:
    """The words of the name that these stand for where moderators said so, or else themselves."""
    name = gazetteer().meant([word.folded for word in words])
    return words if name is None else Words(name).items


@lru_cache(maxsize=2_000)
def countries_in(text: str) -> frozenset[str]:
    """Keys of the countries that a label or a publisher names."""
    words = analysis.words(text)
    found = (built_in().at(words, place, [True] * len(words)) for place in range(len(words)))
    return frozenset(surface.key.removesuffix(":capital") for surface in found if surface)


def _someone_else(asked: Name, known: Speaker) -> bool:
    """Whether a bare "PRESIDENT OBAMA" is another person than the one asked for: Michelle."""
    if known.name.given or known.name.role not in _HEADS:
        return False
    surface = gazetteer().get(known.name.family)
    if surface is None or gazetteer().entities[surface.key].kind != "people":
        return False
    names = gazetteer().entities[surface.key].naming.names()
    given = [words[0] for words in names if len(words) == 2 and words[1] == known.name.family]
    return bool(given) and not compatible(asked.given, given)


def _without_suffix(words: Sequence[Word]) -> Sequence[Word]:
    """Words without the letters behind a name: "Suzy Davies AM"."""
    return words[:-1] if len(words) > 1 and words[-1].folded in SUFFIXES else words


def _forms(word: str) -> tuple[str, ...]:
    return (word,) if word.isascii() else nominatives(word)


def _as_name(word: str) -> str:
    return word.capitalize()


def _sayer(speakers: Sequence[Speaker], *, asked: Name | None = None) -> Sayer:
    labels = frozenset(label for speaker in speakers for label in speaker.labels)
    full = [speaker for speaker in speakers if speaker.name.given]
    spelt_out = any(len(word) > 1 for speaker in full for word in speaker.name.given)
    if asked and any(len(word) > 1 for word in asked.given) and not spelt_out:
        shown = " ".join(map(_as_name, (*asked.given, asked.family)))
    else:
        shown = max(full or speakers, key=lambda speaker: speaker.passages).shown
    different = _different(full)
    if len(different) > 1 and asked and not asked.given:
        family = _as_name(asked.family)
        names = ", ".join(speaker.shown for speaker in different[:4])
        return Sayer(
            SpeakerFilter(family, labels),
            notes=(noted(Note.NAMESAKES, family=family, names=names),),
        )
    return Sayer(SpeakerFilter(shown, labels))


def _different(speakers: Sequence[Speaker]) -> list[Speaker]:
    """One speaker for each given name, whatever alphabet or initials it is written in."""
    found: dict[tuple[str, ...], Speaker] = {}
    spelt_out_first = sorted(speakers, key=lambda one: -len("".join(one.name.given)))
    for speaker in spelt_out_first:
        given = tuple(sound(word) for word in speaker.name.given)
        if not any(_may_be(given, other) for other in found):
            found[given] = speaker
    return [speaker for speaker in speakers if speaker in found.values()]


def _may_be(given: tuple[str, ...], other: tuple[str, ...]) -> bool:
    pairs = zip(given, other, strict=False)
    return all(a == b or (min(len(a), len(b)) == 1 and a[0] == b[0]) for a, b in pairs)


def union(sayers: Sequence[SpeakerFilter]) -> SpeakerFilter | None:
    """One filter for the words of any of several speakers."""
    if not sayers:
        return None
    names = dict.fromkeys(sayer.name for sayer in sayers)
    return SpeakerFilter(", ".join(names), frozenset().union(*(s.labels for s in sayers)))
