"""``export``, ``log``, ``stats``, ``doctor`` and ``reindex``: what looks after the record."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from bot.commands.common import JsonOption, opened, screen
from bot.errors import UsageError


def export(
    format: Annotated[
        Literal["jsonl", "quotation"],
        typer.Option(help="jsonl is what load takes; quotation is schema.org JSON-LD."),
    ] = "jsonl",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="A file in place of standard output.")
    ] = None,
) -> None:
    """Write everything on record out again, one document a line.

    ontherecord export --output record.jsonl
    """
    with opened() as session:
        lines = session.each(session.corpus.export_lines(format))
        if output is None:
            out = sys.stdout.buffer
            sys.stdout.flush()
            for line in lines:
                out.write(line.encode() + b"\n")
            out.flush()
            return
        # Written beside its place and moved there whole: a failure leaves no half of a file.
        partial = output.with_name(f".{output.name}.partial")
        try:
            with partial.open("wb") as file:
                for line in lines:
                    file.write(line.encode() + b"\n")
            partial.replace(output)
        except OSError as error:
            raise UsageError(f"{output} can't be written: {error.strerror}") from None
        finally:
            partial.unlink(missing_ok=True)


def log(
    limit: Annotated[int, typer.Option(min=1, max=100_000, help="How many rows.")] = 20,
    json: JsonOption = False,
) -> None:
    """Show what happened to the record, the newest first.

    ontherecord log --limit 50
    """
    with opened() as session:
        changes = session.run(session.corpus.history(limit=limit))
    if json:
        from bot import shapes
        from bot.terminal.streams import print_json

        for change in changes:
            print_json(shapes.change(change))
    else:
        from bot.terminal.views import show_changes

        show_changes(screen(), changes)


def stats(json: JsonOption = False) -> None:
    """Show what is on record: statements, dates, speakers, publishers, languages.

    ontherecord stats
    """
    with opened() as session:
        coverage = session.run(session.corpus.coverage())
    if json:
        from bot import shapes
        from bot.terminal.streams import print_json

        print_json(shapes.coverage(coverage))
    else:
        from bot.terminal.views import show_coverage

        show_coverage(screen(), coverage)


def doctor() -> int:
    """Examine the record and its index, and say what to do about each fault.

    Exits 0 when all is well, 1 when something is not.

    ontherecord doctor
    """
    with opened() as session:
        faults = session.run(session.corpus.doctor())
    at = screen()
    if not faults:
        at.say("doctor-well")
    for fault in faults:
        typer.echo(fault)
    return 1 if faults else 0


def reindex() -> None:
    """Build the search index anew from the record.

    ontherecord reindex
    """
    from corpus.errors import SearchIndexError

    try:
        with opened() as session:
            for _ in session.each(session.corpus.reindex()):
                pass
            coverage = session.run(session.corpus.coverage())
    except SearchIndexError:
        # Too damaged to be opened, or to be emptied in an orderly way.
        with opened(rebuild=True) as session:
            coverage = session.run(session.corpus.coverage())
    screen().say("reindexed", documents=coverage.documents, passages=coverage.passages)
