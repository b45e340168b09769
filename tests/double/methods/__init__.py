"""The methods that the double does, each in the module of its concern."""

from __future__ import annotations

from tests.double.methods import answering, chats, editing, files, profile, sending
from tests.double.methods.registry import HANDLERS, Handler

__all__ = [
    "HANDLERS",
    "Handler",
    "answering",
    "chats",
    "editing",
    "files",
    "profile",
    "sending",
]
