"""Alembic's migrations of the record; see ``docs/storage.md`` for how to add one."""
