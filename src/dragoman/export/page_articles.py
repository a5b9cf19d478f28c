"""The articles at the end of the page: their text with an anchor at every reference and the words marked."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from dragoman.record import Article
from dragoman.record.dossier import Dossier, Entry, Reference


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of an article's text: the anchors that begin there, whether a line leads to it, and what else it is.

    `kind` is `text`, `note` or `furniture`.
    """

    anchors: tuple[str, ...]
    text: str
    marked: bool
    kind: str


@dataclass(frozen=True, slots=True)
class Shown:
    """An article with its number, cut into paragraphs of pieces."""

    number: int
    title: str
    paragraphs: tuple[tuple[Piece, ...], ...]


def anchor(reference: Reference) -> str:
    """Return the id of the place that a reference leads to."""
    return f"w{reference.number}-{reference.span.start}-{reference.span.end}"


def all_references(dossier: Dossier) -> tuple[Reference, ...]:
    """Return every reference of a dossier, each once, in the order of articles and places."""
    found: dict[tuple[int, int, int], Reference] = {}

    def add(references: tuple[Reference, ...]) -> None:
        for reference in references:
            found[(reference.number, reference.span.start, reference.span.end)] = reference

    def add_entry(entry: Entry) -> None:
        add(entry.references)
        for line in (*entry.reasons, *entry.differs):
            add(line.references)

    for standing in dossier.standing:
        add(standing.references)
    for line in (*dossier.about, *dossier.unknown, *dossier.aside):
        add(line.references)
    for entry in (*dossier.changed, *dossier.timeline, *dossier.undated):
        add_entry(entry)
    for story in dossier.stories:
        add(story.peak.references)
    for voice in dossier.voices:
        for saying in voice.sayings:
            add(saying.references)
    for dispute in dossier.disputes:
        for side in (dispute.claim, *dispute.contrary):
            add(side.references)
    for item in dossier.open:
        add(item.references)
        add(item.outcome_references)
    for person in dossier.people:
        add(person.references)
        for line in person.offices:
            add(line.references)
    for label in dossier.labels:
        add(label.references)
    return tuple(found[key] for key in sorted(found))


def marked_articles(dossier: Dossier) -> tuple[Shown, ...]:
    """Return the articles of a dossier with all places that its lines lead to."""
    references = all_references(dossier)
    return tuple(
        _show(article, number, [reference for reference in references if reference.number == number])
        for number, article in enumerate(dossier.articles, 1)
    )


def _show(article: Article, number: int, references: list[Reference]) -> Shown:
    borders = {0, len(article.text)}
    for reference in references:
        borders |= {reference.span.start, reference.span.end}
    for region in (*article.furniture, *article.notes):
        borders |= {region.start, region.end}
    paragraphs = []
    at = 0
    for line in article.text.splitlines(keepends=True):
        end = at + len(line)
        bare = at + len(line.rstrip("\r\n"))
        if line.strip():
            cuts = sorted({at, bare, *(border for border in borders if at < border < bare)})
            paragraphs.append(tuple(_piece(article, low, high, references) for low, high in itertools.pairwise(cuts)))
        at = end
    title = article.title or article.text.strip().split("\n", 1)[0]
    return Shown(number=number, title=title, paragraphs=tuple(paragraphs))


def _piece(article: Article, start: int, end: int, references: list[Reference]) -> Piece:
    kind = "text"
    if any(region.start <= start < region.end for region in article.furniture):
        kind = "furniture"
    elif any(region.start <= start < region.end for region in article.notes):
        kind = "note"
    return Piece(
        anchors=tuple(anchor(reference) for reference in references if reference.span.start == start),
        text=article.text[start:end],
        marked=any(reference.span.start <= start < reference.span.end for reference in references),
        kind=kind,
    )
