"""The state of the double: who there is, what was said, and what the bot is told of it."""

from __future__ import annotations

import itertools
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.double.entities import FormattedText
from tests.double.errors import bad_request
from tests.double.records import Loss, Upload
from tests.double.signal import Bell
from tests.double.state import Chat, Event, Message, Topic, User
from tests.double.updates import UpdateQueue

Json = dict[str, Any]

DOWNLOAD_LIMIT = 20 * 1024 * 1024
"""Bytes that a bot may download."""
UPLOAD_LIMIT = 50 * 1024 * 1024
"""Bytes that a bot may send."""
ANONYMOUS_ID = 1087968824
"""The account as which anonymous administrators of a group write."""


@dataclass(slots=True)
class StoredFile:
    """A file on Telegram's servers."""

    id: str
    upload: Upload
    path: str

    def to_json(self) -> Json:
        """The fields that all files share."""
        return {
            "file_id": self.id,
            "file_unique_id": f"unique-{self.id}",
            "file_size": len(self.upload.content),
        }


@dataclass(eq=False, slots=True)
class Query:
    """A callback, inline or guest query that awaits its answer."""

    id: str
    kind: str
    user: User
    asked_at: float
    payload: Json = field(default_factory=dict)
    message: Message | None = None
    chat: Chat | None = None
    answer: Json | None = None
    expired: bool = False


class World:
    """Everything that Telegram would know."""

    def __init__(self, bot: User, *, privacy: bool, on_hand_out: Callable[[Json], None]) -> None:
        self.bot = bot
        self.privacy = privacy
        """Privacy mode: in groups the bot is shown only what is meant for it."""
        self.users: dict[int, User] = {bot.id: bot}
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, StoredFile] = {}
        self.queries: dict[str, Query] = {}
        self.inline_messages: dict[str, Message] = {}
        self.profile: dict[str, Any] = {}
        """What the bot set about itself: commands, descriptions, menu buttons."""
        self.updates = UpdateQueue(on_hand_out)
        self.bell = Bell()
        self.losses: list[Loss] = []
        self.download_limit = DOWNLOAD_LIMIT
        self.upload_limit = UPLOAD_LIMIT
        self.query_lifetime = 30.0
        """Seconds in which a query may be answered."""
        self._serial = itertools.count(1)
        self._shared_id = itertools.count(1)

    def serial(self, prefix: str) -> str:
        """A new identifier."""
        return f"{prefix}{next(self._serial):08d}"

    @staticmethod
    def now() -> int:
        """Unix time."""
        return int(time.time())

    # --- chats -----------------------------------------------------------------------------

    def add_user(self, user: User) -> Chat:
        """A person, with the private chat between them and the bot."""
        self.users[user.id] = user
        chat = Chat(user.id, "private", person=user)
        self.chats[chat.id] = chat
        return chat

    def add_chat(self, chat: Chat) -> Chat:
        """A group, supergroup or channel."""
        self.chats[chat.id] = chat
        return chat

    def find_chat(self, chat_id: object) -> Chat | None:
        """By id, or by ``@username`` of a supergroup or channel."""
        if isinstance(chat_id, int):
            return self.chats.get(chat_id)
        name = str(chat_id).removeprefix("@").lower()
        for chat in self.chats.values():
            if chat.username is not None and chat.username.lower() == name:
                return chat
        return None

    def bot_status(self, chat: Chat) -> str:
        """The bot's status in a group or channel."""
        return chat.statuses.get(self.bot.id, "left")

    def bot_is_member(self, chat: Chat) -> bool:
        """Whether the bot is in a group or channel."""
        return self.bot_status(chat) in {"creator", "administrator", "member"}

    # --- messages --------------------------------------------------------------------------

    def next_message_id(self, chat: Chat) -> int:
        """Private chats and basic groups share the bot's counter; others have their own."""
        if chat.type in {"private", "group"}:
            return next(self._shared_id)
        chat.next_id += 1
        return chat.next_id - 1

    def post(self, message: Message) -> Message:
        """Put a new message into its chat, for people and, if meant for it, for the bot."""
        chat = message.chat
        assert chat is not None
        message.id = self.next_message_id(chat)
        message.sent_at = time.monotonic()
        chat.history[message.id] = message
        if message.sender is self.bot and message.via_bot is None:
            chat.events.append(Event("sent", message))
        elif self.shown_to_bot(message):
            self.tell(message)
        self.bell.ring()
        return message

    def new(self, chat: Chat | None, sender: User | None, content: FormattedText) -> Message:
        """A message that is not yet anywhere."""
        return Message(0, chat, sender, self.now(), content)

    def changed(self, message: Message, kind: str = "edited") -> None:
        """Note that the bot edited or deleted a message."""
        message.edits += kind == "edited"
        if message.chat is not None:
            message.chat.events.append(Event(kind, message))
        self.bell.ring()

    def tell(self, message: Message, *, edited: bool = False) -> None:
        """Queue the update that tells the bot of a message."""
        assert message.chat is not None
        if message.guest_query_id is not None:
            kind = "guest_message"
        else:
            kind = "channel_post" if message.chat.type == "channel" else "message"
            kind = f"edited_{kind}" if edited else kind
        self.updates.add(kind, message.to_json())

    def shown_to_bot(self, message: Message) -> bool:
        """Whether Telegram shows the bot a message, by membership and privacy mode."""
        chat = message.chat
        assert chat is not None
        if chat.type == "private":
            return True
        if not self.bot_is_member(chat):
            return False
        if chat.type == "channel" or message.service or message.via_bot is self.bot:
            return True
        if not self.privacy or self.bot_status(chat) in {"creator", "administrator"}:
            return True
        if message.reply_to is not None and message.reply_to.sender is self.bot:
            return True
        return self._addressed(message)

    def _addressed(self, message: Message) -> bool:
        me = f"@{self.bot.username}".lower()
        for entity in message.content.entities:
            words = entity.covers(message.text).lower()
            if entity.type == "mention" and words == me:
                return True
            if entity.type == "bot_command" and ("@" not in words or words.endswith(me)):
                return True
        return False

    # --- files -----------------------------------------------------------------------------

    def store(self, upload: Upload, folder: str = "documents") -> StoredFile:
        """Keep a file for download."""
        file_id = self.serial("file-")
        suffix = re.sub(r"[^A-Za-z0-9.]", "", upload.name[upload.name.rfind(".") :])
        stored = StoredFile(file_id, upload, f"{folder}/{file_id}{suffix}")
        self.files[file_id] = stored
        return stored

    def file(self, file_id: str) -> StoredFile:
        """A stored file.

        Raises:
            Refusal: there is none with this id.
        """
        stored = self.files.get(file_id)
        if stored is None:
            raise bad_request("wrong file_id or the file is temporarily unavailable")
        return stored

    # --- queries ---------------------------------------------------------------------------

    def ask(self, kind: str, user: User, prefix: str, **known: Any) -> Query:
        """A new query; the caller queues its update."""
        query = Query(self.serial(prefix), kind, user, time.monotonic(), **known)
        self.queries[query.id] = query
        return query

    def open_query(self, query_id: object, kind: str) -> Query:
        """The query of this id, if it may still be answered.

        Raises:
            Refusal: it is too old, was answered, or never was.
        """
        query = self.queries.get(str(query_id))
        if query is not None and time.monotonic() - query.asked_at > self.query_lifetime:
            query.expired = True
        if query is None or query.kind != kind or query.expired or query.answer is not None:
            raise bad_request(
                "query is too old and response timeout expired or query ID is invalid"
            )
        return query

    # --- topics ----------------------------------------------------------------------------

    def add_topic(self, chat: Chat, name: str, sender: User) -> Topic:
        """A new topic; its id is that of the service message that opens it."""
        created = self.new(chat, sender, FormattedText())
        created.service = {"forum_topic_created": {"name": name, "icon_color": 7322096}}
        self.post(created)
        topic = Topic(created.id, name)
        chat.topics[topic.id] = topic
        return topic
