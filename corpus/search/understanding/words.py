"""A question as words that are taken up one by one, and the flat text that patterns look at."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from corpus.search import analysis
from corpus.search.understanding.function_words import FUNCTION_WORDS
from corpus.search.understanding.word_lists import word_list

_NUMERIC_DATE: Final = re.compile(
    r"\d{4}[-./]\d{1,2}(?:[-./]\d{1,2})?|\d{1,2}[-./]\d{1,2}[-./](?:\d{4}|\d{2})"
    r"|(?:19|20)\d\d[-–—](?:19|20)?\d\d|\d{1,2}\.(?:19|20)\d\d"
)
_EDGES: Final = "«»“”„\"'’()[]{}<>,;:!?.…"
_BEFORE_PRONOUN: Final = frozenset(
    ("tell", "told", "give", "gave", "show", "let", "help", "ask", "make", "made", "of", "let's")
)
_CALENDAR: Final = word_list("calendar words")
_SENTENCE: Final = 5
"""Words that make a sentence of a question that begins with a capital."""
_MARKS: Final = re.compile(r"[,;:—]")


@dataclass(slots=True)
class Word:
    """One word of the question."""

    typed: str
    folded: str
    chunk: int
    """Number of the stretch without white space that it stands in."""
    capital: bool
    around: str = ""
    """The whole stretch, with its punctuation: keys of the other layout, perhaps."""
    other: str | None = None
    """Another folded word that it may be a misspelling of."""
    possessive: bool = False
    mark: str = ""
    """Punctuation that follows it and parts clauses: "," ";" ":" "—", or nothing."""
    first: bool = False
    """It begins the question, so that its capital may say nothing."""
    bound: bool = False
    """It stands behind another word of one name: nobody states in "the Islamic *State*"."""
    used: bool = False
    """Taken up already: part of a date, a frame or a speaker."""

    @property
    def shouted(self) -> bool:
        """Whether it is written in capitals throughout: an acronym, most likely."""
        return len(self.typed) > 1 and self.typed.isupper()


def as_typed(items: Sequence[Word]) -> str:
    """Words as they were typed, with the hyphens and points between them."""
    pieces: dict[int, list[Word]] = {}
    for item in items:
        pieces.setdefault(item.chunk, []).append(item)
    shown = []
    for same in pieces.values():
        whole = same[0].around.strip(_EDGES)
        bare = whole.removesuffix("'s").removesuffix("’s")
        shown.append(bare if len(same) > 1 else same[0].typed.removesuffix("'s"))
    return " ".join(shown)


def _is_country(before: Word | None, after: Word) -> bool:
    """Whether "us" is the country: "us troops" is, "tell us about" is not."""
    if after.folded in FUNCTION_WORDS or not after.folded[:1].isalpha():
        return False
    return before is None or before.folded not in _BEFORE_PRONOUN


class Words:
    """The words of a question in order."""

    def __init__(self, text: str) -> None:
        self.items: list[Word] = []
        self._flat: Flat | None = None
        shouting = text.isupper()
        for number, chunk in enumerate(text.split()):
            bare = chunk.strip(_EDGES)
            if _NUMERIC_DATE.fullmatch(bare):
                tokens = [bare.replace("–", "-").replace("—", "-")]
                folded = tokens
            else:
                tokens = analysis.tokens(chunk)
                folded = [analysis.word(token) for token in tokens]
            for token, word in zip(tokens, folded, strict=True):
                if not word:
                    continue
                item = Word(token, word, number, token != token.lower(), chunk)
                item.possessive = token.endswith(("'s", "s'", "'S"))
                self.items.append(item)
            if self.items and (marks := _MARKS.findall(chunk[-2:])):
                self.items[-1].mark = marks[-1]
        if len(self.items) > 1:
            self.items[0].first = True
        for before, item, after in zip(
            [None, *self.items], self.items, self.items[1:], strict=False
        ):
            if item.folded == "us" and _is_country(before, after):
                item.folded, item.capital = analysis.THE_COUNTRY, True
        self.cased = not shouting and any(
            item.capital and not (item.first or item.shouted or item.folded in _CALENDAR)
            for item in self.items
        )
        # Where every word has one, capitals say as little as where none has.
        self.cased = self.cased and any(not item.capital for item in self.items)

        self.sentence = len(self.items) >= _SENTENCE and self.items[0].capital
        """Whether the question is written as a sentence, with a capital in front."""

    def __len__(self) -> int:
        return len(self.items)

    def rest(self) -> list[int]:
        """Places of the words that are not taken up yet."""
        return [place for place, item in enumerate(self.items) if not item.used]

    def use(self, places: Iterable[int]) -> None:
        """Take words up, so that they are no longer asked for."""
        for place in places:
            self.items[place].used = True
        self._flat = None

    def bind(self, places: Iterable[int]) -> None:
        """Take the words at these places for one name with the word before each."""
        for place in places:
            self.items[place].bound = True
        self._flat = None

    def reread(self, place: int, word: str) -> None:
        """Read the word at a place as another one, folded."""
        self.items[place].folded = word
        self._flat = None

    def flat(self) -> Flat:
        """The words that are left, folded, as one text for patterns."""
        if self._flat is None:
            self._flat = Flat(self.items)
        return self._flat


class Flat:
    """Folded words parted by single spaces, with what each character belongs to.

    A clause mark stands as a word of its own, and "|" where words were taken up; a possessive
    keeps its "'s". The words of one name are joined by "_".
    """

    def __init__(self, items: Sequence[Word]) -> None:
        text = ""
        self._places: list[int] = []
        self._starts: list[int] = []
        gap = False
        for place, item in enumerate(items):
            if item.used:
                gap = True
                continue
            if gap and text:
                text += " |"
            text += "" if not text else "_" if item.bound and not gap else " "
            gap = False
            self._places.append(place)
            self._starts.append(len(text))
            text += item.folded + ("'s" if item.possessive else "")
            if item.mark:
                text += f" {item.mark}"
        self.text = text

    def places(self, span: tuple[int, int]) -> list[int]:
        """Places of the words that begin within a span of the text."""
        first, last = (bisect_left(self._starts, edge) for edge in span)
        return self._places[first:last]
