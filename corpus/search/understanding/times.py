"""Time expressions in a question: "in May 2021", "since 2018", "на прошлой неделе"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache, partial
from typing import Final

from corpus.search.understanding.calendar_words import (
    COUNT,
    MONTH,
    SEASON,
    UNIT,
    WEEKDAYS,
    YEAR,
    Span,
    back,
    month_of,
    month_point,
    month_span,
    number_of,
    point,
    resolve,
    season_span,
    unit_of,
    year_point,
)
from corpus.search.understanding.words import Words

_START: Final = r"(?:^|(?<=\s))"
_IN: Final = (
    r"in|during|throughout|within|on|dated|around|at|as of|of|back in|sometime in"
    r"|в|во|в течение|за|от|на протяжении|к"
)
_SINCE: Final = (
    r"since|ever since|starting(?: in| from| on)?|beginning(?: in| from)?|from"
    r"|с|со|начиная с|от"
)
_AFTER: Final = r"after|following|later than|позже|после"
_BEFORE: Final = r"before|prior to|earlier than|ранее|раньше|до"
_UNTIL: Final = r"until|till|up to|up until|through|no later than|by|по|вплоть до|к"
_ONWARDS: Final = r"(?: (?:onwards?|on|and later|and after|и позже|и далее))?(?!\S)"


@dataclass(frozen=True, slots=True)
class _Patterns:
    between: re.Pattern[str]
    months: re.Pattern[str]
    sided: tuple[tuple[str, re.Pattern[str]], ...]
    within: re.Pattern[str]
    bare: re.Pattern[str]


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    """The patterns of calendar times: large, so made when a question first has a number in it."""
    calendar = rf"(?:{point('1')}|{year_point('1')}|{month_point('1')})"
    sides = (
        ("since", _SINCE, _ONWARDS),
        ("after", _AFTER, ""),
        ("before", _BEFORE, ""),
        ("until", _UNTIL, ""),
    )
    return _Patterns(
        between=re.compile(
            rf"{_START}(?:between|from|in|между|с|со|от) (?:the )?"
            rf"(?:{point('1')}|{year_point('1')}|(?P<lone>{MONTH})|(?P<day>\d{{1,2}}))"
            rf"(?: ,)? (?:and|to|until|till|through|–|и|по|до) (?:the )?"
            rf"(?:{point('2')}|{year_point('2')})"
        ),
        months=re.compile(
            rf"{_START}(?:(?:in|between|from|в|с|между) )?(?P<one>{MONTH}) "
            rf"(?:(?:and|to|through|и|по) )?(?P<two>{MONTH})(?: ,)?(?: of)? (?P<year>{YEAR})"
            r"(?: год[ауы]?| г)?(?!\S)"
        ),
        sided=tuple(
            (kind, re.compile(rf"{_START}(?:{words}) {calendar}{tail}"))
            for kind, words, tail in sides
        ),
        within=re.compile(rf"{_START}(?:(?P<how>{_IN}) )(?:the )?{calendar}"),
        bare=re.compile(rf"{_START}{point('1')}"),
    )


_RELATIVE: Final = re.compile(
    rf"{_START}(?:(?:in|on|over|during|within|for|from|на|в|за|с|со) )?(?:the )?(?:"
    r"(?P<day>today|yesterday|сегодня|вчера|позавчера|day before yesterday)"
    r"|(?P<which>last|past|previous|this|current|прошл\w+|минувш\w+|эт(?:ой|ом|от|им|у)|текущ\w+)"
    rf" (?:(?P<unit>week|month|year|недел[еюи]|месяц[ае]?|год[ау]?)|(?P<season>{SEASON})"
    rf"|(?P<weekday>{'|'.join(WEEKDAYS)})|(?P<month>{MONTH}))"
    rf"|(?:last|past|previous|последни\w+|прошлые) (?P<count>{COUNT})(?: of)? (?P<units>{UNIT})"
    r"|(?:последн(?:юю|ий|ие|ее)) (?P<one>неделю|месяц|год|дни|время)"
    rf"|(?P<ago>{COUNT}) (?P<ago_unit>{UNIT}) (?:ago|назад))(?!\S)"
)
_MOST: Final = 10
"""Times in one question that are read."""
_ON_WEEKDAY: Final = re.compile(rf"{_START}(?:on|в|во) (?P<weekday>{'|'.join(WEEKDAYS)})(?!\S)")


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A stretch of the question that names a time."""

    places: tuple[int, ...]
    span: Span
    relative: bool
    """Counted from today, so that its words stand in no text."""
    now: bool
    """"Today", which means "nowadays" too."""
    loose: bool
    """A day without a year or a preposition: "8 March" is a feast, too."""


def time_expressions(words: Words, *, today: date, cyrillic: bool) -> list[TimeExpression]:
    """All time expressions of a question, whose words are taken up; those to come are left."""
    found: list[TimeExpression] = []
    while len(found) < _MOST:
        flat = words.flat()
        blocked: list[tuple[int, int]] = []
        for match, span, relative in _candidates(flat.text, today, cyrillic):
            if any(match.start() < end and start < match.end() for start, end in blocked):
                continue
            ahead = span and (span.first or span.last or today) > today
            if span is None or ahead:
                # Part of what is no date, or is still to come, is no date either.
                blocked.append(match.span())
                continue
            places = flat.places(match.span())
            words.use(places)
            loose = bool(span.notes) and match[0][:1].isdigit()
            now = relative and span.first == span.last == today
            found.append(TimeExpression(tuple(places), span, relative, now, loose))
            break
        else:
            break
    return found


def _candidates(
    text: str, today: date, cyrillic: bool
) -> Iterator[tuple[re.Match[str], Span | None, bool]]:
    """Matches from the most to the least telling."""
    for match in _RELATIVE.finditer(text):
        yield match, _counted(partial(_relative, match, today)), True
    for match in _ON_WEEKDAY.finditer(text):
        yield match, _counted(partial(_weekday, match["weekday"], today, "on")), True
    if not any(character.isdigit() for character in text) and not _MONTH_WORD.search(text):
        return
    for match in _patterns().between.finditer(text):
        yield match, _between(match, today, cyrillic), False
    for match in _patterns().months.finditer(text):
        year = int(match["year"])
        one, two = month_of(match["one"]), month_of(match["two"])
        first = month_span(year - (one > two), one).first
        yield match, Span(first, month_span(year, two).last), False
    for kind, pattern in _patterns().sided:
        for match in pattern.finditer(text):
            span = resolve(match, "1", today=today, cyrillic=cyrillic)
            yield match, _sided(kind, match[0], span), False
    for match in _patterns().within.finditer(text):
        # "the election of 2009" was not said in 2009.
        if match["how"] == "of" and match["a1"]:
            continue
        yield match, resolve(match, "1", today=today, cyrillic=cyrillic), False
    for match in _patterns().bare.finditer(text):
        yield match, resolve(match, "1", today=today, cyrillic=cyrillic), False


_MONTH_WORD: Final = re.compile(rf"{_START}(?:{MONTH})(?!\S)")


def _counted(read: Callable[[], Span | None]) -> Span | None:
    """A span counted from today; None where the calendar has no such day ("9999 years ago")."""
    try:
        return read()
    except (ValueError, OverflowError):
        return None


def _sided(kind: str, text: str, span: Span | None) -> Span | None:
    if span is None or span.first is None or span.last is None:
        return span
    if kind == "since":
        # A remark "from March 2012" was made in it.
        within = text.startswith("from ") and not text.endswith((" on", " onward", " onwards"))
        return span if within and _NOT_YEAR.search(text) else Span(span.first, None, span.notes)
    if kind == "after":
        return Span(span.last + timedelta(days=1), None, span.notes)
    if kind == "before":
        return Span(None, span.first - timedelta(days=1), span.notes)
    return Span(None, span.last, span.notes)


_NOT_YEAR: Final = re.compile(rf"^from (?!{YEAR})")


def _between(match: re.Match[str], today: date, cyrillic: bool) -> Span | None:
    last = resolve(match, "2", today=today, cyrillic=cyrillic)
    if last is None or last.first is None:
        return None
    first: Span | None
    try:
        if lone := match["lone"]:
            month = month_of(lone)
            first = month_span(last.first.year - (month > last.first.month), month)
        elif day := match["day"]:
            first = Span(last.first.replace(day=int(day)), None)
        else:
            first = resolve(match, "1", today=last.first, cyrillic=cyrillic)
    except ValueError:
        return None
    if first is None or first.first is None or last.last is None:
        return None
    if first.last and first.first > last.last:
        return Span(last.first, first.last, last.notes)
    return Span(first.first, last.last, last.notes) if first.first <= last.last else None


def _relative(match: re.Match[str], today: date) -> Span | None:
    if day := match["day"]:
        days = {"today": 0, "сегодня": 0, "yesterday": 1, "вчера": 1}.get(day, 2)
        return Span(today - timedelta(days=days), today - timedelta(days=days))
    if count := match["count"]:
        return Span(back(today, number_of(count), unit_of(match["units"])), today)
    if one := match["one"]:
        if one in ("дни", "время"):
            return Span(back(today, 1, "week" if one == "дни" else "month"), today)
        return Span(back(today, 1, unit_of(one)), today)
    if ago := match["ago"]:
        unit = unit_of(match["ago_unit"])
        middle = back(today, number_of(ago), unit)
        return Span(middle, middle) if unit == "day" else _around(middle, unit)
    which = match["which"]
    this = which in ("this", "current") or which.startswith(("эт", "текущ"))
    if unit_name := match["unit"]:
        unit = unit_of(unit_name)
        if which == "past":
            return Span(back(today, 1, unit), today)
        return _around(today if this else back(today, 1, unit), unit)
    if season := match["season"]:
        span = season_span(season, today.year)
        if span.first and (span.first > today or (not this and span.last and span.last >= today)):
            span = season_span(season, today.year - 1)
        return span
    if weekday := match["weekday"]:
        return _weekday(weekday, today, "this" if this else "last")
    month = month_of(match["month"])
    if this:
        return month_span(today.year, month)
    return month_span(today.year - (month >= today.month), month)


def _weekday(name: str, today: date, which: str) -> Span:
    wanted = next(n for n, names in enumerate(WEEKDAYS) if re.fullmatch(names, name))
    days = (today.weekday() - wanted) % 7
    if which == "last" and days == 0:
        days = 7
    found = today - timedelta(days=days)
    return Span(found, found)


def _around(day: date, unit: str) -> Span:
    """The calendar week, month or year that a day lies in; weeks begin on Monday (ISO 8601)."""
    if unit == "week":
        monday = day - timedelta(days=day.weekday())
        return Span(monday, monday + timedelta(days=6))
    if unit == "month":
        return month_span(day.year, day.month)
    return Span(date(day.year, 1, 1), date(day.year, 12, 31))
