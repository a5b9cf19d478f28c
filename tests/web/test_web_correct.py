"""Correcting in the workbench without scripts: forms, tokens, and pages that say what was decided."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from dragoman.record import Document
from dragoman.run.decision_log import log_entries
from dragoman.run.view.correcting import list_decisions, list_unchecked
from dragoman.run.view.room import Room
from dragoman.store.decisions import decisions
from dragoman.web.app import create_app

TOKEN = re.compile(r'name="token" value="([0-9a-f.]+)"')
TEXT = (
    "Estonia expelled two Russian diplomats on Monday. Foreign Minister Olga Kann said that Russia had left no choice.\n\n"
    "Russia recalled its ambassador to Estonia on Wednesday.\n\nRead also: ten things to know."
)


@pytest.fixture
def own_room(tmp_path: Path, make_room: Callable[[Path], Room], read_text: Callable[..., Document]) -> Room:
    """A room with one article, which a test may change."""
    room = make_room(tmp_path / "own.sqlite3")
    document = read_text(TEXT, "2021-05-06")
    room.store.put(document, document.article)
    return room


@pytest.fixture
def own(own_room: Room) -> Iterator[TestClient]:
    """A browser without scripts in that room."""
    with TestClient(create_app(own_room), base_url="http://localhost") as found:
        yield found


def event_of(room: Room, word: str) -> str:
    """The id of the event that a word names."""
    return next(e.id for e in room.index().history.events if e.trigger.text == word)


def post(client: TestClient, place: str, **fields: str | list[str]) -> str:
    """Send a form of our own pages, and return the page that follows."""
    token = TOKEN.search(client.get("/checking").text)
    assert token is not None
    answer = client.post(place, data={"token": token[1], **fields})
    assert answer.status_code == 200, answer.text
    return answer.text


def test_a_decision_without_scripts(own: TestClient, own_room: Room) -> None:
    """Accept, change and reject lead back to the article at the next unchecked mark, whose page says how it stands."""
    (article,) = own_room.index().articles
    expelled, recalled = event_of(own_room, "expelled"), event_of(own_room, "recalled")
    page = own.get(f"/articles/{article}?mark={expelled}").text
    assert "Nobody has checked it." in page
    post(own, f"/articles/{article}/marks/{expelled}/accept")
    assert "Accepted by" in own.get(f"/articles/{article}?mark={expelled}").text
    form = own.get(f"/articles/{article}/marks/{recalled}/edit").text
    assert 'value="SANCTION/withdraw" selected' in form
    post(
        own,
        f"/articles/{article}/marks/{recalled}/change",
        type="ACCUSE",
        actors=["Russia", ""],
        recipients=["Estonia", ""],
    )
    page = own.get(f"/articles/{article}?mark={recalled}").text
    assert "Corrected by" in page
    assert own_room.index().events[recalled].type == "ACCUSE"
    assert own_room.index().events[recalled].checked[0].fields == ("mode", "type")
    assert "corrected by" in own.get("/pairs/EST/RUS").text
    post(own, f"/articles/{article}/marks/{expelled}/reject")
    assert "Rejected by" in own.get(f"/articles/{article}?mark={expelled}").text
    log = own.get("/checking").text
    assert log.count(">Undo</button>") == 3
    post(own, f"/decisions/{decisions(own_room.store)[-1].id}/undo")
    assert "Accepted by" in own.get(f"/articles/{article}?mark={expelled}").text


def test_adding_what_was_missed(own: TestClient, own_room: Room) -> None:
    """Words become an event or furniture through a form that shows them."""
    (article,) = own_room.index().articles
    form = own.get(f"/articles/{article}/new", params={"about": "event", "words": "left no choice"}).text
    start, end = (re.search(rf'name="{name}" value="(\d+)"', form) for name in ("start", "end"))
    assert start is not None
    assert end is not None
    place = {"start": start[1], "end": end[1]}
    post(own, f"/articles/{article}/new", about="event", type="THREATEN", actors=["Russia"], when="2021-05", **place)
    assert event_of(own_room, "left no choice")
    post(own, f"/articles/{article}/new", about="furniture", kind="teaser", words="Read also: ten things to know.")
    assert [region.kind for region in own_room.index().articles[article].furniture][-1:] == ["teaser"]


def test_nothing_is_decided_without_a_token(own: TestClient, own_room: Room) -> None:
    """A request without a token of the session, or from another site, decides nothing."""
    (article,) = own_room.index().articles
    place = f"/articles/{article}/marks/{event_of(own_room, 'expelled')}/reject"
    assert own.post(place).status_code == 403
    assert own.post(place, data={"token": "0.0"}).status_code == 403
    assert own.post("/decisions/last/undo", headers={"origin": "https://elsewhere.example"}).status_code == 403
    assert decisions(own_room.store) == ()


def test_an_events_page_checks_its_reports(own: TestClient, own_room: Room) -> None:
    """Each report on an event's page can be accepted and rejected there, and says who did."""
    (article,) = own_room.index().articles
    expelled = event_of(own_room, "expelled")
    page = own.get(f"/events/{expelled}").text
    for verb in ("accept", "reject"):
        assert f'action="/articles/{article}/marks/{expelled}/{verb}"' in page
    assert "Nobody has checked it." in page
    assert "Accepted by" in post(own, f"/articles/{article}/marks/{expelled}/accept", here="yes")
    assert "Accepted by" in own.get(f"/events/{expelled}").text


def test_checking_is_listed_in_parts(own: TestClient, own_room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is left to check is counted by article, and the log is shown part by part, the latest line first."""
    monkeypatch.setattr("dragoman.run.view.correcting.LINES", 2)
    (article,) = own_room.index().articles
    before = list_unchecked(own_room, 1).lines[0]
    assert before.unchecked == before.findings > 2
    expelled, recalled = event_of(own_room, "expelled"), event_of(own_room, "recalled")
    for mark in (expelled, recalled, expelled):
        post(own, f"/articles/{article}/marks/{mark}/accept")
    assert list_unchecked(own_room, 1).lines[0].unchecked == before.unchecked - 2
    first, second = list_decisions(own_room, 1), list_decisions(own_room, 2)
    assert (first.of, first.pages, len(first.lines), len(second.lines)) == (3, 2, 2, 1)
    assert [one.decision for one in (*first.lines, *second.lines)] == list(reversed(decisions(own_room.store)))
    assert [one.decision for one in log_entries(own_room.store, own_room.codebook)] == list(decisions(own_room.store))
    page = own.get("/checking?log=2").text
    assert page.count("is right") == 2  # the line and its button's name
    assert 'href="?log=1"' in page


@pytest.mark.usefixtures("large")
def test_in_a_large_store_candidates_are_decided_by_their_own_articles(
    own: TestClient, own_room: Room, read_text: Callable[..., Document]
) -> None:
    """Where the whole history is not held in memory, a merge is decided on what the two are told by."""
    test_candidates_are_decided(own, own_room, read_text)


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every store is a large one."""
    monkeypatch.setattr("dragoman.run.view.room.SMALL", 0)


def test_candidates_are_decided(own: TestClient, own_room: Room, read_text: Callable[..., Document]) -> None:
    """Two that might be one are kept apart or merged from the list, which they leave."""
    document = read_text(
        "Estonian foreign minister Olga Brandt visited Latvia on Thursday and praised Riga.", "2021-05-07"
    )
    own_room.store.put(document, document.article)
    index = own_room.index()
    one, other = (next(a.id for a in index.actors.values() if a.name == name) for name in ("Olga Kann", "Olga Brandt"))
    post(own, "/candidates", one=one, other=other, verdict="two")
    assert {one, other} <= set(own_room.index().actors)
    assert [d.kind for d in decisions(own_room.store)] == ["split"]
    assert "is not" in own.get("/checking").text
    post(own, "/decisions/last/undo")
    post(own, "/candidates", one=one, other=other, verdict="one")
    assert len({one, other} & set(own_room.index().actors)) == 1


def test_two_people_in_two_browsers(own: TestClient, own_room: Room) -> None:
    """Each browser decides under its own name, and the page of checking shows how far they agree."""
    (article,) = own_room.index().articles
    place = f"/articles/{article}/marks/{event_of(own_room, 'expelled')}"
    post(own, "/checking/name", name="ada")
    post(own, f"{place}/accept")
    post(own, "/checking/name", name="bo <b>")
    post(own, f"{place}/reject")
    page = own.get("/checking").text
    assert {one.author for one in decisions(own_room.store)} == {"ada", "bo <b>"}
    assert "ada, bo &lt;b&gt;" in page
    assert "<b>" not in page
    post(own, "/decisions/last/undo")
    assert event_of(own_room, "expelled")
