"""Dates as people write them, read only where they can mean one day alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from corpus.types import Moment

LOCALES = ("en", "ru", "de", "uk", "be", "fr", "es", "it", "pl")
"""Languages whose month names are known, from Unicode CLDR."""
EARLIEST, LATEST = 1800, 2199
"""Years outside are taken for other numbers."""


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text, and where it stands there."""

    moment: Moment
    """A datetime only where a time of day stands beside it."""
    start: int
    end: int

    @property
    def day(self) -> date:
        """The day, without the time."""
        return self.moment.date() if isinstance(self.moment, datetime) else self.moment


def find_dates(text: str, *, language: str | None = None) -> list[FoundDate]:
    """Find the dates of a text that name one day with its year, in the order of the text.

    Reads ``19 May 2021``, ``May 19th, 2021``, ``19. Mai 2021``, ``19 мая 2021 г.``, ``19.05.2021``,
    ``2021-05-19``, with a time beside or glued to it (``20 May 202103:25``). A day-month order
    that could be either is passed over unless ``language`` (ISO 639-1) settles it: ``05/06/2021``
    is a day only outside English. Ranges (``18–19 May 2021``) are no day.
    """
    found: list[FoundDate] = []
    taken = 0
    for match in _pattern().finditer(text):
        if match.start() < taken or _in_range(text, match):
            continue
        day = _day(match, language)
        if day is None:
            continue
        moment, end = _with_time(day, text, match.end())
        found.append(FoundDate(moment, match.start(), end))
        taken = end
    return found


def parse_moment(text: str | None) -> Moment | None:
    """Read a machine's date: ISO 8601, as ``datetime`` attributes and JSON-LD have it.

    A midnight or noon in UTC with no further precision is a day: it is what content management
    systems write when they know the day alone.
    """
    if not text:
        return None
    value = text.strip()
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
            return _sane(date.fromisoformat(value))
        if not re.match(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}", value):
            raise ValueError
        moment = datetime.fromisoformat(value.replace(" ", "T", 1).replace(" ", ""))
    except ValueError:
        dates = find_dates(value)
        return dates[0].moment if len(dates) == 1 else None
    if _sane(moment.date()) is None:
        return None
    if moment.minute == moment.second == 0 and (
        moment.hour == 0 or (moment.hour == 12 and moment.tzinfo is not None)
    ):
        return moment.date()
    return moment


def day_of(moment: Moment | None) -> date | None:
    """The day of a moment."""
    return moment.date() if isinstance(moment, datetime) else moment


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    # Imported here: CLDR data takes long to load and bulk files don't need it.
    from babel.dates import get_month_names

    months: dict[str, int] = {}
    for locale in LOCALES:
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, name in get_month_names(width, context, locale).items():
                    folded = name.casefold().rstrip(".")
                    if len(folded) >= 3 and not folded.isdigit():
                        months.setdefault(folded, number)
    return months | {"sept": 9}


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    names = sorted(_months(), key=len, reverse=True)
    month = rf"(?:{'|'.join(map(re.escape, names))})"
    year = r"\d{4}(?=\D|$|\d{1,2}:\d{2}(?!\d))"
    return re.compile(
        rf"""
          (?<![\d.])(?P<day1>\d{{1,2}})(?:st|nd|rd|th|er|-?го|-?е|\.)?\s*(?:of\s+|de\s+|-)?
            (?P<month1>{month})\b\.?,?(?:\s+(?:de\s+)?|-|(?<=\.))(?P<year1>{year})
        | \b(?P<month2>{month})\b\.?\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year2>{year})
        | (?<!\d)(?P<year3>\d{{4}})-(?P<month3>\d{{2}})-(?P<day3>\d{{2}})(?!\d)
        | (?<![\d.])(?P<day4>\d{{1,2}})\.\s?(?P<month4>\d{{1,2}})\.\s?(?P<year4>{year})
        | (?<![\d/-])(?P<day5>\d{{1,2}})(?P<sign>[/-])
            (?P<month5>\d{{1,2}})(?P=sign)(?P<year5>{year})
        """,
        re.VERBOSE | re.IGNORECASE,
    )


_TIME = re.compile(
    r"(?:[\s,|]|\bat\b|\bum\b|\bв\b|[-–—])*(?<!\d)"
    r"(?P<glued>)(?P<hour>\d{1,2})(?::(?P<minute>\d{2})(?::\d{2})?"
    r"(?:\s*(?P<half>[AaPp])\.?[Mm]\.?)?|[.](?P<minute2>\d{2})\s*"
    r"(?:Uhr|(?P<half2>[AaPp])\.?[Mm]\.?))(?!\d)"
)
_GLUED = re.compile(r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?!\d)")
_RANGE_BEFORE = re.compile(r"\d\s*(?:st|nd|rd|th|\.)?\s*[-–—]\s*$")
_RANGE_INSIDE = re.compile(r"\d\s*[-–—]\s*\d{1,2}\s*,")


def _in_range(text: str, match: re.Match[str]) -> bool:
    if match["day1"] and _RANGE_BEFORE.search(text[: match.start()]):
        return True
    return bool(match["day2"] and _RANGE_INSIDE.search(match[0]))


def _day(match: re.Match[str], language: str | None) -> date | None:
    if match["month1"]:
        parts = (match["year1"], _months()[match["month1"].casefold()], match["day1"])
    elif match["month2"]:
        parts = (match["year2"], _months()[match["month2"].casefold()], match["day2"])
    elif match["year3"]:
        parts = (match["year3"], int(match["month3"]), match["day3"])
    elif match["year4"]:
        parts = (match["year4"], int(match["month4"]), match["day4"])
    else:
        first, second = int(match["day5"]), int(match["month5"])
        if language not in (None, "en") or first > 12 or first == second:
            parts = (match["year5"], second, match["day5"])
        elif second > 12:
            parts = (match["year5"], first, match["month5"])
        else:
            return None
    try:
        return _sane(date(int(parts[0]), parts[1], int(parts[2])))
    except ValueError:
        return None


def _sane(day: date) -> date | None:
    return day if EARLIEST <= day.year <= LATEST else None


def _with_time(day: date, text: str, end: int) -> tuple[Moment, int]:
    match = _GLUED.match(text, end) or _TIME.match(text, end)
    if not match:
        return day, end
    groups = match.groupdict()
    hour = int(groups["hour"])
    minute = int(groups["minute"] or groups.get("minute2") or 0)
    half = (groups.get("half") or groups.get("half2") or "").lower()
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23 or minute > 59:
        return day, end
    return datetime(day.year, day.month, day.day, hour, minute), match.end()
