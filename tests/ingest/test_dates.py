"""Dates as people write them, and those that can't be read for certain."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.ingest.dates import day_of, find_dates, parse_moment

DAY = date(2024, 3, 12)


@pytest.mark.parametrize(
    "text",
    [
        "12 March 2024",
        "March 12, 2024",
        "March 12th, 2024",
        "Mar. 12 2024",
        "12th of March, 2024",
        "Tuesday, 12 March 2024.",
        "12-Mar-2024",
        "12. März 2024",
        "12 марта 2024 года",
        "12 марта 2024 г.",
        "«12» марта 2024".replace("«", "").replace("»", ""),
        "12 березня 2024 р.",
        "12.03.2024",
        "12. 3. 2024",
        "2024-03-12",
        "le 12 mars 2024",
        "12 de marzo de 2024",
        "(Havn, 12 March 2024)",
    ],
)
def test_a_day(text: str) -> None:
    (found,) = find_dates(text)
    assert found.moment == found.day == DAY
    assert "2024" in text[found.start : found.end]


@pytest.mark.parametrize(
    "text",
    [
        "12 March 202403:25",
        "12 March 2024 03:25",
        "12 March 2024, 03:25",
        "12.03.2024 - 3:25",
        "March 12, 2024 at 3:25 a.m.",
        "12. März 2024 um 3.25 Uhr",
        "12 марта 2024 в 03:25",
        "12.03.202403:25",
    ],
)
def test_a_day_with_its_time(text: str) -> None:
    (found,) = find_dates(text)
    assert found.moment == datetime(2024, 3, 12, 3, 25)
    assert found.day == DAY
    assert found.end >= text.index("25")


@pytest.mark.parametrize(
    ("text", "hour"), [("12:05 AM", 0), ("12:05 PM", 12), ("3:05 p.m.", 15), ("15:05", 15)]
)
def test_halves_of_the_day(text: str, hour: int) -> None:
    (found,) = find_dates(f"March 12, 2024, {text}")
    assert found.moment == datetime(2024, 3, 12, hour, 5)


@pytest.mark.parametrize(
    "text",
    [
        "11–12 March 2024",
        "11 - 12 March 2024",
        "March 11-12, 2024",
        "March 2024",
        "12 March",
        "31 February 2024",
        "05/06/2024",
        "05-06-2024",
        "12 March 9024",
        "version 1.12.03.2024",
        "1234-56-78",
        "no date at all",
        "13/13/2024",
    ],
)
def test_what_is_no_certain_day(text: str) -> None:
    assert find_dates(text) == []


def test_an_impossible_time_is_left_out() -> None:
    (found,) = find_dates("12 March 2024 25:61")
    assert found.moment == DAY


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("05/06/2024", "de", date(2024, 6, 5)),
        ("05/06/2024", "en", None),
        ("25/06/2024", None, date(2024, 6, 25)),
        ("06/25/2024", None, date(2024, 6, 25)),
        ("06/06/2024", "en", date(2024, 6, 6)),
    ],
)
def test_the_order_of_day_and_month(text: str, language: str | None, expected: date | None) -> None:
    found = find_dates(text, language=language)
    assert [one.day for one in found] == ([] if expected is None else [expected])


def test_several_dates_in_order() -> None:
    found = find_dates("From 1 May 2020 to June 2, 2021, not 3.4.2022 12:00.")
    assert [one.moment for one in found] == [
        date(2020, 5, 1),
        date(2021, 6, 2),
        datetime(2022, 4, 3, 12, 0),
    ]


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_every_day_is_read_back(day: date) -> None:
    for text in (f"{day:%d %B %Y}", f"{day:%B %d, %Y}", day.isoformat(), f"{day:%d.%m.%Y}"):
        assert [one.moment for one in find_dates(text)] == [day]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-03-12", DAY),
        ("2024-03-12T00:00:00", DAY),
        ("2024-03-12T12:00:00Z", DAY),
        ("2024-03-12T12:00:00", datetime(2024, 3, 12, 12, 0)),
        ("2024-03-12 09:30", datetime(2024, 3, 12, 9, 30)),
        (
            "2024-03-12T09:30:00 +03:00",
            datetime(2024, 3, 12, 9, 30, tzinfo=timezone(timedelta(hours=3))),
        ),
        ("Tue, 12 Mar 2024 09:30:00 GMT", datetime(2024, 3, 12, 9, 30)),
        ("12 March 2024", DAY),
        ("1 May 2020 or 2 May 2020", None),
        ("2024-99-12", None),
        ("2024-03-12T99:00", DAY),
        ("1234-03-12", None),
        ("1234-03-12T10:00", None),
        ("soon", None),
        ("", None),
        (None, None),
    ],
)
def test_dates_of_machines(text: str | None, expected: date | datetime | None) -> None:
    assert parse_moment(text) == expected


def test_the_day_of_a_moment() -> None:
    assert day_of(datetime(2024, 3, 12, 9)) == day_of(DAY) == DAY
    assert day_of(None) is None
