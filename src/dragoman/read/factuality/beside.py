"""Beside: what stands next to a word changes its truth: auxiliaries, negation, adverbs, modifiers, conjunctions, mood."""

from __future__ import annotations

from dragoman.codebook.factuality import FactualityCues
from dragoman.read.factuality.phrase import (
    NOUNS,
    cut_off,
    has_bare_object,
    has_mark,
    has_non,
    is_nobody,
    is_only,
    joined_by_nor,
)
from dragoman.read.factuality.state import FUTURE, HAPPENED, HYPOTHETICAL, NEGATED, State
from dragoman.record import Parse, Token

_BE_FORMS = frozenset({"be", "do", "have"})


_MEASURED = frozenset({"far", "long", "surprisingly", "unexpectedly", "coincidentally", "least"})
"""Adverbs whose "not" is their own: "not far from the border", "not long after"."""


def beside(parse: Parse, i: int, below: int, cues: FactualityCues, state: State) -> None:
    """Apply what stands beside token i itself: auxiliaries with their negation, adverbs, determiners, its conjunction.

    `below` is the token from which the climb came (i itself at its start): what negates that has spoken already.
    """
    tokens = parse.tokens
    first = below == i
    token = tokens[i]
    noun = token.pos in NOUNS
    negation, modal, mark = "", None, None
    for c in parse.children[i]:
        child = tokens[c]
        if c == below:
            continue
        word = child.text.lower()
        if child.dep in ("neg", "preconj", "advmod", "cc") or (child.dep == "det" and noun):
            effect = cues.determiners.get(word) if child.dep == "det" else cues.adverbs.get(word)
            if word in ("longer", "more") and c and tokens[c - 1].text.lower() == "no":
                effect = NEGATED  # "no longer"
            if effect == NEGATED and child.dep == "advmod" and c > i:
                effect = None  # "went off almost at once"
            denial = next((k for k in parse.children[c] if tokens[k].dep == "neg"), None)
            if effect is None and denial is not None and word not in _MEASURED and not cut_off(parse, c, i):
                negation = tokens[denial].text  # "never again", "not yet"
            if effect == NEGATED and child.i < i + 3 and not is_only(parse, child):
                negation = child.text
            elif effect and effect != NEGATED:
                state.take(effect, child.text, "adverb" if child.dep != "det" else "determiner")
        elif child.dep == "aux" and word in cues.modals:
            modal = child
        elif child.dep == "mark" or (child.dep == "advmod" and word in cues.marks):
            mark = child
        elif child.dep in ("nsubj", "nsubjpass", "dobj", "attr") and not noun and is_nobody(parse, child, cues):
            negation = child.text
        elif child.dep == "prep" and word in ("at", "under", "in", "on") and has_bare_object(parse, c, cues):
            negation = child.text  # "at no point", "under no circumstances"
        elif first and noun and child.dep in ("amod", "compound", "nmod", "det"):
            effect = cues.modifiers.get(word) or cues.modifiers.get(child.lemma.lower())
            carried_out = any(tokens[k].text.lower() in cues.manner for k in parse.children[c])
            if effect and effect != HAPPENED and not carried_out:
                state.take(effect, child.text, "modifier")
    if token.dep == "conj" and not negation and joined_by_nor(parse, token):
        negation = "nor"
    if first and has_non(parse, token):
        negation = "non"
    if modal is not None:
        _modal(parse, i, modal, negation, cues, state)
    elif negation:
        state.take(NEGATED, negation)
    if mark is not None:
        state.take(cues.marks.get(mark.text.lower(), ""), mark.text, "condition")
    if not noun:
        _mood(parse, i, state)


def _has_condition(parse: Parse, i: int) -> bool:
    """Does a clause hang on a condition ("will leave if")?"""
    return any(parse.tokens[c].dep == "advcl" and has_mark(parse, c, ("if", "unless")) for c in parse.children[i])


def _modal(parse: Parse, i: int, modal: Token, negation: str, cues: FactualityCues, state: State) -> None:
    word = modal.text.lower()
    tokens, children = parse.tokens, parse.children[i]
    perfect = any(tokens[c].dep == "aux" and tokens[c].lemma == "have" for c in children)
    if word in ("'d", "’d") and tokens[i].tag == "VBN":
        if negation:
            state.take(NEGATED, negation)
        return  # "they'd taken": had
    effect = (cues.negated_modals if negation else cues.modals)[word]
    if effect == "would":
        effect = FUTURE if not perfect and _reported_in_past(parse, i) else HYPOTHETICAL
    cue = f"{modal.text} {negation}".strip()
    if effect == FUTURE and _has_condition(parse, i):
        effect = HYPOTHETICAL
    if negation and perfect and effect == NEGATED and word not in ("will", "wo"):
        effect = HYPOTHETICAL if word == "would" else NEGATED
    state.take(effect, cue, cues.modal_kinds.get(word, ""))


def _reported_in_past(parse: Parse, i: int) -> bool:
    """Does the clause of token i tell what somebody said was to come ("said it would"), without a condition?"""
    tokens = parse.tokens
    if any(tokens[c].dep == "advcl" and has_mark(parse, c, ("if", "unless", "should")) for c in parse.children[i]):
        return False
    at = i
    while tokens[at].dep == "conj":
        at = tokens[at].head
    head = tokens[tokens[at].head]
    if tokens[at].dep == "ccomp":
        return head.tag in ("VBD", "VBN", "VBG", "VBZ", "VBP")
    # "It would recall its envoy, the ministry said": the report hangs below or beside
    return any(tokens[c].dep in ("parataxis", "ccomp") and tokens[c].tag == "VBD" and c > i for c in parse.children[i])


def _mood(parse: Parse, i: int, state: State) -> None:
    """A question that is answered by yes or no, and a condition by inversion ("had it signed", "were it to sign"), are open."""
    tokens = parse.tokens
    token = tokens[i]
    sentence = parse.sentences[token.sentence]
    auxiliaries = [tokens[c] for c in parse.children[i] if tokens[c].dep in ("aux", "auxpass")]
    if not auxiliaries and token.lemma not in _BE_FORMS:
        return
    opening = min((a.i for a in auxiliaries), default=i)
    subject = next((tokens[c] for c in parse.children[i] if tokens[c].dep in ("nsubj", "nsubjpass", "expl")), None)
    if subject is None or subject.i < opening:
        return
    asked = any(
        c in parse.children[i] and tokens[c].tag in ("WRB", "WP", "WDT") for c in range(sentence.first, opening)
    )
    first = tokens[opening].text.lower()
    if token.dep == "ROOT" and tokens[sentence.last - 1].text == "?" and not asked:
        state.take(HYPOTHETICAL, "?", "asked")
    elif token.dep in ("advcl", "ccomp") and first in ("had", "were", "should"):
        state.take(HYPOTHETICAL, tokens[opening].text, "condition")


def bare_root(parse: Parse, i: int, state: State) -> None:
    """A sentence's verb in its base form is a headline's "to visit", or asks for something: "Close the border"."""
    children = [parse.tokens[c] for c in parse.children[i]]
    if any(child.tag == "TO" for child in children):
        state.take(FUTURE, "to")
    elif not any(child.dep in ("nsubj", "nsubjpass", "aux") for child in children):
        state.take(HYPOTHETICAL, parse.tokens[i].text, "imperative")
