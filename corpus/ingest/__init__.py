"""From bytes, addresses and bulk lines to drafts: the wing that understands a published statement.

Importing it is cheap: each format's library is loaded by the module of that format, when needed.
"""

from __future__ import annotations

from corpus.ingest.bulk import from_line, to_line
from corpus.ingest.bulk_reader import read_lines

__all__ = ["from_line", "read_lines", "to_line"]
