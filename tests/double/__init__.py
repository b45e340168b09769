"""A double of the Telegram Bot API: a loopback server that validates and enforces as Telegram does.

See ``docs/double.md``. Run it with ``python -m tests.double`` to chat with a bot in a terminal.
"""

from __future__ import annotations

from tests.double.double import Double
from tests.double.driver import InlineAnswer, Person, Tap
from tests.double.errors import Refusal
from tests.double.limits import Rates
from tests.double.records import Call, Loss, Violation
from tests.double.state import Chat, Message, Topic, User

__all__ = [
    "Call",
    "Chat",
    "Double",
    "InlineAnswer",
    "Loss",
    "Message",
    "Person",
    "Rates",
    "Refusal",
    "Tap",
    "Topic",
    "User",
    "Violation",
]
