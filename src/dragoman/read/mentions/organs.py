"""Organs and people: "Ukraine's Foreign Ministry", "the Belarusian leadership", "Iraqi officials", "rebels".

A common noun of the codebook becomes an actor through what stands by it: a state's name or adjective before it, a body's
name, "of STATE" behind it, or "its" and "their". Without any of these it waits for the text to say whose it is.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

from dragoman.codebook.gazetteer import Entry
from dragoman.read.mentions.words import NameRun, Words, whole_office
from dragoman.record import Parse, Token

_MODIFIERS = frozenset({"compound", "amod", "nmod", "poss"})
_LEFT = frozenset({"ADJ", "NOUN", "PROPN", "NUM"})
_LONGEST_LEFT = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganMention:
    """An organ at tokens `first` to `last` (exclusive), its state's adjective included, a possessor and the article not.

    `possessor` is the token of "its" or "their" before it, `owner` one of a person's name before it.
    """

    first: int
    last: int
    head: int
    entry: Entry
    country: str | None
    of: str | None
    possessor: int | None
    owner: int | None
    plural: bool
    definite: str


def find_organs(parse: Parse, words: Words, taken: Set[int]) -> list[OrganMention]:
    """Return the organs in text order, outside the tokens already taken."""
    found = []
    for first in sorted(words.names):
        run = words.names[first]
        if run.entry.kind != "organ" or not taken.isdisjoint(range(run.first, run.last)):
            continue
        head = run.last - 1
        token = parse.tokens[head]
        if (
            token.pos not in ("NOUN", "PROPN", "ADJ")
            or token.sentence in words.silent
            or _modifies(parse, words, token)
            or _opposes(parse, run)
        ):
            continue
        before = words.name_at.get(run.first - 1)
        if before is not None and before.entry.kind == "outlet":
            # "the Daily Planet newspaper": the name alone is the mention
            continue
        mention = _mention(parse, words, run, taken)
        owned = mention.country or mention.of or mention.possessor is not None or mention.owner is not None
        plain = parse.tokens[run.first].text if run.last == run.first + 1 else run.entry.key
        if run.entry.key == "ministry" and not owned and mention.definite == "the":
            found.append(mention)
            continue
        if not owned and (
            plain.lower() in words.rules.vague_organs or (mention.definite == "a" and not mention.plural)
        ):
            continue
        found.append(mention)
    return found


def _opposes(parse: Parse, run: NameRun) -> bool:
    """Whether "opposition" is an attitude ("our opposition to the plan")."""
    after = parse.tokens[run.last] if run.last < len(parse.tokens) else None
    return run.entry.key == "opposition" and after is not None and after.text.lower() == "to"


def _modifies(parse: Parse, words: Words, token: Token) -> bool:
    """Whether the noun only describes the next one ("army base", "government policy")."""
    after = token.i + 1
    if token.pos == "ADJ" and token.dep in ("amod", "compound", "acomp"):
        return True
    if token.dep not in ("compound", "nmod", "amod") or token.head <= token.i:
        return False
    name = words.name_at.get(token.head)
    return after < len(parse.tokens) and not (name is not None and name.entry.kind == "person")


def _mention(parse: Parse, words: Words, run: NameRun, taken: Set[int]) -> OrganMention:
    tokens = parse.tokens
    head = run.last - 1
    country = of = None
    left = start = run.first
    owner: int | None = None
    while left > 0 and run.first - left < _LONGEST_LEFT and left - 1 not in taken:
        token = tokens[left - 1]
        if token.sentence != tokens[head].sentence:
            break
        name = words.name_at.get(token.i)
        if name is not None and name.entry.kind != "organ":
            if country is None and of is None and name.first not in words.stances:
                country, of = _owner(name.entry)
                start = name.first if not _owns(tokens, name) else start
            left = name.first
            continue
        if token.tag == "POS" or token.text == "-":
            left -= 1
            if token.tag == "POS" and name is None and country is None and of is None:
                # "the country's army": the owner's own noun tells whose
                owner, start = left - 1, left + 1
            continue
        if token.pos not in _LEFT or not _hangs(tokens, token, left, head):
            break
        left -= 1
        if country is None and of is None and owner is None and token.pos in ("ADJ", "NOUN") and name is None:
            start = left
    if country is not None or of is not None:
        owner = None
    if country is None and of is None and owner is None and left > 0 and left - 1 in taken:
        # a person's ("the Doe regime", "Doe's government"): the words taken before it are a name's
        owner = left - 1
    possessor = None
    definite = ""
    before = tokens[left - 1] if left > 0 and tokens[left - 1].sentence == tokens[head].sentence else None
    if before is not None and before.tag == "PRP$":
        possessor, definite = before.i, "poss"
    elif before is not None and before.pos == "DET":
        definite = "a" if before.text.lower() in ("a", "an", "some", "several", "another", "no", "any") else "the"
    last = whole_office(parse, run.first, run.last)
    if country is None and of is None and last + 1 < len(tokens) and tokens[last].text in ("of", "in"):
        at = last + 1 + (tokens[last + 1].pos == "DET")
        name = words.name_at.get(at)
        if (
            name is not None
            and name.entry.kind != "organ"
            and (tokens[last].text == "of" or name.entry.kind in ("state", "capital", "city"))
        ):
            country, of = _owner(name.entry)
    if (country or of) and start == run.first:
        start = _trim(tokens, left, run.first)
    return OrganMention(
        first=min(start, run.first),
        last=last if taken.isdisjoint(range(run.last, last)) else run.last,
        head=head,
        entry=run.entry,
        country=country,
        of=of,
        possessor=possessor,
        owner=owner,
        plural=tokens[head].tag in ("NNS", "NNPS") or run.entry.stands_for == "people",
        definite=definite,
    )


def _owner(entry: Entry) -> tuple[str | None, str | None]:
    if entry.kind in ("body", "group", "outlet"):
        return entry.country, entry.key
    return (entry.country, None) if entry.country else (None, entry.key)


def _owns(tokens: tuple[Token, ...], name: NameRun) -> bool:
    return name.last < len(tokens) and tokens[name.last].tag == "POS"


def _trim(tokens: tuple[Token, ...], left: int, first: int) -> int:
    """Where the organ's words begin behind its owner's possessive."""
    for i in range(first - 1, left - 1, -1):
        if tokens[i].tag == "POS":
            return i + 1
    return first


def _hangs(tokens: tuple[Token, ...], token: Token, left: int, head: int) -> bool:
    above = tokens[token.head]
    if token.ent in ("DATE", "TIME"):
        return False
    return token.dep in _MODIFIERS | {"nummod", "punct", "case"} and left <= above.i <= head + 1
