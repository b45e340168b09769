"""Reading a URL: guarded, limited in size and time, and each failure named."""

from __future__ import annotations

import asyncio
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from corpus.errors import FetchError, ForbiddenAddress
from corpus.ingest.addresses import resolve

if TYPE_CHECKING:
    import httpx

MAX_BYTES = 20 * 1024 * 1024
"""Bytes of an answer, after decompression."""
TIMEOUT = 30.0
"""Seconds for everything together, redirects included."""
MAX_REDIRECTS = 5
_USER_AGENT = "ontherecord (reads official statements for quotation)"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_REASONS = {
    401: "asks for a password",
    403: "refuses to show it to programs",
    404: "has no such page: check the address",
    410: "has taken the page down",
    429: "asks to come back later",
}
_NO_DOCUMENT = ("image/", "audio/", "video/", "font/", "application/zip", "text/css")


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a URL gave."""

    content: bytes
    media_type: str
    """As the server says it, parameters and all ("text/html; charset=windows-1251")."""
    charset: str | None
    final_url: str
    """Where it was found, after redirects."""
    fetched_at: datetime
    """UTC, timezone-aware."""


async def fetch(
    url: str,
    *,
    allow_private_addresses: bool = False,
    time_limit: float = TIMEOUT,
    max_bytes: int = MAX_BYTES,
    max_redirects: int = MAX_REDIRECTS,
) -> Fetched:
    """Read a URL over HTTP or HTTPS.

    The host is resolved, its addresses checked, and the connection made to an address that was
    checked, at each redirect anew: so neither a redirect nor a name that changes its address
    between two look-ups leads into a private network. Proxies of the environment are not used.
    ``time_limit`` is in seconds, for everything together.

    Raises:
        ForbiddenAddress: not HTTP, with a password in it, or an address that is not public.
        FetchError: missing, too slow, too large, a bad certificate, or not a document.
    """
    # Imported here: only reading a URL needs it, and it takes a tenth of a second to load.
    import httpx

    try:
        target = httpx.URL(url.strip())
    except (httpx.InvalidURL, TypeError):
        raise FetchError("this is not an address: it should look like https://host/page.") from None
    shown = _shown(target)
    try:
        async with (
            asyncio.timeout(time_limit),
            httpx.AsyncClient(
                trust_env=False, timeout=time_limit, follow_redirects=False
            ) as client,
        ):
            for _ in range(max_redirects + 1):
                shown = _shown(target)
                fetched = await _ask(client, target, allow_private_addresses, max_bytes)
                if isinstance(fetched, Fetched):
                    return fetched
                target = fetched
        raise FetchError(f"{shown} redirects too often (more than {max_redirects} times).")
    except (TimeoutError, httpx.TimeoutException):
        raise FetchError(
            f"{shown} did not answer within {time_limit:g} seconds: try later."
        ) from None
    except httpx.HTTPError as error:
        raise FetchError(_failure(error, shown)) from None


async def _ask(
    client: httpx.AsyncClient, url: httpx.URL, allow_private: bool, max_bytes: int
) -> Fetched | httpx.URL:
    """The answer of one address, or the URL to which it redirects."""

    if url.scheme not in ("http", "https") or not url.host:
        raise ForbiddenAddress("only http and https addresses are opened.")
    if url.userinfo:
        raise ForbiddenAddress("addresses with a user name or password in them are not opened.")
    port = url.port or (443 if url.scheme == "https" else 80)
    addresses = await resolve(url.host, port, allow_private=allow_private)
    request = client.build_request(
        "GET",
        url.copy_with(host=addresses[0]),
        headers={
            "Host": url.netloc.decode("ascii"),
            "User-Agent": _USER_AGENT,
            "Accept": "text/html, application/pdf, text/plain, */*;q=0.5",
        },
        # The certificate is checked against the name, though the connection goes to the address.
        extensions={"sni_hostname": url.host},
    )
    response = await _send(client, request, url, addresses)
    try:
        if response.status_code in _REDIRECTS and "location" in response.headers:
            return url.join(response.headers["location"]).copy_with(fragment=None)
        return await _read(response, url, max_bytes)
    finally:
        await response.aclose()


async def _send(
    client: httpx.AsyncClient, request: httpx.Request, url: httpx.URL, addresses: list[str]
) -> httpx.Response:
    """Send to the first address that takes a connection."""
    import httpx

    for address in addresses[1:]:
        try:
            return await client.send(request, stream=True)
        except httpx.ConnectError as error:
            if _certificate(error):
                raise
            request.url = request.url.copy_with(host=address)
    return await client.send(request, stream=True)


async def _read(response: httpx.Response, url: httpx.URL, max_bytes: int) -> Fetched:
    shown = _shown(url)
    if response.status_code != 200:
        reason = _REASONS.get(response.status_code)
        what = reason or (
            "has trouble of its own: try later" if response.status_code >= 500 else "gives no page"
        )
        raise FetchError(f"{shown}: the server {what} (HTTP {response.status_code}).")
    media_type = response.headers.get("content-type", "").strip() or "application/octet-stream"
    if media_type.lower().startswith(_NO_DOCUMENT):
        raise FetchError(f"{shown} is {media_type.split(';')[0]}, not a document with text.")
    content = bytearray()
    async for chunk in response.aiter_bytes(65_536):
        content += chunk
        if len(content) > max_bytes:
            raise FetchError(
                f"{shown} is larger than {max_bytes / 2**20:g} MB: give the statement as a file."
            )
    return Fetched(
        content=bytes(content),
        media_type=media_type,
        charset=response.charset_encoding,
        final_url=str(url.copy_with(fragment=None)),
        fetched_at=datetime.now(UTC),
    )


def _certificate(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, ssl.SSLError) or "CERTIFICATE" in str(error):
            return True
        error = error.__cause__ or error.__context__
    return False


def _failure(error: httpx.HTTPError, shown: str) -> str:
    import httpx

    if _certificate(error):
        return f"{shown} has no valid certificate: the connection is not safe."
    if "location header" in str(error):
        return f"{shown} redirects to something that is no URL."
    if isinstance(error, httpx.ConnectError):
        return f"{shown} can't be reached: check the address, or try later."
    return f"{shown} broke off its answer: try again."


def _shown(url: httpx.URL) -> str:
    """A URL as messages show it: without user, password and query, which may hold secrets."""
    return str(url.copy_with(username=None, password=None, query=None, fragment=None))
