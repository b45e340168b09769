"""What an asker may write to be exact: "a phrase", -word, speaker:, from:, to:, on:, lang:,
publisher:."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from corpus.search import analysis
from corpus.search.understanding.calendar_words import read_date
from corpus.search.understanding.notes import Note, Noted, noted

_QUOTED: Final = r'"[^"]*"|«[^»]*»|“[^”“]*”|„[^“”„]*[“”]'
_OPERATOR: Final = re.compile(
    rf"(?<!\S)(?P<name>speaker|from|to|on|lang|language|publisher)\s?:\s?(?P<value>{_QUOTED}|\S+)",
    re.IGNORECASE,
)
_EXCLUDED: Final = re.compile(rf"(?<!\S)[-−](?P<what>{_QUOTED}|[^\W\d_][^\s:]*)")
_PHRASE: Final = re.compile(_QUOTED)
_QUOTE_MARKS: Final = '"«»“”„ '
_STRAY: Final = re.compile(r'["«»“”„]')

_LANGUAGES: Final = {
    "en": "en", "eng": "en", "english": "en", "английский": "en", "ru": "ru", "rus": "ru",
    "russian": "ru", "русский": "ru",
}  # fmt: skip
_CODE: Final = re.compile(r"[a-z]{2}")


@dataclass(slots=True)
class Operators:
    """What the operators of a question ask for, and the words that are left."""

    rest: str = ""
    phrases: list[str] = field(default_factory=list)
    excluded: list[str] = field(default_factory=list)
    speaker: str | None = None
    date_from: date | None = None
    date_to: date | None = None
    language: str | None = None
    publisher: str | None = None
    notes: list[Noted] = field(default_factory=list)
    plain: set[str] = field(default_factory=set)
    """Folded words of malformed operators: they are read as they stand."""


def read_operators(question: str, *, publishers: Sequence[str], today: date) -> Operators:
    """Take the operators out of a question; a malformed one stays as words, with a note."""
    found = Operators()
    text = _OPERATOR.sub(lambda match: _read(match, found, publishers, today), question)
    text = _EXCLUDED.sub(lambda match: _exclude(match, found), text)
    text = _PHRASE.sub(lambda match: _phrase(match, found), text)
    if '"' in text or "«" in text:
        found.notes.append(noted(Note.ALONE))
    found.rest = _STRAY.sub(" ", text)
    if found.date_from and found.date_to and found.date_from > found.date_to:
        found.notes.append(noted(Note.SWAPPED, first=found.date_from, last=found.date_to))
        found.date_from, found.date_to = found.date_to, found.date_from
    return found


def _read(match: re.Match[str], found: Operators, publishers: Sequence[str], today: date) -> str:
    name = match["name"].lower()
    value = match["value"].strip(_QUOTE_MARKS).rstrip(",;?!")
    if name == "speaker" and _has_words(value):
        found.speaker = value
        return " "
    if name in ("from", "to", "on"):
        span = read_date(value, today=today)
        if span is not None:
            if name != "to":
                found.date_from = span.first
            if name != "from":
                found.date_to = span.last
            found.notes.extend(span.notes)
            return " "
        found.notes.append(noted(Note.NO_DATE, name=name, value=value))
    elif name in ("lang", "language"):
        code = _LANGUAGES.get(value.lower()) or value.lower()
        if _CODE.fullmatch(code):
            found.language = code
            return " "
        found.notes.append(noted(Note.NO_LANGUAGE, name=name, value=value))
    elif name == "publisher" and _has_words(value):
        found.publisher = _publisher(value, publishers)
        return " "
    else:
        found.notes.append(noted(Note.NO_VALUE, name=name))
    found.plain.update(analysis.words(value))
    return f" {value} "


def _publisher(value: str, publishers: Sequence[str]) -> str:
    """The publisher of the record that is meant, or the words as they are."""
    wanted = analysis.words(value)
    for publisher in publishers:
        if analysis.words(publisher) == wanted:
            return publisher
    holding = [name for name in publishers if set(wanted) <= set(analysis.words(name))]
    return holding[0] if len(holding) == 1 else value


def _exclude(match: re.Match[str], found: Operators) -> str:
    what = match["what"].strip(_QUOTE_MARKS)
    if not _has_words(what):
        return match[0]
    found.excluded.append(what.rstrip(".,;:!?"))
    return " "


def _phrase(match: re.Match[str], found: Operators) -> str:
    phrase = match[0].strip(_QUOTE_MARKS)
    if not _has_words(phrase):
        return " "
    found.phrases.append(phrase)
    return " | "


def _has_words(text: str) -> bool:
    return any(analysis.words(text))
