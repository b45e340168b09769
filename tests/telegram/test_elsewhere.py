from __future__ import annotations

import pytest

from bot.telegram.handlers import elsewhere
from corpus import Corpus
from tests.double import Double, Person
from tests.telegram.record import LONG_PARAGRAPH


async def test_inline_offers_passages_with_who_when_and_how_they_begin(ann: Person) -> None:
    found = await ann.types_inline("harbour")

    result = found.results[0]
    assert result.title == "Anna Weld · 12 March 2024"
    assert result.description == "The harbour of Bergen will be open to hospital ships from Monday."
    sent = await ann.chooses(found, result)
    assert sent.quotations == [result.description]
    assert sent.buttons == ["Context", "Original"]
    assert found.is_personal

    await ann.follows(sent.rows[0][0]["url"])
    assert (await ann.answer()).quotations == [result.description]


async def test_inline_results_are_paged(ann: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(elsewhere, "RESULTS", 1)
    seen = []
    offset = ""
    while True:
        found = await ann.types_inline("Iran", offset)
        seen += [result.id for result in found.results]
        offset = found.next_offset
        if not offset:
            break
    assert len(seen) == len(set(seen)) >= 3


async def test_nothing_typed_shows_the_latest_statements(
    ann: Person, olga: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = await ann.types_inline("")
    assert [result.id for result in found.results] == ["d4", "d1", "d2", "d3"]
    sent = await ann.chooses(found, found.results[1])
    assert sent.text.startswith(
        "Press point after the Oslo talks\nMinistry of Foreign Affairs · 12"
    )
    assert ("Original", "https://mfa.example/press/oslo") in sent.links
    await ann.follows(sent.rows[0][0]["url"])
    assert (await ann.answer()).text.startswith("Press point after the Oslo talks · 12 March 2024")
    monkeypatch.setattr(elsewhere, "RESULTS", 3)
    assert (await olga.types_inline("")).next_offset == "3"
    assert len((await olga.types_inline("", "3")).results) == 1


async def test_a_long_passage_is_sent_by_its_beginning_with_a_link_to_the_rest(
    ann: Person,
) -> None:
    found = await ann.types_inline("herring quota")
    sent = await ann.chooses(found, found.results[0])
    shown = sent.quotations[0]
    assert shown.endswith("…")
    assert LONG_PARAGRAPH.startswith(shown[:-1])

    await ann.follows(dict(sent.links)["The whole paragraph"])

    parts = await ann.answers(3)
    assert "".join(words for part in parts for words in part.quotations) == LONG_PARAGRAPH


async def test_the_share_button_types_the_passage(ann: Person) -> None:
    await ann.sends("harbour")
    answer = await ann.answer()
    query = answer.rows[-1][0]["switch_inline_query"]

    found = await ann.types_inline(query)

    assert [result.description for result in found.results] == answer.quotations
    assert (await ann.types_inline("#99999")).results == []
    assert (await ann.types_inline("#" + "9" * 40)).results == []


async def test_an_empty_record_has_nothing_to_show(ann: Person, corpus: Corpus) -> None:
    for document in await corpus.latest(limit=50):
        await corpus.withdraw(document.id)

    found = await ann.types_inline("")

    assert found.button == {"text": "Nothing is on record yet.", "start_parameter": "inline"}


async def test_typing_faster_than_anyone_types_brings_nothing(scant: None, ann: Person) -> None:
    answers = [await ann.types_inline("harbour") for _ in range(61)]

    assert answers[59].results
    assert not answers[60].results


# --- guest questions -------------------------------------------------------------------------


async def test_a_guest_question_is_answered_in_one_message(double: Double, ann: Person) -> None:
    chat = double.supergroup("Not ours", ann, bot=None)

    await ann.asks_guest("@OnTheRecordBot harbour", chat)
    answer = await ann.answer(chat=chat)
    assert answer.quotations == [
        "The harbour of Bergen will be open to hospital ships from Monday."
    ]
    assert answer.buttons == ["Context", "Original"]
    await ann.asks_guest("@OnTheRecordBot Atlantis", chat)
    silence = await ann.answer(chat=chat)
    assert "Nothing on record about Atlantis" in silence.text
    assert silence.buttons == ["What is near"]
    await ann.asks_guest("@OnTheRecordBot", chat)
    assert "Say what to look for" in (await ann.answer(chat=chat)).text


async def test_a_guest_has_words_checked(double: Double, ann: Person) -> None:
    chat = double.supergroup("Not ours", ann, bot=None)
    words = ann.compose("The harbour of Bergen will be open to hospital ships", chat)
    double.world.post(words)

    await ann.asks_guest("@OnTheRecordBot", chat, reply_to=words)
    checked = await ann.answer(chat=chat)
    assert "Verbatim" in checked.text
    assert checked.buttons == ["Context", "Original"]
    others = ann.compose("Nobody ever said that the moon was sold to a bank", chat)
    double.world.post(others)
    await ann.asks_guest("@OnTheRecordBot", chat, reply_to=others)
    assert "Unknown" in (await ann.answer(chat=chat)).text


async def test_a_guest_who_asks_too_fast_is_told_so(
    scant: None, double: Double, ann: Person
) -> None:
    chat = double.supergroup("Not ours", ann, bot=None)
    for _ in range(31):
        await ann.asks_guest("@OnTheRecordBot harbour", chat)

    assert await ann.answer(chat=chat, containing="You ask faster")


async def test_a_guests_long_quotation_is_judged_in_one_message(
    double: Double, ann: Person, corpus: Corpus
) -> None:
    text = "The lighthouse & the harbour were named again. " * 84
    await corpus.load(
        [
            {
                "url": "https://mfa.example/lighthouse",
                "title": "Lighthouse",
                "date": "2024-01-01",
                "publisher": "Ministry",
                "language": "en",
                "paragraphs": [{"speaker": None, "text": text.strip()}],
            }
        ]
    )
    chat = double.supergroup("Not ours", ann, bot=None)
    words = ann.compose(text.replace("again. The", "later. The", 40), chat)
    double.world.post(words)

    await ann.asks_guest("@OnTheRecordBot", chat, reply_to=words)

    checked = await ann.answer(chat=chat)
    assert checked.text.startswith("Altered.")
    assert checked.quotations == []
    assert not double.refusals


async def test_a_button_under_a_message_elsewhere_can_only_say_that_it_is_gone(
    ann: Person,
) -> None:
    found = await ann.types_inline("harbour")
    sent = await ann.chooses(found, found.results[0])
    sent.markup = {"inline_keyboard": [[{"text": "?", "callback_data": "c:1"}]]}

    notice = await (await ann.taps("?", sent, chat=ann.chat)).answer()

    assert "no longer kept" in notice["text"]
