"""Methods about the bot itself: who it is, its commands, descriptions and menu button."""

from __future__ import annotations

import re
from typing import Any

from tests.double.constraints import utf16_length
from tests.double.errors import bad_request
from tests.double.methods.registry import handles
from tests.double.request import Request

Json = dict[str, Any]
MOST_COMMANDS = 100
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_TEXTS = {
    "Name": ("name", 64, "BOT_TITLE_INVALID"),
    "Description": ("description", 512, "BOT_DESCRIPTION_TOO_LONG"),
    "ShortDescription": ("short_description", 120, "BOT_ABOUT_TOO_LONG"),
}


@handles("getMe")
def get_me(request: Request) -> Json:
    """Who the bot is."""
    request.commit()
    return request.world.bot.to_json() | {
        "can_join_groups": True,
        "can_read_all_group_messages": not request.world.privacy,
        "supports_inline_queries": True,
        "supports_guest_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
        "can_manage_bots": False,
        "supports_join_request_queries": False,
    }


@handles("setMyCommands")
def set_commands(request: Request) -> bool:
    """The command menu of a scope and language."""
    commands: list[Json] = request.params.get("commands") or []
    if len(commands) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        name = str(command.get("command", "")).removeprefix("/")
        if not _COMMAND.fullmatch(name):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= utf16_length(str(command.get("description", ""))) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    key = _scope_key(request)
    request.commit()
    request.world.profile[key] = commands
    return True


@handles("getMyCommands")
def get_commands(request: Request) -> list[Json]:
    """What :func:`set_commands` set for the same scope and language."""
    key = _scope_key(request)
    request.commit()
    found: list[Json] = request.world.profile.get(key, [])
    return found


@handles("deleteMyCommands")
def delete_commands(request: Request) -> bool:
    """Take a command menu away."""
    key = _scope_key(request)
    request.commit()
    request.world.profile.pop(key, None)
    return True


@handles(*(f"setMy{name}" for name in _TEXTS))
def set_text(request: Request) -> bool:
    """Name, description or short description in a language."""
    field, limit, too_long = _TEXTS[request.method.removeprefix("setMy")]
    value = request.params.get(field) or ""
    if utf16_length(value) > limit:
        raise bad_request(too_long)
    language = _language(request)
    request.commit()
    request.world.profile[f"{field}:{language}"] = value
    return True


@handles(*(f"getMy{name}" for name in _TEXTS))
def get_text(request: Request) -> Json:
    """What :func:`set_text` set."""
    field = _TEXTS[request.method.removeprefix("getMy")][0]
    language = _language(request)
    request.commit()
    profile = request.world.profile
    default = request.world.bot.first_name if field == "name" else ""
    return {field: profile.get(f"{field}:{language}", profile.get(f"{field}:", default))}


@handles("setChatMenuButton")
def set_menu_button(request: Request) -> bool:
    """What opens beside the text field."""
    request.commit()
    request.world.profile[f"menu:{request.params.get('chat_id', '')}"] = request.params.get(
        "menu_button", {"type": "default"}
    )
    return True


@handles("getChatMenuButton")
def get_menu_button(request: Request) -> Json:
    """What :func:`set_menu_button` set."""
    request.commit()
    profile = request.world.profile
    button: Json = profile.get(
        f"menu:{request.params.get('chat_id', '')}", profile.get("menu:", {"type": "default"})
    )
    return button


@handles("logOut", "close")
def log_out(request: Request) -> bool:
    """Nothing to do here."""
    request.commit()
    return True


def _language(request: Request) -> str:
    language = str(request.params.get("language_code") or "")
    if language and not re.fullmatch(r"[a-z]{2}", language):
        raise bad_request("Invalid language code specified")
    return language


def _scope_key(request: Request) -> str:
    scope: Json = request.params.get("scope") or {"type": "default"}
    kind = scope.get("type", "")
    if kind in {"chat", "chat_administrators", "chat_member"}:
        chat = request.world.find_chat(scope.get("chat_id", 0))
        if chat is None:
            raise bad_request("chat not found")
        return f"commands:{kind}:{chat.id}:{scope.get('user_id', '')}:{_language(request)}"
    return f"commands:{kind}:{_language(request)}"
