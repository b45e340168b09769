"""What the bot says about itself, and what it may know of chats."""

from __future__ import annotations

from typing import Any

import pytest

from tests.double import Double, Person
from tests.double_tests.conftest import Client

Json = dict[str, Any]
COMMANDS = [{"command": "ask", "description": "Ask"}]


async def test_commands_by_scope_and_language(double: Double, client: Client, ann: Person) -> None:
    owner = {"type": "chat", "chat_id": ann.id}
    await client.does("setMyCommands", commands=COMMANDS)
    await client.does("setMyCommands", commands=[], scope=owner, language_code="ru")
    assert await client.does("getMyCommands") == COMMANDS
    assert await client.does("getMyCommands", scope=owner, language_code="ru") == []
    await client.does("deleteMyCommands")
    assert await client.does("getMyCommands") == []


@pytest.mark.parametrize(
    ("params", "reason"),
    [
        ({"commands": COMMANDS * 101}, "BOT_COMMANDS_TOO_MUCH"),
        ({"commands": [{"command": "Ask", "description": "x"}]}, "BOT_COMMAND_INVALID"),
        ({"commands": [{"command": "a" * 33, "description": "x"}]}, "BOT_COMMAND_INVALID"),
        (
            {"commands": [{"command": "ask", "description": "x" * 257}]},
            "BOT_COMMAND_DESCRIPTION_INVALID",
        ),
        (
            {"commands": [{"command": "ask", "description": ""}]},
            "BOT_COMMAND_DESCRIPTION_INVALID",
        ),
        ({"commands": [], "scope": {"type": "chat", "chat_id": 404}}, "chat not found"),
        ({"commands": [], "language_code": "english"}, "invalid language code specified"),
    ],
)
async def test_commands_are_refused(client: Client, params: Json, reason: str) -> None:
    assert await client.refused("setMyCommands", **params) == f"Bad Request: {reason}"


@pytest.mark.parametrize(
    ("name", "field", "limit", "reason"),
    [
        ("Name", "name", 64, "BOT_TITLE_INVALID"),
        ("Description", "description", 512, "BOT_DESCRIPTION_TOO_LONG"),
        ("ShortDescription", "short_description", 120, "BOT_ABOUT_TOO_LONG"),
    ],
)
async def test_descriptions(client: Client, name: str, field: str, limit: int, reason: str) -> None:
    await client.does(f"setMy{name}", **{field: "x" * limit, "language_code": "ru"})
    got = await client.does(f"getMy{name}", language_code="ru")
    assert got == {field: "x" * limit}
    assert (await client.does(f"getMy{name}", language_code="de"))[field] != "x" * limit
    assert reason in await client.refused(f"setMy{name}", **{field: "x" * (limit + 1)})


async def test_menu_button(client: Client, ann: Person) -> None:
    assert await client.does("getChatMenuButton") == {"type": "default"}
    await client.does("setChatMenuButton", menu_button={"type": "commands"})
    assert await client.does("getChatMenuButton", chat_id=ann.id) == {"type": "commands"}
    assert await client.does("logOut") is True


async def test_chats_and_members(double: Double, client: Client, ann: Person) -> None:
    group = double.supergroup("Desk", ann)
    bob = double.person("Bob")
    assert (await client.does("getChat", chat_id=group.id))["title"] == "Desk"
    member = await client.does("getChatMember", chat_id=group.id, user_id=ann.id)
    assert member["status"] == "creator"
    outsider = await client.does("getChatMember", chat_id=group.id, user_id=bob.id)
    assert outsider["status"] == "left"
    assert "user not found" in await client.refused("getChatMember", chat_id=group.id, user_id=9)
    admins = await client.does("getChatAdministrators", chat_id=group.id)
    assert [admin["user"]["id"] for admin in admins] == [ann.id]
    assert await client.does("getChatMemberCount", chat_id=group.id) == 2
    assert await client.does("getChatMemberCount", chat_id=ann.id) == 2
    assert "no administrators" in await client.refused("getChatAdministrators", chat_id=ann.id)
    await client.does("leaveChat", chat_id=group.id)
    assert "not a member" in await client.refused("getChat", chat_id=group.id)
    assert "chat not found" in await client.refused("leaveChat", chat_id=ann.id)


async def test_topics_of_the_bots(double: Double, client: Client, ann: Person) -> None:
    forum = double.supergroup("Forum", ann, forum=True, bot="administrator")
    topic = await client.does("createForumTopic", chat_id=forum.id, name="Iran")
    place = {"chat_id": forum.id, "message_thread_id": topic["message_thread_id"]}
    await client.does("editForumTopic", **place, name="Iraq")
    assert forum.topics[topic["message_thread_id"]].name == "Iraq"
    await client.does("closeForumTopic", **place)
    assert "TOPIC_NOT_MODIFIED" in await client.refused("closeForumTopic", **place)
    await client.does("sendMessage", **place, text="administrators may")
    await client.does("reopenForumTopic", **place)
    await client.does("deleteForumTopic", **place)
    assert "message thread not found" in await client.refused("editForumTopic", **place)
    plain = double.supergroup("Desk", ann)
    assert "the chat is not a forum" in await client.refused(
        "createForumTopic", chat_id=plain.id, name="x"
    )
