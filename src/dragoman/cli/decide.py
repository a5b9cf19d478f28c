"""`dragoman actors`, `events`, `statements` and `articles`: what a person decides about the record.

A verb is one function, whatever it is about; it is registered in each group in which it can be said, and the group tells
what it is about.
"""

from __future__ import annotations

import json
from typing import Annotated, Any

import typer

from dragoman.cli import checking, records
from dragoman.cli.desk import (
    HELP,
    NOTHING_FOUND,
    AuthorOption,
    Format,
    FormatOption,
    LimitOption,
    ListsFirst,
    ReasonOption,
    actor_of,
    article_of,
    done,
    event_of,
    open_desk,
    party_of,
)
from dragoman.cli.options import SettingsOption, StoreOption, codebook_of, settings_of
from dragoman.cli.output import console, emit, say


def _group(name: str, words: str) -> typer.Typer:
    return typer.Typer(name=name, cls=ListsFirst, help=f"{words} Without a command: list.", context_settings=HELP)


actors_app = _group("actors", "List who acts in the articles, and decide who is one and who is two.")
events_app = _group("events", "List the events, and decide which are right, what they are, and which are one.")
statements_app = _group("statements", "List who said what, and decide which are right and what they are.")
articles_app = _group("articles", "List the articles and how much of them was checked; mark what is no part of one.")

ThisArgument = Annotated[str, typer.Argument(metavar="A", help="An actor's name or id, or an event's id.")]
OtherArgument = Annotated[str, typer.Argument(metavar="B", help="The other one's.")]
ActorArgument = Annotated[str, typer.Argument(metavar="A", help="An actor: a spelling of its name, or its id.")]
FindingArguments = Annotated[list[str], typer.Argument(metavar="ID...", help="Ids as list prints them, or beginnings.")]
FindingArgument = Annotated[str, typer.Argument(metavar="ID", help="An id as list prints it, or the beginning of one.")]
ArticleArgument = Annotated[str, typer.Argument(metavar="ARTICLE", help="The article's id, or the beginning of it.")]
WordsArgument = Annotated[str, typer.Argument(metavar="WORDS", help="The words, just as they stand in the article.")]
NthOption = Annotated[int, typer.Option(min=1, help="Which time, where the words stand there more than once.")]
InArticleOption = Annotated[
    str | None, typer.Option("--article", help="Only the report of this article, by its id.", metavar="ID")
]
TypeOption = Annotated[
    str | None,
    typer.Option("--type", help="The type, with its mode behind a slash: SANCTION/withdraw.", metavar="TYPE"),
]
ModeOption = Annotated[str | None, typer.Option(help="The mode alone; an empty one takes it away.", metavar="MODE")]
ContextOption = Annotated[
    list[str] | None, typer.Option("--context", help="A context; may be repeated. none: no context.", metavar="WORD")
]
ActorsOption = Annotated[
    list[str] | None,
    typer.Option(
        "--actor",
        help="Who acts: a name, code or id of the record, or a new one as person:NAME:STATE, body:NAME or group:NAME; "
        "may be repeated. none: nobody named.",
        metavar="NAME",
    ),
]
RecipientsOption = Annotated[
    list[str] | None, typer.Option("--recipient", help="Toward whom, as --actor.", metavar="NAME")
]
WhenOption = Annotated[
    str | None,
    typer.Option(
        help="When: 2023-04-18, 2023-04, 2023, 2023-Q2, 2023-04-18..2023-04-20, before 2020, since 2014, or none.",
        metavar="TIME",
    ),
]
WhereOption = Annotated[str | None, typer.Option(help="Where; none where it is not told.", metavar="PLACE")]
ObjectOption = Annotated[
    str | None,
    typer.Option(
        "--object", help="What was acted on, where states follow from it: ambassador, border.", metavar="WORD"
    ),
]
FactualityOption = Annotated[
    str | None, typer.Option(help="happened, future, hypothetical or negated.", metavar="WORD")
]
HistoricalOption = Annotated[
    bool | None, typer.Option("--historical/--current", help="Long before the story's own time, or of it.")
]
SpeakerOption = Annotated[
    str | None, typer.Option(help="Who said it, as --actor names one; none: nobody named.", metavar="NAME")
]
ActOption = Annotated[
    str | None,
    typer.Option(
        help="claim, evaluation, demand, recommendation, expectation, intention, denial or question.", metavar="WORD"
    ),
]
DirectOption = Annotated[bool | None, typer.Option("--direct/--indirect", help="The speaker's own words, or reported.")]
DueOption = Annotated[
    str | None, typer.Option(help="By when it should come true, as --when writes it.", metavar="TIME")
]


def merge(
    ctx: typer.Context,
    a: ThisArgument,
    b: OtherArgument,
    author: AuthorOption = None,
    reason: ReasonOption = None,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """Decide that two are one, in all articles, those still to come too."""
    from dragoman.run import decide

    desk = open_desk(settings, store, author)
    find = _finder(ctx)
    done(desk, decide.merge(desk, find(desk, a), find(desk, b), reason=reason))


def apart(
    ctx: typer.Context,
    a: ThisArgument,
    b: OtherArgument,
    author: AuthorOption = None,
    reason: ReasonOption = None,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """Decide that two that might be one are two; they are no candidates any more, and nothing joins them."""
    from dragoman.run import decide

    desk = open_desk(settings, store, author)
    find = _finder(ctx)
    done(desk, decide.keep_apart(desk, find(desk, a), find(desk, b), reason=reason))


def split(
    ctx: typer.Context,
    a: ThisArgument,
    part: Annotated[
        str | None,
        typer.Argument(
            help="The part that is another one: the id of an article or of a record in it, or one of an actor's names. "
            "May be left out where an actor has just two names."
        ),
    ] = None,
    author: AuthorOption = None,
    reason: ReasonOption = None,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """Decide that one record is two in truth; without PART, say which parts there are."""
    from dragoman.run import decide

    desk = open_desk(settings, store, author)
    whole = actor_of(desk, a) if _noun(ctx) == "actors" else event_of(desk, a)
    done(desk, decide.split(desk, whole, part, reason=reason))


def rename(
    a: ActorArgument,
    name: Annotated[str, typer.Argument(help="The name to show.")],
    author: AuthorOption = None,
    reason: ReasonOption = None,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """Decide by which name an actor is shown; it is still found by all its spellings."""
    from dragoman.run import decide

    desk = open_desk(settings, store, author)
    done(desk, decide.rename(desk, actor_of(desk, a), name, reason=reason))


def link(
    a: ActorArgument,
    scheme: Annotated[str, typer.Argument(metavar="LIST", help="Whose id it is: wikidata, or another list's name.")],
    identity: Annotated[str, typer.Argument(metavar="ID", help="The actor's id there, such as Q212.")],
    author: AuthorOption = None,
    reason: ReasonOption = None,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """Write down which record of another list is the same actor; exports carry it under same_as."""
    from dragoman.run import decide

    desk = open_desk(settings, store, author)
    done(desk, decide.link(desk, actor_of(desk, a), scheme, identity, reason=reason))


def candidates(
    ctx: typer.Context,
    limit: LimitOption = 50,
    form: FormatOption = Format.TEXT,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """List the pairs that may be one, the likeliest first, with what speaks for and against it."""
    from dragoman.relate.describe import describe_event
    from dragoman.relate.sides import make_sides
    from dragoman.run.decide import open_candidates

    history = records.load_history(settings, store)
    register = None
    if _noun(ctx) == "actors":
        register = codebook_of(settings_of(settings, store)).register
        names = {entry.id: f"{entry.names[0]} (register, {entry.id})" for entry in register.entries}
        names |= {actor.id: actor.name for actor in history.actors}
    else:
        articles, sides = {article.id: article for article in history.articles}, make_sides(history.actors)
        names = {event.id: describe_event(event, articles, sides) for event in history.events}
    found = open_candidates(history, _noun(ctx).removesuffix("s"), register)
    _print_candidates(found, names, _noun(ctx), limit, form)


def accept(
    ids: FindingArguments,
    article: InArticleOption = None,
    author: AuthorOption = None,
    reason: ReasonOption = None,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """Decide that findings are right as they are shown."""
    from dragoman.run import correct

    desk = open_desk(settings, store, author)
    targets = [correct.find_target(desk, one, article) for one in ids]
    done(desk, *(correct.accept(desk, target, reason=reason) for target in targets))


def reject(
    ids: FindingArguments,
    article: InArticleOption = None,
    author: AuthorOption = None,
    reason: ReasonOption = None,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """Decide that findings are wrong; they leave the record, and another reading does not bring them back."""
    from dragoman.run import correct

    desk = open_desk(settings, store, author)
    targets = [correct.find_target(desk, one, article) for one in ids]
    done(desk, *(correct.reject(desk, target, reason=reason) for target in targets))


def change_event(
    event: FindingArgument,
    kind: TypeOption = None,
    mode: ModeOption = None,
    contexts: ContextOption = None,
    actors: ActorsOption = None,
    recipients: RecipientsOption = None,
    when: WhenOption = None,
    where: WhereOption = None,
    acted_on: ObjectOption = None,
    factuality: FactualityOption = None,
    historical: HistoricalOption = None,
    article: InArticleOption = None,
    author: AuthorOption = None,
    reason: ReasonOption = None,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """Decide what an event is: its type, who did it to whom, when, and whether it happened."""
    from dragoman.run import correct

    desk = open_desk(settings, store, author)
    written = _written(
        type=kind,
        mode=mode,
        contexts=contexts,
        actors=actors,
        recipients=recipients,
        when=when,
        where=where,
        object=acted_on,
        factuality=factuality,
        historical=historical,
    )
    done(desk, correct.change(desk, correct.find_target(desk, event, article), written, reason=reason))


def change_statement(
    statement: FindingArgument,
    speaker: SpeakerOption = None,
    act: ActOption = None,
    direct: DirectOption = None,
    due: DueOption = None,
    author: AuthorOption = None,
    reason: ReasonOption = None,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """Decide who said it, and what kind of saying it is."""
    from dragoman.run import correct

    desk = open_desk(settings, store, author)
    written = _written(speaker=speaker, act=act, direct=direct, due=due)
    done(desk, correct.change(desk, correct.find_target(desk, statement), written, reason=reason))


def add_event(
    article: ArticleArgument,
    words: WordsArgument,
    kind: TypeOption = None,
    contexts: ContextOption = None,
    actors: ActorsOption = None,
    recipients: RecipientsOption = None,
    when: WhenOption = None,
    where: WhereOption = None,
    acted_on: ObjectOption = None,
    factuality: FactualityOption = None,
    historical: HistoricalOption = None,
    nth: NthOption = 1,
    author: AuthorOption = None,
    reason: ReasonOption = None,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """Decide that words of an article name an event that was missed. It needs a --type."""
    from dragoman.run import correct

    desk = open_desk(settings, store, author)
    written = _written(
        type=kind,
        contexts=contexts,
        actors=actors,
        recipients=recipients,
        when=when,
        where=where,
        object=acted_on,
        factuality=factuality,
        historical=historical,
    )
    there = article_of(desk, article)
    done(desk, correct.add_event(desk, there.id, *correct.place_of(there, words, nth), written, reason=reason))


def add_statement(
    article: ArticleArgument,
    words: WordsArgument,
    speaker: SpeakerOption = None,
    act: ActOption = None,
    direct: DirectOption = None,
    due: DueOption = None,
    nth: NthOption = 1,
    author: AuthorOption = None,
    reason: ReasonOption = None,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """Decide that words of an article are the content of a statement that was missed."""
    from dragoman.run import correct

    desk = open_desk(settings, store, author)
    written = _written(speaker=speaker, act=act, direct=direct, due=due)
    there = article_of(desk, article)
    done(desk, correct.add_statement(desk, there.id, *correct.place_of(there, words, nth), written, reason=reason))


def furniture(
    article: ArticleArgument,
    words: WordsArgument,
    kind: Annotated[
        str,
        typer.Option(
            help="What it is: teaser, navigation, share, newsletter, comments, advertisement, legal, caption, credits, "
            "contact or repeat.",
            metavar="WORD",
        ),
    ] = "navigation",
    nth: NthOption = 1,
    author: AuthorOption = None,
    reason: ReasonOption = None,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """Decide that words on a page are no part of the article; what was found in them leaves the record."""
    from dragoman.run import correct

    desk = open_desk(settings, store, author)
    there = article_of(desk, article)
    done(desk, correct.mark_furniture(desk, there.id, *correct.place_of(there, words, nth), kind, reason=reason))


actors_app.command("list", short_help="List who acts in the articles.")(records.actors)
events_app.command("list", short_help="List the events in the order of the articles.")(checking.list_events)
statements_app.command("list", short_help="List who said what, in the order of the articles.")(checking.list_statements)
articles_app.command("list", short_help="List the articles and how much was checked.")(checking.list_articles)
for _app, _what in ((actors_app, "actors"), (events_app, "events")):
    _app.command("candidates", short_help=f"List which {_what} might be one, for a person to decide.")(candidates)
    _app.command("merge", no_args_is_help=True, short_help=f"Decide that two {_what} are one.")(merge)
    _app.command("apart", no_args_is_help=True, short_help=f"Decide that two {_what} that might be one are two.")(apart)
    _app.command("split", no_args_is_help=True, short_help=f"Decide that one of the {_what} is two.")(split)
actors_app.command("rename", no_args_is_help=True, short_help="Decide by which name an actor is shown.")(rename)
actors_app.command("link", no_args_is_help=True, short_help="Link an actor with its record elsewhere.")(link)
for _app, _what in ((events_app, "events"), (statements_app, "statements")):
    _app.command("accept", no_args_is_help=True, short_help=f"Decide that {_what} are right.")(accept)
    _app.command("reject", no_args_is_help=True, short_help=f"Decide that {_what} are wrong.")(reject)
events_app.command("change", no_args_is_help=True, short_help="Decide what an event is.")(change_event)
events_app.command("add", no_args_is_help=True, short_help="Add an event that was missed.")(add_event)
statements_app.command("change", no_args_is_help=True, short_help="Decide who said it and how.")(change_statement)
statements_app.command("add", no_args_is_help=True, short_help="Add a statement that was missed.")(add_statement)
articles_app.command("furniture", no_args_is_help=True, short_help="Mark what is no part of an article.")(furniture)


def _noun(ctx: typer.Context) -> str:
    """What the group of a command is about: actors, events, statements or articles."""
    assert ctx.parent is not None
    return str(ctx.parent.command.name)


def _finder(ctx: typer.Context) -> Any:
    return party_of if _noun(ctx) == "actors" else event_of


def _written(**given: Any) -> dict[str, Any]:
    """The fields that were given, as a person writes them."""
    words = {True: "yes", False: "no"}
    return {
        name: words[value] if isinstance(value, bool) else value for name, value in given.items() if value is not None
    }


def _print_candidates(found: list[Any], names: dict[str, str], kind: str, limit: int, form: Format) -> None:
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
