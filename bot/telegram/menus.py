"""What Telegram shows of the bot by itself: its commands and descriptions, in each language."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from telegram import (
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
)
from telegram.error import TelegramError

from bot.telegram.sending import Bot
from bot.words import DEFAULT_LANGUAGE, languages, words

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Menu:
    """The commands that some people are shown."""

    scope: BotCommandScope
    commands: tuple[str, ...]
    """Each has its description under ``telegram-command-<name>``."""


MENUS = (
    Menu(
        BotCommandScopeAllPrivateChats(),
        ("ask", "check", "latest", "alerts", "about", "language", "privacy", "forget", "help"),
    ),
    Menu(BotCommandScopeAllGroupChats(), ("ask", "check", "latest", "about", "help")),
)


async def publish(bot: Bot) -> None:
    """Set menus and descriptions; a refusal is logged, for the bot answers without them too."""
    for language in languages():
        # Whoever's language we lack sees what is set without one.
        code = "" if language == DEFAULT_LANGUAGE else language
        said = words(language)
        try:
            for menu in MENUS:
                commands = [
                    BotCommand(name, said(f"telegram-command-{name}")) for name in menu.commands
                ]
                await bot.set_my_commands(commands, menu.scope, language_code=code or None)
            await bot.set_my_description(said("telegram-description"), code)
            await bot.set_my_short_description(said("telegram-short-description"), code)
        except TelegramError as error:
            _log.warning("the menus in %s are as they were: %s", language, error)
