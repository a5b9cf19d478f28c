"""`dragoman actors`, `events` and `decisions`: what a person decides about the record, and the log of it."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from dragoman.cli import records
from dragoman.cli.options import SettingsOption, StoreOption, codebook_of, settings_of, store_of
from dragoman.cli.output import console, emit, say

if TYPE_CHECKING:
    from dragoman.codebook import Codebook
    from dragoman.record import Actor, Decision, Event, History
    from dragoman.settings import Settings
    from dragoman.store import Store

NOTHING_FOUND = 1
_HELP = {"help_option_names": ["-h", "--help"]}


class Format(StrEnum):
    """The forms of an answer."""

    TEXT = "text"
    JSON = "json"


class ListsFirst(TyperGroup):
    """A group of commands that lists when it is called without one: `actors kyzym` is `actors list kyzym`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put `list` before what is no command of the group."""
        if not args or (args[0] not in self.commands and args[0] not in ctx.help_option_names):
            args = ["list", *args]
        return super().parse_args(ctx, args)


actors_app = typer.Typer(
    name="actors",
    cls=ListsFirst,
    help="List who acts in the articles, and decide who is one and who is two. Without a command: list.",
    context_settings=_HELP,
)
events_app = typer.Typer(
    name="events",
    help="Decide which reports tell one event and which tell two.",
    no_args_is_help=True,
    context_settings=_HELP,
)
decisions_app = typer.Typer(
    name="decisions",
    cls=ListsFirst,
    help="List what people decided, undo it, and pass it on. Without a command: list.",
    context_settings=_HELP,
)

ActorA = Annotated[str, typer.Argument(metavar="A", help="An actor: a spelling of its name, or its id.")]
ActorB = Annotated[str, typer.Argument(metavar="B", help="The other one.")]
EventA = Annotated[str, typer.Argument(metavar="EVENT", help="An event's id, or the beginning of it.")]
EventB = Annotated[str, typer.Argument(metavar="OTHER", help="The other one's.")]
AuthorOption = Annotated[
    str | None,
    typer.Option(help="Who decides; without it the settings' author, then your login name.", metavar="NAME"),
]
ReasonOption = Annotated[str | None, typer.Option(help="Why, in a few words, for the log.", metavar="TEXT")]
FormatOption = Annotated[Format, typer.Option("--format", help="Text to read, or JSON for other programs.")]
LimitOption = Annotated[int, typer.Option(min=1, help="The most to list.")]


class _Desk:
    """What a decision needs: the store, the joined history, and who decides."""

    def __init__(self, settings: Path | None, store: Path | None, author: str | None = None) -> None:
        from dragoman.run.history import history_of

        self.settings: Settings = settings_of(settings, store)
        self.codebook: Codebook = codebook_of(self.settings)
        self.store: Store = store_of(self.settings)
        self.history: History = history_of(self.store, self.codebook)
        self._author = author

    @property
    def author(self) -> str:
        from dragoman.run.decide import author_of

        return author_of(self.settings, self._author)

    def actor(self, words: str) -> Actor:
        from dragoman.run.decide import find_actor

        return find_actor(words, self.codebook, self.history)

    def event(self, record_id: str) -> Event:
        from dragoman.errors import UnknownNameError
        from dragoman.record import Event
        from dragoman.run.lookup import find_record

        found = find_record(self.history, record_id)
        if not isinstance(found, Event):
            raise UnknownNameError(f"{found.id} is no event: an event's id begins with event-, as timeline prints it.")
        return found

    def done(self, decision: Decision) -> None:
        """Say what was decided and how to take it back, and join anew, so that the next answer has it."""
        from dragoman.run.decide import decision_words
        from dragoman.run.history import history_of
        from dragoman.store.decisions import decisions

        known = {one.id: one for one in decisions(self.store)}
        history_of(self.store, self.codebook)
        emit([f"{decision.id}  {decision_words(decision, known)}"])
        say(f"Decided by {decision.author}. To take it back: dragoman decisions undo {decision.id}")


actors_app.command("list", short_help="List who acts in the articles.")(records.actors)


@actors_app.command("merge", no_args_is_help=True, short_help="Decide that two actors are one.")
def merge(
    a: ActorA,
    b: ActorB,
    author: AuthorOption = None,
    reason: ReasonOption = None,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """Decide that two actors are one, in all articles, those still to come too."""
    from dragoman.run.decide import merge_actors

    desk = _Desk(settings, store, author)
    one, other = desk.actor(a), desk.actor(b)
    desk.done(merge_actors(desk.store, desk.history, one, other, author=desk.author, reason=reason))


@actors_app.command("split", no_args_is_help=True, short_help="Decide that a part of an actor is somebody else.")
def split(
    a: ActorA,
    part: Annotated[
        str | None,
        typer.Argument(
            help="The part that is somebody else: one of its names, or the id of an article that means somebody else. "
            "May be left out where the actor has just two names."
        ),
    ] = None,
    author: AuthorOption = None,
    reason: ReasonOption = None,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """Decide that one actor of the record is two people or bodies in truth."""
    from dragoman.run.decide import split_actor

    desk = _Desk(settings, store, author)
    desk.done(split_actor(desk.store, desk.history, desk.actor(a), part, author=desk.author, reason=reason))


@actors_app.command("rename", no_args_is_help=True, short_help="Decide by which name an actor is shown.")
def rename(
    a: ActorA,
    name: Annotated[str, typer.Argument(help="The name to show.")],
    author: AuthorOption = None,
    reason: ReasonOption = None,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """Decide by which name an actor is shown; it is still found by all its spellings."""
    from dragoman.run.decide import rename_actor

    desk = _Desk(settings, store, author)
    desk.done(rename_actor(desk.store, desk.history, desk.actor(a), name, author=desk.author, reason=reason))


@actors_app.command("link", no_args_is_help=True, short_help="Link an actor with its record elsewhere.")
def link(
    a: ActorA,
    scheme: Annotated[str, typer.Argument(metavar="LIST", help="Whose id it is: wikidata, or another list's name.")],
    identity: Annotated[str, typer.Argument(metavar="ID", help="The actor's id there, such as Q212.")],
    author: AuthorOption = None,
    reason: ReasonOption = None,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """Write down which record of another list is the same actor; exports carry it under same_as."""
    from dragoman.run.decide import link_actor

    desk = _Desk(settings, store, author)
    actor = desk.actor(a)
    desk.done(link_actor(desk.store, desk.history, actor, scheme, identity, author=desk.author, reason=reason))


@actors_app.command("candidates", short_help="List who might be one, for a person to decide.")
def actor_candidates(
    limit: LimitOption = 50,
    form: FormatOption = Format.TEXT,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """List the pairs of actors that may be one, the likeliest first, with what speaks for and against it."""
    from dragoman.run.decide import open_candidates

    desk = _Desk(settings, store)
    names = {actor.id: actor.name for actor in desk.history.actors}
    _candidates(open_candidates(desk.history, "actor"), names, "actors", limit, form)


@events_app.command("merge", no_args_is_help=True, short_help="Decide that two events are one.")
def merge_event(
    event: EventA,
    other: EventB,
    author: AuthorOption = None,
    reason: ReasonOption = None,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """Decide that two events of the record are one thing that happened."""
    from dragoman.run.decide import merge_events

    desk = _Desk(settings, store, author)
    one, two = desk.event(event), desk.event(other)
    desk.done(merge_events(desk.store, desk.history, one, two, author=desk.author, reason=reason))


@events_app.command("split", no_args_is_help=True, short_help="Decide that a report tells another event.")
def split_one(
    event: EventA,
    part: Annotated[
        str | None, typer.Argument(help="The report that tells another event, by its id or by its article's.")
    ] = None,
    author: AuthorOption = None,
    reason: ReasonOption = None,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """Decide that some of an event's reports tell another one; without PART, say which reports there are."""
    from dragoman.run.decide import split_event

    desk = _Desk(settings, store, author)
    desk.done(split_event(desk.store, desk.history, desk.event(event), part, author=desk.author, reason=reason))


@events_app.command("candidates", short_help="List which events might be one, for a person to decide.")
def event_candidates(
    limit: LimitOption = 50,
    form: FormatOption = Format.TEXT,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """List the pairs of events that may be one, the likeliest first, with what speaks for it."""
    from dragoman.relate.describe import describe_event
    from dragoman.relate.sides import make_sides
    from dragoman.run.decide import open_candidates

    desk = _Desk(settings, store)
    articles = {article.id: article for article in desk.history.articles}
    sides = make_sides(desk.history.actors)
    words = {event.id: describe_event(event, articles, sides) for event in desk.history.events}
    _candidates(open_candidates(desk.history, "event"), words, "events", limit, form)


def _candidates(found: list[Any], names: dict[str, str], kind: str, limit: int, form: Format) -> None:
    from rich.text import Text

    if form is Format.JSON:
        emit(
            json.dumps(
                {
                    "one": join.one,
                    "one_name": names[join.one],
                    "other": join.other,
                    "other_name": names[join.other],
                    "score": join.score,
                    "reasons": list(join.reasons),
                },
                ensure_ascii=False,
            )
            for join in found[:limit]
        )
    elif not found:
        say(f"No {kind} are left for a person to decide.")
    else:
        out = console()
        for join in found[:limit]:
            out.print(Text(f"{join.score:.2f}  {names[join.one]}"))
            out.print(Text(f"      {names[join.other]}"))
            dim = "dim" if out.is_terminal else ""
            out.print(Text(f"      {'; '.join(join.reasons)}", style=dim))
            out.print(Text(f"      if they are one: dragoman {kind} merge {join.one} {join.other}", style=dim))
    if len(found) > limit:
        say(f"{len(found) - limit} more: --limit {len(found)} lists all.")
    if not found:
        raise typer.Exit(NOTHING_FOUND)


@decisions_app.command("list", short_help="List what people decided.")
def list_decisions(
    form: FormatOption = Format.TEXT, store: StoreOption = None, settings: SettingsOption = None
) -> None:
    """List what people decided, in the order of the log: when, who, what, and whether it holds."""
    from rich.text import Text

    from dragoman.run.decide import log_entries

    entries = log_entries(store_of(settings_of(settings, store)))
    if form is Format.JSON:
        emit(
            json.dumps(
                {
                    "id": entry.decision.id,
                    "time": entry.decision.time,
                    "author": entry.decision.author,
                    "kind": entry.decision.kind,
                    "words": entry.words,
                    "standing": entry.fate,
                },
                ensure_ascii=False,
            )
            for entry in entries
        )
    out = console()
    notes = {"holds": "", "undone": "  [undone]", "waits": "  [no article here holds what it is about]"}
    for entry in entries if form is Format.TEXT else ():
        one = entry.decision
        style = "dim" if out.is_terminal and entry.fate != "holds" else ""
        out.print(Text(f"{one.id}  {one.time}  {one.author}{notes[entry.fate]}", style=style))
        out.print(Text(f"    {entry.words}", style=style))
    if not entries:
        say("Nothing was decided yet: dragoman actors candidates lists what is left for a person.")
        raise typer.Exit(NOTHING_FOUND)


@decisions_app.command("undo", no_args_is_help=True, short_help="Take a decision back.")
def undo_decision(
    decision: Annotated[str, typer.Argument(metavar="ID", help="The decision's id, or the beginning of it.")],
    author: AuthorOption = None,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """Take a decision back. Nothing leaves the log: the undoing is an entry of its own, and can be undone."""
    from dragoman.run.decide import undo

    desk = _Desk(settings, store, author)
    desk.done(undo(desk.store, decision, author=desk.author))


@decisions_app.command("export", no_args_is_help=True, short_help="Write the log to a file for a colleague.")
def export_decisions(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write, JSON Lines; - is standard output.")],
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """Write all decisions, those undone too, as JSON Lines for a colleague's store."""
    from dragoman.run.decision_file import decision_lines
    from dragoman.run.files import write_lines
    from dragoman.store.decisions import decisions

    log = decisions(store_of(settings_of(settings, store)))
    if str(file) == "-":
        emit(decision_lines(log))
    else:
        write_lines(file, decision_lines(log))
        say(f"{len(log)} {'decision' if len(log) == 1 else 'decisions'} written to {file}.")


@decisions_app.command("import", no_args_is_help=True, short_help="Take in a colleague's decisions.")
def import_decisions(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file that decisions export wrote.")],
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """Add a colleague's decisions to the log. One that is there already is not added again."""
    from dragoman.run.decision_file import import_file
    from dragoman.run.history import history_of

    chosen = settings_of(settings, store)
    kept = store_of(chosen)
    taken = import_file(kept, file)
    if taken.new:
        history_of(kept, codebook_of(chosen))
    say(f"{taken.new} new, {taken.known} known already.")
