"""From the bytes of one source to a draft."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import PurePath
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from corpus.errors import TooLarge, UnreadableSource
from corpus.ingest.overrides import NO_OVERRIDES, Overrides, apply
from corpus.types import Draft, SourceCopy

if TYPE_CHECKING:
    from corpus.ingest.blocks import Extracted
    from corpus.ingest.detection import Format

MAX_BYTES = 20 * 1024 * 1024
"""Bytes of a source: what Telegram lets a bot download, many times the longest page we know."""


def draft_from_bytes(
    content: bytes,
    *,
    url: str | None = None,
    media_type: str | None = None,
    filename: str | None = None,
    fetched_at: datetime | None = None,
    overrides: Overrides = NO_OVERRIDES,
) -> Draft:
    """Understand one source: HTML, PDF, DOCX, Markdown or plain text.

    The format is told by the content first, then by ``media_type`` (with ``; charset=`` if the
    transport says it) and ``filename``. ``Draft.source`` keeps the bytes; ``fetched_at`` is now
    unless given. What ``overrides`` gives outweighs what was understood.

    Raises:
        UnreadableSource: empty, binary junk, a scan without text, a password, a broken encoding.
        NoStatement: readable, but without a statement.
        TooLarge: more than :data:`MAX_BYTES`.
    """
    # Imported here, as the formats below: a process that only answers questions reads no source,
    # and what reads them takes a tenth of a second to load.
    from corpus.ingest.decoding import BROKEN
    from corpus.ingest.detection import detect
    from corpus.ingest.statement import understand, warnings_for

    if not content.strip():
        raise UnreadableSource("the source is empty. Check the file or the address.")
    if len(content) > MAX_BYTES:
        raise TooLarge(
            f"the source has {len(content) / 2**20:.0f} MB; at most {MAX_BYTES // 2**20} MB are "
            "taken in. Give the statement alone, as text."
        )
    kind = detect(content, media_type=media_type, filename=filename or _name(url))
    extracted = _extract(kind, content, media_type, url)
    draft = understand(extracted)
    if extracted.broken and "\ufffd" in "".join(paragraph.text for paragraph in draft.paragraphs):
        raise UnreadableSource(BROKEN)
    draft = apply(replace(draft, source_url=url or draft.source_url), overrides)
    copy = SourceCopy(content, kind.value, fetched_at or datetime.now(UTC))
    return replace(draft, source=copy, warnings=warnings_for(draft))


def _name(url: str | None) -> str | None:
    return PurePath(urlsplit(url).path).name if url else None


def _charset(media_type: str | None) -> str | None:
    _, _, parameters = (media_type or "").partition("charset=")
    return parameters.split(";")[0].strip(" \"'") or None


def _extract(kind: Format, content: bytes, media_type: str | None, url: str | None) -> Extracted:
    from corpus.ingest.decoding import decode
    from corpus.ingest.detection import Format

    # Each format's library takes up to a second to load; a source needs that of its own alone.
    if kind is Format.PDF:
        from corpus.ingest.extract import pdf

        return pdf.extract(content)
    if kind is Format.DOCX:
        from corpus.ingest.extract import docx

        return docx.extract(content)
    text, broken = decode(content, _charset(media_type))
    if kind is Format.HTML:
        from corpus.ingest.extract import html

        extracted = html.extract(text, url=url)
    elif kind is Format.MARKDOWN:
        from corpus.ingest.extract import markdown

        extracted = markdown.extract(text)
    else:
        from corpus.ingest.extract import text as plain

        extracted = plain.extract(text)
    return replace(extracted, broken=broken)
