"""Which update is handled when: each asker's in order, askers side by side."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from telegram import Update
from telegram.ext import BaseUpdateProcessor

AT_ONCE = 64
"""Updates handled at a time; one asker has at most one of these places."""
_UNBOUNDED = 1_000_000


class FairProcessor(BaseUpdateProcessor):
    """Handles one update of an asker at a time, in order, and those of many askers at once.

    PTB's own bound is taken before an update is looked at, so that somebody who sends hundreds
    would hold every place while they wait for one another. Here an asker's updates queue first
    among themselves, and only the foremost competes for a place.
    """

    def __init__(
        self, at_once: int = AT_ONCE, handled: Callable[[Update], None] | None = None
    ) -> None:
        """``handled`` is told of each update once it has been dealt with."""
        super().__init__(_UNBOUNDED)
        self._places = asyncio.Semaphore(at_once)
        self._queues: dict[int, asyncio.Lock] = {}
        self._counts: dict[int, int] = {}
        self._handled = handled

    @property
    def busy(self) -> bool:
        """Whether somebody waits for an answer."""
        return bool(self._queues)

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to release."""

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Handle an update when its turn has come."""
        asker = _asker(update)
        queue = self._queues.setdefault(asker, asyncio.Lock())
        self._counts[asker] = self._counts.get(asker, 0) + 1
        try:
            async with queue, self._places:
                await coroutine
            if self._handled and isinstance(update, Update):
                self._handled(update)
        finally:
            self._counts[asker] -= 1
            if not self._counts[asker]:
                del self._counts[asker], self._queues[asker]


def _asker(update: object) -> int:
    """Whose update it is: a user, else a chat, else nobody's in particular."""
    if not isinstance(update, Update):
        return 0
    user, chat = update.effective_user, update.effective_chat
    return user.id if user else chat.id if chat else 0
