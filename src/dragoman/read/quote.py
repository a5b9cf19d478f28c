"""Quote: who said what, in which words, and what kind of saying it is.

First all attributions are found on the parse and the quotation marks; then each source is resolved to an actor, and the
statement gets its act, its due days, its loaded words and the editor's notes inside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dragoman.codebook import Codebook
from dragoman.read.quotes import Attribution, find_attributions, repaired
from dragoman.read.quotes.act import act_of
from dragoman.read.quotes.attribution import Stretch
from dragoman.read.quotes.cover import labels
from dragoman.read.quotes.due import due_of
from dragoman.read.quotes.echo import without_echoes
from dragoman.read.quotes.parts import across_cues, parts, unbroken
from dragoman.read.quotes.speaker import Speakers, with_names
from dragoman.read.quotes.unsaid import is_unsaid
from dragoman.read.quotes.voice import first_person
from dragoman.read.quotes.whole import whole_words
from dragoman.read.stage import Layers, Stage
from dragoman.record import Document, Parse, Span, Statement
from dragoman.record.ids import make_id

_NAME = "quote"
_VERSION = 4
_DENYING = frozenset({"clause", "gerund", "object"})
_NEAR = 12
"""Code points from an object's beginning within which its noun stands."""
_OUTER = 12
"""Direct statements looked back at for the one around a cue: they are in text order, and few are nested."""

_LABEL = f"{_NAME} {_VERSION}"


def _read(document: Document, codebook: Codebook) -> Layers:
    article = document.article
    assert document.parse is not None
    parse = repaired(document.parse, codebook.cues)
    attributions = find_attributions(article, parse, codebook.cues)
    speakers = Speakers(
        article=article,
        parse=parse,
        mentions=document.mentions or (),
        actors=document.actors or (),
        made_by=_LABEL,
    )
    statements: list[Statement] = []
    direct: list[tuple[Attribution, str | None]] = []
    across = across_cues(article, attributions)
    denied = [a for a in attributions if a.act == "denial" and not a.direct and a.frame in _DENYING]
    nouns = [a for a in attributions if a.frame.startswith("noun ")]
    for attribution in attributions:
        if is_unsaid(attribution, parse, codebook.cues):
            continue
        if _is_denied(attribution, denied) or _is_told_twice(attribution, nouns, attributions, parse):
            continue
        outer = _outer_speaker(attribution, direct)
        speaker = speakers.find(attribution, outer)
        if attribution.direct:
            direct.append((attribution, speaker))
        side = speakers.side(attribution, speaker)
        statements.extend(
            _statement(document, parse, codebook, part, speaker, side, across.get(part, part))
            for part in parts(attribution, parse)
        )
    known = {actor.id: actor for actor in (*(document.actors or ()), *speakers.added.values())}
    statements = without_echoes(statements, known)
    found = (*(document.mentions or ()), *speakers.seen)
    mentions = sorted(
        (
            *found,
            *first_person(
                article, parse, statements, found, document.actors or (), codebook.mentions.descriptions["state"]
            ),
        ),
        key=lambda m: (m.start, m.end, m.actor),
    )
    return {
        "statements": tuple(statements),
        "actors": with_names(document.actors or (), list(speakers.added.values())),
        "mentions": tuple(mentions),
    }


def _is_denied(attribution: Attribution, denied: Sequence[Attribution]) -> bool:
    """Whether what is reported stands in what somebody denies: "denied that it had agreed to pay"."""
    if attribution.cue is None:
        return False
    at = attribution.cue[0]
    return any(other is not attribution and other.contents[0][0] <= at < other.contents[-1][1] for other in denied)


def _is_told_twice(
    attribution: Attribution, nouns: Sequence[Attribution], attributions: Sequence[Attribution], parse: Parse
) -> bool:
    """Whether a verb and its object, a noun of saying, tell one thing, and this is the one to leave out.

    "Expressed its fear of a blockade" is read at the noun; "she reaffirmed the support of the bloc" at the verb, whose subject
    is not the one whose support it is.
    """
    if attribution.frame.startswith("noun "):
        return any(_has_object(verb, attribution) and not _is_one(verb, attribution, parse) for verb in attributions)
    return any(_has_object(attribution, noun) and _is_one(attribution, noun, parse) for noun in nouns)


def _has_object(verb: Attribution, noun: Attribution) -> bool:
    """Whether a verb's object begins with the noun."""
    if verb.frame != "object" or verb.act != "claim" or noun.cue is None:
        return False
    start, end = verb.contents[0]
    return start <= noun.cue[0] <= start + _NEAR and noun.cue[1] <= end


def _is_one(verb: Attribution, noun: Attribution, parse: Parse) -> bool:
    """Whether the noun's owner is the verb's subject, or a pronoun that may mean it."""
    return noun.head is None or noun.head == verb.head or parse.tokens[noun.head].pos == "PRON"


def _outer_speaker(attribution: Attribution, direct: Sequence[tuple[Attribution, str | None]]) -> str | None:
    """The speaker of the innermost direct statement around a cue."""
    at = attribution.cue[0] if attribution.cue else attribution.start
    for other, speaker in direct[: -_OUTER - 1 : -1]:
        if any(start <= at < end for start, end in other.contents):
            return speaker
    return None


def _bare(text: str, start: int, end: int) -> Stretch:
    """A stretch without the space at its ends, which French marks have inside."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _statement(
    document: Document,
    parse: Parse,
    codebook: Codebook,
    attribution: Attribution,
    speaker: str | None,
    side: frozenset[int],
    whole: Attribution,
) -> Statement:
    article = document.article
    act = act_of(whole, article, parse, codebook.cues, side)
    told = replace(attribution, contents=whole_words(attribution, parse))
    spans = tuple(article.span(*_bare(article.text, start, end)) for start, end in unbroken(told))
    notes = tuple(
        article.span(note.start, note.end)
        for note in article.notes
        if any(start <= note.start and note.end <= end for start, end in attribution.contents)
    )
    loaded: list[Span] = []
    for start, end in attribution.contents:
        loaded.extend(labels(article, codebook.loaded_words, start, end))
    return Statement(
        id=make_id("statement", article.id, attribution.contents, attribution.cue, attribution.source),
        speaker=speaker,
        speaker_words=article.span(*attribution.source) if attribution.source else None,
        cue=article.span(*attribution.cue) if attribution.cue else None,
        content=spans[0],
        continued=spans[1:],
        direct=attribution.direct,
        mixed=attribution.mixed,
        act=act,
        loaded=tuple(loaded),
        notes=notes,
        due=due_of(attribution, act, document.dates or (), article.published),
        outcome="open" if act in {"expectation", "intention"} else None,
        made_by=_LABEL,
    )


QUOTE = Stage(
    name=_NAME,
    version=_VERSION,
    needs=("article", "parse", "dates", "mentions", "actors"),
    adds=("statements", "actors", "mentions"),
    read=_read,
)
