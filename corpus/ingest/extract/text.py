"""Plain text: paragraphs by blank lines, wrapped lines joined where that is certain."""

from __future__ import annotations

import re

from corpus.ingest.blocks import Block, Extracted
from corpus.ingest.lines import unwrap

_BLANK = re.compile(r"\n[^\S\n]*\n\s*|\f")


def extract(text: str) -> Extracted:
    """Read a plain text, which may be a page that somebody copied, frame and all."""
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    paragraphs = [
        paragraph
        for chunk in _BLANK.split(unified)
        for paragraph in unwrap(chunk.split("\n"))
        if paragraph
    ]
    return Extracted(blocks=tuple(Block(paragraph) for paragraph in paragraphs), framed=True)
