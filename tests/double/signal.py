"""Waiting for something to happen, without sleeping for luck."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class Bell:
    """Rings whenever the double's state changes."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def ring(self) -> None:
        """Wake everyone who waits."""
        self._event.set()
        self._event = asyncio.Event()

    async def until(self, look: Callable[[], T | None], within: float) -> T | None:
        """The first result of ``look`` that is not None; None after ``within`` seconds."""
        try:
            async with asyncio.timeout(within):
                while (found := look()) is None:
                    await self._event.wait()
                return found
        except TimeoutError:
            return look()
