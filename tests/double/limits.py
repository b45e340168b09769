"""Telegram's rates: beyond them, 429 with ``retry_after``."""

from __future__ import annotations

import math
import time
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass

from tests.double.errors import too_many_requests


@dataclass(frozen=True, slots=True)
class Rates:
    """Messages that a bot may send (from ``FloodLimit`` in ``telegram.constants``)."""

    overall_per_second: int = 30
    chat_per_second: int = 1
    group_per_minute: int = 20


class RateLimiter:
    """Counts sent messages in sliding windows; the clock can be set by a test."""

    def __init__(self, rates: Rates, clock: Callable[[], float] = time.monotonic) -> None:
        self.rates = rates
        self.clock = clock
        self._sent: defaultdict[object, deque[float]] = defaultdict(deque)

    def count(self, chat_id: int, *, group: bool, messages: int = 1) -> None:
        """Count messages to a chat.

        Raises:
            Refusal: 429, when one of the windows is full; then nothing is counted.
        """
        now = self.clock()
        windows: list[tuple[object, int, float]] = [
            ("overall", self.rates.overall_per_second, 1.0),
            (("chat", chat_id), self.rates.chat_per_second, 1.0),
        ]
        if group:
            windows.append((("group", chat_id), self.rates.group_per_minute, 60.0))
        for key, most, seconds in windows:
            sent = self._sent[key]
            while sent and sent[0] <= now - seconds:
                sent.popleft()
            if len(sent) >= most:
                raise too_many_requests(math.ceil(sent[0] + seconds - now))
        for key, _, _ in windows:
            self._sent[key].extend([now] * messages)
