"""What Alembic runs for a migration: on the connection, and in the transaction, given to it."""

from __future__ import annotations

from alembic import context

from corpus.storage.alert_tables import subscriptions

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=subscriptions.metadata,
    render_as_batch=True,
)
context.run_migrations()
