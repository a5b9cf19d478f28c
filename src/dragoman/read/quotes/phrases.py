"""Phrases: attributions whose cue frames a clause from outside ("according to", "in his view", "for her")."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.codebook.cues import Cues
from dragoman.read.quotes.attribution import Attribution, child, noun_phrase, runs, trimmed
from dragoman.record import Parse
from dragoman.record.statement import Act


def by_phrase(parse: Parse, phrase: tuple[str, ...]) -> Iterator[Attribution]:
    """ "According to X, ...": the clause that the phrase stands in, without the phrase."""
    tokens = parse.tokens
    last = phrase[-1]
    for token in tokens:
        if token.lower != last or token.i < len(phrase) - 1:
            continue
        first = token.i - len(phrase) + 1
        if any(tokens[first + k].lower != word for k, word in enumerate(phrase)):
            continue
        head = child(parse, token.i, ("pobj", "pcomp")) or child(parse, first, ("pobj",))
        if head is None:
            continue
        yield from _framed(parse, first, token.i, head, "claim")


def for_somebody(parse: Parse) -> Iterator[Attribution]:
    """ "For the general, the port was never the point.": an opinion, where the one named is a person."""
    tokens = parse.tokens
    for sentence in parse.sentences:
        first = tokens[sentence.first]
        if first.text != "For" or first.head == first.i or tokens[first.head].lemma != "be":
            continue
        head = child(parse, first.i, ("pobj",))
        if head is None or tokens[head].ent != "PERSON" or tokens[first.head].i != sentence.root:
            continue
        if tokens[parse.subtree(head)[-1] + 1].text == ",":
            yield from _framed(parse, first.i, first.i, head, "evaluation")


def _framed(parse: Parse, first: int, last: int, head: int, act: Act) -> Iterator[Attribution]:
    """An attribution whose content is the clause around a phrase from token `first` to `last` and the source behind it."""
    tokens = parse.tokens
    own = set(range(first, last + 1)) | {i for i in parse.subtree(head) if i >= first}
    top = first
    while tokens[top].head in own and tokens[top].head != top:
        top = tokens[top].head
    verb = tokens[top].head
    while tokens[verb].pos not in {"VERB", "AUX"} and tokens[verb].head != verb:
        verb = tokens[verb].head
    sentence = parse.sentence_of(first)
    if verb in own:
        verb = sentence.root
    colon = max((t.i for t in tokens[sentence.first : first] if t.text == ":"), default=-1)
    kept = [
        i
        for i in (parse.subtree(verb) if tokens[verb].head != verb else range(sentence.first, sentence.last))
        if i not in own and i > colon
    ]
    contents = tuple(s for s in (trimmed(parse, run) for run in runs(parse, kept)) if s)
    contents = tuple(s for s in contents if s[1] - s[0] > 3)
    if contents:
        yield Attribution(
            source=noun_phrase(parse, head),
            head=head,
            cue=(tokens[first].start, tokens[last].end),
            word=first,
            contents=contents,
            direct=False,
            act=act,
            frame="phrase",
        )


def by_view(parse: Parse, cues: Cues) -> Iterator[Attribution]:
    """ "In his opinion, ...", "in the view of X, ..."."""
    tokens = parse.tokens
    for token in tokens:
        if token.lemma not in cues.views or token.dep != "pobj":
            continue
        preposition = tokens[token.head]
        if preposition.lower not in {"in", "to", "by", "from"}:
            continue
        head = child(parse, token.i, ("poss",))
        if head is None:
            if not any(tokens[j].lower == "the" for j in parse.children[token.i]):
                continue  # "in view of the provocations" is nobody's view
            of = next((j for j in parse.children[token.i] if tokens[j].dep == "prep" and tokens[j].lower == "of"), None)
            head = child(parse, of, ("pobj",)) if of is not None else None
        if head is None:
            continue
        yield from _framed(parse, preposition.i, token.i, head, "evaluation")
