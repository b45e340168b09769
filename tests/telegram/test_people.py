from __future__ import annotations

from datetime import datetime

import pytest

from bot import people
from bot.people import LANGUAGE_SECONDS, People
from tests.telegram.build import Memory


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


async def test_what_answered_what_is_written_down_for_all() -> None:
    store = Memory()
    here, elsewhere = People(store), People(store)
    here.answered(1, 10, (11, 12))
    here.continued(1, 11, (12,))
    assert await here.answers(1, 10) == (11, 12)
    assert await elsewhere.answers(1, 10) == ()

    await here.flush()

    assert await elsewhere.answers(1, 10) == (11, 12)
    assert await elsewhere.parts(1, 11) == (12,)
    assert await elsewhere.parts(1, 99) == ()
    assert all(until for _, until in store.notes.values())


async def test_what_is_said_anew_while_it_is_written_down_waits_for_the_next_time() -> None:
    class Slow(Memory):
        async def keep_note(
            self, kind: str, key: str, value: str, *, until: datetime | None = None
        ) -> None:
            if not self.notes:
                here.answered(1, 10, (99,))
            await super().keep_note(kind, key, value, until=until)

    store = Slow()
    here = People(store)
    here.answered(1, 10, (11,))
    await here.flush()
    await here.flush()

    assert await People(store).answers(1, 10) == (99,)


async def test_what_is_forgotten_while_it_is_written_down_is_dropped() -> None:
    class Slow(Memory):
        async def keep_note(
            self, kind: str, key: str, value: str, *, until: datetime | None = None
        ) -> None:
            await here.forget(1)
            await super().keep_note(kind, key, value, until=until)

    store = Slow()
    here = People(store)
    here.answered(1, 10, (11,))

    await here.flush()

    assert not store.notes


async def test_forgetting_leaves_nothing_also_of_what_was_not_yet_written_down() -> None:
    store = Memory()
    here = People(store)
    await here.choose_language(1, "ru")
    here.answered(1, 10, (11,))
    await here.flush()
    here.answered(1, 20, (21,))
    here.answered(12, 20, (21,))

    await here.forget(1)
    await here.flush()

    assert await here.language(1) is None
    assert await here.answers(1, 20) == ()
    assert set(store.notes) == {("answer", "12:20")}


async def test_a_choice_made_elsewhere_is_learnt_soon() -> None:
    store, clock = Memory(), Clock()
    here, elsewhere = People(store, clock), People(store)
    assert await here.language(1) is None
    await elsewhere.choose_language(1, "ru")
    assert await here.language(1) is None

    clock.now += LANGUAGE_SECONDS

    assert await here.language(1) == "ru"
    await here.choose_language(1, None)
    assert await here.language(1) is None
    assert not store.notes


async def test_only_so_many_languages_are_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(people, "MOST_LANGUAGES", 2)
    here = People(Memory())
    for person in (1, 2, 3):
        await here.language(person)

    assert list(here._languages) == [2, 3]
