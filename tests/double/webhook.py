"""Delivery of updates by HTTP POST."""

from __future__ import annotations

import asyncio
import re
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from tests.double.errors import bad_request
from tests.double.updates import UpdateQueue, kind_of

Json = dict[str, Any]
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(slots=True)
class _State:
    url: str = ""
    secret: str = ""
    max_connections: int = 40
    last_error_date: int | None = None
    last_error_message: str | None = None


class Webhook:
    """Posts each pending update until the bot answers with 2xx; one chat in order, many at once."""

    def __init__(self, updates: UpdateQueue, *, retry_delay: float) -> None:
        self._updates = updates
        self._retry_delay = retry_delay
        """Seconds before the first repetition (Telegram: 1); doubled each time, up to 60-fold."""
        self._state = _State()
        self._runner: asyncio.Task[None] | None = None

    @property
    def url(self) -> str:
        """Where updates go; empty when polling."""
        return self._state.url

    @staticmethod
    def check(params: Json) -> None:
        """Refuse what Telegram would not deliver to.

        Raises:
            Refusal: the URL or the secret can't be used.
        """
        url = str(params.get("url") or "")
        secret = str(params.get("secret_token") or "")
        if len(secret) > 256:
            raise bad_request("secret token is too long")
        if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
            raise bad_request("secret token contains unallowed characters")
        parts = urlsplit(url)
        if not parts.hostname:
            raise bad_request("invalid webhook URL specified")
        local = parts.hostname in _LOOPBACK
        if parts.scheme != "https" and not local:
            raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
        if not local and parts.port not in {None, 80, 88, 443, 8443}:
            raise bad_request(
                "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443"
            )

    async def set(self, params: Json) -> None:
        """Start to deliver to a URL that was checked."""
        await self.stop()
        self._updates.interrupt("terminated by setWebhook request")
        url, secret = str(params["url"]), str(params.get("secret_token") or "")
        self._state = _State(url, secret, int(params.get("max_connections") or 40))
        self._runner = asyncio.create_task(self._run(self._state))

    async def stop(self) -> None:
        """Deliver no more."""
        self._state = _State()
        if self._runner is not None:
            self._runner.cancel()
            await asyncio.gather(self._runner, return_exceptions=True)
            self._runner = None

    def info(self) -> Json:
        """A ``WebhookInfo``."""
        state = self._state
        body: Json = {
            "url": state.url,
            "has_custom_certificate": False,
            "pending_update_count": len(self._updates.pending),
        }
        if state.url:
            body["max_connections"] = state.max_connections
        if self._updates.allowed:
            body["allowed_updates"] = self._updates.allowed
        if state.last_error_date is not None:
            body["last_error_date"] = state.last_error_date
            body["last_error_message"] = state.last_error_message
        return body

    async def _run(self, state: _State) -> None:
        busy: dict[object, asyncio.Task[None]] = {}
        async with aiohttp.ClientSession() as session, asyncio.TaskGroup() as group:
            while True:
                arrival = self._updates.arrival
                busy = {place: task for place, task in busy.items() if not task.done()}
                for update in list(self._updates.pending):
                    place = _place(update)
                    if place not in busy and len(busy) < state.max_connections:
                        busy[place] = group.create_task(self._deliver(session, state, update))
                waiting = asyncio.ensure_future(arrival.wait())
                await asyncio.wait({waiting, *busy.values()}, return_when=asyncio.FIRST_COMPLETED)
                waiting.cancel()

    async def _deliver(self, session: aiohttp.ClientSession, state: _State, update: Json) -> None:
        headers = {SECRET_HEADER: state.secret} if state.secret else {}
        delay = self._retry_delay
        while update in self._updates.pending:
            self._updates.handed_out(update)
            try:
                async with session.post(state.url, json=update, headers=headers) as response:
                    if 200 <= response.status < 300:
                        self._updates.pending.remove(update)
                        return
                    problem = (
                        f"Wrong response from the webhook: {response.status} {response.reason}"
                    )
            except (aiohttp.ClientError, OSError) as error:
                problem = f"Connection failed: {error}"
            state.last_error_date = int(time.time())
            state.last_error_message = problem
            await asyncio.sleep(delay)
            delay = min(delay * 2, 60 * self._retry_delay)


def _place(update: Json) -> object:
    payload = update[kind_of(update)]
    if "chat" in payload:
        return payload["chat"]["id"]
    return payload.get("from", {}).get("id", 0)
