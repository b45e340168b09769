"""Errors of the bot's own, and how an error that nobody foresaw is told.

BotError
├── SettingsError               a setting is missing or can't be used (exit code 2)
└── UsageError                  a command can't be used like this (exit code 2)
"""

from __future__ import annotations

import logging
import secrets

_log = logging.getLogger("ontherecord")


class BotError(Exception):
    """Anything that the bot raises on purpose. ``str(error)`` is one line for people."""


class SettingsError(BotError):
    """A setting is missing or can't be used; the message names it."""


class UsageError(BotError):
    """A command can't be used like this; the message says how it can."""


def log_unexpected(error: BaseException) -> str:
    """Log an unforeseen error with its traceback; gives the reference that people are told."""
    reference = secrets.token_hex(4)
    _log.error("unexpected error %s", reference, exc_info=error)
    return reference
