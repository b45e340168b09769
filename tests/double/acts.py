"""What people do in chats: write, edit, forward, send files, come and go."""

from __future__ import annotations

import mimetypes
from collections.abc import Sequence
from typing import Any

from tests.double.cleaning import clean
from tests.double.detect import detect
from tests.double.entities import FormattedText
from tests.double.methods.chats import member_json
from tests.double.methods.files import SHAPES
from tests.double.methods.sending import origin_of, quote_position
from tests.double.parse_html import parse_html
from tests.double.records import Upload
from tests.double.request import TEXT_LIMIT
from tests.double.state import Chat, Message, Topic, User
from tests.double.world import ANONYMOUS_ID, World

Json = dict[str, Any]


class Acts:
    """The acts of a person; :class:`tests.double.driver.Person` adds what they see."""

    def __init__(self, world: World, user: User, chat: Chat) -> None:
        self.world = world
        self.user = user
        self.chat = chat
        """The private chat with the bot."""

    @property
    def id(self) -> int:
        """The user id, which is also the private chat's."""
        return self.user.id

    # --- writing -------------------------------------------------------------------------------

    def compose(
        self,
        text: str,
        chat: Chat | None = None,
        *,
        reply_to: Message | None = None,
        html: bool = False,
        empty: bool = False,
    ) -> Message:
        """A message that is not yet sent.

        Raises:
            ValueError: Telegram's apps would not send it in one piece.
        """
        plain, entities, _ = parse_html(text) if html else (text, [], [])
        content = detect(clean(plain, entities, allow_empty=empty))
        if content.length > TEXT_LIMIT:
            raise ValueError(f"{content.length} units do not fit into one message")
        place = chat or self.chat
        message = self.world.new(place, self.user, content)
        message.reply_to = reply_to
        if reply_to is not None and reply_to.topic_id is not None:
            message.topic_id = reply_to.topic_id
        if place.type == "channel":
            message.sender, message.sender_chat = None, place
        return message

    async def sends(
        self,
        text: str,
        *,
        chat: Chat | None = None,
        reply_to: Message | None = None,
        topic: Topic | None = None,
        quote: str | None = None,
        html: bool = False,
        anonymous: bool = False,
    ) -> Message:
        """Write in the private chat, or elsewhere; in a channel it is a post.

        ``quote`` are words of ``reply_to``; ``html`` reads formatting from the text; ``anonymous``
        writes as an anonymous administrator of the group.

        Raises:
            ValueError: the person blocked the bot, or the quote is not in the message.
        """
        if (chat or self.chat) is self.chat and self.user.blocked:
            raise ValueError("unblock the bot first: starts()")
        message = self.compose(text, chat, reply_to=reply_to, html=html)
        if topic is not None:
            message.topic_id = topic.id
        if quote is not None:
            message.quote = self._quote(quote, reply_to)
        if anonymous:
            message.sender_chat = message.chat
            message.sender = User(ANONYMOUS_ID, "Group", username="GroupAnonymousBot", is_bot=True)
        if message.chat is self.chat:
            self.user.started = True
        return self.world.post(message)

    @staticmethod
    def _quote(quote: str, reply_to: Message | None) -> Json:
        place = None
        if reply_to is not None:
            place = quote_position(FormattedText(reply_to.text), FormattedText(quote), 0)
        if place is None:
            raise ValueError(f"{quote!r} is not in the message replied to")
        return {"text": quote, "position": place, "is_manual": True}

    async def edits(self, message: Message, text: str) -> Message:
        """Change a message of one's own."""
        message.content = self.compose(text, message.chat).content
        message.edit_date = self.world.now()
        message.edits += 1
        if self.world.shown_to_bot(message):
            self.world.tell(message, edited=True)
        return message

    async def deletes(self, message: Message) -> None:
        """Take a message away; the bot is not told."""
        message.deleted = True

    async def forwards(self, message: Message, chat: Chat | None = None) -> Message:
        """Send a message on, with its origin."""
        again = self.world.new(chat or self.chat, self.user, message.content)
        again.media, again.origin = dict(message.media), origin_of(message)
        return self.world.post(again)

    # --- files ---------------------------------------------------------------------------------

    async def sends_file(
        self,
        content: bytes,
        name: str,
        *,
        caption: str = "",
        kind: str = "document",
        media_type: str | None = None,
        chat: Chat | None = None,
    ) -> Message:
        """Send a file as a document, photo, voice message…"""
        return self.world.post(self._with_file(content, name, caption, kind, media_type, chat))

    async def sends_album(
        self,
        files: Sequence[tuple[bytes, str]],
        *,
        caption: str = "",
        kind: str = "document",
        chat: Chat | None = None,
    ) -> list[Message]:
        """Send several files at once: an update for each, tied by ``media_group_id``."""
        group = self.world.serial("album-")
        messages = []
        for content, name in files:
            message = self._with_file(content, name, caption, kind, None, chat)
            message.media_group_id = group
            messages.append(self.world.post(message))
            caption = ""
        return messages

    def _with_file(
        self,
        content: bytes,
        name: str,
        caption: str,
        kind: str,
        media_type: str | None,
        chat: Chat | None,
    ) -> Message:
        message = self.compose(caption, chat, empty=True)
        guessed = media_type or mimetypes.guess_type(name)[0] or "application/octet-stream"
        stored = self.world.store(Upload(name, content, guessed), f"{kind}s")
        message.media = {kind: SHAPES[kind](stored)}
        return message

    # --- coming and going ------------------------------------------------------------------------

    def status_changed(self, chat: Chat, old: str, new: str) -> None:
        """Queue the ``my_chat_member`` update for a change of the bot's status."""
        members = []
        for status in (old, new):
            probe = Chat(chat.id, chat.type, statuses={self.world.bot.id: status})
            members.append(member_json(probe, self.world.bot))
        self.world.updates.add(
            "my_chat_member",
            {
                "chat": chat.to_json(),
                "from": self.user.to_json(),
                "date": self.world.now(),
                "old_chat_member": members[0],
                "new_chat_member": members[1],
            },
        )

    async def blocks_bot(self) -> None:
        """Stop the bot; it is told once."""
        self.user.blocked = True
        self.status_changed(self.chat, "member", "kicked")

    async def deletes_account(self) -> None:
        """Be deactivated; the bot is not told."""
        self.user.deactivated = True

    async def adds_bot_to(self, chat: Chat, status: str = "member") -> None:
        """Let the bot into a group or channel, or change its status there."""
        old = self.world.bot_status(chat)
        chat.statuses[self.world.bot.id] = status
        self.status_changed(chat, old, status)
        if chat.is_group and old in {"left", "kicked"}:
            self._service(chat, {"new_chat_members": [self.world.bot.to_json()]})

    async def removes_bot_from(self, chat: Chat) -> None:
        """Throw the bot out of a group or channel."""
        old = self.world.bot_status(chat)
        if chat.is_group:
            self._service(chat, {"left_chat_member": self.world.bot.to_json()})
        chat.statuses[self.world.bot.id] = "kicked"
        self.status_changed(chat, old, "kicked")

    async def migrates(self, group: Chat) -> Chat:
        """Turn a basic group into a supergroup; both chats tell of it."""
        supergroup = Chat(group.id - 1_002_100_000_000, "supergroup", title=group.title)
        supergroup.statuses = dict(group.statuses)
        self.world.add_chat(supergroup)
        self._service(group, {"migrate_to_chat_id": supergroup.id})
        group.migrated_to = supergroup.id
        self._service(supergroup, {"migrate_from_chat_id": group.id})
        return supergroup

    async def closes_topic(self, chat: Chat, topic: Topic) -> None:
        """Close a topic: the bot can't write there unless it is an administrator."""
        topic.closed = True
        self._service(chat, {"forum_topic_closed": {}}, topic)

    async def deletes_topic(self, topic: Topic) -> None:
        """Delete a topic; the bot is not told."""
        topic.deleted = True

    def _service(self, chat: Chat, what: Json, topic: Topic | None = None) -> Message:
        message = self.world.new(chat, self.user, FormattedText())
        message.service = what
        message.topic_id = topic.id if topic is not None else None
        return self.world.post(message)
