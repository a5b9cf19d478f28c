"""Gloss: whom a pronoun in a reported line means, so that the line can be read alone ("Accused it [Belarus] of smuggling")."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set

from dragoman.record import Mention, Span, Statement
from dragoman.relate.choose import Choice
from dragoman.relate.sides import Sides

_GLOSSED = frozenset({"it", "he", "she", "him", "her", "they", "them"})
"""Pronouns that are explained: a possessive is left as it is, since a second one in a line makes it heavy."""
_PLURAL = frozenset({"they", "them"})


def glosses(statement: Statement, choice: Choice) -> dict[int, str]:
    """Return the names to set behind pronouns of a reported content, by where the pronoun ends (code points of the article).

    Only for whom the line does not name before, once each, and never the speaker or the state that he speaks for: the line
    stands under the speaker's name. Quoted words are left as they were said.
    """
    if statement.direct:
        return {}
    own = {one for one in (statement.speaker, choice.sides.side(statement.speaker or "")) if one is not None}
    return _names(statement.content, choice.mentions, choice.sides, own)


def named_in(mentions: Mapping[str, Sequence[Mention]], sides: Sides) -> Callable[[Span], Mapping[int, str]]:
    """Return what tells, for a span that an article says itself, the names to set behind its pronouns.

    A plural pronoun is left: its mention names one of several.
    """
    return lambda span: _names(span, mentions, sides, frozenset(), _GLOSSED - _PLURAL)


def _names(
    content: Span,
    mentions: Mapping[str, Sequence[Mention]],
    sides: Sides,
    own: Set[str],
    pronouns: Set[str] = _GLOSSED,
) -> dict[int, str]:
    named: set[str] = set()
    found: dict[int, str] = {}
    within = [one for one in mentions.get(content.article, ()) if content.start <= one.start and one.end <= content.end]
    for mention in sorted(within, key=lambda one: (one.start, one.end, one.actor)):
        actor = sides.actors.get(mention.actor)
        if actor is None or mention.actor in named:
            continue
        side = sides.side(mention.actor)
        if mention.how == "pronoun":
            known = mention.actor in own or (side in own and actor.kind != "person")
            quoted = content.text[: mention.start - content.start].count('"') % 2 == 1
            if (
                mention.text.casefold() not in pronouns
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
