"""Keeps the bot's token out of every log record and traceback.

The token is part of each request's URL, which httpx logs and exceptions repeat. Records are
cleaned as they are made, so no handler, formatter or test ever sees it.
"""

from __future__ import annotations

import logging
import re
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Any

HIDDEN = "<token>"

_TOKEN = re.compile(r"\b\d{5,}:[A-Za-z0-9_-]{20,}")
_NOISY = ("httpx", "httpcore", "tornado.access")


class Redactor:
    """Replaces secrets, and whatever looks like a bot token, in a text."""

    def __init__(self, *secrets: str | None) -> None:
        self._secrets = tuple(sorted((s for s in secrets if s), key=len, reverse=True))

    def __call__(self, text: str) -> str:
        """The text without the secrets."""
        for secret in self._secrets:
            text = text.replace(secret, HIDDEN)
        return _TOKEN.sub(HIDDEN, text)


@contextmanager
def redacted(*secrets: str | None) -> Iterator[Redactor]:
    """Redact every log record and uncaught traceback of this process while inside."""
    redact = Redactor(*secrets)
    make, hook = logging.getLogRecordFactory(), sys.excepthook
    levels = {name: logging.getLogger(name).level for name in _NOISY}

    def hooked(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        sys.stderr.write(redact("".join(traceback.format_exception(kind, error, trace))))

    logging.setLogRecordFactory(_factory(make, redact))
    sys.excepthook = hooked
    for name in _NOISY:
        logging.getLogger(name).setLevel(logging.WARNING)
    try:
        yield redact
    finally:
        logging.setLogRecordFactory(make)
        sys.excepthook = hook
        for name, level in levels.items():
            logging.getLogger(name).setLevel(level)


def _factory(
    make: Callable[..., logging.LogRecord], redact: Redactor
) -> Callable[..., logging.LogRecord]:
    def redacting(*arguments: Any, **keywords: Any) -> logging.LogRecord:
        record = make(*arguments, **keywords)
        try:
            message = record.getMessage()
        except (TypeError, ValueError):
            # The record's arguments don't fit its message; logging itself will say so.
            message = None
        if message is not None and (clean := redact(message)) != message:
            record.msg, record.args = clean, None
        if record.exc_info and record.exc_info[0] is not None:
            trace = "".join(traceback.format_exception(*record.exc_info)).rstrip("\n")
            if (clean := redact(trace)) != trace:
                # A formatter prints exc_text as it stands, and can't get at the exception.
                record.exc_text, record.exc_info = clean, None
        return record

    return redacting
