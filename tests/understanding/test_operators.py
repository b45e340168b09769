"""Operators: exactly what is said, and plain words with a note where they are malformed."""

from __future__ import annotations

from datetime import date

import pytest

from tests.understanding.vocabulary import ask


@pytest.mark.parametrize(
    "question",
    [
        '"red line" Syria',
        "«red line» Syria",
        "“red line” Syria",
        "„red line“ Syria",
        'Syria "red line"',
    ],
)
def test_phrases(question: str) -> None:
    query = ask(question)
    assert query.phrases == ("red line",)
    assert [term.text for term in query.terms] == ["Syria"]


def test_a_frame_around_a_phrase() -> None:
    query = ask('who said "the threat of oil"')
    assert query.phrases == ("the threat of oil",)
    assert query.terms == ()


@pytest.mark.parametrize(
    ("question", "excluded"),
    [
        ("Iran -oil", ("oil",)),
        ("-oil Iran", ("oil",)),
        ("Iran −oil", ("oil",)),
        ('Iran -"red line"', ("red line",)),
        ("Iran -oil, -gas.", ("oil", "gas")),
        ("Иран -нефть", ("нефть",)),
    ],
)
def test_exclusions(question: str, excluded: tuple[str, ...]) -> None:
    query = ask(question)
    assert query.excluded == excluded
    assert [term.text for term in query.terms] in (["Iran"], ["Иран"])


@pytest.mark.parametrize(
    "question", ["no-fly zone", "Iran - oil", "-5 oil", "U.S.-Russia talks", "a -- b", 'oil -"?"']
)
def test_what_is_no_exclusion(question: str) -> None:
    assert ask(question).excluded == ()


def test_dates() -> None:
    query = ask("oil from:2012 to:2013-06")
    assert (query.date_from, query.date_to) == (date(2012, 1, 1), date(2013, 6, 30))
    query = ask('oil on:"19 May 2021"')
    assert (query.date_from, query.date_to) == (date(2021, 5, 19), date(2021, 5, 19))
    query = ask("oil from:2014 to:2012")
    assert (query.date_from, query.date_to) == (date(2012, 12, 31), date(2014, 1, 1))
    assert query.notes == ("from:2014-01-01 is after to:2012-12-31; the two were swapped.",)


def test_an_operator_goes_before_a_time_in_words() -> None:
    query = ask("what was said about oil in 2010 from:2012")
    assert query.date_from == date(2012, 1, 1)


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Iran lang:ru", "ru"),
        ("Iran lang:RU", "ru"),
        ("Iran language:russian", "ru"),
        ("lang:fr", "fr"),
    ],
)
def test_language(question: str, language: str) -> None:
    assert ask(question).language == language


@pytest.mark.parametrize(
    ("value", "publisher"),
    [
        ('"The Harbour Office"', "The Harbour Office"),
        ("harbour", "The Harbour Office"),
        ('"Foreign Affairs"', "Ministry of Foreign Affairs"),
        ("Nobody", "Nobody"),
        ("of", "Ministry of Foreign Affairs"),
    ],
)
def test_publisher(value: str, publisher: str) -> None:
    assert ask(f"oil publisher:{value}").publisher == publisher


@pytest.mark.parametrize(
    ("question", "left", "note"),
    [
        ("oil from:soon", ["oil", "soon"], "from:soon is not a date; it is read as plain words."),
        (
            "oil lang:klingon",
            ["oil", "klingon"],
            "lang:klingon is not a language code such as en or ru; it is read as plain words.",
        ),
        ("oil speaker:", ["oil", "speaker"], None),
        ('oil speaker:""', ["oil"], "speaker: names nothing; it is read as plain words."),
        ('oil publisher:"?"', ["oil"], "publisher: names nothing; it is read as plain words."),
        (
            'oil "red line',
            ["oil", "red", "line"],
            "A quotation mark has no partner: its words are read as plain words.",
        ),
        ('oil ""', ["oil"], None),
    ],
)
def test_malformed_operators_are_plain_words_and_said(
    question: str, left: list[str], note: str | None
) -> None:
    query = ask(question)
    assert [term.text for term in query.terms] == left
    assert query.notes == ((note,) if note else ())


def test_notes_are_in_the_language_of_the_question() -> None:
    assert ask("нефть from:скоро").notes == ("from:скоро — не дата; прочитано как обычные слова.",)


def test_the_question_is_kept_as_typed() -> None:
    assert ask('  Iran  -oil "x y" ').question == '  Iran  -oil "x y" '
