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


def log_to_file(settings: Settings) -> None:
    """Log to the data directory, as the commands at a terminal do. The file is made when needed.

    Where it can't be written, nothing is logged: a command's own output stays clean.
    """
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = logging.FileHandler(
            settings.log_file, encoding="utf-8", delay=True
        )
    except OSError:
        handler = logging.NullHandler()
    handler.setLevel(logging.WARNING)
    _install(handler, settings)


def log_to_stderr(settings: Settings) -> None:
    """Log to the standard error stream, as a service does."""
    _install(logging.StreamHandler(sys.stderr), settings)


def _install(handler: logging.Handler, settings: Settings) -> None:
    handler.setFormatter(RedactingFormatter(settings.secrets))
    root = logging.getLogger()
    for old in root.handlers[:]:
        root.removeHandler(old)
        old.close()
    root.addHandler(handler)
    root.setLevel(settings.log_level)
    for name in CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)
