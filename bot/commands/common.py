"""What commands share: settings, an open session, a screen, options."""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bot.settings import Settings
    from bot.terminal.render import Screen
    from bot.terminal.session import Session

JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON, one object a line.")]


def ready() -> Settings:
    """The settings, with logging set up by them.

    Raises:
        SettingsError: one can't be used.
    """
    from bot.logs import log_to_file
    from bot.settings import load_settings

    settings = load_settings()
    log_to_file(settings)
    return settings


@contextmanager
def opened(*, rebuild: bool = False) -> Iterator[Session]:
    """The record of the settings, open; with ``rebuild``, its index built anew.

    Raises:
        SettingsError: a setting can't be used.
        CorpusError: the record can't be opened.
    """
    settings = ready()
    from bot.terminal.session import open_session

    with open_session(settings, rebuild=rebuild) as session:
        yield session


def screen() -> Screen:
    """Standard output, in the reader's language."""
    from bot.terminal.render import Screen, console, reader_words

    return Screen(console(), reader_words())


def moderator() -> str:
    """Who moderates from this terminal, for the log: the account's name."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "terminal"
