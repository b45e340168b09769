"""From bytes, addresses and bulk lines to drafts: the wing that understands a published statement.

Importing it is cheap: each format's library is loaded by the module of that format, when needed.
"""

from __future__ import annotations

from corpus.ingest.bulk import from_line, to_line
from corpus.ingest.bulk_reader import read_lines
from corpus.ingest.fetching import Fetched, fetch
from corpus.ingest.intake import MAX_BYTES, draft_from_bytes
from corpus.ingest.overrides import NO_OVERRIDES, Overrides
from corpus.ingest.quotation import to_quotation

__all__ = [
    "MAX_BYTES",
    "NO_OVERRIDES",
    "Fetched",
    "Overrides",
    "draft_from_bytes",
    "fetch",
    "from_line",
    "read_lines",
    "to_line",
    "to_quotation",
]
