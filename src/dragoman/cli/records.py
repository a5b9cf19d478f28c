"""`dragoman actors`, `show`, `search` and `export`: the records and the words behind them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.options import SettingsOption, StoreOption, codebook_of, settings_of, store_of
from dragoman.cli.output import console, emit, say, told

if TYPE_CHECKING:
    from dragoman.record import History
    from dragoman.run.grounds import Grounds

NOTHING_FOUND = 1
_LISTED = 4
"""Spellings and offices listed of one actor; `show` has them all."""


class ExportFormat(StrEnum):
    """The forms of an export; `run.exporting.FORMS` writes them."""

    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"
    POLECAT = "polecat"
    GDELT = "gdelt"
    GDELT_MENTIONS = "gdelt-mentions"
    ICEWS = "icews"
    ACLED = "acled"
    FTM = "ftm"
    ANNOTATION = "annotation"
    TIMESKETCH = "timesketch"
    CLAIMREVIEW = "claimreview"
    GRAPHML = "graphml"
    LABEL_STUDIO = "label-studio"
    DOCCANO = "doccano"
    PRODIGY = "prodigy"
    BRAT = "brat"


class ListFormat(StrEnum):
    """The forms of a list."""

    TEXT = "text"
    JSON = "json"


class TableKind(StrEnum):
    """The records that make a table."""

    ARTICLE = "article"
    ACTOR = "actor"
    MENTION = "mention"
    STATEMENT = "statement"
    EVENT = "event"
    RELATION = "relation"


def load_history(settings: Path | None, store: str | None) -> History:
    """Return the joined history of the store that the options name."""
    from dragoman.run.history import history_of

    chosen = settings_of(settings, store)
    return history_of(store_of(chosen), codebook_of(chosen))


def actors(
    query: Annotated[str | None, typer.Argument(help="Words of a name, in any spelling that the articles use.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="The most actors to list.")] = 50,
    form: Annotated[ListFormat, typer.Option("--format", help="Text to read, or JSON for other programs.")] = (
        ListFormat.TEXT
    ),
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """List who acts in the articles, the most mentioned first; with QUERY also why the program says so of each."""
    from dragoman.run.grounds import grounds_of, reason_lines, step_words
    from dragoman.run.lookup import find_actors

    history = load_history(settings, store)
    found = find_actors(history, query)
    if not found:
        say(f"No actor's name holds {query!r}: try fewer letters." if query else "No actor yet: read articles first.")
        raise typer.Exit(NOTHING_FOUND)
    shown = found[:limit]
    rests = grounds_of(history, [actor for actor, _count in shown])
    if form is ListFormat.JSON:
        emit(_actor_line(grounds) for grounds in rests)
    else:
        out = console()
        width = min(40, max(len(actor.name) for actor, _count in shown))
        dim = "dim" if out.is_terminal else ""
        for (actor, count), grounds in zip(shown, rests, strict=True):
            out.print(told(f"{actor.name:{width}}  {actor.kind:6}  {actor.country or '':3}  {count:5}  {actor.id}"))
            others = [name for name in actor.names if name != actor.name]
            if others:
                more = f", and {len(others) - _LISTED} more" if len(others) > _LISTED else ""
                out.print(told(f"    also: {', '.join(others[:_LISTED])}{more}", style=dim))
            if query:
                for line in (*(f"office: {step_words(step)}" for step in grounds.career), *reason_lines(grounds)):
                    out.print(told(f"    {line}", style=dim))
                continue
            offices = list(dict.fromkeys(f"former {o.title}" if o.former else o.title for o in actor.offices))
            if offices:
                more = f", and {len(offices) - _LISTED} more" if len(offices) > _LISTED else ""
                out.print(told(f"    office: {', '.join(offices[:_LISTED])}{more}", style=dim))
    if len(found) > limit:
        say(f"{len(found) - limit} more: --limit {len(found)} lists all.")


def _actor_line(grounds: Grounds) -> str:
    """An actor as JSON: its record, how often it is mentioned, its career in order, and the joins that made it."""
    import json
    from dataclasses import replace

    from dragoman.record.jsonl import to_object

    whole = to_object(grounds.actor)
    whole["mentioned"] = len(grounds.mentions)
    whole["offices"] = to_object(replace(grounds.actor, offices=tuple(s.office for s in grounds.career)))["offices"]
    whole["joins"] = [to_object(join) for join in (*grounds.joins, *grounds.candidates)]
    whole["mentions"] = [to_object(mention) for mention in grounds.mentions]
    return json.dumps(whole, ensure_ascii=False)


def show(
    record_id: Annotated[str, typer.Argument(metavar="ID", help="A record's id, or the beginning of one.")],
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """Show a record with its evidence: the article, the line, and the words marked in their paragraph."""
    from dragoman.cli.describe import describe
    from dragoman.run.lookup import find_record

    history = load_history(settings, store)
    out = console()
    for line in describe(find_record(history, record_id), history, styled=out.is_terminal):
        out.print(line)


def search(
    words: Annotated[
        list[str], typer.Argument(help='Words that must all occur; "a phrase" in quotes, beg* for a beginning.')
    ],
    limit: Annotated[int, typer.Option(min=1, help="The most articles to list.")] = 20,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """Find articles by their words, in any script; a name is found in all its spellings."""
    from dragoman.cli.marked import article_label, marked
    from dragoman.run.finding import search_articles

    chosen = settings_of(settings, store)
    hits = search_articles(store_of(chosen), " ".join(words), codebook_of(chosen), limit)
    if not hits:
        say(f"No article holds {' '.join(words)!r}: try fewer words, or a beginning such as {words[0][:4]}*.")
        raise typer.Exit(NOTHING_FOUND)
    out = console()
    for hit in hits:
        out.print(told(f"{hit.article.id}  {article_label(hit.article)}"))
        out.print(
            "    ",
            marked(((" ".join(words.split("\n")), found) for words, found in hit.pieces), out.is_terminal),
            sep="",
        )


def export(
    form: Annotated[
        ExportFormat, typer.Option("--format", help="The form: our own, or the columns of another program.")
    ] = ExportFormat.JSONL,
    records: Annotated[
        TableKind, typer.Option("--records", help="Which table, for CSV to standard output.")
    ] = TableKind.EVENT,
    output: Annotated[
        Path | None,
        typer.Option(
            help="A file, or a folder for csv, parquet and brat; a manifest is written beside it. Without it, standard output.",
            metavar="PATH",
        ),
    ] = None,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """Write the whole record, or what another program's form can hold of it."""
    from dragoman.errors import SettingsError
    from dragoman.run.exporting import FORMS, export_lines, export_to
    from dragoman.run.history import history_of

    chosen = settings_of(settings, store)
    opened, codebook = store_of(chosen), codebook_of(chosen)
    if output is None and form in {ExportFormat.PARQUET, ExportFormat.BRAT}:
        raise SettingsError(f"--format {form.value} writes several files: name a folder with --output.")
    history = history_of(opened, codebook)
    if output is None:
        lines, coding = export_lines(history, codebook, form.value, records.value)
        emit(lines)
        left_out: Mapping[str, int] = coding.left_out
    else:
        exported = export_to(output, history, codebook, form.value, refusals=opened.refusals())
        left_out = exported.left_out
        say(f"Written to {exported.path}, what it was made from to {exported.manifest}.")
    if left_out:
        told_counts = ", ".join(f"{count} {reason}" for reason, count in sorted(left_out.items()))
        say(f"Left out, since {FORMS[form.value].words} can't hold them: {told_counts}.")
