"""The facade: all that a bot may call. It joins the wings, which don't know one another."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from corpus import ingest
from corpus.search import Findings, SearchIndex
from corpus.storage import Record, open_record
from corpus.types import (
    Answer,
    Change,
    Coverage,
    Document,
    Draft,
    Hit,
    LoadReport,
    Outcome,
    Passage,
    Person,
    Publication,
)

FOLLOW_BATCH = 50
"""Documents that the index takes in at a time."""
LOAD_BATCH = 5_000
"""Paragraphs of one transaction of a bulk load."""


class Corpus:
    """Statements on record, and how to find the right words among them."""

    def __init__(self, record: Record, index: SearchIndex) -> None:
        self._record = record
        self._index = index
        self._following = asyncio.Lock()

    # --- asking ---------------------------------------------------------------------------

    async def ask(
        self, question: str, *, limit: int = 5, offset: int = 0, today: date | None = None
    ) -> Answer:
        """Answer a question with passages of the record, or with silence and its reason.

        ``today`` is the day that "last week" is counted from; by default this machine's.

        Raises:
            SearchIndexError: the index is damaged; ``reindex`` rebuilds it.
            RecordError: the database can't be read.
        """
        found = await asyncio.to_thread(
            self._index.search, question, limit=limit, offset=offset, today=today or date.today()
        )
        return await self._answer(found)

    async def _answer(self, found: Findings) -> Answer:
        passages = await self._record.passages([hit.passage_id for hit in found.hits])
        hits = tuple(
            Hit(
                passage=passages[hit.passage_id],
                score=hit.score,
                speaker_unsure=hit.speaker_unsure,
                also_said=hit.also_said,
            )
            for hit in found.hits
            if hit.passage_id in passages and passages[hit.passage_id].current
        )
        return Answer(
            query=found.query,
            hits=hits,
            total=max(found.total, len(hits)),
            silence=found.silence,
            uncovered=found.uncovered,
        )

    # --- taking in ------------------------------------------------------------------------

    async def publish(self, draft: Draft, *, by: str | None = None) -> Document:
        """Put a draft on record and make it findable; see :meth:`submit` for what it came to."""
        return (await self.submit(draft, by=by)).document

    async def submit(self, draft: Draft, *, by: str | None = None) -> Publication:
        """Publish a draft: a new document, a new revision of the one at its URL, or nothing new.

        Raises:
            NoStatement: the draft has no paragraphs.
            RecordError: the database can't be written; nothing was half-written.
        """
        publication = (await self._record.publish([draft], by=by))[0]
        await self.follow()
        return publication

    async def load(
        self, documents: Iterable[Draft | Mapping[str, Any]], *, by: str | None = None
    ) -> LoadReport:
        """Publish many documents in batches; loading the same ones twice changes nothing.

        Raises:
            MalformedLine: a mapping is not a document as in ``docs/ingest.md``.
            RecordError: the database can't be written; whole batches are on record or not at all.
        """
        report = LoadReport()
        async for report in self.loading(documents, by=by):
            pass
        return report

    async def loading(
        self, documents: Iterable[Draft | Mapping[str, Any]], *, by: str | None = None
    ) -> AsyncIterator[LoadReport]:
        """As :meth:`load`, giving the report so far after each batch."""
        report = LoadReport()
        for batch in _batches(documents):
            publications = await self._record.publish(batch, by=by)
            report = _add(report, batch, publications)
            await self.follow()
            yield report
        await self.follow()
        yield report

    async def withdraw(
        self, document_id: int, *, by: str | None = None, reason: str | None = None
    ) -> Document:
        """Take a document off the record's answers; :meth:`restore` undoes it.

        Raises:
            UnknownDocument: there is no such document.
        """
        document = await self._record.withdraw(document_id, by=by, reason=reason)
        await self.follow()
        return document

    async def restore(self, document_id: int, *, by: str | None = None) -> Document:
        """Undo a withdrawal.

        Raises:
            UnknownDocument: there is no such document.
        """
        document = await self._record.restore(document_id, by=by)
        await self.follow()
        return document

    # --- reading --------------------------------------------------------------------------

    async def passage(self, passage_id: int) -> Passage | None:
        """The passage of this id, also when it is no longer current; None if there is none."""
        return (await self._record.passages([passage_id])).get(passage_id)

    async def document(self, document_id: int) -> Document:
        """The document of this id, withdrawn or not.

        Raises:
            UnknownDocument: there is no such document.
        """
        return await self._record.document(document_id)

    async def statement(self, document_id: int, *, revision: int | None = None) -> list[Passage]:
        """All passages of a document, in order; of its current revision unless one is named.

        Raises:
            UnknownDocument: there is no such document or revision.
        """
        return await self._record.statement(document_id, revision=revision)

    async def latest(self, *, limit: int = 10, offset: int = 0) -> list[Document]:
        """Current documents, the last said first; undated ones by when they were published."""
        return await self._record.latest(limit=limit, offset=offset)

    async def changes(self, *, after: int = 0, limit: int = 100) -> list[Change]:
        """Rows of the change log with a position above ``after``, oldest first."""
        return await self._record.changes(after=after, limit=limit)

    async def last_changes(self, *, limit: int = 20) -> list[Change]:
        """The newest rows of the change log, newest first."""
        return await self._record.last_changes(limit=limit)

    async def people(self) -> list[Person]:
        """Known speakers, the most quoted first."""
        return await self._record.people()

    async def coverage(self) -> Coverage:
        """What the record holds."""
        return await self._record.coverage()

    def export(self) -> AsyncIterator[tuple[Document, list[Passage]]]:
        """Every current document with its passages, in the order of their ids."""
        return self._record.export()

    # --- the index ------------------------------------------------------------------------

    async def follow(self) -> int:
        """Bring the index up to the change log; gives how many changes were taken in."""
        async with self._following:
            done = 0
            await asyncio.to_thread(self._index.refresh)
            while changes := await self._record.changes(
                after=self._index.position, limit=FOLLOW_BATCH
            ):
                ids = list(dict.fromkeys(change.document_id for change in changes))
                states = await self._record.states(ids)
                await asyncio.to_thread(self._index.apply, states, changes[-1].position)
                done += len(changes)
            return done

    async def reindex(self) -> AsyncIterator[int]:
        """Rebuild the index from nothing; gives the number of changes taken in so far."""
        await asyncio.to_thread(self._index.clear)
        yield await self.follow()


def _batches(documents: Iterable[Draft | Mapping[str, Any]]) -> Iterable[list[Draft]]:
    batch: list[Draft] = []
    size = 0
    for number, document in enumerate(documents, 1):
        draft = document if isinstance(document, Draft) else ingest.from_line(document, number)
        batch.append(draft)
        size += len(draft.paragraphs)
        if size >= LOAD_BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _add(
    report: LoadReport, batch: Sequence[Draft], publications: Sequence[Publication]
) -> LoadReport:
    count = {outcome: 0 for outcome in Outcome}
    for publication in publications:
        count[publication.outcome] += 1
    return replace(
        report,
        created=report.created + count[Outcome.CREATED],
        corrected=report.corrected + count[Outcome.CORRECTED],
        unchanged=report.unchanged + count[Outcome.UNCHANGED],
        duplicates=report.duplicates + count[Outcome.DUPLICATE],
        paragraphs=report.paragraphs
        + sum(
            len(draft.paragraphs)
            for draft, publication in zip(batch, publications, strict=True)
            if publication.outcome is not Outcome.UNCHANGED
        ),
        warnings=report.warnings + tuple(w for draft in batch for w in draft.warnings),
    )


@asynccontextmanager
async def open_corpus(database_url: str, data_dir: Path) -> AsyncIterator[Corpus]:
    """Open the record at ``database_url`` with its search index below ``data_dir``.

    The database is made or migrated as needed, and the index brought up to the change log.

    Raises:
        RecordError: the database can't be opened: locked, read-only, or newer than the program.
        SearchIndexError: the index is damaged; ``ontherecord reindex`` rebuilds it.
    """
    async with open_record(database_url) as record:
        index = await asyncio.to_thread(SearchIndex.open, data_dir / "index")
        try:
            corpus = Corpus(record, index)
            await corpus.follow()
            yield corpus
        finally:
            index.close()
