"""Export as schema.org ``Quotation`` (https://schema.org/Quotation), one JSON-LD object a line."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from corpus.ingest.bulk import moment_text
from corpus.types import Document, Passage, PassageKind


def to_quotation(document: Document, passages: Sequence[Passage]) -> str:
    """Write each passage that states something as a ``Quotation``, one JSON-LD object a line.

    Reporters' questions and apparatus are no quotations and are left out. ``spokenByCharacter``
    and ``creator`` are the known person, else the label of the source; neither is there when the
    speaker is unknown. Gives an empty text when no passage states anything.
    """
    return "\n".join(
        json.dumps(_quotation(document, passage), ensure_ascii=False)
        for passage in passages
        if passage.kind is PassageKind.STATEMENT
    )


def _quotation(document: Document, passage: Passage) -> dict[str, Any]:
    speaker = passage.person or passage.speaker
    person = {"@type": "Person", "name": speaker} if speaker else None
    work = {
        "@type": "CreativeWork",
        "name": document.title,
        "url": document.source_url,
        "datePublished": document.published_at and moment_text(document.published_at),
        "publisher": document.publisher and {"@type": "Organization", "name": document.publisher},
    }
    quotation = {
        "@context": "https://schema.org",
        "@type": "Quotation",
        "identifier": str(passage.id),
        "text": passage.text,
        "creator": person,
        "spokenByCharacter": person,
        "inLanguage": document.language,
        "dateCreated": document.said_on and document.said_on.isoformat(),
        "datePublished": document.published_at and moment_text(document.published_at),
        "locationCreated": document.place and {"@type": "Place", "name": document.place},
        "position": passage.paragraph,
        "isPartOf": _known(work),
        "citation": document.source_url,
    }
    return _known(quotation)


def _known(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}
