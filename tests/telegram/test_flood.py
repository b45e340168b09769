from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from telegram.error import RetryAfter

from bot.telegram.flood import FloodControl, Gate, Priority


class Telegram:
    """Takes requests, with refusals as scripted, and notes their order."""

    def __init__(self, *refusals: float) -> None:
        self.refusals = list(refusals)
        self.taken: list[Any] = []

    async def __call__(self, what: Any) -> Any:
        if self.refusals and (wait := self.refusals.pop(0)):
            raise RetryAfter(timedelta(seconds=wait))
        self.taken.append(what)
        return True


async def request(
    control: FloodControl,
    telegram: Telegram,
    what: Any,
    *,
    chat: int | str | None = 1,
    priority: Priority | None = None,
    endpoint: str = "sendMessage",
) -> Any:
    data = {} if chat is None else {"chat_id": chat}
    return await control.process_request(telegram, [what], {}, endpoint, data, priority)


async def elapsed(work: Any) -> float:
    loop = asyncio.get_running_loop()
    start = loop.time()
    await work
    return loop.time() - start


async def test_someone_who_waits_is_answered_at_once() -> None:
    control, telegram = FloodControl(), Telegram()

    took = await elapsed(asyncio.gather(*(request(control, telegram, n) for n in range(50))))

    assert took < 0.2
    assert telegram.taken == list(range(50))


async def test_parts_of_a_long_answer_are_spaced_out() -> None:
    control, telegram = FloodControl(chat=(1, 0.1)), Telegram()
    await request(control, telegram, "head")

    took = await elapsed(
        asyncio.gather(
            *(request(control, telegram, n, priority=Priority.FOLLOWING) for n in range(3))
        )
    )

    assert took >= 0.29
    assert telegram.taken == ["head", 0, 1, 2]


async def test_interactive_answers_pass_alerts_that_wait() -> None:
    control, telegram = FloodControl(overall=(3, 0.2), chat=(100, 1.0)), Telegram()
    alerts = [
        asyncio.ensure_future(
            request(control, telegram, f"alert {n}", chat=n, priority=Priority.BACKGROUND)
        )
        for n in range(1, 6)
    ]
    await asyncio.sleep(0)

    await request(control, telegram, "answer", chat=9)

    assert telegram.taken == ["alert 1", "alert 2", "answer"]
    await asyncio.gather(*alerts)
    assert telegram.taken[3:] == ["alert 3", "alert 4", "alert 5"]


async def test_a_chat_that_is_asked_to_wait_does_not_stop_another() -> None:
    control, telegram = FloodControl(), Telegram(0.3)
    slow = asyncio.ensure_future(request(control, telegram, "slow", chat=1))
    await asyncio.sleep(0.01)

    same_chat = asyncio.ensure_future(request(control, telegram, "same", chat=1))
    took = await elapsed(request(control, telegram, "other", chat=2))

    assert took < 0.1
    assert telegram.taken == ["other"]
    await asyncio.gather(slow, same_chat)
    assert sorted(telegram.taken[1:]) == ["same", "slow"]


async def test_a_request_without_a_chat_waits_by_itself() -> None:
    control, telegram = FloodControl(), Telegram(0.05)

    await request(control, telegram, "inline", chat=None, endpoint="answerInlineQuery")

    assert telegram.taken == ["inline"]


async def test_a_wait_that_nobody_would_bear_is_an_error() -> None:
    with pytest.raises(RetryAfter):
        await request(FloodControl(), Telegram(61), "lost")


async def test_being_refused_again_and_again_is_an_error() -> None:
    telegram = Telegram(*[0.001] * FloodControl.ATTEMPTS)

    with pytest.raises(RetryAfter):
        await request(FloodControl(), telegram, "lost")

    assert not telegram.refusals


async def test_groups_have_a_rate_of_their_own() -> None:
    control, telegram = FloodControl(group=(2, 0.2)), Telegram()

    took = await elapsed(
        asyncio.gather(*(request(control, telegram, n, chat=-7) for n in range(3)))
    )

    assert took >= 0.19
    assert telegram.taken == [0, 1, 2]


async def test_typing_is_no_message() -> None:
    control, telegram = FloodControl(group=(1, 60.0)), Telegram()

    for number in range(3):
        await request(control, telegram, number, chat=-7, endpoint="sendChatAction")

    assert telegram.taken == [0, 1, 2]


async def test_idle_chats_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FloodControl, "MOST_CHATS", 2)
    control, telegram = FloodControl(chat=(1, 0.02), group=(1, 0.02)), Telegram()
    await request(control, telegram, 1, chat=1)
    await request(control, telegram, 2, chat="@channel")
    await asyncio.sleep(0.03)

    await request(control, telegram, 3, chat=3)

    assert set(control._chats) == {3}


async def test_a_gate_passes_over_those_who_gave_up() -> None:
    gate = Gate(1, 0.05)
    await gate.passing(Priority.INTERACTIVE)
    given_up = asyncio.ensure_future(gate.passing(Priority.INTERACTIVE))
    patient = asyncio.ensure_future(gate.passing(Priority.BACKGROUND))
    await asyncio.sleep(0)
    given_up.cancel()

    await asyncio.wait_for(patient, 1)

    assert given_up.cancelled()
    assert not gate.idle
    await asyncio.sleep(0.06)
    assert gate.idle


async def test_it_has_nothing_to_prepare_or_release() -> None:
    control = FloodControl()
    await control.initialize()
    await control.shutdown()


async def test_an_alert_is_given_back_after_a_429_and_while_the_chat_is_closed() -> None:
    control, telegram = FloodControl(), Telegram(30)
    for _ in range(2):
        with pytest.raises(RetryAfter) as caught:
            await elapsed(request(control, telegram, "alert", priority=Priority.ALERT))
        wait = caught.value.retry_after
        assert isinstance(wait, timedelta)
        assert 29 <= wait.total_seconds() <= 31
    assert len(telegram.refusals) == 0
    await request(control, telegram, "alert", chat=2, priority=Priority.ALERT)
    assert telegram.taken == ["alert"]


async def test_alerts_leave_room_for_those_who_wait() -> None:
    gate = Gate(3, 60, eager=True, reserve=1)
    await gate.passing(Priority.ALERT)
    await gate.passing(Priority.ALERT)
    late = asyncio.ensure_future(gate.passing(Priority.ALERT))
    await gate.passing(Priority.FOLLOWING)
    await asyncio.sleep(0)
    assert not late.done()
    late.cancel()
