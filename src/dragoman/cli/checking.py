"""`dragoman events list`, `statements list` and `articles list`: the findings, and what nobody has checked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.desk import NOTHING_FOUND, Format, FormatOption, LimitOption, OfArticleOption
from dragoman.cli.options import SettingsOption, StoreOption
from dragoman.cli.output import console, emit, say, told
from dragoman.cli.records import load_history

if TYPE_CHECKING:
    from dragoman.record import History

UncheckedOption = Annotated[bool, typer.Option("--unchecked", help="Only what nobody has checked.")]


def list_events(
    unchecked: UncheckedOption = False,
    article: OfArticleOption = None,
    limit: LimitOption = 200,
    form: FormatOption = Format.TEXT,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """List the events in the order of the articles and their words, with who did what to whom and who checked it."""
    from dragoman.cli.describe import when_words
    from dragoman.record.jsonl import to_line
    from dragoman.relate.wording import checked_words
    from dragoman.run.checking import events_in_order

    history = load_history(settings, store)
    found = events_in_order(history, unchecked=unchecked, article=_article(history, article))
    if form is Format.JSON:
        emit(map(to_line, found[:limit]))
    names = {actor.id: actor.name for actor in history.actors}
    out = console()
    for event in found[:limit] if form is Format.TEXT else ():
        kind = f"{event.type}/{event.mode}" if event.mode else event.type
        sides = [", ".join(names.get(one, one) for one in ids) or "nobody" for ids in (event.actors, event.recipients)]
        out.print(told(f"{event.id}  {kind}  {sides[0]} → {sides[1]}, {when_words(event.when)}; {event.factuality}"))
        out.print(told(_below(event.evidence[0].text, checked_words(event.checked)), "dim" if out.is_terminal else ""))
    _end(len(found), limit, "event", unchecked)


def list_statements(
    unchecked: UncheckedOption = False,
    article: OfArticleOption = None,
    limit: LimitOption = 200,
    form: FormatOption = Format.TEXT,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """List who said what in the order of the articles and their words, with what kind of saying and who checked it."""
    from dragoman.record.jsonl import to_line
    from dragoman.relate.wording import checked_words
    from dragoman.run.checking import statements_in_order

    history = load_history(settings, store)
    found = statements_in_order(history, unchecked=unchecked, article=_article(history, article))
    if form is Format.JSON:
        emit(map(to_line, found[:limit]))
    names = {actor.id: actor.name for actor in history.actors}
    out = console()
    for one in found[:limit] if form is Format.TEXT else ():
        speaker = names.get(one.speaker or "", one.speaker_words.text if one.speaker_words else "nobody named")
        out.print(told(f"{one.id}  {one.act}, {'direct' if one.direct else 'indirect'}  {speaker}"))
        out.print(told(_below(one.content.text, checked_words(one.checked)), "dim" if out.is_terminal else ""))
    _end(len(found), limit, "statement", unchecked)


def list_articles(
    unchecked: UncheckedOption = False,
    limit: LimitOption = 200,
    form: FormatOption = Format.TEXT,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """List the articles by publication, with how many findings each has and how many nobody has checked."""
    import json

    from dragoman.cli.marked import article_label
    from dragoman.run.checking import checked_articles

    found = [one for one in checked_articles(load_history(settings, store)) if one.unchecked or not unchecked]
    if form is Format.JSON:
        emit(
            json.dumps(
                {
                    "id": one.article.id,
                    "title": one.article.title,
                    "findings": one.findings,
                    "unchecked": one.unchecked,
                },
                ensure_ascii=False,
            )
            for one in found[:limit]
        )
    out = console()
    for one in found[:limit] if form is Format.TEXT else ():
        out.print(told(f"{one.article.id}  {one.findings:4} findings, {one.unchecked:4} unchecked"))
        out.print(told(f"    {article_label(one.article)}", "dim" if out.is_terminal else ""))
    _end(len(found), limit, "article", unchecked)


def _article(history: History, given: str | None) -> str | None:
    from dragoman.errors import UnknownNameError

    if given is None:
        return None
    found = [article.id for article in history.articles if article.id.startswith(given)]
    if len(found) != 1:
        fault = f"{len(found)} articles begin with" if found else "No article is called"
        raise UnknownNameError(f"{fault} {given!r}: dragoman articles lists them with their ids.", tuple(found[:3]))
    return found[0]


def _below(words: str, checked: str) -> str:
    return f"    {' '.join(words.split())}" + (f" ({checked})" if checked else "")


def _end(found: int, limit: int, what: str, unchecked: bool) -> None:
    if found > limit:
        say(f"{found - limit} more: --limit {found} lists all.")
    if not found:
        say(f"No {what} is left to check." if unchecked else f"No {what} here: read articles first.")
        raise typer.Exit(NOTHING_FOUND)
