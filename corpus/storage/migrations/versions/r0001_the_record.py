"""The record: documents, revisions, passages, people, source copies, the change log."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the first tables."""
    op.create_table(
        "document",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("source_key", sa.LargeBinary(), nullable=False),
        sa.Column("source_url", sa.String()),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("ordered_on", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_document"),
        sa.UniqueConstraint("source_key", name="uq_document_source_key"),
    )
    op.create_index(
        "ix_document_withdrawn_ordered_on_id", "document", ["withdrawn", "ordered_on", "id"]
    )
    op.create_table(
        "source_copy",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_source_copy"),
        sa.UniqueConstraint("sha256", name="uq_source_copy_sha256"),
    )
    op.create_table(
        "revision",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String()),
        sa.Column("publisher", sa.String()),
        sa.Column("occasion", sa.String()),
        sa.Column("place", sa.String()),
        sa.Column("language", sa.String()),
        sa.Column("speaker", sa.String()),
        sa.Column("said_on", sa.Date()),
        sa.Column("published_at", sa.String()),
        sa.Column("indexed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("paragraphs", sa.Integer(), nullable=False),
        sa.Column("extra", sa.String(), nullable=False),
        sa.Column("content_hash", sa.LargeBinary(), nullable=False),
        sa.Column("text_hash", sa.LargeBinary(), nullable=False),
        sa.Column("source_copy_id", sa.Integer()),
        sa.Column("passage_ids", sa.String(), nullable=False),
        sa.Column("replies", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("document_id", "number", name="pk_revision"),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name="fk_revision_document_id_document"
        ),
        sa.ForeignKeyConstraint(
            ["source_copy_id"], ["source_copy.id"], name="fk_revision_source_copy_id_source_copy"
        ),
    )
    op.create_index("ix_revision_text_hash", "revision", ["text_hash"])
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
        sa.UniqueConstraint("key", name="uq_person_key"),
    )
    op.create_table(
        "person_alias",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("alias", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "alias", name="pk_person_alias"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_person_alias_person_id_person"
        ),
    )
    op.create_table(
        "passage",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("replies_to", sa.Integer()),
        sa.Column("person_id", sa.Integer()),
        sa.Column("speaker", sa.String()),
        sa.Column("text", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_passage"),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name="fk_passage_document_id_document"
        ),
        sa.ForeignKeyConstraint(
            ["replies_to"], ["passage.id"], name="fk_passage_replies_to_passage"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_passage_person_id_person"),
    )
    op.create_index("ix_passage_document_id_position", "passage", ["document_id", "position"])
    op.create_index("ix_passage_person_id_document_id", "passage", ["person_id", "document_id"])
    op.create_table(
        "change",
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String()),
        sa.Column("reason", sa.String()),
        sa.PrimaryKeyConstraint("position", name="pk_change"),
        sa.ForeignKeyConstraint(
            ["document_id", "revision"],
            ["revision.document_id", "revision.number"],
            name="fk_change_document_id_revision_revision",
        ),
    )
    op.create_index("ix_change_document_id", "change", ["document_id"])
