"""How a call travels: query string, form, JSON or multipart."""

from __future__ import annotations

import json
from typing import Any

from aiohttp import web

from tests.double.errors import Refusal, bad_request
from tests.double.records import Upload

Json = dict[str, Any]

_JSON_NAMES = frozenset(
    [
        "allowed_updates",
        "caption_entities",
        "commands",
        "entities",
        "link_preview_options",
        "media",
        "menu_button",
        "message_ids",
        "reaction",
        "reply_markup",
        "reply_parameters",
        "result",
        "results",
        "scope",
        "button",
    ]
)
_BOOLEAN_NAMES = frozenset(
    ["disable_notification", "drop_pending_updates", "is_personal", "protect_content", "show_alert"]
)
_TEXT_NAMES = frozenset(
    ["caption", "description", "inline_message_id", "name", "short_description", "text", "url"]
)


async def read_call(request: web.Request) -> tuple[Json, dict[str, Upload]]:
    """The raw parameters of a call and the files that came with it.

    Raises:
        Refusal: the body can't be read.
    """
    raw: Json = dict(request.query)
    uploads: dict[str, Upload] = {}
    if request.method != "POST":
        return raw, uploads
    if request.content_type == "application/json":
        try:
            body = json.loads(await request.text() or "{}")
        except ValueError:
            raise bad_request("can't parse JSON object") from None
        if not isinstance(body, dict):
            raise bad_request("object expected as JSON body")
        return raw | body, uploads
    try:
        form = await request.post()
    except web.HTTPRequestEntityTooLarge:
        raise Refusal(413, "Request Entity Too Large") from None
    for name, value in form.items():
        if isinstance(value, web.FileField):
            uploads[name] = Upload(value.filename, value.file.read(), value.content_type)
        elif isinstance(value, bytes | bytearray):
            raw[name] = value.decode("utf-8", "replace")
        else:
            raw[name] = value
    return raw | uploads, uploads


def guess_types(raw: Json) -> Json:
    """Read parameters without the specification: by their names, as far as the rules need.

    Raises:
        Refusal: an object or array is not JSON.
    """
    return {name: _guess(name, value) for name, value in raw.items()}


def _guess(name: str, value: Any) -> Any:
    if not isinstance(value, str) or name in _TEXT_NAMES:
        return value
    if name in _JSON_NAMES:
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {name} JSON object") from None
    if name in _BOOLEAN_NAMES:
        return value.lower() in {"true", "1"}
    if name.endswith(("_id", "offset", "limit", "timeout", "_time", "connections")):
        return int(value) if value.lstrip("-").isdigit() and name != "next_offset" else value
    return value
