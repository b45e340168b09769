"""What the record holds, in counts."""

from __future__ import annotations

from collections import Counter
from datetime import date

from sqlalchemy import exists, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from corpus.storage.log import position
from corpus.storage.tables import documents, passages, people, revisions
from corpus.storage.values import current_documents
from corpus.types import Coverage, PublisherCount


async def coverage(connection: AsyncConnection) -> Coverage:
    """Counts over the current documents, publishers and languages the most frequent first."""
    rows = (
        await connection.execute(
            select(
                revisions.c.publisher,
                revisions.c.language,
                func.count(),
                func.sum(revisions.c.paragraphs),
                func.min(revisions.c.said_on),
                func.max(revisions.c.said_on),
            )
            .select_from(current_documents())
            .where(documents.c.withdrawn.is_(False))
            .group_by(revisions.c.publisher, revisions.c.language)
        )
    ).all()
    publishers: Counter[str | None] = Counter()
    languages: Counter[str | None] = Counter()
    days: list[date] = []
    paragraphs = 0
    for publisher, language, count, total, first, last in rows:
        publishers[publisher] += count
        languages[language] += count
        paragraphs += int(total)
        days.extend(day for day in (first, last) if day is not None)
    withdrawn = await connection.execute(
        select(func.count()).select_from(documents).where(documents.c.withdrawn.is_(True))
    )
    speakers = await connection.execute(
        select(func.count())
        .select_from(people)
        .where(
            exists()
            .where(
                passages.c.person_id == people.c.id,
                passages.c.current.is_(True),
                documents.c.id == passages.c.document_id,
                documents.c.withdrawn.is_(False),
            )
            .correlate(people)
        )
    )
    return Coverage(
        documents=publishers.total(),
        passages=paragraphs,
        first=min(days, default=None),
        last=max(days, default=None),
        publishers=tuple(PublisherCount(*item) for item in _ranked(publishers)),
        languages=tuple(_ranked(languages)),
        speakers=speakers.scalar_one(),
        withdrawn=withdrawn.scalar_one(),
        position=await position(connection),
    )


def _ranked(counter: Counter[str | None]) -> list[tuple[str | None, int]]:
    return sorted(counter.items(), key=lambda item: (-item[1], item[0] is None, item[0] or ""))
