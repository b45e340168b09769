"""Scripted failures, rates, tokens and transport."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from tests.double import Double, Person, Rates
from tests.double.errors import Refusal
from tests.double.limits import RateLimiter
from tests.double_tests.conftest import Client

Json = dict[str, Any]


async def test_the_next_calls_fail_as_scripted(double: Double, client: Client, ann: Person) -> None:
    double.fail("sendMessage", 429, retry_after=7)
    double.fail("sendMessage", 500, "Internal Server Error", times=2)
    answers = [await client.answer("sendMessage", chat_id=ann.id, text="x") for _ in range(4)]
    assert [a.get("error_code") for a in answers] == [429, 500, 500, None]
    assert answers[0]["description"] == "Too Many Requests: retry after 7"
    assert answers[0]["parameters"] == {"retry_after": 7}
    assert len(ann.chat.messages) == 1
    assert double.refusals == []
    assert [call.ok for call in double.calls("sendMessage")] == [False, False, False, True]


async def test_only_some_calls_fail(double: Double, client: Client, ann: Person) -> None:
    double.fail("*", 400, times=9, when=lambda params: params.get("text") == "bad", extra=1)
    await client.does("sendMessage", chat_id=ann.id, text="good")
    body = await client.answer("sendMessage", chat_id=ann.id, text="bad")
    assert body["parameters"] == {"extra": 1}
    double.succeed()
    await client.does("sendMessage", chat_id=ann.id, text="bad")


@pytest.mark.parametrize(("after", "messages"), [(False, 0), (True, 1)])
async def test_a_dropped_connection(
    double: Double, client: Client, ann: Person, after: bool, messages: int
) -> None:
    double.drop("sendMessage", after=after)
    with pytest.raises(aiohttp.ClientError):
        await client.answer("sendMessage", chat_id=ann.id, text="x")
    assert len(ann.chat.messages) == messages
    (call,) = double.calls("sendMessage")
    assert (call.status, call.ok) == (None, False)
    assert str(call).endswith("→ no answer")
    await client.does("sendMessage", chat_id=ann.id, text="x")


async def test_a_slow_call(double: Double, client: Client, ann: Person) -> None:
    double.delay("sendMessage", 0.05)
    started = time.monotonic()
    await client.does("sendMessage", chat_id=ann.id, text="x")
    assert time.monotonic() - started >= 0.05


# --- rates -----------------------------------------------------------------------------------


def test_the_windows_slide() -> None:
    now = 0.0
    limiter = RateLimiter(Rates(), lambda: now)

    def refused(chat_id: int, *, group: bool = False) -> int:
        with pytest.raises(Refusal) as caught:
            limiter.count(chat_id, group=group)
        return int(caught.value.parameters["retry_after"])

    limiter.count(1, group=False)
    assert refused(1) == 1
    now = 1.0
    limiter.count(1, group=False)

    for number in range(20):
        now = 100.0 + number
        limiter.count(-1, group=True)
    now = 120.0
    assert refused(-1, group=True) == 40
    now = 160.0
    limiter.count(-1, group=True)

    now = 300.0
    for number in range(30):
        limiter.count(1000 + number, group=False)
    assert refused(5) == 1
    now = 300.5
    assert refused(5) == 1
    now = 301.0
    limiter.count(5, group=False)


@pytest.fixture
async def limited() -> AsyncIterator[Client]:
    async with Double(rates=Rates()) as double, aiohttp.ClientSession() as session:
        yield Client(double, session)


async def test_rates_are_enforced_when_switched_on(limited: Client) -> None:
    ann, bob = limited.double.person(), limited.double.person("Bob")
    await limited.does("sendMessage", chat_id=ann.id, text="x")
    body = await limited.answer("sendMessage", chat_id=ann.id, text="y")
    assert (body["error_code"], body["parameters"]) == (429, {"retry_after": 1})
    await limited.does("sendMessage", chat_id=bob.id, text="x")
    await limited.does("sendChatAction", chat_id=ann.id, action="typing")
    assert len(ann.chat.messages) == 1
    async with limited.session.get(
        limited.url("sendMessage"), params={"chat_id": ann.id, "text": "z"}
    ) as response:
        assert response.headers["Retry-After"] == "1"


# --- transport ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("token", "code", "description"),
    [
        ("1000000001:" + "x" * 35, 401, "Unauthorized"),
        ("nonsense", 404, "Not Found"),
    ],
)
async def test_wrong_tokens(client: Client, token: str, code: int, description: str) -> None:
    for url in (
        client.url("getMe", token),
        f"{client.double.base_url}/file/bot{token}/documents/x",
    ):
        async with client.session.get(url) as response:
            body = await response.json()
            assert (response.status, body["error_code"], body["description"]) == (
                code,
                code,
                description,
            )


async def test_get_and_forms_and_spelling_of_names(client: Client, ann: Person) -> None:
    async with client.session.get(
        client.url("SENDMESSAGE"), params={"chat_id": ann.id, "text": "get"}
    ) as response:
        assert (await response.json())["ok"]
    form = {"chat_id": str(ann.id), "text": "form", "reply_markup": '{"inline_keyboard": []}'}
    async with client.session.post(client.url("sendmessage"), data=form) as response:
        assert (await response.json())["ok"]
    assert [message.text for message in await ann.answers(2)] == ["get", "form"]
    assert len(client.double.calls("sendMessage")) == 2


@pytest.mark.parametrize("body", ["{", "[]"])
async def test_json_that_is_none(client: Client, body: str) -> None:
    async with client.session.post(
        client.url("getMe"), data=body, headers={"Content-Type": "application/json"}
    ) as response:
        assert response.status == 400


async def test_without_the_specification_the_rules_still_hold() -> None:
    async with Double(use_schema=False) as double, aiohttp.ClientSession() as session:
        client, ann = Client(double, session), double.person()
        form = {
            "chat_id": str(ann.id),
            "text": "<b>12</b>",
            "parse_mode": "HTML",
            "reply_markup": '{"inline_keyboard": [[{"text": "x", "callback_data": "a"}]]}',
            "protect_content": "true",
        }
        async with session.post(client.url("sendMessage"), data=form) as response:
            assert (await response.json())["result"]["has_protected_content"] is True
        assert (await ann.answer()).buttons == ["x"]
        async with session.post(client.url("sendMessage"), data=form | {"reply_markup": "{"}) as r:
            assert (await r.json())["description"] == (
                "Bad Request: can't parse reply_markup JSON object"
            )
        assert "message is too long" in await client.refused(
            "sendMessage", chat_id=ann.id, text="x" * 4097
        )
        await ann.sends("hello")
        async with session.get(client.url("getupdates"), params={"offset": "-1"}) as response:
            assert len((await response.json())["result"]) == 1
        body = await client.answer("setChatTitle", chat_id=ann.id, title="x")
        assert body["description"] == "Not Found: method not found"
        assert double.violations == []


async def test_waiting_for_a_call(double: Double, client: Client) -> None:
    await client.does("getMe")
    assert len(await double.called("getMe")) == 1
    with pytest.raises(AssertionError, match="getMe was called 1 times"):
        await double.called("getMe", 2, 0.01)
