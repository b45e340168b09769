"""Methods that answer a query: a tapped button, an inline query, a guest question."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.double.constraints import utf16_length
from tests.double.entities import FormattedText
from tests.double.errors import Refusal, bad_request
from tests.double.links import is_start_parameter
from tests.double.markup import check_markup, normalised
from tests.double.methods.registry import handles
from tests.double.request import CAPTION_LIMIT, TEXT_LIMIT, Request, check_length

Json = dict[str, Any]
MOST_RESULTS = 50


@dataclass(frozen=True, slots=True)
class InlineResult:
    """One result of an inline query, with the message that it would send."""

    id: str
    type: str
    title: str
    description: str
    content: FormattedText
    markup: Json | None
    preview: Json | None
    raw: Json = field(repr=False)

    @property
    def text(self) -> str:
        """What would be sent."""
        return self.content.text


@handles("answerCallbackQuery")
def answer_callback(request: Request) -> bool:
    """End the waiting of a tapped button, with or without a notice."""
    query = request.world.open_query(request.required("callback_query_id"), "callback")
    if utf16_length(request.params.get("text") or "") > 200:
        raise bad_request("MESSAGE_TOO_LONG")
    request.commit()
    query.answer = {k: v for k, v in request.params.items() if k != "callback_query_id"}
    request.world.bell.ring()
    return True


@handles("answerInlineQuery")
def answer_inline(request: Request) -> bool:
    """The results of an inline query."""
    results = request.params.get("results") or []
    if len(results) > MOST_RESULTS:
        raise bad_request("Too many inline query results specified")
    read = [inline_result(request, result) for result in results]
    if len({result.id for result in read}) != len(read):
        raise bad_request("RESULT_ID_DUPLICATE")
    next_offset = request.params.get("next_offset") or ""
    if len(next_offset.encode()) > 64:
        raise bad_request("NEXT_OFFSET_INVALID")
    _check_button(request.params.get("button"))
    query = request.world.open_query(request.required("inline_query_id"), "inline")
    request.commit()
    query.answer = {
        "results": read,
        "next_offset": next_offset,
        "button": request.params.get("button"),
        "cache_time": request.params.get("cache_time", 300),
        "is_personal": bool(request.params.get("is_personal")),
    }
    request.world.bell.ring()
    return True


@handles("answerGuestQuery")
def answer_guest(request: Request) -> Json:
    """The one message that answers a guest question, in a chat where the bot is not."""
    raw = request.params.get("result")
    if not raw:
        raise bad_request("Result isn't specified")
    result = inline_result(request, raw)
    query = request.world.open_query(request.required("guest_query_id"), "guest")
    request.commit()
    world = request.world
    message = world.new(query.chat, world.bot, result.content)
    message.markup, message.link_preview = result.markup, result.preview
    message.guest_caller = query.user
    message.reply_to = query.message
    message.inline_id = world.serial("inline-")
    world.inline_messages[message.inline_id] = message
    query.answer = {"message": message}
    world.post(message)
    return {"inline_message_id": message.inline_id}


@handles("answerWebAppQuery", "savePreparedInlineMessage")
def prepare_result(request: Request) -> Json:
    """Check a result and keep it; nobody can choose it here."""
    inline_result(request, request.required("result"))
    request.commit()
    if request.method == "answerWebAppQuery":
        return {}
    return {
        "id": request.world.serial("prepared-"),
        "expiration_date": request.world.now() + 3600,
    }


def inline_result(request: Request, raw: Json) -> InlineResult:
    """Read one ``InlineQueryResult`` as Telegram does.

    Raises:
        Refusal: with the reason.
    """
    result_id = str(raw.get("id", ""))
    if not 1 <= len(result_id.encode()) <= 64:
        raise bad_request("RESULT_ID_INVALID")
    kind = str(raw.get("type", ""))
    title = str(raw.get("title") or "")
    body = raw.get("input_message_content")
    if kind == "article" and (not title or body is None):
        missing = "title" if not title else "message_text"
        raise bad_request(f"Can't parse inline query result: Can't find field \"{missing}\"")
    check_markup(raw.get("reply_markup"), inline_only=True)
    content, preview = _content(request, raw, body)
    return InlineResult(
        id=result_id,
        type=kind,
        title=title,
        description=str(raw.get("description") or ""),
        content=content,
        markup=normalised(raw.get("reply_markup")),
        preview=preview,
        raw=raw,
    )


def _content(request: Request, raw: Json, body: Json | None) -> tuple[FormattedText, Json | None]:
    try:
        if body is None:
            caption = request.formatted(
                raw.get("caption") or "",
                raw.get("parse_mode"),
                raw.get("caption_entities"),
                allow_empty=True,
            )
            check_length(caption, CAPTION_LIMIT, "MEDIA_CAPTION_TOO_LONG")
            return caption, None
        if "message_text" not in body:
            return FormattedText(), None
        if not body["message_text"]:
            raise bad_request("can't parse message: Message text is empty")
        text = request.formatted(body["message_text"], body.get("parse_mode"), body.get("entities"))
    except Refusal as refusal:
        reason = refusal.description.removeprefix("Bad Request: ")
        if not reason.startswith("can't parse"):
            raise
        raise bad_request(
            f"Can't parse inline query result: {reason[0].upper()}{reason[1:]}"
        ) from refusal
    check_length(text, TEXT_LIMIT, "MESSAGE_TOO_LONG")
    return text, request.preview(body.get("link_preview_options"))


def _check_button(button: Json | None) -> None:
    if button is None:
        return
    if not button.get("text"):
        raise bad_request("SWITCH_PM_TEXT_EMPTY")
    if "start_parameter" in button:
        if not is_start_parameter(button["start_parameter"]):
            raise bad_request("START_PARAM_INVALID")
    elif "web_app" not in button:
        raise bad_request(
            "Can't parse inline query results button: InlineQueryResultsButton must have exactly "
            "one optional field"
        )
