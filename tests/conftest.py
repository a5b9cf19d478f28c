"""What all tests share: one codebook and one reader, loaded once a session, and handmade documents."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from dragoman.codebook import Codebook
from dragoman.read import Pipeline, build_reader
from dragoman.record import Actor, Article, DatePhrase, Document, Event, Mention, Office, Span, Statement, When
from dragoman.record.ids import make_id
from dragoman.record.statement import Act
from dragoman.record.text import article_id
from dragoman.record.when import Precision
from dragoman.run.examples import example_files
from dragoman.run.inputs import open_inputs
from dragoman.run.local import read_into
from dragoman.run.view.room import Room
from dragoman.settings import Settings
from dragoman.store import open_store

# The same examples in each run, and no clock: a property fails for what the code does, never for how busy the machine is.
# `pytest --hypothesis-profile=search` looks for new ones.
_NO_CLOCK: dict[str, Any] = {
    "deadline": None,
    "suppress_health_check": [hypothesis.HealthCheck.too_slow, hypothesis.HealthCheck.function_scoped_fixture],
}
hypothesis.settings.register_profile("house", derandomize=True, database=None, **_NO_CLOCK)
hypothesis.settings.register_profile("search", derandomize=False, **_NO_CLOCK)
hypothesis.settings.load_profile("house")


@pytest.fixture(scope="session")
def codebook() -> Codebook:
    """The project's own codebook."""
    return Codebook()


@pytest.fixture(scope="session")
def reader(codebook: Codebook) -> Pipeline:
    """The English reader with every stage."""
    return build_reader(codebook)


@pytest.fixture(scope="session")
def read_text(reader: Pipeline) -> Callable[..., Document]:
    """A function that reads a text, dated where `published` is given, into a document."""

    def read(text: str, published: str | None = None) -> Document:
        article = Article(
            id=article_id(text),
            source="test",
            text=text,
            published=date.fromisoformat(published) if published else None,
            published_from="given" if published else None,
            language="en",
        )
        return reader.read([Document(article=article)])[0]

    return read


@pytest.fixture(scope="session")
def make_room(codebook: Codebook) -> Callable[[Path], Room]:
    """A function that opens a room on a store's file, made where there is none."""

    def make(path: Path) -> Room:
        return Room(store=open_store(path, create=True), codebook=codebook, settings=Settings(store=path))

    return make


@pytest.fixture(scope="session")
def room(tmp_path_factory: pytest.TempPathFactory, reader: Pipeline, make_room: Callable[[Path], Room]) -> Room:
    """A room on the example articles; nobody may change it."""
    found = make_room(tmp_path_factory.mktemp("web") / "examples.sqlite3")
    for _step in read_into(found.store, open_inputs(example_files()), reader, 16):
        pass
    return found


@dataclass
class Sheet:
    """An article under construction; every method finds its words in the text and returns the record's id."""

    article: Article
    actors: dict[str, Actor] = field(default_factory=dict)
    mentions: list[Mention] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    dates: list[DatePhrase] = field(default_factory=list)

    def at(self, words: str) -> Span:
        """The span of the first place of the words."""
        start = self.article.text.index(words)
        return self.article.span(start, start + len(words))

    def state(self, code: str, name: str) -> str:
        """A state, with a mention at each place of its name."""
        return self._add(
            Actor(id=self._id(code), name=name, kind="state", country=code, sector="GOV", names=(name,), key=code)
        )

    def body(self, key: str, name: str) -> str:
        """A body that no state owns."""
        return self._add(Actor(id=self._id(key), name=name, kind="body", sector="IGO", names=(name,), key=key))

    def person(self, name: str, country: str | None, sector: str = "GOV", *titles: str, former: bool = False) -> str:
        """A person who acts for a state, with offices whose titles stand in the text."""
        offices = tuple(Office(title=t, of=country, former=former, evidence=(self.at(t),)) for t in titles)
        return self._add(
            Actor(
                id=self._id(name),
                name=name,
                kind="person",
                country=country,
                sector=sector,
                names=(name,),
                offices=offices,
            )
        )

    def _id(self, name: str) -> str:
        return make_id("actor", self.article.id, name)

    def _add(self, actor: Actor) -> str:
        self.actors[actor.id] = actor
        at = self.article.text.find(actor.name)
        while at >= 0:
            end = at + len(actor.name)
            self.mentions.append(
                Mention(actor=actor.id, article=self.article.id, start=at, end=end, text=actor.name, how="name")
            )
            at = self.article.text.find(actor.name, end)
        return actor.id

    def event(
        self,
        sentence: str,
        trigger: str,
        kind: str,
        actors: list[str],
        recipients: list[str] | None = None,
        *,
        day: str | None = None,
        score: float = 0.0,
        **more: object,
    ) -> str:
        """An event of type/mode `kind` in a sentence of the text."""
        evidence = self.at(sentence)
        start = evidence.start + sentence.index(trigger)
        type_, _, mode = kind.partition("/")
        when = more.pop("when", None)
        if day is not None:
            when = When(start=date.fromisoformat(day), end=date.fromisoformat(day), precision="day", phrase=None)
        event = Event(
            id=make_id("event", self.article.id, sentence, trigger, kind),
            type=type_,
            mode=mode or None,
            actors=tuple(actors),
            recipients=tuple(recipients or ()),
            evidence=(evidence,),
            trigger=self.article.span(start, start + len(trigger)),
            score=score,
            when=when,  # type: ignore[arg-type]  # the keyword's value is a When or None
        )
        self.events.append(replace(event, **more))  # type: ignore[arg-type]  # a test's own keywords
        return event.id

    def statement(
        self,
        speaker: str | None,
        words: str,
        act: Act = "claim",
        *,
        direct: bool = True,
        **more: object,
    ) -> str:
        """A statement whose content are the words."""
        content = self.at(words)
        statement = Statement(
            id=make_id("statement", self.article.id, words),
            speaker=speaker,
            speaker_words=None,
            cue=None,
            content=content,
            direct=direct,
            act=act,
        )
        self.statements.append(replace(statement, **more))  # type: ignore[arg-type]  # a test's own keywords
        return statement.id

    def date(self, words: str, value: str, start: str, end: str, precision: Precision) -> None:
        """A time expression of the text with the days that it denotes."""
        span = self.at(words)
        when = When(start=date.fromisoformat(start), end=date.fromisoformat(end), precision=precision, phrase=span)
        self.dates.append(DatePhrase(span=span, kind="DATE", value=value, when=when, anchored=False))

    def document(self) -> Document:
        """The document as the reader would hand it over."""
        return Document(
            article=self.article,
            mentions=tuple(sorted(self.mentions, key=lambda m: (m.start, m.end))),
            actors=tuple(self.actors.values()),
            statements=tuple(self.statements),
            events=tuple(self.events),
            dates=tuple(self.dates),
        )


@pytest.fixture(scope="session")
def sheet() -> Callable[..., Sheet]:
    """A function that begins a handmade document on a text."""

    def begin(text: str, published: str | None = None, publisher: str | None = None, **more: object) -> Sheet:
        article = Article(
            id=article_id(text),
            source="test",
            text=text,
            title=text.split("\n")[0],
            publisher=publisher,
            published=date.fromisoformat(published) if published else None,
            language="en",
        )
        return Sheet(replace(article, **more))  # type: ignore[arg-type]  # a test's own keywords

    return begin
