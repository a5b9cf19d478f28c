"""Score the reader's mentions against the corpus of mentions (`mentions/README.md`).

    python corpora/score_mentions.py [--misses] [FOLDER]

A listed mention is right when the reader's mention with the most of its words means whom `refers_to` names: an actor of that
name, or for a code one that acts for that state or body. A mention listed with null is right when the reader has none there,
or one that is nobody in particular. Prints the share for each way to mention and over all.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from dragoman.codebook import Codebook
from dragoman.read import build_reader
from dragoman.record import Actor, Article, Document, Mention
from dragoman.record.text import article_id

CORPUS = Path(__file__).parent / "mentions"
BODIES = {"EU": "European Union", "UN": "United Nations", "NATO": "NATO", "AU": "African Union"}


def passages(folder: Path) -> list[dict[str, Any]]:
    """Return the passages of the folder in the order of their ids."""
    lines = (line for path in sorted(folder.glob("*.jsonl")) for line in path.read_text(encoding="utf-8").splitlines())
    return sorted((json.loads(line) for line in lines if line.strip()), key=lambda item: str(item["id"]))


def place(text: str, words: str, nth: int) -> tuple[int, int]:
    """Return where the words stand as whole words for the nth time."""
    found = list(re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text))
    return found[nth].span()


def best_mention(text: str, mentions: Sequence[Mention], start: int, end: int, how: str) -> Mention | None:
    """Return the mention that the words are: the same words but for an article, an owner or what follows the noun.

    A title right before a name is a part of how the name is mentioned, as in "Tunisian president Kais Saied".
    """
    inside = [m for m in mentions if start <= m.start and m.end <= end and (how == "pronoun") == (m.how == "pronoun")]
    headed = [m for m in inside if m.end < end and re.match(r"\s+(?:of|in|to|for|at)\b", text[m.end : end])]
    if headed:
        return max(headed, key=lambda m: (-m.start, m.end))
    closing = [m for m in inside if m.end == end]
    if closing:
        return max(closing, key=lambda m: m.end - m.start)
    if how == "office":
        return next((m for m in mentions if m.start == end + 1 and m.how == "name"), None)
    return None


def means(actor: Actor, wanted: str, codebook: Codebook) -> bool:
    """Tell whether an actor is the one of that name, or acts for the state or body of that code.

    Who is not named acts for the body, or for the body of which it is a part, that his office serves.
    """
    served = {office.of for office in actor.offices}
    served |= {codebook.bodies.find(of).of for of in served if of and codebook.bodies.find(of)}
    if wanted in BODIES:
        return actor.key == BODIES[wanted] or BODIES[wanted] in served
    if actor.anonymous and wanted in served:
        return True
    if len(wanted) == 3 and wanted.isupper() and actor.country == wanted:
        return True
    names = {name.casefold() for name in (actor.name, *actor.names, actor.key or "")}
    plain = wanted.casefold().removeprefix("the ")
    return plain in names or any(plain.split()[-1] == n.split()[-1] for n in names if n and actor.kind == "person")


def score(folder: Path = CORPUS) -> Iterator[tuple[str, bool, str]]:
    """Yield (how, right, what) for each listed mention."""
    codebook = Codebook()
    reader = build_reader(codebook)
    items = passages(folder)
    documents = [
        Document(article=Article(id=article_id(item["text"]), source=item["id"], text=item["text"], language="en"))
        for item in items
    ]
    for item, document in zip(items, reader.read(documents), strict=True):
        actors = {actor.id: actor for actor in document.actors or ()}
        for gold in item["mentions"]:
            start, end = place(item["text"], gold["words"], gold["nth"])
            mention = best_mention(item["text"], document.mentions or (), start, end, gold["how"])
            actor = actors.get(mention.actor) if mention else None
            wanted = gold["refers_to"]
            nobody = actor is None or actor.anonymous
            right = nobody if wanted is None else actor is not None and means(actor, wanted, codebook)
            yield (
                "nobody" if wanted is None else gold["how"],
                right,
                f"{item['id']} {gold['words']!r} is {wanted}, read {actor.name if actor else None}: {item['text']}",
            )


def main() -> None:
    """Print the shares, and what was missed when asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=CORPUS)
    parser.add_argument("--misses", action="store_true")
    options = parser.parse_args()
    rows = list(score(options.folder))
    if options.misses:
        print(*(what for _, right, what in rows if not right), sep="\n")
    for how in [*sorted({how for how, _, _ in rows}), "all"]:
        found = [right for kind, right, _ in rows if how in (kind, "all")]
        print(f"{how:12} {sum(found):4}/{len(found):<4} {sum(found) / len(found):.3f}")


if __name__ == "__main__":
    main()
