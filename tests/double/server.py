"""The HTTP face: methods at ``/bot{token}/{method}``, files at ``/file/bot{token}/{path}``."""

from __future__ import annotations

import asyncio
import re
import time
from typing import Any

from aiohttp import web

from tests.double.errors import Refusal, bad_request, conflict
from tests.double.failures import Failure, Failures
from tests.double.latency import Stopwatch
from tests.double.limits import RateLimiter
from tests.double.methods import HANDLERS
from tests.double.records import Call, Violation
from tests.double.request import Request
from tests.double.schema import Checked, Fault, Schema
from tests.double.updates import ALL
from tests.double.webhook import Webhook
from tests.double.wire import guess_types, read_call
from tests.double.world import World

Json = dict[str, Any]
MOST_BYTES = 64 * 1024 * 1024


class _Dropped(Exception):
    """The connection is to be closed without an answer."""


class Server:
    """Reads calls, checks them, does them, and writes everything down."""

    def __init__(
        self,
        world: World,
        *,
        token: str,
        schema: Schema | None,
        strict: bool,
        stopwatch: Stopwatch,
        webhook: Webhook,
        limiter: RateLimiter | None,
    ) -> None:
        self.world = world
        self.token = token
        self.schema = schema
        self.strict = strict
        self.limiter = limiter
        self.failures = Failures()
        self.calls: list[Call] = []
        self.violations: list[Violation] = []
        self._stopwatch = stopwatch
        self.webhook = webhook
        self._runner: web.AppRunner | None = None

    async def start(self, port: int) -> int:
        """Listen on loopback; the port that was got."""
        app = web.Application(client_max_size=MOST_BYTES)
        app.router.add_route("*", "/bot{token}/{method}", self._serve)
        app.router.add_get("/file/bot{token}/{path:.+}", self._download)
        runner = web.AppRunner(
            app, access_log=None, handler_cancellation=True, shutdown_timeout=0.1
        )
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", port)
        await site.start()
        self._runner = runner
        return int(runner.addresses[0][1])

    async def stop(self) -> None:
        """Close all connections."""
        self.world.updates.interrupt("terminated by the double's end")
        await self.webhook.stop()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    # --- HTTP ------------------------------------------------------------------------------

    def _check_token(self, token: str) -> None:
        if token == self.token:
            return
        if re.fullmatch(r"\d+:[A-Za-z0-9_-]{30,}", token):
            raise Refusal(401, "Unauthorized")
        raise Refusal(404, "Not Found")

    async def _serve(self, http: web.Request) -> web.StreamResponse:
        try:
            self._check_token(http.match_info["token"])
            result = await self._call(http)
        except Refusal as refusal:
            headers = {}
            if "retry_after" in refusal.parameters:
                headers["Retry-After"] = str(refusal.parameters["retry_after"])
            return web.json_response(refusal.to_json(), status=refusal.code, headers=headers)
        except _Dropped:
            if http.transport is not None:
                http.transport.abort()
            return web.Response()
        return web.json_response({"ok": True, "result": result})

    async def _download(self, http: web.Request) -> web.StreamResponse:
        try:
            self._check_token(http.match_info["token"])
        except Refusal as refusal:
            return web.json_response(refusal.to_json(), status=refusal.code)
        for stored in self.world.files.values():
            if stored.path == http.match_info["path"]:
                return web.Response(
                    body=stored.upload.content, content_type=stored.upload.media_type
                )
        return web.json_response(Refusal(404, "Not Found").to_json(), status=404)

    # --- calls -----------------------------------------------------------------------------

    async def _call(self, http: web.Request) -> Any:
        name = http.match_info["method"]
        received = time.monotonic()
        raw, uploads = await read_call(http)
        method, checked = self._check(name, raw, uploads)
        call = Call(method, checked.params, received)
        self.calls.append(call)
        self.world.bell.ring()
        try:
            failure = self.failures.take(method, checked.params)
            await self._fail(call, failure)
            request = Request(
                self.world,
                method,
                checked.params,
                uploads,
                self._note(method, checked.faults),
                self.strict,
                self.limiter,
            )
            result = await self._do(request)
        except Refusal as refusal:
            call.status, call.description = refusal.code, refusal.description
            raise
        finally:
            call.answered = time.monotonic()
            self.world.bell.ring()
        if failure is not None and failure.drop == "after":
            raise _Dropped
        call.status = 200
        self._stopwatch.answered(call)
        return result

    def _check(self, name: str, raw: Json, uploads: Json) -> tuple[str, Checked]:
        if self.schema is None:
            known = {handler.lower(): handler for handler in HANDLERS} | _DIALOGUE
            method = known.get(name.lower())
        else:
            method = self.schema.canonical(name)
        if method is None:
            raise Refusal(404, "Not Found: method not found")
        if self.schema is None:
            return method, Checked(guess_types(raw))
        return method, self.schema.check(method, raw, uploads.keys())

    async def _fail(self, call: Call, failure: Failure | None) -> None:
        if failure is None:
            return
        call.injected = True
        if failure.delay:
            await asyncio.sleep(failure.delay)
        if failure.drop == "before":
            raise _Dropped
        if failure.refusal is not None:
            raise failure.refusal

    def _note(self, method: str, faults: list[Fault]) -> list[Fault]:
        self.violations += [Violation(method, fault.path, fault.problem) for fault in faults]
        for fault in faults:
            if fault.wrong_type:
                raise bad_request(f"[double] {fault.path}: {fault.problem}")
        return faults

    async def _do(self, request: Request) -> Any:
        if request.method.lower() in _DIALOGUE:
            return await self._dialogue(request)
        handler = HANDLERS.get(request.method)
        if handler is not None:
            result = handler(request)
            assert request.committed, f"the handler of {request.method} did not commit"
            return result
        request.commit()
        assert self.schema is not None
        if "Boolean" in self.schema.returns(request.method):
            return True
        raise Refusal(501, f"Not Implemented: [double] does not do {request.method}")

    # --- updates ---------------------------------------------------------------------------

    async def _dialogue(self, request: Request) -> Any:
        params, updates = request.params, self.world.updates
        if request.method == "getWebhookInfo":
            request.commit()
            return self.webhook.info()
        if request.method == "getUpdates" and self.webhook.url:
            raise conflict(
                "can't use getUpdates method while webhook is active; use deleteWebhook to delete "
                "the webhook first"
            )
        kinds = params.get("allowed_updates")
        for kind in kinds or []:
            if kind not in ALL:
                self.violations.append(
                    Violation(request.method, "allowed_updates", f"{kind!r} is no kind of update")
                )
        sets = request.method == "setWebhook" and bool(params.get("url"))
        if sets:
            self.webhook.check(params)
        request.commit()
        if request.method == "getUpdates":
            updates.allow(kinds)
            return await updates.poll(
                params.get("offset") or 0,
                params.get("limit") or 100,
                min(float(params.get("timeout") or 0), 50.0),
            )
        if params.get("drop_pending_updates"):
            updates.drop()
        if sets:
            updates.allow(kinds)
            await self.webhook.set(params)
        else:
            await self.webhook.stop()
        return True


_DIALOGUE = {
    name.lower(): name for name in ("getUpdates", "setWebhook", "deleteWebhook", "getWebhookInfo")
}
