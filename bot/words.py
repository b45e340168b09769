"""The product's words, in each language that has a folder below ``locales``.

A language is added by one folder with one or more Fluent files (https://projectfluent.org):
messages that it lacks are said in English. Plural forms are the language's own, by CLDR.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import cache
from pathlib import Path

from babel.dates import format_date
from fluent.runtime import FluentBundle, FluentResource

from bot.message import Line, Span

DEFAULT_LANGUAGE = "en"
LOCALES = Path(__file__).parent / "locales"

Argument = str | int | Span

# Private-use characters stand for a span while Fluent places it in its sentence.
_PLACE = re.compile("\ue000(\\d+)\ue001")


class Words:
    """The words of one language: ``words("silence-covered", documents=412)``."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._bundles = [_bundle(language)]
        if language != DEFAULT_LANGUAGE:
            self._bundles.append(_bundle(DEFAULT_LANGUAGE))
        self._locale = self("formatting-locale")

    def __call__(self, key: str, **arguments: Argument) -> str:
        """The message of this key as plain text.

        Raises:
            LookupError: there is no such message, or an argument that it needs is missing.
        """
        return "".join(span.text for span in self.line(key, **arguments))

    def line(self, key: str, **arguments: Argument) -> Line:
        """The message of this key as a line, in which arguments that are spans keep their style.

        Raises:
            LookupError: there is no such message, or an argument that it needs is missing.
        """
        spans = [value for value in arguments.values() if isinstance(value, Span)]
        places = iter(range(len(spans)))
        text = self._format(
            key,
            {
                name: f"\ue000{next(places)}\ue001" if isinstance(value, Span) else value
                for name, value in arguments.items()
            },
        )
        parts = _PLACE.split(text)
        line = (spans[int(part)] if number % 2 else Span(part) for number, part in enumerate(parts))
        return tuple(span for span in line if span.text)

    def has(self, key: str) -> bool:
        """Whether this language, or English in its place, has a message of this key."""
        return any(bundle.has_message(key) for bundle in self._bundles)

    def day(self, day: date, *, year: bool = True) -> str:
        """A day as it is written in this language: "12 March 2024"; "12 March" without the year."""
        if year:
            return str(format_date(day, "long", locale=self._locale))
        return str(format_date(day, self("formatting-day"), locale=self._locale))

    def time(self, moment: datetime) -> str:
        """The time of day, to the minute: "03:25"."""
        return f"{moment:%H:%M}"

    def month(self, day: date) -> str:
        """A month of a year: "March 2024"."""
        return str(format_date(day, "LLLL y", locale=self._locale))

    def period(self, first: date | None, last: date | None) -> str:
        """A stretch of days, as briefly as it can be said: "2024", "March 2024", "since …"."""
        if first is None and last is None:
            return ""
        if first is None or last is None:
            day = first or last
            key = "period-until" if first is None else "period-since"
            return self(key, day=self.day(day)) if day else ""
        if first == last:
            return self.day(first)
        if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
            return str(first.year) if first.year == last.year else f"{first.year}\u2013{last.year}"
        if first.day == 1 and (first.year, first.month) == (last.year, last.month):
            following = date(last.year + last.month // 12, last.month % 12 + 1, 1)
            if (following - last).days == 1:
                return self.month(first)
        return self("period-between", first=self.day(first), last=self.day(last))

    def _format(self, key: str, arguments: dict[str, str | int]) -> str:
        for bundle in self._bundles:
            if not bundle.has_message(key):
                continue
            pattern = bundle.get_message(key).value
            if pattern is None:
                continue
            text, errors = bundle.format_pattern(pattern, arguments)
            if errors:
                raise LookupError(f"message {key}: {errors[0]}")
            return str(text)
        raise LookupError(f"there is no message {key}")


@cache
def words(language: str | None = None) -> Words:
    """The words of a language, given as a code such as "ru" or "en-GB"; English if we lack it."""
    code = (language or DEFAULT_LANGUAGE).replace("_", "-").split("-")[0].lower()
    return Words(code if code in languages() else DEFAULT_LANGUAGE)


@cache
def languages() -> tuple[str, ...]:
    """The codes of the languages that we have, English first."""
    found = sorted(folder.name for folder in LOCALES.iterdir() if any(folder.glob("*.ftl")))
    return (DEFAULT_LANGUAGE, *(code for code in found if code != DEFAULT_LANGUAGE))


@cache
def _bundle(language: str) -> FluentBundle:
    bundle = FluentBundle([language], use_isolating=False)
    for path in sorted((LOCALES / language).glob("*.ftl")):
        bundle.add_resource(FluentResource(path.read_text(encoding="utf-8")))
    return bundle
