"""What is kept on people: the language that they chose, and nothing else.

A question is not kept with its asker. For two days it is known which messages answered which, so
that an edited question edits its answer; that says nothing on who asked or what.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Protocol

ANSWERS_KEPT = timedelta(hours=48)
"""As long as Telegram lets a message be edited or deleted."""

_LANGUAGE = "language"
_ANSWER = "answer"
_PARTS = "parts"


class Notes(Protocol):
    """Short values under short keys, kept where all replicas see them."""

    async def note(self, kind: str, key: str) -> str | None:
        """The value of this key; None if there is none or its time is over."""
        ...

    async def keep_note(
        self, kind: str, key: str, value: str, *, until: datetime | None = None
    ) -> None:
        """Keep a value, in place of an earlier one; ``until`` is timezone-aware."""
        ...

    async def drop_notes(self, kind: str, prefix: str) -> None:
        """Drop all values whose key starts so."""
        ...


class People:
    """The people who use the bot, known by the numbers of their accounts alone."""

    def __init__(self, notes: Notes) -> None:
        self._notes = notes

    async def language(self, person: int) -> str | None:
        """The language that a person chose; None if they chose none."""
        return await self._notes.note(_LANGUAGE, f"{person}:")

    async def choose_language(self, person: int, language: str | None) -> None:
        """Keep a person's choice; None goes back to what their app is set to."""
        if language is None:
            await self._notes.drop_notes(_LANGUAGE, f"{person}:")
        else:
            await self._notes.keep_note(_LANGUAGE, f"{person}:", language)

    async def forget(self, person: int) -> None:
        """Drop all that is kept on a person, at once."""
        await self._notes.drop_notes(_LANGUAGE, f"{person}:")
        for kind in (_ANSWER, _PARTS):
            await self._notes.drop_notes(kind, f"{person}:")

    async def answered(self, chat: int, question: int, answers: tuple[int, ...]) -> None:
        """Remember, for two days, which messages of a chat answered the message ``question``."""
        await self._keep(_ANSWER, chat, question, answers)

    async def answers(self, chat: int, question: int) -> tuple[int, ...]:
        """The messages that answered ``question``, the first one first; empty if not known."""
        return await self._kept(_ANSWER, chat, question)

    async def continued(self, chat: int, head: int, parts: tuple[int, ...]) -> None:
        """Remember, for two days, which messages continue the message ``head``."""
        await self._keep(_PARTS, chat, head, parts)

    async def parts(self, chat: int, head: int) -> tuple[int, ...]:
        """The messages that continue ``head``; empty if there are none or they are not known."""
        return await self._kept(_PARTS, chat, head)

    async def _keep(self, kind: str, chat: int, message: int, others: tuple[int, ...]) -> None:
        value = ",".join(map(str, others))
        until = datetime.now(UTC) + ANSWERS_KEPT
        await self._notes.keep_note(kind, f"{chat}:{message}", value, until=until)

    async def _kept(self, kind: str, chat: int, message: int) -> tuple[int, ...]:
        value = await self._notes.note(kind, f"{chat}:{message}")
        return tuple(map(int, value.split(","))) if value else ()
