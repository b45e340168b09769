"""Reads a question into a typed query: operators, times, frames, sayers, repairs, terms."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from corpus.search import analysis
from corpus.search.understanding.aliases import with_aliases
from corpus.search.understanding.directory import read_name
from corpus.search.understanding.frames import take_frames
from corpus.search.understanding.function_words import FUNCTION_WORDS
from corpus.search.understanding.gazetteer import using
from corpus.search.understanding.mending import mend_frame_words, mend_words
from corpus.search.understanding.notes import Note, Noted, noted
from corpus.search.understanding.operators import Operators, read_operators
from corpus.search.understanding.reading import Reading
from corpus.search.understanding.repair import from_latin, from_other_layout
from corpus.search.understanding.speakers import COLLECTIVE, Speakers, meant, union
from corpus.search.understanding.terms import NO_NAMES, bind_names, build_terms, plain_term, slight
from corpus.search.understanding.times import TimeExpression, time_expressions
from corpus.search.understanding.vocabulary import Vocabulary
from corpus.search.understanding.word_lists import word_list
from corpus.search.understanding.words import Words
from corpus.types import Query, Repair, RepairKind, Term

_SUBORDINATORS: Final = word_list("subordinators")
_VERBLESS: Final = word_list("question verbs")
"""Words that make a question more than a row of keywords."""
_DOING: Final = frozenset(["did", "does", "do", "has", "have", "had", "was", "is", "will", "would"])
_YEAR: Final = re.compile("[0-9]{4}")
_MAX_LENGTH: Final = 4_000
"""Characters of a question that are read; the rest is ignored, and said."""


def parse(question: str, *, lexicon: Vocabulary, today: date) -> Query:
    """Read a question into a query. Pure; raises nothing, whatever the text.

    Args:
        question: as it was typed, English or Russian, a sentence or keywords, with operators.
        lexicon: what the record knows: its words, names, speakers and publishers.
        today: the day that "last week" is counted from.
    """
    with using(with_aliases(lexicon.aliases)):
        return _parsed(question, lexicon, today)


def _parsed(question: str, lexicon: Vocabulary, today: date) -> Query:
    notes: list[Noted] = []
    text = question
    if len(text) > _MAX_LENGTH:
        text = text[:_MAX_LENGTH]
        notes.append(noted(Note.TOO_LONG, count=_MAX_LENGTH))
    operators = read_operators(text, publishers=lexicon.publishers(), today=today)
    notes += operators.notes
    repairs: list[Repair] = []
    switched = from_other_layout(operators.rest, lexicon)
    kind = RepairKind.KEYBOARD
    if switched is None:
        switched, kind = from_latin(operators.rest, lexicon), RepairKind.SCRIPT
    if switched is not None:
        repairs.append(Repair(operators.rest.strip(), switched.strip(), kind))
        operators.rest = switched
    words = Words(operators.rest)
    reading = Reading(lexicon, words, Speakers(lexicon), repairs=repairs, notes=notes)
    if operators.speaker is not None:
        sayer = reading.speakers.named(operators.speaker)
        reading.accept(sayer)
    return _read(question, operators, reading, today)


def _read(question: str, operators: Operators, reading: Reading, today: date) -> Query:
    words = reading.words
    cyrillic = analysis.is_cyrillic(operators.rest or question)
    mend_frame_words(reading, operators.plain)
    times = time_expressions(words, today=today, cyrillic=cyrillic)
    bind_names(words)
    frames = take_frames(words, reading.judge)
    for place in frames.hints:
        term = plain_term(words.items[place], reading.lexicon, name=False)
        reading.hints.append(slight(term))
    if not frames.saying:
        _acting_speaker(reading)
    if frames.found and not reading.sayers:
        _leading_speaker(reading)
    first, last, dated = _dates(times, words, reading, saying=frames.saying)
    if operators.date_from and last and last < operators.date_from:
        last = None
    if operators.date_to and first and first > operators.date_to:
        first = None
    first, last = operators.date_from or first, operators.date_to or last
    mend_words(reading)
    implied = reading.speakers.publishing()
    terms = build_terms(words, reading.lexicon, implied=implied)
    if not terms and not frames.found and not operators.phrases and not dated:
        left = {words.items[place].typed: words.items[place] for place in words.rest()}
        terms = [plain_term(item, reading.lexicon, name=False) for item in left.values()]
    if not frames.found:
        terms = [_by_or_about(term, reading) for term in terms]
        terms = [_of_year(term, today) for term in terms] if len(terms) > 1 else terms
    told = {term.text: term for term in (*reading.hints, *terms)}
    terms += [hint for text, hint in told.items() if hint in reading.hints]
    asked_in = _language(operators.rest) or _language(question)
    return Query(
        question=question,
        terms=tuple(terms),
        phrases=tuple(operators.phrases),
        excluded=tuple(operators.excluded),
        speaker=union(reading.sayers),
        date_from=first,
        date_to=last,
        language=operators.language,
        publisher=operators.publisher,
        repairs=tuple(dict.fromkeys(reading.repairs)),
        notes=tuple(dict.fromkeys(note.text(asked_in or "en") for note in reading.notes)),
        asked_in=asked_in,
    )


def _acting_speaker(reading: Reading) -> None:
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
        behind = rest[start + 1 + length : start + 2 + length]
        if items[-1].folded in COLLECTIVE or any(words.items[p].capital for p in behind):
            continue
        found = reading.speakers.known(items, fuzzy=False)
        if found and found.found and found.found.labels:
            items = list(meant(items))
            name = read_name(" ".join(item.folded for item in items))
            family = [item for item in items if name and item.folded == name.family]
            if family:
                reading.hints.append(slight(plain_term(family[-1], reading.lexicon, name=True)))
            words.use(places)
            return


def _leading_speaker(reading: Reading) -> None:
    """In "Carney, reaction to the storm", who stands before the frame speaks."""
    words = reading.words
    run: list[int] = []
    for place, item in enumerate(words.items[:5]):
        if item.used:
            break
        run.append(place)
        if item.mark:
            break
    parted = run and len(run) < len(words) and words.items[run[-1]].mark
    if not parted:
        return
    items = [words.items[place] for place in run]
    found = reading.speakers.known(items, fuzzy=False)
    if found and found.found and found.found.labels:
        reading.accept(found)
        words.use(run)


def _by_or_about(term: Term, reading: Reading) -> Term:
    """Among keywords, the name of a speaker asks for what they said as well as for them."""
    last = term.forms[0].words[-1]
    if last in NO_NAMES or (not term.is_name and reading.lexicon.is_small(last)):
        return term
    found = reading.speakers.named(term.text).found
    if found is None or not found.labels:
        return term
    return replace(term, labels=found.labels, is_name=True, known=True)


def _of_year(term: Term, today: date) -> Term:
    """Among keywords, a year asks for what was said in it as well as about it."""
    year = int(term.text) if _YEAR.fullmatch(term.text) else 0
    if not 1900 <= year <= today.year:
        return term
    return replace(term, said=(date(year, 1, 1), date(year, 12, 31)))


def _language(question: str) -> str | None:
    cyrillic = sum("а" <= character <= "я" or character == "ё" for character in question.lower())
    latin = sum("a" <= character <= "z" for character in question.lower())
    if not cyrillic and not latin:
        return None
    return "ru" if cyrillic >= latin else "en"


def _dates(
    times: Sequence[TimeExpression], words: Words, reading: Reading, *, saying: bool
) -> tuple[date | None, date | None, bool]:
    """The first and last day of all times that are when it was said; others become hints."""
    first: date | None = None
    last: date | None = None
    dated = False
    for time in times:
        if not _when_said(time, words, saying=saying or (time.relative and not time.now)):
            hints = [
                slight(plain_term(item, reading.lexicon, name=False))
                for item in (words.items[place] for place in time.places)
                if item.folded not in FUNCTION_WORDS and len(item.folded) > 2
            ]
            if hints and time.span.first and time.span.last:
                # What happened then was most likely spoken of then.
                hints[-1] = replace(hints[-1], said=(time.span.first, time.span.last))
            reading.hints += hints
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
    return not time.loose and not any(item.folded in _VERBLESS for item in words.items)
