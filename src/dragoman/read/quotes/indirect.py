"""Indirect attribution: clauses, infinitives and noun phrases that hang on a verb, noun, adjective or phrase of saying."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.codebook.cues import Cues
from dragoman.read.quotes.attribution import Attribution, is_passive
from dragoman.read.quotes.nouns import by_adjective, by_noun
from dragoman.read.quotes.phrases import by_phrase, by_view, for_somebody
from dragoman.read.quotes.verbs import by_verb
from dragoman.record import Parse


def indirect(parse: Parse, cues: Cues) -> Iterator[Attribution]:
    """Yield the indirect attributions of a parse in the order of their cues."""
    nouns, adjectives = cues.nouns, cues.adjectives
    for token in parse.tokens:
        if token.pos in {"VERB", "AUX"}:
            # "is convinced that": a state of mind unless somebody convinced him
            minded = token.lower in adjectives and is_passive(parse, token.i)
            own = list(by_adjective(parse, token, cues)) if minded else []
            yield from own
            if not own and cues.verb(token.lemma, token.lower) is not None:
                yield from by_verb(parse, token, cues)
        elif token.pos == "NOUN":
            if token.lemma in nouns:
                yield from by_noun(parse, token, cues)
        elif token.pos == "ADJ" and (token.lemma in adjectives or token.lower in adjectives):
            yield from by_adjective(parse, token, cues)
    for phrase in cues.phrases:
        yield from by_phrase(parse, phrase)
    yield from by_view(parse, cues)
    yield from for_somebody(parse)
