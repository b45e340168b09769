"""When it was said: the calendar and what is counted from today, in both languages."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.search.understanding.calendar_words import read_date
from tests.understanding.vocabulary import TODAY, ask

OPEN = None


def span(question: str) -> tuple[str | None, str | None]:
    query = ask(question)
    return (
        str(query.date_from) if query.date_from else None,
        str(query.date_to) if query.date_to else None,
    )


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("in May 2021", "2021-05-01", "2021-05-31"),
        ("in 2021", "2021-01-01", "2021-12-31"),
        ("during March 2012", "2012-03-01", "2012-03-31"),
        ("on 19 May 2021", "2021-05-19", "2021-05-19"),
        ("on May 19, 2021", "2021-05-19", "2021-05-19"),
        ("on the 19th of May 2021", "2021-05-19", "2021-05-19"),
        ("19.05.2021", "2021-05-19", "2021-05-19"),
        ("2021-05-19", "2021-05-19", "2021-05-19"),
        ("on 5/19/2021", "2021-05-19", "2021-05-19"),
        ("in 2021-05", "2021-05-01", "2021-05-31"),
        ("since 2018", "2018-01-01", OPEN),
        ("since March 2018", "2018-03-01", OPEN),
        ("from 2018 onwards", "2018-01-01", OPEN),
        ("starting in 2018", "2018-01-01", OPEN),
        ("after 2013", "2014-01-01", OPEN),
        ("after May 2013", "2013-06-01", OPEN),
        ("after 19 May 2013", "2013-05-20", OPEN),
        ("before March 2011", OPEN, "2011-02-28"),
        ("until 2015", OPEN, "2015-12-31"),
        ("through June 2012", OPEN, "2012-06-30"),
        ("between March and June 2012", "2012-03-01", "2012-06-30"),
        ("between 2012 and 2014", "2012-01-01", "2014-12-31"),
        ("between 3 and 7 May 2012", "2012-05-03", "2012-05-07"),
        ("from 3 May to 9 June 2012", "2012-05-03", "2012-06-09"),
        ("from 2012 to 2014", "2012-01-01", "2014-12-31"),
        ("in 2012 and 2013", "2012-01-01", "2013-12-31"),
        ("in 2012-2014", "2012-01-01", "2014-12-31"),
        ("in 2012-14", "2012-01-01", "2014-12-31"),
        ("November-February 2012", "2011-11-01", "2012-02-29"),
        ("in the summer of 2014", "2014-06-01", "2014-08-31"),
        ("in the winter of 2014", "2013-12-01", "2014-02-28"),
        ("in the first half of 2013", "2013-01-01", "2013-06-30"),
        ("in the third quarter of 2013", "2013-07-01", "2013-09-30"),
        ("in Q1 2014", "2014-01-01", "2014-03-31"),
        ("in H2 2014", "2014-07-01", "2014-12-31"),
        ("in the 1990s", "1990-01-01", "1999-12-31"),
        ("in early 2012", "2012-01-01", "2012-05-02"),
        ("in late May 2012", "2012-05-21", "2012-05-31"),
        ("in mid 2012", "2012-05-02", "2012-08-31"),
        ("today", "2026-11-24", "2026-11-24"),
        ("yesterday", "2026-11-23", "2026-11-23"),
        ("last week", "2026-11-16", "2026-11-22"),
        ("this week", "2026-11-23", "2026-11-29"),
        ("over the past week", "2026-11-17", "2026-11-24"),
        ("last month", "2026-10-01", "2026-10-31"),
        ("last year", "2025-01-01", "2025-12-31"),
        ("this year", "2026-01-01", "2026-12-31"),
        ("in the last 3 months", "2026-08-24", "2026-11-24"),
        ("over the past two years", "2024-11-24", "2026-11-24"),
        ("3 days ago", "2026-11-21", "2026-11-21"),
        ("two weeks ago", "2026-11-09", "2026-11-15"),
        ("last Monday", "2026-11-23", "2026-11-23"),
        ("last Tuesday", "2026-11-17", "2026-11-17"),
        ("on Tuesday", "2026-11-24", "2026-11-24"),
        ("last March", "2026-03-01", "2026-03-31"),
        ("last December", "2025-12-01", "2025-12-31"),
        ("this March", "2026-03-01", "2026-03-31"),
        ("last summer", "2026-06-01", "2026-08-31"),
        ("this winter", "2025-12-01", "2026-02-28"),
        ("in May", "2026-05-01", "2026-05-31"),
        ("in December", "2025-12-01", "2025-12-31"),
        ("on 19 May", "2026-05-19", "2026-05-19"),
        ("on 19 December", "2025-12-19", "2025-12-19"),
        ("between June 2014 and March 2012", "2012-03-01", "2014-06-30"),
        ("last autumn", "2025-09-01", "2025-11-30"),
        ("since 2020 before 2018", "2017-12-31", "2020-01-01"),
        ("since 2018 until 2020", "2018-01-01", "2020-12-31"),
    ],
)
def test_english_times(words: str, first: str | None, last: str | None) -> None:
    assert span(f"what was said about oil {words}") == (first, last)
    assert span(f"oil {words}") == (first, last)
    assert [term.text for term in ask(f"oil {words}").terms] == ["oil"]


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("в мае 2021 года", "2021-05-01", "2021-05-31"),
        ("в 2021 году", "2021-01-01", "2021-12-31"),
        ("19 мая 2021 года", "2021-05-19", "2021-05-19"),
        ("19.05.2021", "2021-05-19", "2021-05-19"),
        ("05/04/2021", "2021-04-05", "2021-04-05"),
        ("с 2018 года", "2018-01-01", OPEN),
        ("после 2013 года", "2014-01-01", OPEN),
        ("до марта 2011 года", OPEN, "2011-02-28"),
        ("по 2015 год", OPEN, "2015-12-31"),
        ("между мартом и июнем 2012", "2012-03-01", "2012-06-30"),
        ("с марта по июнь 2012 года", "2012-03-01", "2012-06-30"),
        ("за 2012 год", "2012-01-01", "2012-12-31"),
        ("летом 2014 года", "2014-06-01", "2014-08-31"),
        ("в начале 2012 года", "2012-01-01", "2012-05-02"),
        ("в 90-х", OPEN, OPEN),
        ("вчера", "2026-11-23", "2026-11-23"),
        ("позавчера", "2026-11-22", "2026-11-22"),
        ("на прошлой неделе", "2026-11-16", "2026-11-22"),
        ("на этой неделе", "2026-11-23", "2026-11-29"),
        ("в прошлом месяце", "2026-10-01", "2026-10-31"),
        ("в прошлом году", "2025-01-01", "2025-12-31"),
        ("за последние 3 месяца", "2026-08-24", "2026-11-24"),
        ("за последнюю неделю", "2026-11-17", "2026-11-24"),
        ("за последнее время", "2026-10-24", "2026-11-24"),
        ("за последние дни", "2026-11-17", "2026-11-24"),
        ("2 недели назад", "2026-11-09", "2026-11-15"),
        ("в понедельник", "2026-11-23", "2026-11-23"),
        ("прошлым летом", "2026-06-01", "2026-08-31"),
    ],
)
def test_russian_times(words: str, first: str | None, last: str | None) -> None:
    assert span(f"что говорилось про газ {words}") == (first, last)


@pytest.mark.parametrize(
    "question",
    [
        "troops before the summit",
        "the election of 2009",
        "the 2009 election",
        "oil 2012",
        "what was said about the ship that was attacked in January 2016",
        "How did America react when sailors were detained in January 2016?",
        "when was the agreement signed in 1996",
        "which process was shown in 1901?",
        "oil by 2030",
        "oil in 2040",
        "oil on 31 February 2012",
        "oil since 31 February 2012",
        "oil between March and 31 February 2012",
        "a march on Washington",
        "it may be oil",
        "oil between 31 and 7 February 2012",
    ],
)
def test_what_is_no_time_of_saying(question: str) -> None:
    assert span(question) == (None, None)


def test_a_feast_is_no_date_and_today_may_be_nowadays() -> None:
    assert span("подарок на 8 марта") == (None, None)
    assert span("что говорилось 8 марта") == ("2026-03-08", "2026-03-08")
    assert span("which buildings are known today?") == (None, None)
    assert span("what was said today about oil") == ("2026-11-24", "2026-11-24")


def test_years_that_are_no_filter_are_hints() -> None:
    query = ask("which ship was attacked in 2016?")
    year = next(term for term in query.terms if term.text == "2016")
    assert not year.is_name
    assert year.forms[0].weight < 0.5


def test_what_was_assumed_is_said_in_the_language_of_the_question() -> None:
    assert ask("oil in May").notes == ("May 2026 is taken for the month.",)
    assert ask("oil on 19 May").notes == ("19 May 2026 is taken for the date.",)
    assert ask("газ в мае").notes == ("Принят месяц: май 2026.",)
    assert ask("oil on 03/04/2021").notes == (
        "03/04/2021 is read as 4 March 2021; write 2021-03-04 to be sure.",
    )


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2021", date(2021, 1, 1), date(2021, 12, 31)),
        ("2021-05", date(2021, 5, 1), date(2021, 5, 31)),
        ("05.2021", date(2021, 5, 1), date(2021, 5, 31)),
        ("19.05.21", date(2021, 5, 19), date(2021, 5, 19)),
        ("19.05.99", date(1999, 5, 19), date(1999, 5, 19)),
        ("2021/05/19", date(2021, 5, 19), date(2021, 5, 19)),
        ("13/04/2021", date(2021, 4, 13), date(2021, 4, 13)),
        ("May 2021", date(2021, 5, 1), date(2021, 5, 31)),
        ("19 мая 2021", date(2021, 5, 19), date(2021, 5, 19)),
        ("yesterday", date(2026, 11, 23), date(2026, 11, 23)),
        ("сегодня", TODAY, TODAY),
    ],
)
def test_values_of_operators(value: str, first: date, last: date) -> None:
    found = read_date(value, today=TODAY)
    assert found is not None
    assert (found.first, found.last) == (first, last)


@pytest.mark.parametrize(
    "value", ["", "soon", "2021-13", "2021-02-30", "32.01.2021", "99999", "0000-00-00"]
)
def test_values_that_are_no_date(value: str) -> None:
    assert read_date(value, today=TODAY) is None


def test_a_year_among_keywords_asks_for_what_was_said_in_it_too() -> None:
    iran, year = ask("iran 2012").terms
    assert iran.said is None
    assert year.said == (date(2012, 1, 1), date(2012, 12, 31))
    assert ask("2012").terms[0].said is None
    assert all(term.said is None for term in ask("oil 2031").terms)
    assert all(term.said is None for term in ask("what was said about oil 1234").terms)
