"""Govern: what a governing word makes of what it governs, as the table of cues says."""

from __future__ import annotations

from dragoman.codebook.factuality import FactualityCues, Signature
from dragoman.read.factuality.phrase import negation_of
from dragoman.read.factuality.state import FUTURE, HAPPENED, HYPOTHETICAL, NEGATED, State
from dragoman.record import Parse, Token


def signature_of(
    parse: Parse, parent: int, link: str, cues: FactualityCues, *, infinitive: bool = False
) -> Signature | None:
    """What the governing word makes of what it governs, asked first with its preposition or "to", then alone.

    A noun governs through its own prepositions only: what stands behind another one is not its content.
    """
    governor = parse.tokens[parent]
    if governor.pos == "ADV":
        return None  # "on the way back from the summit"
    particle = next((parse.tokens[c].text.lower() for c in parse.children[parent] if parse.tokens[c].dep == "prt"), "")
    for lemma in _lemmas(governor):
        for tail in (f"{particle} {link}", particle, link):
            found = cues.governors.get(f"{lemma} {tail.strip()}") if tail.strip() else None
            if found is not None:
                return found
        alone = not particle and (not link or infinitive or governor.pos != "NOUN")
        if alone and lemma in cues.governors:
            return cues.governors[lemma]
    return None


def _lemmas(token: Token) -> list[str]:
    """The word's lemma, and where it is a verb the two others that its ending allows: the tagger takes "hopes" for "hop"."""
    lemma = token.lemma.lower()
    if token.pos != "VERB":
        return [lemma]
    text = token.text.lower()
    ending = next((e for e in ("ing", "ed", "es", "s") if text.endswith(e)), "")
    stem = text[: len(text) - len(ending)] if ending else text
    return [lemma, *(word for word in (stem + "e", stem) if word != lemma)]


def apply(
    parse: Parse,
    parent: int,
    signature: Signature,
    cues: FactualityCues,
    state: State,
    *,
    noun: bool = False,
    definite: bool = False,
) -> int | None:
    """Let a governing word speak; the climb goes on above it unless it settles the matter."""
    word = parse.tokens[parent].text
    kind = "idle" if parse.tokens[parent].lemma.lower() in cues.idle else signature.group
    negation = negation_of(parse, parent, cues) if signature.negated else ""
    if negation and signature.negated:
        state.take(signature.negated, f"{negation} {word}", kind)
        state.ended = True
        return None
    effect = (noun and signature.noun) or signature.makes
    if noun and definite and signature.definite:
        effect = signature.definite
    if effect == "same":
        return parent
    if effect == "report" and parse.tokens[parent].pos == "NOUN":
        none = negation_of(parse, parent, cues)
        if none:
            state.take(NEGATED, f"{none} {word}", "idle")  # "no reports of"
            return None
        above = signature_of(parse, parse.tokens[parent].head, "", cues)
        if above is not None and above.group in ("refusal", "rejection"):
            state.take(NEGATED, parse.tokens[parse.tokens[parent].head].text)  # "denied reports of"
            return None
    state.take(effect, word, kind)
    return None if effect in (HAPPENED, "report") else parent


def judged(parse: Parse, i: int, cues: FactualityCues, state: State) -> int | None:
    """Let an adjective speak of its subject: "a ban is likely", "considers sanctions possible"."""
    if parse.tokens[i].pos != "ADJ":
        return None
    lemma = parse.tokens[i].lemma.lower()
    signature = cues.governors.get(lemma)
    effect = cues.modifiers.get(lemma) or (signature.makes if signature is not None else None)
    if effect not in (FUTURE, HYPOTHETICAL, NEGATED):
        return None
    state.take(effect, parse.tokens[i].text, "assessed")
    return i
