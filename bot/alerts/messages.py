"""What an alert says, free of any chat network, and what became of sending it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from bot.asking import Interpretation, PassageView
from corpus.types import Document


@dataclass(frozen=True, slots=True)
class Subject:
    """What someone wanted to be told of."""

    question: str
    understood: Interpretation


@dataclass(frozen=True, slots=True)
class StatementAlert:
    """New passages of one statement, on one or more subjects of a person."""

    subjects: tuple[Subject, ...]
    passages: tuple[PassageView, ...]
    """The best of them, the best first."""
    more: int
    """How many others there are."""


@dataclass(frozen=True, slots=True)
class Digest:
    """Statements that were held back, as a list."""

    entries: tuple[tuple[Document, tuple[Subject, ...]], ...]


Message = StatementAlert | Digest


@dataclass(frozen=True, slots=True)
class Sent:
    """It is with them."""


@dataclass(frozen=True, slots=True)
class Later:
    """It could not be sent now."""

    seconds: float | None = None
    """To wait at least, where that is known."""


@dataclass(frozen=True, slots=True)
class Unreachable:
    """They don't want anything, or are gone."""


Outcome = Sent | Later | Unreachable


class Outlet(Protocol):
    """Sends messages to people, by the names that it gave them."""

    async def send(self, subscriber: str, message: Message) -> Outcome:
        """Send a message; what can go wrong is told, not raised."""
        ...
