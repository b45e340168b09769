"""Failures that a test scripts: refusals, dropped connections, delays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.double.errors import Refusal

Json = dict[str, Any]


def _any(_: Json) -> bool:
    return True


@dataclass(slots=True)
class Failure:
    """What is done to the next calls of a method."""

    method: str
    times: int = 1
    refusal: Refusal | None = None
    delay: float = 0.0
    """Seconds before the call is looked at."""
    drop: str | None = None
    """``before``: the connection is closed and nothing was done; ``after``: it was done, but the
    answer never arrives."""
    when: Callable[[Json], bool] = field(default=_any)
    """Whether the call's parameters are meant."""


class Failures:
    """The script, in the order in which it was written."""

    def __init__(self) -> None:
        self._script: list[Failure] = []

    def add(self, failure: Failure) -> None:
        """Append to the script."""
        self._script.append(failure)

    def clear(self) -> None:
        """Let everything succeed again."""
        self._script.clear()

    def take(self, method: str, params: Json) -> Failure | None:
        """The failure that is meant for this call, counted as used."""
        for failure in self._script:
            if failure.method in {method, "*"} and failure.when(params):
                failure.times -= 1
                if failure.times <= 0:
                    self._script.remove(failure)
                return failure
        return None
