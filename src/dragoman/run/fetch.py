"""Fetching one page that a person named, and nothing that lies inside the person's own network.

Every address that a host's name stands for is looked at before a connection is made, and the connection goes to the very
address that was looked at, so that a name can't change its meaning in between. Each redirect is looked at in the same way.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from dragoman import __version__
from dragoman.errors import InputError

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse

MOST_BYTES = 8_000_000
"""Bytes of a page, unpacked; the longest newspaper pages have some 3 MB of markup."""
SECONDS = 20.0
"""For a whole page with its redirects."""
REDIRECTS = 5
_CHUNK = 65_536
_PORTS = {"http": 80, "https": 443}

PAGES = "text/html,application/xhtml+xml,text/plain;q=0.8"
"""What is asked for, as the header `Accept` says it."""
PAGE_KINDS = ("text/html", "application/xhtml+xml", "text/plain")
REDIRECTING = (301, 302, 303, 307, 308)

Resolve = Callable[[str, int], Sequence[str]]
Allowed = Callable[[str], bool]


class UnreachableError(InputError):
    """A server that can't be reached, or not in time: it may be later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server sent: the status, the headers as they came, and for a status of 200 the body, unpacked."""

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    data: bytes

    def header(self, name: str) -> str:
        """Return a header's value, "" where there is none."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")

    @property
    def kind(self) -> str:
        """The media type without its parameters, that of a page where none is stated."""
        return (self.header("Content-Type") or "text/html").partition(";")[0].strip().lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page as it was sent, and the address that it came from after redirects."""

    url: str
    data: bytes


def resolve_host(host: str, port: int) -> Sequence[str]:
    """Return the IP addresses of a host; `InputError` where it has none."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise InputError(f"the host {host!r} is not known: check the address, or the network.") from error
    return [str(one[4][0]) for one in found]


def is_public(address: str) -> bool:
    """Say whether an IP address belongs to the public network, and to no loopback, private, link-local or reserved range.

    An IPv6 address that carries an IPv4 one (mapped, 6to4, NAT64, Teredo) is judged by that as well.
    """
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if not found.is_global or found.is_multicast or found.is_reserved or found.is_unspecified:
        return False
    return all(inner.is_global and not inner.is_multicast for inner in _carried(found))


def _carried(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> list[ipaddress.IPv4Address]:
    if isinstance(address, ipaddress.IPv4Address):
        return []
    found = [one for one in (address.ipv4_mapped, address.sixtofour, *(address.teredo or ())) if one is not None]
    if address in ipaddress.ip_network("64:ff9b::/96"):
        found.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return found


def checked_address(
    url: str, resolve: Resolve = resolve_host, allowed: Allowed = is_public
) -> tuple[str, str, int, str]:
    """Return scheme, host, port and one IP address of a web address; `InputError` says what is wrong with it.

    Every address that the host stands for must be `allowed`.
    """
    try:
        parts = urlsplit(url)
        port = parts.port or _PORTS.get(parts.scheme, 0)
    except ValueError as error:
        raise InputError("it is no web address: write it as https://example.org/page.") from error
    if parts.scheme not in _PORTS or not parts.hostname:
        raise InputError("it is no web address: write it as https://example.org/page.")
    if parts.username or parts.password:
        raise InputError("it carries a name or password: leave them out.")
    if port != _PORTS[parts.scheme] and port < 1024:
        raise InputError(f"port {port} is not one of web pages: leave it out.")
    addresses = list(resolve(parts.hostname, port))
    if not addresses or not all(map(allowed, addresses)):
        raise InputError(
            f"{parts.hostname} lies inside a network (loopback, private or reserved): only public pages are fetched; "
            "save the page and drop the file instead."
        )
    return parts.scheme, parts.hostname, port, addresses[0]


def fetch_page(url: str, resolve: Resolve = resolve_host, allowed: Allowed = is_public) -> Page:
    """Return the page at a web address; `InputError` says why it can't be had and what to do instead."""
    until = time.monotonic() + SECONDS
    place = url.strip()
    headers = {"User-Agent": f"dragoman/{__version__} (a person's single request)", "Accept": PAGES}
    for _ in range(REDIRECTS + 1):
        answer = request(place, headers, until=until, resolve=resolve, allowed=allowed)
        if answer.status in REDIRECTING and answer.header("Location"):
            place = urljoin(place, answer.header("Location"))
        elif answer.status != 200:
            raise InputError(f"the server answered {answer.status}: open it in a browser and save the page.")
        else:
            kind = answer.kind
            if kind not in PAGE_KINDS:
                raise InputError(
                    f"it is {kind or 'of no stated kind'}, not a page: save the text of the article instead."
                )
            return Page(url=place, data=answer.data)
    raise InputError(f"it leads on more than {REDIRECTS} times: open it in a browser and save the page.")


def request(
    url: str,
    headers: Mapping[str, str],
    *,
    until: float,
    resolve: Resolve = resolve_host,
    allowed: Allowed = is_public,
) -> Answer:
    """Return what a server answers to one GET, redirects not followed; `until` is a time of the monotonic clock.

    `InputError` where the address is wrong or not allowed, the server can't be reached, the answer is too long or too late.
    """
    import urllib3  # here: only a fetch needs it

    scheme, host, port, address = checked_address(url, resolve, allowed)
    parts = urlsplit(url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    named = f"[{host}]" if ":" in host else host
    own = {"Host": named if port == _PORTS[scheme] else f"{named}:{port}", "Accept-Encoding": "gzip, deflate"}
    left = until - time.monotonic()
    if left <= 0:
        raise _too_slow()
    timeout = urllib3.Timeout(connect=min(left, 10.0), read=min(left, 10.0))
    pool = (
        urllib3.HTTPSConnectionPool(address, port, timeout=timeout, server_hostname=host, assert_hostname=host)
        if scheme == "https"
        else urllib3.HTTPConnectionPool(address, port, timeout=timeout)
    )
    try:
        with pool:
            answer = pool.urlopen(
                "GET",
                target,
                headers={**own, **headers},
                retries=False,
                redirect=False,
                preload_content=False,
                assert_same_host=False,
            )
            try:
                data = _body(answer, until) if answer.status == 200 else b""
                return Answer(url=url, status=answer.status, headers=tuple(answer.headers.items()), data=data)
            finally:
                answer.close()
    except (urllib3.exceptions.HTTPError, OSError) as error:
        raise UnreachableError(
            f"it can't be fetched ({type(error).__name__}): open it in a browser and save the page."
        ) from error


def _body(answer: BaseHTTPResponse, until: float) -> bytes:
    data = bytearray()
    for chunk in answer.stream(_CHUNK, decode_content=True):
        data += chunk
        if len(data) > MOST_BYTES:
            raise InputError(f"it is longer than {MOST_BYTES // 1_000_000} MB: save the text of the article instead.")
        if time.monotonic() > until:
            raise _too_slow()
    return bytes(data)


def _too_slow() -> InputError:
    return UnreachableError(
        f"it took longer than {SECONDS:.0f} seconds: try again later, or save the page and drop the file."
    )
