"""Drafts → actors and mentions: ids, names to show, and offices with their evidence."""

from __future__ import annotations

from collections.abc import Iterable

from dragoman.read.mentions.titles import TitlePhrase
from dragoman.read.resolving.draft import Draft, Ledger
from dragoman.read.resolving.terms import term_behind
from dragoman.record import Actor, Ground, Mention, Office, Span
from dragoman.record.ids import make_id

MADE_BY = "resolve 2"


def build_actors(ledger: Ledger) -> tuple[tuple[Mention, ...], tuple[Actor, ...]]:
    """Return the mentions in text order and the actors that have one, in the order of their first mention."""
    ids: dict[int, str] = {}
    mentions = []
    for reference in ledger.references:
        draft = reference.draft
        identity = ids.setdefault(draft.number, _id(ledger, draft, reference.candidate.first))
        tokens = ledger.parse.tokens
        first = reference.candidate.first - reference.candidate.address
        start, end = tokens[first].start, tokens[reference.candidate.last - 1].end
        mentions.append(
            Mention(
                actor=identity,
                article=ledger.article.id,
                start=start,
                end=end,
                text=ledger.article.text[start:end],
                how=reference.how,
                why=reference.why,
            )
        )
    by_number = {draft.number: draft for draft in ledger.drafts}
    actors = {ids[number]: _actor(ledger, by_number[number], ids[number]) for number in ids}
    return tuple(mentions), tuple(actors.values())


def _id(ledger: Ledger, draft: Draft, first: int) -> str:
    """A known actor has one id everywhere, another one of its own in its article."""
    if draft.key is not None and draft.kind != "person":
        return make_id("actor", draft.key)
    place = ledger.parse.tokens[first].start if draft.anonymous else ""
    return make_id("actor", ledger.article.id, draft.kind, draft.name, place)


def _actor(ledger: Ledger, draft: Draft, identity: str) -> Actor:
    name = draft.name
    if draft.kind == "person" and draft.names and not draft.anonymous:
        name = max(draft.names, key=lambda spelling: (len(spelling.split()), spelling == draft.name))
    return Actor(
        id=identity,
        name=name,
        kind=draft.kind,
        country=draft.country,
        sector=draft.sector,
        names=tuple(sorted(draft.names or {name: None})),
        offices=tuple(_offices(ledger, draft)),
        key=draft.key,
        gender=draft.gender,
        anonymous=draft.anonymous,
        grounds=tuple(_grounds(ledger, draft)),
        made_by=MADE_BY,
    )


def _grounds(ledger: Ledger, draft: Draft) -> Iterable[Ground]:
    """The reasons for a draft's state, and for the words that proved to mean it, each once; a state needs none."""
    if draft.kind == "state":
        return ()
    found: dict[tuple[str, str], Ground] = {}
    tokens = ledger.parse.tokens
    for ground in draft.grounds:
        evidence: tuple[Span, ...] = ()
        if ground.first >= 0:
            last = min(ground.last, ledger.parse.sentence_of(ground.first).last)
            evidence = (ledger.article.span(tokens[ground.first].start, tokens[last - 1].end),)
        found.setdefault((ground.of, ground.why), Ground(of=ground.of, why=ground.why, evidence=evidence))
    return tuple(found.values())


def _offices(ledger: Ledger, draft: Draft) -> Iterable[Office]:
    """The offices that the text gives a person, each once, the spans in which it does as evidence."""
    found: dict[str, Office] = {}
    for title in draft.titles:
        if not title.is_office:
            continue
        words, first = _words(ledger, title)
        if any(ledger.codebook.loaded_words.find(words)):
            continue  # "dictator" tells who is meant, and whose side the text takes; it is nobody's office
        span = _span(ledger, first, title.head + 1 if title.plural else title.office_end)
        known = found.get(words.casefold())
        of = title.of or title.country or (draft.of if title.possessor is not None or title.owner is not None else None)
        if of is None and draft.country is not None and title.sector != "IGO":
            of = draft.country
        term = term_behind(ledger.article.text, span.end)
        if known is None:
            found[words.casefold()] = Office(
                title=words,
                of=of,
                since=term.since if term else None,
                until=term.until if term else None,
                former=title.former,
                evidence=(span,),
            )
        elif span not in known.evidence:
            found[words.casefold()] = Office(
                title=known.title,
                of=known.of or of,
                since=known.since or (term.since if term else None),
                until=known.until or (term.until if term else None),
                former=known.former or title.former,
                evidence=(*known.evidence, span),
            )
    return [*found.values(), *ledger.careers.get(draft.number, ())]


def _words(ledger: Ledger, title: TitlePhrase) -> tuple[str, int]:
    """The title's words without "former" and the like, and the token where they begin; one of several has the singular."""
    first = title.core
    if title.plural:
        return title.title.title, first
    tokens = ledger.parse.tokens
    former = ledger.codebook.mentions.former
    while first < title.head and (tokens[first].text.lower() in former or tokens[first].text == "-"):
        first += 1
    return ledger.text(first, max(title.office_end, title.head + 1)), first


def _span(ledger: Ledger, first: int, last: int) -> Span:
    tokens = ledger.parse.tokens
    return ledger.article.span(tokens[first].start, tokens[last - 1].end)
