"""What is PostgreSQL's own: how to reach it, its one write lock, its full-text index, and its error codes in words.

Many users share one database. A writing transaction takes an advisory lock first, so that writers follow each other as in
SQLite and none overwrites what it has not seen; readers see one state of the store and wait for nobody. Each transaction has a
connection of its own, so that none idles and a server that was restarted is found again. The words of an article
are indexed as letters and digits without their accents, so that a search finds the same in both databases.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

from dragoman.errors import MissingExtraError, StoreBusyError, StoreError
from dragoman.store.backend import CLOSE, OPEN, Found, pool_of

_LOCK = 0x4452474D
"""The number of the write lock among the database's advisory locks: "DRGM"."""
_INDEXED = 250_000
"""Characters of an article that are indexed: PostgreSQL's index of one text may have a megabyte."""
_LONGEST = 200
"""Characters of a word that are indexed."""
_WORD = re.compile(r"\w+")
_QUERY = re.compile(r'"([^"]+)"|(\S+)')
_AROUND = 90
"""Characters shown on either side of what was found."""


@dataclass(slots=True)
class Postgres:
    """A store in a PostgreSQL database; `place` is its address without the password."""

    address: URL
    busy_seconds: float
    kept: int = 0
    place: str = field(init=False)
    engine: Engine = field(init=False)

    def __post_init__(self) -> None:
        self.place = self.address.set(drivername="postgresql").render_as_string(hide_password=True)
        try:
            self.engine = create_engine(self.address, **pool_of(self.kept))
        except ImportError as error:
            raise MissingExtraError("A store in PostgreSQL needs psycopg: pip install 'dragoman[postgres]'.") from error

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state of the store throughout."""
        with self.words_for_errors(), self.engine.connect() as plain:
            connection = plain.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            with connection.begin():
                yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that holds the store's one write lock from its beginning; all of it is stored or nothing."""
        with self.words_for_errors(), self.engine.connect() as connection, connection.begin():
            wait = max(1, int(self.busy_seconds * 1000))
            connection.execute(text(f"SET LOCAL lock_timeout = {wait}"))
            connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _LOCK})
            connection.execute(text("SET LOCAL lock_timeout = 0"))
            yield connection

    @contextmanager
    def words_for_errors(self) -> Iterator[None]:
        """Turn PostgreSQL's errors into Dragoman's: one line, which store, what is wrong, what to do."""
        try:
            yield
        except DBAPIError as error:
            raise self._in_words(error.orig or error) from error
        except SQLAlchemyError as error:
            raise self._in_words(error) from error

    def _in_words(self, error: BaseException) -> StoreError:
        state = str(getattr(error, "sqlstate", None) or "")
        said = " ".join(str(error).split())
        if state == "55P03":
            return StoreBusyError(f"The store {self.place} is held by another process: wait until it has ended.")
        words = next((words for code, words in _WORDS.items() if state.startswith(code)), None)
        if words is None:
            words = _UNREACHED if not state else "failed ({error})"
        return StoreError(f"The store {self.place} {words.format(error=said)}.")

    def close(self) -> None:
        """Close the connections that were kept; the next transaction opens one."""
        self.engine.dispose()

    def index_words(self, connection: Connection, article: str, title: str | None, text_: str) -> None:
        """Make an article that was stored or changed findable by its words."""
        connection.execute(
            text(
                "INSERT INTO article_words (article, words) VALUES (:article, setweight(to_tsvector('simple', :title), 'A') "
                "|| to_tsvector('simple', :text)) ON CONFLICT (article) DO UPDATE SET words = EXCLUDED.words"
            ),
            {"article": article, "title": " ".join(_words(title or "")), "text": " ".join(_words(text_[:_INDEXED]))},
        )

    def search(self, queries: Sequence[str], limit: int) -> list[Found]:
        """Return the articles that hold all the words of any query, best first."""
        parsed = [terms for query in queries if (terms := _terms(query))]
        if not parsed:
            return []
        wanted = " | ".join(f"({' & '.join(map(_as_query, terms))})" for terms in parsed)
        statement = text(
            "SELECT article.id AS id, article.text AS text "
            "FROM article_words JOIN article ON article.id = article_words.article, "
            "to_tsquery('simple', :wanted) AS query WHERE article_words.words @@ query "
            "ORDER BY ts_rank_cd('{0.2, 0.2, 0.2, 1.0}', article_words.words, query, 1) DESC, article.id LIMIT :limit"
        )
        with self.reading() as connection:
            rows = connection.execute(statement, {"wanted": wanted, "limit": limit}).all()
        asked = [term for terms in parsed for term in terms]
        return [Found(row.id, _marked(row.text, asked)) for row in rows]


def postgres(address: str, busy_seconds: float, kept: int = 0) -> Postgres:
    """Return the backend of an address such as postgresql://ada@host/news; `StoreError` where it is none."""
    try:
        url = make_url(address)
    except ArgumentError as error:
        raise StoreError(f"{address!r} is no address of a database: write postgresql://user@host/database.") from error
    if not url.database:
        raise StoreError(f"{url.render_as_string()} names no database: write postgresql://user@host/database.")
    return Postgres(url.set(drivername="postgresql+psycopg"), busy_seconds, kept)


def _fold(words: str) -> str:
    """Small letters without accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", words.casefold()) if not unicodedata.combining(c))


def _words(passage: str) -> list[str]:
    return [word[:_LONGEST] for word in _WORD.findall(_fold(passage))]


Term = tuple[tuple[str, ...], bool]


def _terms(query: str) -> list[Term]:
    """The terms of a query, each its words and whether the last is only the beginning of one."""
    terms = []
    for phrase, word in _QUERY.findall(query):
        words = tuple(_words(phrase or word))
        if words:
            terms.append((words, not phrase and word.endswith("*")))
    return terms


def _as_query(term: Term) -> str:
    words, begins = term
    return "(" + " <-> ".join(f"'{word}'" for word in words) + (":*)" if begins else ")")


def _marked(passage: str, asked: Sequence[Term]) -> str:
    """The words around the first place of a term, all terms in them marked."""
    singles = {
        (words[-1] if begins else word, begins and word == words[-1]) for words, begins in asked for word in words
    }

    def is_asked(word: str) -> bool:
        folded = _fold(word)
        return any(folded.startswith(wanted) if begins else folded == wanted for wanted, begins in singles)

    places = [match.span() for match in _WORD.finditer(passage) if is_asked(match.group())]
    first = places[0][0] if places else 0
    start, end = max(0, first - _AROUND), min(len(passage), first + _AROUND * 2)
    while start > 0 and not passage[start - 1].isspace():
        start -= 1
    while end < len(passage) and not passage[end].isspace():
        end += 1
    out: list[str] = ["…" if start else ""]
    at = start
    for one, other in places:
        if at <= one and other <= end:
            out += [passage[at:one], OPEN, passage[one:other], CLOSE]
            at = other
    out += [passage[at:end], "…" if end < len(passage) else ""]
    return "".join(out)


_UNREACHED = "can't be reached ({error}): is the server running, and the address right?"
_WORDS: dict[str, Any] = {
    "08": _UNREACHED,
    "28": "does not let you in ({error}): mend the user or the password",
    "3D000": "is not there ({error}): create the database, or name another with --store",
    "42501": "may not be written: ask for the right to, or name another with --store",
    "53100": "has no room left on its disk: make room and run the same command again; what was stored is sound",
    "53": "is short of room or connections ({error}): wait and run the same command again; what was stored is sound",
    "57P": _UNREACHED,
    "25006": "may only be read: name another with --store",
    "25P03": _UNREACHED,
}
"""PostgreSQL's error codes and classes in words, the exact ones first."""
