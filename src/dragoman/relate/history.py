"""History: what many documents say together. The order in which they come makes no difference."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from dragoman.codebook import Codebook
from dragoman.record import Article, Decision, Document, Event, History, Join, Mention, Statement
from dragoman.record.history import join_order
from dragoman.relate.amend import amend
from dragoman.relate.contradict import link_denials
from dragoman.relate.decide import counting, settle
from dragoman.relate.forecast import settle_by_sentences, settle_outcomes
from dragoman.relate.identify import identify
from dragoman.relate.link import link_document
from dragoman.relate.merge import merge_events
from dragoman.relate.registered import resolve
from dragoman.relate.sides import make_sides, missing_states
from dragoman.relate.sources import find_sources
from dragoman.relate.state import derive_relations


def build_history(documents: Sequence[Document], codebook: Codebook, decisions: Sequence[Decision] = ()) -> History:
    """Return the complete history of many documents: joined, and with what only the whole of it tells."""
    return complete(join_documents(documents, codebook, decisions), codebook)


def complete(history: History, codebook: Codebook) -> History:
    """Return a joined history with what no single record tells, and what is therefore never kept but found when asked.

    Forecasts that no event settles are settled by the sentences of later articles, and denials are led to the claims and
    events of other articles.
    """
    history = replace(history, statements=settle_by_sentences(history, codebook))
    return replace(history, statements=link_denials(history, codebook))


def join_documents(documents: Sequence[Document], codebook: Codebook, decisions: Sequence[Decision] = ()) -> History:
    """Join the actors, merge the events and derive the relation states of many documents.

    What people decided (`relate.decide` says in which form) holds against whatever the program would have said. An article
    that comes twice counts once.
    """
    unique = {document.article.id: document for document in documents}
    ordered = sorted(unique.values(), key=lambda d: (d.article.published or date.max, d.article.id))
    log = decisions
    ordered = list(amend(ordered, counting(log), codebook).documents)
    decisions = settle(decisions, ordered).decisions
    identified = identify(ordered, decisions)
    if codebook.registers:
        identified = resolve(identified, ordered, codebook.register, (*counting(log), *decisions))
    actor_of = identified.actor_of
    actors = (*identified.actors, *missing_states(identified.actors, codebook.territories))
    sides = make_sides(actors)
    articles = tuple(document.article for document in ordered)
    by_id = {article.id: article for article in articles}
    events = [lead(event, actor_of) for document in ordered for event in link_document(document, codebook.relations)]
    merged = merge_events(
        events,
        by_id,
        sides,
        codebook.relations,
        find_sources(articles),
        called_in(ordered, actor_of),
        decided_joins(decisions),
    )
    mentions = [
        replace(mention, actor=actor_of.get(mention.actor, mention.actor))
        for document in ordered
        for mention in document.mentions or ()
    ]
    statements = [
        retell(statement, actor_of, merged.event_of) for document in ordered for statement in document.statements or ()
    ]
    history_events = tuple(relink(event, merged.event_of) for event in merged.events)
    reports: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        reports[merged.event_of[event.id]].append(event)
    relations = derive_relations(history_events, ordered, sides, codebook, reports, actor_of)
    history = History(
        articles=articles,
        actors=tuple(sorted(actors, key=lambda actor: actor.id)),
        mentions=tuple(sorted(mentions, key=lambda m: (_place(by_id, m), m.start, m.end, m.actor))),
        events=history_events,
        statements=tuple(sorted(statements, key=lambda statement: statement.id)),
        relations=relations,
        joins=tuple(sorted((*identified.joins, *merged.joins), key=join_order)),
    )
    return replace(history, statements=settle_outcomes(history, codebook))


def called_in(documents: Iterable[Document], actor_of: Mapping[str, str]) -> dict[tuple[str, str], frozenset[str]]:
    """Return what each article (its id) calls each joined actor."""
    names: dict[tuple[str, str], set[str]] = defaultdict(set)
    for document in documents:
        for actor in document.actors or ():
            names[(document.article.id, actor_of.get(actor.id, actor.id))].update((actor.name, *actor.names))
    return {place: frozenset(found) for place, found in names.items()}


def decided_joins(decisions: Sequence[Decision]) -> tuple[Join, ...]:
    """Return what persons decided about pairs of records, the last word on each pair, as joins."""
    last: dict[tuple[str, str], Join] = {}
    for decision in sorted(decisions, key=lambda decision: (decision.time, decision.id)):
        one, other = str(decision.body.get("one", "")), str(decision.body.get("other", ""))
        if decision.kind in ("join", "split") and one and other:
            low, high = sorted((one, other))
            reason = str(decision.body.get("reason") or "a person decided so")
            last[(low, high)] = Join(
                kind="event" if low.startswith("event-") else "actor",
                one=low,
                other=high,
                score=1.0,
                reasons=(reason,),
                joined=decision.kind == "join",
                decided_by=decision.author,
            )
    return tuple(last[pair] for pair in sorted(last))


def _place(articles: Mapping[str, Article], mention: Mention) -> tuple[date, str]:
    article = articles[mention.article]
    return article.published or date.max, article.id


def lead(event: Event, actor_of: Mapping[str, str]) -> Event:
    """Lead an event's parties to the joined actors, each once, in order."""
    actors = tuple(dict.fromkeys(actor_of.get(actor, actor) for actor in event.actors))
    recipients = tuple(dict.fromkeys(actor_of.get(actor, actor) for actor in event.recipients))
    return replace(event, actors=actors, recipients=recipients)


def retell(statement: Statement, actor_of: Mapping[str, str], event_of: Mapping[str, str]) -> Statement:
    """Lead a statement's speaker to the joined actor and what it is about to the merged events."""
    speaker = statement.speaker
    return replace(
        statement,
        speaker=None if speaker is None else actor_of.get(speaker, speaker),
        about=tuple(dict.fromkeys(event_of.get(event, event) for event in statement.about)),
        denies=tuple(dict.fromkeys(event_of.get(one, one) for one in statement.denies)),
    )


def raw_reasons(event: Event, reports: Sequence[Event]) -> Event:
    """Return a merged event with the reasons as its reports give them, before they are led to the merged events."""
    if not event.members:
        return replace(event, because=reports[0].because)
    return replace(event, because=tuple(sorted({cause for report in reports for cause in report.because})))


def relink(event: Event, event_of: Mapping[str, str]) -> Event:
    """Lead an event's reasons to the merged events; an event is no reason for itself."""
    because = dict.fromkeys(event_of.get(cause, cause) for cause in event.because)
    return replace(event, because=tuple(cause for cause in because if cause != event.id))
