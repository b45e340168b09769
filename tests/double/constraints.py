"""Limits that the Bot API's specification states in words: lengths, ranges, sets of values."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

Json = dict[str, Any]

_CONSTANT = re.compile(r'(?:must be|always) "?([a-z_0-9]+)"?$')
_LENGTH = re.compile(r"(\d+)-(\d+) (characters|bytes)", re.IGNORECASE)
_AT_MOST = re.compile(r"(?:[Aa]t most|up to|can't exceed) (\d+) (\w+)")
_RANGE = re.compile(
    r"(?:Values between|[Mm]ust be between|; |should be between|delivery, )\s?(\d+)(?:-| and )(\d+)"
)
_ITEMS = re.compile(r"(?:list of|must include|list of up to)\s(?:up to )?(?:(\d+)-)?(\d+) ")
_CHOICES = re.compile(r'(?:one of|[Cc]an be|either) "')


def constant_of(field: Json) -> str | None:
    """The one value of a discriminator ("Type of the result, must be article"), if it is one."""
    if field["types"] != ["String"] or not field["required"]:
        return None
    found = _CONSTANT.search(field["description"])
    return found.group(1) if found else None


@lru_cache(maxsize=4096)
def _choices(description: str) -> frozenset[str]:
    if not _CHOICES.search(description):
        return frozenset()
    return frozenset(re.findall(r'"([^"\s]+)"', description))


def constraint_faults(value: Any, description: str) -> list[str]:
    """What is wrong with ``value`` by the words of its field's description.

    Texts that are limited "after entities parsing" are left to the rules, which know the entities.
    """
    if isinstance(value, str):
        return _text_faults(value, description)
    if isinstance(value, bool) or value is None:
        return []
    if isinstance(value, int | float):
        found = _RANGE.search(description)
        if found and not int(found.group(1)) <= value <= int(found.group(2)):
            return [f"{value} is not in {found.group(1)}-{found.group(2)}"]
        return []
    if isinstance(value, list):
        found = _ITEMS.search(description)
        least, most = (int(found.group(1) or 0), int(found.group(2))) if found else (0, None)
        if most is None and (at_most := _AT_MOST.search(description)):
            most = int(at_most.group(1))
        if most is not None and not least <= len(value) <= most:
            return [f"{len(value)} items are not {least}-{most}"]
    return []


def _text_faults(value: str, description: str) -> list[str]:
    faults = []
    found = _LENGTH.search(description)
    if found and "after entit" not in description and not (not value and "empty" in description):
        least, most, unit = int(found.group(1)), int(found.group(2)), found.group(3).lower()
        length = len(value.encode()) if unit == "bytes" else utf16_length(value)
        if not least <= length <= most:
            faults.append(f"{length} {unit} are not {least}-{most}")
    elif not found and (at_most := _AT_MOST.search(description)):
        most, unit = int(at_most.group(1)), at_most.group(2)
        if unit in {"bytes", "characters"}:
            length = len(value.encode()) if unit == "bytes" else utf16_length(value)
            if length > most:
                faults.append(f"{length} {unit} are more than {most}")
    choices = _choices(description)
    if choices and value not in choices:
        faults.append(f"{value!r} is none of {', '.join(sorted(choices))}")
    return faults


def utf16_length(text: str) -> int:
    """Length in UTF-16 code units, Telegram's unit of offsets."""
    if text.isascii():
        return len(text)
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
