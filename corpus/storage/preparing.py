"""A draft made ready to be written: checked, hashed, its speakers named. No database here."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from corpus.errors import InputError, NoStatement
from corpus.people import attribute
from corpus.storage.values import extra_text, moment_text
from corpus.types import Draft

PassageKey = tuple[str, str | None, str]
"""Text, speaker label and kind: what makes a paragraph the same in two revisions."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A draft with all that publishing derives from it alone."""

    draft: Draft
    source_key: bytes
    content_hash: bytes
    text_hash: bytes
    published_at: str | None
    ordered_on: str
    extra: str
    people: Mapping[str, str]
    """Full name for each label that certainly names a person."""

    def keys(self) -> list[PassageKey]:
        """The identity of each paragraph, in order."""
        return [(p.text, p.speaker, p.kind.value) for p in self.draft.paragraphs]


def source_key(source_url: str | None, text_hash: bytes) -> bytes:
    """What makes a draft the same document: its URL, or its text where it has none."""
    if source_url is None:
        return sha256(b"text\0" + text_hash).digest()
    return sha256(b"url\0" + source_url.encode()).digest()


def text_hash(texts: Iterable[str]) -> bytes:
    """SHA-256 of the paragraphs; NUL, which no text may have, stands between them."""
    return sha256("\0".join(texts).encode()).digest()


def prepare(drafts: Sequence[Draft]) -> list[Prepared]:
    """Make drafts ready.

    Raises:
        NoStatement: a draft has no paragraphs.
        InputError: a text holds NUL or half a surrogate pair, or a reply names no question.
    """
    return [_prepared(draft) for draft in drafts]


def _prepared(draft: Draft) -> Prepared:
    _check(draft)
    published_at = None if draft.published_at is None else moment_text(draft.published_at)
    extra = extra_text(draft.extra)
    texts = text_hash(paragraph.text for paragraph in draft.paragraphs)
    content = json.dumps(
        [
            draft.source_url,
            draft.title,
            draft.publisher,
            draft.occasion,
            draft.place,
            draft.language,
            draft.speaker,
            None if draft.said_on is None else draft.said_on.isoformat(),
            published_at,
            extra,
            [(p.text, p.speaker, p.kind.value, p.replies_to) for p in draft.paragraphs],
        ],
        ensure_ascii=False,
        separators=(",", ":"),
    )
    labels = dict.fromkeys(p.speaker for p in draft.paragraphs if p.speaker is not None)
    return Prepared(
        draft=draft,
        source_key=source_key(draft.source_url, texts),
        content_hash=sha256(content.encode()).digest(),
        text_hash=texts,
        published_at=published_at,
        ordered_on=_day(draft.said_on or draft.published_at),
        extra=extra,
        people=attribute(labels, speaker=draft.speaker, title=draft.title),
    )


def _day(moment: date | datetime | None) -> str:
    return "" if moment is None else moment.isoformat()[:10]


def _check(draft: Draft) -> None:
    if not draft.paragraphs:
        raise NoStatement(f"{_named(draft)} has no paragraphs; there is nothing to put on record.")
    for index, paragraph in enumerate(draft.paragraphs):
        if paragraph.replies_to is not None and not 0 <= paragraph.replies_to < index:
            raise InputError(
                f"Paragraph {index} of {_named(draft)} replies to paragraph"
                f" {paragraph.replies_to}, which does not come before it."
            )
    for string in _strings(draft):
        clean(string, _named(draft))


def clean(string: str | None, name: str = "The text") -> None:
    """See that both databases can keep a string as it is.

    Raises:
        InputError: it holds NUL, which PostgreSQL refuses, or half a surrogate pair.
    """
    if string is None or (string.isascii() and "\0" not in string):
        return
    if "\0" in string:
        raise InputError(f"{name} holds a NUL character, which is no text; take it out.")
    try:
        string.encode()
    except UnicodeEncodeError:
        raise InputError(
            f"{name} holds half of a surrogate pair, which is no text; decode the source again."
        ) from None


def _named(draft: Draft) -> str:
    name = draft.source_url or draft.title
    return f"The document {name!r}" if name else "The document"


def _strings(draft: Draft) -> Iterator[str | None]:
    yield from (draft.source_url, draft.title, draft.publisher, draft.occasion, draft.place)
    yield from (draft.language, draft.speaker)
    for pair in draft.extra:
        yield from pair
    for paragraph in draft.paragraphs:
        yield paragraph.text
        yield paragraph.speaker
    if draft.source is not None:
        yield draft.source.media_type
