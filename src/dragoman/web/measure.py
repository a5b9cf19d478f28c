"""How fast the workbench answers on a store: every kind of page asked for many times, then many readers at once.

A page is asked for inside this process, without a network between, and takes two figures: the time on the clock, and the
CPU-seconds of the process, which other programs on the machine do not lengthen. What is asked for is drawn from the store with
a fixed seed: the busiest pairs and any others, any articles, events, actors and statements, names as they are spelled in
Latin and in Cyrillic. The readers at once ask a server in a process of its own, over connections of their own.
"""

from __future__ import annotations

import asyncio
import gzip
import http.client
import random
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from babel import Locale
from sqlalchemy import Connection, Table, func, select
from starlette.types import ASGIApp, Message

from dragoman.errors import StoreError
from dragoman.run.view.room import Room
from dragoman.store import counts, tables
from dragoman.web.app import create_app, settle_memory

WANTED = 0.150
"""Seconds within which 95 of 100 answers of every kind are wanted."""
FIRST_PAGE = 100_000
"""Bytes of the first page and all that it loads, packed, that are wanted at most."""
_BUSY = 5
"""So many of the pairs asked for are the busiest ones."""
_DEEPEST = 3_000
"""Pages of lists up to which they are asked for; where there are fewer, the last one."""
_ASSET = re.compile(r'(?:src|href)="(/assets/[^"]+)"')
_CYRILLIC = dict(
    zip(
        "abvgdeziklmnoprstufhcyj",
        "абвгдезиклмнопрстуфхцый",
        strict=True,
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageTiming:
    """How long answers of one kind took, in milliseconds of CPU and of the clock, and how long the longest was packed (bytes).

    `first` is the CPU of an answer before them, the first of its kind in the process, which compiles what all others use;
    `statuses` are those other than 200 and 303, with how often each came.
    """

    kind: str
    asked: int
    first: float
    cpu_median: float
    cpu_p95: float
    wall_median: float
    wall_p95: float
    packed: int
    statuses: Mapping[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Crowd:
    """Many readers at once: how many asked for how many pages, the answers that were errors, milliseconds on the clock."""

    readers: int
    asked: int
    errors: int
    seconds: float
    median: float
    p95: float
    worst: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    status: int
    body: bytes
    packed: int
    cpu: float
    wall: float


def measure_pages(room: Room, askings: int) -> Iterator[PageTiming]:
    """Ask for each kind of page so many times, and yield what it took."""
    app = create_app(room)
    asyncio.run(_asked(app, "/"))  # the templates and the codebook's patterns are made on first use
    kinds = addresses(room, askings)
    settle_memory()  # as a server does
    yield _timing("desk, nothing kept", [_fresh(room) for _ in range(max(3, askings // 4))])
    for kind, found in kinds.items():
        first = asyncio.run(_asked(app, found[-1]))
        yield _timing(kind, [asyncio.run(_asked(app, address)) for address in found], first)


def first_page(room: Room) -> int:
    """Return the bytes of the desk with all that it loads, packed."""
    app = create_app(room)
    desk = asyncio.run(_asked(app, "/"))
    assets = sorted(set(_ASSET.findall(desk.body.decode("utf-8"))))
    return desk.packed + sum(asyncio.run(_asked(app, one)).packed for one in assets)


def measure_crowd(room: Room, readers: int, askings: int) -> Crowd:
    """Let so many readers ask at once, each for `askings` pages one after another, of a server in a process of its own."""
    kinds = addresses(room, max(4, readers // 2))
    every = sorted({address for found in kinds.values() for address in found})
    drawn = random.Random(7)  # noqa: S311 -- the same pages every time are wanted
    port = _free_port()
    command = [sys.executable, "-m", "dragoman", "serve", "--port", str(port), "--store", str(room.store.path)]
    server = subprocess.Popen(  # noqa: S603 -- our own command on the store that was named
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _await(port, server)
        spent: list[tuple[int, float]] = []
        plans = [drawn.choices(every, k=askings) for _ in range(readers)]
        threads = [threading.Thread(target=_read, args=(port, plan, spent)) for plan in plans]
        begun = time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        seconds = time.perf_counter() - begun
    finally:
        server.terminate()
        server.wait()
    times = sorted(one * 1000 for _, one in spent)
    return Crowd(
        readers=readers,
        asked=len(spent),
        errors=sum(status not in (200, 303) for status, _ in spent),
        seconds=seconds,
        median=_at(times, 0.5),
        p95=_at(times, 0.95),
        worst=times[-1],
    )


def addresses(room: Room, number: int) -> dict[str, list[str]]:
    """Return `number` addresses of each kind of page, the same ones every time for a store."""
    drawn = random.Random(8)  # noqa: S311 -- the same pages every time are wanted
    with room.reading() as connection:
        newest = counts.newest_standings(connection)
    standings = sorted(newest, key=lambda one: (-one.events, one.first, one.second))
    if not standings:
        raise StoreError(
            f"No pair in {room.store.path}: read articles into it, or make one with dragoman bench relate."
        )
    chosen = [*standings[:_BUSY], *drawn.choices(standings, weights=[one.events for one in standings], k=number)]
    pairs = [f"/pairs/{quote(one.first, safe='')}/{quote(one.second, safe='')}" for one in chosen[:number]]
    with room.reading() as connection:
        articles = _drawn(connection, tables.article, number, drawn)
        events = _drawn(connection, tables.event, number, drawn)
        statements = _drawn(connection, tables.statement, number, drawn)
        actor = tables.actor.c
        people = connection.execute(
            select(actor.id, actor.name)
            .where(actor.kind == "person", actor.mentions > 0)
            .order_by(actor.mentions.desc(), actor.name, actor.id)
            .limit(1_000)
        ).all()
        sides = connection.execute(
            select(actor.id, actor.name, actor.country)
            .where(actor.kind == "state")
            .order_by(actor.mentions.desc(), actor.name, actor.id)
            .limit(number)
        ).all()
        first, last = connection.execute(
            select(func.min(tables.article.c.published), func.max(tables.article.c.published))
        ).one()
        telling = tables.telling.c
        rows = connection.execute(select(telling.event, telling.article).where(telling.event.in_(events)))
        told = {row.event: row.article for row in rows}
    days = _days(first, last, number, drawn)
    persons = [drawn.choice(people) for _ in range(number)] if people else []
    words = ["answer", "gift", "ambassador from", "harbour rules", "wheat", "tariff", "paper"]
    deep = [1 + place * (_DEEPEST - 1) // max(1, number - 1) for place in range(number)]
    between = [f"since={min(two)}&until={max(two)}" for two in zip(days, days[::-1], strict=True)]
    api = "/api/v1"
    found = {
        "desk": ["/"] * number,
        "pairs": [f"/pairs?part={one}" for one in deep],
        "pair": pairs,
        "pair as of a day": [f"{pair}?as_of={day}" for pair, day in zip(pairs, days, strict=True)],
        "pair, numbers": [f"{pair}/timeline.json" for pair in pairs],
        "pair, a file": [f"{pair}/dossier.html" for pair in pairs],
        "article": [f"/articles/{one}" for one in articles],
        "article at a mark": [f"/articles/{told[one]}?mark={one}" for one in events if one in told],
        "event": [f"/events/{one}" for one in events],
        "statement": [f"/statements/{one}" for one in statements],
        "actor, a person": [f"/actors/{one.id}" for one in persons],
        "actor, a state": [f"/actors/{one.id}" for one in sides],
        "actor, further pages": [f"/actors/{one.id}?part={part}" for one, part in zip(sides, deep, strict=False)],
        "articles": [f"/articles?part={one}" for one in deep],
        "articles, some": [f"/articles?only={only}" for only in ("undated", "unread")] * (number // 2),
        "actors": [f"/actors?part={one}" for one in deep],
        "actors, by name": [f"/actors?q={quote(one.name.split()[-1])}" for one in persons],
        "forecasts": [f"/forecasts?part={one}" for one in deep],
        "forecasts, some": [f"/forecasts?outcome={one}" for one in ("open", "met", "failed")] * (number // 3),
        "forecasts of one": [f"/forecasts?speaker={one.id}" for one in persons],
        "network": ["/network"] * number,
        "network of some days": [f"/network?{some}" for some in between],
        "candidates": ["/candidates"] * number,
        "disputed": ["/disputed"] * number,
        "refused": ["/refused"] * number,
        "checking": ["/checking"] * number,
        "search, a name": [f"/search?q={quote(one.name)}" for one in persons],
        "search, in Cyrillic": [f"/search?q={quote(_cyrillic(one.name))}" for one in persons],
        "search, a state": [f"/search?q={quote(name)}" for name in _state_names(room, [one.country for one in sides])],
        "search, words": [f"/search?q={quote(words[place % len(words)])}" for place in range(number)],
        "API, events": [f"{api}/events?after={one}&limit=200" for one in events],
        "API, events of some days": [f"{api}/events?{some}" for some in between],
        "API, events of a day": [f"{api}/events?since={day}&until={day}" for day in days],
        "API, events of an actor": [f"{api}/events?actor={one.id}&type=ACCUSE" for one in sides],
        "API, events not yet": [f"{api}/events?factuality=future"] * number,
        "API, statements": [f"{api}/statements?after={one}&act=intention" for one in statements],
        "API, statements of one": [f"{api}/statements?speaker={one.id}" for one in persons],
        "API, articles": [f"{api}/articles?after={one}" for one in articles],
        "API, articles of a day": [f"{api}/articles?published_from={day}&published_until={day}" for day in days],
        "API, actors": [f"{api}/actors?name={quote(one.name.split()[-1])}" for one in persons],
        "API, relations": [f"{api}/relations?of={one.id}&on={day}" for one, day in zip(sides, days, strict=False)],
        "API, mentions": [f"{api}/articles/{one}/mentions" for one in articles],
        "API, pair": [f"{api}{pair}" for pair in pairs],
        "API, search": [f"{api}/search?q={quote(one.name)}" for one in persons],
    }
    return {kind: some for kind, some in found.items() if some}


def _drawn(connection: Connection, table: Table, number: int, drawn: random.Random) -> list[str]:
    """Ids of a table, each the next behind a random one: ids are digests, so that all are as likely."""
    column = table.c.id
    first = connection.execute(select(func.min(column))).scalar()
    if first is None:
        return []
    stem = str(first).rpartition("-")[0]
    found = []
    for _ in range(number):
        aim = f"{stem}-{drawn.getrandbits(32):08x}"
        found.append(connection.execute(select(func.min(column)).where(column >= aim)).scalar() or first)
    return found


def _days(first: date | None, last: date | None, number: int, drawn: random.Random) -> list[date]:
    if first is None or last is None:
        return [date(2024, 1, 1)] * number
    return [first + timedelta(days=drawn.randrange(max(1, (last - first).days))) for _ in range(number)]


def _cyrillic(name: str) -> str:
    """A Latin name letter by letter in Cyrillic, as a reader there might write it."""
    return "".join(
        (_CYRILLIC[one.lower()].upper() if one.isupper() else _CYRILLIC[one]) if one.lower() in _CYRILLIC else one
        for one in name
    )


def _state_names(room: Room, codes: Sequence[str | None]) -> list[str]:
    """The states' names, each in a language of its own."""
    names = []
    for place, code in enumerate(codes):
        language = ("ru", "uk", "ka", "ar", "zh", "el")[place % 6]
        known = room.codebook.territories.get(code) if code else None
        short = known.alpha2 if known is not None else None
        names.append((Locale(language).territories.get(short) if short else None) or (known.name if known else "state"))
    return names


def _fresh(room: Room) -> _Answer:
    """The desk, asked for by the first reader after a start."""
    new = Room(store=room.store, codebook=room.codebook, settings=room.settings)
    return asyncio.run(_asked(create_app(new), "/"))


async def _asked(app: ASGIApp, address: str) -> _Answer:
    """Ask an application for a page, as a browser would that takes packed answers."""
    parts = urlsplit(address)
    headers = [(b"host", b"127.0.0.1"), (b"accept-encoding", b"gzip"), (b"accept", b"text/html")]
    scope: dict[str, Any] = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": unquote(parts.path),
        "raw_path": parts.path.encode(),
        "root_path": "",
        "query_string": parts.query.encode(),
        "headers": headers,
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
    }
    told: dict[str, Any] = {"status": 0, "packed": False}
    pieces: list[bytes] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            told["status"] = message["status"]
            told["packed"] = (b"content-encoding", b"gzip") in [tuple(one) for one in message["headers"]]
        else:
            pieces.append(message.get("body", b""))

    wall, cpu = time.perf_counter(), time.process_time()
    await app(scope, receive, send)
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    whole = b"".join(pieces)
    return _Answer(
        status=told["status"],
        body=gzip.decompress(whole) if told["packed"] else whole,
        packed=len(whole),
        cpu=cpu,
        wall=wall,
    )


def _timing(kind: str, answers: Sequence[_Answer], first: _Answer | None = None) -> PageTiming:
    cpu, wall = (sorted(getattr(one, name) * 1000 for one in answers) for name in ("cpu", "wall"))
    wrong: dict[int, int] = {}
    for one in answers:
        if one.status not in (200, 303):
            wrong[one.status] = wrong.get(one.status, 0) + 1
    return PageTiming(
        kind=kind,
        asked=len(answers),
        first=(first or answers[0]).cpu * 1000,
        cpu_median=_at(cpu, 0.5),
        cpu_p95=_at(cpu, 0.95),
        wall_median=_at(wall, 0.5),
        wall_p95=_at(wall, 0.95),
        packed=max(one.packed for one in answers),
        statuses=wrong,
    )


def _at(ordered: Sequence[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _await(port: int, server: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        if server.poll() is not None:
            raise StoreError("The server ended before it could be asked: start dragoman serve by hand to see why.")
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            connection.request("GET", "/")
            connection.getresponse().read()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise StoreError("The server did not answer within a minute: start dragoman serve by hand to see why.")


def _read(port: int, plan: Sequence[str], spent: list[tuple[int, float]]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    for address in plan:
        begun = time.perf_counter()
        try:
            connection.request("GET", address, headers={"Accept-Encoding": "gzip"})
            answer = connection.getresponse()
            answer.read()
            status = answer.status
        except (OSError, http.client.HTTPException):
            connection.close()
            status = 0
        spent.append((status, time.perf_counter() - begun))
    connection.close()
