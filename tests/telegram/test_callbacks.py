from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram import callbacks, deeplinks
from bot.telegram.callbacks import (
    Action,
    Ask,
    ChooseLanguage,
    Nothing,
    PauseAlerts,
    SendFile,
    ShowAlerts,
    ShowAnswer,
    ShowContext,
    ShowDocument,
    ShowLatest,
    ShowStatement,
    TurnPage,
    Watch,
)
from tests.telegram.build import Questions

ids = st.integers(0, 10**15)
small = st.integers(0, 9999)
question = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip)
actions = st.one_of(
    st.builds(
        ShowAnswer,
        small,
        st.dates(date(2020, 1, 1), date(2100, 1, 1)),
        st.sampled_from(["en", "ru"]),
        question,
    ),
    st.builds(Ask, question),
    st.builds(ShowContext, ids),
    st.builds(ShowStatement, ids),
    st.builds(ShowDocument, ids, small),
    st.builds(TurnPage, ids, small, small),
    st.builds(SendFile, ids, small),
    st.builds(ShowLatest, small),
    st.builds(ChooseLanguage, st.sampled_from(["", "en", "ru"])),
    st.builds(Watch, question, st.booleans(), st.booleans()),
    st.builds(PauseAlerts, st.booleans()),
    st.just(ShowAlerts()),
    st.just(Nothing()),
)


@given(actions)
async def test_a_button_says_all_that_is_needed_in_64_bytes(action: Action) -> None:
    questions = Questions()

    data = await callbacks.encode(action, questions)

    assert 1 <= len(data.encode()) <= 64
    assert await callbacks.decode(data, questions) == action


async def test_a_short_question_travels_in_the_button_itself() -> None:
    questions = Questions()
    action = ShowAnswer(2, date(2026, 11, 20), "ru", "Что сказано об Иране?")

    data = await callbacks.encode(action, questions)

    assert not questions.kept
    assert await callbacks.decode(data, Questions()) == action


@given(st.text())
async def test_no_data_breaks_the_decoder(data: str) -> None:
    await callbacks.decode(data, Questions())


@pytest.mark.parametrize(
    "data",
    [
        "",
        "z:2",
        "w:",
        "w:x",
        "u::",
        "x:1",
        "c:",
        "c:-1",
        "c:¹",
        "c:" + "9" * 19,
        "s:1:2",
        "p:1:2:3:4",
        "a:1:2",
        "a:1:zzzzzz:en:=x",
        "a:1:!:en:=x",
        "a:10000:1:en:=x",
        "a:99999999:1:en:=x",
        "q:",
        "q:=",
        "q:?x",
        "q:~gone",
        "a:1:1:en:~gone",
        "f:1",
        "l:x",
    ],
)
async def test_data_that_is_not_ours_is_no_action(data: str) -> None:
    assert await callbacks.decode(data, Questions()) is None


@given(
    st.one_of(
        st.builds(deeplinks.OpenPassage, ids),
        st.builds(deeplinks.OpenDocument, ids),
        st.builds(deeplinks.OpenQuestion, question),
    )
)
async def test_a_link_opens_what_it_was_made_for(target: deeplinks.Target) -> None:
    questions = Questions()

    start = await deeplinks.parameter(target, questions)

    assert len(start) <= 64
    assert await deeplinks.target(start, questions) == target
    assert deeplinks.link("record_bot", start) == f"https://t.me/record_bot?start={start}"


async def test_a_question_too_long_for_a_link_is_kept() -> None:
    questions = Questions()
    target = deeplinks.OpenQuestion("what was said about the agreement on the ferry to Oman?")

    start = await deeplinks.parameter(target, questions)

    assert start.startswith("q")
    assert await deeplinks.target(start, questions) == target


@given(st.text())
async def test_no_start_parameter_breaks_the_decoder(start: str) -> None:
    await deeplinks.target(start, Questions())


@pytest.mark.parametrize("start", ["", "p", "px", "p" + "1" * 19, "qgone", "t", "t_w", "tIA", "x1"])
async def test_a_parameter_that_is_not_ours_opens_nothing(start: str) -> None:
    assert await deeplinks.target(start, Questions()) is None
