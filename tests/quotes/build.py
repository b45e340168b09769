"""Passages built by hand: the checks need no database."""

from __future__ import annotations

from datetime import UTC, date, datetime

from corpus.types import Document, Passage, PassageKind

TALKS = (
    "We shall attend the talks if both sides are invited, and not otherwise. Our delegation will "
    "bring the proposals that were laid before the council in March, and it will ask for a reply "
    "before the end of the month."
)
FERRIES = (
    "The ferries between the two islands run again from Monday. Nobody has to show more than an "
    "identity card, and the fare stays as it was before the storm."
)
GRAIN = (
    "Three thousand tonnes of grain left the port this morning. The second ship follows on Friday, "
    "weather permitting."
)


def passage(
    number: int,
    text: str,
    *,
    document: int = 1,
    said_on: date | None = date(2024, 3, 12),
    kind: PassageKind = PassageKind.STATEMENT,
    paragraph: int | None = None,
) -> Passage:
    """A passage of an invented document."""
    return Passage(
        id=number,
        document=Document(
            id=document,
            source_url=f"https://mfa.example/{document}",
            title="Press point",
            publisher="Ministry",
            occasion=None,
            place=None,
            language="en",
            speaker=None,
            said_on=said_on,
            published_at=None,
            indexed_at=datetime(2024, 3, 13, tzinfo=UTC),
            revision=1,
            paragraphs=9,
        ),
        paragraph=number if paragraph is None else paragraph,
        text=text,
        speaker="Anna Weld",
        person="Anna Weld",
        kind=kind,
        replies_to=None,
    )


PASSAGES = [passage(1, TALKS), passage(2, FERRIES), passage(3, GRAIN, document=2)]
