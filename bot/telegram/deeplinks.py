"""Links into a private chat with the bot: ``https://t.me/<bot>?start=<parameter>``.

The parameter is ``p<id>`` for a passage, ``d<id>`` for a document, ``q<key>`` for a question that
the record keeps, and ``t<text>`` for a question short enough to travel in the link itself.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass

from bot.telegram.callbacks import QuestionStore

PARAMETER_LIMIT = 64
"""Characters of a start parameter, of A-Z, a-z, 0-9, _ and - (Bot API, "Deep linking")."""

_PARAMETER = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True, slots=True)
class OpenPassage:
    """Show the passage of this id."""

    passage_id: int


@dataclass(frozen=True, slots=True)
class OpenDocument:
    """Show the whole statement of this id."""

    document_id: int


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """Answer this question."""

    question: str


Target = OpenPassage | OpenDocument | OpenQuestion


async def parameter(target: Target, questions: QuestionStore) -> str:
    """The start parameter that opens a target."""
    match target:
        case OpenPassage(passage_id):
            return f"p{passage_id}"
        case OpenDocument(document_id):
            return f"d{document_id}"
        case OpenQuestion(question):
            inline = "t" + base64.urlsafe_b64encode(question.encode()).decode().rstrip("=")
            if len(inline) <= PARAMETER_LIMIT:
                return inline
            return f"q{await questions.remember_query(question)}"


async def target(start: str, questions: QuestionStore) -> Target | None:
    """What a start parameter opens; None if it is none of ours."""
    if not _PARAMETER.fullmatch(start):
        return None
    kind, rest = start[0], start[1:]
    if kind in "pd" and rest.isdigit() and len(rest) <= 18:
        return OpenPassage(int(rest)) if kind == "p" else OpenDocument(int(rest))
    if kind == "q":
        question = await questions.recall_query(rest)
        return OpenQuestion(question) if question else None
    if kind == "t":
        try:
            text = base64.urlsafe_b64decode(rest + "=" * (-len(rest) % 4)).decode()
        except ValueError:
            return None
        return OpenQuestion(text) if text.strip() else None
    return None


def link(username: str, start: str) -> str:
    """The address that opens the bot with a start parameter."""
    return f"https://t.me/{username}?start={start}"
