"""Score the reader's statements against the corpus of statements (`statements/README.md`).

    python corpora/score_statements.py [--misses] [--half working|check] [--only FILE ...] [FOLDER]

A listed statement is found when a statement of the reader shares at least half of the letters of both contents with it, each
taken once, the best pairs first. Of those found: `speaker` counts those whose actor is the one listed, by a name or by a
mention of it; `direct`, `act` and `due` those with the listed value. `right` is the share of the reader's statements that are
listed ones. Passages fall into two halves by a hash of their id: rules are written with the working half in view, and the
other one checks that they carry over. `--only` reads the files so named.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from dragoman.codebook import Codebook
from dragoman.read import build_reader
from dragoman.record import Article, Document, Span, Statement
from dragoman.record.text import article_id

CORPUS = Path(__file__).parent / "statements"
OVERLAP = 0.5
"""Share of the letters of two contents together that both must have."""
IGNORED = frozenset(" \n\t\"“”„«»‘’'.,;:!?—–-")
LEADS = ("the ", "a ", "an ", "his ", "her ", "its ", "their ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One thing that was counted: the measure, the kind within it, whether it was right, and the words."""

    measure: str
    kind: str
    right: bool
    what: str


def half_of(identity: str) -> str:
    """Return the half, "working" or "check", that a passage belongs to."""
    return "check" if hashlib.sha256(identity.encode()).digest()[0] % 2 else "working"


def passages(folder: Path, only: Sequence[str] = ()) -> list[dict[str, Any]]:
    """Return the passages of the folder's files in the order of their ids."""
    paths = [path for path in sorted(folder.glob("*.jsonl")) if not only or path.stem in only]
    lines = (line for path in paths for line in path.read_text(encoding="utf-8").splitlines())
    return sorted((json.loads(line) for line in lines if line.strip()), key=lambda item: str(item["id"]))


def letters(text: str, spans: Sequence[tuple[int, int]]) -> frozenset[int]:
    """Return the places of the letters in some stretches, marks and spaces left out."""
    return frozenset(i for start, end in spans for i in range(start, end) if text[i] not in IGNORED)


def pairs(text: str, gold: Sequence[dict[str, Any]], read: Sequence[Statement]) -> dict[int, int]:
    """Return which statement of the reader stands for which listed one, by their places in the lists."""
    wanted = []
    for item in gold:
        start = text.index(item["content"])
        wanted.append(letters(text, [(start, start + len(item["content"]))]))
    given = [letters(text, [(p.start, p.end) for p in (s.content, *s.continued)]) for s in read]
    rows = sorted(
        (-len(one & other) / len(one | other), i, j)
        for i, one in enumerate(wanted)
        for j, other in enumerate(given)
        if one & other
    )
    found: dict[int, int] = {}
    for score, i, j in rows:
        if -score >= OVERLAP and i not in found and j not in found.values():
            found[i] = j
    return found


def plain(name: str) -> str:
    """Return a name in small letters without the article, the possessive and double spaces."""
    words = " ".join(name.casefold().replace("’", "'").split()).strip(" \"“”'")
    lead = next((lead for lead in LEADS if words.startswith(lead)), "")
    return words[len(lead) :].removesuffix("'s")


def is_speaker(document: Document, statement: Statement, wanted: str | None) -> bool:
    """Tell whether a statement's speaker is the one listed: by a name, or by one of the mentions that lead to it."""
    if wanted is None or statement.speaker is None:
        return wanted is None and statement.speaker is None
    actor = next((a for a in document.actors or () if a.id == statement.speaker), None)
    names = {plain(name) for name in (actor.name, *actor.names)} if actor is not None else set()
    names |= {plain(m.text) for m in document.mentions or () if m.actor == statement.speaker}
    gold = plain(wanted)
    said = statement.speaker_words
    if said is not None and actor is not None and actor.anonymous:
        text = document.article.text
        starts = [i for i in range(len(text)) if text.startswith(wanted, i)]
        return any(i < said.end and said.start < i + len(wanted) for i in starts)
    return any(name == gold or gold.endswith(" " + name) or name.endswith(" " + gold) for name in names if name)


def score(items: Sequence[dict[str, Any]]) -> Iterator[Row]:
    """Yield what was counted, passage by passage."""
    documents = [
        Document(
            article=Article(
                id=article_id(item["text"]),
                source=item["id"],
                text=item["text"],
                published=date.fromisoformat(item["published"]),
                published_from="given",
                language="en",
            )
        )
        for item in items
    ]
    for item, document in zip(items, build_reader(Codebook()).read(documents), strict=True):
        read = document.statements or ()
        found = pairs(item["text"], item["statements"], read)
        for place, gold in enumerate(item["statements"]):
            words = f"{item['id']} {gold['content']!r}"
            kind = "direct" if gold["direct"] else "reported"
            yield Row(measure="found", kind=kind, right=place in found, what=f"{words}: {item['text']}")
            if place not in found:
                continue
            one = read[found[place]]
            named = one.speaker_words.text if one.speaker_words else None
            speaker = is_speaker(document, one, gold["speaker"])
            yield Row(
                measure="speaker", kind=kind, right=speaker, what=f"{words} is {gold['speaker']}'s, read {named!r}"
            )
            yield Row(measure="direct", kind=kind, right=one.direct == gold["direct"], what=f"{words} is {kind}")
            yield Row(
                measure="act",
                kind=gold["act"],
                right=one.act == gold["act"],
                what=f"{words} is {gold['act']}, read {one.act}: {item['text']}",
            )
            due = None if one.due is None else [one.due.start, one.due.end]
            listed = gold["due"] and [
                date.fromisoformat(gold["due"][k]) if gold["due"][k] else None for k in ("start", "end")
            ]
            if due or listed:
                yield Row(
                    measure="due", kind=gold["act"], right=due == listed, what=f"{words} is due {listed}, read {due}"
                )
        for place, one in enumerate(read):
            yield Row(
                measure="right",
                kind="direct" if one.direct else "reported",
                right=place in found.values(),
                what=f"{item['id']} read {_words(one)!r} ({one.act}), not listed: {item['text']}",
            )


def _words(statement: Statement) -> str:
    parts: tuple[Span, ...] = (statement.content, *statement.continued)
    return " … ".join(part.text for part in parts)


def main() -> None:
    """Print the shares, each by kind, and what was missed when asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=CORPUS)
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--half", choices=("working", "check"))
    parser.add_argument("--only", nargs="*", default=())
    options = parser.parse_args()
    items = passages(options.folder, options.only)
    rows = list(score([item for item in items if options.half in (None, half_of(item["id"]))]))
    if options.misses:
        print(*(f"{row.measure}: {row.what}" for row in rows if not row.right), sep="\n")
    shares: dict[str, Counter[tuple[str, bool]]] = defaultdict(Counter)
    for row in rows:
        shares[row.measure][row.kind, row.right] += 1
    for measure, counts in shares.items():
        for kind in ("all", *sorted({kind for kind, _ in counts})):
            hits = sum(n for (k, right), n in counts.items() if right and kind in (k, "all"))
            asked = sum(n for (k, _), n in counts.items() if kind in (k, "all"))
            print(f"{measure if kind == 'all' else '':8} {kind:15} {hits:4}/{asked:<4} {hits / asked:.3f}")


if __name__ == "__main__":
    main()
