from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest
from telegram import Chat, Message, Update, User

from bot.telegram.processor import FairProcessor


def update(number: int, user: int | None = None, chat: int = 1) -> Update:
    sender = User(user, "Ann", is_bot=False) if user else None
    place = Chat(chat, Chat.PRIVATE if user else Chat.CHANNEL)
    message = Message(number, datetime.now(UTC), place, from_user=sender, text="x")
    return Update(number, message=message) if user else Update(number, channel_post=message)


async def test_one_askers_updates_are_handled_in_order_and_others_meanwhile() -> None:
    done: list[int] = []
    handled: list[int] = []
    hold = asyncio.Event()
    processor = FairProcessor(at_once=2, handled=lambda one: handled.append(one.update_id))

    async def work(number: int, wait: bool) -> None:
        if wait:
            await hold.wait()
        done.append(number)

    async with processor:
        flood = [
            asyncio.ensure_future(processor.process_update(update(n, user=1), work(n, n == 1)))
            for n in range(1, 20)
        ]
        await asyncio.sleep(0)
        await asyncio.wait_for(processor.process_update(update(50, user=2), work(50, False)), 1)
        assert done == [50]
        hold.set()
        await asyncio.gather(*flood)

    assert done == [50, *range(1, 20)]
    assert handled == done
    assert not processor._queues


async def test_an_update_whose_handling_broke_off_is_not_handled() -> None:
    handled: list[Update] = []
    processor = FairProcessor(handled=handled.append)

    async def fails() -> None:
        raise ValueError("broke off")

    with pytest.raises(ValueError, match="broke off"):
        await processor.process_update(update(1, user=1), fails())

    assert not handled
    assert not processor._queues


@pytest.mark.parametrize("what", [update(1, chat=-5), object(), Update(2)])
async def test_updates_of_nobody_in_particular_are_handled_too(what: object) -> None:
    done: list[object] = []

    async def work() -> None:
        done.append(what)

    await FairProcessor().process_update(what, work())

    assert done == [what]
