"""Use case: take in a statement from wherever it is: a URL, a file, or a stream."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from bot import moderation
from bot.errors import UsageError
from corpus import Corpus, Overrides
from corpus.types import Draft, Publication

STREAM = "-"
"""Stands for standard input."""
MOST_BYTES = 64 * 1024 * 1024
"""Read at most; what ingest accepts is less, and it says how much."""
NO_OVERRIDES = Overrides()


@dataclass(frozen=True, slots=True)
class Taken:
    """What was understood of a source, and what publishing it came to."""

    source: str
    draft: Draft
    publication: Publication | None


async def take_in(
    corpus: Corpus,
    source: str,
    *,
    by: str | None,
    url: str | None = None,
    overrides: Overrides = NO_OVERRIDES,
    allow_private_addresses: bool = False,
    publish: bool = True,
) -> Taken:
    """Understand one source, and put it on record unless only a look is wanted.

    ``url`` is the source's own address, where ``source`` is a copy of it in a file.

    Raises:
        UsageError: there is no such file, or it can't be read.
        CorpusError: it holds no statement, or the record can't be written.
    """
    draft = await _draft(corpus, source, url, overrides, allow_private_addresses)
    publication = await moderation.publish(corpus, draft, by=by) if publish else None
    return Taken(source, draft, publication)


async def _draft(
    corpus: Corpus,
    source: str,
    url: str | None,
    overrides: Overrides,
    allow_private_addresses: bool,
) -> Draft:
    if is_url(source):
        return await corpus.fetch(
            source, overrides=overrides, allow_private_addresses=allow_private_addresses
        )
    if source == STREAM:
        return await corpus.read(sys.stdin.buffer.read(MOST_BYTES), url=url, overrides=overrides)
    path = Path(source)
    return await corpus.read(_content(path), url=url, filename=path.name, overrides=overrides)


def is_url(source: str) -> bool:
    """Whether a source is an address rather than a file."""
    return "://" in source


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES)
    except FileNotFoundError:
        raise UsageError(f"there is no file {path}; give a file, a URL or -") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UsageError(f"{path} can't be read: {reason}") from None
