"""The command line: ``ontherecord COMMAND``. Errors are one line, exit codes mean something.

0 done, or answered; 1 silence, or not all is well; 2 bad input, with one line that says what to
do; 130 interrupted; 141 the reader of a pipe went away.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib.metadata import version
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.exceptions import Abort, TyperException

from bot.commands import aliases, intake, questions, talking, upkeep
from bot.errors import BotError, log_unexpected
from bot.terminal.streams import PROGRAM, complain, drop_output, prepare_streams

BAD_INPUT = 2
INTERRUPTED = 130
BROKEN_PIPE = 141

# Without any handler, Python's logging writes warnings to standard error by itself.
_SILENCE = logging.NullHandler()


class ReaderGone(Exception):
    """The reader of our output went away, as ``head`` does when it has enough."""


class Commands(TyperGroup):
    """The commands. A closed pipe is told apart before typer makes a failure of it."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was asked for.

        Raises:
            ReaderGone: nobody reads its output any more.
        """
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            raise ReaderGone from error


app = typer.Typer(
    cls=Commands,
    name=PROGRAM,
    help="Answers questions about what officials said, with their exact words.",
    epilog="Start with: ontherecord chat --demo",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

ASKING, RECORD, SERVICE = "Asking", "The record", "Looking after it"

app.command(rich_help_panel=ASKING)(questions.ask)
app.command(rich_help_panel=ASKING)(questions.check)
app.command(rich_help_panel=ASKING)(talking.chat)
app.command(rich_help_panel=RECORD)(intake.add)
app.command(rich_help_panel=RECORD)(intake.load)
app.command(rich_help_panel=RECORD)(intake.withdraw)
app.command(rich_help_panel=RECORD)(intake.restore)
app.command(rich_help_panel=RECORD)(upkeep.export)
app.add_typer(aliases.alias, name="alias", rich_help_panel=RECORD)
app.command(rich_help_panel=SERVICE)(talking.run)
app.command(rich_help_panel=SERVICE)(upkeep.log)
app.command(rich_help_panel=SERVICE)(upkeep.stats)
app.command(rich_help_panel=SERVICE)(upkeep.doctor)
app.command(rich_help_panel=SERVICE)(upkeep.reindex)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"{PROGRAM} {version(PROGRAM)}")
        raise typer.Exit


@app.callback()
def _options(
    show_version: Annotated[
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """Answers questions about what officials said, with their exact words."""


def main() -> None:
    """Run the command of ``sys.argv``, and end the process with its exit code."""
    sys.exit(execute(sys.argv[1:]))


def execute(arguments: Sequence[str]) -> int:
    """Run one command line; gives its exit code. Whatever goes wrong is told in one line."""
    prepare_streams()
    logging.getLogger().addHandler(_SILENCE)
    try:
        code = app(list(arguments), prog_name=PROGRAM, standalone_mode=False)
        sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except TyperException as error:
        complain(_misused(error))
        return BAD_INPUT
    except (KeyboardInterrupt, Abort):
        return INTERRUPTED
    except (ReaderGone, BrokenPipeError):
        drop_output()
        return BROKEN_PIPE
    except BotError as error:
        complain(str(error))
        return BAD_INPUT
    except Exception as error:
        return _failed(error)


def _misused(error: TyperException) -> str:
    context = getattr(error, "ctx", None)
    command = context.command_path if context else PROGRAM
    said = error.format_message().rstrip(".")
    # Without a command the help itself was shown, and nothing is left to be said of it.
    return f"{said}. '{command} --help' shows how it is used." if said else "name a command"


def _failed(error: Exception) -> int:
    # Imported only now: a command that works has no need of the whole tree of errors at start.
    from corpus.errors import CorpusError

    if isinstance(error, CorpusError):
        complain(str(error))
        return BAD_INPUT
    from bot.commands.common import ready
    from bot.logs import logs

    with suppress(BotError):
        if not logs():
            ready()
    reference = log_unexpected(error)
    where = f"it is in the log as {reference}" if logs() else f"its kind is {type(error).__name__}"
    complain(f"something went wrong on our side; {where}")
    return BAD_INPUT
