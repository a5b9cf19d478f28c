"""What the coder knows of a document while it codes: the parse, the codebook, the parties and the dates."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from dragoman.codebook import Codebook
from dragoman.read.coding.dating import Dates, find_dates
from dragoman.read.coding.groups import find_groups
from dragoman.read.coding.parties import Parties, find_parties
from dragoman.record import Document, Parse


@dataclass(frozen=True, slots=True)
class Reading:
    """A document under the coder's eyes.

    `published` is the article's day, or None; `political` tells an article about politics; `dateline` is the state
    where the article says that it was written, or None; `pair` are the two states that the article is about, or None.
    """

    parse: Parse
    codebook: Codebook
    parties: Parties
    dates: Dates
    published: date | None
    political: bool
    dateline: str | None
    pair: tuple[str, str] | None


_OFTEN, _PAIR_SHARE = 3, 0.5
"""Mentions that the second state of a pair needs, and the share of all that the two need together."""
_FIRST_PERSON = frozenset({"i", "we", "us", "our", "me", "my"})
_THIRD_PERSON = frozenset({"it", "they", "he", "she"})
_FIRST = 6
"""A dateline stands among the first sentences of a parsed text, behind title and byline."""
_POLITICAL_SHARE = 0.5
"""An article of which so many sentences name a political actor is political: what private persons do in it counts."""


def begin(document: Document, codebook: Codebook) -> Reading:
    """Return the reading of a document that has been parsed and whose dates and mentions are known."""
    parse = document.parse
    assert parse is not None
    parties = find_parties(document, codebook)
    _give_voice(document, parse, parties)
    pair = _pair(parties)
    parties.groups.update(find_groups(parse, parties, pair))
    named = {parse.tokens[i].sentence for i, actor in parties.heads.items() if parties.is_political(actor)}
    return Reading(
        parse=parse,
        codebook=codebook,
        parties=parties,
        dates=find_dates(parse, document.dates or ()),
        published=document.article.published,
        dateline=_dateline(parse, parties),
        pair=pair,
        political=len(named) >= _POLITICAL_SHARE * len(parse.sentences),
    )


def _give_voice(document: Document, parse: Parse, parties: Parties) -> None:
    """Let "we" and "I" inside a statement mean its speaker, and "it" where reported words begin with it."""
    for statement in document.statements or ():
        if statement.speaker is None:
            continue
        for part in statement.said:
            for i in parse.tokens_within(part.start, part.end):
                if parse.tokens[i].text.lower() in _FIRST_PERSON and i not in parties.heads:
                    parties.heads[i] = statement.speaker
        if not statement.direct:
            opening = list(parse.tokens_within(statement.said[0].start, statement.said[0].end))[:2]
            for i in opening:
                token = parse.tokens[i]
                if token.text.lower() in _THIRD_PERSON and token.dep == "nsubj" and i not in parties.heads:
                    parties.heads[i] = statement.speaker


def _pair(parties: Parties) -> tuple[str, str] | None:
    """Return the actors of the two states that most mentions of the article belong to, or None."""
    counts = Counter(code for actor in parties.heads.values() if (code := parties.country(actor)) is not None)
    first, second = [*counts.most_common(2), ("", 0), ("", 0)][:2]
    if second[1] < _OFTEN or first[1] + second[1] < _PAIR_SHARE * counts.total():
        return None
    return parties.state(first[0]), parties.state(second[0])


def _dateline(parse: Parse, parties: Parties) -> str | None:
    """Return the actor of the state that a dateline names, by its country or its capital."""
    for sentence in parse.sentences[:_FIRST]:
        if sentence.section != "dateline":
            continue
        for i in range(sentence.first, sentence.last):
            found = (parties.heads[i],) if i in parties.heads else parties.place(i)
            if found and parties.country(found[0]):
                return parties.state(str(parties.country(found[0])))
    return None
