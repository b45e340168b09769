"""Passages and answers for tests of what is shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from corpus.types import Answer, Document, Hit, Passage, PassageKind, Query, Term

DOCUMENT = Document(
    id=12,
    source_url="https://mfa.example/oslo",
    title="Press point after the Oslo talks",
    publisher="Ministry of Foreign Affairs",
    occasion=None,
    place="Oslo",
    language="en",
    speaker="Anna Weld",
    said_on=date(2024, 3, 12),
    published_at=date(2024, 3, 13),
    indexed_at=datetime(2024, 3, 14, tzinfo=UTC),
    revision=1,
    paragraphs=9,
)
PASSAGE = Passage(
    id=7,
    document=DOCUMENT,
    paragraph=3,
    text="We shall attend if both sides are invited, and not otherwise.",
    speaker="FOREIGN MINISTER WELD",
    person="Anna Weld",
    kind=PassageKind.STATEMENT,
    replies_to="Will you attend\nthe talks?",
)


def document(**changes: Any) -> Document:
    return replace(DOCUMENT, **changes)


def passage(**changes: Any) -> Passage:
    """The passage with other fields; those of the document go to it."""
    own = {name: value for name, value in changes.items() if name in Passage.__slots__}
    rest = {name: value for name, value in changes.items() if name not in own}
    return replace(PASSAGE, document=document(**rest), **own)


def answer(*passages: Passage, total: int = 0, **query: Any) -> Answer:
    asked = Query("talks?", **({"terms": (Term("talks", ()),)} | query))
    hits = tuple(Hit(one, 1.0) for one in passages)
    return Answer(asked, hits, max(total, len(hits)))
