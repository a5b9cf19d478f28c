"""What people decided about findings, brought to the documents before they are joined.

A finding is an event or a statement of one article. It is corrected here, in the article's own record, so that everything
that is derived from it (merged events, states, the dossier) follows, and nothing has to be read again.

The body of a decision, by its kind; `findings` are the reports of one event, or one statement:

    accept, reject   `about` ("event" or "statement"), `findings`; `reason` (may be absent in all)
    change           `about`, `findings`, `set` (the corrected fields, as in `relate.finding`)
    add              `about`, `findings` (the one that was missed)
    furniture        `article`, `start`, `end`, `words`, `kind` (of furniture): a stretch that is no part of the article

A finding is `{"id", "article", "start", "end", "words", "type", "values"}`: the words that name an event, or a statement's
content; `type` as it was read (of an event); `values` as they were shown to who decided.

After another reading a finding is found by its id, else by its words. Whoever accepts or corrects a finding vouches for it:
where the reader no longer finds it, it stands as it was shown. A rejection holds for the type that was rejected; where the
reader now takes the words for another one, it no longer applies, and the log says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from dragoman.codebook import Codebook
from dragoman.record import Actor, Check, Decision, Document, Region, Span
from dragoman.record.decision import Verdict
from dragoman.record.ids import make_id
from dragoman.relate.anchor import Records, event_at, event_beside, statement_at
from dragoman.relate.finding import make_event, make_statement, with_event_values, with_statement_values

Fate = Literal["holds", "undone", "waits", "lapsed"]
"""What has become of a decision: it holds, was undone, waits for an article that holds what it is about, or no longer
applies, since the article was read anew and what it is about is gone."""

KINDS = frozenset({"accept", "reject", "change", "add", "furniture"})
"""The decisions on findings."""
PERSON = "person"
"""The `made_by` of what a person added."""


_MEANING = frozenset({"type", "mode", "object", "factuality", "actors", "recipients"})
"""Fields of an event that say what was done, by whom and whether: its words tell a state only by these."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejection:
    """Who took a finding out of the record: as wrong, or because its words are `furniture`."""

    by: str
    time: str
    decision: str
    furniture: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Amended:
    """The documents with what people decided about their findings, and what became of each decision.

    `reasons` say of a decision why it no longer applies, or holds otherwise than as read; `rejected` who took out which
    finding, by the finding's id; `names` lead from the ids that decisions bear to those of the findings today; `borrowed` are
    the references of the actors that an article has only by a decision, by the ids of the article and the actor.
    """

    documents: tuple[Document, ...]
    fates: Mapping[str, Fate] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
    rejected: Mapping[str, Rejection] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    borrowed: Mapping[tuple[str, str], Mapping[str, Any]] = field(default_factory=dict)


def amend(documents: Sequence[Document], decisions: Sequence[Decision], codebook: Codebook) -> Amended:
    """Return the documents after the decisions, which are those in force, in their order; other kinds are passed over."""
    chosen = [decision for decision in decisions if decision.kind in KINDS]
    if not chosen:
        return Amended(documents=tuple(documents))
    named = {str(one.get("id")) for decision in chosen for one in decision.body.get("findings") or ()}
    records = Records(documents)
    touched = {article for decision in chosen for article in _articles(decision)}
    drafts = {
        document.article.id: _Draft(document, records, codebook, named)
        for document in documents
        if document.article.id in touched
    }
    fates: dict[str, Fate] = {}
    reasons: dict[str, str] = {}
    for decision in chosen:
        told = [drafts[one].apply(decision, finding) for one, finding in _parts(decision) if one in drafts]
        words = [reason for _, reason in told if reason]
        fates[decision.id] = "waits" if not told else "holds" if any(holds for holds, _ in told) else "lapsed"
        if words:
            reasons[decision.id] = words[0]
    return Amended(
        documents=tuple(drafts[d.article.id].done() if d.article.id in drafts else d for d in documents),
        fates=fates,
        reasons=reasons,
        rejected={identity: out for draft in drafts.values() for identity, out in draft.rejected.items()},
        names={old: new for draft in drafts.values() for old, new in draft.names.items()},
        borrowed={
            (article, actor): reference
            for article, draft in drafts.items()
            for actor, reference in draft.borrowed.items()
        },
    )


def lenders(decision: Decision) -> set[str]:
    """Return the articles whose records of actors a decision names: they must be at hand for it to be carried out."""
    return {str(record["article"]) for record in _records(decision.body) if record.get("article")}


def _records(value: Any) -> list[Mapping[str, Any]]:
    """The records of single articles that references anywhere in a decision name."""
    if isinstance(value, Mapping):
        own = [one for one in value.get("records") or () if isinstance(one, Mapping)]
        return own + [found for part in value.values() for found in _records(part)]
    if isinstance(value, list):
        return [found for part in value for found in _records(part)]
    return []


def articles_of(decision: Decision) -> list[str]:
    """Return the articles whose findings a decision is about."""
    return _articles(decision) if decision.kind in KINDS else []


def _articles(decision: Decision) -> list[str]:
    return [article for article, _ in _parts(decision)]


def _parts(decision: Decision) -> list[tuple[str, Mapping[str, Any]]]:
    if decision.kind == "furniture":
        return [(str(decision.body.get("article")), decision.body)]
    return [(str(one.get("article")), one) for one in decision.body.get("findings") or ()]


class _Draft:
    """A document that is being corrected."""

    def __init__(self, document: Document, records: Records, codebook: Codebook, named: set[str]) -> None:
        self.document = document
        self.article = document.article
        self.records = records
        self.codebook = codebook
        self.named = named
        self.events = {event.id: event for event in document.events or ()}
        self.statements = {statement.id: statement for statement in document.statements or ()}
        self.actors = {actor.id: actor for actor in document.actors or ()}
        self.names: dict[str, str] = {}
        self.rejected: dict[str, Rejection] = {}
        self.checks: dict[str, list[Check]] = {}
        self.furniture: list[Region] = []
        self.borrowed: dict[str, Mapping[str, Any]] = {}

    def apply(self, decision: Decision, part: Mapping[str, Any]) -> tuple[bool, str | None]:
        """Carry out a decision on one of its findings; whether it holds, and a word to it."""
        if decision.kind == "furniture":
            return self._furnish(decision)
        about_event = decision.body.get("about") == "event"
        identity, word = self._event(decision, part) if about_event else self._statement(decision, part)
        if identity is None:
            return False, word
        if decision.kind == "reject":
            self.rejected[identity] = Rejection(by=decision.author, time=decision.time, decision=decision.id)
            return True, word
        values = decision.body.get("set") if decision.kind == "change" else part.get("values")
        values = values if isinstance(values, Mapping) else {}
        kind = values.get("type")
        if about_event and kind is not None and kind not in self.codebook.ontology.types:
            return False, f"the codebook knows no type {kind!r}"
        if about_event:
            event = self.events[identity]
            self.events[identity] = with_event_values(event, values, self.article, self.actor, self.codebook)
        else:
            self.statements[identity] = with_statement_values(self.statements[identity], values, self.actor)
        self.rejected.pop(identity, None)
        self._check(identity, decision, tuple(sorted(values)) if decision.kind == "change" else ())
        return True, word

    def _check(self, identity: str, decision: Decision, fields: tuple[str, ...]) -> None:
        verdicts: dict[str, Verdict] = {"accept": "accepted", "change": "corrected", "add": "added"}
        check = Check(
            by=decision.author,
            time=decision.time,
            verdict=verdicts[decision.kind],
            fields=fields,
            decision=decision.id,
        )
        self.checks.setdefault(identity, []).append(check)

    def _event(self, decision: Decision, part: Mapping[str, Any]) -> tuple[str | None, str | None]:
        """The id of the event that a decision means, made from its values where a person vouches for it; else why not."""
        given = str(part.get("id"))
        identity = self.names.get(given, given)
        if identity in self.events:
            return identity, None
        place, kind = (int(part["start"]), int(part["end"])), str(part.get("type"))
        free = [e for e in self.events.values() if e.id not in self.named and e.id not in self.rejected]
        if decision.kind == "add":  # what was missed may be found by now, or have been added by another person
            free = [e for e in self.events.values() if e.id not in self.rejected]
        found = event_at(free, place, kind) or event_beside(free, place, kind)
        if found is not None and (found.type == kind or decision.kind in {"accept", "change"}):
            self.names[given] = found.id
            return found.id, None
        if decision.kind == "reject":
            here = f"takes these words for {found.type}" if found is not None else "finds no such event there any more"
            return None, f"the reader {here}"
        values = part.get("values")
        if not isinstance(values, Mapping):
            return None, "the reader finds no such event there any more"
        if decision.kind != "add" and values.get("made_by") == PERSON:
            return None, "who added it took it back"
        if values.get("type") not in self.codebook.ontology.types:
            return None, f"the codebook knows no type {values.get('type')!r}"
        self.events[given] = make_event(given, values, self.article, self.actor)
        return given, None if decision.kind == "add" else "the reader no longer finds it; it stands as it was shown"

    def _statement(self, decision: Decision, part: Mapping[str, Any]) -> tuple[str | None, str | None]:
        given = str(part.get("id"))
        identity = self.names.get(given, given)
        if identity in self.statements:
            return identity, None
        free = [s for s in self.statements.values() if s.id not in self.named and s.id not in self.rejected]
        if decision.kind == "add":
            free = [s for s in self.statements.values() if s.id not in self.rejected]
        found = statement_at(free, (int(part["start"]), int(part["end"])))
        if found is not None:
            self.names[given] = found.id
            return found.id, None
        values = part.get("values")
        if decision.kind == "reject" or not isinstance(values, Mapping):
            return None, "the reader finds no such statement there any more"
        if decision.kind != "add" and values.get("made_by") == PERSON:
            return None, "who added it took it back"
        self.statements[given] = make_statement(given, values, self.article, self.actor)
        return given, None if decision.kind == "add" else "the reader no longer finds it; it stands as it was shown"

    def actor(self, reference: Mapping[str, Any]) -> str:
        """The id of an actor's reference in this article: its own record, another article's, or one made from it."""
        found = self.records.recorded(reference)
        here = [identity for identity in found if identity in self.actors] or self._called(reference)
        if here:
            return here[0]
        known = self.records.actor(found[0]) if found else None
        if known is None:
            key, name = reference.get("key"), str(reference.get("name", ""))
            known = Actor(
                id=make_id("actor", key) if key else make_id("actor", "decided", reference.get("kind"), name),
                name=name,
                kind=reference.get("kind", "body"),
                country=reference.get("country"),
                sector=reference.get("sector"),
                names=(name,),
                key=key,
                made_by=PERSON,
            )
        if known.id not in self.actors:
            self.actors[known.id] = known
            self.borrowed[known.id] = reference
        return known.id

    def _called(self, reference: Mapping[str, Any]) -> list[str]:
        """This article's actors that bear a reference's key, or where it names no record its name."""
        key, kind, name = reference.get("key"), reference.get("kind"), str(reference.get("name", "")).casefold()
        if key:
            return sorted(one.id for one in self.actors.values() if one.key == key)
        if reference.get("records"):
            return []
        own = (one for one in self.actors.values() if one.kind == kind and not one.anonymous)
        return sorted(one.id for one in own if one.name.casefold() == name)

    def _furnish(self, decision: Decision) -> tuple[bool, str | None]:
        body = decision.body
        start, end = int(body["start"]), int(body["end"])
        if self.article.text[start:end] != body.get("words"):
            return False, "other words stand there"
        self.furniture.append(Region(start=start, end=end, kind=str(body.get("kind"))))
        out = Rejection(by=decision.author, time=decision.time, decision=decision.id, furniture=True)
        within = [e.id for e in self.events.values() if _mostly_in(e.trigger, start, end)]
        within += [s.id for s in self.statements.values() if _mostly_in(s.content, start, end)]
        self.rejected.update((identity, out) for identity in within if identity not in self.rejected)
        return True, None

    def done(self) -> Document:
        """The corrected document; nothing in it points at what was taken out."""
        gone = self.rejected
        events = [
            replace(
                event,
                checked=tuple(self.checks.get(event.id, ())),
                reported_by=tuple(one for one in event.reported_by if one not in gone),
                because=tuple(one for one in event.because if one not in gone),
                evidence=self._outside(event.evidence),
            )
            for event in self.events.values()
            if event.id not in gone
        ]
        statements = [
            replace(
                statement,
                checked=tuple(self.checks.get(statement.id, ())),
                about=tuple(one for one in statement.about if one not in gone),
                denies=tuple(one for one in statement.denies if one not in gone),
            )
            for statement in self.statements.values()
            if statement.id not in gone
        ]
        document = replace(
            self.document,
            events=tuple(events),
            statements=tuple(statements),
            actors=tuple(self.actors.values()),
            struck=tuple(self._struck()),
        )
        return self._furnished(document) if self.furniture else document

    def _struck(self) -> Iterator[Span]:
        """The words of events that were taken out, or whose meaning was corrected: what they tell is the person's to say."""
        for identity, event in self.events.items():
            corrected = {name for check in self.checks.get(identity, ()) for name in check.fields}
            if identity in self.rejected or corrected & _MEANING:
                yield event.trigger

    def _outside(self, spans: tuple[Span, ...]) -> tuple[Span, ...]:
        """The spans outside of what was marked as furniture; all where none is."""
        kept = tuple(s for s in spans if not any(_mostly_in(s, f.start, f.end) for f in self.furniture))
        return kept or spans

    def _furnished(self, document: Document) -> Document:
        """The document with the marked stretches as furniture, and without what stood in them."""
        article = self.article
        furniture = sorted({*article.furniture, *self.furniture}, key=lambda r: (r.start, r.end, r.kind))

        def outside(start: int, end: int) -> bool:
            return not any(f.start <= start and end <= f.end for f in self.furniture)

        return replace(
            document,
            article=replace(
                article, furniture=tuple(furniture), sections=tuple(_cut(article.sections, self.furniture))
            ),
            mentions=tuple(m for m in document.mentions or () if outside(m.start, m.end)),
            dates=tuple(d for d in document.dates or () if outside(d.span.start, d.span.end)),
        )


def _mostly_in(span: Span, start: int, end: int) -> bool:
    return 2 * (min(span.end, end) - max(span.start, start)) > span.end - span.start


def _cut(regions: Iterable[Region], out: Iterable[Region]) -> list[Region]:
    """The regions without the stretches that were taken out, in their order."""
    left = list(regions)
    for gone in out:
        left = [
            replace(region, start=start, end=end)
            for region in left
            for start, end in (
                (region.start, min(region.end, max(gone.start, region.start))),
                (max(region.start, min(gone.end, region.end)), region.end),
            )
            if start < end
        ]
    return left
