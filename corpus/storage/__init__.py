"""The record, in one SQL database: SQLite by default, PostgreSQL for several machines.

The public face is :func:`open_record`, which gives a :class:`Record`. Nothing else of this
package is for others; rows of its tables never leave it.
"""

from corpus.storage.record import Record, open_record

__all__ = ["Record", "open_record"]
