from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from bot.message import Span, Style, code, emphasis, faint, joined, plain, strong
from bot.words import Words, languages, words


def test_english_comes_first_and_is_what_an_unknown_language_gets() -> None:
    assert languages()[0] == "en"
    assert words(None).language == words("tlh").language == words("C.UTF-8").language == "en"
    assert words("ru_RU.UTF-8").language == words("ru-BY").language == "ru"


@pytest.mark.parametrize(
    ("count", "said"),
    [(1, "1 заявление"), (2, "2 заявления"), (5, "5 заявлений"), (21, "21 заявление")],
)
def test_plural_forms_are_the_language_s_own(count: int, said: str) -> None:
    assert words("ru")("silence-looked-undated", documents=count) == f"Просмотрено: {said}."


def test_a_span_keeps_its_style_within_a_sentence() -> None:
    line = words("en").line("silence-unknown-terms", what=strong("Atlantis"))
    assert line == (
        Span("Nothing on record about "),
        Span("Atlantis", Style.STRONG),
        Span("."),
    )
    assert words("en")("silence-unknown-terms", what=strong("Atlantis")) == plain(line)


def test_there_are_no_invisible_marks_in_a_message() -> None:
    assert words("en")("page-of", number=2, total=1200) == "2 of 1,200"


def test_a_message_that_is_not_there_is_an_error() -> None:
    assert words("en").has("page-of")
    assert not words("en").has("no-such-message")
    with pytest.raises(LookupError, match="no-such-message"):
        words("en")("no-such-message")
    with pytest.raises(LookupError, match="page-of"):
        words("en")("page-of", number=1)


def test_what_a_language_lacks_is_said_in_english(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from bot import words as module

    for language, text in (
        ("en", "formatting-locale = en_GB\nhello = Hello\nother = Other\n"),
        ("xx", "formatting-locale = de\nhello =\n    .title = Hallo\n"),
    ):
        folder = tmp_path / language
        folder.mkdir()
        (folder / "all.ftl").write_text(text)
    monkeypatch.setattr(module, "LOCALES", tmp_path)
    module._bundle.cache_clear()
    try:
        assert Words("xx")("hello") == "Hello"
        assert Words("xx")("other") == "Other"
    finally:
        module._bundle.cache_clear()


def test_days_and_times() -> None:
    assert words("en").day(date(2024, 3, 12)) == "12 March 2024"
    assert words("en").day(date(2024, 3, 12), year=False) == "12 March"
    assert words("ru").day(date(2024, 3, 12)).split() == ["12", "марта", "2024", "г."]
    assert words("en").time(datetime(2021, 5, 20, 3, 25)) == "03:25"


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (None, None, ""),
        (date(2021, 5, 1), date(2021, 5, 31), "May 2021"),
        (date(2021, 12, 1), date(2021, 12, 31), "December 2021"),
        (date(2021, 5, 1), date(2021, 5, 30), "1 May 2021 to 30 May 2021"),
        (date(2021, 1, 1), date(2021, 12, 31), "2021"),
        (date(2019, 1, 1), date(2021, 12, 31), "2019\u20132021"),
        (date(2021, 5, 19), date(2021, 5, 19), "19 May 2021"),
        (date(2021, 5, 19), None, "since 19 May 2021"),
        (None, date(2021, 5, 19), "until 19 May 2021"),
        (date(2021, 5, 19), date(2022, 5, 19), "19 May 2021 to 19 May 2022"),
    ],
)
def test_a_period_is_said_as_briefly_as_it_can_be(
    first: date | None, last: date | None, said: str
) -> None:
    assert words("en").period(first, last) == said


def test_lines_are_joined_with_a_separator() -> None:
    line = joined([(strong("a"),), (faint("b"), code("c")), (emphasis("d"),)], " · ")
    assert plain(line) == "a · bc · d"
