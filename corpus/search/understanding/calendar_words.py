"""Days, months, seasons and years as people write them: from words to a first and a last day.

Written for the folded flat text of a question (see ``words.Flat``) and for values of operators.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from corpus.search import analysis
from corpus.search.understanding.notes import Note, Noted, noted

_MONTHS: Final = (
    r"jan(?:uary)?|январ(?:ь|я|ю|е|ем)", r"feb(?:ruary)?|феврал(?:ь|я|ю|е|ем)",
    r"mar(?:ch)?|март(?:а|у|е|ом)?", r"apr(?:il)?|апрел(?:ь|я|ю|е|ем)",
    r"may|ма(?:й|я|ю|е|ем)", r"june?|июн(?:ь|я|ю|е|ем)", r"july?|июл(?:ь|я|ю|е|ем)",
    r"aug(?:ust)?|август(?:а|у|е|ом)?", r"sept?(?:ember)?|сентябр(?:ь|я|ю|е|ем)",
    r"oct(?:ober)?|октябр(?:ь|я|ю|е|ем)", r"nov(?:ember)?|ноябр(?:ь|я|ю|е|ем)",
    r"dec(?:ember)?|декабр(?:ь|я|ю|е|ем)",
)  # fmt: skip
_MONTH_PATTERNS: Final = tuple(re.compile(f"(?:{names})") for names in _MONTHS)
_SEASONS: Final = (
    (re.compile(r"winter|зим(?:а|ой|ы|у|е)"), 12), (re.compile(r"spring|весн(?:а|ой|ы|у|е)"), 3),
    (re.compile(r"summer|лет(?:о|ом|а|у|е)"), 6), (re.compile(r"autumn|fall|осен(?:ь|ью|и)"), 9),
)  # fmt: skip
WEEKDAYS: Final = (
    r"monday|понедельник", r"tuesday|вторник", r"wednesday|сред[ау]", r"thursday|четверг",
    r"friday|пятниц[ау]", r"saturday|суббот[ау]", r"sunday|воскресенье",
)  # fmt: skip
_NUMBERS: Final = {
    "a": 1, "an": 1, "one": 1, "two": 2, "couple": 2, "three": 3, "few": 3, "several": 3,
    "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twelve": 12,
    "один": 1, "два": 2, "две": 2, "три": 3, "четыре": 4, "пять": 5, "шесть": 6, "семь": 7,
    "несколько": 3, "десять": 10,
}  # fmt: skip

MONTH: Final = "|".join(_MONTHS)
SEASON: Final = "|".join(pattern.pattern for pattern, _ in _SEASONS)
YEAR: Final = r"(?:19|20)\d\d"
_YEAR_WORD: Final = r"(?: (?:г|гг|год|года|году|годы|годов))?\b"
COUNT: Final = r"\d{1,3}|" + "|".join(_NUMBERS)
UNIT: Final = r"days?|weeks?|months?|years?|день|дня|дней|недел[юьи]|месяц(?:а|ев)?|год|года|лет"

_UNITS: Final = (
    ("w", "week"), ("m", "month"), ("y", "year"),
    ("нед", "week"), ("мес", "month"), ("год", "year"), ("лет", "year"),
)  # fmt: skip

_DAYS_AGO: Final = {"today": 0, "сегодня": 0, "yesterday": 1, "вчера": 1}


@dataclass(frozen=True, slots=True)
class Span:
    """The first and the last day that are meant, either of them open, and what to say of it."""

    first: date | None
    last: date | None
    notes: tuple[Noted, ...] = ()


def point(suffix: str) -> str:
    """A pattern for one stretch of time named by the calendar, its groups ended by ``suffix``."""
    day = rf"(?P<d{suffix}>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th| го)?"
    day2 = day.replace(f"<d{suffix}>", f"<e{suffix}>")
    month = rf"(?P<m{suffix}>{MONTH})"
    month2 = rf"(?P<n{suffix}>{MONTH})"
    month3 = rf"(?P<o{suffix}>{MONTH})"
    part = (
        rf"(?:(?P<part{suffix}>early|mid|late|начал[еоа]|середин[еуа]|конц[еау]|конец)(?: of)? )?"
    )
    return (
        rf"(?:(?:the )?{day} (?:of )?{month}(?: ,)?(?: of)?"
        rf"(?: (?P<y{suffix}>{YEAR}){_YEAR_WORD})?"
        rf"|{month2} (?:the )?{day2}(?: ,)? (?P<z{suffix}>{YEAR})"
        rf"|(?:the )?(?:{part}(?:{month3}|(?P<s{suffix}>{SEASON}))(?: of)?(?: ,)? )"
        rf"(?P<x{suffix}>{YEAR}){_YEAR_WORD}"
        rf"|(?P<iso{suffix}>\d{{4}}[-./]\d{{1,2}}(?:[-./]\d{{1,2}})?"
        rf"|\d{{1,2}}[-./]\d{{1,2}}[-./]\d{{2,4}}|\d{{1,2}}\.{YEAR}|{YEAR}-(?:{YEAR}|\d\d)))(?!\S)"
    )


def year_point(suffix: str) -> str:
    """A pattern for a year, or part of one, or a decade."""
    return (
        rf"(?:(?:the )?(?:(?P<half{suffix}>first|second|third|fourth|1st|2nd|3rd|4th) "
        rf"(?P<of{suffix}>half|quarter) (?:of )?|(?P<q{suffix}>q[1-4]|h[12]) (?:of )?"
        rf"|(?P<eml{suffix}>early|mid|late|начал[еоа]|середин[еуа]|конц[еау]|конец) (?:of )?)?"
        rf"(?P<a{suffix}>{YEAR})(?P<decade{suffix}>s| х)?{_YEAR_WORD})(?!\S)"
    )


def month_point(suffix: str) -> str:
    """A pattern for a month without its year."""
    return rf"(?P<l{suffix}>{MONTH})(?!\S)"


def month_of(name: str) -> int:
    """The number of a month from any of its names."""
    return next(n for n, months in enumerate(_MONTH_PATTERNS, 1) if months.fullmatch(name))


def number_of(text: str) -> int:
    """A small number from digits or words."""
    return int(text) if text.isdigit() else _NUMBERS[text]


def unit_of(name: str) -> str:
    """Gives "day", "week", "month" or "year" from any word for it."""
    return next((unit for start, unit in _UNITS if name.startswith(start)), "day")


def month_span(year: int, month: int, months: int = 1) -> Span:
    """Whole months from the given one on."""
    last_month = month + months - 1
    last_year, last_month = year + (last_month - 1) // 12, (last_month - 1) % 12 + 1
    return Span(
        date(year, month, 1), date(last_year, last_month, monthrange(last_year, last_month)[1])
    )


def season_span(name: str, year: int) -> Span:
    """Three months; the winter of a year begins in the December before it."""
    first = next(month for pattern, month in _SEASONS if pattern.fullmatch(name))
    return month_span(year - 1 if first == 12 else year, first, 3)


def back(day: date, count: int, unit: str) -> date:
    """The day so many days, weeks, months or years before another."""
    if unit in ("day", "week"):
        return day - timedelta(days=count * (7 if unit == "week" else 1))
    months = day.year * 12 + day.month - 1 - count * (12 if unit == "year" else 1)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def resolve(match: re.Match[str], suffix: str, *, today: date, cyrillic: bool) -> Span | None:
    """The span of a matched :func:`point`, :func:`year_point` or :func:`month_point`.

    None if there is no such day, as on 31 February.
    """
    groups = {key: value for key, value in match.groupdict().items() if value}

    def group(name: str) -> str | None:
        return groups.get(name + suffix)

    try:
        if numeric := group("iso"):
            return _numeric(numeric, day_first=cyrillic)
        if year := group("a"):
            return _year(int(year), group)
        if lone := group("l"):
            return _lone_month(month_of(lone), today)
        day, month = group("d") or group("e"), group("m") or group("n")
        if day and month:
            return _day(int(day), month_of(month), group("y") or group("z"), today)
        year = group("x") or ""
        if season := group("s"):
            return season_span(season, int(year))
        span = month_span(int(year), month_of(group("o") or ""))
        return _part(span, group("part"))
    except ValueError:
        return None


def read_date(text: str, *, today: date) -> Span | None:
    """The days that a value such as "2021-05", "19.05.2021" or "May 2021" means; None if none."""
    cyrillic = analysis.is_cyrillic(text)
    folded = " ".join(analysis.fold(text).replace(",", " ").split())
    days_ago = _DAYS_AGO.get(folded)
    if days_ago is not None and today.toordinal() > days_ago:
        day = today - timedelta(days=days_ago)
        return Span(day, day)
    for pattern in _values():
        if match := pattern.fullmatch(folded):
            return resolve(match, "", today=today, cyrillic=cyrillic)
    return None


@lru_cache(maxsize=1)
def _values() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(make("")) for make in (point, year_point, month_point))


def _day(day: int, month: int, year: str | None, today: date) -> Span:
    if year:
        found = date(int(year), month, day)
        return Span(found, found)
    found = date(today.year, month, day)
    if found > today:
        found = date(today.year - 1, month, day)
    return Span(found, found, (noted(Note.THIS_DAY, day=found),))


def _lone_month(month: int, today: date) -> Span:
    span = month_span(today.year - (month > today.month), month)
    first = date(today.year - (month > today.month), month, 1)
    return Span(first, span.last, (noted(Note.THIS_MONTH, month=first),))


def _year(year: int, group: object) -> Span:
    assert callable(group)
    if group("decade"):
        return Span(date(year, 1, 1), date(year + (9 if year % 10 == 0 else 0), 12, 31))
    part, of, quarter = group("half"), group("of"), group("q")
    if part or quarter:
        place = (
            ("first", "second", "third", "fourth").index(
                {"1st": "first", "2nd": "second", "3rd": "third", "4th": "fourth"}.get(part, part)
            )
            if part
            else int(quarter[1]) - 1
        )
        months = 6 if (of == "half" or (quarter or "").startswith("h")) else 3
        return month_span(year, 1 + place * months, months)
    return _part(Span(date(year, 1, 1), date(year, 12, 31)), group("eml"))


def _part(span: Span, part: str | None) -> Span:
    """A third of a month or year, by "early", "mid" or "late"."""
    if not part or not span.first or not span.last:
        return span
    third = ((span.last - span.first).days + 1) // 3
    if part.startswith(("early", "нач")):
        return Span(span.first, span.first + timedelta(days=third))
    if part.startswith(("mid", "сер")):
        return Span(span.first + timedelta(days=third), span.last - timedelta(days=third))
    return Span(span.last - timedelta(days=third), span.last)


def _numeric(text: str, *, day_first: bool) -> Span:
    pieces = re.split(r"[-./]", text)
    numbers = [int(piece) for piece in pieces]
    if len(pieces) == 2:
        if len(pieces[0]) == 4 and len(pieces[1]) == 4:
            return Span(date(numbers[0], 1, 1), date(numbers[1], 12, 31))
        if len(pieces[0]) == 4 and numbers[1] > max(12, numbers[0] % 100):
            return Span(date(numbers[0], 1, 1), date(numbers[0] // 100 * 100 + numbers[1], 12, 31))
        year, month = numbers if len(pieces[0]) == 4 else numbers[::-1]
        return month_span(year, month)
    if len(pieces[0]) == 4:
        found = date(*numbers)
        return Span(found, found)
    first, second, year = numbers
    if len(pieces[2]) == 2:
        year += 2000 if year < 70 else 1900
    # CLDR: English writes M/d/y, and with points or in Russian it is the day that comes first.
    by_day = day_first or "." in text or "-" in text
    day, month = (first, second) if by_day else (second, first)
    if month > 12:
        day, month = month, day
    found = date(year, month, day)
    if first != second and first <= 12 and second <= 12 and not (day_first or "." in text):
        return Span(found, found, (noted(Note.DAY_ORDER, text=text, day=found, iso=found),))
    return Span(found, found)
