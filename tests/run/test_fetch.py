"""Fetching a page: only public addresses, looked at again on each redirect; bounds on size, kind and time."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from dragoman.errors import InputError
from dragoman.run import fetch

PRIVATE = [
    "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "192.0.2.1",
    "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::", "2002:a00:1::", "64:ff9b::7f00:1", "64:ff9b::a00:1", "ff02::1",
    "2001:0:7f00:1::", "not an address", "",
]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_an_address_inside_a_network_is_not_public(address: str) -> None:
    """Loopback, private, link-local, shared, reserved, multicast, and IPv6 that carries such an IPv4."""
    assert not fetch.is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "1.1.1.1", "2606:4700:4700::1111"])
def test_a_public_address_is_public(address: str) -> None:
    """Addresses of the public network, in both versions."""
    assert fetch.is_public(address)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("ftp://example.org/a", "no web address"),
        ("file:///etc/passwd", "no web address"),
        ("javascript:alert(1)", "no web address"),
        ("https://", "no web address"),
        ("http://[::1", "no web address"),
        ("https://user:secret@example.org/", "name or password"),
        ("http://example.org:22/", "port 22"),
    ],
)
def test_what_is_no_web_address_is_refused(url: str, words: str) -> None:
    """Other schemes, broken addresses, credentials and the ports of other services."""
    with pytest.raises(InputError, match=words):
        fetch.checked_address(url, lambda host, port: ["8.8.8.8"])


def test_one_private_address_among_public_ones_is_enough_to_refuse() -> None:
    """A name that stands for a public and a private address is refused, since either may be connected to."""
    with pytest.raises(InputError, match="inside a network"):
        fetch.checked_address("https://example.org/", lambda host, port: ["8.8.8.8", "127.0.0.1"])


class _Pages(BaseHTTPRequestHandler):
    """A server whose paths say what it answers."""

    def do_GET(self) -> None:  # the library's name
        """Answer by the path."""
        self.server.asked.append((self.path, self.headers["Host"]))  # type: ignore[attr-defined]  # set by the fixture
        if self.path.startswith("/to/"):
            self.send_response(302)
            self.send_header("Location", self.path.removeprefix("/to/"))
            self.end_headers()
            return
        body = b"<html><body><p>An article.</p></body></html>" if self.path != "/long" else b"x" * 3_000_000
        self.send_response(404 if self.path == "/missing" else 200)
        self.send_header("Content-Type", "application/pdf" if self.path == "/pdf" else "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_words: object) -> None:
        """Say nothing."""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[ThreadingHTTPServer]:
    """A server on this machine, which `_allowed` lets these tests reach."""
    monkeypatch.setattr(fetch, "MOST_BYTES", 1_000_000)
    found = ThreadingHTTPServer(("127.0.0.1", 0), _Pages)
    found.asked = []  # type: ignore[attr-defined]  # what it was asked for
    threading.Thread(target=found.serve_forever, daemon=True).start()
    yield found
    found.shutdown()
    found.server_close()


def _allowed(address: str) -> bool:
    return address == "127.0.0.1" or fetch.is_public(address)


def _resolve(host: str, port: int) -> list[str]:
    return {"inside.example": ["10.0.0.1"]}.get(host, ["127.0.0.1"])


def test_a_page_is_fetched_by_its_name_at_the_address_that_was_looked_at(server: ThreadingHTTPServer) -> None:
    """The connection goes to the address, the Host header says the name; a redirect leads on."""
    port = server.server_port
    page = fetch.fetch_page(f"http://news.example:{port}/to//story", _resolve, _allowed)
    assert page.url == f"http://news.example:{port}/story"
    assert b"An article." in page.data
    assert server.asked[-1] == ("/story", f"news.example:{port}")  # type: ignore[attr-defined]  # set by the fixture


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/to/http://inside.example/", "inside a network"),
        ("/to/file:///etc/passwd", "no web address"),
        ("/to//to//to//to//to//to//to//story", "more than 5 times"),
        ("/long", "longer than 1 MB"),
        ("/pdf", "application/pdf"),
        ("/missing", "answered 404"),
    ],
)
def test_what_can_not_be_had_is_told_in_a_line(server: ThreadingHTTPServer, path: str, words: str) -> None:
    """A redirect inside the network, too many of them, too long a page, another kind, a missing one."""
    with pytest.raises(InputError, match=words):
        fetch.fetch_page(f"http://news.example:{server.server_port}{path}", _resolve, _allowed)


def test_a_host_without_an_address_is_told() -> None:
    """A name that nobody knows is an input error, not a traceback."""
    with pytest.raises(InputError, match="not known"):
        fetch.resolve_host("nobody.invalid", 80)
