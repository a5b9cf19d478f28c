"""The tables of a dossier as CSV: header first, RFC 4180, a list in one cell joined by "; "."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from dragoman.errors import InputError
from dragoman.record.dossier import Dossier, Reference

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def dossier_table(dossier: Dossier, name: str) -> str:
    """Return one table of a dossier: `states`, `events`, `statements` or `foretold`."""
    makers = {"states": _states, "events": _events, "statements": _statements, "foretold": _foretold}
    if name not in makers:
        raise InputError(f"There is no table {name!r}: there are {', '.join(makers)}.")
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    for row in makers[name](dossier):
        writer.writerow([_cell(value) for value in row])
    return buffer.getvalue()


def _cell(value: object) -> str:
    """A value as text that no spreadsheet takes for a formula: an article's words come from anywhere."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) and not isinstance(value, float | int) else text


def _words(references: tuple[Reference, ...], dossier: Dossier) -> tuple[str, str]:
    """The words of some references, and where they stand."""
    sources = {source.number: source for source in dossier.sources}
    places = (
        f"{sources[one.number].title} ({sources[one.number].published}) {one.span.article}:{one.span.start}-{one.span.end}"
        if one.number in sources
        else f"{one.span.article}:{one.span.start}-{one.span.end}"
        for one in references
    )
    return "; ".join(" ".join(one.span.text.split()) for one in references), "; ".join(places)


def _states(dossier: Dossier) -> Iterator[tuple[object, ...]]:
    yield "id", "dimension", "what", "value", "since", "disputed", "words", "sources"
    for one in dossier.standing:
        yield (
            one.relation, one.dimension, one.what, one.value, one.since, "true" if one.disputed else "false",
            *_words(one.references, dossier),
        )  # fmt: skip


def _events(dossier: Dossier) -> Iterator[tuple[object, ...]]:
    yield (
        "id",
        "when",
        "start",
        "end",
        "text",
        "lane",
        "background",
        "by",
        "codes",
        "factuality",
        "score",
        "words",
        "sources",
    )
    for one in (*dossier.timeline, *dossier.undated):
        yield (
            one.event, one.when, one.start, one.end, one.text, one.lane, "true" if one.background else "false", one.by,
            one.codes, one.factuality, one.score, *_words(one.references, dossier),
        )  # fmt: skip


def _statements(dossier: Dossier) -> Iterator[tuple[object, ...]]:
    yield "id", "speaker", "office", "act", "direct", "text", "words", "sources"
    for voice in dossier.voices:
        for one in voice.sayings:
            yield (
                one.statement, voice.name, voice.office, one.act, "true" if one.direct else "false", one.text,
                *_words(one.references, dossier),
            )  # fmt: skip


def _foretold(dossier: Dossier) -> Iterator[tuple[object, ...]]:
    yield "id", "who", "what", "act", "due", "outcome", "words", "sources"
    for one in dossier.open:
        yield one.record, one.who, one.what, one.act, one.due, one.outcome, *_words(one.references, dossier)
