"""So that one person can't starve the others: so many requests at once, then so many a second."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(slots=True)
class _Bucket:
    tokens: float
    filled_at: float
    warned: bool = False


@dataclass(frozen=True, slots=True)
class Admission:
    """Whether a request is dealt with."""

    granted: bool
    wait: float = 0.0
    """Seconds until the next would be."""
    first_refusal: bool = False
    """The person has not been told yet."""


class Allowance:
    """A token bucket for each person (RFC 2697 calls its parts burst and rate)."""

    MOST_PEOPLE = 10_000
    """People in memory, above which those whose bucket is full again are forgotten."""

    def __init__(
        self, burst: int, per_second: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._burst, self._rate, self._clock = burst, per_second, clock
        self._buckets: dict[int, _Bucket] = {}

    def take(self, person: int) -> Admission:
        """Count a request of a person."""
        now = self._clock()
        bucket = self._buckets.get(person)
        if bucket is None:
            if len(self._buckets) >= self.MOST_PEOPLE:
                self._forget_the_idle(now)
            bucket = self._buckets[person] = _Bucket(self._burst, now)
        bucket.tokens = self._filled(bucket, now)
        bucket.filled_at = now
        if bucket.tokens >= 1:
            bucket.tokens -= 1
            bucket.warned = False
            return Admission(True)
        first, bucket.warned = not bucket.warned, True
        return Admission(False, (1 - bucket.tokens) / self._rate, first)

    def _filled(self, bucket: _Bucket, now: float) -> float:
        return min(self._burst, bucket.tokens + (now - bucket.filled_at) * self._rate)

    def _forget_the_idle(self, now: float) -> None:
        self._buckets = {
            person: bucket
            for person, bucket in self._buckets.items()
            if self._filled(bucket, now) < self._burst
        }
