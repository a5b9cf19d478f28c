"""Follow-up: sentences that go on with reported speech without a cue, where the tense makes it plain."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dragoman.read.quotes.attribution import Attribution, trimmed
from dragoman.record import Parse

_SAYING = frozenset(
    {
        "say",
        "tell",
        "add",
        "state",
        "insist",
        "explain",
        "claim",
        "argue",
        "maintain",
        "write",
        "report",
        "announce",
        "testify",
    }
)


def follow_ups(parse: Parse, found: Sequence[Attribution]) -> Iterator[Attribution]:
    """Yield the sentences behind one with reported speech that carry it on in the past perfect.

    After "he said the count was honest", "Every form had been scanned" is his word still: the article's own account would
    stand in the simple past. A sentence with a cue or a quotation of its own ends the run, as does the paragraph.
    """
    tokens, sentences = parse.tokens, parse.sentences
    reported: dict[int, Attribution] = {}
    busy: set[int] = set()
    for attribution in found:
        if attribution.word is not None:
            number = tokens[attribution.word].sentence
            busy.add(number)
            cue = tokens[attribution.word]
            if attribution.frame == "clause" and not attribution.nested and cue.tag == "VBD" and cue.lemma in _SAYING:
                reported[number] = attribution
        for start, _ in attribution.contents:
            there = parse.tokens_within(start, start + 1000)
            if there:
                busy.add(tokens[there[0]].sentence)
    quoted = [q.start for q in parse.quotations]
    last: Attribution | None = None
    for sentence in sentences:
        if sentence.i in reported:
            last = reported[sentence.i]
            continue
        if last is None or sentence.i in busy or sentence.block != sentences[sentence.i - 1].block:
            last = None
            continue
        if any(sentence.start <= at < sentence.end for at in quoted) or not _is_past_perfect(parse, sentence.root):
            last = None
            continue
        content = trimmed(parse, list(range(sentence.first, sentence.last)))
        if content is not None:
            yield Attribution(
                source=last.source,
                head=last.head,
                cue=None,
                word=None,
                contents=(content,),
                direct=False,
                act="claim",
                frame="follow-up",
            )


def _is_past_perfect(parse: Parse, root: int) -> bool:
    return parse.tokens[root].tag == "VBN" and any(
        parse.tokens[k].lower in {"had", "'d", "’d"} and parse.tokens[k].dep == "aux" for k in parse.children[root]
    )
