"""Reading URLs over real HTTP on loopback: what comes back, what is refused, how it is said."""

from __future__ import annotations

import asyncio
import gzip
import socket
import ssl
from collections.abc import AsyncIterator, Callable
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from corpus.errors import FetchError, ForbiddenAddress
from corpus.ingest import Fetched, addresses, draft_from_bytes, fetch
from corpus.ingest.addresses import is_public

SELF_SIGNED = """\
-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg4DCkQSaydo57HpUz
y4bS/0eyFrjMdps+rp3gXJRUqVChRANCAASPRnSB+80DbIZRshAEYi2BsyyRe2Ik
CiF2gO2GGQpgjk2azbj9vs1uPhWbXx7d4uRLM3hvy1Lf0VGOJX53XdJ1
-----END PRIVATE KEY-----
-----BEGIN CERTIFICATE-----
MIIBfzCCASWgAwIBAgIULH8AfRRTUp1JH4wpNNoIgGvCbGowCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyNDE3MDEwOVoYDzIxMjYxMDMx
MTcwMTA5WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAASPRnSB+80DbIZRshAEYi2BsyyRe2IkCiF2gO2GGQpgjk2azbj9vs1u
PhWbXx7d4uRLM3hvy1Lf0VGOJX53XdJ1o1MwUTAdBgNVHQ4EFgQU8iJES4oI1KFx
RFNhWiFrMFbSVGgwHwYDVR0jBBgwFoAU8iJES4oI1KFxRFNhWiFrMFbSVGgwDwYD
VR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNIADBFAiBpPzZQXcs65XTQdGbV8HUi
wxEQ33+lGoDQYSnA6L5c6AIhAO20fWQlJHClKfFG9kRTpfZhdOxDf1c/0oEJsV6N
l/Qo
-----END CERTIFICATE-----
"""
"""A certificate for localhost that nobody has signed, made for this test, and its key."""
PAGE = "<html><body><h1>On the harbours</h1><p>They stay open, and ships may go.</p></body></html>"


async def page(_: web.Request) -> web.Response:
    return web.Response(body=PAGE.encode(), headers={"Content-Type": "text/html; charset=utf-8"})


async def echo(request: web.Request) -> web.Response:
    return web.Response(text=f"{request.headers['Host']} {request.headers['User-Agent']}")


async def missing(request: web.Request) -> web.Response:
    return web.Response(status=int(request.match_info["status"]))


async def around(request: web.Request) -> web.Response:
    left = int(request.match_info["left"])
    return web.Response(
        status=302, headers={"Location": f"/around/{left - 1}" if left else "/page#part"}
    )


async def elsewhere(request: web.Request) -> web.Response:
    return web.Response(status=301, headers={"Location": request.query["to"]})


async def large(_: web.Request) -> web.Response:
    return web.Response(body=gzip.compress(b"x" * 500_000), headers={"Content-Encoding": "gzip"})


async def picture(_: web.Request) -> web.Response:
    return web.Response(body=b"\x89PNG", content_type="image/png")


async def nameless(_: web.Request) -> web.StreamResponse:
    return web.Response(body=b"Words.", headers={"Content-Type": ""})


async def slow(_: web.Request) -> web.Response:
    await asyncio.Event().wait()
    raise AssertionError


async def broken(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Length": "1000"})
    await response.prepare(request)
    await response.write(b"half")
    assert request.transport is not None
    request.transport.close()
    return response


def application() -> web.Application:
    app = web.Application()
    app.add_routes(
        [
            web.get("/page", page),
            web.get("/echo", echo),
            web.get("/status/{status}", missing),
            web.get("/around/{left}", around),
            web.get("/elsewhere", elsewhere),
            web.get("/large", large),
            web.get("/picture", picture),
            web.get("/nameless", nameless),
            web.get("/slow", slow),
            web.get("/broken", broken),
        ]
    )
    return app


async def serving(certificate: ssl.SSLContext | None = None) -> tuple[web.AppRunner, int]:
    runner = web.AppRunner(application(), shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0, ssl_context=certificate)
    await site.start()
    port: int = runner.addresses[0][1]
    return runner, port


@pytest.fixture
async def server() -> AsyncIterator[str]:
    runner, port = await serving()
    yield f"http://127.0.0.1:{port}"
    await runner.cleanup()


async def read(url: str, **options: Any) -> Fetched:
    return await fetch(url, allow_private_addresses=True, **options)


async def test_a_page(server: str) -> None:
    fetched = await read(f" {server}/page#part ")
    assert fetched.content == PAGE.encode()
    assert fetched.media_type == "text/html; charset=utf-8"
    assert fetched.charset == "utf-8"
    assert fetched.final_url == f"{server}/page"
    assert fetched.fetched_at.utcoffset() is not None
    draft = draft_from_bytes(fetched.content, url=fetched.final_url, media_type=fetched.media_type)
    assert draft.paragraphs[0].text == "They stay open, and ships may go."


async def test_redirects_are_followed_up_to_a_limit(server: str) -> None:
    assert (await read(f"{server}/around/4")).final_url == f"{server}/page"
    with pytest.raises(FetchError, match="redirects too often"):
        await read(f"{server}/around/5")
    assert (await read(f"{server}/around/1", max_redirects=2)).content == PAGE.encode()


async def test_a_missing_media_type_is_bytes(server: str) -> None:
    fetched = await read(f"{server}/nameless")
    assert fetched.media_type == "application/octet-stream"
    assert fetched.charset is None


@pytest.mark.parametrize(
    ("status", "message"),
    [
        (404, "no such page"),
        (410, "taken the page down"),
        (401, "asks for a password"),
        (418, "gives no page"),
        (503, "try later"),
        (204, "gives no page"),
        (302, "gives no page"),
    ],
)
async def test_each_status_is_told(server: str, status: int, message: str) -> None:
    with pytest.raises(FetchError, match=message) as caught:
        await read(f"{server}/status/{status}?token=secret")
    assert f"HTTP {status}" in str(caught.value)
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)


async def test_the_limit_holds_for_what_is_unpacked(server: str) -> None:
    with pytest.raises(FetchError, match=r"larger than 0\.19"):
        await read(f"{server}/large", max_bytes=200_000)
    assert len((await read(f"{server}/large")).content) == 500_000


async def test_a_picture_is_no_document(server: str) -> None:
    with pytest.raises(FetchError, match="is image/png, not a document"):
        await read(f"{server}/picture")


async def test_a_server_that_does_not_answer(server: str) -> None:
    with pytest.raises(FetchError, match=r"did not answer within 0\.2 seconds"):
        await read(f"{server}/slow", time_limit=0.2)


async def test_a_server_that_breaks_off(server: str) -> None:
    with pytest.raises(FetchError, match="broke off"):
        await read(f"{server}/broken")


async def test_a_server_that_is_not_there() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        with pytest.raises(FetchError, match="can't be reached"):
            await read(f"http://127.0.0.1:{port}/")


@pytest.mark.parametrize("url", ["http://[bad", "http://a:99999/", "http://\x00.example/"])
async def test_what_is_no_address(url: str) -> None:
    with pytest.raises(FetchError, match=r"no address|not an address|only http"):
        await read(url)


@pytest.mark.parametrize("url", ["ftp://mfa.example/", "file:///etc/hostname", "mfa.example", ""])
async def test_only_http_is_opened(url: str) -> None:
    with pytest.raises(ForbiddenAddress, match="only http and https"):
        await read(url)


async def test_addresses_with_a_password_are_not_opened(server: str) -> None:
    with pytest.raises(ForbiddenAddress) as caught:
        await read(server.replace("http://", "http://anna:secret@"))
    assert "secret" not in str(caught.value)


async def test_a_redirect_to_no_url(server: str) -> None:
    with pytest.raises(FetchError, match="redirects to something"):
        await read(f"{server}/elsewhere?to=http://a:bad/")


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "10.1.2.3", "169.254.169.254", "[::1]", "0.0.0.0", "2130706433"],
)
async def test_private_hosts_are_refused(host: str) -> None:
    with pytest.raises(ForbiddenAddress, match="inside a private network"):
        await fetch(f"http://{host}/")


async def test_a_redirect_into_a_private_network_is_refused(
    server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(addresses, "is_public", lambda address: str(address) == "127.0.0.1")
    assert (await fetch(f"{server}/page")).content == PAGE.encode()
    with pytest.raises(ForbiddenAddress):
        await fetch(f"{server}/elsewhere?to=http://127.0.0.2/")


Resolver = Callable[..., list[tuple[Any, ...]]]


def resolving(answers: dict[str, list[list[str]]], asked: list[str]) -> Resolver:
    """A ``socket.getaddrinfo`` that gives each host its answers in turn."""
    real = socket.getaddrinfo

    def getaddrinfo(host: Any, port: Any, *rest: Any, **options: Any) -> list[tuple[Any, ...]]:
        name = host.decode() if isinstance(host, bytes) else host
        if name not in answers:
            return list(real(host, port, *rest, **options))
        asked.append(name)
        found = answers[name].pop(0)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in found]

    return getaddrinfo


async def test_the_connection_goes_to_the_address_that_was_checked(
    server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    answers = {"mfa.example": [["127.0.0.1"], ["192.0.2.1"]]}
    monkeypatch.setattr(socket, "getaddrinfo", resolving(answers, asked))
    port = server.rsplit(":", 1)[1]
    fetched = await read(f"http://mfa.example:{port}/echo")
    assert fetched.content.decode().startswith(f"mfa.example:{port} ontherecord")
    assert fetched.final_url == f"http://mfa.example:{port}/echo"
    assert asked == ["mfa.example"]


async def test_one_private_address_among_public_ones_is_enough(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answers = {"mfa.example": [["93.184.216.34", "10.0.0.1"]]}
    monkeypatch.setattr(socket, "getaddrinfo", resolving(answers, []))
    with pytest.raises(ForbiddenAddress):
        await fetch("http://mfa.example/")


async def test_the_next_address_is_tried(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = {"mfa.example": [["127.0.0.9", "127.0.0.1"]]}
    monkeypatch.setattr(socket, "getaddrinfo", resolving(answers, []))
    port = server.rsplit(":", 1)[1]
    assert (await read(f"http://mfa.example:{port}/page")).content == PAGE.encode()


async def test_a_certificate_that_nobody_signed(tmp_path: Path) -> None:
    file = tmp_path / "both.pem"
    file.write_text(SELF_SIGNED)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    runner, port = await serving(context)
    with pytest.raises(FetchError, match="no valid certificate"):
        await read(f"https://localhost:{port}/page")
    await runner.cleanup()


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1", "64:ff9b::5db8:d822"])
def test_public_addresses(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "192.0.2.1",
        "::",
        "::1",
        "fe80::1",
        "fc00::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "2001:0:4136:e378:8000:63bf:80ff:fffe",
    ],
)
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(ip_address(address))
