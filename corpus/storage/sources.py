"""Source copies: what was fetched, byte for byte, compressed, once for each distinct content."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from corpus.errors import RecordError
from corpus.storage.batches import chunks, next_number, within
from corpus.storage.tables import documents, revisions, source_copies
from corpus.types import SourceCopy

_LEVEL = 9
"""Of Zstandard: a page of 100 KB takes about 3 ms and shrinks to a fifth."""


def compress(content: bytes) -> bytes:
    """Zstandard, with the size of the content in the frame."""
    import zstandard

    return zstandard.ZstdCompressor(level=_LEVEL).compress(content)


def decompress(content: bytes, digest: bytes) -> bytes:
    """The content as fetched.

    Raises:
        RecordError: it is not what its SHA-256 says.
    """
    import zstandard

    try:
        plain = zstandard.ZstdDecompressor().decompress(content)
    except zstandard.ZstdError:
        plain = None
    if plain is None or sha256(plain).digest() != digest:
        raise RecordError(
            f"The source copy {digest.hex()[:12]} is damaged; restore the database from a backup."
        )
    return plain


async def keep_copies(
    connection: AsyncConnection, copies: Sequence[SourceCopy]
) -> dict[bytes, int]:
    """Store the copies that are not yet stored; gives the id of each content."""
    if not copies:
        return {}
    digests = {sha256(copy.content).digest(): copy for copy in reversed(copies)}
    ids: dict[bytes, int] = {}
    for part in chunks(digests):
        rows = await connection.execute(
            select(source_copies.c.sha256, source_copies.c.id).where(
                source_copies.c.sha256.in_(part)
            )
        )
        ids.update((digest, identifier) for digest, identifier in rows)
    fresh = [digest for digest in digests if digest not in ids]
    if fresh:
        first = await next_number(connection, source_copies.c.id)
        ids.update((digest, first + offset) for offset, digest in enumerate(fresh))
        await connection.execute(
            insert(source_copies),
            [
                {
                    "id": ids[digest],
                    "sha256": digest,
                    "media_type": digests[digest].media_type,
                    "fetched_at": digests[digest].fetched_at,
                    "size": len(digests[digest].content),
                    "content": compress(digests[digest].content),
                }
                for digest in fresh
            ],
        )
    return {copy.content: ids[digest] for digest, copy in digests.items()}


async def copy_of(
    connection: AsyncConnection, document_id: int, revision: int | None
) -> SourceCopy | None:
    """The source copy of a revision (the current one unless named), if it has one."""
    number = documents.c.revision if revision is None else within(revision)
    row = (
        await connection.execute(
            select(
                source_copies.c.content,
                source_copies.c.sha256,
                source_copies.c.media_type,
                source_copies.c.fetched_at,
            )
            .select_from(
                documents.join(revisions, revisions.c.document_id == documents.c.id).join(
                    source_copies, source_copies.c.id == revisions.c.source_copy_id
                )
            )
            .where(documents.c.id == within(document_id), revisions.c.number == number)
        )
    ).one_or_none()
    if row is None:
        return None
    return SourceCopy(
        content=decompress(row.content, row.sha256),
        media_type=row.media_type,
        fetched_at=row.fetched_at,
    )
