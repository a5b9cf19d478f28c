"""Archives, web archives, compressed lines, tables and feeds: each a stream of articles, each fault a line."""

from __future__ import annotations

import gzip
import io
import json
import random
import tarfile
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest
from backports import zstd
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from dragoman.ingest import Refusal, read_bytes, read_inputs
from dragoman.record import Article

BODY = "Norland recalled its ambassador to Sudmark for consultations on Monday. " * 8
PAGE = (
    "<html><head><title>Envoy called home</title><meta property='article:published_time' content='2021-05-04'>"
    f"</head><body><article><h1>Envoy called home</h1><p>{BODY}</p><p>{BODY}</p></article></body></html>"
).encode()
LINES = "".join(
    json.dumps({"id": f"a{n}", "text": f"{BODY} {n}", "date": "2021-05-04"}) + "\n" for n in range(5)
).encode()


def _split(found: list[Article | Refusal]) -> tuple[list[Article], list[Refusal]]:
    return [one for one in found if isinstance(one, Article)], [one for one in found if isinstance(one, Refusal)]


def _warc(compressed: bool = True) -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=compressed)
    http = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
    gone = StatusAndHeaders("404 Not Found", [("Content-Type", "text/html")], protocol="HTTP/1.1")
    image = StatusAndHeaders("200 OK", [("Content-Type", "image/png")], protocol="HTTP/1.1")
    for address, headers, payload in (
        ("https://example.org/envoy", http, PAGE),
        ("https://example.org/gone", gone, b"<html><body>gone</body></html>"),
        ("https://example.org/logo", image, b"\x89PNG"),
        ("https://example.org/empty", http, b"<html><body></body></html>"),
    ):
        writer.write_record(
            writer.create_warc_record(
                address, "response", payload=io.BytesIO(payload), length=len(payload), http_headers=headers
            )
        )
    writer.write_record(
        writer.create_warc_record(
            "https://example.org/text",
            "conversion",
            payload=io.BytesIO(BODY.encode()),
            length=len(BODY.encode()),
            warc_content_type="text/plain",
        )
    )
    return out.getvalue()


def _zip(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "."), data)
    return out.getvalue()


def _tar(mode: str = "w:gz") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:  # type: ignore[call-overload]  # the mode is a test's own
        for name, data in (
            ("in/a.txt", BODY.encode()),
            ("in/b.html", PAGE),
            ("in/.hidden.txt", b"x"),
            ("in/c.exe", b"x"),
        ):
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        link = tarfile.TarInfo("in/link.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    return out.getvalue()


def _parquet() -> bytes:
    out = io.BytesIO()
    rows = {
        "id": ["a", "b", "c"],
        "text": [BODY, None, f"{BODY} c"],
        "published": [date(2021, 5, 4), date(2021, 5, 5), None],
        "title": ["One", "Two", "Three"],
    }
    pyarrow.parquet.write_table(pyarrow.table(rows), out)
    return out.getvalue()


FEED = f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Morning Post</title>
<item><title>Envoy</title><link>https://example.org/1</link><pubDate>Tue, 04 May 2021 10:00:00 GMT</pubDate>
<content:encoded><![CDATA[<p>{BODY}</p><script>alert(1)</script><p>{BODY}</p>]]></content:encoded></item>
<item><title>Short</title><link>https://example.org/2</link><description>Only a teaser.</description></item>
</channel></rss>""".encode()


_MAKERS: tuple[Callable[[], bytes], ...] = (
    _warc,
    lambda: _warc(compressed=False),
    lambda: _zip(a__txt=BODY.encode(), b__html=PAGE),
    _tar,
    _parquet,
    lambda: FEED,
    lambda: gzip.compress(LINES),
)


def test_a_warc_gives_its_pages_with_their_addresses(tmp_path: Path) -> None:
    """Pages and texts of a WARC are articles with the address they came from; a page without an article is refused by name."""
    for name, data in (("a.warc.gz", _warc()), ("b.warc", _warc(compressed=False))):
        (tmp_path / name).write_bytes(data)
        articles, refusals = _split(list(read_inputs([str(tmp_path / name)])))
        assert [article.url for article in articles] == ["https://example.org/envoy", "https://example.org/text"]
        assert articles[0].published == date(2021, 5, 4)
        assert [("example.org/empty" in r.reason) for r in refusals] == [True]


def test_wrong_lengths_in_a_warc_are_told_by_us_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Records that are longer than they say flood nobody's screen with a library's warnings (found by fuzzing)."""
    record = (
        b"WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: http://news.example/1\r\nContent-Type: text/plain\r\n"
        b"Content-Length: 20\r\n\r\nNorland recalled its envoy to Sudmark.\r\n\r\n"
    )
    (tmp_path / "a.warc").write_bytes(record * 20)
    assert len(list(read_inputs([str(tmp_path / "a.warc")]))) == 20
    assert capsys.readouterr().err == ""


def test_compressed_lines_are_the_same_articles_as_plain_ones(tmp_path: Path) -> None:
    """JSON Lines packed with gzip or zstd, in several frames too, give the articles of the plain file."""
    cut = LINES.index(b"\n", len(LINES) // 2) + 1
    kinds = {
        "a.jsonl": LINES,
        "b.jsonl.gz": gzip.compress(LINES[:cut]) + gzip.compress(LINES[cut:]),
        "c.jsonl.zst": zstd.compress(LINES[:cut]) + zstd.compress(LINES[cut:]),
    }
    ids = []
    for name, data in kinds.items():
        (tmp_path / name).write_bytes(data)
        articles, refusals = _split(list(read_inputs([str(tmp_path / name)])))
        assert not refusals
        ids.append([article.id for article in articles])
    assert len(ids[0]) == 5
    assert ids[0] == ids[1] == ids[2]


def test_a_cut_off_file_keeps_what_came_before(tmp_path: Path) -> None:
    """A compressed file that breaks off gives the articles before the break and one line that says so."""
    rng = random.Random(5)  # random words, so that a compressed block ends before the file does
    lines = "".join(
        json.dumps({"text": " ".join(rng.choice("abcdefgh") * rng.randint(2, 9) for _ in range(400))}) + "\n"
        for _ in range(400)
    ).encode()
    for name, data in (
        ("a.jsonl.gz", gzip.compress(lines)),
        ("b.jsonl.zst", zstd.compress(lines)),
    ):
        (tmp_path / name).write_bytes(data[: len(data) // 2])
        articles, refusals = _split(list(read_inputs([str(tmp_path / name)])))
        assert articles, name
        assert "damaged or cut off" in refusals[-1].reason


def test_zip_and_tar_give_their_members_by_name(tmp_path: Path) -> None:
    """An archive's texts, pages and lines are articles named by their member; hidden files and links are passed over."""
    (tmp_path / "a.zip").write_bytes(
        _zip(a__txt=BODY.encode(), b__html=PAGE, c__jsonl=LINES, d__zip=_zip(), e__bin=b"x")
    )
    articles, refusals = _split(list(read_inputs([str(tmp_path / "a.zip")])))
    assert len(articles) == 7
    assert articles[0].source.endswith("a.zip:a.txt")
    assert [("archive inside" in r.reason, "not a kind" in r.reason) for r in refusals] == [
        (True, False),
        (False, True),
    ]
    for name, mode in (("b.tar.gz", "w:gz"), ("c.tgz", "w:gz"), ("d.tar", "w")):
        (tmp_path / name).write_bytes(_tar(mode))
        articles, refusals = _split(list(read_inputs([str(tmp_path / name)])))
        assert len(articles) == 2
        assert [r.source.endswith("c.exe") for r in refusals] == [True]


def test_parquet_rows_are_articles(tmp_path: Path) -> None:
    """Each row with a text is an article with its date; a row without one is refused by its number."""
    (tmp_path / "a.parquet").write_bytes(_parquet())
    articles, refusals = _split(list(read_inputs([str(tmp_path / "a.parquet")])))
    assert [(a.given_id, a.published, a.title) for a in articles] == [
        ("a", date(2021, 5, 4), "One"),
        ("c", None, "Three"),
    ]
    assert [r.source.rpartition(":")[2] for r in refusals] == ["2"]


def test_a_feed_gives_whole_entries_and_names_teasers(tmp_path: Path) -> None:
    """A feed's entry that carries the article is one, without its scripts; a teaser is refused with the address to fetch."""
    (tmp_path / "news.xml").write_bytes(FEED)
    (article,), (refusal,) = _split(list(read_inputs([str(tmp_path / "news.xml")])))
    assert (article.title, article.publisher, article.url) == ("Envoy", "Morning Post", "https://example.org/1")
    assert article.published == date(2021, 5, 4)
    assert "alert" not in article.text
    assert article.text.count("\n\n") == 1
    assert "https://example.org/2" in refusal.reason


def test_a_bomb_is_refused_and_its_neighbours_read(tmp_path: Path) -> None:
    """A member that unpacks to 200 MB is refused by its size without being held, and the text beside it is read."""
    (tmp_path / "bomb.zip").write_bytes(_zip(a__txt=BODY.encode(), b__txt=b"0" * 200_000_000))
    articles, refusals = _split(list(read_inputs([str(tmp_path / "bomb.zip")])))
    assert len(articles) == 1
    assert "larger than" in refusals[0].reason


def test_an_encrypted_member_says_so() -> None:
    """A zip member that is marked as encrypted is refused with the remedy."""
    data = bytearray(_zip(a__txt=BODY.encode()))
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    data[6] |= 1
    _, refusals = _split(list(read_bytes(bytes(data), "a.zip")))
    assert "encrypted" in refusals[0].reason


@pytest.mark.parametrize("make", _MAKERS)
@pytest.mark.parametrize("seed", range(8))
def test_damaged_containers_end_in_records_or_lines(make: Callable[[], bytes], seed: int) -> None:
    """However a container's bytes are cut, flipped or repeated, reading it ends in articles and one-line reasons."""
    rng = random.Random(seed)
    data = bytearray(make())
    for _ in range(rng.randint(1, 12)):
        at = rng.randrange(len(data))
        change = rng.randrange(3)
        if change == 0:
            data[at] ^= 1 << rng.randrange(8)
        elif change == 1:
            del data[at : at + rng.randrange(40)]
        else:
            data[at:at] = data[at : at + rng.randrange(40)]
    for name in ("x.warc", "x.warc.gz", "x.zip", "x.tar.gz", "x.parquet", "x.xml", "x.jsonl.gz", "x.jsonl.zst"):
        for one in read_bytes(bytes(data), name):
            assert isinstance(one, Article) or ("\n" not in one.reason and one.reason.startswith("x."))
