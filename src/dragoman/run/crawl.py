"""Polite fetching of many pages into a web archive (WARC), which `read` then reads and which stays as the evidence.

For each host: what its robots.txt allows, one request at a time, a pause between two (its own crawl delay where that is
longer), a few retries where the server is busy. Hosts are fetched side by side. What the archive holds already is not fetched
again, or only asked whether it has changed. The archive is written a page at a time: after a kill the last unfinished page is
cut off and the rest goes on.
"""

from __future__ import annotations

import io
import lzma
import re
import threading
import time
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, BinaryIO, Literal
from urllib.parse import urljoin, urlsplit

from dragoman import __version__
from dragoman.errors import InputError
from dragoman.ingest.stream import DAMAGED, open_plain
from dragoman.run.fetch import (
    PAGE_KINDS,
    PAGES,
    REDIRECTING,
    REDIRECTS,
    SECONDS,
    Allowed,
    Answer,
    Resolve,
    UnreachableError,
    is_public,
    request,
    resolve_host,
)

if TYPE_CHECKING:
    from protego import Protego

AGENT = f"dragoman/{__version__}"
DELAY = 5.0
"""Seconds between two requests to one host, where its robots.txt asks for no more: what crawlers of archives keep."""
TRIES = 3
_BUSY = (429, 500, 502, 503, 504)
_PATIENCE = 120.0
"""The longest wait in seconds that a server may ask for; one that asks for more is left for the next run."""
_HOSTS = 8
"""Hosts at a time."""
_GKG_COLUMNS = 27
_GKG_SOURCE, _GKG_ADDRESS = 2, 4
_WEB_SOURCE = "1"
_LONGEST_LINE = 16_000_000
"""Bytes of a line that are taken at once: a file that never ends its line must not fill the memory."""
_GZIP = 31
"""zlib's number for the gzip form with the largest window."""
_ADDRESS = re.compile(r"https?://\S+")

_NOT_KEPT = frozenset({"content-encoding", "transfer-encoding", "content-length"})
"""Headers that no longer hold once the body is unpacked."""

Kind = Literal["fetched", "unchanged", "known", "refused"]


@dataclass(frozen=True, slots=True)
class Fetched:
    """What became of one address; `reason` says why it was refused."""

    address: str
    kind: Kind
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """How to fetch: seconds between two requests to one host, tries, and how hosts are found and allowed.

    `wait` is how time passes, so that tests need none.
    """

    delay: float = DELAY
    tries: int = TRIES
    resolve: Resolve = resolve_host
    allowed: Allowed = is_public
    wait: Callable[[float], None] = time.sleep


def addresses_of(source: str) -> Iterator[str]:
    """Yield the web addresses that a source names: itself, a file's lines, a GDELT GKG file's documents.

    `InputError` where it is neither an address nor a file of them.
    """
    if _ADDRESS.fullmatch(source):
        yield source
        return
    path = Path(source)
    if not path.is_file():
        raise InputError(f"{source} is neither a web address nor a file of them: check it.")
    try:
        with path.open("rb") as file:
            if path.suffix.lower() == ".zip":
                with zipfile.ZipFile(file) as archive:
                    for name in sorted(archive.namelist()):
                        with archive.open(name) as member:
                            yield from _listed(member)
            else:
                with open_plain(file, source) as stream:
                    yield from _listed(stream)
    except (*DAMAGED, zipfile.BadZipFile, lzma.LZMAError, NotImplementedError, RuntimeError, ValueError) as error:
        words = " ".join(str(error).split()) or type(error).__name__
        raise InputError(f"{source} can't be unpacked ({words}): get it again.") from error
    except OSError as error:
        raise InputError(
            f"{source} can't be read ({error.strerror or error}): check the disk or its rights."
        ) from error


def _listed(stream: IO[bytes]) -> Iterator[str]:
    while line := stream.readline(_LONGEST_LINE):
        cells = line.decode("utf-8", "replace").rstrip("\r\n").split("\t")
        if len(cells) >= _GKG_COLUMNS:
            if cells[_GKG_SOURCE] == _WEB_SOURCE and _ADDRESS.fullmatch(cells[_GKG_ADDRESS]):
                yield cells[_GKG_ADDRESS]
        elif (address := cells[0].strip()) and not address.startswith("#"):
            yield address


def crawl(addresses: Iterable[str], archive: Path, manners: Manners, *, again: bool = False) -> Iterator[Fetched]:
    """Fetch pages into an archive and yield what became of each address, as it is done.

    With `again` the pages that the archive holds are asked whether they have changed, and a changed one is added.
    """
    book = _Archive(archive)
    hosts: dict[str, list[str]] = {}
    for address in dict.fromkeys(addresses):
        if not again and address in book.known:
            yield Fetched(address, "known")
        else:
            hosts.setdefault(urlsplit(address).netloc.lower(), []).append(address)
    found: list[Fetched] = []
    with ThreadPoolExecutor(_HOSTS) as pool:
        running = [pool.submit(_host, host, pages, book, manners, found) for host, pages in hosts.items()]
        try:
            for done in as_completed(running):
                done.result()
                while found:
                    yield found.pop(0)
        finally:
            book.stop.set()
    while found:
        yield found.pop(0)


@dataclass(slots=True)
class _Archive:
    """A WARC file that is added to, one page after the other, by several threads."""

    path: Path
    known: dict[str, dict[str, str]] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)
    stop: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        if self.path.exists():
            with self.path.open("r+b") as file:
                file.truncate(_whole_length(file))
            self._read()

    def _read(self) -> None:
        """Learn which addresses are there, and with which marks of their version."""
        from warcio.archiveiterator import ArchiveIterator

        with self.path.open("rb") as file:
            for record in ArchiveIterator(file):
                marks = {}
                if record.http_headers is not None:
                    for name in ("ETag", "Last-Modified"):
                        if value := record.http_headers.get_header(name):
                            marks[name] = value
                if address := record.rec_headers.get_header("WARC-Target-URI"):
                    self.known[address] = marks

    def add(self, address: str, answer: Answer) -> None:
        """Add a page whole: its record is made in memory and written in one piece."""
        from warcio.statusandheaders import StatusAndHeaders
        from warcio.warcwriter import WARCWriter

        kept = [
            (k, v)
            for k, v in answer.headers
            if k.lower() not in {"content-encoding", "transfer-encoding", "content-length"}
        ]
        headers = StatusAndHeaders("200 OK", [*kept, ("Content-Length", str(len(answer.data)))], protocol="HTTP/1.1")
        memory = io.BytesIO()
        writer = WARCWriter(memory, gzip=True)
        writer.write_record(
            writer.create_warc_record(
                address, "response", payload=io.BytesIO(answer.data), length=len(answer.data), http_headers=headers
            )
        )
        with self.lock:
            try:
                with self.path.open("ab") as file:
                    file.write(memory.getvalue())
            except OSError as error:
                raise InputError(
                    f"{self.path} can't be written ({error.strerror}): make room, or name another."
                ) from error
            self.known[address] = {}


def _whole_length(file: BinaryIO) -> int:
    """Where the last whole gzip member of a file ends; a kill in the middle of a page leaves a part of one behind it."""
    whole = at = 0
    unpack = zlib.decompressobj(_GZIP)
    while block := file.read(1 << 16):
        while block:
            try:
                unpack.decompress(block)
            except zlib.error:
                return whole
            rest = unpack.unused_data
            at += len(block) - len(rest)
            if not unpack.eof:
                break
            whole, block, unpack = at, rest, zlib.decompressobj(_GZIP)
    return whole


def _host(host: str, pages: list[str], book: _Archive, manners: Manners, found: list[Fetched]) -> None:
    """Fetch one host's pages, one after the other."""
    rules: Protego | None = None
    pause = manners.delay
    for number, address in enumerate(pages):
        if book.stop.is_set():
            return
        try:
            if rules is None:
                rules = _robots(address, manners)
                pause = max(manners.delay, float(rules.crawl_delay(AGENT) or 0.0))
                manners.wait(pause)
            elif number:
                manners.wait(pause)
            if not rules.can_fetch(address, AGENT):
                raise InputError(
                    f"{host}'s robots.txt asks programs not to fetch it: open it in a browser and save it."
                )
            found.append(_page(address, book, manners))
        except InputError as error:
            found.append(Fetched(address, "refused", f"{address}: {error}"))


def _robots(address: str, manners: Manners) -> Protego:
    """The host's rules: those of its robots.txt, all allowed where it has none (RFC 9309, 2.3.1)."""
    from protego import Protego

    answer = _patient(urljoin(address, "/robots.txt"), {"User-Agent": AGENT}, manners)
    place = urljoin(address, "/robots.txt")
    for _ in range(REDIRECTS):
        if answer.status not in REDIRECTING or not answer.header("Location"):
            break
        place = urljoin(place, answer.header("Location"))
        answer = _patient(place, {"User-Agent": AGENT}, manners)
    if answer.status in _BUSY:
        raise InputError(f"its robots.txt can't be had (the server answered {answer.status}): try again later.")
    return Protego.parse(answer.data.decode("utf-8", "replace") if answer.status == 200 else "")


def _page(address: str, book: _Archive, manners: Manners) -> Fetched:
    headers = {"User-Agent": AGENT, "Accept": PAGES}
    marks = book.known.get(address, {})
    if "ETag" in marks:
        headers["If-None-Match"] = marks["ETag"]
    elif "Last-Modified" in marks:
        headers["If-Modified-Since"] = marks["Last-Modified"]
    place = address
    for _ in range(REDIRECTS + 1):
        answer = _patient(place, headers, manners)
        if answer.status == 304:
            return Fetched(address, "unchanged")
        if answer.status in REDIRECTING and answer.header("Location"):
            place = urljoin(place, answer.header("Location"))
            continue
        if answer.status != 200:
            raise InputError(
                f"the server answered {answer.status}: try again later, or open it in a browser and save it."
            )
        if answer.kind not in PAGE_KINDS:
            raise InputError(f"it is {answer.kind}, not a page: save the text of the article instead.")
        book.add(address, answer)
        return Fetched(address, "fetched")
    raise InputError(f"it leads on more than {REDIRECTS} times: open it in a browser and save the page.")


def _patient(address: str, headers: dict[str, str], manners: Manners) -> Answer:
    """The server's answer, asked for again where it is busy or can't be reached."""
    for number in range(1, manners.tries + 1):
        pause = manners.delay * 2**number
        try:
            answer = request(
                address, headers, until=time.monotonic() + SECONDS, resolve=manners.resolve, allowed=manners.allowed
            )
        except UnreachableError:
            if number == manners.tries:
                raise
        else:
            if answer.status not in _BUSY or number == manners.tries:
                return answer
            pause = _asked_for(answer) or pause
            if pause > _PATIENCE:
                raise InputError(f"the server asks to wait for {pause:.0f} seconds: try again later.")
        manners.wait(pause)
    raise InputError("it was not tried: allow at least one try.")


def _asked_for(answer: Answer) -> float | None:
    """The seconds that the header `Retry-After` asks for, as a number or as a time after the server's own."""
    value = answer.header("Retry-After")
    if value.isdigit():
        return float(value)
    try:
        until, now = parsedate_to_datetime(value), parsedate_to_datetime(answer.header("Date"))
        return max(0.0, (until - now).total_seconds())
    except (TypeError, ValueError):
        return None
