from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.telegram import callbacks
from bot.telegram.callbacks import ShowAnswer
from corpus import Corpus
from corpus.types import Answer
from tests.double import Double, Message, Person
from tests.telegram.build import Memory
from tests.telegram.record import DOCUMENTS, LONG_PARAGRAPH


async def test_any_text_in_private_is_a_question(ann: Person, olga: Person) -> None:
    await ann.sends("what about the harbour of Bergen?")
    await olga.sends("паромная линия")

    answer = await ann.answer()
    assert answer.quotations == [
        "The harbour of Bergen will be open to hospital ships from Monday."
    ]
    assert answer.text.startswith("🗣 Anna Weld · 12 March 2024\n")
    assert "(published 13 March)" in answer.text
    assert answer.reply_to is None
    assert answer.link_preview == {"is_disabled": True}
    russian = await olga.answer()
    assert "Вера Линд · 1 июня 2024" in russian.text
    assert russian.buttons[-5:] == [
        "Контекст",
        "Всё заявление",
        "🔔 Сообщать мне",
        "Поделиться",
        "Источник",
    ]


async def test_the_original_opens_at_the_paragraph(ann: Person) -> None:
    await ann.sends("harbour")

    buttons = (await ann.answer()).rows[-1]

    assert buttons[-1]["url"].startswith("https://mfa.example/press/oslo#:~:text=The%20harbour")


async def test_answers_are_paged_in_place(ann: Person) -> None:
    await ann.sends("Iran")
    answer = await ann.answer()
    total = int(answer.buttons[0].rpartition(" ")[2])
    assert total >= 3
    seen = list(answer.quotations)
    assert "‹" not in answer.buttons
    for number in range(2, total + 1):
        await (await ann.taps("›", answer)).answer()
        assert await ann.answer() is answer
        assert f"{number} of {total}" in answer.buttons
        seen += answer.quotations
    assert "›" not in answer.buttons
    assert len(set(seen)) == total

    await (await ann.taps("‹", answer)).answer()
    assert f"{total - 1} of {total}" in (await ann.answer()).buttons
    await (await ann.taps(f"{total - 1} of {total}", answer)).answer()
    assert not ann.reads()


async def test_paging_away_from_a_long_answer_takes_its_parts_along(
    ann: Person, corpus: Corpus
) -> None:
    other = "The herring quota of the treaty will be looked at again next year."
    await corpus.load(
        [
            {
                **DOCUMENTS[2],
                "url": "https://mfa.example/herring",
                "title": "On herring",
                "paragraphs": [{"speaker": "Boris Lund", "text": other}],
            }
        ]
    )
    await ann.sends("herring quota treaty")
    answer = await ann.answer()
    if answer.quotations == [other]:
        await (await ann.taps("›", answer)).answer()
        await ann.answer()
    parts = [answer, *await ann.answers(2)]
    assert "".join(words for part in parts for words in part.quotations) == LONG_PARAGRAPH

    await (await ann.taps("‹" if "‹" in answer.buttons else "›", answer)).answer()

    assert (await ann.answer()).quotations == [other]
    assert await deleted(parts[1:], ann)


async def deleted(messages: list[Message], person: Person) -> bool:
    """Whether messages are gone, once what was under way is done."""
    await person.sends("/help")
    await person.answer(containing="Ask anything")
    return all(message.deleted for message in messages)


async def test_buttons_work_for_a_question_too_long_for_them(ann: Person, store: Memory) -> None:
    question = (
        "what was said about the sanctions on Iran and trade with Iran and the embassy there?"
    )
    await ann.sends(question)
    answer = await ann.answer()
    assert question in store.kept.values()

    await (await ann.taps("›", answer)).answer()

    assert any(label.startswith("2 of") for label in (await ann.answer()).buttons)


async def test_a_button_whose_question_is_gone_says_so(ann: Person, store: Memory) -> None:
    await ann.sends(
        "what was said about the sanctions on Iran and trade with Iran and the embassy?"
    )
    answer = await ann.answer()
    store.kept.clear()

    notice = await (await ann.taps("›", answer)).answer()

    assert "no longer kept" in notice["text"]


async def test_a_button_works_when_telegram_no_longer_shows_its_message(ann: Person) -> None:
    await ann.sends("Iran")
    answer = await ann.answer()

    await (await ann.taps("›", answer, inaccessible=True)).answer()
    assert await ann.answer() is answer
    await (await ann.taps("Context", answer, inaccessible=True)).answer()
    assert "In its place" in (await ann.answer()).text


async def test_paging_past_what_the_record_still_has_shows_the_last(
    ann: Person, corpus: Corpus
) -> None:
    await ann.sends("Iran")
    answer = await ann.answer()
    while "›" in answer.buttons:
        await (await ann.taps("›", answer)).answer()
        await ann.answer()
    keep = next(d for d in await corpus.latest() if (d.source_url or "").endswith("oslo"))
    for document in await corpus.latest(limit=50):
        if document.id != keep.id:
            await corpus.withdraw(document.id)

    await (await ann.taps("‹", answer)).answer()
    shown = await ann.answer()
    assert "Press point after the Oslo talks" in shown.text
    assert "›" not in shown.buttons
    await corpus.withdraw(keep.id)
    data = await callbacks.encode(ShowAnswer(3, date(2026, 1, 1), "en", "Iran"), Memory())
    shown.rows[0][0]["callback_data"] = data
    shown.markup = {"inline_keyboard": [[{"text": "old", "callback_data": data}]]}
    await (await ann.taps("old", shown)).answer()
    assert "Nothing is on record" in (await ann.answer()).text


async def test_silence_offers_what_would_find_something(ann: Person) -> None:
    await ann.sends("Iran in 2019")
    silence = await ann.answer()
    assert silence.text.startswith("Nothing on record about Iran within these limits: 2019.")
    assert "Without the date" in silence.buttons[0]

    await (await ann.taps("Without the date", silence)).answer()

    answer = await ann.answer()
    assert answer.text.startswith("🔎 Iran\n🗣")
    assert answer.quotations


async def test_a_greeting_shows_examples_that_are_answered(ann: Person, olga: Person) -> None:
    await ann.starts()
    greeting = await ann.answer()
    assert len(greeting.text.splitlines()) == 2
    assert greeting.buttons[0] == "Iran"
    assert len(greeting.buttons) == 3
    await olga.starts()
    assert len((await olga.answer()).buttons) == 3

    await (await ann.taps("Iran", greeting)).answer()

    assert (await ann.answer()).quotations


async def test_a_question_travels_in_a_link(ann: Person, double: Double) -> None:
    found = await ann.types_inline("Atlantis")
    assert found.button is not None
    assert found.button["text"] == "Nothing on Atlantis. See what is near"

    await ann.starts(found.button["start_parameter"])

    assert "Nothing on record about Atlantis" in (await ann.answer()).text


@pytest.mark.parametrize("text", ["x" * 4000, "?", "🤷", "/ask " + "Iran " * 500, "\u200e-\u200e"])
async def test_odd_questions_are_answered(ann: Person, text: str) -> None:
    await ann.sends(text)

    assert (await ann.answer()).text


async def test_what_telegram_would_alter_comes_as_a_file_too(
    ann: Person, corpus: Corpus, double: Double
) -> None:
    exact = "The ferry timetable:\tBergen\u2028Oslo A\u030algard."
    await corpus.load(
        [
            {
                "url": "https://mfa.example/ferry",
                "title": "Ferry",
                "date": "2024-01-01",
                "publisher": "Ministry",
                "language": "en",
                "paragraphs": [{"speaker": None, "text": exact}],
            }
        ]
    )
    await ann.sends("ferry timetable")

    answer, file = await ann.answers(2)
    assert "the file has it exactly" in answer.text
    assert file.file is not None
    sent = double.world.files[file.file["file_id"]].upload.content
    assert sent.decode() == exact
    assert {loss.method for loss in double.losses} == {"sendMessage"}


async def test_an_answer_that_was_withdrawn_a_moment_ago_is_said_to_be(
    ann: Person, corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask = corpus.ask

    async def outdated(*arguments: Any, **keywords: Any) -> Answer:
        return replace(await ask(*arguments, **keywords), hits=())

    monkeypatch.setattr(corpus, "ask", outdated)
    await ann.sends("harbour")

    assert "no longer on record" in (await ann.answer()).text


# --- edited questions ---------------------------------------------------------------------------


async def test_an_edited_question_edits_its_answer(ann: Person) -> None:
    question = await ann.sends("herring quota")
    parts = await ann.answers(3)

    await ann.edits(question, "harbour of Bergen")

    assert await ann.answer() is parts[0]
    assert parts[0].quotations == [
        "The harbour of Bergen will be open to hospital ships from Monday."
    ]
    assert await deleted(parts[1:], ann)
    await ann.edits(question, "herring quota")
    again = await ann.answers(3)
    assert again[0] is parts[0]
    assert "".join(words for part in again for words in part.quotations) == LONG_PARAGRAPH


async def test_an_edited_command_edits_its_answer(ann: Person) -> None:
    question = await ann.sends("/ask harbour")
    answer = await ann.answer()
    await ann.edits(question, "/ask embassy in Tehran")
    assert await ann.answer() is answer
    assert "embassy in Tehran" in answer.text
    await ann.edits(question, "/check the embassy in Tehran reopened")
    assert "Verbatim" in (await ann.answer()).text
    await ann.edits(question, "/latest")
    await ann.edits(question, "/ask")
    await ann.sends("/help")
    assert "Ask anything" in (await ann.answer()).text


async def test_an_edit_of_what_was_never_answered_is_left_alone(ann: Person, store: Memory) -> None:
    question = await ann.sends("harbour")
    await ann.sends("/forget")
    await ann.answers(2)

    await ann.edits(question, "embassy")
    await ann.sends("/help")

    assert "Ask anything" in (await ann.answer()).text


async def test_an_answer_that_was_deleted_is_given_anew(ann: Person) -> None:
    question = await ann.sends("harbour")
    answer = await ann.answer()
    await ann.deletes(answer)

    await ann.edits(question, "embassy")

    again = await ann.answer()
    assert again is not answer
    assert "embassy" in again.text


async def test_the_same_question_again_changes_nothing(ann: Person, double: Double) -> None:
    question = await ann.sends("harbour")
    answer = await ann.answer()

    await ann.edits(question, "harbour ")
    await double.called("editMessageText")

    assert [m for m in ann.chat.messages if m.sender is double.bot] == [answer]
