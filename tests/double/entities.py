"""Text with entities, as Telegram keeps it: offsets and lengths in UTF-16 code units."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from tests.double.constraints import utf16_length

Json = dict[str, Any]

SPLITTABLE = frozenset({"bold", "italic", "underline", "strikethrough", "spoiler"})
"""Kinds that may cross others; Telegram cuts them at the borders."""
BLOCKQUOTES = frozenset({"blockquote", "expandable_blockquote"})
CODE = frozenset({"code", "pre"})
"""Nothing can be bold within these."""
QUOTABLE = frozenset({*SPLITTABLE, "custom_emoji", "date_time"})
"""Kinds that count when a quotation is compared with the message."""
_ORDER = ["blockquote", "expandable_blockquote", "pre", "code", "text_link", "text_mention"]


@dataclass(frozen=True, slots=True)
class Entity:
    """A stretch of a text that means or looks something."""

    type: str
    offset: int
    length: int
    url: str | None = None
    language: str | None = None
    user: Json | None = None
    custom_emoji_id: str | None = None
    unix_time: int | None = None
    date_time_format: str | None = None

    @property
    def end(self) -> int:
        """The first unit after it."""
        return self.offset + self.length

    def to_json(self) -> Json:
        """As a ``MessageEntity``."""
        body: Json = {"type": self.type, "offset": self.offset, "length": self.length}
        for name in (
            "url",
            "language",
            "user",
            "custom_emoji_id",
            "unix_time",
            "date_time_format",
        ):
            if (value := getattr(self, name)) is not None:
                body[name] = value
        return body

    def covers(self, text: str) -> str:
        """The words under the entity."""
        return cut(text, self.offset, self.end)


@dataclass(frozen=True, slots=True)
class FormattedText:
    """A text as people see it."""

    text: str = ""
    entities: tuple[Entity, ...] = ()
    losses: tuple[str, ...] = ()
    """What Telegram took away without a word."""

    @property
    def length(self) -> int:
        """In UTF-16 code units, never fewer than the code points: the stricter of both counts."""
        return utf16_length(self.text)


def cut(text: str, start: int, end: int) -> str:
    """The stretch of ``text`` between two UTF-16 offsets; halves of pairs become U+FFFD."""
    units = text.encode("utf-16-le", "surrogatepass")
    return units[2 * start : 2 * end].decode("utf-16-le", "replace")


def sorted_entities(entities: Iterable[Entity]) -> list[Entity]:
    """In Telegram's order: first by offset, the longer outside the shorter."""
    return sorted(entities, key=lambda e: (e.offset, -e.length, _rank(e.type), e.type))


def _rank(kind: str) -> int:
    return _ORDER.index(kind) if kind in _ORDER else len(_ORDER)


def fix(entities: Sequence[Entity]) -> list[Entity]:
    """Entities that can stand together: TDLib's ``fix_entities``, by its rules.

    Links, mentions and code never overlap one another (the first stays); quotations never overlap
    one another, and links lie wholly in them or wholly outside; bold and its kin are merged where
    they touch, cut where they cross the border of another, and dropped within code.
    """
    entities = sorted_entities(e for e in entities if e.length > 0)
    if len(entities) < 2:
        return entities
    quotes = _apart([e for e in entities if e.type in BLOCKQUOTES])
    solid = _apart([e for e in entities if e.type not in BLOCKQUOTES | SPLITTABLE])
    solid = [e for e in solid if not any(_clash(e, quote) for quote in quotes)]
    borders = [*quotes, *solid]
    soft = [
        piece
        for kind in sorted(SPLITTABLE)
        for merged in _merged([e for e in entities if e.type == kind])
        for piece in _pieces(merged, borders)
    ]
    return sorted_entities([*borders, *soft])


def _apart(entities: list[Entity]) -> list[Entity]:
    kept: list[Entity] = []
    for entity in entities:
        if not kept or entity.offset >= kept[-1].end:
            kept.append(entity)
    return kept


def _clash(entity: Entity, quote: Entity) -> bool:
    apart = entity.end <= quote.offset or quote.end <= entity.offset
    inside = quote.offset <= entity.offset and entity.end <= quote.end
    return not apart and not inside


def _merged(entities: list[Entity]) -> list[Entity]:
    merged: list[Entity] = []
    for entity in entities:
        if merged and entity.offset <= merged[-1].end:
            end = max(merged[-1].end, entity.end)
            merged[-1] = replace(merged[-1], length=end - merged[-1].offset)
        else:
            merged.append(entity)
    return merged


def _pieces(entity: Entity, borders: list[Entity]) -> list[Entity]:
    """Cut ``entity`` where it crosses a border, and take out what lies within code."""
    cuts = {entity.offset, entity.end}
    for border in borders:
        crossing = (
            border.offset < entity.offset < border.end < entity.end
            or entity.offset < border.offset < entity.end < border.end
        )
        if crossing or border.type in CODE:
            cuts |= {at for at in (border.offset, border.end) if entity.offset < at < entity.end}
    code = [border for border in borders if border.type in CODE]
    if len(cuts) == 2 and not code:
        return [entity]
    return [
        replace(entity, offset=start, length=end - start)
        for start, end in pairwise(sorted(cuts))
        if not any(c.offset <= start and end <= c.end for c in code)
    ]
