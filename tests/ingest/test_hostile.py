"""Hostile inputs: each ends in articles, or in a refusal of one line, soon and in bounded memory."""

from __future__ import annotations

import gzip
import io
import json
import random
import tarfile
import time
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from dragoman.ingest import Refusal
from dragoman.ingest.inputs import read_bytes
from dragoman.read import Pipeline
from dragoman.record import Article, Span
from dragoman.run.reading import read_batch

INPUTS = 300
READ = 40
SECONDS = 10
"""What one input may take at most."""
MEGABYTES = 200
"""What one input may take of Python's memory: a file may hold 16 million bytes, its text four times that, and copies."""

Made = tuple[str, bytes]

PAGE = (
    b"<!DOCTYPE html><html><head><title>Talks</title><meta name='date' content='2021-05-04'></head><body><article>"
    b"<p>Norland recalled its ambassador to Sudmark on Tuesday, the foreign ministry said in a statement.</p>"
    b"<p>Sudmark denied the charges and expelled two diplomats of Norland on Wednesday.</p></article></body></html>"
)
NAMES = (
    *(
        "Владимир Путин",
        "Свiтлана Тихановська",
        "习近平",
        "安倍晋三",
        "윤석열",
        "محمد بن سلمان",
        "בנימין נתניהו",
        "นายกรัฐมนตรี",
    ),
    *(
        "नरेन्द्र मोदी",
        "Αλέξης Τσίπρας",
        "Նիկոլ Փաշինյան",
        "სალომე ზურაბიშვილი",
        "አቢይ አህመድ",
        "Nguyễn Phú Trọng",
        "Þórdís Æ.",
    ),
)
UNSEEN = "\u200b\u200c\u200d\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u00ad\u034f\u061c"


def words(rng: random.Random, number: int) -> str:
    """A text of so many sentences in which names of any script act."""
    verbs = ("recalled its ambassador to", "expelled two diplomats of", "signed a treaty with", "threatened", "met")
    states = ("Norway", "Sweden", "Estonia", "Latvia", "Russia", "China", *NAMES)
    return " ".join(f"{rng.choice(states)} {rng.choice(verbs)} {rng.choice(states)}." for _ in range(number))


def broken(rng: random.Random, data: bytes) -> bytes:
    """The bytes with some changed, cut out, doubled or cut off."""
    out = bytearray(data)
    for _ in range(rng.randint(1, 12)):
        at = rng.randrange(max(len(out), 1))
        kind = rng.randrange(4)
        if kind == 0 and out:
            out[at % len(out)] = rng.randrange(256)
        elif kind == 1:
            del out[at : at + rng.randint(1, 20)]
        elif kind == 2:
            out[at:at] = out[at : at + rng.randint(1, 40)]
        else:
            out[at:at] = bytes(rng.randrange(256) for _ in range(rng.randint(1, 8)))
    return bytes(out[: rng.randint(1, len(out))] if out and rng.random() < 0.3 else out)


def fuzzed_page(rng: random.Random) -> Made:
    """A page with broken markup."""
    return "a.html", broken(rng, PAGE)


def fuzzed_json(rng: random.Random) -> Made:
    """JSON or JSON Lines with broken syntax."""
    line = json.dumps({"text": words(rng, 3), "date": "2021-05-04", "title": "Talks"}, ensure_ascii=False).encode()
    return rng.choice(["a.json", "a.jsonl"]), broken(rng, line + b"\n" + line)


def warc(length: int, page: bytes) -> bytes:
    """A WARC record of a page that claims to have so many bytes."""
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % length + page
    head = (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://news.example/1\r\n"
        b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n"
    )
    return head % (length + len(http) - len(page)) + http + b"\r\n\r\n"


def fuzzed_warc(rng: random.Random) -> Made:
    """A web archive with broken bytes, or one whose lengths are wrong."""
    lengths = (0, 1, len(PAGE) - 7, len(PAGE) + 9, 2**31, 2**63, 10**30, -1)
    data = warc(rng.choice(lengths), PAGE) + warc(len(PAGE), PAGE)
    data = data if rng.random() < 0.5 else broken(rng, data)
    return ("a.warc.gz", gzip.compress(data)) if rng.random() < 0.3 else ("a.warc", data)


def zipped(name: str, data: bytes) -> bytes:
    """A zip file of one member."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return out.getvalue()


def bomb(rng: random.Random) -> Made:
    """A few kilobytes that unpack to some twenty megabytes of one byte."""
    data = rng.choice([b" ", b"a", b"[", b"\n"]) * 20_000_000
    member = rng.choice(["a.txt", "a.json", "a.jsonl"])
    if rng.random() < 0.5:
        return "a.zip", zipped(member, data)
    return member + ".gz", gzip.compress(data, 1)


def fuzzed_archive(rng: random.Random) -> Made:
    """A zip or tar with broken bytes, odd names or an archive inside."""
    if rng.random() < 0.5:
        name = rng.choice(["a.html", "../../etc/a.html", "b.zip", "\u202ea.html", "x" * 300 + ".html", "a\nb.html"])
        data = zipped(name, zipped("a.html", PAGE) if name == "b.zip" else PAGE)
        return "a.zip", data if rng.random() < 0.5 else broken(rng, data)
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        info = tarfile.TarInfo("a.html")
        info.size = len(PAGE)
        archive.addfile(info, io.BytesIO(PAGE))
    return "a.tar", broken(rng, out.getvalue())


def nested(rng: random.Random) -> Made:
    """Markup or JSON nested a hundred thousand deep."""
    depth = rng.choice([1_000, 20_000, 100_000])
    kind = rng.randrange(4)
    if kind == 0:
        return "a.html", b"<html><body>" + b"<div>" * depth + b"<p>Norway met Sweden.</p>" + b"</div>" * depth
    if kind == 1:
        return "a.json", b"[" * depth + b"]" * depth
    if kind == 2:
        return "a.jsonl", b'{"a":' * depth + b"1" + b"}" * depth
    return "a.rss", b"<?xml version='1.0'?><rss><channel>" + b"<item>" * min(depth, 3_000)


def odd_json(rng: random.Random) -> Made:
    """Sound JSON with lone surrogates, huge numbers, doubled keys, wrong types or wild dates."""
    text = json.dumps(words(rng, 2))
    return "a.jsonl", rng.choice(
        [
            f'{{"text": {text[:-1]} \\ud83d and \\udc00 alone"}}',
            f'{{"text": {text}, "id": {"9" * 5_000}}}',
            f'{{"text": {text}, "id": 1e999}}',
            f'{{"text": {text}, "text": {text}, "text": 3}}',
            f'{{"text": {text}, "date": "9999999-99-99"}}',
            f'{{"text": {text}, "date": "{"1" * 10_000}"}}',
            f'{{"text": {text}, "date": "Mon, 31 Feb 99999 25:61:61 +9999"}}',
            f'{{"text": {text}, "title": ["a"], "language": 7}}',
            '{"text": "\\u0000"}',
            '{"text": ""}',
            "NaN",
            "[1, 2, 3]",
        ]
    ).encode()


def odd_text(rng: random.Random) -> Made:
    """A text in which unseen characters, marks without a letter, or letters of every script stand between the words."""
    text = words(rng, 5)
    kind = rng.randrange(4)
    if kind == 0:
        text = "".join(c + (rng.choice(UNSEEN) if rng.random() < 0.3 else "") for c in text)
    elif kind == 1:
        text = "".join(c + "\u0301" * rng.randint(0, 60) for c in text)
    elif kind == 2:
        text = "\u202e" + text[::-1] + "\u202c " + " ".join(NAMES)
    else:
        text = "".join(
            chr(rng.choice([rng.randrange(0x20, 0xD800), rng.randrange(0xE000, 0x110000)])) for _ in range(800)
        )
    encoding = rng.choice(["utf-8", "utf-8", "utf-16", "utf-32", "utf-8-sig"])
    return "a.txt", text.encode(encoding)


def long_text(rng: random.Random) -> Made:
    """A text of one endless word, line, quotation, or of nothing but marks."""
    return "a.txt", rng.choice(
        ["a", "“", '"', "(", "-", "Norway, ", "said that ", "May 4, ", ". ", "\n"]
    ).encode() * rng.choice([500, 2_000])


MAKERS: tuple[Callable[[random.Random], Made], ...] = (
    *(fuzzed_page, fuzzed_json, fuzzed_warc, fuzzed_archive, nested, odd_json, odd_text, odd_text, long_text),
)
BOMBS = 8


def hostile() -> Iterator[tuple[int, Made]]:
    """Every input with its number: the same ones in each run."""
    for number in range(INPUTS):
        rng = random.Random(number)
        yield number, bomb(rng) if number < BOMBS else MAKERS[number % len(MAKERS)](rng)


@pytest.fixture(scope="module")
def endings() -> list[tuple[int, Made, list[Article | Refusal], float]]:
    """What each input ends in, and the seconds of the processor that it took."""
    found = []
    for number, (name, data) in hostile():
        start = time.process_time()
        found.append((number, (name, data), list(read_bytes(data, name)), time.process_time() - start))
    return found


def test_each_hostile_input_ends_in_an_article_or_a_line(
    endings: list[tuple[int, Made, list[Article | Refusal], float]],
) -> None:
    """Three hundred inputs end in sound articles or in reasons of one line that blame no library, each within ten seconds."""
    kinds = {Article: 0, Refusal: 0}
    for number, (name, _), found, seconds in endings:
        assert seconds < SECONDS, (number, name, seconds)
        for one in found:
            kinds[type(one)] += 1
            if isinstance(one, Refusal):
                assert one.reason.strip(), number
                assert "\n" not in one.reason, (number, one.reason)
                assert "please report" not in one.reason, (number, one.reason)
            else:
                assert one.text.encode("utf-8"), number
    assert min(kinds.values()) > INPUTS / 10, kinds


def test_a_bomb_does_not_fill_the_memory() -> None:
    """What unpacks to twenty megabytes is given up within the bound of memory."""
    for number, (name, data) in hostile():
        if number < BOMBS:
            tracemalloc.start()
            list(read_bytes(data, name))
            peak = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
            assert peak < MEGABYTES * 1e6, (number, name, peak)


def test_what_is_read_of_hostile_inputs_is_a_record(
    endings: list[tuple[int, Made, list[Article | Refusal], float]], reader: Pipeline
) -> None:
    """Forty of the articles go through the reader: each becomes a record whose spans hold, or a line, within ten seconds."""
    articles = {one.id: one for _, _, found, _ in endings for one in found if isinstance(one, Article)}
    chosen = sorted(articles.values(), key=lambda article: article.id)[:READ]
    assert len(chosen) == READ
    for found in chosen:
        article = replace(found, language="en")  # so that it is read, whatever language it looks like
        start = time.process_time()
        (outcome,) = read_batch([article], reader)
        assert time.process_time() - start < SECONDS, article.text[:80]
        if outcome.document is None:
            assert outcome.reason
            assert "the reader failed" not in outcome.reason, (outcome.reason, article.text[:200])
            continue
        spans = [s for e in outcome.document.events or () for s in (*e.evidence, e.trigger)]
        spans += [s.content for s in outcome.document.statements or ()]
        for span in spans:
            assert isinstance(span, Span)
            assert article.text[span.start : span.end] == span.text
