"""A double, and a bare client that says exactly what the tests want to say."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from tests.double import Double, Person
from tests.double.schema import load_schema

Json = dict[str, Any]


class Client:
    """Calls methods as a bot would, without a library that would set things right."""

    def __init__(self, double: Double, session: aiohttp.ClientSession) -> None:
        self.double = double
        self.session = session

    def url(self, method: str, token: str | None = None) -> str:
        return f"{self.double.base_url}/bot{token or self.double.token}/{method}"

    async def answer(self, method: str, /, **params: Any) -> Json:
        """The whole answer."""
        async with self.session.post(self.url(method), json=params) as response:
            body: Json = await response.json()
            assert body.get("error_code", 200) == response.status
            return body

    async def does(self, method: str, /, **params: Any) -> Any:
        """The result of a call that must succeed."""
        body = await self.answer(method, **params)
        assert body["ok"], body
        return body["result"]

    async def refused(self, method: str, /, **params: Any) -> str:
        """The description of a call that must be refused."""
        body = await self.answer(method, **params)
        assert not body["ok"], body
        return str(body["description"])

    async def updates(self, offset: int = 0) -> list[Json]:
        """What is in the queue."""
        found: list[Json] = await self.does("getUpdates", offset=offset)
        return found


needs_schema = pytest.mark.skipif(
    load_schema() is None, reason="shared/telegram/api.json is not beside the repository"
)


@pytest.fixture
async def double() -> AsyncIterator[Double]:
    async with Double() as double:
        yield double


@pytest.fixture
async def client(double: Double) -> AsyncIterator[Client]:
    async with aiohttp.ClientSession() as session:
        yield Client(double, session)


@pytest.fixture
def ann(double: Double) -> Person:
    return double.person("Ann")
