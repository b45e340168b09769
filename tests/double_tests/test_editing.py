"""The rules for messages that the bot edits, deletes or pins."""

from __future__ import annotations

from typing import Any

import pytest

from tests.double import Double, Person
from tests.double_tests.conftest import Client

Json = dict[str, Any]
KEYS = {"inline_keyboard": [[{"text": "Next", "callback_data": "n"}]]}


async def test_an_edited_message(client: Client, ann: Person) -> None:
    sent = await client.does("sendMessage", chat_id=ann.id, text="one", reply_markup=KEYS)
    message = await ann.answer()
    place = {"chat_id": ann.id, "message_id": sent["message_id"]}
    edited = await client.does("editMessageText", **place, text="<i>two</i>", parse_mode="HTML")
    assert edited["text"] == "two"
    assert "edit_date" in edited
    assert await ann.answer() is message
    assert (message.text, message.buttons, message.edits) == ("two", [], 1)
    await client.does("editMessageReplyMarkup", **place, reply_markup=KEYS)
    assert message.buttons == ["Next"]
    assert message.text == "two"


@pytest.mark.parametrize(
    ("method", "params", "reason"),
    [
        ("editMessageText", {"text": "one", "reply_markup": KEYS}, "message is not modified: spec"),
        ("editMessageReplyMarkup", {"reply_markup": KEYS}, "message is not modified: specified"),
        ("editMessageText", {"text": ""}, "message text is empty"),
        ("editMessageText", {"text": "x" * 4097}, "MESSAGE_TOO_LONG"),
        ("editMessageText", {"text": "x", "message_id": 999}, "message to edit not found"),
        ("editMessageText", {"text": "x", "chat_id": 404}, "chat not found"),
        ("editMessageText", {"text": "x", "inline_message_id": "no"}, "MESSAGE_ID_INVALID"),
        (
            "editMessageText",
            {"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "a"}]]}},
            "can't parse inline keyboard button",
        ),
        ("editMessageCaption", {"caption": "x"}, "there is no caption in the message to edit"),
        ("pinChatMessage", {"message_id": 999}, "message to pin not found"),
        ("deleteMessage", {"message_id": 999}, "message to delete not found"),
    ],
)
async def test_edits_are_refused(
    client: Client, ann: Person, method: str, params: Json, reason: str
) -> None:
    sent = await client.does("sendMessage", chat_id=ann.id, text="one", reply_markup=KEYS)
    call = {"chat_id": ann.id, "message_id": sent["message_id"], **params}
    assert (await client.refused(method, **call)).startswith(f"Bad Request: {reason}")
    assert (await ann.answer()).text == "one"


async def test_an_edit_needs_to_say_which_message(client: Client, ann: Person) -> None:
    assert "message identifier is not specified" in await client.refused(
        "editMessageText", chat_id=ann.id, text="x"
    )


async def test_only_a_keyboard_of_buttons_can_be_edited_in(client: Client, ann: Person) -> None:
    sent = await client.does("sendMessage", chat_id=ann.id, text="one")
    description = await client.refused(
        "editMessageReplyMarkup",
        chat_id=ann.id,
        message_id=sent["message_id"],
        reply_markup={"keyboard": [["a"]]},
    )
    assert description.startswith("Bad Request: ")


async def test_others_messages_are_not_edited(client: Client, ann: Person) -> None:
    said = await ann.sends("mine")
    assert "message can't be edited" in await client.refused(
        "editMessageText", chat_id=ann.id, message_id=said.id, text="x"
    )


async def test_deleting(double: Double, client: Client, ann: Person) -> None:
    group = double.supergroup("Desk", ann)
    theirs = await ann.sends("/ask", chat=group)
    mine = await client.does("sendMessage", chat_id=group.id, text="x")
    assert "message can't be deleted" in await client.refused(
        "deleteMessage", chat_id=group.id, message_id=theirs.id
    )
    await client.does("deleteMessage", chat_id=group.id, message_id=mine["message_id"])
    assert group.messages == [theirs]
    await ann.adds_bot_to(group, "administrator")
    await client.does("deleteMessages", chat_id=group.id, message_ids=[theirs.id, 999])
    assert theirs.deleted
    assert group.history[mine["message_id"]].deleted
    assert "message to edit not found" in await client.refused(
        "editMessageText", chat_id=group.id, message_id=mine["message_id"], text="x"
    )


async def test_pins_and_reactions(client: Client, ann: Person) -> None:
    said = await ann.sends("pin me")
    await client.does("pinChatMessage", chat_id=ann.id, message_id=said.id)
    assert ann.chat.pinned == [said.id]
    assert (await client.does("getChat", chat_id=ann.id))["pinned_message"]["text"] == "pin me"
    await client.does("unpinChatMessage", chat_id=ann.id, message_id=said.id)
    assert ann.chat.pinned == []
    reaction = [{"type": "emoji", "emoji": "👍"}]
    await client.does("setMessageReaction", chat_id=ann.id, message_id=said.id, reaction=reaction)


async def test_a_changed_link_preview_is_a_change(client: Client, ann: Person) -> None:
    sent = await client.does("sendMessage", chat_id=ann.id, text="one")
    place = {"chat_id": ann.id, "message_id": sent["message_id"], "text": "one"}
    preview = {"is_disabled": True}
    await client.does("editMessageText", **place, link_preview_options=preview)
    assert "not modified" in await client.refused(
        "editMessageText", **place, link_preview_options=preview
    )
