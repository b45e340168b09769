"""Methods that change or remove a message."""

from __future__ import annotations

from typing import Any

from tests.double.entities import FormattedText
from tests.double.errors import bad_request
from tests.double.markup import check_markup, normalised
from tests.double.methods.files import medium
from tests.double.methods.registry import handles
from tests.double.request import CAPTION_LIMIT, TEXT_LIMIT, Request, check_length, same
from tests.double.state import Message

Json = dict[str, Any]
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


@handles("editMessageText")
def edit_text(request: Request) -> Json | bool:
    """Another text."""
    source = request.params.get("text") or ""
    if not source:
        raise bad_request("Message text is empty")
    content = request.formatted(
        source, request.params.get("parse_mode"), request.params.get("entities")
    )
    message = _target(request)
    if message.media:
        raise bad_request("there is no text in the message to edit")
    check_length(content, TEXT_LIMIT, "MESSAGE_TOO_LONG")
    preview = request.preview(request.params.get("link_preview_options"))
    answer = _change(request, message, content, preview=preview)
    message.source = source
    return answer


@handles("editMessageCaption")
def edit_caption(request: Request) -> Json | bool:
    """Another caption."""
    content = request.formatted(
        request.params.get("caption") or "",
        request.params.get("parse_mode"),
        request.params.get("caption_entities"),
        allow_empty=True,
    )
    message = _target(request)
    if not message.media:
        raise bad_request("there is no caption in the message to edit")
    check_length(content, CAPTION_LIMIT, "MEDIA_CAPTION_TOO_LONG")
    return _change(request, message, content)


@handles("editMessageMedia")
def edit_media(request: Request) -> Json | bool:
    """Another file."""
    item: Json = request.required("media")
    content = request.formatted(
        item.get("caption") or "",
        item.get("parse_mode"),
        item.get("caption_entities"),
        allow_empty=True,
    )
    message = _target(request)
    check_length(content, CAPTION_LIMIT, "MEDIA_CAPTION_TOO_LONG")
    media = medium(request, str(item["type"]), item.get("media"))
    return _change(request, message, content, media=media)


@handles("editMessageReplyMarkup")
def edit_markup(request: Request) -> Json | bool:
    """Another keyboard."""
    message = _target(request)
    return _change(request, message, message.content, preview=message.link_preview)


@handles("deleteMessage")
def delete_message(request: Request) -> bool:
    """Take a message away."""
    chat = request.chat(write=False)
    message = request.message(chat, "message to delete")
    _check_deletable(request, message)
    request.commit()
    _delete(request, message)
    return True


@handles("deleteMessages")
def delete_messages(request: Request) -> bool:
    """Take messages away; those that are not there are passed over."""
    chat = request.chat(write=False)
    found = [chat.history.get(number) for number in request.required("message_ids")]
    messages = [message for message in found if message is not None and not message.deleted]
    for message in messages:
        _check_deletable(request, message)
    request.commit()
    for message in messages:
        _delete(request, message)
    return True


@handles("pinChatMessage", "unpinChatMessage")
def pin_message(request: Request) -> bool:
    """Pin or unpin."""
    chat = request.chat()
    pin = request.method == "pinChatMessage"
    message = request.message(chat, f"message to {'pin' if pin else 'unpin'}")
    request.commit()
    chat.pinned = [number for number in chat.pinned if number != message.id]
    if pin:
        chat.pinned.append(message.id)
    return True


@handles("setMessageReaction")
def set_reaction(request: Request) -> bool:
    """React to a message."""
    request.message(request.chat(), "message to react")
    request.commit()
    return True


def _target(request: Request) -> Message:
    inline_id = request.params.get("inline_message_id")
    if inline_id:
        found = request.world.inline_messages.get(str(inline_id))
        if found is None or found.deleted:
            raise bad_request("MESSAGE_ID_INVALID")
        return found
    message = request.message(request.chat(), "message to edit")
    if message.sender is not request.world.bot or message.service or message.origin is not None:
        raise bad_request("message can't be edited")
    return message


def _change(
    request: Request,
    message: Message,
    content: FormattedText,
    *,
    media: Json | None = None,
    preview: Json | None = None,
) -> Json | bool:
    raw = request.params.get("reply_markup")
    check_markup(raw, inline_only=True)
    markup = normalised(raw)
    before = (message.content.text, message.content.entities)
    unchanged = (
        media is None
        and before == (content.text, content.entities)
        and same(message.markup, markup)
        and same(message.link_preview, preview)
    )
    if unchanged:
        raise bad_request(_NOT_MODIFIED)
    request.commit()
    message.content, message.markup, message.link_preview = content, markup, preview
    if media is not None:
        message.media = media
    message.edit_date = request.world.now()
    request.world.changed(message)
    return True if request.params.get("inline_message_id") else message.to_json()


def _check_deletable(request: Request, message: Message) -> None:
    chat = message.chat
    assert chat is not None
    mine = message.sender is request.world.bot
    runs = chat.type == "private" or request.world.bot_status(chat) == "administrator"
    if not mine and not runs:
        raise bad_request("message can't be deleted")


def _delete(request: Request, message: Message) -> None:
    message.deleted = True
    request.world.changed(message, "deleted")
