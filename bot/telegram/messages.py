"""What a message asks for, if anything: a question, a quotation to check, or nothing of ours."""

from __future__ import annotations

import re
from dataclasses import dataclass

from telegram import Bot, Message, MessageEntity
from telegram.constants import MessageEntityType

QUOTED_WORDS = 5
"""Words from which on a text in quotation marks is a quotation to check, not a phrase to find."""

_COMMAND = re.compile(r"/(\w+)(?:@\w+)?")
_QUOTED = re.compile(
    '\\s*(?:"([^"]*)"|\u201c([^\u201d]*)\u201d|\u201e([^\u201c\u201d]*)[\u201c\u201d]'
    "|\u00ab([^\u00bb]*)\u00bb|\u2018([^\u2019]*)\u2019)[\\s.!?\u2026]*",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Question:
    """Answer this."""

    text: str


@dataclass(frozen=True, slots=True)
class Quotation:
    """Check this."""

    text: str


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A picture, voice or the like without words, in a private chat."""


Request = Question | Quotation | Unreadable


def request(message: Message, bot: Bot) -> Request | None:
    """What a message asks for; None where the bot keeps silent."""
    if message.via_bot is not None and message.via_bot.id == bot.id:
        return None
    if message.chat.type == message.chat.PRIVATE:
        return _in_private(message)
    if message.chat.type in (message.chat.GROUP, message.chat.SUPERGROUP):
        return _in_group(message, bot)
    return None


def request_again(message: Message, bot: Bot) -> Request | None:
    """What an edited message asks for: as :func:`request`, and commands too."""
    name = _COMMAND.match(words_of(message))
    if name is None:
        return request(message, bot)
    match name.group(1).lower():
        case "ask":
            return Question(command_argument(message))
        case "check":
            return Quotation(command_argument(message))
    return None


def command_argument(message: Message) -> str:
    """What stands behind a command, or else the words that the command replies to or quotes."""
    return _COMMAND.sub("", words_of(message)).strip() or replied_words(message)


def words_of(message: Message) -> str:
    """The words of a message: its text, or the caption of its picture."""
    return message.text or message.caption or ""


def replied_words(message: Message) -> str:
    """The words that a message quotes or replies to; empty if there are none."""
    if message.quote:
        return message.quote.text.strip()
    original = message.reply_to_message
    return words_of(original).strip() if original else ""


def without_mentions(message: Message, bot: Bot) -> tuple[str, bool]:
    """The words of a message without mentions of the bot, and whether there was one."""
    text = words_of(message)
    entities = message.parse_entities([MessageEntity.MENTION, MessageEntity.TEXT_MENTION])
    entities |= message.parse_caption_entities([MessageEntity.MENTION, MessageEntity.TEXT_MENTION])
    parts = [part for entity, part in entities.items() if _is_bot(entity, part, bot)]
    for part in parts:
        text = text.replace(part, " ", 1)
    return " ".join(text.split()) if parts else text.strip(), bool(parts)


def _in_private(message: Message) -> Request:
    text = words_of(message).strip()
    if not text:
        return Unreadable()
    if message.forward_origin:
        return Quotation(text)
    if message.quote and message.quote.is_manual:
        return Quotation(message.quote.text.strip())
    quotation = quoted_in(message, text)
    return Quotation(quotation) if quotation else Question(text)


def quoted_in(message: Message, text: str) -> str | None:
    """The quotation that a message consists of: in quotation marks, or as a blockquote."""
    for entity, part in message.parse_entities(
        [MessageEntityType.BLOCKQUOTE, MessageEntityType.EXPANDABLE_BLOCKQUOTE]
    ).items():
        if entity.length and part.strip() == text:
            return text
    found = _QUOTED.fullmatch(text)
    if not found:
        return None
    inside = next(group for group in found.groups() if group is not None).strip()
    return inside if len(inside.split()) >= QUOTED_WORDS else None


def _in_group(message: Message, bot: Bot) -> Request | None:
    if message.is_automatic_forward:
        return None
    text, mentioned = without_mentions(message, bot)
    if mentioned:
        if text:
            return Question(text)
        # Tagged below somebody's words: are they on record?
        words = replied_words(message)
        return Quotation(words) if words else None
    if _replies_to_bot(message, bot) and text and not text.startswith("/"):
        return Question(text)
    return None


def _replies_to_bot(message: Message, bot: Bot) -> bool:
    original = message.reply_to_message
    if original is None or original.from_user is None or original.from_user.id != bot.id:
        return False
    # In a topic, whatever replies to nothing replies to the message that opened the topic.
    return original.forum_topic_created is None


def _is_bot(entity: MessageEntity, part: str, bot: Bot) -> bool:
    if entity.type == MessageEntity.TEXT_MENTION:
        return entity.user is not None and entity.user.id == bot.id
    return part.casefold() == f"@{bot.username}".casefold()
