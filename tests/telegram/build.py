"""Views and texts for tests of the Telegram outlet."""

from __future__ import annotations

import html
import re
from datetime import UTC, date, datetime
from typing import Any

from bot.asking import PassageView

QUOTATION = re.compile(r"<blockquote(?: expandable)?>(.*?)</blockquote>", re.DOTALL)


def passage_view(text: str, **changes: Any) -> PassageView:
    """A passage by Anna Weld, shown with all that it can have unless changed."""
    values: dict[str, Any] = {
        "passage_id": 7,
        "document_id": 3,
        "paragraph": 4,
        "paragraphs": 9,
        "text": text,
        "asked": "Will you attend?",
        "who": "Anna Weld",
        "label": None,
        "statement_by": None,
        "role": None,
        "said_on": date(2024, 3, 12),
        "published_at": None,
        "title": "Press point after the Oslo talks",
        "publisher": "Ministry of Foreign Affairs",
        "source_url": "https://mfa.example/press/1",
        "link": "https://mfa.example/press/1#:~:text=We%20shall",
        "language": "en",
    }
    return PassageView(**values | changes)


def quoted(messages: list[str]) -> str:
    """The text in the blockquotes of messages, joined."""
    return "".join(
        html.unescape(part) for message in messages for part in QUOTATION.findall(message)
    )


def visible(message: str) -> str:
    """A message's text after entities are parsed."""
    return html.unescape(re.sub(r"<[^<>]*>", "", message))


class Questions:
    """Keeps questions in memory, under keys of the greatest length allowed."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    async def remember_query(self, question: str) -> str:
        key = f"{len(self.kept):022d}"
        self.kept[key] = question
        return key

    async def recall_query(self, key: str) -> str | None:
        return self.kept.get(key)


class Memory(Questions):
    """All that the bot keeps, in memory."""

    def __init__(self) -> None:
        super().__init__()
        self.notes: dict[tuple[str, str], tuple[str, datetime | None]] = {}

    async def note(self, kind: str, key: str) -> str | None:
        value, until = self.notes.get((kind, key), (None, None))
        return None if until and until < datetime.now(UTC) else value

    async def keep_note(
        self, kind: str, key: str, value: str, *, until: datetime | None = None
    ) -> None:
        self.notes[kind, key] = (value, until)

    async def drop_notes(self, kind: str, prefix: str) -> None:
        for other, key in list(self.notes):
            if other == kind and key.startswith(prefix):
                del self.notes[other, key]
