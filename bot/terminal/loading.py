"""A bulk load with its progress: by bytes read, so that it needs no counting beforehand."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from rich.progress import (
    BarColumn,
    Progress,
    TaskProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)

from bot.errors import UsageError
from bot.terminal.render import console
from bot.terminal.session import Session
from corpus import read_lines
from corpus.errors import InputError
from corpus.types import LoadReport


def load_file(session: Session, path: Path, *, by: str | None) -> LoadReport:
    """Load one bulk file, "-" being standard input, with a progress bar where there is a terminal.

    Raises:
        UsageError: the file can't be read, or a line of it is malformed.
        RecordError: the record can't be written. Either way, whole batches are on record or not
            at all, and loading again goes on from there.
    """
    report = LoadReport()
    try:
        with _stream(path) as (stream, size), _progress() as progress:
            task = progress.add_task(path.name, total=size, paragraphs=0)
            for report in session.each(session.corpus.loading(read_lines(stream), by=by)):
                done = stream.tell() if size else 0
                progress.update(task, completed=done, paragraphs=report.paragraphs)
    except InputError as error:
        raise UsageError(f"{path}, {error}") from error
    return report


@contextmanager
def _stream(path: Path) -> Iterator[tuple[IO[bytes], int | None]]:
    if str(path) == "-":
        yield sys.stdin.buffer, None
        return
    try:
        file = path.open("rb")
    except FileNotFoundError:
        raise UsageError(f"there is no file {path}") from None
    except OSError as error:
        raise UsageError(f"{path} can't be read: {error.strerror}") from None
    with file:
        yield file, path.stat().st_size


def _progress() -> Progress:
    at = console(sys.stderr)
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[paragraphs]:,} paragraphs"),
        TimeRemainingColumn(),
        console=at,
        disable=not at.is_terminal,
        transient=True,
    )
