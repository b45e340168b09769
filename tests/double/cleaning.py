"""What Telegram does to every text before it keeps it.

After TDLib's ``clean_input_string`` and ``fix_formatted_text``: control characters become spaces,
line separators, bidirectional overrides and three combining marks vanish, runs of direction marks
lose their meaning, and white space is trimmed at both ends (at the start only before the first
entity). Each change is a :attr:`FormattedText.losses` line: a bot that promises words verbatim has
to know.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace

from tests.double.constraints import utf16_length
from tests.double.entities import SPLITTABLE, Entity, FormattedText, fix
from tests.double.errors import bad_request

MOST_ENTITIES = 100
"""Telegram drops those beyond, silently."""
_DROPPED = frozenset("\r\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u0333\u033f\u030a")
_RUN_OF_MARKS = re.compile("[\u200e\u200f](?=[\u200e\u200f])")
_SURROGATE = re.compile("[\ud800-\udfff]")
_NOTHING_TO_DO = re.compile(
    "[\n\x20-\u0309\u030b-\u0332\u0334-\u033e\u0340-\u200d\u2010-\u2027\u202f-\ud7ff\ue000-\uffff]*"
)
"""Characters that stay, each of one UTF-16 unit."""
_EMPTY = frozenset(
    " \n\u00a0\u1680\u180e\u200b\u200c\u200d\u200e\u200f\u202e\u202f\u205f\u2800\u3000\ufeff\ufffc"
) | {chr(code) for code in range(0x2000, 0x200B)}


def clean(text: str, entities: Iterable[Entity], *, allow_empty: bool = False) -> FormattedText:
    """The text and entities as Telegram would keep them.

    Raises:
        Refusal: nothing is left of the text, or an entity cuts a character in two.
    """
    if _SURROGATE.search(text):
        raise bad_request("Strings must be encoded in UTF-8")
    wanted = [entity for entity in entities if entity.length > 0]
    kept = fix(wanted)
    cleaned, moved, losses = _replace(text)
    losses += [f"a {gone} was dropped: it overlaps another" for gone in _gone(wanted, kept)]
    kept = [_move(entity, moved) for entity in kept]
    stripped, kept = _trim(cleaned, kept)
    if stripped != text:
        kept = fix(kept)
    if all(character in _EMPTY for character in stripped):
        if not allow_empty:
            raise bad_request("Text must be non-empty")
        return FormattedText()
    if stripped != cleaned:
        losses.append("white space at the ends was trimmed")
    if len(kept) > MOST_ENTITIES:
        losses.append(f"{len(kept) - MOST_ENTITIES} entities beyond {MOST_ENTITIES} were dropped")
        kept = kept[:MOST_ENTITIES]
    return FormattedText(stripped, tuple(kept), tuple(losses))


def _gone(wanted: list[Entity], kept: list[Entity]) -> list[str]:
    return [e.type for e in wanted if e.type not in SPLITTABLE and e not in kept]


def _replace(text: str) -> tuple[str, list[int | None], list[str]]:
    """The cleaned text, where each UTF-16 offset moved to, and what was lost."""
    if _NOTHING_TO_DO.fullmatch(text):
        return text, list(range(len(text) + 1)), []
    kept: list[str] = []
    moved: list[int | None] = []
    lost: dict[str, None] = {}
    offset = 0
    for character in text:
        moved.append(offset)
        if character > "\uffff":
            moved.append(None)
        new = character
        if character in _DROPPED:
            new = ""
        elif character < " " and character != "\n":
            new = " "
        if new != character:
            lost[f"{_name(character)} became {_name(new) if new else 'nothing'}"] = None
        kept.append(new)
        offset += utf16_length(new)
    moved.append(offset)
    cleaned = _RUN_OF_MARKS.sub("\u200c", "".join(kept))
    if cleaned != "".join(kept):
        lost["direction marks in a row lost their meaning, all but the last"] = None
    return cleaned, moved, list(lost)


def _name(character: str) -> str:
    name = unicodedata.name(character, "control character")
    return f"U+{ord(character):04X} {name}"


def _move(entity: Entity, moved: list[int | None]) -> Entity:
    if entity.offset >= len(moved) - 1:
        raise bad_request(
            f"Entity begins after the end of the text at UTF-16 offset {entity.offset}"
        )
    if entity.end > len(moved) - 1:
        raise bad_request(
            f"Entity beginning at UTF-16 offset {entity.offset} ends after the end of the text at "
            f"UTF-16 offset {entity.end}"
        )
    start, end = moved[entity.offset], moved[entity.end]
    if start is None:
        raise bad_request("Entity begins in a middle of a UTF-16 symbol")
    if end is None:
        raise bad_request(
            f"Entity beginning at UTF-16 offset {entity.offset} ends in a middle of a UTF-16 symbol"
        )
    return replace(entity, offset=start, length=end - start)


def _trim(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    text = text.rstrip(" \n")
    end = utf16_length(text)
    kept = [
        replace(entity, length=min(entity.end, end) - entity.offset)
        for entity in entities
        if entity.offset < end
    ]
    first = min((entity.offset for entity in kept), default=len(text))
    start = 0
    while start < min(first, len(text)) and text[start] in " \n":
        start += 1
    return text[start:], [replace(entity, offset=entity.offset - start) for entity in kept]
