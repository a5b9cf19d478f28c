"""How marks look: the classes of a stretch of text."""

from __future__ import annotations

from dragoman.run.view.article import Mark


def mark_classes(marks: tuple[tuple[Mark, str], ...]) -> str:
    """Return the classes of a stretch: a layer each, its sign, and for an event its feeling and whether it happened.

    A rejected mark is only struck through; one that somebody checked is told from one that nobody did.
    """
    found: dict[str, None] = {}
    for mark, part in marks:
        if mark.state == "rejected":
            found["m-rejected" if part == "sign" or mark.layer == "statement" else "m-out"] = None
            continue
        found[f"m-{mark.layer}"] = None
        if part == "sign":
            found[f"m-{mark.layer}-sign"] = None
            if mark.state == "checked":
                found["m-checked"] = None
        if mark.feeling:
            found[f"m-{mark.feeling}"] = None
            if not mark.sure:
                found["m-unsure"] = None
    return " ".join(found)
