"""Laws of quotation, in every style of mark: the span is exactly the words, and no statement runs into another paragraph."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.record import Document

MARKS = [('"', '"'), ("“", "”"), ("«", "»"), ("« ", " »"), ("„", "“"), ("‘", "’"), ("'", "'"), ("``", "''"), ("»", "«")]
WORDS = [
    "We opened the border before dawn",
    "Nobody in the valley asked for this bridge",
    "The ships left the harbour [of Varna] last night",
    "My country has waited for nine years",
    "They sold us wheat and took our wells",
]
SPEAKERS = ["the Danish minister", "President Elena Rusu", "Mayor Tomas Berg"]
ASIDES = ["Rain fell on the square.", "The port was quiet on Sunday.", "Two lorries stood at the gate."]

marks = st.sampled_from(MARKS)
words = st.sampled_from(WORDS)
speakers = st.sampled_from(SPEAKERS)
asides = st.lists(st.sampled_from(ASIDES), min_size=0, max_size=2)


def shape(number: int, pair: tuple[str, str], said: str, further: str, who: str) -> tuple[str, list[str]]:
    """One of the ways in which the press prints a quotation, and the words between its marks."""
    left, right = pair
    capital = who[0].upper() + who[1:]
    if number == 0:
        return f"{left}{said},{right} {who} said.", [f"{said},"]
    if number == 1:
        return f"{capital} said: {left}{said}.{right}", [f"{said}."]
    if number == 2:
        return f"{left}{said},{right} said {who}. {left}{further}.{right}", [f"{said},", f"{further}."]
    return f"{capital} said: {left}{said}.\n{left}{further}.{right}", [f"{said}.", f"{further}."]


def check_spans(document: Document) -> None:
    """Every span of every statement is the text's own words, in one paragraph, and notes are inside it."""
    text = document.article.text
    for statement in document.statements or ():
        parts = (statement.content, *statement.continued)
        cue = (statement.cue,) if statement.cue else ()
        named = (statement.speaker_words,) if statement.speaker_words else ()
        for span in (*parts, *cue, *named, *statement.notes, *statement.loaded):
            assert text[span.start : span.end] == span.text
            assert span.text == span.text.strip()
        for part in parts:
            assert "\n" not in part.text
        for note in statement.notes:
            assert any(part.start <= note.start and note.end <= part.end for part in parts)


@settings(max_examples=15, deadline=None)
@given(
    number=st.integers(0, 3),
    pair=marks,
    said=words,
    further=words,
    who=speakers,
    before=asides,
    after=asides,
)
def test_direct_speech_is_exactly_the_words_between_the_marks(
    read_text: Callable[..., Document],
    number: int,
    pair: tuple[str, str],
    said: str,
    further: str,
    who: str,
    before: list[str],
    after: list[str],
) -> None:
    """Whatever the marks and the place of the cue, the content is what stands between them, and all is one speaker's."""
    if pair[0] in "'‘" and number == 3:
        number = 1  # a single mark that opens and closes in different paragraphs is read as an apostrophe
    if said == further:
        further = "It was a long night"
    passage, inner = shape(number, pair, said, further, who)
    text = "\n".join([*before, passage, *after])
    document = read_text(text, "2024-02-06")
    check_spans(document)
    direct = [s for s in document.statements or () if s.direct]
    found = [part.text for s in direct for part in (s.content, *s.continued)]
    assert found == [words.strip() for words in inner]
    assert len({s.speaker for s in direct}) == 1
    assert direct[0].speaker is not None
    notes = [note.text for s in direct for note in s.notes]
    assert notes == ["[of Varna]"] * sum("[of Varna]" in words for words in inner)


@settings(max_examples=10, deadline=None)
@given(
    paragraphs=st.lists(
        st.sampled_from(
            [
                "The envoy said the talks would go on. He named no day.",
                "“We are ready,” said Ana Petrovic, the mayor.",
                "According to the ministry, 'nothing was signed'.",
                "The so-called “second army” has two lorries.",
                "Asked about the leak, she replied: «No comment.",
                'Rain fell on the square, and the band played "Auld Lang Syne".',
                "„We sold nothing“, the chancellor told the house, „and we bought nothing“.",
                "— Will you go? — I will, answered Consul Ito.",
                "Norway denied that it had closed the road, which Sweden had claimed.",
            ]
        ),
        min_size=1,
        max_size=5,
    )
)
def test_no_statement_leaves_its_paragraph(read_text: Callable[..., Document], paragraphs: list[str]) -> None:
    """However paragraphs follow one another, no statement crosses from one into another."""
    check_spans(read_text("\n".join(paragraphs), "2024-02-06"))
