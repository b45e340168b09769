"""Documents for the tests of the index, as storage would hand them over."""

from __future__ import annotations

from datetime import UTC, date, datetime

from corpus.types import Document, DocumentState, Passage, PassageKind

MOMENT = datetime(2026, 1, 1, tzinfo=UTC)


def document(
    number: int,
    *texts: str | tuple[str | None, str] | tuple[str | None, str, str],
    title: str | None = None,
    speaker: str | None = None,
    said_on: date | None = date(2024, 3, 12),
    publisher: str | None = "Ministry",
    language: str | None = "en",
) -> DocumentState:
    """A document whose passages are texts, (speaker, text) or (speaker, text, question).

    The speaker "Q" asks questions, "-" is apparatus.
    """
    about = Document(
        id=number,
        source_url=f"https://example.org/{number}",
        title=title,
        publisher=publisher,
        occasion=None,
        place=None,
        language=language,
        speaker=speaker,
        said_on=said_on,
        published_at=None,
        indexed_at=MOMENT,
        revision=1,
        paragraphs=len(texts),
    )
    passages = []
    for place, given in enumerate(texts):
        label, text, question = (
            (None, given, None) if isinstance(given, str) else (*given, None)[:3]
        )
        kind = {"Q": PassageKind.QUESTION, "-": PassageKind.APPARATUS}.get(
            label or "", PassageKind.STATEMENT
        )
        passages.append(
            Passage(
                id=number * 1000 + place,
                document=about,
                paragraph=place,
                text=text,
                speaker=None if label == "-" else label,
                person=None,
                kind=kind,
                replies_to=question,
            )
        )
    return DocumentState(about, tuple(passages))


def withdrawn(number: int) -> DocumentState:
    """A document that was withdrawn."""
    return DocumentState(document(number, "gone").document)
