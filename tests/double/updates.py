"""The queue of updates, and how long polling hands them out."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

from tests.double.errors import Refusal, conflict

Json = dict[str, Any]

ALL = (
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "business_connection",
    "business_message",
    "edited_business_message",
    "deleted_business_messages",
    "guest_message",
    "message_reaction",
    "message_reaction_count",
    "inline_query",
    "chosen_inline_result",
    "callback_query",
    "shipping_query",
    "pre_checkout_query",
    "purchased_paid_media",
    "poll",
    "poll_answer",
    "my_chat_member",
    "chat_member",
    "chat_join_request",
    "chat_boost",
    "removed_chat_boost",
    "managed_bot",
)
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


def kind_of(update: Json) -> str:
    """The kind of an update: the name of its one field beside the id."""
    return next(name for name in update if name != "update_id")


class UpdateQueue:
    """Updates that the bot has not confirmed."""

    def __init__(self, on_hand_out: Callable[[Json], None]) -> None:
        self.pending: list[Json] = []
        self.allowed: list[str] = []
        """As set by the bot; empty means the default."""
        self._next_id = 100_000_001
        self._on_hand_out = on_hand_out
        self._arrived = asyncio.Event()
        self._poller: asyncio.Future[Refusal] | None = None

    def add(self, kind: str, payload: Json) -> Json | None:
        """Queue an update; None when the bot did not ask for its kind."""
        wanted = kind in self.allowed if self.allowed else kind not in NOT_BY_DEFAULT
        if not wanted:
            return None
        update: Json = {"update_id": self._next_id, kind: payload}
        self._next_id += 1
        self.pending.append(update)
        self._wake()
        return update

    def allow(self, kinds: list[str] | None) -> None:
        """Set the wanted kinds; None keeps the earlier setting, as Telegram does."""
        if kinds is not None:
            self.allowed = [kind for kind in kinds if kind in ALL]

    def drop(self) -> None:
        """Forget all pending updates."""
        self.pending.clear()

    def confirm(self, offset: int) -> None:
        """Forget updates below ``offset``; a negative one counts from the end of the queue."""
        if offset < 0:
            self.pending = self.pending[offset:]
        else:
            self.pending = [u for u in self.pending if u["update_id"] >= offset]

    def handed_out(self, update: Json) -> None:
        """Note that the bot is given ``update`` now."""
        self._on_hand_out(update)

    def _wake(self) -> None:
        self._arrived.set()
        self._arrived = asyncio.Event()

    @property
    def arrival(self) -> asyncio.Event:
        """Set when the next update is queued; take it before looking at the queue."""
        return self._arrived

    def interrupt(self, reason: str) -> None:
        """End a poll that waits, with a 409."""
        if self._poller is not None and not self._poller.done():
            self._poller.set_result(conflict(reason))

    async def poll(self, offset: int, limit: int, within: float) -> list[Json]:
        """Long polling: at once if there is something, else up to ``within`` seconds later.

        Raises:
            Refusal: 409, when another poll (or a webhook) took over meanwhile.
        """
        self.interrupt(
            "terminated by other getUpdates request; make sure that only one bot instance is "
            "running"
        )
        self.confirm(offset)
        if not self.pending and within > 0:
            await self._long_poll(within)
        chosen = self.pending[: max(1, min(limit, 100))]
        for update in chosen:
            self.handed_out(update)
        return chosen

    async def _long_poll(self, within: float) -> None:
        mine: asyncio.Future[Refusal] = asyncio.get_running_loop().create_future()
        self._poller = mine
        deadline = time.monotonic() + within
        try:
            while not self.pending and (left := deadline - time.monotonic()) > 0:
                arrival = asyncio.ensure_future(self.arrival.wait())
                both: set[asyncio.Future[Any]] = {arrival, mine}
                await asyncio.wait(both, timeout=left, return_when=asyncio.FIRST_COMPLETED)
                arrival.cancel()
                if mine.done():
                    raise mine.result()
        finally:
            if self._poller is mine:
                self._poller = None
