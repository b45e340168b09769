"""Calls are held against the machine-readable specification."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest

from tests.double import Double, Person
from tests.double.schema import Schema, load_schema
from tests.double_tests.conftest import Client, needs_schema

Json = dict[str, Any]
pytestmark = needs_schema


@pytest.fixture(scope="module")
def schema() -> Schema:
    found = load_schema()
    assert found is not None
    return found


def faults(schema: Schema, method: str, parts: tuple[str, ...] = (), **raw: Any) -> list[str]:
    return [f"{f.path}: {f.problem}" for f in schema.check(method, raw, parts).faults]


@pytest.mark.parametrize(
    ("method", "params"),
    [
        ("sendMessage", {"chat_id": 1, "text": "x"}),
        ("sendMessage", {"chat_id": "@name", "text": "x", "disable_notification": True}),
        ("getMe", {}),
        ("sendMediaGroup", {"chat_id": 1, "media": [{"type": "photo", "media": "id"}] * 2}),
        ("setMyCommands", {"commands": [], "scope": {"type": "all_private_chats"}}),
        ("setMyCommands", {"commands": [], "scope": {"type": "chat", "chat_id": 5}}),
        ("setMyDescription", {"description": ""}),
        ("setWebhook", {"url": "", "max_connections": "7"}),
        (
            "sendMediaGroup",
            {
                "chat_id": 1,
                "media": [{"type": "photo", "media": "a"}, {"type": "video", "media": "b"}],
            },
        ),
        (
            "sendMessage",
            {"chat_id": 1, "text": "x", "reply_markup": {"keyboard": [["a", {"text": "b"}]]}},
        ),
        (
            "sendMessage",
            {"chat_id": 1, "text": "x", "reply_markup": {"force_reply": True}},
        ),
    ],
)
def test_good_calls_have_no_faults(schema: Schema, method: str, params: Json) -> None:
    assert faults(schema, method, **params) == []


ARTICLE: Json = {
    "type": "article",
    "id": "1",
    "title": "t",
    "input_message_content": {"message_text": "x"},
}


@pytest.mark.parametrize(
    ("method", "params", "expected"),
    [
        ("sendMessage", {"text": "x"}, ["chat_id: is required"]),
        ("sendMessage", {"chat_id": 1, "text": "x", "txt": 1}, ["txt: no such parameter"]),
        ("sendMessage", {"chat_id": 1, "text": 5}, ["text: an Integer is not String"]),
        ("sendMessage", {"chat_id": [], "text": "x"}, ["chat_id: an Array is not Integer"]),
        ("sendMessage", {"chat_id": None, "text": "x"}, ["chat_id: null is not Integer"]),
        (
            "sendMessage",
            {"chat_id": 1, "text": "x", "protect_content": "maybe"},
            ["protect_content: 'maybe' is not Boolean"],
        ),
        (
            "sendMessage",
            {"chat_id": 1, "text": "x", "reply_markup": "{oops"},
            ["reply_markup: '{oops' is not JSON"],
        ),
        (
            "sendMessage",
            {"chat_id": 1, "text": "x", "reply_markup": {"inline_keyboard": [[{"text": 5}]]}},
            ["reply_markup.inline_keyboard[0][0].text: an Integer is not String"],
        ),
        (
            "sendMessage",
            {"chat_id": 1, "text": "x", "reply_markup": {"inline_keyboard": [{"text": "a"}]}},
            [
                "reply_markup.inline_keyboard[0]: an Object is not Array of InlineKeyboardButton",
            ],
        ),
        (
            "sendMessage",
            {
                "chat_id": 1,
                "text": "x",
                "reply_markup": {"inline_keyboard": [[{"text": "a", "data": "d"}]]},
            },
            ["reply_markup.inline_keyboard[0][0].data: InlineKeyboardButton has no such field"],
        ),
        (
            "sendMessage",
            {
                "chat_id": 1,
                "text": "x",
                "reply_markup": {
                    "inline_keyboard": [[{"text": "a", "callback_data": "d" * 65, "style": "red"}]]
                },
            },
            [
                "reply_markup.inline_keyboard[0][0].style: "
                "'red' is none of danger, primary, success",
                "reply_markup.inline_keyboard[0][0].callback_data: 65 bytes are not 1-64",
            ],
        ),
        (
            "sendMessage",
            {"chat_id": 1, "text": "x", "reply_parameters": {"quote": "x"}},
            ["reply_parameters.message_id: ReplyParameters requires it"],
        ),
        (
            "sendMessage",
            {"chat_id": 1, "text": "x", "entities": [{"type": "loud", "offset": 0, "length": 1}]},
            ["entities[0].type: 'loud' is none of"],
        ),
        (
            "answerInlineQuery",
            {"inline_query_id": "1", "results": [{**ARTICLE, "hide_url": True}]},
            ["results[0].hide_url: InlineQueryResultArticle has no such field"],
        ),
        (
            "answerInlineQuery",
            {"inline_query_id": "1", "results": [{**ARTICLE, "type": "poem"}]},
            ["results[0].type: is not"],
        ),
        (
            "answerInlineQuery",
            {
                "inline_query_id": "1",
                "results": [{**ARTICLE, "input_message_content": {"message_text": 1}}],
            },
            ["results[0].input_message_content.message_text: an Integer is not String"],
        ),
        (
            "answerInlineQuery",
            {"inline_query_id": "1", "results": [], "next_offset": "x" * 65},
            ["next_offset: 65 bytes are more than 64"],
        ),
        (
            "answerCallbackQuery",
            {"callback_query_id": "1", "text": "x" * 201},
            ["text: 201 characters are not 0-200"],
        ),
        (
            "setMyCommands",
            {"commands": [{"command": "a", "description": "b"}] * 101},
            ["commands: 101 items are not 0-100"],
        ),
        (
            "setMyCommands",
            {"commands": [], "scope": {"type": "chat"}},
            ["scope.chat_id: BotCommandScopeChat requires it"],
        ),
        (
            "sendMediaGroup",
            {"chat_id": 1, "media": [{"type": "photo", "media": "id"}]},
            ["media: 1 items are not 2-10"],
        ),
        (
            "sendMediaGroup",
            {"chat_id": 1, "media": ["id", {"type": "photo", "media": "id"}]},
            ["media[0]: a String is not InputMediaAudio"],
        ),
        ("editMessageMedia", {"media": 5}, ["media: an Integer is not InputMediaAnimation"]),
        ("sendDocument", {"chat_id": 1, "document": 5}, ["document: an Integer is not InputFile"]),
        (
            "setWebhook",
            {"url": "https://a.example/", "certificate": "words"},
            ["certificate: 'words' is not InputFile"],
        ),
        ("getUpdates", {"limit": 101}, ["limit: 101 is not in 1-100"]),
        ("sendLocation", {"chat_id": 1, "latitude": "x", "longitude": 1}, ["latitude: 'x' is not"]),
        (
            "sendDocument",
            {"chat_id": 1, "document": "attach://f"},
            ["document: no file 'f' came with the call"],
        ),
        (
            "sendMediaGroup",
            {"chat_id": 1, "media": [{"type": "document", "media": "attach://f"}] * 2},
            [
                "media[0].media: no file 'f' came with the call",
                "media[1].media: no file 'f' came with the call",
            ],
        ),
    ],
)
def test_faults_are_named_with_their_place(
    schema: Schema, method: str, params: Json, expected: list[str]
) -> None:
    found = faults(schema, method, **params)
    assert len(found) == len(expected), found
    for fault, start in zip(found, expected, strict=True):
        assert fault.startswith(start)


def test_a_file_where_none_belongs(schema: Schema) -> None:
    assert faults(schema, "sendMessage", ("text",), chat_id="1", text="f") == [
        "text: does not take a file"
    ]


def test_forms_carry_numbers_and_objects_as_text(schema: Schema) -> None:
    raw = {
        "chat_id": "-100",
        "text": "12",
        "disable_notification": "True",
        "link_preview_options": '{"is_disabled": true}',
    }
    checked = schema.check("sendMessage", raw, ())
    assert checked.faults == []
    assert checked.params == {
        "chat_id": -100,
        "text": "12",
        "disable_notification": True,
        "link_preview_options": {"is_disabled": True},
    }
    assert schema.check("sendLocation", {"latitude": "1.5"}, ()).params == {"latitude": 1.5}


def test_what_the_double_hands_out_meets_the_specification(schema: Schema) -> None:
    assert schema.faults("User", {"id": 1, "is_bot": False, "first_name": "A"}) == []
    assert [f.path for f in schema.faults("User", {"id": 1})] == ["User.is_bot", "User.first_name"]


# --- over the wire ---------------------------------------------------------------------------


async def test_a_strict_double_refuses_what_telegram_would_overlook(
    double: Double, client: Client, ann: Person
) -> None:
    call = {"chat_id": ann.id, "text": "x", "parse_mod": "HTML"}
    assert await client.refused("sendMessage", **call) == (
        "Bad Request: [double] parse_mod: no such parameter"
    )
    assert [str(v) for v in double.violations] == ["sendMessage: parse_mod: no such parameter"]
    assert [str(c) for c in double.refusals] == [
        f"sendMessage({{'chat_id': {ann.id}, 'text': 'x', 'parse_mod': 'HTML'}}) → "
        "Bad Request: [double] parse_mod: no such parameter"
    ]
    assert ann.chat.messages == []


async def test_a_lenient_double_only_writes_it_down() -> None:
    async with Double(strict=False) as double, aiohttp.ClientSession() as session:
        client, ann = Client(double, session), double.person()
        await client.does("sendMessage", chat_id=ann.id, text="x", parse_mod="HTML")
        assert len(double.violations) == 1
        assert await client.refused("sendMessage", chat_id=ann.id, text=5) == (
            "Bad Request: [double] text: an Integer is not String"
        )


async def test_telegrams_own_words_come_before_the_doubles(
    double: Double, client: Client, ann: Person
) -> None:
    keys = {"inline_keyboard": [[{"text": "x", "callback_data": "d" * 65}]]}
    assert (
        await client.refused("sendMessage", chat_id=ann.id, text="x", reply_markup=keys)
        == "Bad Request: BUTTON_DATA_INVALID"
    )
    assert len(double.violations) == 1


async def test_methods_without_rules_are_checked_all_the_same(
    double: Double, client: Client, ann: Person
) -> None:
    assert await client.does("setChatTitle", chat_id=ann.id, title="x") is True
    assert "is required" in await client.refused("setChatTitle", chat_id=ann.id)
    body = await client.answer("sendDice", chat_id=ann.id)
    assert body["description"] == "Not Implemented: [double] does not do sendDice"
    body = await client.answer("sendPoem", chat_id=ann.id)
    assert (body["error_code"], body["description"]) == (404, "Not Found: method not found")


async def test_every_update_meets_the_specification(
    double: Double, client: Client, ann: Person
) -> None:
    schema = load_schema()
    assert schema is not None
    group = double.supergroup("Desk", ann, forum=True, bot="administrator")
    old = double.group("Old desk", ann, bot=None)
    channel = double.channel("News", ann)
    topic = double.topic(group, "Iran", ann)
    await ann.starts("p1")
    said = await ann.sends("/ask <b>Iran</b> https://a.example", topic=topic, chat=group, html=True)
    await ann.edits(said, "/ask Iraq")
    await ann.sends("yes", chat=group, reply_to=said, quote="Iraq", anonymous=True)
    await ann.sends("Post", chat=channel)
    await ann.forwards(said)
    await ann.sends_file(b"%PDF", "a.pdf", caption="see")
    await ann.sends_file(b"x", "a.jpg", kind="photo")
    await ann.sends_file(b"x", "a.ogg", kind="voice")
    await ann.sends_album([(b"1", "a.txt"), (b"2", "b.txt")], caption="two")
    await ann.adds_bot_to(old)
    await ann.migrates(old)
    await ann.closes_topic(group, topic)
    keys = {"inline_keyboard": [[{"text": "x", "callback_data": "a"}]]}
    await client.does("sendMessage", chat_id=ann.id, text="x", reply_markup=keys)
    await ann.taps("x")
    await ann.taps("x", inaccessible=True)
    await ann.asks_guest("@OnTheRecordBot Iran", double.group("Far", ann, bot=None))
    with pytest.raises(AssertionError):
        await ann.types_inline("Iran", within=0.001)
    await ann.removes_bot_from(channel)
    await ann.blocks_bot()
    updates = await client.updates()
    assert len(updates) >= 20
    for update in updates:
        found = [f for f in schema.faults("Update", update) if ".service" not in f.path]
        assert found == [], update
