"""What happens when things go wrong, slowly, or all at once."""

from __future__ import annotations

import asyncio
import logging
import re
from typing import Any

import pytest
from telegram.error import NetworkError, TelegramError

from bot.telegram.failures import CONFLICT
from bot.telegram.network import App
from corpus import Corpus
from corpus.errors import RecordBusy
from tests.double import Double, Person
from tests.telegram.build import Memory

REFERENCE = re.compile(r"It is in the log as ([0-9a-f]{8})\.")


def break_asking(monkeypatch: pytest.MonkeyPatch, corpus: Corpus) -> None:
    async def broken(*_: Any, **__: Any) -> Any:
        raise RecordBusy("the database is locked")

    monkeypatch.setattr(corpus, "ask", broken)
    monkeypatch.setattr(corpus, "latest", broken)


async def test_an_error_is_told_in_one_sentence_with_its_reference_in_the_log(
    ann: Person,
    corpus: Corpus,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    await ann.sends("harbour")
    answer = await ann.answer()
    await ann.sends("/latest")
    listed = await ann.answer()
    assert answer
    break_asking(monkeypatch, corpus)

    await ann.sends("harbour")
    told = REFERENCE.search((await ann.answer()).text)
    assert told
    assert told.group(1) in caplog.text
    assert "the database is locked" in caplog.text
    listed.markup = {"inline_keyboard": [[{"text": "on", "callback_data": "l:10"}]]}
    notice = await (await ann.taps("on", listed)).answer()
    assert REFERENCE.search(notice["text"])
    assert notice["show_alert"]
    found = await ann.types_inline("harbour")
    assert found.button is not None
    assert found.results == []


async def test_a_guest_question_that_fails_is_only_logged(
    ann: Person,
    double: Double,
    corpus: Corpus,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    chat = double.supergroup("Not ours", ann, bot=None)
    break_asking(monkeypatch, corpus)

    await ann.asks_guest("@OnTheRecordBot harbour", chat)
    await ann.sends("/help")
    await ann.answer()

    assert "the database is locked" in caplog.text
    assert not ann.reads(chat)


async def test_typing_is_shown_when_the_answer_takes_long(
    ann: Person, double: Double, corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram.sending.TYPING_AFTER", 0.05)
    monkeypatch.setattr("bot.telegram.sending.TYPING_AGAIN", 0.05)
    ask, release = corpus.ask, asyncio.Event()

    async def slow(*arguments: Any, **keywords: Any) -> Any:
        await release.wait()
        return await ask(*arguments, **keywords)

    monkeypatch.setattr(corpus, "ask", slow)
    await ann.sends("harbour")
    await double.called("sendChatAction", 2)
    release.set()

    assert (await ann.answer()).quotations
    assert set(ann.chat.actions) == {"typing"}
    shown = len(ann.chat.actions)
    await ann.sends("/help")
    await ann.answer()
    assert len(ann.chat.actions) == shown


async def test_a_quick_answer_shows_no_typing(ann: Person) -> None:
    await ann.sends("harbour")
    await ann.answer()

    assert not ann.chat.actions


async def test_a_chat_that_must_wait_does_not_hold_up_another(
    ann: Person, olga: Person, double: Double
) -> None:
    double.fail("sendMessage", 429, retry_after=1, when=lambda call: call["chat_id"] == ann.id)
    await ann.sends("harbour")
    await double.called("sendMessage")

    await olga.sends("harbour")

    assert (await olga.answer(within=0.8)).quotations
    assert (await ann.answer(within=3)).quotations


@pytest.mark.parametrize("after", [False, True])
async def test_an_answer_survives_a_broken_connection(
    ann: Person, double: Double, after: bool
) -> None:
    double.drop("sendMessage", after=after)

    await ann.sends("harbour")

    assert (await ann.answer()).quotations


async def test_a_paging_that_telegram_does_not_take_is_an_error_like_any_other(
    ann: Person, double: Double
) -> None:
    await ann.sends("Iran")
    answer = await ann.answer()
    double.fail("editMessageText", 400, "Bad Request: something new")
    double.delay("answerCallbackQuery", 0.05)

    await ann.taps("›", answer)
    await double.called("editMessageText")
    await ann.sends("/help")

    assert "Ask anything" in (await ann.answer()).text


async def test_someone_who_blocked_the_bot_is_no_error(
    ann: Person, double: Double, caplog: pytest.LogCaptureFixture
) -> None:
    double.fail("sendMessage", 403, "Forbidden: bot was blocked by the user")
    await ann.sends("harbour")
    await double.called("sendMessage")
    await ann.sends("/help")
    await ann.answer()

    assert not [r for r in caplog.records if r.levelno >= logging.ERROR]


async def test_an_error_that_can_not_be_told_is_logged_all_the_same(
    ann: Person, double: Double, caplog: pytest.LogCaptureFixture
) -> None:
    double.fail("sendMessage", 400, "Bad Request: something new", times=2)
    await ann.sends("harbour")
    await double.called("sendMessage", 2)
    await ann.sends("/help")
    await ann.answer()

    assert "Something new" in caplog.text


async def test_a_tap_that_telegram_has_forgotten_is_done_all_the_same(
    ann: Person, double: Double
) -> None:
    await ann.sends("Iran")
    answer = await ann.answer()
    double.fail("answerCallbackQuery", 400, "Bad Request: query is too old")

    await ann.taps("›", answer)

    assert await ann.answer() is answer


async def test_an_inline_query_that_came_too_late_is_no_error(
    ann: Person, double: Double, caplog: pytest.LogCaptureFixture
) -> None:
    double.fail("answerInlineQuery", 400, "Bad Request: query is too old and response timeout")
    with pytest.raises(AssertionError):
        await ann.types_inline("harbour", within=0.3)

    assert not [r for r in caplog.records if r.levelno >= logging.ERROR]


async def test_taps_faster_than_anyone_taps_are_stopped(scant: None, ann: Person) -> None:
    await ann.sends("Iran")
    answer = await ann.answer()
    taps = [await ann.taps("Context", answer) for _ in range(30)]

    notices = [await tap.answer() for tap in taps]

    assert "You ask faster" in notices[-1]["text"]


async def test_strangers_to_the_buttons_are_told(ann: Person) -> None:
    await ann.sends("Iran")
    answer = await ann.answer()
    answer.markup = {"inline_keyboard": [[{"text": "?", "callback_data": "from another bot"}]]}

    notice = await (await ann.taps("?", answer)).answer()

    assert "no longer kept" in notice["text"]


async def test_another_poller_is_reported_clearly(
    double: Double, app: App, ann: Person, caplog: pytest.LogCaptureFixture
) -> None:
    double.fail("getUpdates", 409, "Conflict: terminated by other getUpdates request")
    await ann.sends("/help")
    await ann.answer()
    await ann.sends("harbour")

    assert (await ann.answer(within=8)).quotations
    assert [r.getMessage() for r in caplog.records if r.levelno == logging.ERROR] == [CONFLICT]
    assert not any(r.exc_info for r in caplog.records)


async def test_polling_errors_are_logged_in_a_line(
    app: App, caplog: pytest.LogCaptureFixture
) -> None:
    await app.process_error(None, NetworkError("connection reset"))
    await app.process_error(None, TelegramError("something else"))

    assert "Telegram can't be reached, trying again: connection reset" in caplog.text
    assert "something else" in caplog.text


async def test_fifty_people_are_answered_at_once(double: Double, app: App) -> None:
    people = [double.person(f"P{number}") for number in range(50)]
    for person in people:
        await person.sends("Iran")

    answers = await asyncio.gather(*(person.answer(within=10) for person in people))

    assert all(answer.quotations for answer in answers)


async def test_one_persons_questions_are_answered_in_order(ann: Person, store: Memory) -> None:
    subjects = ["harbour", "embassy in Tehran", "hospital ships", "joint efforts"]
    for subject in subjects:
        await ann.sends(subject)

    answers = await ann.answers(len(subjects))

    found = [answer.quotations[0] for answer in answers]
    assert ["harbour" in found[0], "embassy" in found[1], "joint" in found[3]] == [True] * 3
