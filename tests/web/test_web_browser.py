"""The workbench in a real browser: marks, slider, pictures, adding, keys, accessibility, and an article that is an attack."""

from __future__ import annotations

import io
import shutil
import socket
import threading
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from dragoman.record import Document
from dragoman.run.view.room import Room
from dragoman.web.app import create_app

CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
)
AXE = Path(__file__).with_name("axe.min.js")
PATIENCE = 120_000
"""Milliseconds after which a page counts as hung: a busy machine draws late."""
SERIOUS = {"serious", "critical"}
SVG = "{http://www.w3.org/2000/svg}"

expect.set_options(timeout=PATIENCE)

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine: install the package chromium")


@dataclass
class Desk:
    """A workbench that is served, and a browser before it."""

    base: str
    room: Room
    browser: Browser
    faults: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)

    def open(self, path: str = "/", **context: Any) -> Page:
        """A page in a session of its own; what it complains of and whom it asks is written down."""
        made = self.browser.new_context(
            **{"viewport": {"width": 1280, "height": 900}, "reduced_motion": "reduce", **context}
        )
        page = made.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("console", lambda said: self.faults.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda fault: self.faults.append(str(fault)))
        page.on(
            "request",
            lambda sent: None if sent.url.startswith((self.base, "blob:", "data:")) else self.foreign.append(sent.url),
        )
        page.goto(self.base + path)
        return page


def serve(room: Room) -> Iterator[str]:
    """The address of a workbench that is served in a thread until the next value is asked for."""
    with socket.create_server(("127.0.0.1", 0)) as door:  # bound from here on, so that nobody else takes the port
        server = uvicorn.Server(uvicorn.Config(create_app(room), log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [door]}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{door.getsockname()[1]}"  # who asks before it has begun waits in the queue of the door
        server.should_exit = True
        thread.join(600)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM)
        yield found
        found.close()


@pytest.fixture(scope="module")
def base(room: Room) -> Iterator[str]:
    """The workbench on the example articles."""
    yield from serve(room)


@pytest.fixture
def desk(base: str, room: Room, browser: Browser) -> Iterator[Desk]:
    """A browser before the example articles; at the end nothing was complained of, and nobody else was asked."""
    found = Desk(base, room, browser)
    yield found
    contexts: list[BrowserContext] = list(browser.contexts)
    for context in contexts:
        context.close()
    assert found.faults == []
    assert found.foreign == []


def article_of(room: Room, words: str) -> str:
    """The id of the article whose text holds the words."""
    return next(one.id for one in room.index().history.articles if words in one.text)


@pytest.fixture(scope="module")
def beijing(room: Room) -> str:
    """The article on the agreement of Beijing: an analysis with experts."""
    return article_of(room, "brought the two together again")


def pages_of(room: Room, article: str) -> list[str]:
    """One page of every kind."""
    index = room.index()
    event = max(index.history.events, key=lambda one: (len(one.members), one.id))
    person = max(
        (one for one in index.history.actors if one.kind == "person" and one.offices),
        key=lambda one: (len(index.mentions_of[one.id]), one.id),
    )
    mark = index.events_in[article][0].id
    lists = [
        "/",
        "/pairs",
        "/articles",
        "/actors",
        "/forecasts",
        "/network",
        "/candidates",
        "/checking",
        "/search?q=Iran",
        "/add",
        "/nowhere",
    ]
    return [*lists, f"/articles/{article}?mark={mark}", "/pairs/SAU/IRN", f"/events/{event.id}", f"/actors/{person.id}"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(desk: Desk, beijing: str, scheme: str) -> None:
    """Every kind of page, in light and in dark: no serious fault of contrast, names, roles or landmarks."""
    page = desk.open("/", color_scheme=scheme, bypass_csp=True)
    found = []
    rules = "" if scheme == "light" else ", runOnly: ['color-contrast']"  # only the colours differ
    paths = pages_of(desk.room, beijing)
    for path in (
        paths if scheme == "light" else [one for one in paths if one.startswith(("/art", "/pairs/", "/f", "/s"))]
    ):
        page.goto(desk.base + path)
        page.wait_for_load_state("networkidle")
        page.add_script_tag(path=AXE)
        result = page.evaluate(f"axe.run(document, {{resultTypes: ['violations']{rules}}})")
        found += [
            f"{path}: {fault['id']} at {node['target']}: {node.get('failureSummary', '')}"
            for fault in result["violations"]
            if fault["impact"] in SERIOUS
            for node in fault["nodes"][:3]
        ]
    desk.faults[:] = [one for one in desk.faults if "404" not in one]  # the page that is not there
    assert not found, "\n".join(found)


@pytest.mark.parametrize("width", [390, 640])
def test_a_phone_and_a_doubled_size_need_no_sideways_scrolling(desk: Desk, beijing: str, width: int) -> None:
    """At phone width, and at half a desktop's (200 % zoom), no page is wider than the screen."""
    page = desk.open("/", viewport={"width": width, "height": 800})
    wide = []
    for path in pages_of(desk.room, beijing):
        page.goto(desk.base + path)
        page.wait_for_load_state("networkidle")
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            wide.append(path)
    desk.faults[:] = [one for one in desk.faults if "404" not in one]
    assert wide == []


def test_keys_lead_through_the_marks_and_the_panel_says_why(desk: Desk, beijing: str) -> None:
    """j selects the next mark, k the one before; the panel tells type, rule and party; 1 hides the layer."""
    page = desk.open(f"/articles/{beijing}")
    page.keyboard.press("j")
    panel = page.locator("#panel .mark")
    expect(panel).to_contain_text("Rule")
    first = panel.get_attribute("data-mark")
    assert first in page.url
    page.keyboard.press("j")
    expect(panel).not_to_have_attribute("data-mark", first or "")
    page.keyboard.press("k")
    expect(panel).to_have_attribute("data-mark", first or "")
    assert page.locator(".text .selected").count() > 0
    for _ in range(12):
        page.keyboard.press("j")
    expect(panel.locator("h2")).to_be_in_viewport()  # the panel stays beside the text all the way down
    listed, told = (page.locator(one).bounding_box() for one in ("#read-from", "#panel"))
    assert listed is not None
    assert told is not None
    assert listed["x"] < told["x"]  # and hides nothing
    page.keyboard.press("1")
    expect(page.locator("body")).to_have_class("reading hide-event")
    page.keyboard.press("?")
    expect(page.locator("#help")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#help")).to_be_hidden()


def test_overlapping_marks_are_all_reached_by_clicking(desk: Desk, beijing: str) -> None:
    """Clicking words that several marks cover goes from one mark to the next."""
    page = desk.open(f"/articles/{beijing}")
    stretch = page.locator(
        ".text [data-marks*=' event-'], .text [data-marks^='event-'][data-marks*=' statement-']"
    ).first
    marks = (stretch.get_attribute("data-marks") or "").split()
    assert len(marks) > 1
    seen: set[str] = set()
    for _ in marks:
        stretch.click(position={"x": 3, "y": 5})
        page.wait_for_function(
            "seen => { const now = document.querySelector('#panel .mark'); return now && !seen.includes(now.dataset.mark); }",
            arg=sorted(seen),
        )
        seen.add(page.locator("#panel .mark").get_attribute("data-mark") or "")
    assert seen == set(marks)


def test_the_text_on_the_page_is_the_articles(desk: Desk, beijing: str) -> None:
    """Line by line the page shows just the characters of the article, marks or not."""
    page = desk.open(f"/articles/{beijing}")
    shown = page.evaluate(
        "[...document.querySelectorAll('.text p')]"
        ".map(line => [...line.querySelectorAll('[data-at]')].map(one => one.textContent).join(''))"
    )
    text = desk.room.index().articles[beijing].text
    assert shown == [line for line in text.split("\n") if line.strip()]


def test_the_slider_moves_all_of_the_dossier(desk: Desk) -> None:
    """In 2016 relations stand severed and nothing of 2023 is told; at the end they stand established."""
    page = desk.open("/pairs/SAU/IRN")
    page.wait_for_selector("#canvas svg")
    stands, timeline = page.locator("#stands"), page.locator("#timeline .timeline")
    expect(stands).to_contain_text("established")
    dots = page.locator("#canvas svg a").count()
    for _ in range(30):
        page.keyboard.press("[")
        if page.locator("#as-of").input_value() < "2017":
            break
    expect(stands).to_contain_text("severed")
    expect(stands).not_to_contain_text("established")
    expect(timeline).not_to_contain_text("2023")
    assert page.locator("#canvas svg a").count() < dots
    assert "as_of=2016" in page.url
    page.reload()
    expect(stands).to_contain_text("severed")


def test_the_timeline_zooms_and_filters_with_its_list(desk: Desk) -> None:
    """Without cooperation no act of it is left in picture and list; zooming in leaves fewer of both."""
    page = desk.open("/pairs/SAU/IRN")
    page.wait_for_selector("#canvas svg a")
    page.uncheck("[data-show=cooperation]")
    expect(page.locator("#timeline .timeline > .cooperation:visible")).to_have_count(0)
    assert page.locator("#timeline .timeline > .conflict:visible").count() > 0
    page.check("[data-show=cooperation]")
    page.click("[data-zoom=in]")
    expect(page.locator("#shown-count")).to_contain_text("as the picture is set")
    page.click("[data-zoom=all]")
    expect(page.locator("#shown-count")).to_have_text("")


@pytest.mark.parametrize(("path", "told"), [("/pairs/SAU/IRN", "Meridian Wire"), ("/network", "Who acts on whom")])
def test_a_picture_is_saved_with_its_legend_and_sources(desk: Desk, path: str, told: str) -> None:
    """The SVG is a file of its own with title, legend and sources and no colour by name; the PNG is one."""
    page = desk.open(path)
    page.wait_for_selector(".canvas svg")
    with page.expect_download() as saved:
        page.click("[data-save=svg]")
    text = Path(saved.value.path()).read_text(encoding="utf-8")
    tree = ET.parse(io.StringIO(text))
    words = " ".join(one.text or "" for one in tree.iter(f"{SVG}text"))
    assert told in words
    assert "conflict" in words
    assert "var(--" not in text
    with page.expect_download() as saved:
        page.click("[data-save=png]")
    assert Path(saved.value.path()).read_bytes().startswith(b"\x89PNG")


def test_an_events_reference_opens_its_words_in_the_article(desk: Desk) -> None:
    """A line's number leads to the article with just those words marked."""
    page = desk.open("/pairs/SAU/IRN")
    link = page.locator("#stands a.ref").first
    words = link.get_attribute("title") or ""
    link.click()
    marked = page.evaluate("[...document.querySelectorAll('mark.sought')].map(m => m.textContent).join('')")
    assert marked == words
    expect(page.locator("#words")).to_be_in_viewport()


def test_search_finds_a_name_in_another_script(desk: Desk) -> None:
    """A president's name in Cyrillic finds the actor, what he said and the articles; two states find their pair."""
    page = desk.open("/")
    page.keyboard.press("/")
    page.keyboard.type("Мадуро")
    page.keyboard.press("Enter")
    expect(page.locator("main h2").first).to_have_text("Actors")
    expect(page.locator("main")).to_contain_text("Maduro")
    page.goto(desk.base + "/search?q=Іран Кітай")
    expect(page.locator("a.pair")).to_contain_text("Iran")


def test_an_article_is_pasted_and_read(
    make_room: Callable[[Path], Room], tmp_path: Path, browser: Browser, request: pytest.FixtureRequest
) -> None:
    """Pasting a text reads it with progress in numbers; its pair stands on the desk, and a binary file is refused in words."""
    for base in serve(make_room(tmp_path / "added.sqlite3")):
        desk = Desk(base, make_room(tmp_path / "added.sqlite3"), browser)
        page = desk.open("/")
        expect(page.locator("main")).to_contain_text("Nothing has been read yet")
        page.click("text=paste its text")
        page.fill(
            "#text",
            "Norway expels Russian diplomats\n\nOSLO, 13 April 2023\n\nNorway expelled 15 Russian diplomats on Thursday.\n",
        )
        page.set_input_files(
            "#files", {"name": "noise.txt", "mimeType": "text/plain", "buffer": bytes(range(256)) * 20}
        )
        page.click("text=Read them")
        expect(page.locator("#job")).to_contain_text("Done.", timeout=5 * PATIENCE)
        expect(page.locator("#job")).to_contain_text("1 read")
        expect(page.locator("#job")).to_contain_text("noise.txt")
        page.goto(base)
        expect(page.locator(".pair").first).to_contain_text("Norway")
        page.context.close()
        assert desk.faults == []


HOSTILE = "<script>window.caught = 1</script>"
IMAGE = '"><img src=x onerror="window.caught = 1">'


def test_an_article_that_is_an_attack_runs_nothing(
    make_room: Callable[[Path], Room], sheet: Callable[..., Any], tmp_path: Path, browser: Browser
) -> None:
    """Script in title, text, URL, publisher, source, and the names and offices of actors is shown as words on every page."""
    text = (
        f"{HOSTILE} quarrel {IMAGE}\n\nRuritania{IMAGE} expelled the envoy of Graustark{HOSTILE} on 3 May 2021. "
        f"“{HOSTILE} we shall answer {IMAGE}”, said Minister {IMAGE}. javascript:alert(1)\n"
    )
    made = sheet(
        text,
        "2021-05-04",
        f"Press {IMAGE}",
        title=f"{HOSTILE} quarrel {IMAGE}",
        url="javascript:window.caught=1",
        source=IMAGE,
    )
    one, other = made.state("AUT", f"Ruritania{IMAGE}"), made.state("HUN", f"Graustark{HOSTILE}")
    minister = made.person(f"Minister {IMAGE}", "AUT", "GOV", f"envoy of Graustark{HOSTILE}")
    sentence = text.split("\n\n")[1].split(" “")[0]
    made.event(
        sentence,
        "expelled",
        "SANCTION/expel",
        [one],
        [other],
        day="2021-05-03",
        score=-5.5,
        object="ambassador",
        rule=IMAGE,
    )
    made.statement(minister, f"{HOSTILE} we shall answer {IMAGE}", "intention")
    made.date("3 May 2021", "2021-05-03", "2021-05-03", "2021-05-03", "day")
    room = make_room(tmp_path / "hostile.sqlite3")
    document: Document = made.document()
    room.store.put(document, document.article)
    room.store.put_refusal(IMAGE, f"{HOSTILE} is empty {IMAGE}")
    index = room.index()
    article = document.article.id
    paths = [*pages_of(room, article), "/refused", "/pairs/AUT/HUN", f"/search?q={HOSTILE}", f"/actors?q={IMAGE}"]
    paths += [f"/articles/{article}?mark={one.id}" for one in index.statements_in[article]]
    for base in serve(room):
        desk = Desk(base, room, browser)
        page = desk.open("/")
        page.on("dialog", lambda dialog, told=desk.faults: told.append(f"dialog: {dialog.message}"))
        for path in dict.fromkeys(paths):
            if path == "/pairs/SAU/IRN":
                continue
            page.goto(base + path)
            page.wait_for_load_state("networkidle")
            assert page.evaluate("window.caught") is None, path
            assert page.locator("main img, main script, a[href^='javascript']").count() == 0, path
        page.goto(f"{base}/articles/{article}")
        page.keyboard.press("j")
        expect(page.locator("#panel .mark")).to_be_visible()
        assert page.evaluate("window.caught") is None
        page.context.close()
        assert desk.foreign == []
        assert [one for one in desk.faults if "404" not in one] == []


QUARREL = (
    "Estonia expelled two Russian diplomats on Monday. Foreign Minister Olga Kann said that Russia had left no choice.\n\n"
    "Russia recalled its ambassador to Estonia on Wednesday. 🕊 The two signed a treaty on fish.\n\n"
    "Minister Olga Brandt will travel to Moscow in June."
)


@pytest.fixture
def quarrel(
    make_room: Callable[[Path], Room], read_text: Callable[..., Document], tmp_path: Path, browser: Browser
) -> Iterator[tuple[Desk, Page, str]]:
    """A workbench on one article that may be corrected, with the article's page open."""
    room = make_room(tmp_path / "quarrel.sqlite3")
    document = read_text(QUARREL, "2021-05-06")
    room.store.put(document, document.article)
    for base in serve(room):
        desk = Desk(base, room, browser)
        page = desk.open(f"/articles/{document.article.id}")
        yield desk, page, document.article.id
        page.context.close()
        assert desk.faults == []
        assert desk.foreign == []


def mark_of(desk: Desk, word: str) -> str:
    """The id of the event that a word names."""
    return next(one.id for one in desk.room.index().history.events if one.trigger.text == word)


def test_correcting_by_keys_changes_the_dossier_at_once(quarrel: tuple[Desk, Page, str]) -> None:
    """Accept, reject, edit and undo by keys: the next unchecked mark comes by itself, and the dossier has it and says who."""
    desk, page, _article = quarrel
    dossier = desk.open("/pairs/EST/RUS")
    expect(dossier.locator("#stands")).to_contain_text("recalled")
    marks = page.locator(".head[data-state]").count()
    page.keyboard.press("j")
    expect(page.locator("#panel .standing")).to_contain_text("Nobody has checked it")
    first = page.locator("#panel .mark").get_attribute("data-mark")
    page.keyboard.press("a")
    expect(page.locator("#told")).to_contain_text("is right")
    expect(page.locator("#panel .mark")).not_to_have_attribute("data-mark", str(first))
    expect(page.locator(f"[id='{first}']")).to_have_attribute("data-state", "checked")
    expect(page.locator("#unchecked-count")).to_have_text(str(marks - 1))
    recalled = mark_of(desk, "recalled")
    page.locator(f"[id='{recalled}']").click()
    expect(page.locator("#panel .mark")).to_have_attribute("data-mark", recalled)
    page.keyboard.press("e")
    expect(page.locator("#edit-type")).to_be_focused()
    page.select_option("#edit-type", "CONSULT/visit")
    page.fill("#edit-object", "")
    page.click("#panel button:has-text('Save')")
    expect(page.locator("#told")).to_contain_text("type is CONSULT, not SANCTION")
    expect(page.locator("#told")).to_contain_text("no longer")
    dossier.reload()
    expect(dossier.locator("#stands")).not_to_contain_text("recalled")
    expect(dossier.locator("#timeline")).to_contain_text("corrected by")
    page.keyboard.press("z")
    expect(page.locator("#told")).to_contain_text("undone")
    dossier.reload()
    expect(dossier.locator("#stands")).to_contain_text("recalled")
    expect(dossier.locator("#timeline")).not_to_contain_text("corrected by")
    page.locator(f"[id='{recalled}']").click()
    expect(page.locator("#panel .mark")).to_have_attribute("data-mark", recalled)
    page.keyboard.press("x")
    expect(page.locator(f"[id='{recalled}']")).to_have_attribute("data-state", "rejected")
    assert recalled not in desk.room.index().events
    page.keyboard.press("?")
    expect(page.locator("#help")).to_contain_text("undo your last decision")


def test_two_actors_are_merged_in_the_workbench(quarrel: tuple[Desk, Page, str]) -> None:
    """Two ministers become one by m and a choice, and two again by z."""
    desk, page, article = quarrel
    index = desk.room.index()
    kann, brandt = (
        next(one.id for one in index.actors.values() if one.name == name) for name in ("Olga Kann", "Olga Brandt")
    )
    place = next(one.start for one in index.mentions_in[article] if one.actor == brandt)
    page.goto(f"{desk.base}/articles/{article}?mark={brandt}-{place}")
    expect(page.locator("#panel [data-key=m]")).to_be_visible()
    page.keyboard.press("m")
    expect(page.locator("#panel form[aria-label=Merge]")).to_be_visible()
    page.fill("#merge-name", "Olga Kann")
    page.click("#panel button:has-text('Merge')")
    expect(page.locator("#told")).to_contain_text("are one")
    assert len({kann, brandt} & set(desk.room.index().actors)) == 1
    page.locator("#undo-last").click()
    expect(page.locator("#told")).to_contain_text("undone")
    assert {kann, brandt} <= set(desk.room.index().actors)


def test_a_missed_event_is_added_by_selecting_words(quarrel: tuple[Desk, Page, str]) -> None:
    """Words selected in the text, behind a character of two UTF-16 units, become an event at just these code points."""
    desk, page, _article = quarrel
    page.evaluate(
        """() => {
          const walk = document.createTreeWalker(document.querySelector("#text"), NodeFilter.SHOW_TEXT);
          let from = null;
          while (walk.nextNode()) {
            const { data } = walk.currentNode;
            if (data.includes("signed")) from = [walk.currentNode, data.indexOf("signed")];
            const at = data.indexOf("treaty");
            if (at >= 0) getSelection().setBaseAndExtent(...from, walk.currentNode, at + 6);
          }
        }"""
    )
    expect(page.locator("#missed-words")).to_have_value("signed a treaty")
    page.keyboard.press("n")
    expect(page.locator("#panel h2")).to_have_text("“signed a treaty”")
    page.select_option("#new-type", "AGREE")
    page.locator("#panel [name=actors]").fill("Estonia")
    page.click("#panel button:has-text('Add')")
    expect(page.locator("#told")).to_contain_text("was missed")
    event = desk.room.index().events[mark_of(desk, "signed a treaty")]
    assert QUARREL[event.trigger.start : event.trigger.end] == "signed a treaty"
    expect(page.locator("#panel .standing")).to_contain_text("Added by")


def test_axe_finds_nothing_serious_while_correcting(quarrel: tuple[Desk, Page, str]) -> None:
    """The panel's forms, the page of checking and the told line have names, roles and contrast."""
    desk, page, article = quarrel
    page.keyboard.press("j")
    expect(page.locator("#panel .standing")).to_be_visible()
    page.keyboard.press("e")
    expect(page.locator("#edit-type")).to_be_visible()
    paths = ["", "/checking", f"/articles/{article}/new?about=statement&words=a treaty on fish"]
    for path in paths:
        if path:
            page.goto(desk.base + path)
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate("axe.run()")["violations"]
        told = [f"{one['id']} at {one['nodes'][0]['target']}" for one in found if one["impact"] in SERIOUS]
        assert told == [], path
