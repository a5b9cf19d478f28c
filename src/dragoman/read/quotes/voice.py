"""The first person in quotations: "I" and "we" mean whoever speaks them."""

from __future__ import annotations

from collections.abc import Sequence, Set

from dragoman.record import Actor, Article, Mention, Parse, Statement
from dragoman.record.actor import How

_FIRST_PERSON = frozenset({"i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"})


def first_person(
    article: Article,
    parse: Parse,
    statements: Sequence[Statement],
    mentions: Sequence[Mention],
    actors: Sequence[Actor],
    nouns: Set[str],
) -> list[Mention]:
    """Return a mention of the speaker for each pronoun of the first person in words that are quoted.

    "My country", with one of the `nouns`, means the speaker's state where the article has it. Of quotations inside one
    another the innermost counts. Outside quotation marks "we" is the outlet's and means nobody.
    """
    taken = {(mention.start, mention.end) for mention in mentions}
    speaker_at: dict[int, str] = {}
    width: dict[int, int] = {}
    for statement in statements:
        if statement.speaker is None or not (statement.direct or statement.mixed):
            continue
        for part in (statement.content, *statement.continued):
            for i in parse.tokens_within(part.start, part.end):
                token = parse.tokens[i]
                if token.text.lower() not in _FIRST_PERSON or (token.start, token.end) in taken:
                    continue
                if statement.mixed and not _in_marks(parse, token.start, part.start, part.end):
                    continue
                if i not in width or part.end - part.start < width[i]:
                    speaker_at[i], width[i] = statement.speaker, part.end - part.start
    by_id = {actor.id: actor for actor in actors}
    states = {actor.country: actor.id for actor in actors if actor.kind == "state" and actor.key == actor.country}
    found = []
    for i in sorted(speaker_at):
        found.append(_mention(article, parse, i, speaker_at[i], "pronoun", "the speaker of the quotation"))
        speaker = by_id.get(speaker_at[i])
        noun = parse.tokens[parse.tokens[i].head]
        state = states.get(speaker.country) if speaker is not None and speaker.country is not None else None
        if parse.tokens[i].tag == "PRP$" and noun.i == i + 1 and noun.text.lower() in nouns and state is not None:
            found.append(_mention(article, parse, noun.i, state, "description", "the speaker's state"))
    return found


def _mention(article: Article, parse: Parse, i: int, actor: str, how: How, why: str) -> Mention:
    token = parse.tokens[i]
    return Mention(actor=actor, article=article.id, start=token.start, end=token.end, text=token.text, how=how, why=why)


def _in_marks(parse: Parse, at: int, start: int, end: int) -> bool:
    """Whether a place stands in quotation marks inside a content."""
    return any(q.inner_start <= at < q.inner_end for q in parse.quotations if q.start < end and start < q.end)
