"""Notes: short values that a bot keeps beside the record."""

from __future__ import annotations

from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table, and name the record, so that an index knows whose it is."""
    note = op.create_table(
        "note",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("kind", "key", name="pk_note"),
    )
    op.create_index("ix_note_until", "note", ["until"])
    op.bulk_insert(
        note, [{"kind": "record", "key": "identity", "value": uuid4().hex, "until": None}]
    )
