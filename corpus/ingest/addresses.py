"""Which network addresses a fetch may go to: public ones alone."""

from __future__ import annotations

import asyncio
import socket
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from corpus.errors import FetchError, ForbiddenAddress

_NAT64 = ip_network("64:ff9b::/96")
"""RFC 6052: the last 32 bits are an IPv4 address."""


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether an address is one of the public internet, also when it wraps an IPv4 address."""
    inner: IPv4Address | None = None
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if address in _NAT64:
            inner = IPv4Address(int(address) & 0xFFFFFFFF)
        if address.teredo:
            inner = address.teredo[1]
    if inner is not None:
        return is_public(inner)
    return address.is_global and not (address.is_multicast or address.is_reserved)


async def resolve(host: str, port: int, *, allow_private: bool) -> list[str]:
    """The addresses of a host, each of them checked: a caller connects to one of these alone.

    Raises:
        FetchError: the name has no address.
        ForbiddenAddress: one of its addresses is not public.
    """
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise FetchError(f"{host} has no address: check the spelling.") from None
    addresses = list(dict.fromkeys(str(entry[4][0]).split("%")[0] for entry in found))
    if not allow_private:
        for address in addresses:
            if not is_public(ip_address(address)):
                raise ForbiddenAddress(
                    f"{host} leads to an address inside a private network, which is not opened."
                )
    return addresses
