"""One call on its way through the rules."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.double.cleaning import clean
from tests.double.detect import detect
from tests.double.entities import Entity, FormattedText
from tests.double.errors import Refusal, bad_request, forbidden
from tests.double.limits import RateLimiter
from tests.double.links import checked_link, is_start_parameter, user_of_link
from tests.double.parse_html import parse_html
from tests.double.records import Loss, Upload
from tests.double.schema import Fault
from tests.double.state import Chat, Message
from tests.double.world import World

Json = dict[str, Any]
TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024


@dataclass(slots=True)
class Request:
    """A call whose parameters were read; handlers check it, commit, then act."""

    world: World
    method: str
    params: Json
    uploads: dict[str, Upload] = field(default_factory=dict)
    faults: Sequence[Fault] = ()
    strict: bool = True
    limiter: RateLimiter | None = None
    losses: list[str] = field(default_factory=list)
    committed: bool = False

    def commit(self) -> None:
        """Called once all rules are met, before anything is changed.

        Raises:
            Refusal: the call breaks the specification in a way that no rule refuses.
        """
        self.committed = True
        if self.strict and self.faults:
            fault = self.faults[0]
            raise Refusal(400, f"Bad Request: [double] {fault.path}: {fault.problem}")
        self.world.losses.extend(Loss(self.method, what) for what in self.losses)

    def count(self, chat: Chat, messages: int = 1) -> None:
        """Count messages to a chat against Telegram's rates."""
        if self.limiter is not None:
            self.limiter.count(chat.id, group=chat.is_group, messages=messages)

    def required(self, name: str) -> Any:
        """A parameter that must be there."""
        value = self.params.get(name)
        if value is None or value == "":
            raise bad_request(f'Parameter "{name}" is required')
        return value

    # --- chats -----------------------------------------------------------------------------

    def chat(self, name: str = "chat_id", *, write: bool = True) -> Chat:
        """The chat of the call, if the bot may read it, or write there.

        Raises:
            Refusal: there is none, or the bot may not.
        """
        chat_id = self.params.get(name)
        if chat_id is None or chat_id == "":
            raise bad_request(f"{name} is empty")
        chat = self.world.find_chat(chat_id)
        if chat is None:
            raise bad_request("chat not found")
        self._check_access(chat, write=write)
        return chat

    def _check_access(self, chat: Chat, *, write: bool) -> None:
        if chat.type == "private":
            if write:
                self._check_person(chat)
            return
        if chat.migrated_to is not None:
            if not write:
                return
            raise bad_request(
                "group chat was upgraded to a supergroup chat",
                migrate_to_chat_id=chat.migrated_to,
            )
        status = self.world.bot_status(chat)
        if status == "kicked":
            raise forbidden(f"bot was kicked from the {chat.type} chat")
        if not self.world.bot_is_member(chat):
            raise forbidden(f"bot is not a member of the {chat.type} chat")
        if not write:
            return
        if chat.type == "channel" and status != "administrator":
            raise bad_request("need administrator rights in the channel chat")
        if not chat.bot_rights:
            raise bad_request("not enough rights to send text messages to the chat")

    def _check_person(self, chat: Chat) -> None:
        person = chat.person
        assert person is not None
        if person.deactivated:
            raise forbidden("user is deactivated")
        if person.blocked:
            raise forbidden("bot was blocked by the user")
        if person.is_bot:
            raise forbidden("bots can't send messages to bots")
        if not person.started:
            raise forbidden("bot can't initiate conversation with a user")

    def topic_id(self, chat: Chat) -> int | None:
        """The topic of the call, if it is there and open."""
        topic_id: int | None = self.params.get("message_thread_id")
        if topic_id is None or chat.type in {"group", "channel"}:
            return None
        if chat.type == "supergroup" and not chat.is_forum:
            return None
        topic = chat.topics.get(topic_id)
        if topic is None or topic.deleted:
            raise bad_request("message thread not found")
        if topic.closed and self.world.bot_status(chat) != "administrator":
            raise bad_request("TOPIC_CLOSED")
        return topic_id

    def message(self, chat: Chat, what: str, name: str = "message_id") -> Message:
        """The message of the call; ``what`` it is for stands in the refusal."""
        message_id = self.params.get(name)
        if message_id is None:
            raise bad_request("message identifier is not specified")
        found = chat.history.get(message_id)
        if found is None or found.deleted:
            raise bad_request(f"{what} not found")
        return found

    # --- texts -----------------------------------------------------------------------------

    def formatted(
        self,
        source: str,
        parse_mode: object,
        entities: Sequence[Json] | None = None,
        *,
        allow_empty: bool = False,
    ) -> FormattedText:
        """Read a text by its parse mode or entities, and clean it as Telegram does."""
        text, found, losses = source, _entities(entities or ()), list[str]()
        mode = str(parse_mode or "").lower()
        if mode == "html":
            text, found, losses = parse_html(source)
        elif mode in {"markdown", "markdownv2"}:
            raise Refusal(501, "Not Implemented: [double] reads parse mode HTML and entities only")
        elif mode:
            raise bad_request("unsupported parse_mode")
        cleaned = clean(text, found, allow_empty=allow_empty)
        self.losses += [*losses, *cleaned.losses]
        self._check_start_links(cleaned)
        return detect(cleaned)

    def _check_start_links(self, text: FormattedText) -> None:
        probe = Message(0, None, None, 0, text)
        for _, value in probe.start_links:
            if not is_start_parameter(value):
                self.losses.append(f"start parameter {value!r} is not 1-64 of A-Za-z0-9_-")

    def preview(self, options: Json | None) -> Json | None:
        """Link preview options, with their URL checked."""
        if options and options.get("url") and checked_link(options["url"]) is None:
            self.losses.append(f"link_preview_options.url {options['url']!r} is no URL")
        return options or None


def check_length(text: FormattedText, limit: int, too_long: str) -> None:
    """Refuse a text over the stricter of Telegram's two counts, UTF-16 code units."""
    if text.length > limit:
        raise bad_request(too_long)


def _entities(entities: Sequence[Json]) -> list[Entity]:
    read = []
    for entity in entities:
        kind = entity["type"]
        url = entity.get("url")
        if kind == "text_link" and user_of_link(url or "") is None:
            url = checked_link(url or "")
            if url is None:
                continue
        read.append(
            Entity(
                kind,
                entity["offset"],
                entity["length"],
                url=url,
                language=entity.get("language"),
                user=entity.get("user"),
                custom_emoji_id=entity.get("custom_emoji_id"),
                unix_time=entity.get("unix_time"),
                date_time_format=entity.get("date_time_format"),
            )
        )
    return read


def same(first: Any, second: Any) -> bool:
    """Whether two JSON values are equal."""
    return json.dumps(first, sort_keys=True) == json.dumps(second, sort_keys=True)
