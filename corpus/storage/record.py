"""The record: every statement, who said it and when, and what became of it since."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from corpus.errors import InputError, RecordError
from corpus.storage import (
    aliases,
    checking,
    log,
    notes,
    publishing,
    reading,
    schema,
    sources,
    speakers,
)
from corpus.storage.alert_store import AlertStore
from corpus.storage.batches import ids_after
from corpus.storage.coverage import coverage
from corpus.storage.engine import Database
from corpus.storage.preparing import clean, prepare, source_key
from corpus.storage.tables import documents
from corpus.types import (
    AliasChange,
    Aliases,
    AliasGroup,
    Change,
    Coverage,
    Document,
    DocumentState,
    Draft,
    Passage,
    Person,
    Publication,
    SourceCopy,
)

PATIENCE = 30.0
"""Seconds that a writer waits for another process before it gives up."""
_EXPORT = 25
"""Documents that an export holds in memory at a time."""


class Record:
    """An open database. Every method may raise RecordError or one of its kinds."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.alerts = AlertStore(database)
        self._coverage: Coverage | None = None

    # --- writing --------------------------------------------------------------------------

    async def publish(self, drafts: Sequence[Draft], *, by: str | None = None) -> list[Publication]:
        """Put drafts on record in one transaction, as if one after the other.

        A draft is the same document as one on record when it has its source URL; without a URL,
        when it has the same text. The same content writes nothing; other content is a new
        revision, in which an unchanged paragraph keeps its passage. A withdrawn document that is
        published again is restored. Every document that changed has one new row in the change log.

        Raises:
            NoStatement: a draft has no paragraphs.
            InputError: a text holds NUL or half a surrogate pair, or a reply names no question.
        """
        clean(by)
        # Hashing a big batch takes tens of milliseconds, in which others want to be answered.
        prepared = await asyncio.to_thread(prepare, drafts)
        async with self._database.writing() as connection:
            return await publishing.publish(connection, prepared, by=by, at=_now())

    async def withdraw(
        self, document_id: int, *, by: str | None = None, reason: str | None = None
    ) -> Document:
        """Take a document out of the answers; it stays on record.

        Raises:
            UnknownDocument: there is no such document.
        """
        return await self._set_withdrawn(document_id, True, by=by, reason=reason)

    async def restore(self, document_id: int, *, by: str | None = None) -> Document:
        """Undo a withdrawal.

        Raises:
            UnknownDocument: there is no such document.
        """
        return await self._set_withdrawn(document_id, False, by=by, reason=None)

    async def _set_withdrawn(
        self, document_id: int, withdrawn: bool, *, by: str | None, reason: str | None
    ) -> Document:
        clean(by)
        clean(reason)
        async with self._database.writing() as connection:
            return await log.set_withdrawn(
                connection, document_id, withdrawn, by=by, reason=reason, at=_now()
            )

    # --- reading --------------------------------------------------------------------------

    async def passages(self, ids: Sequence[int]) -> dict[int, Passage]:
        """The passages of these ids, current or not; ids that no passage has are left out."""
        if self.reads_at_once:
            return await asyncio.to_thread(self.passages_at_once, ids)
        if not ids:
            return {}
        async with self._database.reading() as connection:
            return await connection.run_sync(reading.passages_of, ids)

    @property
    def reads_at_once(self) -> bool:
        """Whether :meth:`passages_at_once` may be asked: the database is a file, no server."""
        return self._database.is_sqlite

    def passages_at_once(self, ids: Sequence[int]) -> dict[int, Passage]:
        """The same as :meth:`passages`, for a thread that waits; see :attr:`reads_at_once`."""
        if not ids:
            return {}
        with self._database.reading_at_once() as connection:
            return reading.passages_of(connection, ids)

    async def neighbours(self, passage_id: int, before: int, after: int) -> list[Passage]:
        """The current passages around one, itself among them; none when it is not current.

        Raises:
            UnknownDocument: there is no such passage.
        """
        async with self._database.snapshot() as connection:
            return await reading.neighbours(connection, passage_id, before, after)

    async def document(self, document_id: int) -> Document:
        """The document of this id, withdrawn or not.

        Raises:
            UnknownDocument: there is no such document.
        """
        async with self._database.reading() as connection:
            return await reading.document(connection, document_id)

    async def documents_by_url(self, url: str) -> list[Document]:
        """The documents at this source URL, withdrawn or not: one or none.

        Raises:
            InputError: the URL holds what no text does.
        """
        clean(url, "The source URL")
        async with self._database.reading() as connection:
            return await reading.documents_by_key(connection, source_key(url, b""))

    async def statement(self, document_id: int, *, revision: int | None = None) -> list[Passage]:
        """All passages of a document in order, of its current revision unless one is named.

        Raises:
            UnknownDocument: there is no such document or revision.
        """
        async with self._database.snapshot() as connection:
            return await reading.statement(connection, document_id, revision)

    async def latest(self, limit: int = 10, offset: int = 0) -> list[Document]:
        """Current documents, the last said first; undated ones by when they were published."""
        async with self._database.reading() as connection:
            return await reading.latest(connection, limit, offset)

    async def states(self, document_ids: Sequence[int]) -> list[DocumentState]:
        """Documents with their current passages, none when withdrawn, in the order asked for."""
        async with self._database.snapshot() as connection:
            return await reading.states(connection, document_ids)

    async def export(self) -> AsyncIterator[tuple[Document, list[Passage]]]:
        """Every current document with its passages, by id; few are in memory at a time."""
        last = 0
        while True:
            async with self._database.snapshot() as connection:
                ids = await ids_after(connection, documents.c.id, last, _EXPORT)
                states = await reading.states(connection, ids)
            if not ids:
                return
            for state in states:
                if not state.document.withdrawn:
                    yield state.document, list(state.passages)
            last = ids[-1]

    async def source_copy(self, document_id: int, revision: int | None = None) -> SourceCopy | None:
        """What the source sent for a revision (the current one unless named), if it was kept."""
        async with self._database.reading() as connection:
            return await sources.copy_of(connection, document_id, revision)

    async def identity(self) -> str:
        """What tells this record from every other: given when it was made, never changed."""
        return await self.note("record", "identity") or ""

    async def position(self) -> int:
        """The position of the newest row of the change log; 0 when there is none."""
        async with self._database.reading() as connection:
            return await log.position(connection)

    # --- notes ----------------------------------------------------------------------------

    async def note(self, kind: str, key: str) -> str | None:
        """The note under this key; None if there is none or its time is over."""
        try:
            clean(kind)
            clean(key)
        except InputError:
            # It can't have been kept.
            return None
        async with self._database.reading() as connection:
            return await notes.note(connection, kind, key, at=_now())

    async def keep_note(
        self, kind: str, key: str, value: str, *, until: datetime | None = None
    ) -> None:
        """Keep a note in place of an earlier one, until a moment (timezone-aware) or for good.

        Raises:
            InputError: the value holds NUL or half a surrogate pair.
        """
        for part in (kind, key, value):
            clean(part)
        async with self._database.writing(log=False) as connection:
            await notes.keep_note(connection, kind, key, value, until=until, at=_now())

    async def drop_notes(self, kind: str, prefix: str) -> None:
        """Drop all notes of a kind whose key starts so.

        Raises:
            InputError: the prefix holds NUL or half a surrogate pair.
        """
        clean(prefix)
        async with self._database.writing(log=False) as connection:
            await notes.drop_notes(connection, kind, prefix)

    # --- aliases --------------------------------------------------------------------------

    async def aliases(self) -> Aliases:
        """All names that moderators added, as they stand."""
        async with self._database.reading() as connection:
            return await aliases.aliases(connection)

    async def aliases_revision(self) -> int:
        """The number of the newest change to the aliases; 0 when there is none."""
        async with self._database.reading() as connection:
            return await aliases.revision(connection)

    async def alias_changes(self, limit: int = 20) -> list[AliasChange]:
        """The newest changes to the aliases, newest first."""
        async with self._database.reading() as connection:
            return await aliases.last_changes(connection, limit)

    async def add_alias(self, name: str, alias: str, *, by: str | None = None) -> AliasGroup:
        """Give something another name; one that it has already changes nothing.

        Raises:
            UnusableAlias: the alias, or the name, is one of another group.
            InputError: a text holds NUL or half a surrogate pair.
        """
        for part in (name, alias, by):
            clean(part)
        async with self._database.writing() as connection:
            return await aliases.add(connection, name, alias, by=by, at=_now())

    async def remove_alias(self, alias: str, *, by: str | None = None) -> AliasChange:
        """Take an alias away; gives the change, with the names as they were written.

        Raises:
            UnknownAlias: there is no such alias.
            InputError: a text holds NUL or half a surrogate pair.
        """
        for part in (alias, by):
            clean(part)
        async with self._database.writing() as connection:
            return await aliases.remove(connection, alias, by=by, at=_now())

    # --- the whole ------------------------------------------------------------------------

    async def changes(self, after: int = 0, limit: int = 100) -> list[Change]:
        """Rows of the change log with a position above ``after``, oldest first."""
        async with self._database.reading() as connection:
            return await log.changes_after(connection, after, limit)

    async def last_changes(self, limit: int = 20) -> list[Change]:
        """The newest rows of the change log, newest first."""
        async with self._database.reading() as connection:
            return await log.last_changes(connection, limit)

    async def people(self) -> list[Person]:
        """Known speakers, the most quoted first."""
        async with self._database.snapshot() as connection:
            return await speakers.all_people(connection)

    async def coverage(self) -> Coverage:
        """What the record holds. Counted anew only when the change log has grown."""
        async with self._database.snapshot() as connection:
            held = self._coverage
            if held is None or held.position != await log.position(connection):
                held = self._coverage = await coverage(connection)
            return held

    async def check(self) -> tuple[str, ...]:
        """Look for damage; gives one sentence for each kind found, none when all is well."""
        try:
            async with self._database.snapshot() as connection:
                return await checking.check(connection)
        except RecordError as error:
            # Too damaged to be looked at is a finding too.
            return (str(error),)


@asynccontextmanager
async def open_record(database_url: str, *, patience: float = PATIENCE) -> AsyncIterator[Record]:
    """Open the record at ``database_url``; the database is made or migrated as needed.

    ``patience`` is how long, in seconds, a writer waits for another process.

    Raises:
        RecordTooNew: the database was written by a newer version of this program.
        RecordBusy: another process holds it for longer than ``patience``.
        RecordReadOnly: it has to be migrated and can't be written.
        RecordError: it can't be reached or opened, is damaged, or is another program's.
    """
    database = Database(database_url, patience=patience)
    try:
        await database.prepare()
        await schema.migrate(database)
        yield Record(database)
    finally:
        await database.close()


def _now() -> datetime:
    return datetime.now(UTC)
