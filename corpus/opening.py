"""Opening a corpus: the record, its index, and that the two belong together."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from corpus.corpus import Corpus
from corpus.search import SearchIndex
from corpus.storage import open_record

IDENTITY_FILE = "record"
"""In the index's directory: the identity of the record that it was built from."""


@asynccontextmanager
async def open_corpus(
    database_url: str,
    data_dir: Path,
    *,
    rebuild: bool = False,
    meaning_model: str | None = None,
) -> AsyncIterator[Corpus]:
    """Open the record at ``database_url`` with its search index below ``data_dir``.

    The database is made or migrated as needed, and the index brought up to the change log; while
    the corpus is open, what other processes publish is taken in every ``FOLLOW_EVERY`` seconds.
    An index of another record, or of a later state of this one, is begun anew. With ``rebuild``,
    the index is thrown away first, which also helps when it can't be opened. With
    ``meaning_model``, answers are ranked by meaning too (``docs/meaning.md``).

    Raises:
        RecordError: the database can't be opened: locked, read-only, or newer than the program.
        SearchIndexError: the index is damaged; ``ontherecord reindex`` rebuilds it.
        InputError: the model of meaning is not there, or what runs it isn't installed.
    """
    path = data_dir / "index"
    async with open_record(database_url) as record:
        identity = await record.identity()
        if rebuild or await asyncio.to_thread(_is_foreign, path, identity):
            await asyncio.to_thread(SearchIndex.discard, path)
        index = await asyncio.to_thread(SearchIndex.open, path, meaning_model=meaning_model)
        try:
            if index.position > await record.position():
                await asyncio.to_thread(index.clear)
            await asyncio.to_thread(_mark_as_of, path, identity)
            corpus = Corpus(record, index)
            await corpus.follow()
            working = [asyncio.create_task(corpus.keep_following())]
            if meaning_model is not None:
                working.append(asyncio.create_task(corpus.keep_embedding()))
            try:
                yield corpus
            finally:
                for task in working:
                    task.cancel()
                    with suppress(asyncio.CancelledError):
                        await task
        finally:
            index.close()


def _is_foreign(path: Path, identity: str) -> bool:
    """Whether the index at ``path`` says that it is of another record."""
    mark = path / IDENTITY_FILE
    return mark.exists() and mark.read_text("utf-8") != identity


def _mark_as_of(path: Path, identity: str) -> None:
    mark = path / IDENTITY_FILE
    if not mark.exists():
        mark.write_text(identity, "utf-8")
