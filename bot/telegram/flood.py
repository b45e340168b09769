"""Staying within Telegram's rates, with interactive answers first.

PTB's ``AIORateLimiter`` has two traps that this one avoids: a ``RetryAfter`` from one chat halts
them all, and nothing goes before anything else. Rates are those of PTB's ``FloodLimit``: about
30 messages a second in all, 1 a second in a chat, 20 a minute in a group.
"""

from __future__ import annotations

import asyncio
import logging
import math
from collections import deque
from collections.abc import Callable, Coroutine
from datetime import timedelta
from enum import IntEnum
from heapq import heappop, heappush
from itertools import count
from typing import Any

from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

_log = logging.getLogger(__name__)


class Priority(IntEnum):
    """Who goes first where there is a queue."""

    INTERACTIVE = 0
    """Someone waits for it."""
    FOLLOWING = 1
    """Further parts of a long answer."""
    BACKGROUND = 2
    """Nobody waits for it."""
    ALERT = 3
    """As background, but kept in the outbox: after a 429 it is tried again from there."""


class Gate:
    """Lets at most ``limit`` pass in any ``period`` seconds, the most urgent first.

    Where it is ``eager``, interactive ones don't wait for a place, though they take one: Telegram
    bears short bursts, and says so when it does not. Background ones leave ``reserve`` places.
    """

    def __init__(self, limit: int, period: float, *, eager: bool = False, reserve: int = 0) -> None:
        self._limit, self._period, self._eager, self._reserve = limit, period, eager, reserve
        self._passed: deque[float] = deque(maxlen=limit)
        self._closed_until = 0.0
        self._waiting: list[tuple[Priority, int, asyncio.Future[None]]] = []
        self._numbers = count()
        self._timer: asyncio.TimerHandle | None = None

    async def passing(self, priority: Priority) -> None:
        """Wait for one's turn and take it."""
        first = min((waiting[0] for waiting in self._waiting), default=None)
        if (first is None or first > priority) and self._delay(priority) <= 0:
            self._passed.append(_now())
            return
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heappush(self._waiting, (priority, next(self._numbers), turn))
        self._schedule()
        await turn

    def close(self, seconds: float) -> None:
        """Let nothing pass for so long."""
        self._closed_until = max(self._closed_until, _now() + seconds)

    @property
    def closed(self) -> float:
        """Seconds for which nothing passes, 0 when it is open."""
        return max(0.0, self._closed_until - _now())

    @property
    def idle(self) -> bool:
        """Whether forgetting this gate would change nothing."""
        return not self._waiting and self._closed_until <= _now() and not self._recent()

    def _recent(self) -> list[float]:
        since = _now() - self._period
        return [passed for passed in self._passed if passed > since]

    def _delay(self, priority: Priority) -> float:
        """Seconds until one of this priority may pass."""
        closed = self._closed_until - _now()
        if self._eager and priority is Priority.INTERACTIVE:
            return closed
        room = self._limit - (self._reserve if priority >= Priority.BACKGROUND else 0)
        recent = self._recent()
        full = recent[-room] + self._period - _now() if len(recent) >= room else 0.0
        return max(closed, full)

    def _schedule(self) -> None:
        """Look again when the first of those who wait may pass."""
        if self._timer:
            self._timer.cancel()
            self._timer = None
        if self._waiting:
            # A timer may fire a clock tick early: then it is set once more, for that tick.
            delay = max(self._delay(self._waiting[0][0]), 0.001)
            self._timer = asyncio.get_running_loop().call_later(delay, self._release)

    def _release(self) -> None:
        while self._waiting:
            priority, _, turn = self._waiting[0]
            if not turn.done() and self._delay(priority) > 0:
                break
            heappop(self._waiting)
            if not turn.done():
                self._passed.append(_now())
                turn.set_result(None)
        self._schedule()


class FloodControl(BaseRateLimiter[Priority]):
    """Spaces out messages, and after a 429 tries again in that chat without halting others."""

    ATTEMPTS = 4
    LONGEST_WAIT = 60.0
    """Seconds; someone who waits longer than that has gone."""
    ALERT_WAIT = 5.0
    """Seconds that an alert waits here for a chat that asked to wait; its lease is short."""
    MOST_CHATS = 1_000
    """Chats with messages to space out at a time, above which the idle ones are forgotten."""

    def __init__(
        self,
        *,
        overall: tuple[int, float] = (30, 1.0),
        chat: tuple[int, float] = (1, 1.0),
        group: tuple[int, float] = (20, 60.0),
    ) -> None:
        """Each rate is so many messages in so many seconds."""
        self._chat, self._group = chat, group
        self._overall = Gate(*overall, eager=True, reserve=max(1, overall[0] // 3))
        self._chats: dict[int | str, tuple[Gate, ...]] = {}

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to release."""

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: Priority | None,
    ) -> Any:
        """Make a request in its turn.

        Raises:
            RetryAfter: Telegram asks to wait for longer than anyone would, or again and again.
        """
        priority = Priority.INTERACTIVE if rate_limit_args is None else rate_limit_args
        gates = self._gates(data.get("chat_id")) if _is_message(endpoint) else ()
        for attempt in count(1):
            closed = max((gate.closed for gate in gates), default=0.0)
            if priority is Priority.ALERT and closed > self.ALERT_WAIT:
                raise RetryAfter(timedelta(seconds=math.ceil(closed)))
            for gate in gates:
                await gate.passing(priority)
            try:
                return await callback(*args, **kwargs)
            except RetryAfter as error:
                wait = _seconds(error)
                if gates:
                    gates[0].close(wait)
                too_long = wait > self.LONGEST_WAIT and priority is not Priority.BACKGROUND
                if attempt == self.ATTEMPTS or too_long or priority is Priority.ALERT:
                    raise
                _log.warning("%s: asked to wait %.1f s; other chats go on", endpoint, wait)
                if not gates:
                    await asyncio.sleep(wait)

    def _gates(self, chat: Any) -> tuple[Gate, ...]:
        """What a message to this chat passes through, the chat's own gate first."""
        if chat is None:
            return ()
        if chat not in self._chats:
            if len(self._chats) >= self.MOST_CHATS:
                self._chats = {
                    other: gates
                    for other, gates in self._chats.items()
                    if not all(gate.idle for gate in gates)
                }
            own = Gate(*self._chat, eager=True)
            is_private = isinstance(chat, int) and chat > 0
            self._chats[chat] = (own,) if is_private else (own, Gate(*self._group))
        return (*self._chats[chat], self._overall)


def _now() -> float:
    return asyncio.get_running_loop().time()


def _is_message(endpoint: str) -> bool:
    """Whether a method counts as a message; "typing…" and answers to buttons don't."""
    if endpoint == "sendChatAction":
        return False
    return endpoint.startswith(("send", "edit", "copy", "forward"))


def _seconds(error: RetryAfter) -> float:
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
