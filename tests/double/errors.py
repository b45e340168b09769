"""How Telegram says no: a code, a description and sometimes parameters.

The words are those of the Bot API server (github.com/tdlib/telegram-bot-api, ``Client.cpp``) and of
TDLib; what only Telegram's closed servers check keeps their upper-case names.
"""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]


class Refusal(Exception):
    """A call that is answered with ``"ok": false``."""

    def __init__(self, code: int, description: str, parameters: Json | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters or {}

    def to_json(self) -> Json:
        """The body of the answer."""
        body: Json = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            body["parameters"] = self.parameters
        return body


def bad_request(reason: str, **parameters: Any) -> Refusal:
    """A 400; the first letter of ``reason`` is lowered as the Bot API server does."""
    if len(reason) > 1 and (reason[1] == "_" or reason[1].isupper()):
        return Refusal(400, f"Bad Request: {reason}", parameters)
    return Refusal(400, f"Bad Request: {reason[:1].lower()}{reason[1:]}", parameters)


def forbidden(reason: str) -> Refusal:
    """A 403."""
    return Refusal(403, f"Forbidden: {reason}")


def conflict(reason: str) -> Refusal:
    """A 409."""
    return Refusal(409, f"Conflict: {reason}")


def too_many_requests(seconds: int) -> Refusal:
    """A 429 that says after how many whole seconds to try again."""
    return Refusal(
        429, f"Too Many Requests: retry after {seconds}", {"retry_after": max(1, seconds)}
    )
