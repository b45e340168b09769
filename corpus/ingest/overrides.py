"""What a person says about a document, which outweighs what was understood."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from corpus.types import Draft, Moment, Paragraph, PassageKind


@dataclass(frozen=True, slots=True)
class Overrides:
    """Fields given by hand; None is not given."""

    url: str | None = None
    title: str | None = None
    speaker: str | None = None
    """Whose words the document gives: also of the paragraphs that have no speaker."""
    said_on: date | None = None
    publisher: str | None = None
    language: str | None = None
    occasion: str | None = None
    place: str | None = None
    published_at: Moment | None = None


NO_OVERRIDES = Overrides()


def apply(draft: Draft, overrides: Overrides) -> Draft:
    """The draft with what is given put in place of what was understood.

    A speaker given takes the place of the document's speaker wherever paragraphs have him, and
    those that have none; labels of the text stay as they are.
    """
    if overrides == NO_OVERRIDES:
        return draft
    paragraphs = draft.paragraphs
    if overrides.speaker is not None:
        paragraphs = _spoken_by(draft, overrides.speaker)
    return replace(
        draft,
        paragraphs=paragraphs,
        source_url=overrides.url or draft.source_url,
        title=overrides.title or draft.title,
        speaker=overrides.speaker or draft.speaker,
        said_on=overrides.said_on or draft.said_on,
        publisher=overrides.publisher or draft.publisher,
        language=overrides.language or draft.language,
        occasion=overrides.occasion or draft.occasion,
        place=overrides.place or draft.place,
        published_at=overrides.published_at or draft.published_at,
    )


def _spoken_by(draft: Draft, speaker: str) -> tuple[Paragraph, ...]:
    return tuple(
        replace(paragraph, speaker=speaker)
        if paragraph.kind is PassageKind.STATEMENT
        and paragraph.speaker in (None, draft.speaker)
        and not (paragraph.speaker and paragraph.text.startswith(paragraph.speaker))
        else paragraph
        for paragraph in draft.paragraphs
    )
