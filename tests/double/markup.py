"""Rules for keyboards."""

from __future__ import annotations

from typing import Any

from tests.double.constraints import utf16_length
from tests.double.errors import Refusal, bad_request
from tests.double.links import link_fault, user_of_link

Json = dict[str, Any]

MOST_BUTTONS = 100
MOST_IN_A_ROW = 8
ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)


def check_markup(markup: Json | None, *, inline_only: bool = False) -> None:
    """Refuse a keyboard that Telegram would refuse.

    Raises:
        Refusal: with the reason.
    """
    if markup is None:
        return
    inline = markup.get("inline_keyboard")
    if inline is None:
        if inline_only and markup:
            raise bad_request("Inline keyboard expected")
        for row in markup.get("keyboard", []):
            for button in row:
                _check_keyboard_button(button)
        return
    buttons = [button for row in inline for button in row]
    if len(buttons) > MOST_BUTTONS or any(len(row) > MOST_IN_A_ROW for row in inline):
        raise bad_request("reply markup is too long")
    for button in buttons:
        _check_inline_button(button)


def normalised(markup: Json | None) -> Json | None:
    """The keyboard as Telegram keeps it: without empty rows, None when nothing is left."""
    if markup is None or "inline_keyboard" not in markup:
        return markup
    rows = [row for row in markup["inline_keyboard"] if row]
    return {"inline_keyboard": rows} if rows else None


def _check_keyboard_button(button: Any) -> None:
    text = button if isinstance(button, str) else button.get("text", "")
    if not text:
        raise bad_request("Can't parse keyboard button: Keyboard button text must be non-empty")


def _check_inline_button(button: Json) -> None:
    if not button.get("text"):
        raise bad_request("Inline keyboard button text must be non-empty")
    actions = [name for name in ACTIONS if name in button]
    if button.get("callback_data") == "" or button.get("url") == "":
        actions = [name for name in actions if button[name] != ""]
    if not actions:
        raise bad_request(
            "Can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if len(actions) > 1:
        raise Refusal(
            400,
            f"Bad Request: [double] button {button['text']!r} has {len(actions)} actions "
            f"({', '.join(actions)}); exactly one is allowed, Telegram would take the first",
        )
    data = button.get("callback_data")
    if data is not None and not 1 <= len(str(data).encode()) <= 64:
        raise bad_request("BUTTON_DATA_INVALID")
    url = button.get("url")
    if url is not None and user_of_link(url) is None and (fault := link_fault(url)) is not None:
        raise bad_request(f"Inline keyboard button URL '{url}' is invalid: {fault}")
    copied = button.get("copy_text")
    if copied is not None and not 1 <= utf16_length(copied.get("text", "")) <= 256:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
    if len(button.get("switch_inline_query_current_chat") or "") > 256:
        raise bad_request("BUTTON_DATA_INVALID")
