"""What the commands by which a person decides share: the desk, their options, and how they answer."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from dragoman.cli.options import codebook_of, settings_of, store_of
from dragoman.cli.output import emit, say

if TYPE_CHECKING:
    from dragoman.codebook.register import Entry
    from dragoman.record import Actor, Article, Decision, Event
    from dragoman.run.desk import Desk

NOTHING_FOUND = 1
HELP = {"help_option_names": ["-h", "--help"]}


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


AuthorOption = Annotated[
    str | None,
    typer.Option(help="Who decides; without it the settings' author, then your login name.", metavar="NAME"),
]
ReasonOption = Annotated[str | None, typer.Option(help="Why, in a few words, for the log.", metavar="TEXT")]
FormatOption = Annotated[Format, typer.Option("--format", help="Text to read, or JSON for other programs.")]
LimitOption = Annotated[int, typer.Option(min=1, help="The most to list.")]
OfArticleOption = Annotated[
    str | None, typer.Option("--article", help="One article only, by its id or the beginning of it.", metavar="ID")
]


def open_desk(settings: Path | None, store: str | None, author: str | None = None) -> Desk:
    """Return the desk of whoever decides, over the store that the options name."""
    from dragoman.run.desk import author_of, sit_down

    chosen = settings_of(settings, store)
    return sit_down(store_of(chosen), codebook_of(chosen), author_of(chosen, author))


def actor_of(desk: Desk, words: str) -> Actor:
    """Return the actor that somebody means; the id of a single article's record leads to the joined actor."""
    from dragoman.run.decide import actor_of_record
    from dragoman.run.lookup import find_actor

    return actor_of_record(desk, words.strip()) or find_actor(words, desk.codebook, desk.history)


def party_of(desk: Desk, words: str) -> Actor | Entry:
    """Return the actor that somebody means, or the entry of the register that an id names and no actor is yet."""
    known = any(words.strip() in actor.same_as for actor in desk.history.actors)
    entry = None if known else desk.codebook.register.get(words.strip())
    return entry if entry is not None else actor_of(desk, words)


def event_of(desk: Desk, record_id: str) -> Event:
    """Return the event of an id; `UnknownNameError` where it is another record's."""
    from dragoman.errors import UnknownNameError
    from dragoman.record import Event
    from dragoman.run.lookup import find_record

    found = find_record(desk.history, record_id)
    if not isinstance(found, Event):
        raise UnknownNameError(f"{found.id} is no event: an event's id begins with event-, as events lists it.")
    return found


def article_of(desk: Desk, record_id: str) -> Article:
    """Return the article of an id; `UnknownNameError` where it is another record's."""
    from dragoman.errors import UnknownNameError
    from dragoman.record import Article
    from dragoman.run.lookup import find_record

    found = find_record(desk.history, record_id)
    if not isinstance(found, Article):
        raise UnknownNameError(f"{found.id} is no article: an article's id begins with article-, as articles lists it.")
    return found


def done(desk: Desk, *made: Decision) -> None:
    """Say what was decided and how to take it back, and join anew, so that the next answer has it."""
    from dragoman.run.decision_log import decision_words
    from dragoman.run.history import history_of
    from dragoman.store.decisions import decisions

    known = {one.id: one for one in decisions(desk.store)}
    history_of(desk.store, desk.codebook)
    emit([f"{one.id}  {decision_words(one, known)}" for one in made])
    if made:
        say(f"Decided by {desk.author}. To take it back: dragoman decisions undo {made[-1].id}")
