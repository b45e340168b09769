"""Buttons, inline queries and guest questions."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from tests.double import Double, Person
from tests.double_tests.conftest import Client

Json = dict[str, Any]
KEYS = {
    "inline_keyboard": [
        [{"text": "‹", "callback_data": "back"}, {"text": "2 of 7", "callback_data": "none"}],
        [{"text": "Original", "url": "https://a.example/x"}],
    ]
}
OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


async def test_a_tap_brings_a_callback_query(double: Double, client: Client, ann: Person) -> None:
    sent = await client.does("sendMessage", chat_id=ann.id, text="x", reply_markup=KEYS)
    tap = await ann.taps("2 of")
    query = (await client.updates())[0]["callback_query"]
    assert query["data"] == "none"
    assert query["message"]["message_id"] == sent["message_id"]
    assert query["message"]["reply_markup"] == KEYS
    await client.does("answerCallbackQuery", callback_query_id=query["id"], text="Page 2")
    assert await tap.answer() == {"text": "Page 2"}
    assert await client.refused("answerCallbackQuery", callback_query_id=query["id"]) == OLD


async def test_a_button_that_is_a_link_asks_nothing(client: Client, ann: Person) -> None:
    await client.does("sendMessage", chat_id=ann.id, text="x", reply_markup=KEYS)
    tap = await ann.taps("Original")
    assert tap.button["url"] == "https://a.example/x"
    assert await client.updates() == []
    with pytest.raises(AssertionError, match="asks the bot nothing"):
        await tap.answer()
    with pytest.raises(LookupError, match="no button 'Share' among"):
        await ann.taps("Share")


async def test_a_reply_keyboard_sends_its_words(client: Client, ann: Person) -> None:
    await client.does(
        "sendMessage",
        chat_id=ann.id,
        text="x",
        reply_markup={"keyboard": [["Yes"], [{"text": "No"}]]},
    )
    await ann.taps("Yes")
    assert (await client.updates())[0]["message"]["text"] == "Yes"


async def test_queries_grow_old(double: Double, client: Client, ann: Person) -> None:
    await client.does("sendMessage", chat_id=ann.id, text="x", reply_markup=KEYS)
    tap = await ann.taps("‹")
    assert tap.query is not None
    double.expire_queries()
    assert await client.refused("answerCallbackQuery", callback_query_id=tap.query.id) == OLD
    assert await client.refused("answerCallbackQuery", callback_query_id="never") == OLD
    double.world.query_lifetime = 0.0
    late = await ann.taps("‹")
    assert late.query is not None
    assert await client.refused("answerCallbackQuery", callback_query_id=late.query.id) == OLD


async def test_the_notice_of_a_button_is_short(client: Client, ann: Person) -> None:
    await client.does("sendMessage", chat_id=ann.id, text="x", reply_markup=KEYS)
    tap = await ann.taps("‹")
    assert tap.query is not None
    assert "MESSAGE_TOO_LONG" in await client.refused(
        "answerCallbackQuery", callback_query_id=tap.query.id, text="x" * 201
    )
    assert "callback_query_id" in await client.refused("answerCallbackQuery")
    with pytest.raises(AssertionError, match="'‹' was not answered"):
        await tap.answer(0.01)


async def test_a_message_that_telegram_no_longer_shows(client: Client, ann: Person) -> None:
    await client.does("sendMessage", chat_id=ann.id, text="x", reply_markup=KEYS)
    await ann.taps("‹", inaccessible=True)
    message = (await client.updates())[0]["callback_query"]["message"]
    assert message["date"] == 0
    assert set(message) == {"chat", "message_id", "date"}


# --- inline -------------------------------------------------------------------------------------


def article(**fields: Any) -> Json:
    return {
        "type": "article",
        "id": "p1",
        "title": "Anna Weld",
        "input_message_content": {"message_text": "<b>We</b> agreed", "parse_mode": "HTML"},
        **fields,
    }


async def inline(
    client: Client, person: Person, answer: Callable[[str], Awaitable[Any]], **asked: Any
) -> Any:
    """Type a query, and let the bare client answer it."""
    typing = asyncio.create_task(person.types_inline(asked.pop("query", "Iran"), **asked))
    (update,) = await client.does("getUpdates", timeout=5)
    await client.does("getUpdates", offset=update["update_id"] + 1)
    await answer(update["inline_query"]["id"])
    return typing


async def test_an_inline_answer(double: Double, client: Client, ann: Person) -> None:
    async def answer(query_id: str) -> None:
        await client.does(
            "answerInlineQuery",
            inline_query_id=query_id,
            results=[article(reply_markup=KEYS), article(id="p2", description="second")],
            next_offset="20",
            button={"text": "Ask in private", "start_parameter": "q-iran"},
            is_personal=True,
        )

    shown = await (await inline(client, ann, answer, offset="10"))
    assert [(r.id, r.title, r.text, r.description) for r in shown.results] == [
        ("p1", "Anna Weld", "We agreed", ""),
        ("p2", "Anna Weld", "We agreed", "second"),
    ]
    assert (shown.next_offset, shown.cache_time, shown.is_personal) == ("20", 300, True)
    assert shown.button == {"text": "Ask in private", "start_parameter": "q-iran"}

    group = double.supergroup("Desk", ann)
    there = await ann.chooses(shown, shown.results[0], group)
    chosen, told = await client.updates()
    assert chosen["chosen_inline_result"]["inline_message_id"] == there.inline_id
    assert told["message"]["via_bot"]["id"] == double.bot.id
    elsewhere = await ann.chooses(shown, shown.results[1])
    assert "inline_message_id" not in (await client.updates())[2]["chosen_inline_result"]

    await ann.taps("‹", there)
    assert (await client.updates())[3]["callback_query"]["inline_message_id"] == there.inline_id
    waiting = asyncio.create_task(ann.edited(elsewhere))
    await asyncio.sleep(0)
    changed = await client.does(
        "editMessageText", inline_message_id=elsewhere.inline_id, text="Withdrawn"
    )
    assert changed is True
    assert (await waiting).text == "Withdrawn"
    with pytest.raises(AssertionError, match="was not edited"):
        await ann.edited(elsewhere, 0.01)


async def test_no_feedback_when_it_is_off(double: Double, client: Client, ann: Person) -> None:
    double.inline_feedback = False

    async def answer(query_id: str) -> None:
        await client.does("answerInlineQuery", inline_query_id=query_id, results=[article()])

    shown = await (await inline(client, ann, answer, query="x" * 300))
    assert len(shown.query) == 256
    await ann.chooses(shown, shown.results[0])
    assert await client.updates() == []


@pytest.mark.parametrize(
    ("params", "reason"),
    [
        ({"results": [article(id=str(i)) for i in range(51)]}, "too many inline query results"),
        ({"results": [article(), article()]}, "RESULT_ID_DUPLICATE"),
        ({"results": [article(id="")]}, "RESULT_ID_INVALID"),
        ({"results": [article(id="é" * 33)]}, "RESULT_ID_INVALID"),
        ({"results": [], "next_offset": "é" * 33}, "NEXT_OFFSET_INVALID"),
        ({"results": [article(title="")]}, "can't parse inline query result: Can't find field"),
        (
            {"results": [article(input_message_content={"message_text": ""})]},
            "can't parse inline query result: Can't parse message: Message text is empty",
        ),
        (
            {"results": [article(input_message_content={"message_text": "x" * 4097})]},
            "MESSAGE_TOO_LONG",
        ),
        (
            {
                "results": [
                    article(input_message_content={"message_text": "<b>x", "parse_mode": "HTML"})
                ]
            },
            "can't parse inline query result: Can't parse entities: Can't find end tag",
        ),
        (
            {"results": [article(input_message_content={"message_text": " "})]},
            "text must be non-empty",
        ),
        (
            {"results": [article(reply_markup={"inline_keyboard": [[{"text": "x"}]]})]},
            "can't parse inline keyboard button",
        ),
        (
            {"results": [], "button": {"text": "x", "start_parameter": "a b"}},
            "START_PARAM_INVALID",
        ),
        ({"results": [], "button": {"text": "", "start_parameter": "a"}}, "SWITCH_PM_TEXT_EMPTY"),
        ({"results": [], "button": {"text": "x"}}, "can't parse inline query results button"),
    ],
)
async def test_inline_answers_are_refused(
    client: Client, ann: Person, params: Json, reason: str
) -> None:
    async def answer(query_id: str) -> None:
        description = await client.refused("answerInlineQuery", inline_query_id=query_id, **params)
        assert description.startswith(f"Bad Request: {reason}")

    typing = await inline(client, ann, answer)
    typing.cancel()


async def test_an_inline_query_that_nobody_answers(ann: Person) -> None:
    with pytest.raises(AssertionError, match="inline query 'Iran' was not answered"):
        await ann.types_inline("Iran", within=0.01)


async def test_an_old_inline_query(client: Client) -> None:
    assert await client.refused("answerInlineQuery", inline_query_id="9", results=[]) == OLD


async def test_results_that_are_no_articles(double: Double, client: Client, ann: Person) -> None:
    stored = await ann.sends_file(b"x", "a.pdf")
    assert stored.file is not None
    results = [
        {
            "type": "document",
            "id": "d",
            "title": "A",
            "document_file_id": stored.file["file_id"],
            "caption": "cap",
        },
        article(
            input_message_content={"latitude": 1.0, "longitude": 2.0},
        ),
    ]
    await client.does("getUpdates", offset=-1)
    (update,) = await client.updates()
    await client.does("getUpdates", offset=update["update_id"] + 1)

    async def answer(query_id: str) -> None:
        await client.does("answerInlineQuery", inline_query_id=query_id, results=results)

    shown = await (await inline(client, ann, answer))
    assert [r.text for r in shown.results] == ["cap", ""]
    assert double.violations == []


# --- guest questions ----------------------------------------------------------------------------


async def test_a_guest_question(double: Double, client: Client, ann: Person) -> None:
    group = double.supergroup("Elsewhere", ann, bot=None)
    asked = await ann.asks_guest("@OnTheRecordBot Iran", group)
    message = (await client.updates())[0]["guest_message"]
    assert message["guest_query_id"] == asked.guest_query_id
    assert message["chat"]["id"] == group.id
    sent = await client.does(
        "answerGuestQuery", guest_query_id=asked.guest_query_id, result=article(reply_markup=KEYS)
    )
    answer = await ann.answer(chat=group)
    assert (answer.text, answer.inline_id) == ("We agreed", sent["inline_message_id"])
    assert answer.reply_to is asked
    assert answer.guest_caller is ann.user
    assert (
        await client.refused(
            "answerGuestQuery", guest_query_id=asked.guest_query_id, result=article()
        )
        == OLD
    )
    assert "result isn't specified" in await client.refused(
        "answerGuestQuery", guest_query_id=asked.guest_query_id
    )


async def test_prepared_results(client: Client, ann: Person) -> None:
    prepared = await client.does(
        "savePreparedInlineMessage", user_id=ann.id, result=article(), allow_user_chats=True
    )
    assert prepared["expiration_date"] > 0
    assert await client.does("answerWebAppQuery", web_app_query_id="1", result=article()) == {}
