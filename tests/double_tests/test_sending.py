"""The rules for messages that the bot sends: each with the refusal that Telegram gives."""

from __future__ import annotations

from typing import Any

import pytest

from tests.double import Double, Person
from tests.double_tests.conftest import Client

Json = dict[str, Any]


async def test_a_person_sees_the_text_as_telegram_shows_it(
    double: Double, client: Client, ann: Person
) -> None:
    sent = await client.does(
        "sendMessage",
        chat_id=ann.id,
        text="<blockquote>We <b>agreed</b> &amp; left.</blockquote>\n<a href='https://a.example/x'>"
        "Source</a> ",
        parse_mode="HTML",
        reply_markup={"inline_keyboard": [[{"text": "Next", "callback_data": "n"}], []]},
    )
    message = await ann.answer()
    assert message.text == "We agreed & left.\nSource"
    assert message.quotations == ["We agreed & left."]
    assert message.links == [("Source", "https://a.example/x")]
    assert message.buttons == ["Next"]
    assert sent["reply_markup"]["inline_keyboard"] == [[{"text": "Next", "callback_data": "n"}]]
    assert sent["from"]["username"] == double.bot.username
    assert [loss.what for loss in double.losses] == ["white space at the ends was trimmed"]


@pytest.mark.parametrize(
    ("params", "reason"),
    [
        ({"text": ""}, "message text is empty"),
        ({}, "message text is empty"),
        ({"text": " \n "}, "text must be non-empty"),
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": "😀" * 2049}, "message is too long"),
        ({"text": "<b>x", "parse_mode": "HTML"}, "can't parse entities: Can't find end tag"),
        ({"text": "x", "parse_mode": "BBCode"}, "unsupported parse_mode"),
        ({"text": "x", "chat_id": 404}, "chat not found"),
        ({"text": "x", "chat_id": "@nobody"}, "chat not found"),
        ({"text": "x", "chat_id": ""}, "chat_id is empty"),
        ({"text": "x", "message_thread_id": 77}, "message thread not found"),
        ({"text": "x", "reply_parameters": {"message_id": 99}}, "message to be replied not found"),
        (
            {"text": "x", "reply_parameters": {"message_id": 1, "chat_id": 404}},
            "chat not found",
        ),
        (
            {"text": "ab", "entities": [{"type": "bold", "offset": 1, "length": 9}]},
            "entity beginning at UTF-16 offset 1 ends after the end of the text",
        ),
    ],
)
async def test_texts_are_refused(client: Client, ann: Person, params: Json, reason: str) -> None:
    description = await client.refused("sendMessage", **{"chat_id": ann.id, **params})
    assert description.startswith(f"Bad Request: {reason}")
    assert ann.chat.messages == []


async def test_4096_units_fit_and_entities_do_not_count(client: Client, ann: Person) -> None:
    await client.does(
        "sendMessage", chat_id=ann.id, text=f"<b>{'😀' * 2048}</b>", parse_mode="HTML"
    )
    assert (await ann.answer()).content.length == 4096


async def test_markdown_is_not_read(client: Client, ann: Person) -> None:
    body = await client.answer("sendMessage", chat_id=ann.id, text="*x*", parse_mode="MarkdownV2")
    assert body["error_code"] == 501


def button(**fields: Any) -> Json:
    return {"inline_keyboard": [[{"text": "x", **fields}]]}


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        (button(callback_data="d" * 65), "BUTTON_DATA_INVALID"),
        (button(callback_data="é" * 33), "BUTTON_DATA_INVALID"),
        (button(), "can't parse inline keyboard button: Text buttons are unallowed"),
        (button(callback_data=""), "can't parse inline keyboard button: Text buttons are"),
        (button(callback_data="a", url="https://a.example"), "[double] button 'x' has 2 actions"),
        (button(text="", callback_data="a"), "inline keyboard button text must be non-empty"),
        (
            button(url="http://localhost:1/x"),
            "inline keyboard button URL 'http://localhost:1/x' is invalid: Wrong HTTP URL",
        ),
        (button(copy_text={"text": "x" * 257}), "BUTTON_COPY_TEXT_INVALID"),
        (button(copy_text={"text": ""}), "BUTTON_COPY_TEXT_INVALID"),
        (button(switch_inline_query_current_chat="x" * 257), "BUTTON_DATA_INVALID"),
        (
            {"inline_keyboard": [[{"text": "x", "callback_data": "a"}]] * 101},
            "reply markup is too long",
        ),
        (
            {"inline_keyboard": [[{"text": "x", "callback_data": "a"}] * 9]},
            "reply markup is too long",
        ),
        ({"keyboard": [[{"text": ""}]]}, "can't parse keyboard button: Keyboard button text must"),
    ],
)
async def test_keyboards_are_refused(
    client: Client, ann: Person, markup: Json, reason: str
) -> None:
    description = await client.refused("sendMessage", chat_id=ann.id, text="x", reply_markup=markup)
    assert description.startswith(f"Bad Request: {reason}")


@pytest.mark.parametrize(
    "fields",
    [
        {"callback_data": "d" * 64},
        {"url": "https://a.example/?q=1#:~:text=x"},
        {"url": "tg://user?id=5"},
        {"switch_inline_query": ""},
        {"switch_inline_query_chosen_chat": {"query": "q", "allow_user_chats": True}},
        {"copy_text": {"text": "x" * 256}},
    ],
)
async def test_buttons_are_taken(client: Client, ann: Person, fields: Json) -> None:
    await client.does("sendMessage", chat_id=ann.id, text="x", reply_markup=button(**fields))


async def test_an_empty_keyboard_is_none(client: Client, ann: Person) -> None:
    sent = await client.does(
        "sendMessage", chat_id=ann.id, text="x", reply_markup={"inline_keyboard": [[]]}
    )
    assert "reply_markup" not in sent


# --- replies ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("quote", "mode", "position"),
    [
        ("agreed to continue", None, 3),
        ("<b>joint</b> efforts", "HTML", 22),
        ("We", None, 0),
    ],
)
async def test_a_quote_is_an_exact_substring_with_its_marks(
    client: Client, ann: Person, quote: str, mode: str | None, position: int
) -> None:
    said = await ann.sends("We agreed to continue <b>joint</b> efforts", html=True)
    reply: Json = {"message_id": said.id, "quote": quote}
    if mode:
        reply["quote_parse_mode"] = mode
    sent = await client.does("sendMessage", chat_id=ann.id, text="x", reply_parameters=reply)
    assert sent["quote"]["position"] == position
    assert sent["reply_to_message"]["message_id"] == said.id


@pytest.mark.parametrize("quote", ["agreed to go on", "joint efforts", "<b>agreed</b>", "x" * 1025])
async def test_a_quote_that_is_no_substring_is_refused(
    client: Client, ann: Person, quote: str
) -> None:
    said = await ann.sends(f"We agreed to continue <b>joint</b> efforts {'x' * 1100}", html=True)
    reply = {"message_id": said.id, "quote": quote, "quote_parse_mode": "HTML"}
    description = await client.refused(
        "sendMessage", chat_id=ann.id, text="x", reply_parameters=reply
    )
    assert description == "Bad Request: QUOTE_TEXT_INVALID"


async def test_the_place_of_a_quote_is_the_one_nearest_to_that_asked_for(
    client: Client, ann: Person
) -> None:
    said = await ann.sends("no and no and no")
    reply = {"message_id": said.id, "quote": "no", "quote_position": 6}
    sent = await client.does("sendMessage", chat_id=ann.id, text="x", reply_parameters=reply)
    assert sent["quote"] == {"text": "no", "position": 7, "is_manual": True}


async def test_a_reply_to_a_deleted_message(client: Client, ann: Person) -> None:
    said = await ann.sends("gone soon")
    await ann.deletes(said)
    reply: Json = {"message_id": said.id}
    assert "message to be replied not found" in await client.refused(
        "sendMessage", chat_id=ann.id, text="x", reply_parameters=reply
    )
    reply["allow_sending_without_reply"] = True
    sent = await client.does("sendMessage", chat_id=ann.id, text="x", reply_parameters=reply)
    assert "reply_to_message" not in sent


async def test_a_reply_in_another_chat(double: Double, client: Client, ann: Person) -> None:
    group = double.supergroup("Desk", ann)
    said = await ann.sends("/ask", chat=group)
    reply = {"message_id": said.id, "chat_id": group.id, "allow_sending_without_reply": True}
    await client.does("sendMessage", chat_id=ann.id, text="x", reply_parameters=reply)
    reply["message_id"] = 999
    assert "message to be replied not found" in await client.refused(
        "sendMessage", chat_id=ann.id, text="x", reply_parameters=reply
    )


# --- who may write where ------------------------------------------------------------------------


async def test_people_who_cannot_be_written_to(double: Double, client: Client) -> None:
    stranger = double.person("Eve", started=False)
    blocker, gone = double.person("Bob"), double.person("Cid")
    await blocker.blocks_bot()
    await gone.deletes_account()
    reasons = {
        stranger: "Forbidden: bot can't initiate conversation with a user",
        blocker: "Forbidden: bot was blocked by the user",
        gone: "Forbidden: user is deactivated",
    }
    for person, reason in reasons.items():
        body = await client.answer("sendMessage", chat_id=person.id, text="x")
        assert (body["error_code"], body["description"]) == (403, reason)
    body = await client.answer("sendMessage", chat_id=double.bot.id, text="x")
    assert body["description"] == "Bad Request: chat not found"


async def test_starting_again_unblocks(double: Double, client: Client, ann: Person) -> None:
    await ann.blocks_bot()
    with pytest.raises(ValueError, match="unblock"):
        await ann.sends("hello")
    await ann.starts("p1")
    await client.does("sendMessage", chat_id=ann.id, text="welcome back")
    blocked, back, start = await client.updates()
    assert blocked["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    assert back["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert start["message"]["text"] == "/start p1"
    assert start["message"]["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]


@pytest.mark.parametrize(
    ("kind", "status", "code", "reason"),
    [
        ("group", None, 403, "Forbidden: bot is not a member of the group chat"),
        ("group", "kicked", 403, "Forbidden: bot was kicked from the group chat"),
        ("supergroup", None, 403, "Forbidden: bot is not a member of the supergroup chat"),
        ("supergroup", "kicked", 403, "Forbidden: bot was kicked from the supergroup chat"),
        ("channel", "kicked", 403, "Forbidden: bot was kicked from the channel chat"),
        ("channel", "member", 400, "Bad Request: need administrator rights in the channel chat"),
    ],
)
async def test_chats_that_the_bot_is_not_in(
    double: Double,
    client: Client,
    ann: Person,
    kind: str,
    status: str | None,
    code: int,
    reason: str,
) -> None:
    chat = getattr(double, kind)("Desk", ann, bot=status)
    body = await client.answer("sendMessage", chat_id=chat.id, text="x")
    assert (body["error_code"], body["description"]) == (code, reason)


async def test_a_group_where_the_bot_may_not_write(
    double: Double, client: Client, ann: Person
) -> None:
    group = double.supergroup("Quiet", ann)
    group.bot_rights = False
    assert "not enough rights to send text messages" in await client.refused(
        "sendMessage", chat_id=group.id, text="x"
    )


async def test_a_public_chat_is_found_by_its_name(
    double: Double, client: Client, ann: Person
) -> None:
    channel = double.channel("News", ann, username="OurNews")
    sent = await client.does("sendMessage", chat_id="@ournews", text="x")
    assert sent["chat"] == {
        "id": channel.id,
        "type": "channel",
        "title": "News",
        "username": "OurNews",
    }
    assert sent["sender_chat"]["id"] == channel.id


async def test_a_migrated_group_names_its_successor(
    double: Double, client: Client, ann: Person
) -> None:
    group = double.group("Desk", ann)
    supergroup = await ann.migrates(group)
    body = await client.answer("sendMessage", chat_id=group.id, text="x")
    assert body["error_code"] == 400
    assert body["description"] == "Bad Request: group chat was upgraded to a supergroup chat"
    assert body["parameters"] == {"migrate_to_chat_id": supergroup.id}
    await client.does("sendMessage", chat_id=supergroup.id, text="x")
    await client.does("getChat", chat_id=group.id)
    away, here = await client.updates()
    assert away["message"]["migrate_to_chat_id"] == supergroup.id
    assert here["message"]["migrate_from_chat_id"] == group.id


async def test_topics(double: Double, client: Client, ann: Person) -> None:
    forum = double.supergroup("Forum", ann, forum=True)
    topic = double.topic(forum, "Iran", ann)
    said = await ann.sends("/ask", chat=forum, topic=topic)
    sent = await client.does(
        "sendMessage", chat_id=forum.id, message_thread_id=topic.id, text="here"
    )
    assert (sent["message_thread_id"], sent["is_topic_message"]) == (topic.id, True)
    replied = await client.does(
        "sendMessage", chat_id=forum.id, text="x", reply_parameters={"message_id": said.id}
    )
    assert replied["message_thread_id"] == topic.id
    await ann.closes_topic(forum, topic)
    assert "TOPIC_CLOSED" in await client.refused(
        "sendMessage", chat_id=forum.id, message_thread_id=topic.id, text="x"
    )
    await ann.deletes_topic(topic)
    for gone in (topic.id, 1, 999):
        assert "message thread not found" in await client.refused(
            "sendMessage", chat_id=forum.id, message_thread_id=gone, text="x"
        )


async def test_a_thread_is_ignored_where_there_are_no_topics(
    double: Double, client: Client, ann: Person
) -> None:
    plain = double.supergroup("Desk", ann)
    sent = await client.does("sendMessage", chat_id=plain.id, message_thread_id=9, text="x")
    assert "message_thread_id" not in sent


# --- losses -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("params", "loss"),
    [
        ({"text": "a\u2028b"}, "U+2028 LINE SEPARATOR became nothing"),
        (
            {"text": "<a href='http://localhost/'>x</a>", "parse_mode": "HTML"},
            "the link to 'http://localhost/' was dropped: Telegram can't read the URL",
        ),
        (
            {"text": "<a href='https://t.me/SomeBot?start=a%3Db'>x</a>", "parse_mode": "HTML"},
            "start parameter 'a=b' is not 1-64 of A-Za-z0-9_-",
        ),
        (
            {"text": "x", "link_preview_options": {"url": "http://localhost/"}},
            "link_preview_options.url 'http://localhost/' is no URL",
        ),
    ],
)
async def test_what_telegram_takes_silently_is_written_down(
    double: Double, client: Client, ann: Person, params: Json, loss: str
) -> None:
    await client.does("sendMessage", chat_id=ann.id, **params)
    assert [found.what for found in double.losses] == [loss]
    assert str(double.losses[0]) == f"sendMessage: {loss}"


async def test_a_bad_entity_link_is_dropped(client: Client, ann: Person) -> None:
    entities = [
        {"type": "text_link", "offset": 0, "length": 1, "url": "http://localhost/"},
        {"type": "text_link", "offset": 1, "length": 1, "url": "https://a.example/"},
    ]
    await client.does("sendMessage", chat_id=ann.id, text="ab", entities=entities)
    assert (await ann.answer()).links == [("b", "https://a.example/")]


# --- forwarding, copying, actions ---------------------------------------------------------------


async def test_forwarding_and_copying(double: Double, client: Client, ann: Person) -> None:
    channel = double.channel("News", ann)
    post = await ann.sends("Statement", chat=channel)
    forwarded = await client.does(
        "forwardMessage", chat_id=ann.id, from_chat_id=channel.id, message_id=post.id
    )
    assert forwarded["forward_origin"]["type"] == "channel"
    copied = await client.does(
        "copyMessage", chat_id=ann.id, from_chat_id=channel.id, message_id=post.id
    )
    assert list(copied) == ["message_id"]
    many = await client.does(
        "copyMessages", chat_id=ann.id, from_chat_id=channel.id, message_ids=[post.id, 99]
    )
    assert len(many) == 1
    assert [message.text for message in await ann.answers(3)] == ["Statement"] * 3
    assert "message to forward not found" in await client.refused(
        "forwardMessage", chat_id=ann.id, from_chat_id=channel.id, message_id=99
    )
    assert "there are no messages to copy" in await client.refused(
        "copyMessages", chat_id=ann.id, from_chat_id=channel.id, message_ids=[99]
    )


async def test_protected_content_is_not_forwarded(client: Client, ann: Person) -> None:
    sent = await client.does("sendMessage", chat_id=ann.id, text="x", protect_content=True)
    assert sent["has_protected_content"] is True
    assert "protected content" in await client.refused(
        "forwardMessage", chat_id=ann.id, from_chat_id=ann.id, message_id=sent["message_id"]
    )


async def test_chat_actions(client: Client, ann: Person) -> None:
    await client.does("sendChatAction", chat_id=ann.id, action="typing")
    assert ann.chat.actions == ["typing"]
    assert "wrong parameter action" in await client.refused(
        "sendChatAction", chat_id=ann.id, action="thinking"
    )
