"""``add``, ``load``, ``withdraw`` and ``restore``: what changes the record."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.common import JsonOption, moderator, opened, ready, screen
from bot.errors import UsageError

if TYPE_CHECKING:
    from bot.sources import Taken
    from bot.terminal.session import Session
    from corpus import Overrides
    from corpus.types import LoadReport

WARNINGS_SHOWN = 10

DocumentId = Annotated[int, typer.Argument(metavar="ID", min=1, help="The statement's number.")]


def add(
    sources: Annotated[
        list[str],
        typer.Argument(metavar="SOURCE", help="A URL, a file, or - for standard input."),
    ],
    url: Annotated[
        str | None, typer.Option(help="Where the file came from: the address to cite.")
    ] = None,
    title: Annotated[str | None, typer.Option(help="The title, if it is misread.")] = None,
    speaker: Annotated[str | None, typer.Option(help="Whose statement it is.")] = None,
    said_on: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], metavar="YYYY-MM-DD", help="The day it was said."),
    ] = None,
    publisher: Annotated[str | None, typer.Option(help="Who published it.")] = None,
    language: Annotated[str | None, typer.Option(help="ISO 639-1 code, such as en or ru.")] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what is understood; publish nothing.")
    ] = False,
    json: JsonOption = False,
) -> int:
    """Put statements on record, and print what was understood of each.

    Reads HTML, PDF, DOCX, text and Markdown. What is missing is marked, never guessed.

    ontherecord add https://example.org/speech
    """
    from corpus import Overrides

    if url and len(sources) > 1:
        raise UsageError("--url goes with one source; add the others by themselves")
    overrides = Overrides(
        title=title,
        speaker=speaker,
        said_on=said_on.date() if said_on else None,
        publisher=publisher,
        language=language,
    )
    failed = False
    with opened() as session:
        for number, source in enumerate(sources):
            if number and not json:
                typer.echo()
            failed |= not _add_one(session, source, url, overrides, dry_run, json, len(sources))
    return 2 if failed else 0


def _add_one(
    session: Session,
    source: str,
    url: str | None,
    overrides: Overrides,
    dry_run: bool,
    json: bool,
    sources: int,
) -> bool:
    """Take in one source; of several, one that fails does not keep the others out."""
    from bot.errors import BotError
    from bot.sources import take_in
    from bot.terminal.streams import complain
    from corpus.errors import FetchError, InputError

    settings = ready()
    try:
        taken = session.run(
            take_in(
                session.corpus,
                source,
                by=moderator(),
                url=url,
                overrides=overrides,
                allow_private_addresses=settings.allow_private_addresses,
                publish=not dry_run,
            )
        )
    except (BotError, InputError, FetchError) as error:
        complain(f"{source}: {error}" if sources > 1 and source not in str(error) else str(error))
        return False
    _show(taken, json)
    return True


def _show(taken: Taken, json: bool) -> None:
    from bot import shapes
    from bot.terminal.streams import print_json
    from bot.terminal.views import show_taken

    if json:
        print_json(shapes.taken(taken.source, taken.draft, taken.publication))
    else:
        show_taken(screen(), taken)


def load(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE", help="JSON Lines, plain or gzip; - for stdin.")
    ],
    json: JsonOption = False,
) -> None:
    """Put many statements on record, from JSON Lines.

    One document a line, as `export` writes them. Loading twice changes nothing; after an
    interruption, load again and it goes on.

    ontherecord load statements.jsonl.gz
    """
    from bot.terminal.loading import load_file
    from corpus.types import LoadReport

    total = LoadReport()
    with opened() as session:
        for file in files:
            report = load_file(session, file, by=moderator())
            total = _added(total, report)
    _show_report(total, json)


def _added(total: LoadReport, report: LoadReport) -> LoadReport:
    return replace(
        total,
        created=total.created + report.created,
        corrected=total.corrected + report.corrected,
        unchanged=total.unchanged + report.unchanged,
        duplicates=total.duplicates + report.duplicates,
        paragraphs=total.paragraphs + report.paragraphs,
        warnings=total.warnings + report.warnings,
    )


def _show_report(report: LoadReport, json: bool) -> None:
    from bot import shapes
    from bot.terminal.streams import complain, print_json

    if json:
        print_json(shapes.load_report(report))
        return
    at = screen()
    at.say(
        "load-report",
        created=report.created,
        corrected=report.corrected,
        unchanged=report.unchanged,
        duplicates=report.duplicates,
        paragraphs=report.paragraphs,
    )
    kinds = list(dict.fromkeys(report.warnings))
    for warning in kinds[:WARNINGS_SHOWN]:
        complain(f"warning: {warning}")
    if len(kinds) > WARNINGS_SHOWN:
        complain(f"warning: and {len(kinds) - WARNINGS_SHOWN} more; --json lists them all")


def withdraw(
    document_id: DocumentId,
    reason: Annotated[str | None, typer.Option(help="Why, for the log.")] = None,
) -> None:
    """Take a statement off record; `restore` undoes it.

    ontherecord withdraw 12 --reason "published by mistake"
    """
    from bot import moderation

    with opened() as session:
        session.run(moderation.withdraw(session.corpus, document_id, by=moderator(), reason=reason))
    _undo("outcome-withdrawn", document_id, f"ontherecord restore {document_id}")


def restore(document_id: DocumentId) -> None:
    """Put a withdrawn statement back on record.

    ontherecord restore 12
    """
    from bot import moderation

    with opened() as session:
        session.run(moderation.restore(session.corpus, document_id, by=moderator()))
    _undo("outcome-restored", document_id, f"ontherecord withdraw {document_id}")


def _undo(key: str, document_id: int, command: str) -> None:
    from bot.message import code

    at = screen()
    at.say(key, id=document_id)
    at.line(at.words.line("undo", command=code(command)))
