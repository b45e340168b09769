"""What has been understood of a question so far, and whether words in it are a sayer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from corpus.search.understanding.dictionary import is_common
from corpus.search.understanding.gazetteer import gazetteer
from corpus.search.understanding.notes import Note, Noted, noted
from corpus.search.understanding.position import Position
from corpus.search.understanding.repair import mend
from corpus.search.understanding.speakers import COLLECTIVE, Sayer, Speakers, meant
from corpus.search.understanding.terms import slight
from corpus.search.understanding.vocabulary import Vocabulary
from corpus.search.understanding.word_lists import word_list
from corpus.search.understanding.words import Word, Words, as_typed
from corpus.types import Repair, SpeakerFilter, Term

_OFFICIAL: Final = word_list("official sayers")


@dataclass(slots=True)
class Reading:
    """What has been understood so far."""

    lexicon: Vocabulary
    words: Words
    speakers: Speakers
    sayers: list[SpeakerFilter] = field(default_factory=list)
    repairs: list[Repair] = field(default_factory=list)
    notes: list[Noted] = field(default_factory=list)
    hints: list[Term] = field(default_factory=list)

    def judge(self, places: Sequence[int], position: Position) -> bool:
        """Whether the words at these places are a sayer; takes note of it if so."""
        items = [self.words.items[place] for place in places]
        found = self._known(items)
        if found:
            for sayer in found:
                self.accept(sayer)
            return True
        if all(item.folded in COLLECTIVE for item in items):
            official = all(item.folded in _OFFICIAL or item.folded == "the" for item in items)
            return official or position >= Position.LIKELY
        if entity := self._entity(items):
            if position >= Position.LIKELY:
                self.hints.append(slight(entity))
            return position >= Position.LIKELY
        if position < Position.CERTAIN and not self._surely_person(places):
            return False
        if not self.speakers.anyone:
            # A record without speakers tells what people said in its own words.
            return False
        groups = _groups(items)
        if not groups or not all(self._person(group) for group in groups):
            return False
        for group in groups:
            known = self.speakers.known(group)
            self.accept(known or self._unknown(group))
        return True

    def _person(self, group: Sequence[Word]) -> bool:
        if self.speakers.known(group) is not None:
            return True
        if not self.speakers.looks_like_person(group, cased=self.words.cased):
            return False
        last = group[-1]
        meant = mend(last.folded, self.lexicon, typed=last.around, name=last.capital)
        # "according to enviromentalists" is a slip in a common word.
        return meant is None or self.lexicon.is_name(meant.words[0])

    def _unknown(self, group: Sequence[Word]) -> Sayer:
        name = as_typed([item for item in meant(group) if item.folded not in ("the", "a")])
        name = name.title() if name.islower() else name
        if self.sayers:
            return Sayer(SpeakerFilter(name), notes=(noted(Note.UNKNOWN_SPEAKER, name=name),))
        return Sayer(SpeakerFilter(name))

    def accept(self, sayer: Sayer) -> None:
        """Take note of a sayer."""
        if sayer.found:
            self.sayers.append(sayer.found)
        self.repairs.extend(sayer.repairs)
        self.notes.extend(sayer.notes)

    def _known(self, items: Sequence[Word]) -> list[Sayer]:
        """The known speakers that "A, B and C" names; all of them or none."""
        found = [self.speakers.known(group) for group in _groups(items)]
        return [sayer for sayer in found if sayer] if all(found) else []

    def _entity(self, items: Sequence[Word]) -> Term | None:
        """The country or organisation that stands in a sayer's place."""
        named = [item.folded for item in items if item.folded not in ("the", "government", "of")]
        surface = gazetteer().get(*named)
        if surface is None or gazetteer().entities[surface.key].kind == "people":
            return None
        return gazetteer().entities[surface.key].term(surface.words, surface.label)

    def _surely_person(self, places: Sequence[int]) -> bool:
        """Whether "X on Y" has a person for X: a name, and a name behind it."""
        items = [self.words.items[place] for place in places]
        if len(items) > 3:
            return False
        if not self.words.cased:
            return all(self._only_a_name(item.folded) for item in items)
        if not all(item.capital for item in items):
            return False
        named = all(
            self.lexicon.is_name(item.folded)
            or not self.lexicon.known(item.folded)
            or gazetteer().get(item.folded)
            for item in items
        )
        follows = places[-1] + 2
        behind = self.words.items[follows] if follows < len(self.words) else None
        return bool(named and behind and (behind.capital or gazetteer().get(behind.folded)))

    def _only_a_name(self, word: str) -> bool:
        """Whether a word in small letters can't be anything but a person's name."""
        surface = gazetteer().get(word)
        if surface is not None:
            return gazetteer().entities[surface.key].kind == "people"
        return not (self.lexicon.known(word) or is_common(word))


def _groups(items: Sequence[Word]) -> list[list[Word]]:
    """The names of "A, B and C", apart."""
    groups: list[list[Word]] = [[]]
    for item in items:
        if item.folded in ("and", "or", "и", "или", "both", "either"):
            groups.append([])
        else:
            groups[-1].append(item)
            if item.mark == ",":
                groups.append([])
    return [group for group in groups if group]
