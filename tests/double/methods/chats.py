"""Methods about chats, their members and topics."""

from __future__ import annotations

from typing import Any

from tests.double.errors import bad_request
from tests.double.methods.registry import handles
from tests.double.request import Request
from tests.double.state import Chat, Topic, User

Json = dict[str, Any]


@handles("getChat")
def get_chat(request: Request) -> Json:
    """A ``ChatFullInfo``."""
    chat = request.chat(write=False)
    request.commit()
    body = chat.to_json() | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": {
            "unlimited_gifts": False,
            "limited_gifts": False,
            "unique_gifts": False,
            "premium_subscription": False,
            "gifts_from_channels": False,
        },
    }
    if chat.pinned:
        body["pinned_message"] = chat.history[chat.pinned[-1]].to_json()
    return body


@handles("getChatMember")
def get_chat_member(request: Request) -> Json:
    """One member."""
    chat = request.chat(write=False)
    user = request.world.users.get(request.required("user_id"))
    if user is None:
        raise bad_request("user not found")
    request.commit()
    return member_json(chat, user)


@handles("getChatAdministrators")
def get_administrators(request: Request) -> list[Json]:
    """Who runs a group or channel."""
    chat = request.chat(write=False)
    if chat.type == "private":
        raise bad_request("there are no administrators in the private chat")
    request.commit()
    return [
        member_json(chat, request.world.users[user_id])
        for user_id, status in chat.statuses.items()
        if status in {"creator", "administrator"}
    ]


@handles("getChatMemberCount")
def get_member_count(request: Request) -> int:
    """How many are in a chat."""
    chat = request.chat(write=False)
    request.commit()
    if chat.type == "private":
        return 2
    return sum(status not in {"left", "kicked"} for status in chat.statuses.values())


@handles("leaveChat")
def leave_chat(request: Request) -> bool:
    """The bot goes."""
    chat = request.chat(write=False)
    if chat.type == "private":
        raise bad_request("chat not found")
    request.commit()
    chat.statuses[request.world.bot.id] = "left"
    return True


@handles("createForumTopic")
def create_topic(request: Request) -> Json:
    """A new topic."""
    chat = _forum(request)
    name = request.required("name")
    request.commit()
    topic = request.world.add_topic(chat, name, request.world.bot)
    return {"message_thread_id": topic.id, "name": topic.name, "icon_color": 7322096}


@handles("editForumTopic", "closeForumTopic", "reopenForumTopic", "deleteForumTopic")
def change_topic(request: Request) -> bool:
    """Rename, close, reopen or delete a topic."""
    chat = _forum(request)
    topic: Topic | None = chat.topics.get(request.required("message_thread_id"))
    if topic is None or topic.deleted:
        raise bad_request("message thread not found")
    closing, opening = request.method == "closeForumTopic", request.method == "reopenForumTopic"
    if (closing and topic.closed) or (opening and not topic.closed):
        raise bad_request("TOPIC_NOT_MODIFIED")
    request.commit()
    if request.method == "editForumTopic":
        topic.name = request.params.get("name") or topic.name
    elif request.method == "deleteForumTopic":
        topic.deleted = True
    else:
        topic.closed = closing
    return True


def _forum(request: Request) -> Chat:
    chat = request.chat()
    if not chat.is_forum:
        raise bad_request("the chat is not a forum")
    return chat


def member_json(chat: Chat, user: User) -> Json:
    """A ``ChatMember`` of any kind."""
    status = chat.statuses.get(user.id, "left")
    body: Json = {"status": status, "user": user.to_json()}
    if status == "creator":
        body["is_anonymous"] = False
    elif status == "administrator":
        rights = (
            "can_be_edited is_anonymous can_manage_chat can_delete_messages can_manage_video_chats "
            "can_restrict_members can_promote_members can_change_info can_invite_users "
            "can_post_stories can_edit_stories can_delete_stories"
        )
        body |= dict.fromkeys(rights.split(), False)
        body["can_post_messages" if chat.type == "channel" else "can_pin_messages"] = True
    elif status == "kicked":
        body["until_date"] = 0
    return body
