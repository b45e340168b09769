"""Reads a question into a typed query: operators, times, frames, sayers, repairs, terms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from rapidfuzz.distance import OSA

from corpus.search import analysis
from corpus.search.understanding.directory import read_name
from corpus.search.understanding.frames import take_frames
from corpus.search.understanding.function_words import FRAME_WORDS, FUNCTION_WORDS
from corpus.search.understanding.gazetteer import gazetteer
from corpus.search.understanding.notes import Note, Noted, noted
from corpus.search.understanding.operators import Operators, read_operators
from corpus.search.understanding.position import Position
from corpus.search.understanding.repair import from_other_layout, is_known, is_real, mend
from corpus.search.understanding.speakers import COLLECTIVE, Sayer, Speakers, union
from corpus.search.understanding.terms import build_terms, named_places, plain_term, slight
from corpus.search.understanding.times import TimeExpression, time_expressions
from corpus.search.understanding.vocabulary import Vocabulary
from corpus.search.understanding.word_lists import word_list
from corpus.search.understanding.words import Word, Words, as_typed
from corpus.types import Query, Repair, RepairKind, SpeakerFilter, Term

_OFFICIAL: Final = word_list("official sayers")
_SUBORDINATORS: Final = word_list("subordinators")
_VERBLESS: Final = word_list("question verbs")
"""Words that make a question more than a row of keywords."""
_DOING: Final = frozenset(["did", "does", "do", "has", "have", "had", "was", "is", "will", "would"])
_MAX_LENGTH: Final = 4_000
"""Characters of a question that are read; the rest is ignored, and said."""
_MAX_REPAIRED: Final = 24
"""Unknown words of one question that we try to mend."""


@dataclass(slots=True)
class _Reading:
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
                self._accept(sayer)
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
        groups = _groups(items)
        if not groups or not all(self._person(group) for group in groups):
            return False
        for group in groups:
            known = self.speakers.known(group)
            self._accept(known or self._unknown(group))
        return True

    def _person(self, group: Sequence[Word]) -> bool:
        return self.speakers.known(group) is not None or self.speakers.looks_like_person(
            group, cased=self.words.cased
        )

    def _unknown(self, group: Sequence[Word]) -> Sayer:
        name = as_typed([item for item in group if item.folded not in ("the", "a")])
        name = name.title() if name.islower() else name
        if self.sayers:
            return Sayer(SpeakerFilter(name), notes=(noted(Note.UNKNOWN_SPEAKER, name=name),))
        return Sayer(SpeakerFilter(name))

    def _accept(self, sayer: Sayer) -> None:
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
        if len(items) > 3 or not all(item.capital for item in items):
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


def parse(question: str, *, lexicon: Vocabulary, today: date) -> Query:
    """Read a question into a query. Pure; raises nothing, whatever the text.

    Args:
        question: as it was typed, English or Russian, a sentence or keywords, with operators.
        lexicon: what the record knows: its words, names, speakers and publishers.
        today: the day that "last week" is counted from.
    """
    notes: list[Noted] = []
    text = question
    if len(text) > _MAX_LENGTH:
        text = text[:_MAX_LENGTH]
        notes.append(noted(Note.TOO_LONG, count=_MAX_LENGTH))
    operators = read_operators(text, publishers=lexicon.publishers(), today=today)
    notes += operators.notes
    repairs: list[Repair] = []
    switched = from_other_layout(operators.rest, lexicon)
    if switched is not None:
        repairs.append(Repair(operators.rest.strip(), switched.strip(), RepairKind.KEYBOARD))
        operators.rest = switched
    words = Words(operators.rest)
    reading = _Reading(lexicon, words, Speakers(lexicon), repairs=repairs, notes=notes)
    if operators.speaker is not None:
        sayer = reading.speakers.named(operators.speaker)
        reading._accept(sayer)
    return _read(question, operators, reading, today)


def _read(question: str, operators: Operators, reading: _Reading, today: date) -> Query:
    words = reading.words
    cyrillic = analysis.is_cyrillic(operators.rest or question)
    _mend_frame_words(reading, operators.plain)
    times = time_expressions(words, today=today, cyrillic=cyrillic)
    frames = take_frames(words, reading.judge)
    for place in frames.hints:
        term = plain_term(words.items[place], reading.lexicon, name=False)
        reading.hints.append(slight(term))
    if not frames.saying:
        _acting_speaker(reading)
    first, last, dated = _dates(times, words, reading, saying=frames.saying)
    _mend_words(reading)
    implied = reading.speakers.publishing()
    terms = build_terms(words, reading.lexicon, implied=implied)
    if not terms and not frames.found and not operators.phrases and not dated:
        left = {words.items[place].typed: words.items[place] for place in words.rest()}
        terms = [plain_term(item, reading.lexicon, name=False) for item in left.values()]
    shown = {term.text for term in terms}
    terms += [hint for hint in reading.hints if hint.text not in shown]
    asked_in = _language(operators.rest) or _language(question)
    return Query(
        question=question,
        terms=tuple(terms),
        phrases=tuple(operators.phrases),
        excluded=tuple(operators.excluded),
        speaker=union(reading.sayers),
        date_from=operators.date_from or first,
        date_to=operators.date_to or last,
        language=operators.language,
        publisher=operators.publisher,
        repairs=tuple(dict.fromkeys(reading.repairs)),
        notes=tuple(dict.fromkeys(note.text(asked_in or "en") for note in reading.notes)),
        asked_in=asked_in,
    )


def _acting_speaker(reading: _Reading) -> None:
    """In "why did Carney cancel", Carney, who speaks here himself, is named in few answers."""
    words = reading.words
    rest = words.rest()
    start = next((n for n, place in enumerate(rest) if words.items[place].folded in _DOING), None)
    if start is None or start > 2:
        return
    for length in (4, 3, 2, 1):
        places = rest[start + 1 : start + 1 + length]
        items = [words.items[place] for place in places]
        if len(items) < length or (words.cased and not items[-1].capital):
            continue
        if any(item.folded in COLLECTIVE for item in items[-1:]):
            continue
        found = reading.speakers.known(items, fuzzy=False)
        if found and found.found and found.found.labels:
            name = read_name(" ".join(item.folded for item in items))
            family = [item for item in items if name and item.folded == name.family]
            if family:
                reading.hints.append(slight(plain_term(family[-1], reading.lexicon, name=True)))
            words.use(places)
            return


def _language(question: str) -> str | None:
    cyrillic = sum("а" <= character <= "я" or character == "ё" for character in question.lower())
    latin = sum("a" <= character <= "z" for character in question.lower())
    if not cyrillic and not latin:
        return None
    return "ru" if cyrillic >= latin else "en"


def _dates(
    times: Sequence[TimeExpression], words: Words, reading: _Reading, *, saying: bool
) -> tuple[date | None, date | None, bool]:
    """The first and last day of all times that are when it was said; others become hints."""
    first: date | None = None
    last: date | None = None
    dated = False
    for time in times:
        if not _when_said(time, words, saying=saying or time.relative):
            for place in time.places:
                item = words.items[place]
                if item.folded not in FUNCTION_WORDS and len(item.folded) > 2:
                    reading.hints.append(slight(plain_term(item, reading.lexicon, name=False)))
            continue
        dated = True
        reading.notes.extend(time.span.notes)
        if time.span.first and (first is None or time.span.first > first):
            first = time.span.first
        if time.span.last and (last is None or time.span.last < last):
            last = time.span.last
    if first and last and first > last:
        first, last = last, first
    return first, last, dated


def _when_said(time: TimeExpression, words: Words, *, saying: bool) -> bool:
    """Whether a time says when something was said, and not when something happened.

    It does in a question about what was said, unless it stands in a clause of its own ("when the
    sailors were detained in January"), and in a row of keywords.
    """
    before = [words.items[place] for place in range(time.places[0])]
    if any(not item.used and item.folded in _SUBORDINATORS for item in before):
        return False
    if saying:
        return True
    return not any(item.folded in _VERBLESS for item in words.items)


def _mend_frame_words(reading: _Reading, plain: set[str]) -> None:
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
            for other in FRAME_WORDS
            if other[0] == word[0] and OSA.distance(word, other, score_cutoff=1) <= 1
        ]
        if len(near) == 1:
            reading.repairs.append(Repair(item.typed, near[0]))
            reading.words.reread(place, near[0])


def _mend_words(reading: _Reading) -> None:
    """Unknown words, against the record's words and names."""
    words, tried = reading.words, 0
    items: list[Word] = []
    named = named_places(words)
    for place, item in enumerate(words.items):
        items.append(item)
        if (
            item.used
            or place in named
            or tried >= _MAX_REPAIRED
            or is_known(item.folded, reading.lexicon)
        ):
            continue
        tried += 1
        first = place == 0 or bool(words.items[place - 1].mark)
        name = words.cased and item.capital and not first
        mended = mend(
            item.folded,
            reading.lexicon,
            typed=item.around,
            name=name,
            maybe_name=item.capital or not words.cased,
        )
        if mended is None:
            continue
        shown = [_shown(word, item, reading.lexicon) for word in mended.words]
        reading.repairs.append(Repair(item.typed, " ".join(shown), mended.kind))
        item.typed, item.folded = shown[0], mended.words[0]
        for text, word in zip(shown[1:], mended.words[1:], strict=True):
            items.append(Word(text, word, item.chunk, item.capital))
    words.items = items


def _shown(word: str, item: Word, lexicon: Vocabulary) -> str:
    """A word of the record as it is shown: names with a capital."""
    surface = gazetteer().get(word)
    if surface is not None and not surface.needs_capital:
        if analysis.fold(surface.label) == word:
            return surface.label
        return word.capitalize()
    return word.capitalize() if lexicon.is_name(word) or item.capital else word
