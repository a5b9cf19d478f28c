"""Gloss: whom a pronoun in a reported line means, so that the line can be read alone ("Accused it [Belarus] of smuggling")."""

from __future__ import annotations

from dragoman.record import Mention, Statement
from dragoman.relate.choose import Choice

_GLOSSED = frozenset({"it", "he", "she", "him", "her", "they", "them"})
"""Pronouns that are explained: a possessive is left as it is, since a second one in a line makes it heavy."""


def glosses(statement: Statement, choice: Choice) -> dict[int, str]:
    """Return the names to set behind pronouns of a reported content, by where the pronoun ends (code points of the article).

    Only for whom the line does not name before, once each, and never the speaker or the state that he speaks for: the line
    stands under the speaker's name. Quoted words are left as they were said.
    """
    if statement.direct:
        return {}
    content = statement.content
    own = {statement.speaker, choice.sides.side(statement.speaker) if statement.speaker else None}
    named: set[str] = set()
    found: dict[int, str] = {}
    for mention in _within(choice, content.article, content.start, content.end):
        actor = choice.sides.actors.get(mention.actor)
        if actor is None or mention.actor in named:
            continue
        side = choice.sides.side(mention.actor)
        if mention.how == "pronoun":
            known = mention.actor in own or (side in own and actor.kind != "person")
            quoted = content.text[: mention.start - content.start].count('"') % 2 == 1
            if (
                mention.text.casefold() not in _GLOSSED
                or known
                or quoted
                or actor.anonymous
                or _possessive(mention, content.text, content.start)
            ):
                continue
            found[mention.end] = actor.name
        named.add(mention.actor)
    return found


def _possessive(mention: Mention, text: str, start: int) -> bool:
    """Whether "her" belongs to a noun behind it."""
    behind = text[mention.end - start :].split()
    return (
        mention.text.casefold() == "her"
        and bool(behind)
        and behind[0][:1].isalpha()
        and text[mention.end - start] == " "
    )


def _within(choice: Choice, article: str, start: int, end: int) -> list[Mention]:
    mentions = [one for one in choice.mentions.get(article, ()) if start <= one.start and one.end <= end]
    return sorted(mentions, key=lambda one: (one.start, one.end, one.actor))
