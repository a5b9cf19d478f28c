"""Cleaning marks regions of a page and never touches its text."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.codebook import Codebook
from dragoman.read.clean import CLEAN
from dragoman.read.pages.masthead import date_line, dateline_end, read_masthead
from dragoman.record import Article, Document

_CODEBOOK = Codebook()

_PAGE = """Envoys quarrel over the strait
Share
By Marta Lind
3 May 2022, 14:05

Denmark recalled its envoy from Norland on Tuesday after a patrol boat was rammed in the strait, the government said.
"We [the Danes] expect an answer," the minister said, adding that "[t]he matter is grave" [translator's note: or serious].
Read also: Ferry line closes for winter
THE BACKGROUND. Both states have claimed the strait since 1921, and a court has heard the case twice without a ruling.
What will happen next is open, diplomats in the capital said, although neither side seems to want a wider quarrel.
Most popular
Goat elected mayor of a village for the third time
Goat elected mayor of a village for the third time
Ten soups that warm the coldest evening. Chefs told us how they cook them
Comments (12)
Anna Berg
Senior fellow, Institute of Straits
Born in 1961 in Aarhus
University of Aarhus, Faculty of Law (1985)
1985 – 1990 — clerk at the ministry of fisheries
Since 1991 — fellow of the institute
Tel.: +45 33 12 34 56
"""


def _marked(text: str, published: date | None = None) -> Article:
    article = Article(id="a", source="s", text=text, published=published, published_from="given" if published else None)
    assert CLEAN.read is not None
    found = CLEAN.read(Document(article=article), _CODEBOOK)["article"]
    assert isinstance(found, Article)
    return found


def _words(article: Article, kind: str) -> list[str]:
    regions = (*article.furniture, *article.sections, *article.notes)
    return [article.text[r.start : r.end] for r in regions if r.kind == kind]


def test_a_carelessly_scraped_page_is_taken_apart() -> None:
    """Share buttons, teasers, comments and a telephone number are furniture; the story, its title and a profile are not."""
    page = _marked(_PAGE)
    assert _words(page, "title") == ["Envoys quarrel over the strait"]
    assert _words(page, "byline") == ["By Marta Lind"]
    assert _words(page, "share") == ["Share"]
    assert _words(page, "comments") == ["Comments (12)"]
    assert _words(page, "contact") == ["Tel.: +45 33 12 34 56"]
    assert len(_words(page, "teaser")) == 5
    assert _words(page, "heading") == ["THE BACKGROUND."]
    assert len(_words(page, "profile")) == 6
    assert [words.split()[0] for words in _words(page, "body")] == ["Denmark", '"We', "Both", "What"]


def test_an_editors_brackets_are_notes_and_a_changed_capital_is_none() -> None:
    """Words put into a quotation by another hand are notes; "[t]he" is only a changed letter."""
    assert _words(_marked(_PAGE), "note") == ["[the Danes]", "[translator's note: or serious]"]


def test_the_date_comes_from_a_line_of_its_own_and_yields_to_a_given_one() -> None:
    """A line that is only a date dates the article, unless its date was given."""
    found = _marked(_PAGE)
    assert (found.published, found.published_from) == (date(2022, 5, 3), "text")
    assert _marked(_PAGE, date(2020, 1, 1)).published == date(2020, 1, 1)


def test_a_date_inside_a_sentence_dates_nothing() -> None:
    """A sentence that names a day does not say when the article was published."""
    text = (
        "On April 18, 2023 the two ministers met in Astana for the first time since the border was closed in winter.\n"
    )
    assert _marked(text).published is None


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("April 21, 2023", date(2023, 4, 21)),
        ("Published: Friday, 21 April 2023, 14:05 GMT", date(2023, 4, 21)),
        ("21.04.2023", date(2023, 4, 21)),
        ("2023-04-21 10:15", date(2023, 4, 21)),
        ("Updated on Sept. 3rd, 2019 at 9:30 p.m.", date(2019, 9, 3)),
        ("04/05/2023", None),
        ("31 February 2020", None),
        ("The treaty of April 21, 2023 holds", None),
        ("Sales in March 2023", None),
    ],
)
def test_which_lines_are_dates(line: str, day: date | None) -> None:
    """Only a line that holds a date and nothing else is one, and a date that is read two ways is none."""
    assert date_line(line, _CODEBOOK.masthead) == day


@pytest.mark.parametrize(
    ("text", "dateline"),
    [
        ("VIENNA, July 4 (Agency) -- The talks resumed.", "VIENNA, July 4 (Agency) -- "),
        ("OSLO (NTB) — Norway agreed.", "OSLO (NTB) — "),
        ("BUENOS AIRES, Argentina - The president left.", "BUENOS AIRES, Argentina - "),
        ("PARIS, 3 May 2021 /PRW/ -- France agreed.", "PARIS, 3 May 2021 /PRW/ -- "),
        ("Lima/Quito, June 6, 2021 (Andina) - The envoys met.", "Lima/Quito, June 6, 2021 (Andina) - "),
        ("Monday, June 6, was quiet - the envoys slept.", ""),
        ("NATO said it would answer.", ""),
        ("The U.S. - Mexican border is closed.", ""),
        ("UN envoy leaves", ""),
    ],
)
def test_where_a_dateline_ends(text: str, dateline: str) -> None:
    """An agency's dateline is told from a sentence that begins with capitals."""
    assert text[: dateline_end(text, _CODEBOOK.masthead)] == dateline


@pytest.mark.parametrize(
    ("line", "day", "outlet", "rest"),
    [
        ("By our Asia editor. The Harbour Courier, 2 August 2008.", date(2008, 8, 2), "The Harbour Courier", ""),
        ("The Harbour Courier, Wednesday 20 May 1998. From our desk", date(1998, 5, 20), "The Harbour Courier", ""),
        ("Aden, 20 December 2017 | Red Sea Bulletin", date(2017, 12, 20), "Red Sea Bulletin", ""),
        ("(Fjord Wire in The Coast Daily, 4 May 2006) MALMÖ -- Sweden left.", date(2006, 5, 4), "Fjord Wire", None),
        ("By our fisheries correspondent, The Courier Daily, 1 May 2009", date(2009, 5, 1), "The Courier Daily", ""),
        ("Harbour Gazette | Year in review | 30 December 2014", date(2014, 12, 30), "Harbour Gazette", ""),
        (
            "Tabuk, Saudi Arabia, 17 August 2017 (Red Sea Press). Trucks left.",
            date(2017, 8, 17),
            "Red Sea Press",
            "Trucks left.",
        ),
        (
            "(The Courier / Fjord Wire) OSLO, Sept. 2, 2011 -- Norway left.",
            date(2011, 9, 2),
            "The Courier",
            "Norway left.",
        ),
        ("By Fjord Wire, in The Plateau Standard, June 19, 2000", date(2000, 6, 19), "Fjord Wire", ""),
        (
            "Norway left, an official said. -- Harbour Gazette, 20 August 2016",
            date(2016, 8, 20),
            "Harbour Gazette",
            None,
        ),
        ("On 5 May 2010, Norway and Sweden met in Oslo.", None, None, None),
        ("Norway left the pact on 5 May 2010, The Times reported.", None, None, None),
    ],
)
def test_outlet_and_date_in_many_shapes(line: str, day: date | None, outlet: str | None, rest: str | None) -> None:
    """Whichever way a masthead is set, its date and its outlet are read, and the sentence behind it stays."""
    found = read_masthead(line, _CODEBOOK.masthead)
    assert (found.published if found else None) == day
    assert (found.publisher if found else None) == outlet
    if found and rest is not None:
        assert line[found.end :] == rest


def test_an_outlets_name_above_the_headline_is_no_title() -> None:
    """The outlet's own line and the date stand above the headline; the title is the headline."""
    body = "Norway left the pact in the morning, and Sweden followed it in the evening, both governments said in Oslo."
    page = _marked(f"The Harbour Courier\n12 January 2023\n\nTwo neighbours leave the pact\n\n{body}\n")
    assert (page.publisher, page.published, page.title) == (
        "The Harbour Courier",
        date(2023, 1, 12),
        "Two neighbours leave the pact",
    )


def test_an_agency_in_the_dateline_is_the_publisher() -> None:
    """An article that names its agency in the dateline, and was given no publisher, is the agency's."""
    assert _marked("OSLO (NTB) — Norway agreed to talk about the strait with its neighbours.").publisher == "NTB"


def test_lines_of_a_fixed_width_are_joined() -> None:
    """A text that was wrapped at a fixed width has its paragraphs where blank lines are."""
    text = (
        "The foreign ministers of the two countries met in the border\n"
        "town on Sunday and spoke for three hours about the release\n"
        "of the fishermen who have been held since the early spring.\n\n"
        "A second meeting is planned for next month, officials from\n"
        "both sides told reporters who had waited outside the hall\n"
        "for most of the day.\n"
    )
    assert len([r for r in _marked(text).sections if r.kind == "body"]) == 2


def test_an_interview_has_questions_and_answers() -> None:
    """Lines that ask, each followed by a paragraph, make an interview."""
    text = (
        "A talk with the envoy about the river treaty\n"
        "The treaty was signed last year after ten years of talks between the two capitals and their engineers.\n"
        "Why did it take so long?\n"
        "Because both sides counted the water differently, and neither trusted the other's gauges along the river.\n"
        "And what comes now?\n"
        "Now the dams have to be inspected, which we hope to begin before the summer, if the money is there.\n"
    )
    page = _marked(text)
    assert _words(page, "question") == ["Why did it take so long?", "And what comes now?"]
    assert len(_words(page, "answer")) == 2


@given(st.text(alphabet=st.sampled_from('ab A.\n"[]?-()12:“”'), max_size=300))
def test_regions_never_overlap_and_cover_every_word(text: str) -> None:
    """Whatever the text: sections and furniture stand apart, in order, and no letter is left out."""
    page = _marked(text)
    regions = sorted((*page.furniture, *page.sections), key=lambda r: r.start)
    for one, other in pairwise(regions):
        assert one.end <= other.start
    covered = {i for r in regions for i in range(r.start, r.end)}
    assert all(i in covered for i, character in enumerate(text) if not character.isspace())
    assert page.text == text
    assert all(any(r.start <= n.start and n.end <= r.end for r in regions) for n in page.notes)


_FILED = """---
Title: "Envoys quarrel: the strait again"
Date: Tuesday, 3 May 2022
**Publisher:** The Strait Gazette
Link: https://gazette.example/envoys
---

Denmark recalled its envoy from Norland on Tuesday.
Kiel: the harbour stays open, an official said.
"""


def test_labelled_lines_at_the_head_say_title_day_and_publisher() -> None:
    """A text filed with labels, fenced or not, yields its metadata, and none of the labels is read as the story."""
    page = _marked(_FILED)
    assert page.title == "Envoys quarrel: the strait again"
    assert (page.published, page.published_from) == (date(2022, 5, 3), "text")
    assert page.publisher == "The Strait Gazette"
    assert page.url == "https://gazette.example/envoys"
    assert _words(page, "title") == ["Envoys quarrel: the strait again"]
    assert _words(page, "body") == [
        "Denmark recalled its envoy from Norland on Tuesday.",
        "Kiel: the harbour stays open, an official said.",
    ]


def test_labels_may_stand_below_a_bare_title_and_never_outrank_what_the_user_said() -> None:
    """The title line above the labels stays the title; a given day is kept."""
    text = "Envoys quarrel\nSource: The Strait Gazette\nDate: 3 May 2022\nDenmark recalled its envoy from Norland on Tuesday."
    page = _marked(text, published=date(2022, 5, 9))
    assert (page.title, page.publisher, page.published) == ("Envoys quarrel", "The Strait Gazette", date(2022, 5, 9))
    assert _words(page, "body") == ["Denmark recalled its envoy from Norland on Tuesday."]


@pytest.mark.parametrize(
    "text", ["Kyiv: we will answer.\nA long story follows.", "A story.\nIt goes on.\nDate: 3 May 2022"]
)
def test_a_word_with_a_colon_is_no_label_by_itself(text: str) -> None:
    """Speech after a capital's name and a labelled line further down leave the text as it is."""
    assert _marked(text).title != "we will answer."
    assert any("Kyiv: we" in words or words.startswith("A story.") for words in _words(_marked(text), "body"))


@given(st.text(alphabet='TtileDa: -\n*"3May2022', max_size=80))
def test_a_labelled_head_ends_before_the_story_whatever_is_written(text: str) -> None:
    """Sections never overlap and lie inside the text, also for heads that are half written."""
    page = _marked(text)
    assert all(first.end <= second.start for first, second in pairwise(page.sections))
    assert all(0 <= region.start <= region.end <= len(text) for region in page.sections)
