"""Polite fetching, against a real server on the loopback address."""

from __future__ import annotations

import gzip
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from dragoman.errors import InputError
from dragoman.ingest import read_inputs
from dragoman.record import Article
from dragoman.run.crawl import Fetched, Manners, addresses_of, crawl

WORDS = "Norland recalled its ambassador to Sudmark over {0}. " * 9
PAGE = f"<html><body><article><h1>{{0}}</h1><p>{WORDS}</p></article></body></html>"


@dataclass
class Site:
    """A news site: what it was asked for, and how it answers."""

    port: int = 0
    asked: list[tuple[str, str]] = field(default_factory=list)
    busy: int = 0
    agents: set[str] = field(default_factory=set)

    def address(self, path: str, host: str = "news.example") -> str:
        """The address of one of its pages."""
        return f"http://{host}:{self.port}{path}"

    def paths(self) -> list[str]:
        """What was asked for, without the rules for programs."""
        return [path for path, _ in self.asked if path != "/robots.txt"]


@pytest.fixture
def site() -> Iterator[Site]:
    """A site that serves pages, forbids /private, moves /old to /new and is busy for a while at /busy."""
    state = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            state.asked.append((self.path, self.headers.get("If-None-Match", "")))
            state.agents.add(self.headers["User-Agent"])
            if self.path == "/robots.txt":
                self._send(200, b"User-agent: *\nDisallow: /private\nCrawl-delay: 9\n", "text/plain")
            elif self.path == "/old":
                self._send(301, b"", "text/html", Location="/new")
            elif self.path == "/inside":
                self._send(301, b"", "text/html", Location="http://10.0.0.7/admin")
            elif self.path == "/busy" and state.busy > 0:
                state.busy -= 1
                self._send(503, b"", "text/html", **{"Retry-After": "7"})
            elif self.path == "/later":
                self._send(429, b"", "text/html", **{"Retry-After": "3600"})
            elif self.path == "/logo":
                self._send(200, b"\x89PNG", "image/png")
            elif self.headers.get("If-None-Match") == '"v1"':
                self._send(304, b"", "text/html")
            elif self.path == "/gone":
                self._send(404, b"", "text/html")
            else:
                self._send(200, PAGE.format(self.path).encode(), "text/html; charset=utf-8", ETag='"v1"')

        def _send(self, status: int, body: bytes, kind: str, **headers: str) -> None:
            self.send_response(status)
            for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    state.port = server.server_port
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield state
    server.shutdown()
    thread.join()
    server.server_close()


@dataclass
class Clock:
    """Waiting that takes no time and is written down."""

    waited: list[float] = field(default_factory=list)

    def wait(self, seconds: float) -> None:
        """Note the wait."""
        self.waited.append(seconds)


def _manners(clock: Clock) -> Manners:
    """Every host is this machine, which counts as public here; private addresses in redirects do not."""
    places = {"news.example": ["127.0.0.1"], "other.example": ["127.0.0.1"]}
    return Manners(
        delay=5.0,
        resolve=lambda host, _port: places.get(host, [host]),
        allowed=lambda address: address == "127.0.0.1",
        wait=clock.wait,
    )


def _fetched(site: Site, archive: Path, clock: Clock, *paths: str, again: bool = False) -> dict[str, Fetched]:
    found = crawl([site.address(path) for path in paths], archive, _manners(clock), again=again)
    return {one.address.partition(str(site.port))[2]: one for one in found}


def test_pages_become_an_archive_that_is_read(site: Site, tmp_path: Path) -> None:
    """Fetched pages stand in the archive under their address, redirects followed, and `read` makes articles of them."""
    archive = tmp_path / "pages.warc.gz"
    found = _fetched(site, archive, Clock(), "/a", "/old", "/logo", "/gone")
    assert {path: one.kind for path, one in found.items()} == {
        "/a": "fetched", "/old": "fetched", "/logo": "refused", "/gone": "refused",
    }  # fmt: skip
    articles = [one for one in read_inputs([str(archive)]) if isinstance(one, Article)]
    assert sorted(str(article.url) for article in articles) == sorted([site.address("/a"), site.address("/old")])
    assert any("over /new" in article.text for article in articles)


def test_what_robots_forbid_is_not_asked_for(site: Site, tmp_path: Path) -> None:
    """A page that robots.txt forbids is refused with a reason and never asked for; the agent names itself."""
    found = _fetched(site, tmp_path / "a.warc.gz", Clock(), "/private/x", "/a")
    assert "robots.txt asks programs not to" in str(found["/private/x"].reason)
    assert site.paths() == ["/a"]
    assert {agent.partition("/")[0] for agent in site.agents} == {"dragoman"}


def test_a_host_is_given_its_pauses(site: Site, tmp_path: Path) -> None:
    """Between two requests to a host lies its own crawl delay where that is longer than ours."""
    clock = Clock()
    _fetched(site, tmp_path / "a.warc.gz", clock, "/a", "/b", "/c")
    assert clock.waited == [9.0, 9.0, 9.0]


def test_a_busy_server_is_asked_again_when_it_says(site: Site, tmp_path: Path) -> None:
    """A busy server is asked again after the time it names; one that wants an hour is left for the next run."""
    site.busy, clock = 2, Clock()
    found = _fetched(site, tmp_path / "a.warc.gz", clock, "/busy", "/later")
    assert found["/busy"].kind == "fetched"
    assert clock.waited.count(7.0) == 2
    assert "wait for 3600 seconds" in str(found["/later"].reason)


def test_what_is_known_is_not_fetched_and_asked_only_when_told(site: Site, tmp_path: Path) -> None:
    """The second run asks for nothing; with `again` it asks with the page's mark and adds nothing that has not changed."""
    archive = tmp_path / "a.warc.gz"
    _fetched(site, archive, Clock(), "/a")
    size, asked = archive.stat().st_size, len(site.asked)
    assert _fetched(site, archive, Clock(), "/a")["/a"].kind == "known"
    assert len(site.asked) == asked
    assert _fetched(site, archive, Clock(), "/a", again=True)["/a"].kind == "unchanged"
    assert site.asked[-1] == ("/a", '"v1"')
    assert archive.stat().st_size == size


@pytest.mark.parametrize("cut", [1, 30, 200, 600])
def test_an_unfinished_page_is_cut_off(site: Site, tmp_path: Path, cut: int) -> None:
    """However a kill cuts the archive's last page, the next run keeps the whole ones and fetches the rest anew."""
    archive = tmp_path / "a.warc.gz"
    _fetched(site, archive, Clock(), "/a")
    first = archive.stat().st_size
    _fetched(site, archive, Clock(), "/b")
    data = archive.read_bytes()
    archive.write_bytes(data[: max(first, len(data) - cut)])
    found = _fetched(site, archive, Clock(), "/a", "/b")
    assert {path: one.kind for path, one in found.items()} == {"/a": "known", "/b": "fetched"}
    assert len([one for one in read_inputs([str(archive)]) if isinstance(one, Article)]) == 2


def test_a_redirect_into_the_own_network_is_refused(site: Site, tmp_path: Path) -> None:
    """A page that leads to a private address is refused before anything is asked there."""
    found = _fetched(site, tmp_path / "a.warc.gz", Clock(), "/inside")
    assert "lies inside a network" in str(found["/inside"].reason)


def test_lists_and_gkg_files_name_addresses(tmp_path: Path) -> None:
    """A list gives its lines without comments, a GKG file (zipped too) its web documents."""
    (tmp_path / "list.txt").write_text("https://a.example/1\n# no\n\nhttps://a.example/2\n", encoding="utf-8")
    rows = []
    for kind, address in (("1", "https://b.example/1"), ("2", "BBC Monitoring"), ("1", "https://b.example/2")):
        cells = [""] * 27
        cells[2], cells[4] = kind, address
        rows.append("\t".join(cells))
    with zipfile.ZipFile(tmp_path / "x.gkg.csv.zip", "w") as archive:
        archive.writestr("x.gkg.csv", "\n".join(rows))
    assert list(addresses_of(str(tmp_path / "list.txt"))) == ["https://a.example/1", "https://a.example/2"]
    assert list(addresses_of(str(tmp_path / "x.gkg.csv.zip"))) == ["https://b.example/1", "https://b.example/2"]
    with pytest.raises(InputError, match="neither a web address nor a file"):
        list(addresses_of("nowhere.txt"))


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.csv.zip", b"PK\x03\x04 and no more"),
        ("a.txt.gz", gzip.compress(b"https://a.example/1")[:-9]),
        ("a.txt.gz", b"no gzip"),
        ("a.txt.zst", b"no zstd"),
    ],
)
def test_a_damaged_list_is_told_in_a_line(name: str, data: bytes, tmp_path: Path) -> None:
    """A list of addresses that is cut off or no archive at all is refused with the remedy (found by fuzzing)."""
    (tmp_path / name).write_bytes(data)
    with pytest.raises(InputError, match=r"can't be unpacked .*: get it again\.$") as told:
        list(addresses_of(str(tmp_path / name)))
    assert "\n" not in str(told.value)
