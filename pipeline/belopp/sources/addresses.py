"""Which addresses may be asked: http and https alone, and no machine of one's own network unless that is allowed."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Sequence
from typing import Final

import httpx2

from belopp.sources.problems import Failed, Passing, Refused, WrongSource

# (host, port) -> the numeric addresses that a name stands for, in the resolver's order.
Resolver = Callable[[str, int], Sequence[str]]

SCHEMES: Final = ("http", "https")
ALLOW: Final = "--allow-private allows it"
# Ranges of IPv6 in which an IPv4 address is wrapped: what they lead to is what counts.
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def parsed(address: str, *, base: httpx2.URL | None = None) -> httpx2.URL:
    """An absolute http or https address, without its fragment.

    Raises :class:`Refused` for any other scheme and for one with a password in it, :class:`Failed` for no address.

    >>> parsed("/b.pdf#page=2", base=parsed("https://example.org/a/"))
    URL('https://example.org/b.pdf')
    >>> parsed("file:///etc/passwd")
    Traceback (most recent call last):
    belopp.sources.problems.Refused: a file: address is not fetched
    """
    try:
        url = httpx2.URL(address) if base is None else base.join(address)
        # https://example.org and https://example.org/ are one address.
        url = url.copy_with(fragment=None, raw_path=url.raw_path)
    except (httpx2.InvalidURL, ValueError, UnicodeError) as error:
        raise Failed(f"{address[:200]} is no address") from error
    if url.scheme not in SCHEMES:
        said = f"a {url.scheme}: address" if url.scheme else "an address without http:// or https://"
        raise Refused(f"{said} is not fetched")
    if not url.host:
        raise Failed(f"{address[:200]} names no host")
    if url.userinfo:
        raise Refused("an address with a user name in it is not fetched")
    return url


def given(address: str) -> httpx2.URL:
    """An address that a person gave; raises :class:`WrongSource` with the remedy."""
    try:
        return parsed(address)
    except Failed as error:
        raise WrongSource(f"{address}: {error.reason}; write it as https://host/page") from error


def origin(url: httpx2.URL) -> str:
    """Scheme, host and port: what one robots.txt speaks for.

    >>> origin(parsed("https://example.org:8443/a"))
    'https://example.org:8443'
    """
    return f"{url.scheme}://{url.netloc.decode('ascii')}"


def resolve(host: str, port: int) -> Sequence[str]:
    """The system's answer for a name; raises ``OSError`` when there is none."""
    return list(dict.fromkeys(str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))


def checked(host: str, port: int, *, resolver: Resolver = resolve, allow_private: bool = False) -> Sequence[str]:
    """The numeric addresses of a host, each of them public; connect to these and not to the name again.

    One private address among them is enough to refuse: a name that mixes them is a trap.  Raises
    :class:`Refused`, or :class:`Passing` when the name cannot be resolved.

    >>> checked("intranet.example", 80, resolver=lambda host, port: ["10.1.2.3"])
    Traceback (most recent call last):
    belopp.sources.problems.Refused: intranet.example is at 10.1.2.3, a private address; --allow-private allows it
    """
    try:
        found = resolver(host, port)
    except (OSError, UnicodeError) as error:
        raise Passing(f"{host} has no address: {getattr(error, 'strerror', None) or error}") from error
    if not found:
        raise Passing(f"{host} has no address")
    for address in found:
        kind = "" if allow_private else local_kind(address)
        if kind:
            raise Refused(f"{host} is at {address}, {kind} address; {ALLOW}")
    return found


def local_kind(address: str) -> str:
    """What kind of address it is when it is not of the public net, else ``""``.

    >>> [local_kind(a) for a in ("127.0.0.1", "::ffff:10.0.0.1", "169.254.169.254", "fe80::1%eth0", "0.0.0.0")]
    ['a loopback', 'a private', 'a link-local', 'a link-local', 'a local']
    >>> local_kind("193.1.2.3"), local_kind("2002:7f00:1::"), local_kind("64:ff9b::7f00:1"), local_kind("ff02::1")
    ('', 'a loopback', 'a loopback', 'a local')
    """
    try:
        number = _unwrapped(ipaddress.ip_address(address))
    except ValueError:
        return "no numeric"
    if number.is_loopback:
        return "a loopback"
    if number.is_link_local:
        return "a link-local"
    if number.is_unspecified or number.is_multicast or number.is_reserved:
        return "a local"
    return "" if number.is_global else "a private"


def _unwrapped(
    number: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    if isinstance(number, ipaddress.IPv4Address):
        return number
    if number in _NAT64:
        return ipaddress.IPv4Address(int(number) & 0xFFFFFFFF)
    return number.ipv4_mapped or number.sixtofour or (number.teredo[1] if number.teredo else number)
