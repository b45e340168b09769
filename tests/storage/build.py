"""Drafts for tests of the record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from corpus.types import Draft, Paragraph, PassageKind

URL = "https://ministry.example/statements/1"
INTERVIEW = (
    Paragraph("Press point after the Oslo talks", kind=PassageKind.APPARATUS),
    Paragraph("Will you attend?", "Q", PassageKind.QUESTION),
    Paragraph("And who else?", "Q", PassageKind.QUESTION),
    Paragraph("We shall attend if both sides are invited.", "MS. WELD", replies_to=1),
    Paragraph("Thank you.", "MS. WELD", replies_to=1),
)


def draft(*texts: str, url: str | None = URL, **fields: Any) -> Draft:
    """A draft of plain paragraphs."""
    return Draft(tuple(Paragraph(text) for text in texts), source_url=url, **fields)


def interview(url: str | None = URL, **fields: Any) -> Draft:
    """A draft with a question of two paragraphs and a reply of two."""
    given: dict[str, Any] = {
        "title": "Press point by Foreign Minister Anna Weld",
        "publisher": "Ministry of Foreign Affairs",
        "occasion": "Oslo talks",
        "place": "Oslo",
        "language": "en",
        "speaker": "Anna Weld",
        "said_on": date(2024, 3, 12),
        "published_at": date(2024, 3, 13),
    }
    return Draft(INTERVIEW, source_url=url, **{**given, **fields})


def numbered(count: int, *, start: int = 0, paragraphs: int = 3) -> list[Draft]:
    """Many small documents, each at a URL of its own."""
    return [
        draft(
            *(f"Paragraph {index} of statement {number}." for index in range(paragraphs)),
            url=f"https://ministry.example/{number}",
            title=f"Statement {number}",
            said_on=date(2020, 1, 1 + number % 28),
        )
        for number in range(start, start + count)
    ]


def changed(old: Draft, texts: Sequence[str]) -> Draft:
    """The draft with other paragraphs."""
    return replace(old, paragraphs=tuple(Paragraph(text) for text in texts))
