"""Words for several actors, for one of a pair or the other of two, and names that come after the office."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dragoman.record import Actor, Document

Reader = Callable[..., Document]


def meant(document: Document, words: str) -> set[str]:
    """The names of all actors that the words mean."""
    names = {actor.id: actor.name for actor in document.actors or ()}
    return {names[mention.actor] for mention in document.mentions or () if mention.text == words}


def actor(document: Document, name: str) -> Actor:
    """The actor of that name."""
    return next(one for one in document.actors or () if one.name == name)


@pytest.mark.parametrize(
    ("text", "words", "names"),
    [
        ("Peru and Chile met in Lima. The two countries will trade more.", "two countries", {"Peru", "Chile"}),
        ("Anna Kos told Jan Berg that he was wrong. Both sides left early.", "Both sides", set()),
        (
            "Fiji, Tonga and Samoa signed. Later Japan thanked the three states.",
            "three states",
            {"Fiji", "Tonga", "Samoa"},
        ),
        ("The two generals, Omar Sid and Ali Bakr, were friends.", "two generals", {"Omar Sid", "Ali Bakr"}),
        ("Kenya and Uganda closed the road. They gave no reason.", "They", {"Kenya", "Uganda"}),
        ("Norway sent a letter. Its two ministers met three farmers.", "three farmers", set()),
    ],
)
def test_several_at_once(read_text: Reader, text: str, words: str, names: set[str]) -> None:
    """Words that count actors are a mention of each where the text tells which, and of none where it doesn't."""
    assert meant(read_text(text), words) == names


def test_who_acts_is_none_of_the_two(read_text: Reader) -> None:
    """The two countries toward which a third acts are never the one that acts."""
    document = read_text("Bombs went off in Kenya and Tanzania. Washington has sent doctors to the two countries.")
    assert meant(document, "two countries") == {"Kenya", "Tanzania"}


@pytest.mark.parametrize(
    ("words", "name"), [("former", "Tuvalu"), ("latter", "Nauru"), ("its neighbour", None), ("other", None)]
)
def test_one_of_a_pair(read_text: Reader, words: str, name: str | None) -> None:
    """The former and the latter are the first and second of the pair named last; other words are nobody by this rule."""
    document = read_text("Tuvalu and Nauru signed the paper. The former means it; the latter asked for a copy.")
    assert meant(document, words) == ({name} if name else set())


def test_host_and_guest(read_text: Reader) -> None:
    """Of two persons, the guest of one is the other."""
    document = read_text("Prince Hamad Salim received Ali Reza Karimi. Karimi gave his host a carpet.")
    assert meant(document, "host") == {"Hamad Salim"}


@pytest.mark.parametrize(
    ("text", "office", "name"),
    [
        ("The president of Kenya flew to Kigali. William Otieno wants to talk.", "president", "William Otieno"),
        ("Iran's foreign minister is ill. Foreign Minister Javad Rad sent word.", "foreign minister", None),
        ("The prime minister resigned. Karim Haddad, a political analyst, was surprised.", "prime minister", None),
    ],
)
def test_name_behind_the_office(read_text: Reader, text: str, office: str, name: str | None) -> None:
    """An office is the person whose name follows as a subject, unless the text says that this is somebody else."""
    assert meant(read_text(text), office) == {name or office} or name is None
    if name is not None:
        assert not actor(read_text(text), name).anonymous
    else:
        assert "Karim Haddad" not in meant(read_text(text), office)


def test_first_person_is_the_speaker(read_text: Reader) -> None:
    """I and we inside quotation marks are the speaker, outside them nobody; my country is the speaker's state."""
    document = read_text(
        'Norway waited. "I promised it, and we keep our word. My country is proud," said Norwegian Prime Minister Liv Dahl. '
        "We wrote that down."
    )
    for words in ("I", "we", "our", "My"):
        assert meant(document, words) == {"Liv Dahl"}
    assert meant(document, "country") == {"Norway"}
    assert meant(document, "We") == set()


@pytest.mark.parametrize(
    ("text", "published", "name", "country", "why"),
    [
        ("NAIROBI, May 3, 2019 (Savanna Agency) -- Police arrested a man.", None, "Police", "KEN", "by the dateline"),
        (
            "BELGRADE, Nov 28, 2020 (Danube Agency) -- Montenegro and Serbia quarrel again. Montenegro regrets it. "
            "President Filip Markovic did not comment.",
            "2020-11-28",
            "Filip Markovic",
            "MNE",
            "Aleksandar Vucic holds it",
        ),
        ("Burma's army sent an official, Aung Tun, to Tokyo.", None, "Aung Tun", "MMR", "sent by"),
        ("The minister, Ana Paz, was there. Nobody knew why.", None, "Ana Paz", None, ""),
    ],
)
def test_state_behind_an_office(
    read_text: Reader, text: str, published: str | None, name: str, country: str | None, why: str
) -> None:
    """Who has an office without a state gets that of the story, never where another holds the office, and it says why."""
    found = actor(read_text(text, published), name)
    assert found.country == country
    reasons = [ground.why for ground in found.grounds if ground.of == "country"]
    assert all(why in reason for reason in reasons)
    assert bool(reasons) == (country is not None)


def test_expelled_ambassador_is_the_others(read_text: Reader) -> None:
    """Nobody expels its own ambassador: the possessive is the other's."""
    document = read_text("Ankara called him a tyrant; Cairo expelled its ambassador, Huseyin Bot.")
    assert actor(document, "Huseyin Bot").country == "TUR"


def test_reasons_stand_in_the_mentions(read_text: Reader) -> None:
    """A mention by pronoun or office says why it means whom it means, and evidence is the article's own words."""
    document = read_text("Chad's president, Idriss Moussa, met the press. He said no.")
    by_words = {mention.text: mention for mention in document.mentions or ()}
    assert "the subject in the sentence before" in by_words["He"].why
    assert by_words["president"].why == "stands by the name"
    text = document.article.text
    for one in document.actors or ():
        for ground in one.grounds:
            assert all(text[span.start : span.end] == span.text for span in ground.evidence)


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("King Salman received the envoy in Riyadh.", "Salman", "SAU"),
        ("The kingdom of Thailand offered help.", "Thailand", "THA"),
        ("A former US secretary of state, the late Henry Kissinger, knew.", "Henry Kissinger", "USA"),
    ],
)
def test_names_with_what_stands_before(read_text: Reader, text: str, name: str, country: str) -> None:
    """A king is no prince of that family name, a state's formal name is the state, the late does not hide a name."""
    found = actor(read_text(text, "2018-05-01"), name)
    assert found.country == country
    assert found.key != "person:Mohammed bin Salman"


def test_heading_in_capitals_names_nobody(read_text: Reader) -> None:
    """The words of a heading in capitals are no person, and no name has a line break in it."""
    document = read_text("WHAT EXPERTS SAY. Farid\nNouri doubts it, said Carla Menotti.")
    assert not any(one.name == "SAY" for one in document.actors or ())
    assert all("\n" not in name for one in document.actors or () for name in (one.name, *one.names))


def test_unclear_given_name_tells_no_gender(read_text: Reader) -> None:
    """A given name that both women and men bear leaves the gender open."""
    document = read_text("Moscow summoned the British ambassador, Laurie Bristow.")
    assert actor(document, "Laurie Bristow").gender is None
