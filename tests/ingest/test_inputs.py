"""Inputs: each is an article or a refusal that says what is wrong and what to do."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path

import pytest

from dragoman.ingest import Refusal, read_inputs
from dragoman.record import Article

_STORY = "Norway and Chile signed a fisheries accord in Oslo on Monday, the Norwegian foreign ministry said in a statement.\n"


def _one(path: Path, **options: object) -> Article | Refusal:
    found = list(read_inputs([str(path)], **options))  # type: ignore[arg-type]
    assert len(found) == 1
    return found[0]


def _write(folder: Path, name: str, data: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def test_a_text_is_kept_as_it_is(tmp_path: Path) -> None:
    """Line ends, odd spaces and all: the article's text is the file's, code point for code point."""
    text = "Тitle\r\n\r\n" + _STORY + "\u00a0End.\n"
    article = _one(_write(tmp_path, "a.txt", text))
    assert isinstance(article, Article)
    assert article.text == text
    assert article.published is None


def test_the_same_words_are_the_same_article_wherever_they_lie(tmp_path: Path) -> None:
    """The id depends on the text, not on the file's name."""
    one, other = _one(_write(tmp_path, "a.txt", _STORY)), _one(_write(tmp_path, "b.txt", _STORY))
    assert isinstance(one, Article)
    assert isinstance(other, Article)
    assert one.id == other.id


def test_what_the_user_says_holds_where_the_text_is_silent(tmp_path: Path) -> None:
    """--published and --publisher fill what an input does not say, and don't overrule what it says."""
    rows = [{"text": _STORY, "date": "2020-05-04", "publisher": "The Fjord"}, {"text": _STORY + "More."}]
    path = _write(tmp_path, "a.jsonl", "\n".join(map(json.dumps, rows)))
    said, silent = read_inputs([str(path)], published=date(2021, 1, 1), publisher="Given")
    assert isinstance(said, Article)
    assert isinstance(silent, Article)
    assert (said.published, said.publisher) == (date(2020, 5, 4), "The Fjord")
    assert (silent.published, silent.publisher, silent.published_from) == (date(2021, 1, 1), "Given", "given")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ({"event_text": _STORY, "pub_date": "2019-02-03"}, date(2019, 2, 3)),
        ({"text": _STORY, "published": "2019-02-03T23:10:00Z"}, date(2019, 2, 3)),
        ({"text": _STORY, "date": "Sun, 03 Feb 2019 10:00:00 GMT"}, date(2019, 2, 3)),
        ({"text": _STORY, "date": None}, None),
        ({"raw_text": _STORY, "text": _STORY, "date": "2019-02-03", "source": "https://a.example/1"}, date(2019, 2, 3)),
    ],
)
def test_the_fields_of_peers_are_understood(tmp_path: Path, text: dict[str, str], day: date | None) -> None:
    """The names that NGEC, trafilatura and news archives use for text and date are read alike."""
    article = _one(_write(tmp_path, "a.json", json.dumps(text)))
    assert isinstance(article, Article)
    assert (article.text, article.published) == (_STORY, day)


def test_a_saved_mail_gives_its_text_subject_and_day(tmp_path: Path) -> None:
    """A newsletter's encoded words are decoded; its subject, sender and day are title, publisher and date."""
    head = (
        "From: Fjord Brief <desk@example.org>\r\nTo: all@example.org\r\nSubject: Norway and Chile sign\r\n"
        "Date: Tue, 4 May 2021 23:30:00 +0200\r\nMIME-Version: 1.0\r\n"
    )
    plain = 'Content-Type: text/plain; charset="utf-8"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n'
    article = _one(
        _write(tmp_path, "a.eml", head + plain + "The Norwegian minist=\r\ner said =E2=80=9Cyes=E2=80=9D.\r\n")
    )
    assert isinstance(article, Article)
    assert article.text == "Norway and Chile sign\n\nThe Norwegian minister said “yes”."
    assert (article.title, article.publisher, article.published) == (
        "Norway and Chile sign",
        "Fjord Brief",
        date(2021, 5, 4),
    )
    empty = _one(_write(tmp_path, "b.eml", head + plain))
    assert isinstance(empty, Refusal)
    assert "e-mail without text" in empty.reason


def test_a_page_gives_its_article_and_what_it_says_of_itself(tmp_path: Path) -> None:
    """HTML gives the extracted text, the title, the page's own date and the site's name."""
    paragraphs = "".join(
        f"<p>Paragraph {i}: the two delegations met again in the capital and agreed to go on.</p>" for i in range(6)
    )
    page = (
        "<!DOCTYPE html><html lang='en'><head><title>Talks go on</title>"
        "<meta property='og:site_name' content='The Ledger'>"
        "<meta property='article:published_time' content='2021-05-06T10:00:00Z'></head>"
        f"<body><nav>Home</nav><article><h1>Talks go on</h1>{paragraphs}</article></body></html>"
    )
    article = _one(_write(tmp_path, "a.html", page))
    assert isinstance(article, Article)
    assert (article.title, article.publisher, article.published) == ("Talks go on", "The Ledger", date(2021, 5, 6))
    assert article.published_from == "page"
    assert "Paragraph 3" in article.text
    assert "Home" not in article.text


def test_a_broken_line_among_good_ones_loses_only_itself(tmp_path: Path) -> None:
    """In the middle of good JSON Lines a broken one is refused by its number; the others are read."""
    good = [json.dumps({"text": _STORY + str(i)}) for i in range(50)]
    path = _write(tmp_path, "a.jsonl", "\n".join([*good[:25], '{"text": "cut', '"words"', "", *good[25:]]))
    found = list(read_inputs([str(path)]))
    refused = [item for item in found if isinstance(item, Refusal)]
    assert sum(isinstance(item, Article) for item in found) == 50
    assert [item.source.rsplit(":", 1)[1] for item in refused] == ["26", "27"]
    assert "not valid JSON" in refused[0].reason


@pytest.mark.parametrize(
    ("name", "data", "word"),
    [
        ("empty.txt", b"", "is empty"),
        ("blank.txt", b" \n\t\n", "is empty"),
        ("empty.html", b"", "is empty"),
        ("binary.txt", bytes(range(256)) * 40, "binary"),
        ("paper.pdf", b"%PDF-1.7 ...", "PDF"),
        ("utf16.txt", _STORY.encode("utf-16-le"), "utf-16le without a byte order mark"),
        ("cp1251.txt", ("Министр иностранных дел заявил журналистам о переговорах. " * 9).encode("cp1251"), "iconv -f"),
        ("surrogate.json", b'{"text": "The envoy said \\ud800 and left."}', "lone surrogate"),
        ("control.txt", (_STORY * 3 + "\x1b[0m\x07\x08\x02" * 40).encode(), "control characters"),
        ("long.txt", ("word " * 1_000_000).encode(), "split it"),
        ("huge.txt", b"word " * 4_000_000, "16 MB"),
        ("deep.html", b"<html><body>" + b"<div>" * 30_000 + b"<p>x</p>" + b"</div>" * 30_000, "HTML"),
        ("deep.json", b"[" * 100_000, "not valid JSON"),
        ("number.json", b"42", "not an object"),
        ("textless.json", b'{"title": "Talks"}', "has no text"),
        ("undated.json", b'{"text": "Talks failed.", "date": "yesterday"}', "not ISO 8601"),
    ],
)
def test_a_bad_input_is_refused_in_one_line_with_a_remedy(tmp_path: Path, name: str, data: bytes, word: str) -> None:
    """Each bad input yields one refusal of one line that names it and says what is wrong."""
    path = _write(tmp_path, name, data)
    refusal = _one(path)
    assert isinstance(refusal, Refusal)
    assert refusal.reason.startswith(str(path))
    assert word in refusal.reason
    assert "\n" not in refusal.reason


def test_utf16_with_its_mark_is_read(tmp_path: Path) -> None:
    """A byte order mark says the encoding beyond doubt, so the text is read."""
    article = _one(_write(tmp_path, "a.txt", _STORY.encode("utf-16")))
    assert isinstance(article, Article)
    assert article.text == _STORY


def test_a_folder_is_read_in_the_order_of_its_paths(tmp_path: Path) -> None:
    """Files and subfolders come in the order of their names; hidden files are passed over, others refused by name."""
    (tmp_path / "b").mkdir()
    for name in ("c.txt", "b/a.txt", "a.txt", ".hidden.txt", "z.docx"):
        _write(tmp_path, name, _STORY + name)
    found = list(read_inputs([str(tmp_path)]))
    assert [Path(item.source).name for item in found] == ["a.txt", "a.txt", "c.txt", "z.docx"]
    assert isinstance(found[3], Refusal)


def test_a_missing_path_and_an_unconnected_input_are_refused() -> None:
    """A path that is not there and a standard input that is not connected are refusals, not crashes."""
    missing, unconnected = read_inputs(["no/such/file.txt", "-"])
    assert isinstance(missing, Refusal)
    assert "check the path" in missing.reason
    assert isinstance(unconnected, Refusal)


def test_standard_input_is_read() -> None:
    """ "-" reads an article from standard input."""
    (article,) = read_inputs(["-"], stdin=io.BytesIO(_STORY.encode()))
    assert isinstance(article, Article)
    assert article.source == "standard input"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Poland expelled two diplomats.", "en"),
        ("Украіна адклікала пасла для кансультацый у Кіеў.", "be"),
        ("Le ministre a refusé de répondre aux questions des journalistes à Paris.", "fr"),
    ],
)
def test_the_language_is_detected(tmp_path: Path, text: str, language: str) -> None:
    """A sentence is enough to tell the language of a text."""
    article = _one(_write(tmp_path, "a.txt", text))
    assert isinstance(article, Article)
    assert article.language == language
