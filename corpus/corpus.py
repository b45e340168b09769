"""The facade: all that a bot may call. It joins the wings, which don't know one another."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Iterable, Mapping
from datetime import date, datetime
from functools import partial
from typing import Any, Literal

from corpus import ingest
from corpus.alerts import Alerts, short_key
from corpus.answering import Answering
from corpus.errors import CorpusError
from corpus.ingest import Overrides
from corpus.loading import batches, with_batch
from corpus.quotes import judge
from corpus.search import SearchIndex
from corpus.storage import Record
from corpus.types import (
    AliasChange,
    AliasGroup,
    Answer,
    Change,
    Coverage,
    Document,
    Draft,
    LoadReport,
    Passage,
    Person,
    Publication,
    QuoteCheck,
    SourceCopy,
)

_log = logging.getLogger(__name__)

ExportFormat = Literal["jsonl", "quotation"]

NO_OVERRIDES = Overrides()

QUOTE_CANDIDATES = 30
"""Passages that a quotation is compared with, word by word."""
FOLLOW_EVERY = 0.5
"""Seconds between looks at the change log for what other processes have published."""
FOLLOW_BATCH = 50
"""Documents that the index takes in at a time."""
QUERY_NOTES = "query"


class Corpus:
    """Statements on record, and how to find the right words among them."""

    def __init__(self, record: Record, index: SearchIndex) -> None:
        self._record = record
        self._index = index
        self._following = asyncio.Lock()
        self.alerts = Alerts(record, index)
        self._answering = Answering(record)

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
        search = partial(
            self._index.search, question, limit=limit, offset=offset, today=today or date.today()
        )
        return await self._answering.answer(search)

    async def check(self, quotation: str) -> QuoteCheck:
        """Say whether a quotation is verbatim on record, altered, or unknown.

        Raises:
            SearchIndexError: the index is damaged; ``reindex`` rebuilds it.
            RecordError: the database can't be read.
        """
        ids = await asyncio.to_thread(self._index.nearest, quotation, limit=QUOTE_CANDIDATES)
        passages = await self._record.passages(ids)
        candidates = [passages[one] for one in ids if one in passages and passages[one].current]
        return await asyncio.to_thread(judge, quotation, candidates, weigh=self._index.evidence)

    # --- taking in ------------------------------------------------------------------------

    async def read(
        self,
        content: bytes,
        *,
        url: str | None = None,
        media_type: str | None = None,
        filename: str | None = None,
        overrides: Overrides = NO_OVERRIDES,
    ) -> Draft:
        """Understand a statement: HTML, PDF, DOCX, text or Markdown. Nothing is stored.

        Raises:
            UnreadableSource: empty, binary, or a scan without text.
            NoStatement: readable, but there is no statement in it.
            TooLarge: more than we take in.
        """
        return await asyncio.to_thread(
            ingest.draft_from_bytes,
            content,
            url=url,
            media_type=media_type,
            filename=filename,
            overrides=overrides,
        )

    async def fetch(
        self,
        url: str,
        *,
        overrides: Overrides = NO_OVERRIDES,
        allow_private_addresses: bool = False,
    ) -> Draft:
        """Read the page or file at a URL and understand it. Nothing is stored.

        Raises:
            FetchError: it can't be read, or leads to an address that we don't open.
            InputError: as :meth:`read`.
        """
        fetched = await ingest.fetch(url, allow_private_addresses=allow_private_addresses)
        return await asyncio.to_thread(
            ingest.draft_from_bytes,
            fetched.content,
            url=fetched.final_url,
            media_type=fetched.media_type,
            fetched_at=fetched.fetched_at,
            overrides=overrides,
        )

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
        return [report async for report in self.loading(documents, by=by)][-1]

    async def loading(
        self, documents: Iterable[Draft | Mapping[str, Any]], *, by: str | None = None
    ) -> AsyncIterator[LoadReport]:
        """As :meth:`load`, giving the report so far after each batch."""
        report = LoadReport()
        following: asyncio.Task[int] | None = None
        try:
            for batch in batches(documents):
                publications = await self._record.publish(batch, by=by)
                report = with_batch(report, batch, publications)
                # The index takes in one batch while the database takes in the next.
                if following is not None:
                    await following
                following = asyncio.create_task(self.follow())
                yield report
        finally:
            if following is not None:
                await following
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

    async def context(self, passage_id: int, *, before: int = 2, after: int = 2) -> list[Passage]:
        """The current passages around one, itself among them, in order; empty if it is gone."""
        return await self._record.neighbours(passage_id, before=before, after=after)

    async def source_copy(
        self, document_id: int, *, revision: int | None = None
    ) -> SourceCopy | None:
        """What the source sent, byte for byte; None for what was loaded in bulk."""
        return await self._record.source_copy(document_id, revision=revision)

    async def latest(self, *, limit: int = 10, offset: int = 0) -> list[Document]:
        """Current documents, the last said first; undated ones by when they were published."""
        return await self._record.latest(limit=limit, offset=offset)

    async def changes(self, *, after: int = 0, limit: int = 100) -> list[Change]:
        """Rows of the change log with a position above ``after``, oldest first."""
        return await self._record.changes(after=after, limit=limit)

    async def last_changes(self, *, limit: int = 20) -> list[Change]:
        """The newest rows of the change log, newest first."""
        return await self._record.last_changes(limit=limit)

    async def history(self, *, limit: int = 20) -> list[Change | AliasChange]:
        """The newest changes to statements and to aliases together, newest first."""
        changes: list[Change | AliasChange] = []
        changes += await self._record.last_changes(limit=limit)
        changes += await self._record.alias_changes(limit=limit)
        # Each list is in order already, so that rows of one moment keep theirs.
        return sorted(changes, key=lambda change: change.at, reverse=True)[:limit]

    async def people(self) -> list[Person]:
        """Known speakers, the most quoted first."""
        return await self._record.people()

    async def coverage(self) -> Coverage:
        """What the record holds."""
        return await self._record.coverage()

    def export(self) -> AsyncIterator[tuple[Document, list[Passage]]]:
        """Every current document with its passages, in the order of their ids."""
        return self._record.export()

    async def export_lines(self, format: ExportFormat = "jsonl") -> AsyncIterator[str]:
        """One line a document: as ``load`` takes it, or schema.org quotations as JSON-LD."""
        write = ingest.to_line if format == "jsonl" else ingest.to_quotation
        async for document, passages in self.export():
            if text := write(document, passages):
                yield text

    async def doctor(self) -> tuple[str, ...]:
        """What is wrong with the record or the index, one sentence each; empty when all is well."""
        problems = list(await self._record.check())
        coverage = await self._record.coverage()
        indexed = await asyncio.to_thread(self._index.coverage)
        if (indexed.documents, indexed.passages) != (coverage.documents, coverage.passages):
            problems.append(
                f"The index holds {indexed.documents} documents and {indexed.passages} passages, "
                f"the record {coverage.documents} and {coverage.passages}: "
                "run 'ontherecord reindex'."
            )
        return tuple(problems)

    # --- aliases --------------------------------------------------------------------------

    async def add_alias(self, name: str, alias: str, *, by: str | None = None) -> AliasGroup:
        """Let ``alias`` mean the same as ``name`` in every question, from now on.

        The name may be one that is built in ("Iran"), a speaker's, or any other; questions are
        echoed by it. Russian names are understood in all cases. An alias that is there already
        changes nothing. Other processes take it over within ``FOLLOW_EVERY`` seconds.

        Returns:
            The group of names, as it stands now.

        Raises:
            UnusableAlias: it means something else already, is a common word, or is no name; the
                message says what to do.
            RecordError: the database can't be written.
        """
        await self.follow()
        name, alias = await asyncio.to_thread(self._index.accepted_alias, name, alias)
        group = await self._record.add_alias(name, alias, by=by)
        await self.follow()
        return group

    async def remove_alias(self, alias: str, *, by: str | None = None) -> AliasChange:
        """Undo :meth:`add_alias`: the alias means nothing in particular any more.

        Returns:
            What was done, with both names as they were written: adding them again undoes it.

        Raises:
            UnknownAlias: no moderator added this alias.
            RecordError: the database can't be written.
        """
        change = await self._record.remove_alias(self._index.tidy_alias(alias), by=by)
        await self.follow()
        return change

    async def aliases(self) -> list[AliasGroup]:
        """The names that moderators added, by what they stand for, in alphabetical order."""
        return list((await self._record.aliases()).groups)

    # --- notes ----------------------------------------------------------------------------

    async def remember_query(self, question: str) -> str:
        """Keep a question for good; gives its key, 22 characters of ``A-Za-z0-9_-``.

        The key is the beginning of the question's SHA-256: the same question, the same key.
        """
        key = short_key(question)
        if await self._record.note(QUERY_NOTES, key) is None:
            await self._record.keep_note(QUERY_NOTES, key, question)
        return key

    async def recall_query(self, key: str) -> str | None:
        """The question of a key that :meth:`remember_query` gave; None if there is none."""
        return await self._record.note(QUERY_NOTES, key)

    async def note(self, kind: str, key: str) -> str | None:
        """A short value that was kept beside the record; None if its time is over."""
        return await self._record.note(kind, key)

    async def keep_note(
        self, kind: str, key: str, value: str, *, until: datetime | None = None
    ) -> None:
        """Keep a short value beside the record, where all replicas see it, until a moment
        (timezone-aware) or for good."""
        await self._record.keep_note(kind, key, value, until=until)

    async def drop_notes(self, kind: str, prefix: str) -> None:
        """Drop all values of a kind whose key starts so."""
        await self._record.drop_notes(kind, prefix)

    # --- the index ------------------------------------------------------------------------

    async def follow(self) -> int:
        """Bring the index up to the change log, and to the aliases as they stand.

        Returns:
            How many rows of the change log were taken in.
        """
        async with self._following:
            done = 0
            await asyncio.to_thread(self._index.refresh)
            if await self._record.aliases_revision() != self._index.aliases.revision:
                await asyncio.to_thread(self._index.learn, await self._record.aliases())
            while changes := await self._record.changes(
                after=self._index.position, limit=FOLLOW_BATCH
            ):
                ids = list(dict.fromkeys(change.document_id for change in changes))
                states = await self._record.states(ids)
                await asyncio.to_thread(self._index.apply, states, changes[-1].position)
                done += len(changes)
            return done

    async def keep_following(self) -> None:
        """Take in what other processes publish, until cancelled.

        Trouble with the database or the index is logged once, and tried again: a question then
        is answered from what the index has.
        """
        trouble = ""
        while True:
            await asyncio.sleep(FOLLOW_EVERY)
            try:
                await self.follow()
                trouble = ""
            except CorpusError as error:
                if str(error) != trouble:
                    _log.warning("the index does not follow the record: %s", error)
                trouble = str(error)

    async def keep_embedding(self) -> None:
        """Give passages their vectors of meaning, until cancelled.

        Trouble is logged once, and tried again: a question then is answered by words alone.
        """
        trouble = ""
        while True:
            try:
                if await asyncio.to_thread(self._index.embed):
                    continue
                trouble = ""
            except CorpusError as error:
                if str(error) != trouble:
                    _log.warning("passages get no vectors of meaning: %s", error)
                trouble = str(error)
            await asyncio.sleep(FOLLOW_EVERY)

    async def reindex(self) -> AsyncIterator[int]:
        """Rebuild the index from nothing; gives the number of changes taken in so far.

        Where a model of meaning is configured, passages get their vectors too.
        """
        await asyncio.to_thread(self._index.clear)
        changes = await self.follow()
        while await asyncio.to_thread(self._index.embed):
            yield changes
        yield changes
