"""Methods that put a message into a chat."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.double.constraints import utf16_length
from tests.double.entities import QUOTABLE, Entity, FormattedText
from tests.double.errors import bad_request
from tests.double.markup import check_markup, normalised
from tests.double.methods.files import SHAPES, medium
from tests.double.methods.registry import handles
from tests.double.request import CAPTION_LIMIT, TEXT_LIMIT, Request, check_length
from tests.double.state import Chat, Message

Json = dict[str, Any]
CHAT_ACTIONS = frozenset(
    [
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    ]
)


@handles("sendMessage")
def send_message(request: Request) -> Json:
    """A text."""
    source = request.params.get("text") or ""
    if not source:
        raise bad_request("Message text is empty")
    content = request.formatted(
        source, request.params.get("parse_mode"), request.params.get("entities")
    )
    message = outgoing(request, content, TEXT_LIMIT, "Message is too long")
    message.source = source
    message.link_preview = request.preview(request.params.get("link_preview_options"))
    request.commit()
    request.count(_chat(message))
    return request.world.post(message).to_json()


@handles(*(f"send{kind.capitalize()}" for kind in SHAPES))
def send_medium(request: Request) -> Json:
    """A file with a caption."""
    kind = request.method.removeprefix("send").lower()
    message = outgoing(request, _caption(request, request.params), CAPTION_LIMIT, _LONG_CAPTION)
    message.source = request.params.get("caption") or ""
    message.media = medium(request, kind, request.params.get(kind))
    request.commit()
    request.count(_chat(message))
    return request.world.post(message).to_json()


@handles("sendMediaGroup")
def send_media_group(request: Request) -> list[Json]:
    """An album."""
    items: list[Json] = request.params.get("media") or []
    if not 2 <= len(items) <= 10:
        raise bad_request("wrong number of messages in the album, must be 2-10")
    kinds = {item.get("type") for item in items}
    if len(kinds) > 1 and not kinds <= {"photo", "video"}:
        raise bad_request("Can't use the media of the specified type in the album")
    messages = []
    for item in items:
        message = outgoing(request, _caption(request, item), CAPTION_LIMIT, _LONG_CAPTION)
        message.media = medium(request, str(item["type"]), item.get("media"))
        messages.append(message)
    request.commit()
    request.count(_chat(messages[0]), len(messages))
    group = request.world.serial("album-")
    for message in messages:
        message.media_group_id = group
        request.world.post(message)
    return [message.to_json() for message in messages]


@handles("forwardMessage", "copyMessage")
def forward_message(request: Request) -> Json:
    """One message again, with or without its origin."""
    chat, source_chat = request.chat(), request.chat("from_chat_id", write=False)
    forward = request.method == "forwardMessage"
    original = request.message(source_chat, f"message to {'forward' if forward else 'copy'}")
    message = _again(request, chat, original, forward=forward)
    request.commit()
    request.count(chat)
    request.world.post(message)
    return message.to_json() if forward else {"message_id": message.id}


@handles("forwardMessages", "copyMessages")
def forward_messages(request: Request) -> list[Json]:
    """Several messages again."""
    chat, source_chat = request.chat(), request.chat("from_chat_id", write=False)
    forward = request.method == "forwardMessages"
    wanted = [source_chat.history.get(number) for number in request.required("message_ids")]
    originals = [message for message in wanted if message is not None and not message.deleted]
    if not originals:
        raise bad_request(f"there are no messages to {'forward' if forward else 'copy'}")
    request.commit()
    request.count(chat, len(originals))
    again = [_again(request, chat, original, forward=forward) for original in originals]
    return [{"message_id": request.world.post(message).id} for message in again]


@handles("sendChatAction")
def send_chat_action(request: Request) -> bool:
    """Show that something is under way."""
    chat = request.chat()
    request.topic_id(chat)
    action = str(request.params.get("action") or "")
    if action not in CHAT_ACTIONS:
        raise bad_request("wrong parameter action in request")
    request.commit()
    chat.actions.append(action)
    request.world.bell.ring()
    return True


_LONG_CAPTION = "Message caption is too long"


def _chat(message: Message) -> Chat:
    assert message.chat is not None
    return message.chat


def _caption(request: Request, source: Json) -> FormattedText:
    return request.formatted(
        source.get("caption") or "",
        source.get("parse_mode"),
        source.get("caption_entities"),
        allow_empty=True,
    )


def _again(request: Request, chat: Chat, original: Message, *, forward: bool) -> Message:
    message = request.world.new(chat, request.world.bot, original.content)
    message.media = dict(original.media)
    message.topic_id = request.topic_id(chat)
    if forward:
        if original.protected:
            raise bad_request("Message has protected content and can't be forwarded")
        message.origin = origin_of(original)
    else:
        markup = request.params.get("reply_markup")
        check_markup(markup)
        message.markup = normalised(markup)
    return message


def origin_of(message: Message) -> Json:
    """Where a forwarded message came from, as a ``MessageOrigin``."""
    if message.origin is not None:
        return message.origin
    if message.chat is not None and message.chat.type == "channel":
        return {
            "type": "channel",
            "date": message.date,
            "chat": message.chat.to_json(),
            "message_id": message.id,
        }
    if message.sender_chat is not None:
        return {
            "type": "chat",
            "date": message.date,
            "sender_chat": message.sender_chat.to_json(),
        }
    assert message.sender is not None
    return {"type": "user", "date": message.date, "sender_user": message.sender.to_json()}


def outgoing(request: Request, content: FormattedText, limit: int, too_long: str) -> Message:
    """A message of the bot, checked by the rules that hold for all of them.

    Raises:
        Refusal: one of the rules is broken.
    """
    params = request.params
    chat = request.chat()
    topic_id = request.topic_id(chat)
    reply_to, quote = _reply(request, chat)
    check_length(content, limit, too_long)
    markup = params.get("reply_markup")
    check_markup(markup)
    message = request.world.new(chat, request.world.bot, content)
    if chat.type == "channel":
        message.sender, message.sender_chat = request.world.bot, chat
    message.reply_to, message.quote = reply_to, quote
    message.topic_id = topic_id or (reply_to.topic_id if reply_to else None)
    message.markup = normalised(markup)
    message.protected = bool(params.get("protect_content"))
    message.silent = bool(params.get("disable_notification"))
    return message


def _reply(request: Request, chat: Chat) -> tuple[Message | None, Json | None]:
    reply: Json = request.params.get("reply_parameters") or {}
    if not reply:
        return None, None
    place = chat
    if reply.get("chat_id") not in (None, chat.id):
        found_chat = request.world.find_chat(reply["chat_id"])
        if found_chat is None:
            raise bad_request("chat not found")
        place = found_chat
    target = place.history.get(reply.get("message_id", 0))
    if target is None or target.deleted:
        if reply.get("allow_sending_without_reply") and place is chat:
            return None, None
        raise bad_request("message to be replied not found")
    if not reply.get("quote"):
        return target, None
    quote = request.formatted(
        reply["quote"],
        reply.get("quote_parse_mode"),
        reply.get("quote_entities"),
        allow_empty=True,
    )
    position = quote_position(target.content, quote, reply.get("quote_position", 0))
    if position is None or quote.length > CAPTION_LIMIT:
        raise bad_request("QUOTE_TEXT_INVALID")
    shown: Json = {"text": quote.text, "position": position, "is_manual": True}
    if marks := _marks(quote.entities):
        shown["entities"] = [entity.to_json() for entity in marks]
    return target, shown


def _marks(entities: tuple[Entity, ...]) -> list[Entity]:
    return [entity for entity in entities if entity.type in QUOTABLE]


def quote_position(text: FormattedText, quote: FormattedText, near: int) -> int | None:
    """Where the quote stands word for word and mark for mark; the place nearest to ``near``.

    In UTF-16 code units; None when it stands nowhere.
    """
    wanted = _marks(quote.entities)
    places = []
    found = text.text.find(quote.text)
    while found >= 0:
        start = utf16_length(text.text[:found])
        end = start + quote.length
        found = text.text.find(quote.text, found + 1)
        marks = [
            replace(
                entity,
                offset=max(entity.offset, start) - start,
                length=min(entity.end, end) - max(entity.offset, start),
            )
            for entity in _marks(text.entities)
            if entity.offset < end and entity.end > start
        ]
        if marks == wanted:
            places.append(start)
    return min(places, key=lambda place: abs(place - near), default=None)
