"""Ways of saying: a kind of thing and what becomes of it is read in each of the ways that the codebook spells out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dragoman.codebook import Codebook
from dragoman.codebook.relations import load_relations
from dragoman.errors import CodebookError
from dragoman.read import Pipeline
from dragoman.record import Article, Document, History
from dragoman.record.text import article_id
from dragoman.relate import build_history, states_on

SHARE = 0.85
"""The least share of the wordings from which the state is read."""
DAY = date(2021, 5, 12)
BESIDE = "Kenya and Uganda are neighbours, people here say."
"""A sentence beside each wording: an article names both sides somewhere."""
WORDINGS = [
    ('Kenya ordered its ambassador in Uganda to return to Nairobi "for talks".', "KEN UGA ambassador recalled"),
    ("Nairobi pulled its ambassador from Kampala in protest against the arrests.", "KEN UGA ambassador recalled"),
    ("Uganda condemned the decision of Kenya to recall its ambassador.", "KEN UGA ambassador recalled"),
    (
        "Kenya expelled two Ugandan attaches; Uganda called its envoy back the same night.",
        "UGA KEN ambassador recalled",
    ),
    ("Kenya has not had an ambassador in Uganda since 2019.", "KEN UGA ambassador withdrawn"),
    ("Uganda expelled the Kenyan ambassador and gave him three days to leave.", "KEN UGA ambassador expelled"),
    ("The Kenyan ambassador has been given 72 hours to leave Uganda.", "KEN UGA ambassador expelled"),
    (
        "Kenya's new ambassador, Ana Reyes, handed her letters of credence to the Ugandan president.",
        "KEN UGA ambassador accredited",
    ),
    ("Ana Reyes began work as Kenya's ambassador to Uganda on Monday.", "KEN UGA ambassador accredited"),
    ("For the first time in four years Kenya again has an ambassador in Uganda.", "KEN UGA ambassador accredited"),
    ("Kenya suspended the work of its embassy in Kampala.", "KEN UGA embassy closed"),
    ("Kenya moved its diplomats out of Kampala and shut the mission.", "KEN UGA embassy closed"),
    ("The closure of Kenya's embassy in Kampala took effect on Monday.", "KEN UGA embassy closed"),
    ("Kenya's embassy in Uganda is operating again.", "KEN UGA embassy open"),
    ("Kenya lowered its representation in Uganda to a charge d'affaires.", "KEN UGA embassy downgraded"),
    ("Kenya reduced relations with Uganda to the level of second secretary.", "KEN UGA embassy downgraded"),
    ("Kenya has cut diplomatic ties with Uganda.", "KEN UGA diplomatic_relations severed"),
    (
        "Kenya and Uganda have had no diplomatic relations since 2019, when Nairobi broke them off.",
        "KEN UGA diplomatic_relations severed",
    ),
    ("Kenya and Uganda have agreed to resume diplomatic relations.", "KEN UGA diplomatic_relations established"),
    ("Kenya and Uganda have normal diplomatic relations again.", "KEN UGA diplomatic_relations established"),
    ("Kenya imposed sanctions on six Ugandan generals.", "KEN UGA sanctions in_force"),
    ("Kenya extended its sanctions on Uganda by a year.", "KEN UGA sanctions in_force"),
    ("Kenya has lifted all sanctions against Uganda.", "KEN UGA sanctions lifted"),
    ("Kenya took the last sanctions off Uganda on Monday.", "KEN UGA sanctions lifted"),
    ("Kenya suspended part of its sanctions against Uganda.", "KEN UGA sanctions eased"),
    ("Kenya put an embargo on trade with Uganda.", "KEN UGA trade suspended"),
    ("Kenya froze trade with Uganda.", "KEN UGA trade suspended"),
    ("Kenya raised tariffs on Ugandan wine to 80 per cent.", "KEN UGA trade restricted"),
    ("Kenya has stopped buying Ugandan copper.", "KEN UGA trade restricted"),
    ("Kenya has imposed an embargo on Ugandan meat and cheese.", "KEN UGA trade restricted"),
    ("Containers from Uganda are being turned away in Kenyan ports.", "KEN UGA trade restricted"),
    ("Kenya lifted the ban on Ugandan wine.", "KEN UGA trade open"),
    ("Kenya is buying Ugandan copper again.", "KEN UGA trade open"),
    ("Kenya removed the last restrictions on trade with Uganda.", "KEN UGA trade open"),
    ("Kenya dropped its embargo against Ugandan food on Monday.", "KEN UGA trade open"),
    ("The border between Kenya and Uganda has been closed since Monday.", "KEN UGA border closed"),
    ("Nobody can cross from Kenya into Uganda any more; the frontier was shut on Monday.", "KEN UGA border closed"),
    ("Kenya reopened its border with Uganda on Monday.", "KEN UGA border open"),
    ("Traffic across the border of Kenya and Uganda has resumed.", "KEN UGA border open"),
    ("People and goods can cross the border between Kenya and Uganda again.", "KEN UGA border open"),
    ("Kenya opened the border with Uganda for pedestrians only.", "KEN UGA border restricted"),
    ("Kenya reopened one crossing to Uganda.", "KEN UGA border restricted"),
    ("Kenya signed a trade agreement with Uganda.", "KEN UGA agreement signed"),
    ("Kenya suspended the fisheries treaty with Uganda.", "KEN UGA agreement suspended"),
    (
        "Kenya will no longer apply the fisheries agreement with Uganda for now: it was suspended on Monday.",
        "KEN UGA agreement suspended",
    ),
    (
        "Kenya gave notice of the termination of its fisheries treaty with Uganda and left it on Monday.",
        "KEN UGA agreement terminated",
    ),
    ("War broke out between Kenya and Uganda on Monday.", "KEN UGA hostilities active"),
    (
        "Fighting between Kenya and Uganda flared up again on Monday; ten soldiers were killed.",
        "KEN UGA hostilities active",
    ),
    ("A truce between Kenya and Uganda has held since Monday.", "KEN UGA hostilities ceasefire"),
    ("Kenya and Uganda signed a peace treaty.", "KEN UGA hostilities none"),
    ("Kenya recognised Uganda as a state.", "KEN UGA recognition recognised"),
    ("Kenya and Uganda have sent ambassadors to each other again.", "KEN UGA ambassador accredited"),
    ("Kenya and Uganda have returned their ambassadors.", "UGA KEN ambassador accredited"),
    ("Kenya's man in Kampala, Ambassador Ana Reyes, presented his papers on Monday.", "KEN UGA ambassador accredited"),
    ("On Monday the two capitals received each other's ambassadors.", "KEN UGA ambassador accredited"),
    (
        "Kenya has had an ambassador in Kampala since March and Uganda has one in Nairobi.",
        "UGA KEN ambassador accredited",
    ),
    (
        "Kenya recalled its ambassador from Kampala on Sunday, and Uganda did the same on Monday.",
        "UGA KEN ambassador recalled",
    ),
    ('Nairobi\'s ambassador has gone home "for consultations", Ugandan officials said.', "KEN UGA ambassador recalled"),
    ("Uganda told the Kenyan ambassador to pack his bags.", "KEN UGA ambassador expelled"),
    ("Uganda expelled the Kenyan ambassador, and Kenya threw out Uganda's.", "UGA KEN ambassador expelled"),
    ("Kenya and Uganda have closed their embassies.", "KEN UGA embassy closed"),
    ("Kenya closed its embassy in Kampala and told Uganda to close the one in Nairobi.", "UGA KEN embassy closed"),
    ("The Kenyan mission in Kampala was closed down.", "KEN UGA embassy closed"),
    ("The embassies of the two countries are working again.", "UGA KEN embassy open"),
    ("Staff have returned to the Kenyan embassy in Kampala, which is open again.", "KEN UGA embassy open"),
    ("Kenya and Uganda have downgraded their relations.", "KEN UGA embassy downgraded"),
    ("Uganda demoted the Kenyan embassy to the office of a chargé d'affaires.", "KEN UGA embassy downgraded"),
    (
        '"From today we have no relations with Uganda any more," Kenya\'s president said.',
        "KEN UGA diplomatic_relations severed",
    ),
    ("Diplomatic relations have been cut since March.", "KEN UGA diplomatic_relations severed"),
    (
        "Kenya and Uganda are on speaking terms again: they resumed diplomatic relations on Monday.",
        "KEN UGA diplomatic_relations established",
    ),
    ("The embargo that Kenya imposed on Uganda is still in force.", "KEN UGA trade suspended"),
    ("Kenya has banned all imports from Uganda and all exports to it.", "KEN UGA trade suspended"),
    ("Kenya's customs deleted Uganda from their system.", "KEN UGA trade restricted"),
    ("Kenya tells its firms not to buy parts made in Uganda.", "KEN UGA trade restricted"),
    ("Freight trains from Kenya to Uganda have been stopped.", "KEN UGA trade restricted"),
    ("Ugandan exports to Kenya have resumed.", "KEN UGA trade open"),
    ("Uganda withdrew its case against Kenya after Kenya's curbs had been lifted.", "KEN UGA trade open"),
    ("Kenya and Uganda shut their borders to each other.", "KEN UGA border closed"),
    ("The border, closed by Kenya in March, is still closed.", "KEN UGA border closed"),
    ("The two countries opened their common border on Monday.", "KEN UGA border open"),
    ("The two presidents signed a non-aggression pact on Monday in Nairobi.", "KEN UGA agreement signed"),
    ("In Nairobi, Kenya's and Uganda's presidents initialled an accord.", "KEN UGA agreement signed"),
    ("Kenya left the pact that it had signed with Uganda.", "KEN UGA agreement terminated"),
    ("Kenya and Uganda are at war.", "KEN UGA hostilities active"),
    ("The ceasefire between Kenya and Uganda came into force at noon.", "KEN UGA hostilities ceasefire"),
    ("Kenya has sanctioned a Ugandan bank.", "KEN UGA sanctions in_force"),
    ("Kenya took three Ugandan ministers off its sanctions list.", "KEN UGA sanctions lifted"),
]
UNREAL = [
    ("Kenya may recall its ambassador to Uganda.", "ambassador"),
    ("Kenya denied that it had closed its embassy in Uganda.", "embassy"),
    ("Kenya threatened to close its border with Uganda.", "border"),
    ("Kenya has no plans to close the border with Uganda.", "border"),
    ("Ugandan farmers fear that Kenya will stop imports of wine.", "trade"),
    ("Parliament in Nairobi called for sanctions on Uganda.", "sanctions"),
    ("Kenya stopped short of breaking off relations with Uganda.", "diplomatic_relations"),
    ("Severing relations with Uganda would be a mistake, Kenya's president said.", "diplomatic_relations"),
    ("Kenya refused to sign the fisheries treaty with Uganda.", "agreement"),
    ("Kenya and Uganda failed to agree on a ceasefire.", "hostilities"),
    ("Kenya said it would lift its ban on Ugandan wine.", "trade"),
    ("Kenya has decided to reopen its embassy in Uganda next year.", "embassy"),
    ("Kenya summoned the Ugandan ambassador over the arrests.", "ambassador"),
    ("Talks about opening the border between Kenya and Uganda went on.", "border"),
    ("Kenya's former ambassador to Uganda wrote a book.", "ambassador"),
    ("Kenya postponed the reopening of its border with Uganda.", "border"),
    ("Kenya threatened to pull out of the fisheries treaty with Uganda.", "agreement"),
    ("Kenya ruled out sanctions against Uganda.", "sanctions"),
    ("Kenya named Ana Reyes as its next ambassador to Uganda.", "ambassador"),
    ("Kenya's embassy in Kampala was attacked by a crowd.", "embassy"),
    ("Kenya's embassy in Kampala warned its citizens.", "embassy"),
    ("Trade was the subject of the talks between Kenya and Uganda.", "trade"),
    ("Relations between Kenya and Uganda have cooled.", "diplomatic_relations"),
    ("Three people were killed at the border between Kenya and Uganda.", "border"),
    ("A demand to recall the ambassador from Uganda was rejected in Nairobi's parliament.", "ambassador"),
    ("Kenya warned Uganda that it could close its market to Ugandan beef.", "trade"),
    ("Kenya and Uganda are negotiating a border treaty.", "agreement"),
    ("Kenya and Uganda held a joint exercise at the border.", "hostilities"),
    ("Uganda called Kenya's threat of sanctions ridiculous.", "sanctions"),
]


def histories(reader: Pipeline, codebook: Codebook, texts: list[str]) -> list[History]:
    """The history of each text alone, with the sentence beside it."""
    whole = [f"{text} {BESIDE}" for text in texts]
    documents = reader.read(
        [
            Document(article=Article(id=article_id(text), source=text, text=text, language="en", published=DAY))
            for text in whole
        ]
    )
    return [build_history([document], codebook) for document in documents]


def held(history: History) -> set[tuple[str, str, str, str]]:
    """The states on the day: of, toward, dimension, value."""
    names = {actor.id: actor.country or actor.key or actor.name for actor in history.actors}
    return {(names[one.of], names[one.toward], one.dimension, one.value) for one in states_on(history, DAY)}


def test_states_are_told_in_many_ways(reader: Pipeline, codebook: Codebook) -> None:
    """Most of the wordings set the state that they tell, for the side of which they tell it."""
    missed = []
    for (text, wanted), history in zip(WORDINGS, histories(reader, codebook, [t for t, _ in WORDINGS]), strict=True):
        of, toward, dimension, value = wanted.split()
        both = {(of, toward, dimension, value)}
        if dimension in codebook.relations.undirected:
            both.add((toward, of, dimension, value))
        if not both & held(history):
            missed.append(f"{text} ({wanted})")
    assert len(missed) <= (1 - SHARE) * len(WORDINGS), "\n".join(missed)


def test_what_is_only_spoken_of_sets_no_state(reader: Pipeline, codebook: Codebook) -> None:
    """What is planned, threatened, denied, asked or put off changes nothing in its dimension."""
    for (text, dimension), history in zip(UNREAL, histories(reader, codebook, [t for t, _ in UNREAL]), strict=True):
        assert dimension not in {one[2] for one in held(history)}, text


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Uganda expelled the Kenyan ambassador and recalled its own.",
            {("KEN", "UGA", "ambassador", "expelled"), ("UGA", "KEN", "ambassador", "recalled")},
        ),
        (
            "Kenya recalled its ambassador from Uganda on Sunday. Uganda followed suit on Monday.",
            {("KEN", "UGA", "ambassador", "recalled"), ("UGA", "KEN", "ambassador", "recalled")},
        ),
        (
            "Kenya closed its embassy in Uganda and ordered Uganda to shut its own in Nairobi.",
            {("KEN", "UGA", "embassy", "closed"), ("UGA", "KEN", "embassy", "closed")},
        ),
        ("Kenya closed its border with its neighbour Uganda to lorries.", {("KEN", "UGA", "border", "restricted")}),
        (
            "Lorries wait at Malaba, the busiest crossing between Kenya and Uganda. Kenya shut Malaba on Monday.",
            {("KEN", "UGA", "border", "restricted")},
        ),
        (
            "Diplomatic relations between Kenya and Uganda, an official pointed out, have not been cut.",
            {("KEN", "UGA", "diplomatic_relations", "established")},
        ),
    ],
)
def test_what_a_sentence_leaves_out_is_understood(
    reader: Pipeline, codebook: Codebook, text: str, wanted: set[tuple[str, str, str, str]]
) -> None:
    """A noun that is left out, a neighbour, an answer in kind and who says so in the middle don't hide a state."""
    (history,) = histories(reader, codebook, [text])
    undirected = codebook.relations.undirected
    found = {frozenset(one) if one[2] in undirected else one for one in held(history)}
    assert {frozenset(one) if one[2] in undirected else one for one in wanted} <= found


def test_headline_that_its_article_puts_ahead_sets_no_state(reader: Pipeline, codebook: Codebook) -> None:
    """A treaty that only the headline says is scrapped, while the article says that it would be, still stands."""
    text = (
        "Kenya scraps fisheries treaty with Uganda\n\nNAIROBI, May 12, 2021 (Lake Wire) - Kenya said on Tuesday that it would "
        "scrap the fisheries treaty with Uganda. Uganda regretted the plan."
    )
    (document,) = reader.read(
        [Document(article=Article(id=article_id(text), source="a", text=text, language="en", published=DAY))]
    )
    assert "agreement" not in {one[2] for one in held(build_history([document], codebook))}


def test_unknown_way_is_refused(tmp_path: Path) -> None:
    """A kind whose way the codebook does not have is named, with the ways there are."""
    (tmp_path / "relations.toml").write_text(
        '[[kind]]\nname = "kind: x"\ndimension = "border"\nvalue = "open"\nway = "sideways"\nthing = "gate"\ndone = "opened"\n',
        encoding="utf-8",
    )
    with pytest.raises(CodebookError, match="'sideways'"):
        load_relations([*Codebook().layers, tmp_path])
