"""What the double writes down about the bot under test."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Violation:
    """A call that the Bot API's specification does not allow."""

    method: str
    path: str
    """Where in the call: ``reply_markup.inline_keyboard[0][1].text``."""
    problem: str

    def __str__(self) -> str:
        return f"{self.method}: {self.path}: {self.problem}" if self.path else self.problem


@dataclass(frozen=True, slots=True)
class Loss:
    """Something that Telegram takes from a message without a word."""

    method: str
    what: str

    def __str__(self) -> str:
        return f"{self.method}: {self.what}"


@dataclass(slots=True)
class Call:
    """One call of the bot, as it came in and as it was answered."""

    method: str
    params: Json
    """As parsed: numbers, booleans and JSON objects; files as :class:`Upload`."""
    received: float
    """Seconds of the monotonic clock."""
    answered: float | None = None
    status: int | None = None
    """HTTP status; None while it runs, and when the connection was dropped."""
    description: str | None = None
    """Telegram's words when it was refused."""
    injected: bool = False
    """The refusal was scripted by the test."""

    @property
    def ok(self) -> bool:
        """Whether Telegram did it."""
        return self.status == 200

    def __str__(self) -> str:
        answer = self.description or self.status or "no answer"
        shown = {name: _short(value) for name, value in self.params.items()}
        return f"{self.method}({shown}) → {answer}"


def _short(value: Any) -> Any:
    text = repr(value)
    return value if len(text) <= 60 else f"{text[:57]}…"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a call."""

    name: str
    content: bytes = field(repr=False)
    media_type: str


@dataclass(frozen=True, slots=True)
class Latency:
    """From an update handed out to the answer that it brought."""

    update_id: int
    kind: str
    """The kind of update: ``message``, ``callback_query``…"""
    seconds: float
    method: str
    """The call that was the answer."""
