"""Who and what there is: users, chats, topics, messages."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.double.entities import FormattedText
from tests.double.links import start_parameter

Json = dict[str, Any]


@dataclass(eq=False, slots=True)
class User:
    """A person or a bot."""

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    is_bot: bool = False
    started: bool = False
    """Has opened the private chat, so that the bot may write."""
    blocked: bool = False
    deactivated: bool = False

    def to_json(self) -> Json:
        """As a ``User``."""
        body: Json = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        for name in ("last_name", "username", "language_code"):
            if (value := getattr(self, name)) is not None:
                body[name] = value
        return body


@dataclass(eq=False, slots=True)
class Topic:
    """A topic of a forum."""

    id: int
    name: str
    closed: bool = False
    deleted: bool = False


@dataclass(eq=False, slots=True)
class Event:
    """Something that the bot did in a chat and that people see."""

    kind: str
    """``sent``, ``edited`` or ``deleted``."""
    message: Message


@dataclass(eq=False, slots=True)
class Chat:
    """A private chat, group, supergroup or channel."""

    id: int
    type: str
    title: str | None = None
    username: str | None = None
    person: User | None = None
    """The other party of a private chat."""
    is_forum: bool = False
    statuses: dict[int, str] = field(default_factory=dict)
    """Of members, by user id: ``creator``, ``administrator``, ``member``, ``left``, ``kicked``."""
    bot_rights: bool = True
    """Whether the bot may write where it is a member."""
    topics: dict[int, Topic] = field(default_factory=dict)
    history: dict[int, Message] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    actions: list[str] = field(default_factory=list)
    """Chat actions shown: ``typing``…"""
    pinned: list[int] = field(default_factory=list)
    migrated_to: int | None = None
    next_id: int = 1

    @property
    def is_group(self) -> bool:
        """A basic group or a supergroup."""
        return self.type in {"group", "supergroup"}

    @property
    def messages(self) -> list[Message]:
        """What people see there now, oldest first."""
        return [message for message in self.history.values() if not message.deleted]

    def to_json(self) -> Json:
        """As a ``Chat``."""
        body: Json = {"id": self.id, "type": self.type}
        if self.person is not None:
            for name in ("first_name", "last_name", "username"):
                if (value := getattr(self.person, name)) is not None:
                    body[name] = value
            return body
        body["title"] = self.title
        if self.username is not None:
            body["username"] = self.username
        if self.is_forum:
            body["is_forum"] = True
        return body

    def __repr__(self) -> str:
        return (
            f"<Chat {self.id} {self.type} {self.title or (self.person and self.person.first_name)}>"
        )


@dataclass(eq=False, slots=True, repr=False)
class Message:
    """A message as it stands in a chat, or in the void where an inline result was sent."""

    id: int
    chat: Chat | None
    sender: User | None
    date: int
    content: FormattedText = field(default_factory=FormattedText)
    media: Json = field(default_factory=dict)
    """``document``, ``photo``…; the text is then its caption."""
    service: Json = field(default_factory=dict)
    """What a service message says: ``new_chat_members``…"""
    sender_chat: Chat | None = None
    reply_to: Message | None = None
    quote: Json | None = None
    topic_id: int | None = None
    markup: Json | None = None
    link_preview: Json | None = None
    origin: Json | None = None
    via_bot: User | None = None
    guest_query_id: str | None = None
    guest_caller: User | None = None
    inline_id: str | None = None
    media_group_id: str | None = None
    edit_date: int | None = None
    edits: int = 0
    """How often it was edited."""
    deleted: bool = False
    source: str = ""
    """The text as the bot sent it, before parsing."""
    sent_at: float = 0.0
    """Seconds of the monotonic clock."""
    protected: bool = False
    silent: bool = False

    @property
    def text(self) -> str:
        """The text, or the caption, as people read it."""
        return self.content.text

    @property
    def file(self) -> Json | None:
        """The document or other medium, if there is one."""
        for value in self.media.values():
            chosen = value[-1] if isinstance(value, list) else value
            return dict(chosen)
        return None

    @property
    def rows(self) -> list[list[Json]]:
        """The buttons, row by row, as ``InlineKeyboardButton`` or ``KeyboardButton`` objects."""
        markup = self.markup or {}
        rows: list[list[Json]] = []
        for row in markup.get("inline_keyboard") or markup.get("keyboard") or []:
            rows.append([{"text": b} if isinstance(b, str) else b for b in row])
        return rows

    @property
    def buttons(self) -> list[str]:
        """The labels of all buttons, in reading order."""
        return [button["text"] for row in self.rows for button in row]

    @property
    def links(self) -> list[tuple[str, str]]:
        """The linked words with their URLs."""
        return [
            (entity.covers(self.text), entity.url or entity.covers(self.text))
            for entity in self.content.entities
            if entity.type in {"text_link", "url"}
        ]

    @property
    def quotations(self) -> list[str]:
        """What stands in blockquotes."""
        return [
            entity.covers(self.text)
            for entity in self.content.entities
            if entity.type in {"blockquote", "expandable_blockquote"}
        ]

    @property
    def start_links(self) -> list[tuple[str, str]]:
        """Deep links into bots, in text and buttons: user name and parameter."""
        urls = [url for _, url in self.links]
        urls += [button["url"] for row in self.rows for button in row if "url" in button]
        return [found for url in urls if (found := start_parameter(url)) is not None]

    def to_json(self, *, shallow: bool = False) -> Json:
        """As a ``Message``; ``shallow`` leaves out the message replied to."""
        assert self.chat is not None
        body: Json = {"message_id": self.id, "date": self.date, "chat": self.chat.to_json()}
        sender = self.sender if self.chat.type != "channel" else None
        optional: Json = {
            "from": sender and sender.to_json(),
            "sender_chat": self.sender_chat and self.sender_chat.to_json(),
            "edit_date": self.edit_date,
            "forward_origin": self.origin,
            "quote": self.quote,
            "via_bot": self.via_bot and self.via_bot.to_json(),
            "guest_query_id": self.guest_query_id,
            "guest_bot_caller_user": self.guest_caller and self.guest_caller.to_json(),
            "media_group_id": self.media_group_id,
            "link_preview_options": self.link_preview,
        }
        if self.topic_id is not None:
            optional |= {"message_thread_id": self.topic_id, "is_topic_message": True}
        if self.reply_to is not None and not shallow and not self.reply_to.deleted:
            optional["reply_to_message"] = self.reply_to.to_json(shallow=True)
        if self.markup is not None and "inline_keyboard" in self.markup:
            optional["reply_markup"] = self.markup
        if self.protected:
            optional["has_protected_content"] = True
        name, entities = ("caption", "caption_entities") if self.media else ("text", "entities")
        if self.text:
            optional[name] = self.text
            if self.content.entities:
                optional[entities] = [entity.to_json() for entity in self.content.entities]
        body |= {key: value for key, value in optional.items() if value is not None}
        return body | self.media | self.service

    def __repr__(self) -> str:
        shown = self.text if len(self.text) <= 80 else f"{self.text[:77]}…"
        return f"<Message {self.id} {shown!r} {self.buttons}>"
