"""The first person in quotations: "I" and "we" mean whoever speaks them."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.record import Article, Mention, Parse, Statement

_FIRST_PERSON = frozenset({"i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"})


def first_person(
    article: Article, parse: Parse, statements: Sequence[Statement], mentions: Sequence[Mention]
) -> list[Mention]:
    """Return a mention of the speaker for each pronoun of the first person in words that are quoted.

    Of quotations inside one another the innermost counts. Outside quotation marks "we" is the outlet's and means nobody.
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
    return [
        Mention(
            actor=speaker_at[i],
            article=article.id,
            start=parse.tokens[i].start,
            end=parse.tokens[i].end,
            text=parse.tokens[i].text,
            how="pronoun",
            why="the speaker of the quotation",
        )
        for i in sorted(speaker_at)
    ]


def _in_marks(parse: Parse, at: int, start: int, end: int) -> bool:
    """Whether a place stands in quotation marks inside a content."""
    return any(q.inner_start <= at < q.inner_end for q in parse.quotations if q.start < end and start < q.end)
