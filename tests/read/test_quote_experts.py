"""Whose words they are: experts brought in one after the other, quoted fragments, documents that speak."""

from __future__ import annotations

from collections.abc import Callable

from dragoman.record import Document

Read = Callable[..., Document]


def told(document: Document) -> list[tuple[str | None, bool, str]]:
    """The statements as speaker's name, directness and content."""
    names = {actor.id: actor.name for actor in document.actors or ()}
    return [(names.get(s.speaker or ""), s.direct, s.content.text) for s in document.statements or ()]


def test_pronoun_means_the_expert_brought_in_last(read_text: Read) -> None:
    """ "He thinks" behind a newly introduced expert is that expert's, not his who spoke before."""
    found = told(
        read_text(
            '"It was a mistake," said Peter Novak, a deputy minister of Slovakia. The historian Jan Horak sees it otherwise. '
            "In his opinion, Slovakia had no choice."
        )
    )
    assert any(who == "Jan Horak" and "no choice" in words for who, _, words in found), found


def test_quoted_fragment_stays_in_its_report(read_text: Read) -> None:
    """Words in quotation marks that are no sentence are read with the verb and what it is said of."""
    found = told(read_text('The Turkish president called the visit "a slap in the face of our allies" on Monday.'))
    assert [words for _, _, words in found] == ['called the visit "a slap in the face of our allies"'], found


def test_statement_reads_for_whom_issued_it(read_text: Read) -> None:
    """A document that was named as the place of one report speaks for the same issuer in the next."""
    found = told(
        read_text(
            'Peru would stay, its foreign ministry said in a statement. "There is no reason to go," the statement read.'
        )
    )
    assert any(direct and who == "Foreign Ministry of Peru" for who, direct, _ in found), found


def test_convinced_in_the_passive_is_a_state_of_mind(read_text: Read) -> None:
    """ "Is convinced that" reports what he thinks."""
    found = told(read_text("Jan Horak is a historian. He is convinced that the decision was made in Moscow."))
    assert any(who == "Jan Horak" and words == "the decision was made in Moscow" for who, _, words in found), found
