"""How updates reach the bot: long polling, webhooks, who is told what."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from tests.double import Double, Person
from tests.double.webhook import SECRET_HEADER
from tests.double_tests.conftest import Client

Json = dict[str, Any]


def texts(updates: list[Json]) -> list[str]:
    return [update["message"]["text"] for update in updates]


async def test_updates_stay_until_they_are_confirmed(client: Client, ann: Person) -> None:
    for text in "abc":
        await ann.sends(text)
    first = await client.updates()
    assert texts(first) == ["a", "b", "c"]
    assert await client.updates() == first
    assert texts(await client.does("getUpdates", limit=2)) == ["a", "b"]
    assert texts(await client.updates(first[1]["update_id"])) == ["b", "c"]
    assert texts(await client.updates(-1)) == ["c"]
    assert texts(await client.updates()) == ["c"]
    assert await client.updates(first[2]["update_id"] + 1) == []


async def test_a_long_poll_returns_as_soon_as_something_comes(client: Client, ann: Person) -> None:
    poll = asyncio.create_task(client.does("getUpdates", timeout=30))
    await client.double.world.bell.until(
        lambda: True if client.double.calls("getUpdates") else None, 5
    )
    await ann.sends("now")
    assert texts(await asyncio.wait_for(poll, 5)) == ["now"]


async def test_a_poll_ends_empty_after_its_time(client: Client) -> None:
    assert await client.does("getUpdates", timeout=1) == []


async def test_two_pollers_are_a_conflict(double: Double, client: Client, ann: Person) -> None:
    first = asyncio.create_task(client.answer("getUpdates", timeout=30))
    await double.world.bell.until(lambda: True if double.calls("getUpdates") else None, 5)
    second = asyncio.create_task(client.does("getUpdates", timeout=30))
    body = await first
    assert body["error_code"] == 409
    assert body["description"] == (
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance "
        "is running"
    )
    await ann.sends("still there")
    assert texts(await second) == ["still there"]


async def test_a_poller_that_hung_up_is_no_conflict(double: Double, client: Client) -> None:
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.1):
            await client.answer("getUpdates", timeout=30)
    polling = await double.called("getUpdates")
    assert await client.does("getUpdates") == []
    assert polling[0].description is None


async def test_only_the_wanted_kinds_come(double: Double, client: Client, ann: Person) -> None:
    await client.does("getUpdates", allowed_updates=["callback_query"])
    await ann.sends("not wanted")
    assert await client.updates() == []
    await client.does("getUpdates", allowed_updates=[])
    await ann.sends("wanted")
    assert texts(await client.updates()) == ["wanted"]
    await client.does("getUpdates", allowed_updates=["message", "gossip"])
    assert [v.problem for v in double.violations] == ["'gossip' is no kind of update"]


# --- privacy -----------------------------------------------------------------------------------


async def test_privacy_mode_shows_only_what_is_meant_for_the_bot(
    double: Double, client: Client, ann: Person
) -> None:
    group = double.supergroup("Desk", ann)
    sent = await client.does("sendMessage", chat_id=group.id, text="hello")
    await ann.sends("among ourselves", chat=group)
    await ann.sends("/ask@OtherBot x", chat=group)
    await ann.sends("/ask Iran", chat=group)
    await ann.sends("/ask@ontherecordbot Iraq", chat=group)
    await ann.sends("hi @OnTheRecordBot", chat=group)
    await ann.sends("hi @Other", chat=group)
    edited = await ann.sends("quiet", chat=group)
    await ann.edits(edited, "still quiet")
    await ann.sends("why?", chat=group, reply_to=group.history[sent["message_id"]])
    assert texts(await client.updates()) == [
        "/ask Iran",
        "/ask@ontherecordbot Iraq",
        "hi @OnTheRecordBot",
        "why?",
    ]
    await ann.adds_bot_to(group, "administrator")
    await ann.sends("now you see me", chat=group)
    assert texts((await client.updates())[-1:]) == ["now you see me"]


async def test_without_privacy_mode_the_bot_sees_all() -> None:
    async with Double(privacy=False) as double, aiohttp.ClientSession() as session:
        client, ann = Client(double, session), double.person()
        group = double.group("Desk", ann)
        await ann.sends("among ourselves", chat=group)
        await ann.sends("elsewhere", chat=double.group("Other", ann, bot=None))
        assert texts(await client.updates()) == ["among ourselves"]
        assert (await client.does("getMe"))["can_read_all_group_messages"] is True


async def test_channel_posts_are_updates_of_their_own(
    double: Double, client: Client, ann: Person
) -> None:
    channel = double.channel("News", ann)
    post = await ann.sends("Post", chat=channel)
    await ann.edits(post, "Corrected")
    new, edited = await client.updates()
    assert new["channel_post"]["text"] == "Post"
    assert new["channel_post"]["sender_chat"]["id"] == channel.id
    assert edited["edited_channel_post"]["text"] == "Corrected"


async def test_anonymous_administrators(double: Double, client: Client, ann: Person) -> None:
    group = double.supergroup("Desk", ann)
    await ann.sends("/ask", chat=group, anonymous=True)
    message = (await client.updates())[0]["message"]
    assert message["from"]["id"] == 1087968824
    assert message["sender_chat"]["id"] == group.id


async def test_joining_and_leaving(double: Double, client: Client, ann: Person) -> None:
    group = double.group("Desk", ann, bot=None)
    await ann.adds_bot_to(group)
    await ann.removes_bot_from(group)
    joined, welcome, goodbye, left = await client.updates()
    assert joined["my_chat_member"]["old_chat_member"]["status"] == "left"
    assert welcome["message"]["new_chat_members"][0]["id"] == double.bot.id
    assert goodbye["message"]["left_chat_member"]["id"] == double.bot.id
    assert left["my_chat_member"]["new_chat_member"]["status"] == "kicked"


async def test_what_people_cannot_do(double: Double, ann: Person) -> None:
    with pytest.raises(ValueError, match="do not fit"):
        await ann.sends("x" * 4097)
    with pytest.raises(ValueError, match="start parameter"):
        await ann.starts("a b")
    with pytest.raises(ValueError, match="does not lead to the bot"):
        await ann.follows("https://t.me/Another?start=x")
    said = await ann.sends("one")
    with pytest.raises(ValueError, match="is not in the message"):
        await ann.sends("x", reply_to=said, quote="two")
    followed = await ann.follows("https://t.me/OnTheRecordBot?start=p12")
    assert followed.text == "/start p12"
    with pytest.raises(AssertionError, match=r"no answer with 'x' in <Chat .* the bot made no"):
        await ann.answer(0.01, containing="x")
    assert ann.reads() == []


# --- webhook -----------------------------------------------------------------------------------


class Receiver:
    """A bot's web server, which answers as it is told."""

    def __init__(self) -> None:
        self.url = ""
        self.statuses: list[int] = []
        self.got: asyncio.Queue[tuple[Json, str | None]] = asyncio.Queue()

    async def handle(self, request: web.Request) -> web.Response:
        await self.got.put((await request.json(), request.headers.get(SECRET_HEADER)))
        return web.Response(status=self.statuses.pop(0) if self.statuses else 200)

    async def next(self) -> tuple[Json, str | None]:
        return await asyncio.wait_for(self.got.get(), 5)


@asynccontextmanager
async def receiver() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    app = web.Application()
    app.router.add_post("/hook", receiver.handle)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    try:
        yield receiver
    finally:
        await runner.cleanup()


async def test_a_webhook_is_posted_to_until_it_answers(
    double: Double, client: Client, ann: Person
) -> None:
    async with receiver() as hook:
        hook.statuses = [500, 404]
        await client.does("setWebhook", url=hook.url, secret_token="s3cret_-")
        await ann.sends("one")
        for _ in range(3):
            update, secret = await hook.next()
            assert (update["message"]["text"], secret) == ("one", "s3cret_-")
        await ann.sends("two")
        assert (await hook.next())[0]["message"]["text"] == "two"
        info = await client.does("getWebhookInfo")
        assert info["url"] == hook.url
        assert info["last_error_message"] == "Wrong response from the webhook: 404 Not Found"
        assert (await client.answer("getUpdates"))["description"] == (
            "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to "
            "delete the webhook first"
        )
        await client.does("deleteWebhook")
        await ann.sends("three")
        assert texts(await client.updates())[-1:] == ["three"]


async def test_a_webhook_that_is_away_keeps_its_updates(
    double: Double, client: Client, ann: Person
) -> None:
    async with receiver() as hook:
        url = hook.url
    await client.does("setWebhook", url=url, allowed_updates=["message"], max_connections=2)
    await ann.sends("one")
    info: Json = {}
    async with asyncio.timeout(5):
        while "last_error_message" not in info:
            info = await client.does("getWebhookInfo")
            await asyncio.sleep(0)
    assert info["last_error_message"].startswith("Connection failed: ")
    assert (info["pending_update_count"], info["max_connections"]) == (1, 2)
    assert info["allowed_updates"] == ["message"]
    await client.does("deleteWebhook", drop_pending_updates=True)
    assert await client.updates() == []


async def test_one_chat_waits_its_turn_and_others_do_not(
    double: Double, client: Client, ann: Person
) -> None:
    async with receiver() as hook:
        hook.statuses = [500]
        bob = double.person("Bob")
        await ann.sends("ann 1")
        await ann.sends("ann 2")
        await bob.sends("bob 1")
        await client.does("setWebhook", url=hook.url)
        got = [(await hook.next())[0]["message"]["text"] for _ in range(4)]
        anns = [text for text in got if text.startswith("ann")]
        assert sorted(got) == ["ann 1", "ann 1", "ann 2", "bob 1"] or sorted(got) == [
            "ann 1",
            "ann 2",
            "bob 1",
            "bob 1",
        ]
        assert anns == sorted(anns)


async def test_a_webhook_ends_a_poll(double: Double, client: Client) -> None:
    poll = asyncio.create_task(client.answer("getUpdates", timeout=30))
    await double.world.bell.until(lambda: True if double.calls("getUpdates") else None, 5)
    async with receiver() as hook:
        await client.does("setWebhook", url=hook.url)
    assert (await poll)["description"] == "Conflict: terminated by setWebhook request"


@pytest.mark.parametrize(
    ("params", "reason"),
    [
        ({"url": "https://a.example/", "secret_token": "a b"}, "secret token contains unallowed"),
        ({"url": "https://a.example/", "secret_token": "a" * 257}, "secret token is too long"),
        ({"url": "http://a.example/"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        ({"url": "https://a.example:81/"}, "bad webhook: Webhook can be set up only on ports"),
        ({"url": "nonsense"}, "invalid webhook URL specified"),
    ],
)
async def test_webhooks_are_refused(client: Client, params: Json, reason: str) -> None:
    assert (await client.refused("setWebhook", **params)).startswith(f"Bad Request: {reason}")
    assert (await client.does("getWebhookInfo"))["url"] == ""


async def test_an_empty_url_is_no_webhook(client: Client) -> None:
    assert await client.does("setWebhook", url="") is True
    assert await client.updates() == []
