"""Reports behind or inside what they report, where the parser lost their subject: "A will pay, its envoy, Jo Li, warned"."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.codebook.cues import Cues
from dragoman.read.quotes.attribution import SUBJECTS, child
from dragoman.read.quotes.verbs import frames_of
from dragoman.record import Parse, Token

_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_LOST = frozenset({"conj", "relcl", "advcl", "dep", "ccomp", "parataxis", "acl", "appos"})
_NO_NAME = frozenset({"VERB", "AUX", "SCONJ"})
_OPENS_A_NAME = frozenset({"DET", "PRON", "PROPN", "NOUN", "ADJ", "NUM"})
_MARKS = frozenset({'"', "“", "”", "''", "``", "«", "»", "„", ":", ";", "(", ")"})
_BEHIND = 8
"""Tokens behind a closing report's verb: whom, where and when it was said."""
_NAME = 20
"""Tokens of a speaker's name, office and country."""
_SKIPPED = frozenset({"ADV", "AUX"})


def closing_report(parse: Parse, token: Token, cues: Cues, changes: dict[int, tuple[int, str]]) -> None:
    """ "..., its envoy, Jo Li, warned on Monday.": the name is the subject, the sentence before it what was said."""
    tokens = parse.tokens
    sentence = parse.sentence_of(token.i)
    root = token.i == sentence.root
    if token.tag not in _FINITE or not (root or token.dep in _LOST) or not _is_last(parse, token, cues):
        return
    found = _subject_before(parse, token.i, sentence.first)
    if found is None:
        return
    comma, subject, beside = found
    if token.dep == "relcl" and token.head > comma:
        return  # "a charge that Iran denies"
    own = child(parse, token.i, SUBJECTS)
    if own is not None and own > comma and (root or token.dep == "parataxis"):
        return
    if root:
        head = next((k for k in parse.children[token.i] if tokens[k].dep == "ccomp" and k < comma), None)
    else:
        head = sentence.root if sentence.root < comma else None
    if head is None or not _is_told(parse, range(sentence.first, comma)):
        return
    frames, _last = frames_of(parse, token.i, cues)
    if not {"clause", "quote"} & frames.keys():
        return
    changes[head] = (token.i, "ccomp")
    changes[token.i] = (token.i, "ROOT")
    changes[subject] = (token.i, "nsubj")
    if beside is not None:
        changes[beside] = (subject, "appos")


def _is_last(parse: Parse, token: Token, cues: Cues) -> bool:
    """Whether a verb of saying ends its sentence, but for whom, where and when."""
    tokens = parse.tokens
    rest = tokens[token.i + 1 : parse.sentence_of(token.i).last]
    if len(rest) > _BEHIND or any(t.text in _MARKS or t.text == "," or t.tag in _FINITE or t.tag == "MD" for t in rest):
        return False
    kids = [k for k in parse.children[token.i] if k > token.i]
    object_ = any(tokens[k].dep in {"dobj", "ccomp", "xcomp"} for k in kids)
    return not object_ or token.lemma in cues.addressed


def _subject_before(parse: Parse, i: int, first: int) -> tuple[int, int, int | None] | None:
    """The comma before a speaker's name that ends at verb i, the name's head, and the head of a name set beside it."""
    tokens = parse.tokens
    at = i - 1
    while at > first and tokens[at].pos in _SKIPPED:
        at -= 1
    beside = None
    if tokens[at].text == ",":
        comma = _comma_before(tokens, at, first)
        if comma is None:
            return None
        beside = _head(tokens[comma + 1 : at])
    else:
        at += 1
        comma = at
    before = _comma_before(tokens, comma, first)
    if before is None:
        return None
    name = tokens[before + 1 : comma]
    head = _head(name)
    if head is None or (beside is not None and not any(t.ent == "PERSON" for t in tokens[before + 1 : i])):
        return None
    return before, head, beside


def _comma_before(tokens: Sequence[Token], at: int, first: int) -> int | None:
    """The comma before a name that ends before token `at`: within reach, and no verb or mark between."""
    for k in range(at - 1, max(first, at - _NAME) - 1, -1):
        if tokens[k].text == ",":
            return k if k - first > 1 else None
        if tokens[k].text in _MARKS or tokens[k].pos in _NO_NAME:
            return None
    return None


def _head(name: Sequence[Token]) -> int | None:
    """The head of a name: its last noun before a preposition; None where it begins like no name."""
    if not name or name[0].pos not in _OPENS_A_NAME or name[0].tag in {"WDT", "WP", "WP$"}:
        return None
    nouns: list[int] = []
    for token in name:
        if token.pos == "ADP" and nouns:
            break
        if token.pos in {"NOUN", "PROPN"}:
            nouns.append(token.i)
    return nouns[-1] if nouns else None


def _is_told(parse: Parse, there: range) -> bool:
    """Whether a stretch of a sentence holds a clause of its own and no quotation mark."""
    tokens = parse.tokens
    if any(tokens[i].text in _MARKS for i in there):
        return False
    return any(tokens[i].tag in _FINITE or tokens[i].tag == "MD" for i in there)


def _is_finite(parse: Parse, k: int) -> bool:
    """Whether a finite verb stands at token k, or behind adverbs there."""
    tokens = parse.tokens
    while k < len(tokens) - 1 and tokens[k].pos == "ADV":
        k += 1
    return tokens[k].tag in _FINITE | {"MD"}


def inverted(parse: Parse, token: Token, changes: dict[int, tuple[int, str]]) -> None:
    """ "The answer, said its envoy, would come.": the name behind the verb is its subject, not what stands before it."""
    tokens = parse.tokens
    sentence = parse.sentence_of(token.i)
    if token.tag not in _FINITE or token.i - sentence.first < 2 or tokens[token.i - 1].text != ",":
        return
    commas = [k for k in range(token.i + 1, min(token.i + _NAME, sentence.last - 1)) if tokens[k].text == ","]
    comma = next((k for k in commas if _is_finite(parse, k + 1)), commas[0] if commas else None)
    if comma is None or any(t.pos in _NO_NAME for t in tokens[token.i + 1 : comma]):
        return
    name = _head(tokens[token.i + 1 : commas[0]])
    verb = next((k for k in range(comma + 1, sentence.last) if tokens[k].pos != "ADV"), comma + 1)
    if name is None or tokens[verb].tag not in _FINITE | {"MD"}:
        return
    if tokens[verb].dep in {"aux", "auxpass"}:
        verb = tokens[verb].head
    before = [k for k in range(sentence.first, token.i - 1) if tokens[k].pos in {"NOUN", "PROPN", "PRON"}]
    if not before or any(tokens[k].pos in {"VERB", "AUX"} for k in range(sentence.first, token.i - 1)):
        return
    lost = next((k for k in before if tokens[k].head == token.i or tokens[k].head == verb), None)
    if lost is None:
        return
    changes[name] = (token.i, "nsubj")
    changes[lost] = (verb, "nsubj")
    changes[token.i] = (verb, "parataxis")
    if token.i == sentence.root:
        changes[verb] = (verb, "ROOT")
