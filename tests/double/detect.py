"""Entities that Telegram finds by itself: commands, mentions, links, addresses, tags.

A sound approximation of TDLib's ``find_entities``: what a bot relies on (commands, mentions, plain
URLs) is exact for usual texts; exotic URLs may be found differently.
"""

from __future__ import annotations

import re

from tests.double.constraints import utf16_length
from tests.double.entities import BLOCKQUOTES, SPLITTABLE, Entity, FormattedText, sorted_entities

_TOP_LEVEL = (
    "com|org|net|int|gov|edu|mil|info|biz|eu|uk|de|fr|ru|us|io|me|co|tv|ua|cn|jp|in|br|at|ch|nl|pl"
)
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "url",
        re.compile(
            r"(?<![\w@.])(?:https?://[^\s<>\"«»]+[^\s<>\"«».,:;!?)'…]"
            rf"|(?:[a-zA-Z0-9-]+\.)+(?:{_TOP_LEVEL})(?![\w.-])(?:/[^\s<>\"«»]*[^\s<>\"«».,:;!?)'…])?)"
        ),
    ),
    ("email", re.compile(r"(?<![\w.])[A-Za-z0-9._%+-]+@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}(?!\w)")),
    (
        "bot_command",
        re.compile(
            r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>@])", re.ASCII
        ),
    ),
    ("mention", re.compile(r"(?<![\w@/])@[A-Za-z0-9_]{3,32}(?!\w)", re.ASCII)),
    ("hashtag", re.compile(r"(?<![\w#])#(?=\w*[^\W\d_])\w{1,256}(?!\w)")),
    ("cashtag", re.compile(r"(?<![\w$])\$[A-Z]{3,8}(?!\w)")),
)


def detect(text: FormattedText) -> FormattedText:
    """The text with what Telegram finds in it, where no link, mention or code is already."""
    taken = [e for e in text.entities if e.type not in SPLITTABLE | BLOCKQUOTES]
    found: list[Entity] = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text.text):
            start = utf16_length(text.text[: match.start()])
            entity = Entity(kind, start, utf16_length(match.group(0)))
            if all(entity.end <= e.offset or e.end <= entity.offset for e in [*taken, *found]):
                found.append(entity)
    if not found:
        return text
    return FormattedText(text.text, tuple(sorted_entities([*text.entities, *found])), text.losses)
