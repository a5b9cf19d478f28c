"""Factuality: does the text take an event for done, to come, open or not so?

One starts at the event's word and climbs through what governs it, up to the clause that asserts it. On the way auxiliaries,
negations, conjunctions and governing words each change what is known so far, the nearest first; `codebook/data/factuality.toml`
says how. The reason that comes back is the word that decided.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from dragoman.codebook.factuality import FactualityCues, Signature
from dragoman.record import Parse, Token, When
from dragoman.record.event import Factuality

_HAPPENED: Final = "happened"
_FUTURE: Final = "future"
_HYPOTHETICAL: Final = "hypothetical"
_NEGATED: Final = "negated"
_TOP = 12
"""Steps of the climb: no sentence of newswire nests deeper to any effect."""

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "his", "her", "their", "our", "my", "your"})
_FINITE_GROUPS = frozenset({"wish", "refusal", "rejection", "question", "belief"})
_SUPPOSING = frozenset({"suppose", "imagine", "assume", "say"})
_ORDINALS = frozenset({"first", "last", "only", "latest", "second", "third"})
_LATER = frozenset({"when", "once", "after", "before", "as", "until", "till"})
_BE_FORMS = frozenset({"be", "do", "have"})


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the text says of an event's truth.

    `reason` is the cue that decided, in the text's words, "" where nothing speaks against it; `historical` says that the event
    was over before the story's own time.
    """

    factuality: Factuality
    reason: str
    historical: bool


@dataclass(slots=True)
class _State:
    """What is known so far on the climb, and by which cue."""

    value: Factuality = _HAPPENED
    reason: str = ""
    ended: bool = False

    def take(self, effect: str, cue: str) -> None:
        """Let a cue that governs all that was climbed so far change what is known."""
        if effect == _NEGATED:
            if self.value == _NEGATED:
                self.value, self.reason = _HAPPENED, cue
            elif self.value != _HYPOTHETICAL:
                self.value, self.reason = _NEGATED, cue
        elif effect == _HYPOTHETICAL:
            if self.value != _HYPOTHETICAL:
                self.value, self.reason = _HYPOTHETICAL, cue
        elif effect == _FUTURE:
            if self.value == _HAPPENED:
                self.value, self.reason = _FUTURE, cue
        elif effect in (_HAPPENED, "report"):
            self.ended = True


def factuality(
    parse: Parse, i: int, cues: FactualityCues, when: When | None = None, published: date | None = None
) -> Verdict:
    """Return whether the text takes the event that token i names for happened, future, hypothetical or negated.

    `i` is a verb, noun or adjective; where a light verb carries the event ("hold talks"), give the verb. `when` is the event's
    date and `published` the article's, from which `historical` is told.
    """
    state = _State()
    at, below = i, i
    for _ in range(_TOP):
        _local(parse, at, below, cues, state)
        if state.ended:
            break
        parent = _step(parse, at, cues, state)
        if parent is None or state.ended:
            break
        at, below = parent, at
    if state.value == _HAPPENED and _lies_ahead(when, published):
        state.take(_FUTURE, when.phrase.text if when is not None and when.phrase is not None else "")
    return Verdict(state.value, state.reason, _is_historical(parse, i, cues, when, published))


def _lies_ahead(when: When | None, published: date | None) -> bool:
    """Does the event's date begin after the article's day?"""
    if when is None or published is None or when.start is None or when.precision in ("approximate", "before"):
        return False
    return when.start > published


def _local(parse: Parse, i: int, below: int, cues: FactualityCues, state: _State) -> None:
    """Apply what stands beside token i itself: auxiliaries with their negation, adverbs, determiners, its conjunction.

    `below` is the token from which the climb came (i itself at its start): what negates that has spoken already.
    """
    tokens = parse.tokens
    first = below == i
    token = tokens[i]
    noun = token.pos in _NOUNS
    negation, modal, mark = "", None, None
    for c in parse.children[i]:
        child = tokens[c]
        if c == below:
            continue
        word = child.text.lower()
        if child.dep in ("neg", "preconj", "advmod", "cc") or (child.dep == "det" and noun):
            effect = cues.determiners.get(word) if child.dep == "det" else cues.adverbs.get(word)
            if word in ("longer", "more") and c and tokens[c - 1].text.lower() == "no":
                effect = _NEGATED  # "no longer"
            if effect == _NEGATED and child.i < i + 3 and not _only(parse, child):
                negation = child.text
            elif effect and effect != _NEGATED:
                state.take(effect, child.text)
        elif child.dep == "aux" and word in cues.modals:
            modal = child
        elif child.dep == "mark" or (child.dep == "advmod" and word in cues.marks):
            mark = child
        elif child.dep in ("nsubj", "nsubjpass", "dobj", "attr") and not noun and _bare(parse, child, cues):
            negation = child.text
        elif child.dep == "prep" and word in ("at", "under", "in", "on") and _bare_object(parse, c, cues):
            negation = child.text  # "at no point", "under no circumstances"
        elif first and noun and child.dep in ("amod", "compound", "nmod", "det"):
            effect = cues.modifiers.get(word) or cues.modifiers.get(child.lemma.lower())
            if effect and effect != _HAPPENED:
                state.take(effect, child.text)
    if token.dep == "conj" and not negation and _joined_by_nor(parse, token):
        negation = "nor"
    if first and _has_non(parse, token):
        negation = "non"
    if modal is not None:
        _modal(parse, i, modal, negation, cues, state)
    elif negation:
        state.take(_NEGATED, negation)
    if mark is not None:
        state.take(cues.marks.get(mark.text.lower(), ""), mark.text)
    if not noun:
        _mood(parse, i, state)


def _has_non(parse: Parse, token: Token) -> bool:
    """Is the word "non-recognition", in one token or in three?"""
    if token.text.lower().startswith("non-") or (token.text.lower() == "non" and token.i + 1 < len(parse.tokens)):
        return True
    return token.i > 1 and parse.tokens[token.i - 1].text == "-" and parse.tokens[token.i - 2].text.lower() == "non"


def _joined_by_nor(parse: Parse, token: Token) -> bool:
    """Is "nor" the word that joins this clause to the one before?"""
    joints = [c for c in parse.children[token.head] if parse.tokens[c].dep == "cc" and c < token.i]
    return bool(joints) and parse.tokens[joints[-1]].text.lower() == "nor"


def _only(parse: Parse, token: Token) -> bool:
    """Is "not" the one of "not only", which denies nothing?"""
    following = parse.tokens[token.i + 1] if token.i + 1 < len(parse.tokens) else None
    return following is not None and following.text.lower() in ("only", "just", "least")


def _bare(parse: Parse, noun: Token, cues: FactualityCues) -> bool:
    """Is a noun phrase nobody or nothing: "nobody", "no state", "neither of them", "not a single car"?"""
    if noun.lemma.lower() in cues.bare:
        return True
    return any(
        parse.tokens[c].text.lower() in ("no", "neither", "not") and not _only(parse, parse.tokens[c])
        for child in parse.children[noun.i]
        for c in (child, *parse.children[child])
        if c < noun.i and parse.tokens[c + 1].text != "-"
    )


def _bare_object(parse: Parse, prep: int, cues: FactualityCues) -> bool:
    return any(parse.tokens[c].dep == "pobj" and _bare(parse, parse.tokens[c], cues) for c in parse.children[prep])


def _modal(parse: Parse, i: int, modal: Token, negation: str, cues: FactualityCues, state: _State) -> None:
    word = modal.text.lower()
    tokens, children = parse.tokens, parse.children[i]
    perfect = any(tokens[c].dep == "aux" and tokens[c].lemma == "have" for c in children)
    if word in ("'d", "’d") and tokens[i].tag == "VBN":
        if negation:
            state.take(_NEGATED, negation)
        return  # "they'd taken": had
    effect = (cues.negated_modals if negation else cues.modals)[word]
    if effect == "would":
        effect = _FUTURE if not perfect and _reported_in_past(parse, i) else _HYPOTHETICAL
    cue = f"{modal.text} {negation}".strip()
    if negation and perfect and effect == _NEGATED and word not in ("will", "wo"):
        effect = _HYPOTHETICAL if word == "would" else _NEGATED
    state.take(effect, cue)


def _reported_in_past(parse: Parse, i: int) -> bool:
    """Does the clause of token i tell what somebody said was to come ("said it would"), without a condition?"""
    tokens = parse.tokens
    if any(tokens[c].dep == "advcl" and _has_mark(parse, c, ("if", "unless", "should")) for c in parse.children[i]):
        return False
    at = i
    while tokens[at].dep == "conj":
        at = tokens[at].head
    head = tokens[tokens[at].head]
    if tokens[at].dep == "ccomp" or (tokens[at].dep in ("relcl", "acl") and head.pos in _NOUNS):
        return tokens[at].dep != "ccomp" or head.tag in ("VBD", "VBN", "VBG", "VBZ", "VBP")
    # "It would recall its envoy, the ministry said": the report hangs below or beside
    return any(tokens[c].dep in ("parataxis", "ccomp") and tokens[c].tag == "VBD" and c > i for c in parse.children[i])


def _has_mark(parse: Parse, i: int, words: tuple[str, ...]) -> bool:
    return any(
        parse.tokens[c].dep in ("mark", "advmod", "aux") and parse.tokens[c].text.lower() in words
        for c in parse.children[i]
    )


def _mood(parse: Parse, i: int, state: _State) -> None:
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
        state.take(_HYPOTHETICAL, "?")
    elif token.dep == "advcl" and first in ("had", "were", "should"):
        state.take(_HYPOTHETICAL, tokens[opening].text)


def _step(parse: Parse, at: int, cues: FactualityCues, state: _State) -> int | None:
    """Climb one step: let what governs token `at` speak, and return its index, or None where the climb ends."""
    tokens = parse.tokens
    token = tokens[at]
    if token.head == at:
        if token.tag == "VB":
            _bare_root(parse, at, state)
        return None
    if _cut_off(parse, at, token.head):
        return None
    match token.dep:
        case "xcomp" | "ccomp" | "acomp" | "oprd" | "pcomp" | "acl" | "csubj" | "csubjpass":
            return _from_clause(parse, at, cues, state)
        case "advcl":
            return _from_adverbial(parse, at, cues, state)
        case "conj":
            return _from_conjunct(parse, at, cues, state)
        case "relcl" | "parataxis" | "appos" | "dep" | "meta":
            return None
        case "prep" | "agent":
            return None if token.pos in _NOUNS else token.head
        case "amod" if token.pos not in _NOUNS:
            return None
        case _:
            return _from_noun(parse, at, cues, state)


def _cut_off(parse: Parse, one: int, other: int) -> bool:
    """Does a colon or semicolon stand between two words? What is on one side does not govern the other."""
    low, high = min(one, other), max(one, other)
    return any(parse.tokens[i].text in (":", ";") for i in range(low + 1, high))


def _bare_root(parse: Parse, i: int, state: _State) -> None:
    """A sentence's verb in its base form is a headline's "to visit", or asks for something: "Close the border"."""
    children = [parse.tokens[c] for c in parse.children[i]]
    if any(child.tag == "TO" for child in children):
        state.take(_FUTURE, "to")
    elif not any(child.dep in ("nsubj", "nsubjpass", "aux") for child in children):
        state.take(_HYPOTHETICAL, parse.tokens[i].text)


def _negated_here(parse: Parse, i: int, cues: FactualityCues) -> str:
    """The negation of token i, or ""."""
    tokens = parse.tokens
    for c in parse.children[i]:
        child = tokens[c]
        word = child.text.lower()
        if child.dep == "neg" and not _only(parse, child):
            modal = any(
                tokens[k].dep == "aux" and cues.negated_modals.get(tokens[k].text.lower()) == _HYPOTHETICAL
                for k in parse.children[i]
            )
            return "" if modal else child.text
        if child.dep == "advmod" and cues.adverbs.get(word) == _NEGATED:
            return child.text
        if child.dep == "det" and cues.determiners.get(word) == _NEGATED:
            return child.text
        if child.dep in ("nsubj", "nsubjpass") and _bare(parse, child, cues):
            return child.text
    return ""


def _signature(
    parse: Parse, parent: int, link: str, cues: FactualityCues, *, infinitive: bool = False
) -> Signature | None:
    """What the governing word makes of what it governs, asked first with its preposition or "to", then alone.

    A noun governs through its own prepositions only: what stands behind another one is not its content.
    """
    governor = parse.tokens[parent]
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


def _apply(
    parse: Parse,
    parent: int,
    signature: Signature,
    cues: FactualityCues,
    state: _State,
    *,
    noun: bool = False,
    definite: bool = False,
) -> int | None:
    """Let a governing word speak; the climb goes on above it unless it settles the matter."""
    word = parse.tokens[parent].text
    negation = _negated_here(parse, parent, cues) if signature.negated else ""
    if negation and signature.negated:
        state.take(signature.negated, f"{negation} {word}")
        state.ended = True
        return None
    effect = (noun and signature.noun) or signature.makes
    if noun and definite and signature.definite:
        effect = signature.definite
    if effect == "same":
        return parent
    state.take(effect, word)
    return None if effect in (_HAPPENED, "report") else parent


def _from_clause(parse: Parse, at: int, cues: FactualityCues, state: _State) -> int | None:
    """From a complement clause, or a clause on a noun, to its governor."""
    tokens = parse.tokens
    token, parent = tokens[at], tokens[at].head
    infinitive = any(tokens[c].tag == "TO" for c in parse.children[at])
    governor = tokens[parent]
    if token.dep == "pcomp":
        return _through_preposition(parse, parent, cues, state, noun=None)
    that = any(tokens[c].dep == "mark" and tokens[c].text.lower() == "that" for c in parse.children[at])
    if token.dep == "acl" and not infinitive and not that:
        return None  # "sanctions imposed by": as good as a relative clause
    finite = token.tag in _FINITE or any(
        tokens[c].tag in _FINITE and tokens[c].dep in ("aux", "auxpass") for c in parse.children[at]
    )
    signature = _signature(parse, parent, "to" if infinitive else "", cues, infinitive=infinitive)
    if governor.lemma in _SUPPOSING and governor.tag == "VB" and not _has_subject(parse, parent):
        state.take(_HYPOTHETICAL, governor.text)
        return None
    if finite and not infinitive:
        if signature is not None and signature.group == "demand" and token.tag in ("VB", "VBP") and that:
            return _apply(parse, parent, signature, cues, state)  # a subjunctive that the tagger took for a present
        if signature is not None and signature.group in _FINITE_GROUPS:
            return _apply(parse, parent, signature, cues, state)
        return None
    if signature is None and governor.lemma == "be" and infinitive:
        judged = any(tokens[c].dep in ("acomp", "attr") for c in parse.children[parent])
        inverted = any(tokens[c].dep == "nsubj" and c > parent for c in parse.children[parent])
        if judged or inverted:
            state.take(_HYPOTHETICAL, governor.text)  # "it would be unwise to", "were it to"
            return parent
        state.take(_NEGATED if _negated_here(parse, parent, cues) else _FUTURE, f"{governor.text} to")
        return None
    if governor.lemma == "have" and infinitive and token.dep == "xcomp":
        yet = any(tokens[c].text.lower() == "yet" for c in (*parse.children[parent], *parse.children[at]))
        if yet or governor.tag != "VBD":  # "had to leave" says that it was done
            state.take(_NEGATED if yet else _HYPOTHETICAL, "yet to" if yet else f"{governor.text} to")
        return parent
    if governor.lemma == "go" and infinitive and governor.tag != "VBG":
        return parent
    perfect = any(tokens[c].dep == "aux" and tokens[c].lemma == "have" for c in parse.children[at])
    if infinitive and (perfect or governor.lemma == "claim") and (signature is None or signature.makes == "report"):
        return None  # "claimed to have freed", "is said to have left"
    if signature is not None and not (signature.group == "report" and infinitive):
        if signature.group == "factive" and infinitive and governor.pos == "VERB":
            state.take(_HYPOTHETICAL, "to")  # "stopped to refuel": a purpose
            return None
        return _apply(parse, parent, signature, cues, state)
    if infinitive and governor.pos == "ADJ":
        state.take(_HYPOTHETICAL, governor.text)
        return parent
    if infinitive and (_has_own_subject(parse, at) or governor.pos == "PROPN") and token.dep in ("acl", "ccomp"):
        state.take(_FUTURE, "to")  # a headline: "Minister to visit", "Seoul to send envoy, aide says"
        return None
    if infinitive and governor.pos in _NOUNS:
        ordinal = any(tokens[c].lemma.lower() in _ORDINALS for c in parse.children[parent])
        if ordinal:
            return None
        state.take(_HYPOTHETICAL, f"{governor.text} to")
        return None
    if infinitive:
        if (
            governor.lemma in ("say", "believe", "report", "think", "know", "allege", "consider")
            and governor.tag == "VBN"
        ):
            return None  # "is said to have"
        state.take(_HYPOTHETICAL, f"{governor.text} to")
        return None
    if token.tag == "VB" and any(tokens[c].dep in ("nsubj", "nsubjpass") for c in parse.children[at]):
        state.take(_HYPOTHETICAL, governor.text)  # a subjunctive: "demanded that it leave"
        return None
    return parent


def _has_own_subject(parse: Parse, i: int) -> bool:
    """Has a clause a subject of its own, without "for"?"""
    tokens = [parse.tokens[c] for c in parse.children[i]]
    return any(t.dep in ("nsubj", "nsubjpass") for t in tokens) and not any(t.text.lower() == "for" for t in tokens)


def _has_subject(parse: Parse, i: int) -> bool:
    return any(parse.tokens[c].dep in ("nsubj", "nsubjpass", "aux") for c in parse.children[i])


def _through_preposition(
    parse: Parse, prep: int, cues: FactualityCues, state: _State, noun: Token | None
) -> int | None:
    """From a preposition's object to what the preposition hangs on: "without", "call for", "threat of"."""
    tokens = parse.tokens
    while tokens[prep].dep == "conj" and tokens[prep].head != prep:
        prep = tokens[prep].head  # "of lifting or of talking"
    preposition = tokens[prep]
    link = preposition.text.lower()
    before = tokens[prep - 1].text.lower() if prep else ""
    third = tokens[prep - 2].text.lower() if prep > 1 else ""
    definite = noun is not None and _is_definite(parse, noun)
    for key in (f"{third} {before} {link}", f"{before} {link}", link):
        effect = cues.prepositions.get(key)
        if effect is not None and effect != "same":
            state.take(effect, key)
            state.ended = True
            return None
    governor = tokens[preposition.head]
    if governor.dep == "prep" or (governor.pos == "ADP" and governor.i != prep):
        link = f"{governor.text.lower()} {link}"
        governor = tokens[governor.head]
    if link == "to" and noun is None and governor.pos == "VERB":
        signature = cues.governors.get(f"{governor.lemma.lower()} to")
    else:
        signature = _signature(parse, governor.i, link, cues)
    if signature is not None and (governor.pos != "VERB" or _prepositional(governor, link, cues) or noun is None):
        return _apply(parse, governor.i, signature, cues, state, noun=noun is not None, definite=definite)
    if noun is None and governor.pos in ("VERB", "AUX"):
        return governor.i if link in ("in", "by", "with") else None
    return None


def _prepositional(governor: Token, link: str, cues: FactualityCues) -> bool:
    """Does the verb govern through just this preposition ("called for sanctions"), rather than merely stand before it?"""
    return f"{governor.lemma.lower()} {link}" in cues.governors


def _from_adverbial(parse: Parse, at: int, cues: FactualityCues, state: _State) -> int | None:
    """From an adverbial clause to the clause on which it hangs."""
    tokens = parse.tokens
    token = tokens[at]
    main = tokens[token.head]
    words = [tokens[c].text.lower() for c in parse.children[at] if tokens[c].dep in ("mark", "advmod")]
    if any(tokens[c].tag == "TO" for c in parse.children[at]):
        signature = _signature(parse, main.i, "to", cues, infinitive=True)
        if signature is not None and signature.makes == "same":
            return main.i
        if signature is not None and signature.group in ("intention", "wish", "demand", "refusal", "failure"):
            return _apply(parse, main.i, signature, cues, state)
        state.take(_HYPOTHETICAL, "to")
        return None
    if "so" in words and "that" in words:
        state.take(_HYPOTHETICAL, "so that")
        return None
    if token.tag in ("VBZ", "VBP") and _LATER & set(words) and _ahead(parse, main.i, cues):
        state.take(_FUTURE, next(w for w in words if w in _LATER))
        return None
    if token.tag == "VBG" and not words:
        return main.i  # "would collapse, killing": as true as what it goes with
    return None


def _ahead(parse: Parse, i: int, cues: FactualityCues) -> bool:
    tokens = parse.tokens
    return any(tokens[c].dep == "aux" and tokens[c].text.lower() in cues.modals for c in parse.children[i])


def _from_conjunct(parse: Parse, at: int, cues: FactualityCues, state: _State) -> int | None:
    """From the second of two joined words to the first, unless it is asserted by itself."""
    tokens = parse.tokens
    token, head = tokens[at], tokens[tokens[at].head]
    if state.value == _NEGATED or (token.pos in _NOUNS and state.value != _HAPPENED):
        return None  # each of the two was denied for itself
    if token.pos in _NOUNS:
        return head.i
    if any(tokens[c].tag == "TO" for c in parse.children[at]):
        return _step(parse, head.i, cues, state)  # "not to buy and to check": what stands beside the first is its own
    joint = {tokens[c].text.lower() for c in parse.children[head.i] if tokens[c].dep == "cc"}
    own = any(
        tokens[c].dep in ("nsubj", "nsubjpass", "aux", "auxpass") and tokens[c].tag != "TO" for c in parse.children[at]
    )
    if own or "but" in joint:
        return None
    if token.tag == head.tag or token.tag in ("VB", "VBN", "VBG") or (joint & {"or", "nor"}):
        return head.i
    return None


def _is_definite(parse: Parse, noun: Token) -> bool:
    """Is a noun phrase one that the reader is taken to know: with "the", "this", a possessive?"""
    for c in parse.children[noun.i]:
        child = parse.tokens[c]
        if child.dep == "poss" or (child.dep == "det" and child.text.lower() in _DEFINITE):
            return True
    return noun.pos == "PROPN"


def _from_noun(parse: Parse, at: int, cues: FactualityCues, state: _State) -> int | None:
    """From a noun to what it stands under: a preposition, another noun, or a verb of which it is subject or object."""
    tokens = parse.tokens
    token = tokens[at]
    governor = tokens[token.head]
    if token.dep == "pobj":
        return _through_preposition(parse, governor.i, cues, state, noun=token)
    definite = _is_definite(parse, token)
    if token.dep in ("compound", "nmod", "poss", "amod"):
        signature = _signature(parse, governor.i, "", cues) or cues.governors.get(f"{governor.lemma.lower()} of")
        if signature is not None and signature.makes in (_FUTURE, _HYPOTHETICAL, _NEGATED):
            return _apply(parse, governor.i, signature, cues, state)
        return None
    if token.dep not in ("dobj", "nsubj", "nsubjpass", "attr", "dative"):
        return None
    if governor.pos == "ADJ" and token.dep == "nsubj":
        return _judged(parse, governor.i, cues, state)
    if governor.pos not in ("VERB", "AUX"):
        return None
    lemma = governor.lemma.lower()
    if any(tokens[c].dep == "oprd" for c in parse.children[governor.i]):
        return None  # "called the raid a crime"
    if token.dep == "nsubj" and not _passive(parse, governor.i):
        return _from_subject(parse, governor, definite, cues, state)
    signature = _signature(parse, governor.i, "", cues)
    if lemma in cues.carriers or (signature is not None and signature.makes == "same"):
        return governor.i
    if signature is not None and signature.makes != "report":
        if signature.group == "demand" and definite:
            return None
        return _apply(parse, governor.i, signature, cues, state, noun=True, definite=definite)
    if not definite and _open_verb(parse, governor.i, cues):
        return governor.i
    return None


def _from_subject(parse: Parse, verb: Token, definite: bool, cues: FactualityCues, state: _State) -> int | None:
    """A subject shares the truth of a verb that only says that it takes place; an indefinite one that of an open verb."""
    lemma = verb.lemma.lower()
    if lemma in cues.occurring:
        return verb.i
    if lemma == "be":
        for c in parse.children[verb.i]:
            if parse.tokens[c].dep in ("acomp", "attr") and _judged(parse, c, cues, state) is not None:
                return verb.i
    if lemma == "be" and any(parse.tokens[c].dep == "expl" for c in parse.children[verb.i]):
        return verb.i
    if not definite and _open_verb(parse, verb.i, cues):
        return verb.i
    return None


def _judged(parse: Parse, i: int, cues: FactualityCues, state: _State) -> int | None:
    """Let an adjective speak of its subject: "a ban is likely", "considers sanctions possible"."""
    if parse.tokens[i].pos != "ADJ":
        return None
    lemma = parse.tokens[i].lemma.lower()
    signature = cues.governors.get(lemma)
    effect = cues.modifiers.get(lemma) or (signature.makes if signature is not None else None)
    if effect not in (_FUTURE, _HYPOTHETICAL, _NEGATED):
        return None
    state.take(effect, parse.tokens[i].text)
    return i


def _open_verb(parse: Parse, i: int, cues: FactualityCues) -> bool:
    """Does a verb stand under a modal?"""
    return any(parse.tokens[c].dep == "aux" and parse.tokens[c].text.lower() in cues.modals for c in parse.children[i])


def _passive(parse: Parse, i: int) -> bool:
    return any(parse.tokens[c].dep == "auxpass" for c in parse.children[i])


def _is_historical(parse: Parse, i: int, cues: FactualityCues, when: When | None, published: date | None) -> bool:
    """Was the event over before the story's own time, by its date or by the words of its clause?"""
    if when is not None and published is not None:
        if when.end is not None:
            return (published - when.end).days >= cues.old_days
        return False
    tokens = parse.tokens
    if any(tokens[c].text.lower() in cues.old_words and tokens[c].dep == "advmod" for c in parse.children[i]):
        return True
    sentence = parse.sentence_of(i)
    below = parse.subtree(i)
    words = " ".join(tokens[c].text.lower() for c in below if sentence.first <= c < sentence.last)
    return any(phrase in words for phrase in cues.old_phrases)
