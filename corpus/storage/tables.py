"""The tables of the record. Rows of these classes never leave the storage wing.

Numbers that name things for ever (documents, passages, changes) are given out by the one writer
that holds the write lock, as the highest so far plus one. No row of these tables is ever deleted,
so that no number is used twice, and a gap in the change log means damage.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import ClassVar

from sqlalchemy import DateTime, Dialect, ForeignKeyConstraint, Index, MetaData, Table
from sqlalchemy.orm import registry
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)
"""Every constraint has a name that follows from what it binds, so that migrations can name it."""


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC. SQLite keeps no offset, so it is taken off on the way in and put back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the driver the same moment in UTC."""
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give back an aware moment in UTC."""
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=UTC)


class Base(SQLModel, registry=registry(metadata=metadata)):
    """What all tables share: the metadata with its naming convention."""


class DocumentRow(Base, table=True):
    """One statement at one source; what it says stands in its revisions."""

    __tablename__: ClassVar[str] = "document"
    __table_args__ = (Index(None, "withdrawn", "ordered_on", "id"),)

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    source_key: bytes = Field(unique=True)
    """SHA-256 of the source URL, or of the text where there is none. URLs are too long to index."""
    source_url: str | None
    revision: int
    """Number of the current revision."""
    withdrawn: bool
    ordered_on: str
    """ISO day that "latest" goes by: said on, else published at, else empty."""


class SourceCopyRow(Base, table=True):
    """What a source sent, once for each distinct content."""

    __tablename__: ClassVar[str] = "source_copy"

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    sha256: bytes = Field(unique=True)
    """Of the content as fetched, before compression."""
    media_type: str
    fetched_at: datetime = Field(sa_type=UtcDateTime)
    size: int
    """Bytes of the content as fetched."""
    content: bytes
    """Zstandard."""


class RevisionRow(Base, table=True):
    """A document as the source gave it at one time. Never changed once stored."""

    __tablename__: ClassVar[str] = "revision"

    document_id: int = Field(primary_key=True, foreign_key="document.id")
    number: int = Field(primary_key=True)
    title: str | None
    publisher: str | None
    occasion: str | None
    place: str | None
    language: str | None
    speaker: str | None
    said_on: date | None
    published_at: str | None
    """ISO 8601, as precise as the source and with its offset: a day, or a day and time."""
    indexed_at: datetime = Field(sa_type=UtcDateTime)
    paragraphs: int
    extra: str
    """JSON list of [key, JSON text]."""
    content_hash: bytes
    """SHA-256 of text and metadata: the same means that nothing changed."""
    text_hash: bytes = Field(index=True)
    """SHA-256 of the paragraphs' text: the same means a duplicate."""
    source_copy_id: int | None = Field(foreign_key="source_copy.id")
    passage_ids: str
    """JSON list, in order."""
    replies: str
    """JSON list: for each paragraph the index of the question's first paragraph, or null."""


class PersonRow(Base, table=True):
    """A known speaker."""

    __tablename__: ClassVar[str] = "person"

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    key: str = Field(unique=True)
    """The name, folded: what makes two spellings one name."""
    name: str


class PersonAliasRow(Base, table=True):
    """A label under which a source certainly named this person."""

    __tablename__: ClassVar[str] = "person_alias"

    person_id: int = Field(primary_key=True, foreign_key="person.id")
    alias: str = Field(primary_key=True)


class PassageRow(Base, table=True):
    """One paragraph. Text, speaker and kind never change; its place does."""

    __tablename__: ClassVar[str] = "passage"
    __table_args__ = (
        ForeignKeyConstraint(["document_id"], ["document.id"]),
        ForeignKeyConstraint(["replies_to"], ["passage.id"]),
        ForeignKeyConstraint(["person_id"], ["person.id"]),
        Index(None, "document_id", "position"),
        Index(None, "person_id", "document_id"),
    )

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    document_id: int
    position: int
    """Index in the current revision, or in the last one that had it."""
    current: bool
    """Whether it stands in the document's current revision (which may be withdrawn)."""
    kind: str
    replies_to: int | None
    person_id: int | None
    speaker: str | None
    text: str


class ChangeRow(Base, table=True):
    """One row of the change log, written in the transaction of what it tells."""

    __tablename__: ClassVar[str] = "change"
    __table_args__ = (
        ForeignKeyConstraint(
            ["document_id", "revision"], ["revision.document_id", "revision.number"]
        ),
        Index(None, "document_id"),
    )

    position: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    kind: str
    document_id: int
    revision: int
    at: datetime = Field(sa_type=UtcDateTime)
    by: str | None
    reason: str | None


class NoteRow(Base, table=True):
    """A short value that a bot keeps beside the record; see the notes module."""

    __tablename__: ClassVar[str] = "note"

    kind: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    value: str
    until: datetime | None = Field(sa_type=UtcDateTime, index=True)
    """When it may be dropped; kept for good where empty."""


class AliasChangeRow(Base, table=True):
    """A moderator added or removed a name; what holds now follows from all rows in order."""

    __tablename__: ClassVar[str] = "alias_change"

    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    kind: str
    name: str
    """What the alias stands for."""
    alias: str
    at: datetime = Field(sa_type=UtcDateTime)
    by: str | None


documents: Table = metadata.tables["document"]
source_copies: Table = metadata.tables["source_copy"]
revisions: Table = metadata.tables["revision"]
people: Table = metadata.tables["person"]
aliases: Table = metadata.tables["person_alias"]
passages: Table = metadata.tables["passage"]
changes: Table = metadata.tables["change"]
notes: Table = metadata.tables["note"]
alias_changes: Table = metadata.tables["alias_change"]
