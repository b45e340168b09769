"""Logging, with secrets struck out of every line: messages, arguments and tracebacks alike."""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence

from bot.settings import Settings

REDACTED = "[redacted]"
FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
CHATTY = ("httpx", "httpcore", "apscheduler", "alembic", "trafilatura", "htmldate")
"""Libraries that log each request or step at INFO, addresses with tokens among them."""


class RedactingFormatter(logging.Formatter):
    """Formats a record, then strikes out the secrets, wherever in it they stand."""

    def __init__(self, secrets: Sequence[str], fmt: str = FORMAT) -> None:
        super().__init__(fmt)
        self._secrets = sorted((secret for secret in secrets if secret), key=len, reverse=True)

    def format(self, record: logging.LogRecord) -> str:
        """The record's line or lines, without the secrets."""
        text = super().format(record)
        for secret in self._secrets:
            text = text.replace(secret, REDACTED)
        return text


class _Installed:
    """The one handler that we have put on the root logger."""

    handler: logging.Handler | None = None


def log_to_file(settings: Settings) -> None:
    """Log warnings to the data directory, as commands at a terminal do; made when first needed.

    Where the file can't be written, nothing is logged.
    """
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        settings.log_file.open("a").close()
    except OSError:
        return
    handler = logging.FileHandler(settings.log_file, encoding="utf-8")
    handler.setLevel(logging.WARNING)
    _install(handler, settings)


def log_to_stderr(settings: Settings) -> None:
    """Log to the standard error stream, as a service does."""
    _install(logging.StreamHandler(sys.stderr), settings)


def logs() -> bool:
    """Whether anything is logged anywhere."""
    return _Installed.handler is not None


def _install(handler: logging.Handler, settings: Settings) -> None:
    root = logging.getLogger()
    if _Installed.handler is not None:
        root.removeHandler(_Installed.handler)
        _Installed.handler.close()
    _Installed.handler = handler
    root.addHandler(handler)
    handler.setFormatter(RedactingFormatter(settings.secrets))
    root.setLevel(settings.log_level)
    for name in CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)
