"""What is kept on people: the language that they chose or, for alerts, use.

A question is not kept with its asker. For two days it is known which messages answered which, so
that an edited question edits its answer; that says nothing on who asked or what.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol

ANSWERS_KEPT = timedelta(hours=48)
"""As long as Telegram lets a message be edited or deleted."""
LANGUAGE_SECONDS = 10.0
"""For so long a language is not looked up again: another replica may learn of a choice so late."""
MOST_LANGUAGES = 10_000

_LANGUAGE = "language"
_ANSWER = "answer"
_PARTS = "parts"
_APP_LANGUAGE = "app-language"


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
    """The people who use the bot, known by the numbers of their accounts alone.

    Which messages answered which is written down by :meth:`flush`, so that no answer waits for a
    transaction; until then it is known in this process.
    """

    def __init__(self, notes: Notes, clock: Callable[[], float] = time.monotonic) -> None:
        self._notes = notes
        self._clock = clock
        self._languages: OrderedDict[int, tuple[float, str | None]] = OrderedDict()
        self._waiting: dict[tuple[str, str], str] = {}

    async def language(self, person: int) -> str | None:
        """The language that a person chose; None if they chose none."""
        known = self._languages.get(person)
        if known and self._clock() - known[0] < LANGUAGE_SECONDS:
            return known[1]
        return self._learn(person, await self._notes.note(_LANGUAGE, f"{person}:"))

    async def choose_language(self, person: int, language: str | None) -> None:
        """Keep a person's choice; None goes back to what their app is set to."""
        if language is None:
            await self._notes.drop_notes(_LANGUAGE, f"{person}:")
        else:
            await self._notes.keep_note(_LANGUAGE, f"{person}:", language)
        self._learn(person, language)

    async def spoken(self, person: int) -> str | None:
        """The language to write to a person in who has not just written: chosen, or their app's."""
        return await self.language(person) or await self._notes.note(_APP_LANGUAGE, f"{person}:")

    async def keep_app_language(self, person: int, language: str | None) -> None:
        """Keep what a person's app is set to, for when they are written to unasked."""
        if language and await self._notes.note(_APP_LANGUAGE, f"{person}:") != language:
            await self._notes.keep_note(_APP_LANGUAGE, f"{person}:", language)

    async def forget(self, person: int) -> None:
        """Drop all that is kept on a person, at once."""
        self._languages.pop(person, None)
        prefix = f"{person}:"
        self._waiting = {
            (kind, key): value
            for (kind, key), value in self._waiting.items()
            if not key.startswith(prefix)
        }
        for kind in (_LANGUAGE, _ANSWER, _PARTS, _APP_LANGUAGE):
            await self._notes.drop_notes(kind, prefix)

    def answered(self, chat: int, question: int, answers: tuple[int, ...]) -> None:
        """Remember, for two days, which messages of a chat answered the message ``question``."""
        self._waiting[_ANSWER, f"{chat}:{question}"] = ",".join(map(str, answers))

    async def answers(self, chat: int, question: int) -> tuple[int, ...]:
        """The messages that answered ``question``, the first one first; empty if not known."""
        return await self._kept(_ANSWER, f"{chat}:{question}")

    def continued(self, chat: int, head: int, parts: tuple[int, ...]) -> None:
        """Remember, for two days, which messages continue the message ``head``."""
        self._waiting[_PARTS, f"{chat}:{head}"] = ",".join(map(str, parts))

    async def parts(self, chat: int, head: int) -> tuple[int, ...]:
        """The messages that continue ``head``; empty if there are none or they are not known."""
        return await self._kept(_PARTS, f"{chat}:{head}")

    async def flush(self) -> None:
        """Write down what is waiting to be."""
        until = datetime.now(UTC) + ANSWERS_KEPT
        for (kind, key), value in list(self._waiting.items()):
            await self._notes.keep_note(kind, key, value, until=until)
            if (kind, key) not in self._waiting:  # Forgotten meanwhile.
                await self._notes.drop_notes(kind, key)
            elif self._waiting[kind, key] == value:  # Else said anew, and next in turn.
                del self._waiting[kind, key]

    def _learn(self, person: int, language: str | None) -> str | None:
        self._languages[person] = (self._clock(), language)
        self._languages.move_to_end(person)
        if len(self._languages) > MOST_LANGUAGES:
            self._languages.popitem(last=False)
        return language

    async def _kept(self, kind: str, key: str) -> tuple[int, ...]:
        value = self._waiting.get((kind, key)) or await self._notes.note(kind, key)
        return tuple(map(int, value.split(","))) if value else ()
