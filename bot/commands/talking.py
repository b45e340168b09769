"""``chat`` and ``run``: the bot at a terminal, and in Telegram."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.common import moderator, ready, screen

if TYPE_CHECKING:
    from bot.console import Chat
    from bot.settings import Settings
    from bot.terminal.session import Session

DEMO = "demo"
"""Folder of the demonstration's record, below the data directory."""


def chat(
    demo: Annotated[
        bool,
        typer.Option("--demo", help="Talk to a record of invented statements, kept apart."),
    ] = False,
) -> None:
    """Talk to the bot at this terminal, as asker and moderator; /help says what there is.

    Piped input is answered line by line.

    ontherecord chat
    """
    from bot.console import Chat
    from bot.terminal.session import open_session

    settings = ready()
    if demo:
        settings = settings.model_copy(
            update={"data_dir": settings.data_dir / DEMO, "database_url": ""}
        )
    with open_session(settings) as session:
        talk = Chat(
            session.corpus,
            screen(),
            by=moderator(),
            allow_private_addresses=settings.allow_private_addresses,
        )
        if demo:
            _demonstrate(session, talk)
        _converse(session, talk, settings, welcomed=demo)


def _demonstrate(session: Session, talk: Chat) -> None:
    from bot.message import strong
    from corpus import read_lines, samples_path

    at = screen()
    at.say("demo-invented")
    covered = session.run(session.corpus.coverage())
    if not covered.documents and not covered.withdrawn:
        report = session.run(session.corpus.load(read_lines(samples_path()), by="demo"))
        at.say("demo-loaded", documents=report.created + report.duplicates)
    at.blank()
    question = at.words("demo-question")
    at.line(at.words.line("demo-asks", question=strong(question)))
    session.run(talk.reply(question))


def _converse(session: Session, talk: Chat, settings: Settings, *, welcomed: bool) -> None:
    from bot.errors import BotError
    from bot.terminal.prompt import lines
    from bot.terminal.streams import complain
    from corpus.errors import CorpusError

    at = screen()
    at_a_terminal = sys.stdin.isatty()
    if at_a_terminal:
        if welcomed:
            at.blank()
        talk.welcome()
    prompt = at.words("terminal-prompt")
    for number, line in enumerate(lines(prompt, settings.data_dir / "history")):
        if not at_a_terminal and (number or welcomed):
            at.blank()
        session.catch_up()
        try:
            session.run(talk.reply(line))
        except (CorpusError, BotError) as error:
            complain(str(error))
        if talk.ended:
            return


def run() -> None:
    """Run the Telegram bot. Needs ONTHERECORD_TELEGRAM_TOKEN.

    Polls for messages, or listens for them when ONTHERECORD_WEBHOOK_URL is set.

    ontherecord run
    """
    from bot.errors import SettingsError
    from bot.logs import log_to_stderr
    from bot.settings import load_settings

    settings = load_settings()
    if settings.telegram_token is None:
        raise SettingsError(
            "ONTHERECORD_TELEGRAM_TOKEN is not set; @BotFather in Telegram gives you one, "
            "and 'ontherecord chat' needs none"
        )
    log_to_stderr(settings)
    from bot.telegram import application

    application.run(settings)
