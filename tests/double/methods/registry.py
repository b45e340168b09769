"""Which function does which method."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.double.request import Request

Handler = Callable[[Request], Any]
HANDLERS: dict[str, Handler] = {}


def handles(*methods: str) -> Callable[[Handler], Handler]:
    """Register a function for methods; it returns the ``result`` of the answer."""

    def register(handler: Handler) -> Handler:
        HANDLERS.update(dict.fromkeys(methods, handler))
        return handler

    return register
