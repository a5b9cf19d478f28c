"""Tests of the dossier and its renderings, on handmade documents."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest

from dragoman.codebook import Codebook
from dragoman.errors import SettingsError, UnknownNameError
from dragoman.export.page import FORMATS, render
from dragoman.record import Region
from dragoman.record.dossier import Dossier
from dragoman.relate import build_history, make_dossier

FIRST = """Norland calls its envoy home

On 3 May Sudmark's president, Ana Bel, received the rebel leader Tom Kro in Port Haven.

In response, Norland recalled its ambassador to Sudmark, Lea Winter, for consultations.

"Sudmark must stop arming bandits," the Norland Foreign Ministry said.

"Cutting ties would be the next step," said Otto Lind, head of the Harbour Institute.

Read also: Ten recipes for spring
"""

SECOND = """Norland punishes Bel

Norland introduced personal sanctions against President Ana Bel of Sudmark [her second term].
"""


@pytest.fixture(scope="module")
def dossier(sheet: Any, codebook: Codebook) -> Dossier:
    """The dossier of two handmade articles, one of them undated."""
    one = sheet(FIRST, published="2021-05-05", publisher="Morning Post")
    at = one.article.text.index("Read also")
    one.article = replace(one.article, furniture=(Region(start=at, end=len(one.article.text) - 1, kind="teaser"),))
    nor, swe = one.state("NOR", "Norland"), one.state("SWE", "Sudmark")
    bel, kro = one.person("Ana Bel", "SWE"), one.person("Tom Kro", None, "REB", "rebel leader")
    lind = one.person("Otto Lind", None, "EDU", "head of the Harbour Institute")
    one.person("Lea Winter", "NOR", "GOV", "ambassador to Sudmark")
    met = one.event(FIRST.split("\n")[2], "received", "CONSULT", [bel, kro], day="2021-05-03", score=2.5)
    one.event(FIRST.split("\n")[4], "recalled", "SANCTION/withdraw", [nor], [swe], score=-6, because=(met,))
    cut = one.event(
        FIRST.split("\n")[8], "Cutting", "SANCTION/discontinue", [nor], [swe], score=-6, factuality="hypothetical"
    )
    one.statement(nor, "Sudmark must stop arming bandits,", "demand", loaded=(one.at("bandits"),))
    one.statement(lind, "Cutting ties would be the next step,", "expectation", about=(cut,))
    two = sheet(SECOND)
    note = two.at("[her second term]")
    two.article = replace(two.article, notes=(Region(start=note.start, end=note.end, kind="note"),))
    nor = two.state("NOR", "Norland")
    two.state("SWE", "Sudmark")
    bel = two.person("Ana Bel", "SWE", "GOV", "President")
    two.event(SECOND.split("\n")[2], "introduced", "SANCTION/discontinue", [nor], [bel], score=-6)
    history = build_history([one.document(), two.document()], codebook)
    return make_dossier(history, "NOR", "Sudmark", codebook)


def test_standing_says_since_when_as_exactly_as_known(dossier: Dossier) -> None:
    """An undated recall lies between what provoked it and its article; an undated article gives no day at all."""
    since = {row.what: (row.value, row.since) for row in dossier.standing}
    assert since["Norland's ambassador to Sudmark"] == ("recalled for consultations", "between 3 and 5 May 2021")
    assert since["Norland's sanctions on Sudmark (personal, on Ana Bel, President)"] == (
        "in force",
        "unknown, before [2]",
    )


def test_what_is_not_known_is_said(dossier: Dossier) -> None:
    """The dossier says that nothing tells of a return, that severance is only spoken of, and which article has no date."""
    text = " ".join(line.text for line in dossier.unknown)
    assert "whether Norland's ambassador to Sudmark has gone back" in text
    assert "“severed” is spoken of as a possibility" in text
    assert "Article [2] has no date" in text


def test_events_are_told_in_the_articles_words(dossier: Dossier) -> None:
    """An event's line is its clause, without what stands beside it anyway and without an editor's note."""
    texts = {entry.text for entry in (*dossier.timeline, *dossier.undated)}
    assert "Norland recalled its ambassador to Sudmark, Lea Winter, for consultations" in texts
    assert "Norland introduced personal sanctions against President Ana Bel of Sudmark" in texts


def test_reasons_and_labels_stay_with_their_owners(dossier: Dossier) -> None:
    """The reason given is shown under the recall, and a label in the voice of who used it."""
    recall = next(entry for entry in dossier.changed if "recalled" in entry.text)
    assert recall.reasons[0].text.startswith("Sudmark's president, Ana Bel, received")
    assert [(label.words, label.voice) for label in dossier.labels] == [("bandits", "Norland")]


def test_every_reference_is_the_articles_words(dossier: Dossier) -> None:
    """Each line's reference leads to characters that are the quoted words."""
    found = 0
    texts = {article.id: article.text for article in dossier.articles}
    for line in json.loads(render(dossier, "json"))["timeline"]:
        for reference in line["references"]:
            span = reference["span"]
            assert texts[span["article"]][span["start"] : span["end"]] == span["text"]
            found += 1
    assert found >= 2


@pytest.mark.parametrize("name", FORMATS)
def test_rendering_is_the_same_every_time(dossier: Dossier, name: str) -> None:
    """The same dossier gives the same bytes, and each format names both sides and the state."""
    one = render(dossier, name)
    assert one == render(dossier, name)
    assert "Norland" in one
    assert "recalled for" in one


def test_text_keeps_to_80_columns(dossier: Dossier) -> None:
    """No line of the text is wider than a terminal, but for a path that can't be broken."""
    assert max(map(len, render(dossier, "text").splitlines())) <= 80


def test_answer_stands_in_the_first_ten_lines(dossier: Dossier) -> None:
    """A busy reader finds the state of the ambassador in the first ten lines of text."""
    head = " ".join("\n".join(render(dossier, "text").splitlines()[:10]).split())
    assert "recalled for" in head


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.outside: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if values.get("id"):
            self.ids.append(str(values["id"]))
        href = values.get("href") or ""
        if href.startswith("#"):
            self.links.append(href[1:])
        self.outside += [
            str(values[key]) for key in ("src", "href", "action") if str(values.get(key) or "").startswith("http")
        ]
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_html_leads_to_the_words_and_needs_no_network(dossier: Dossier) -> None:
    """Every link on the page has its place on it, ids are unique, tags close, and nothing is fetched from elsewhere."""
    page = _Page()
    text = render(dossier, "html")
    page.feed(text)
    assert not page.open
    assert set(page.links) <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))
    assert not page.outside
    assert "<script" not in text
    assert "url(" not in text
    assert re.search(r"<mark>[^<]*recalled its ", text)


def test_html_escapes_what_articles_say(sheet: Any, codebook: Codebook) -> None:
    """Markup in an article's text is shown, not run."""
    text = "Norland expelled the <script>alert(1)</script> ambassador of Sudmark on 4 May."
    page = sheet(text, published="2021-05-05")
    nor, swe = page.state("NOR", "Norland"), page.state("SWE", "Sudmark")
    page.event(text, "expelled", "SANCTION/expel", [nor], [swe], day="2021-05-04", score=-5.5)
    history = build_history([page.document()], codebook)
    assert "<script" not in render(make_dossier(history, "NOR", "SWE", codebook), "html")


def test_furniture_and_notes_are_left_aside(dossier: Dossier) -> None:
    """Furniture is counted and a note shown, as used for nothing."""
    text = " ".join(line.text for line in dossier.aside)
    assert "one teaser passage" in text
    assert "[her second term]" in text


def test_unknown_side_and_format_are_refused(sheet: Any, codebook: Codebook, dossier: Dossier) -> None:
    """A side that no article speaks of and a format that doesn't exist are refused in a line."""
    history = build_history([sheet("Nothing here.").document()], codebook)
    with pytest.raises(UnknownNameError, match="No article"):
        make_dossier(history, "NOR", "SWE", codebook)
    with pytest.raises(SettingsError, match="use one of"):
        render(dossier, "pdf")
