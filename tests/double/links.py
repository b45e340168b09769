"""Which URLs Telegram takes for a link, after TDLib's ``parse_url`` and ``check_link``."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import parse_qs, urlsplit

_HOST = re.compile(r"(?:[A-Za-z0-9._!$,~*'();&+=\-\u0080-\U0010ffff]|%[0-9A-Fa-f]{2})+")
_USER = re.compile(r"(?:[A-Za-z0-9._!$,~*'();&+=:\-\u0080-\U0010ffff]|%[0-9A-Fa-f]{2})*")
_START = re.compile(r"[A-Za-z0-9_-]{1,64}")


def user_of_link(url: str) -> int | None:
    """The user whom ``tg://user?id=…`` mentions."""
    found = re.fullmatch(r"tg:(?://)?user\?id=(\d+)", url.strip(), re.IGNORECASE)
    return int(found.group(1)) if found else None


def link_fault(url: str) -> str | None:
    """Why Telegram would not take ``url`` for a link, in its words; None when it would."""
    scheme = re.match(r"(tg|ton|tonsite):(?://)?", url, re.IGNORECASE)
    if scheme:
        host = re.split(r"[/?#]", url[scheme.end() :], maxsplit=1)[0]
        return (
            None if re.fullmatch(r"[A-Za-z0-9_.-]+", host) else "Unallowed characters in URL host"
        )
    prefix = re.match(r"([^:/?#@\[\]]*)://", url)
    rest = url
    if prefix:
        if prefix.group(1).lower() not in {"http", "https"}:
            return "Unsupported URL protocol"
        rest = url[prefix.end() :]
    authority = re.split(r"[/?#]", rest, maxsplit=1)[0]
    user, _, address = authority.rpartition("@")
    host, colon, port = address.rpartition(":") if not address.endswith("]") else (address, "", "")
    if not colon:
        host = address
    elif not port.isdigit() or not 0 < int(port) < 65536:
        return "Wrong port number specified in the URL"
    if not host:
        return "URL host is empty"
    if host.startswith("["):
        return None if _is_ipv6(host[1:-1]) else "Wrong IPv6 address specified in the URL"
    if not _HOST.fullmatch(host):
        return "Disallowed character in URL host"
    if not _USER.fullmatch(user):
        return "Disallowed character in URL userinfo"
    return None if "." in host.strip(".") else "Wrong HTTP URL"


def checked_link(url: str) -> str | None:
    """The URL as Telegram keeps it; None when it drops the link."""
    if link_fault(url) is not None:
        return None
    if re.match(r"(tg|ton|tonsite):", url, re.IGNORECASE):
        return url
    prefix = re.match(r"(https?)://", url, re.IGNORECASE)
    scheme = prefix.group(1).lower() if prefix else "http"
    rest = url[prefix.end() :] if prefix else url
    found = re.match(r"[^/?#]*", rest)
    authority = found.group(0) if found else ""
    path = rest[len(authority) :].rstrip() or "/"
    if not path.startswith("/"):
        path = f"/{path}"
    escaped = "".join(f"%{ord(c):02X}" if ord(c) <= 32 else c for c in path)
    user, at, host = authority.rpartition("@")
    return f"{scheme}://{user}{at}{host.lower()}{escaped}"


def _is_ipv6(address: str) -> bool:
    try:
        ipaddress.IPv6Address(address)
    except ValueError:
        return False
    return True


def start_parameter(url: str) -> tuple[str, str] | None:
    """The bot's user name and the parameter of a ``t.me/bot?start=…`` link."""
    parts = urlsplit(url)
    if parts.hostname not in {"t.me", "telegram.me", "telegram.dog"}:
        return None
    name = parts.path.strip("/")
    values = parse_qs(parts.query, keep_blank_values=True)
    for key in ("start", "startgroup"):
        if key in values:
            return name, values[key][0]
    return None


def is_start_parameter(value: str) -> bool:
    """1 to 64 of ``A-Za-z0-9_-``: otherwise Telegram opens the chat without it."""
    return _START.fullmatch(value) is not None
