"""Where things stand: the states that hold, since when as exactly as is known, and what the articles leave open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dragoman.codebook.relations import RelationRules
from dragoman.record import Event, History, Relation, When
from dragoman.record.dossier import Line, Standing
from dragoman.relate.choose import Choice
from dragoman.relate.portrait import references
from dragoman.relate.sides import Sides
from dragoman.relate.state import PRESUPPOSED, states_on
from dragoman.relate.wording import between_words, checked_words, day_words, list_words, possess, sentence, when_words

IMPLIED = "implied by"
"""How the note of a state begins that follows from another (`change.implied`)."""
OTHER_STATES = 6
"""States of third parties shown beside those between the two."""


def holding_states(history: History, choice: Choice, as_of: date | None) -> list[Relation]:
    """The states that hold, those between the two first, in the order of the codebook's dimensions."""
    if as_of is None:
        current = [relation for relation in history.relations if relation.until is None]
    else:
        current = list(states_on(history, as_of))
    ids = {relation.id for relation in current}
    own = [relation for relation in choice.relations if relation.id in ids]
    other = [relation for relation in choice.others if relation.id in ids]
    own.sort(key=lambda r: (-(r.since or date.min).toordinal(), r.dimension, r.of, r.id))
    other.sort(key=lambda r: (-(r.since or date.min).toordinal(), r.dimension, r.of, r.id))
    return own + other[:OTHER_STATES]


def standing_row(relation: Relation, choice: Choice, rules: RelationRules) -> Standing:
    """Return a state as a row of the table."""
    value = rules.dimensions[relation.dimension].values[relation.value]
    if relation.note and relation.note.startswith(IMPLIED):
        value = f"{value} ({relation.note})"
    return Standing(
        relation=relation.id,
        dimension=relation.dimension,
        what=shown_title(relation, choice, rules),
        value=value,
        since=since_words(relation, choice),
        disputed=bool(relation.conflicting),
        between_the_two={relation.of, relation.toward} == {choice.first, choice.second},
        references=references(relation.evidence, choice),
        checked=checked_words(
            check for event in choice.events if event.id in relation.cause for check in event.checked
        ),
    )


def shown_title(relation: Relation, choice: Choice, rules: RelationRules) -> str:
    """Return what the table calls a state, with the words that qualify it ("personal, on ...")."""
    title = relation_title(relation, choice.sides, rules)
    if not rules.dimensions[relation.dimension].directed and {relation.of, relation.toward} != {
        choice.first,
        choice.second,
    }:
        names = list_words(sorted(map(choice.sides.name, (relation.of, relation.toward))))
        title = f"{names}: {title[:1].lower()}{title[1:]}"
    if relation.dimension in ("recognition", "agreement") or not relation.note or relation.note == PRESUPPOSED:
        return title
    if relation.note.startswith(IMPLIED):
        return title
    return f"{title} ({relation.note})"


def since_words(relation: Relation, choice: Choice) -> str:
    """Return since when a state holds, as exactly as its cause is dated ("between 18 and 21 April 2023")."""
    numbers = sorted({choice.numbers[span.article] for span in relation.evidence if span.article in choice.numbers})
    if relation.since is None:
        if relation.reported is not None:
            return f"unknown, before {day_words(relation.reported)}"
        return "unknown, before " + list_words([f"[{number}]" for number in numbers])
    if relation.precision == "day":
        return day_words(relation.since)
    if relation.precision == "before":
        low = _not_before(relation, choice)
        return between_words(low, relation.since) if low else f"by {day_words(relation.since)}"
    cause = next((event for event in choice.events if event.id in relation.cause and event.when is not None), None)
    if cause is not None and cause.when is not None and cause.when.start == relation.since:
        return when_words(cause.when)
    if relation.precision == "year":
        return str(relation.since.year)
    return when_words(
        When(start=relation.since, end=relation.since, precision=relation.precision or "day", phrase=None)
    )


def _not_before(relation: Relation, choice: Choice) -> date | None:
    """The day of what the article gives as the reason of the cause: the state can't be older."""
    by_id = {event.id: event for event in choice.events}
    days = []
    for cause in relation.cause:
        for reason in by_id[cause].because if cause in by_id else ():
            when = by_id[reason].when if reason in by_id else None
            if when is not None and when.start is not None and relation.since and when.start <= relation.since:
                days.append(when.start)
    return max(days, default=None)


def unknown_lines(choice: Choice, holding: Sequence[Relation], rules: RelationRules) -> tuple[Line, ...]:
    """What the articles leave open about the states, in sentences."""
    found = []
    own = [relation for relation in holding if {relation.of, relation.toward} == {choice.first, choice.second}]
    for relation in own:
        if relation.dimension == "ambassador" and relation.value == "recalled":
            name = relation_title(relation, choice.sides, rules)
            found.append(Line(text=f"No article says whether {name} has gone back."))
        if relation.conflicting:
            title = shown_title(relation, choice, rules)
            found.append(
                Line(
                    text=f"Reports of this contradict each other: {title}. Both states are shown.",
                    references=references(relation.evidence, choice),
                )
            )
    spoken = _only_spoken_of(choice, rules, {relation.dimension for relation in own})
    found.extend(spoken)
    silent = [
        name.replace("_", " ")
        for name in rules.dimensions
        if name not in {relation.dimension for relation in own} and name not in ("recognition", "agreement")
    ]
    if silent:
        found.append(Line(text=f"No article reports a change of: {list_words(silent)}."))
    undated = [article for article in choice.sources if article.published is None]
    for article in undated:
        number = choice.numbers[article.id]
        found.append(Line(text=f"Article [{number}] has no date: what it tells without a day can't be placed in time."))
    return tuple(found)


_HOW = {"hypothetical": "as a possibility", "future": "as still to come", "negated": "as not happening"}


def _only_spoken_of(choice: Choice, rules: RelationRules, known: set[str]) -> list[Line]:
    """Changes that articles speak of as possible, foretold or denied only: they changed nothing."""
    found: dict[tuple[str, str], list[Event]] = {}
    for event in choice.between:
        if event.factuality == "happened":
            continue
        clause = event.evidence[0].text
        for rule in rules.rules:
            if event.factuality in rule.factuality:
                continue
            if rule.words is not None and rule.fits(
                type_=event.type, mode=event.mode, object_=event.object, clause=clause, factuality="happened"
            ):
                found.setdefault((rule.dimension, rule.value), []).append(event)
                break
    lines = []
    for dimension, value in sorted(found):
        events = found[(dimension, value)]
        if dimension in known:
            continue
        words = rules.dimensions[dimension].values[value]
        how = list_words(sorted({_HOW[event.factuality] for event in events}))
        name = dimension.replace("_", " ")
        lines.append(
            Line(
                text=f"{sentence(name)} “{words}” is spoken of {how}, not reported as done.",
                references=references([span for event in events for span in event.evidence], choice),
            )
        )
    return lines


def relation_title(relation: Relation, sides: Sides, rules: RelationRules) -> str:
    """Return what a dossier calls the relation's dimension ("Ukraine's ambassador to Belarus")."""
    dimension = rules.dimensions[relation.dimension]
    names = {"of": _quoted(relation.of, sides), "toward": _quoted(relation.toward, sides)}
    possessive = {f"{key}'s": possess(name) for key, name in names.items()}
    scope = (
        relation.note
        if relation.note and relation.note != PRESUPPOSED and not relation.note.startswith(IMPLIED)
        else dimension.unscoped.format_map(names)
    )
    title = dimension.title if scope or "{scope}" not in dimension.title else dimension.title.split(":")[0]
    return title.format_map({**names, **possessive, "scope": scope})


def _quoted(actor_id: str, sides: Sides) -> str:
    """The name of a side; of one that the codebook doesn't know, in quotation marks, since the words are the article's."""
    actor = sides.actors.get(actor_id)
    name = sides.name(actor_id)
    return f"“{name}”" if actor is not None and actor.kind == "group" and actor.key is None else name
