"""Repair: where a cue shows that the parse is wrong, the heads of a few tokens are set right before anything is read off it.

Four faults are common in news English: a verb that goes on with the reporter's sentence hangs on the reported clause ("said
it would stop, and gave them a week", "said it was late, adding that ..."); a that-clause hangs on the person told; two
reports beside a semicolon become one inside the other; a report at the end of a sentence after a long name and title
loses its subject.
"""

from __future__ import annotations

from dataclasses import replace

from dragoman.codebook.cues import Cues
from dragoman.read.quotes.attribution import SUBJECTS, child
from dragoman.read.quotes.closing import closing_report, inverted
from dragoman.record import Parse, Token

_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_SPEAKING_PARTICIPLES = frozenset(
    {"add", "note", "say", "stress", "suggest", "argue", "call", "explain", "warn", "insist", "cite", "claim", "accuse", "tell",
     "urge", "describe", "declare", "conclude", "emphasize", "emphasise", "observe", "recall", "promise", "refer", "predict"}
)  # fmt: skip


def repaired(parse: Parse, cues: Cues) -> Parse:
    """Return the parse with the heads and labels of misattached tokens set right; the same parse where none is."""
    changes: dict[int, tuple[int, str]] = {}
    for token in parse.tokens:
        if token.pos != "VERB" or token.lemma not in cues.verbs:
            continue
        _named_may(parse, token, changes)
        _separated(parse, token, changes)
        _told_that(parse, token, cues, changes)
        _coordinated(parse, token, cues, changes)
        _left_out(parse, token, changes)
        _participle(parse, token, cues, changes)
        _was_asked(parse, token, cues, changes)
        inverted(parse, token, changes)
        closing_report(parse, token, cues, changes)
    return _changed(parse, changes) if changes else parse


def _changed(parse: Parse, changes: dict[int, tuple[int, str]]) -> Parse:
    tokens = list(parse.tokens)
    for i, (head, dep) in changes.items():
        tokens[i] = replace(tokens[i], head=head, dep=dep)
    kept = _without_loops(parse, tokens, changes)
    children: list[list[int]] = [[] for _ in kept]
    for token in kept:
        if token.head != token.i:
            children[token.head].append(token.i)
    sentences = list(parse.sentences)
    for number in sorted({kept[i].sentence for i in changes}):
        sentence = sentences[number]
        roots = [i for i in range(sentence.first, sentence.last) if kept[i].head == i]
        if sentence.root not in roots and roots:
            sentences[number] = replace(sentence, root=roots[0])
    return replace(parse, tokens=tuple(kept), sentences=tuple(sentences), children=tuple(map(tuple, children)))


def _without_loops(parse: Parse, tokens: list[Token], changes: dict[int, tuple[int, str]]) -> list[Token]:
    """Take back every change of a sentence in which the heads would run in a circle."""
    for i in changes:
        seen: set[int] = set()
        at = i
        while tokens[at].head != at and at not in seen:
            seen.add(at)
            at = tokens[at].head
        if at in seen:
            for k in changes:
                if tokens[k].sentence == tokens[i].sentence:
                    tokens[k] = parse.tokens[k]
    return tokens


def _named_may(parse: Parse, token: Token, changes: dict[int, tuple[int, str]]) -> None:
    """ "May said": a surname that the tagger took for the modal, before a verb in the past."""
    if token.tag != "VBD" or token.i == 0 or child(parse, token.i, SUBJECTS) is not None:
        return
    before = parse.tokens[token.i - 1]
    if before.text in {"May", "Will"} and before.head == token.i and before.dep == "aux":
        changes[before.i] = (token.i, "nsubj")


def _separated(parse: Parse, token: Token, changes: dict[int, tuple[int, str]]) -> None:
    """A clause behind a semicolon is not what the clause before it reports, nor the other way round."""
    tokens = parse.tokens
    for j in parse.children[token.i]:
        if tokens[j].dep == "ccomp" and j < token.i and any(tokens[k].text == ";" for k in range(j, token.i)):
            changes[j] = (token.i, "dep")


def _told_that(parse: Parse, token: Token, cues: Cues, changes: dict[int, tuple[int, str]]) -> None:
    """ "Told thousands in the capital that ...": the clause is what was told."""
    tokens = parse.tokens
    if token.lemma not in cues.addressed or any(tokens[j].dep == "ccomp" for j in parse.children[token.i]):
        return
    for j in parse.children[token.i]:
        if tokens[j].dep not in {"dobj", "dative", "prep", "advmod", "npadvmod"} or j < token.i:
            continue
        for k in parse.subtree(j):
            if tokens[k].dep in {"relcl", "acl", "ccomp"} and k != j:
                first = tokens[parse.subtree(k)[0]]
                own = child(parse, k, SUBJECTS)
                if first.lower == "that" and own is not None and own != first.i:
                    changes[k] = (token.i, "ccomp")
                    changes[first.i] = (k, "mark")
                    return


def _finite_tag(parse: Parse, i: int) -> str:
    """The tag that tells a clause's tense: of its first auxiliary or of the verb itself."""
    for j in parse.children[i]:
        if parse.tokens[j].dep in {"aux", "auxpass"}:
            return parse.tokens[j].tag
    return parse.tokens[i].tag


def _coordinated(parse: Parse, token: Token, cues: Cues, changes: dict[int, tuple[int, str]]) -> None:
    """ "Said it would stop and gave them a week": a verb in the cue's own tense goes on with the cue's subject."""
    tokens = parse.tokens
    if token.tag not in _FINITE:
        return
    for j in parse.children[token.i]:
        if tokens[j].dep != "ccomp" or j < token.i or child(parse, j, SUBJECTS) is None:
            continue
        inner = _finite_tag(parse, j)
        for k in parse.children[j]:
            if tokens[k].dep != "conj" or _finite_tag(parse, k) != token.tag:
                continue
            if (token.tag == inner or inner not in _FINITE | {"MD"}) and not _reports_on(parse, j, k, cues):
                continue
            if child(parse, k, (*SUBJECTS, "aux", "mark")) is None:
                changes[k] = (token.i, "conj")
                joins = [c for c in parse.children[j] if tokens[c].dep == "cc" and c < k]
                if joins:
                    changes[joins[-1]] = (token.i, "cc")


def _left_out(parse: Parse, token: Token, changes: dict[int, tuple[int, str]]) -> None:
    """ "Told the paper it was late, and has been so before": what can't go on with the cue goes on with the report."""
    tokens = parse.tokens
    kids = parse.children[token.i]
    content = next((j for j in kids if tokens[j].dep == "ccomp" and j > token.i), None)
    if content is None or token.tag not in _FINITE:
        return
    for k in kids:
        if tokens[k].dep != "conj" or k < content or child(parse, k, SUBJECTS) is not None:
            continue
        if tokens[k].pos in {"ADJ", "NOUN", "ADV"} or (
            tokens[k].pos in {"VERB", "AUX"} and not _agrees(parse, k, token)
        ):
            changes[k] = (content, "conj")
            joins = [c for c in kids if tokens[c].dep == "cc" and content < c < k]
            if joins:
                changes[joins[-1]] = (content, "cc")


def _agrees(parse: Parse, k: int, token: Token) -> bool:
    """Whether a verb without a subject may share the cue's: they have one tense, or it is a participle or an infinitive."""
    tag = _finite_tag(parse, k)
    return tag == token.tag or tag not in _FINITE


def _reports_on(parse: Parse, j: int, k: int, cues: Cues) -> bool:
    """Whether a comma and a verb of saying with a clause set verb k off from the reported verb j before it."""
    tokens = parse.tokens
    joins = [c for c in parse.children[j] if tokens[c].dep == "cc" and c < k]
    if (
        not joins
        or tokens[joins[-1] - 1].text != ","
        or tokens[k].lemma not in _SPEAKING_PARTICIPLES | {"announce", "deny"}
    ):
        return False
    return tokens[k].lemma in cues.verbs and child(parse, k, ("ccomp", "xcomp")) is not None


def _was_asked(parse: Parse, token: Token, cues: Cues, changes: dict[int, tuple[int, str]]) -> None:
    """ "The spokesman, asked whether it would reply, said ...": he does not ask, he says, however the parser has it."""
    tokens = parse.tokens
    subject = child(parse, token.i, ("nsubj",))
    if token.lemma != "ask" or subject is None or not subject < token.i or tokens[token.i - 1].text != ",":
        return
    if any(tokens[k].dep in {"aux", "auxpass"} for k in parse.children[token.i]):
        return
    for k in (token.head, *(k for k in parse.children[token.i] if tokens[k].dep in {"ccomp", "conj"})):
        behind = k > token.i and tokens[k].lemma in cues.verbs and tokens[k - 1].text == ","
        if behind and child(parse, k, ("nsubj",)) is None:
            changes[subject] = (k, "nsubj")
            changes[token.i] = (subject, "acl")
            if k != token.head:
                changes[k] = (k if token.head == token.i else token.head, token.dep)
            return


def _participle(parse: Parse, token: Token, cues: Cues, changes: dict[int, tuple[int, str]]) -> None:
    """ "Said it was late, adding that ...": the participle of a verb of saying is the speaker's."""
    tokens = parse.tokens
    if token.tag != "VBG" or token.dep != "advcl" or token.lemma not in _SPEAKING_PARTICIPLES or token.i == 0:
        return
    first = parse.subtree(token.i)[0]
    before = tokens[first - 1].text if first else ""
    if before not in {",", '"', "”", "''", "»", "’", "'"}:
        return
    at = token.head
    while tokens[at].head != at:
        above = tokens[tokens[at].head]
        if tokens[at].dep == "ccomp" and above.pos == "VERB" and above.lemma in cues.verbs and above.i < at:
            changes[token.i] = (above.i, "advcl")
            return
        at = above.i
