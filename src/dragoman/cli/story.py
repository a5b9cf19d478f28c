"""`dragoman forecasts`, `why`, `watch` and `compare`: what was foretold, why it came so, what is new, pairs side by side."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dragoman.cli.desk import Format, FormatOption
from dragoman.cli.options import (
    AsOfOption,
    SettingsOption,
    StateA,
    StateB,
    StoreOption,
    codebook_of,
    parse_day,
    settings_of,
    store_of,
)
from dragoman.cli.output import console, emit, say

if TYPE_CHECKING:
    from dragoman.codebook import Codebook
    from dragoman.record import Actor, Article, History, Span
    from dragoman.record.dossier import Entry
    from dragoman.relate.news import Row
    from dragoman.relate.outlook import Forecast
    from dragoman.relate.outlook import Record as SpeakerRecord
    from dragoman.relate.why import Reason

NOTHING_FOUND = 1


class _Numbers:
    """The articles behind an answer, numbered in the order in which they are first named."""

    def __init__(self, history: History) -> None:
        self._articles = {article.id: article for article in history.articles}
        self._numbers: dict[str, int] = {}
        self._quoted: set[Span] = set()

    def mark(self, span: Span) -> str:
        """The words of a span with the number of their article."""
        number = self._numbers.setdefault(span.article, len(self._numbers) + 1)
        return f'"{" ".join(span.text.split())}" [{number}]'

    def once(self, span: Span) -> str:
        """The words of a span as `mark` gives them, or where they were quoted before only the number."""
        if span in self._quoted:
            return f"[{self._numbers[span.article]}], words quoted above"
        self._quoted.add(span)
        return self.mark(span)

    def sources(self) -> Iterator[str]:
        """The numbered articles, a line each."""
        for article_id, number in self._numbers.items():
            yield f"[{number}] {_source(self._articles[article_id])}"


def _source(article: Article) -> str:
    title = article.title or article.text.strip().split("\n", 1)[0][:120]
    day = _day(article.published) if article.published else "undated"
    return f"{title}, {day} ({article.url or article.source})"


def _day(day: date) -> str:
    from dragoman.relate.wording import day_words

    return day_words(day)


def _history(settings: Path | None, store: str | None) -> tuple[History, Codebook]:
    from dragoman.run.history import history_of

    chosen = settings_of(settings, store)
    codebook = codebook_of(chosen)
    return history_of(store_of(chosen), codebook), codebook


def _spans(spans: Iterable[Span]) -> list[dict[str, Any]]:
    return [{"article": span.article, "start": span.start, "end": span.end, "text": span.text} for span in spans]


def _dump(value: Any) -> None:
    emit([json.dumps(value, ensure_ascii=False, indent=2)])


def _print(lines: Iterable[tuple[str, bool]]) -> None:
    """Print lines, those marked True in the background."""
    from rich.text import Text

    out = console()
    for text, is_dim in lines:
        out.print(Text(text, style="dim" if is_dim and out.is_terminal else ""))


def forecasts(
    a: StateA,
    b: StateB,
    form: FormatOption = Format.TEXT,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """List what is expected and intended of two states: who said it, when, for when, what came of it, by which words."""
    from dragoman.relate.choose import choose
    from dragoman.relate.outlook import outlook, records
    from dragoman.run.lookup import find_party

    history, codebook = _history(settings, store)
    first, second = (find_party(name, codebook, history) for name in (a, b))
    _two(first, second)
    found = outlook(history, choose(history, first.id, second.id, codebook), codebook.outcomes)
    tallies = records(history, found)
    if form is Format.JSON:
        _dump(
            {
                "first": first.name,
                "second": second.name,
                "forecasts": [_forecast_object(one) for one in found],
                "records": [
                    {"speaker": one.speaker, "name": one.who, "met": one.met, "failed": one.failed, "open": one.open}
                    for one in tallies
                ],
            }
        )
    elif found:
        numbers = _Numbers(history)
        lines = [line for one in found for line in _forecast_lines(one, numbers)]
        _print([*lines, *_record_lines(tallies), ("", False), *((source, False) for source in numbers.sources())])
    if not found:
        say(f"The articles tell nothing that is expected or intended of {first.name} and {second.name}.")
        raise typer.Exit(NOTHING_FOUND)


def _two(first: Actor, second: Actor) -> None:
    from dragoman.errors import UnknownNameError

    if first.id == second.id:
        raise UnknownNameError(f"{first.name} twice: name two states or bodies.")


def _forecast_lines(one: Forecast, numbers: _Numbers) -> Iterator[tuple[str, bool]]:
    who = f"{one.who} ({one.office})" if one.office else one.who
    said = _day(one.said) if one.said else "undated"
    yield f"{said}: {who}, {one.act}: {one.what}", False
    outcome = {"met": "came true", "failed": "did not come true", "open": "open"}[one.outcome]
    if one.outcome == "open" and one.over:
        outcome = "open: its time has passed, and no article tells what came of it"
    yield f"    {_due(one)}; {outcome}", False
    yield f"    {one.statement}  {' … '.join(map(numbers.mark, one.words))}", True
    for span in one.evidence:
        yield f"    told by {numbers.mark(span)}", True


def _due(one: Forecast) -> str:
    if one.due_from and one.due_by:
        if one.due_from == one.due_by:
            return f"due {_day(one.due_by)}"
        return f"due from {_day(one.due_from)} to {_day(one.due_by)}"
    if one.due_by:
        return f"due by {_day(one.due_by)}"
    return f"due from {_day(one.due_from)}" if one.due_from else "no date given"


def _record_lines(tallies: Sequence[SpeakerRecord]) -> Iterator[tuple[str, bool]]:
    if tallies:
        yield "", False
        yield "Of all that they foretold or intended in the articles:", False
    for one in tallies:
        yield f"    {one.who}: {one.met} came true, {one.failed} did not, {one.open} open", False


def _forecast_object(one: Forecast) -> dict[str, Any]:
    return {
        "statement": one.statement,
        "speaker": one.speaker,
        "name": one.who,
        "office": one.office,
        "act": one.act,
        "said": one.said and one.said.isoformat(),
        "what": one.what,
        "due": {"start": one.due_from and one.due_from.isoformat(), "end": one.due_by and one.due_by.isoformat()},
        "over": one.over,
        "outcome": one.outcome,
        "words": _spans(one.words),
        "outcome_evidence": _spans(one.evidence),
    }


def why(
    event: Annotated[str, typer.Argument(metavar="EVENT", help="An event's id, or the beginning of it.")],
    form: FormatOption = Format.TEXT,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """Tell the chain of reasons before an event, as the articles and the speakers in them give it, with the words."""
    from dragoman.errors import UnknownNameError
    from dragoman.record import Event
    from dragoman.relate.why import reasons_before
    from dragoman.run.lookup import find_record

    history, codebook = _history(settings, store)
    found = find_record(history, event)
    if not isinstance(found, Event):
        raise UnknownNameError(f"{found.id} is no event: an event's id begins with event-, as timeline prints it.")
    chain = reasons_before(history, found, codebook)
    if form is Format.JSON:
        _dump(_reason_object(chain))
    else:
        numbers = _Numbers(history)
        lines = list(_reason_lines(chain, numbers, 0))
        _print([*lines, ("", False), *((source, False) for source in numbers.sources())])
    if not chain.reasons:
        say("No article and no speaker gives a reason for it.")
        raise typer.Exit(NOTHING_FOUND)


_WORDS_SHOWN = 2
"""Reports quoted of one step; `show` has them all."""


def _reason_lines(one: Reason, numbers: _Numbers, depth: int) -> Iterator[tuple[str, bool]]:
    indent = "    " * depth
    because = "" if depth == 0 else "because: "
    when = f"{one.when}: " if one.when else ""
    by = f"{one.by}: " if one.by and one.kind != "event" else ""
    after = f", according to {one.by}" if one.by and one.kind == "event" else ""
    fact = f" ({one.factuality})" if one.factuality not in (None, "happened") else ""
    yield f"{indent}{because}{when}{by}{one.text}{after}{fact}", False
    marks = " … ".join(map(numbers.once, one.words[:_WORDS_SHOWN]))
    more = f" and {len(one.words) - _WORDS_SHOWN} more" if len(one.words) > _WORDS_SHOWN else ""
    yield f"{indent}  {one.record}  {marks}{more}", True
    if one.again:
        yield f"{indent}  its reasons stand above", True
    if one.cut:
        yield f"{indent}  and so on: dragoman why {one.record}", True
    for reason in one.reasons:
        yield from _reason_lines(reason, numbers, depth + 1)


def _reason_object(one: Reason) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "id": one.record,
        "when": one.when,
        "text": one.text,
        "by": one.by,
        "factuality": one.factuality,
        "words": _spans(one.words),
        "again": one.again,
        "cut": one.cut,
        "reasons": [_reason_object(reason) for reason in one.reasons],
    }


def watch(
    a: StateA,
    b: StateB,
    since: Annotated[
        str,
        typer.Option(
            help="The first day of what is new, as 2023-04-21: articles published from then on.", metavar="DATE"
        ),
    ],
    form: FormatOption = Format.TEXT,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """Tell what is new between two states since a day: events, states and statements that no earlier article told."""
    from dragoman.relate.describe import describe_statement
    from dragoman.relate.sides import make_sides
    from dragoman.relate.standing import relation_title
    from dragoman.run.answers import news_of_pair

    day = parse_day(since)
    assert day is not None
    chosen = settings_of(settings, store)
    codebook = codebook_of(chosen)
    found = news_of_pair(store_of(chosen), codebook, a, b, day)
    history, news = found.history, found.news
    articles = {article.id: article for article in history.articles}
    sides = make_sides(history.actors)
    numbers = _Numbers(history)
    rules = codebook.relations
    anything = news.events or news.begun or news.ended or news.statements or news.settled

    def value(dimension: str, name: str) -> str:
        return rules.dimensions[dimension].values[name]

    said = [
        (one, sides.name(one.speaker) if one.speaker else "not named", describe_statement(one, articles))
        for one in news.statements
    ]
    if form is Format.JSON:
        _dump(
            {
                "first": found.first,
                "second": found.second,
                "since": day.isoformat(),
                "articles": news.articles,
                "undated_articles": news.undated,
                "events": [_entry_object(entry) for entry in news.events],
                "states": [
                    {
                        "id": one.id,
                        "what": relation_title(one, sides, rules),
                        "value": one.value,
                        "since": one.since and one.since.isoformat(),
                        "until": one.until and one.until.isoformat(),
                        "new": kind,
                        "words": _spans(one.evidence),
                    }
                    for kind, group in (("begun", news.begun), ("ended", news.ended))
                    for one in group
                ],
                "statements": [
                    {"id": one.id, "name": who, "act": one.act, "text": text, "words": _spans([one.content])}
                    for one, who, text in said
                ],
                "settled": [_forecast_object(one) for one in news.settled],
            }
        )
    elif anything:
        lines: list[tuple[str, bool]] = []
        for heading, block in (
            (
                "States",
                [line for one in news.begun for line in _state_lines(one, sides, rules, numbers, "begun")]
                + [line for one in news.ended for line in _state_lines(one, sides, rules, numbers, "ended")],
            ),
            ("Events", [line for entry in news.events for line in _entry_lines(entry, numbers)]),
            (
                "Statements",
                [
                    line
                    for one, who, text in said
                    for line in (
                        (f"{who}, {one.act}: {text}", False),
                        (f"    {one.id}  {numbers.mark(one.content)}", True),
                    )
                ],
            ),
            (
                "What came of what was foretold",
                [line for one in news.settled for line in _forecast_lines(one, numbers)],
            ),
        ):
            if block:
                lines += [("", False)] if lines else []
                lines += [(heading, False), *((f"  {text}", dim) for text, dim in block)]
        _print([*lines, ("", False), *((source, False) for source in numbers.sources())])
    if news.undated:
        count = f"{news.undated} {'article' if news.undated == 1 else 'articles'}"
        say(f"{count} about the two without a date left aside: nobody can say whether they are new.")
    if not anything:
        say(f"Nothing new between {found.first} and {found.second} since {day}.")
        raise typer.Exit(NOTHING_FOUND)


def _state_lines(one: Any, sides: Any, rules: Any, numbers: _Numbers, kind: str) -> Iterator[tuple[str, bool]]:
    from dragoman.relate.standing import relation_title

    words = rules.dimensions[one.dimension].values[one.value]
    when = f"since {_day(one.since)}" if one.since else "since an unknown day"
    if one.until:
        when += f", until {_day(one.until)}"
    yield f"{relation_title(one, sides, rules)}: {words}, {when}{' (now over)' if kind == 'ended' else ''}", False
    yield f"    {one.id}  {numbers.mark(one.evidence[0])}", True


def _entry_lines(entry: Entry, numbers: _Numbers) -> Iterator[tuple[str, bool]]:
    by = f", according to {entry.by}" if entry.by else ""
    yield f"{entry.when or 'undated'}: {entry.text}{by}", False
    yield f"    {entry.event}  {' … '.join(numbers.mark(reference.span) for reference in entry.references[:2])}", True


def _entry_object(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.event,
        "when": entry.when,
        "start": entry.start and entry.start.isoformat(),
        "end": entry.end and entry.end.isoformat(),
        "text": entry.text,
        "by": entry.by,
        "codes": entry.codes,
        "score": entry.score,
        "sources": entry.sources,
        "background": entry.background,
        "words": _spans(reference.span for reference in entry.references),
    }


def compare(
    names: Annotated[
        list[str], typer.Argument(metavar="A B C...", help="States or bodies: each pair of them is a row.")
    ],
    as_of: AsOfOption = None,
    form: FormatOption = Format.TEXT,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """Set several pairs of states side by side: where each stands, what changed last, events of conflict and cooperation."""
    from dragoman.run.answers import compare_named

    day = parse_day(as_of)
    chosen = settings_of(settings, store)
    rows = compare_named(store_of(chosen), codebook_of(chosen), names, day)
    if form is Format.JSON:
        _dump([_row_object(row) for row in rows])
    else:
        _print_rows(rows, day)
    if not any(row.dossier.sources for row in rows):
        say("No article tells anything between any two of them.")
        raise typer.Exit(NOTHING_FOUND)


def _row_object(row: Row) -> dict[str, Any]:
    return {
        "first": row.first,
        "second": row.second,
        "standing": [
            {
                "relation": one.relation,
                "what": one.what,
                "value": one.value,
                "since": one.since,
                "disputed": one.disputed,
            }
            for one in row.dossier.standing
            if one.between_the_two
        ],
        "last_change": row.last and _entry_object(row.last),
        "conflict": row.conflict,
        "cooperation": row.cooperation,
        "neutral": row.neutral,
        "articles": len(row.dossier.sources),
    }


def _print_rows(rows: Sequence[Row], day: date | None) -> None:
    lines: list[tuple[str, bool]] = [(f"As of {_day(day)}" if day else "As the articles leave things", False)]
    for row in rows:
        lines.append(("", False))
        lines.append((f"{row.first} and {row.second}", False))
        if not row.dossier.sources:
            lines.append(("    no article tells anything between the two", False))
            continue
        standing = [one for one in row.dossier.standing if one.between_the_two]
        for one in standing:
            disputed = " (reports contradict each other)" if one.disputed else ""
            lines.append((f"    {one.what}: {one.value}, since {one.since}{disputed}", False))
        if not standing:
            lines.append(("    no state told", False))
        if row.last is not None:
            lines.append((f"    last change: {row.last.when or 'undated'}: {row.last.text}", False))
            lines.append((f"        {row.last.event}", True))
        counts = f"{row.conflict} of conflict, {row.cooperation} of cooperation"
        neutral = f", {row.neutral} neither" if row.neutral else ""
        sources = len(row.dossier.sources)
        lines.append((f"    events: {counts}{neutral}; {sources} {'article' if sources == 1 else 'articles'}", False))
    _print(lines)
