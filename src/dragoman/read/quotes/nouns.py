"""Nouns and adjectives: attributions whose cue is "his claim that", "a promise to", "confident that"."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.codebook.cues import PREPOSITIONS, Cues
from dragoman.read.quotes.attribution import (
    Attribution,
    Stretch,
    child,
    clause,
    is_infinitive,
    is_negated,
    noun_phrase,
    subject_of,
)
from dragoman.read.quotes.complement import is_clause
from dragoman.record import Parse, Token
from dragoman.record.statement import Act


def by_noun(parse: Parse, token: Token, cues: Cues) -> Iterator[Attribution]:
    """Yield the attribution of a noun of saying: "his claim that", "a promise to", "the assessment is that"."""
    tokens, kids = parse.tokens, parse.children[token.i]
    frames = cues.nouns[token.lemma].frames
    for j in kids:
        if j < token.i:
            continue
        dep = tokens[j].dep
        if dep in {"acl", "relcl", "ccomp"}:
            first = tokens[parse.subtree(j)[0]]
            if "clause" in frames and first.lower == "that" and first.dep == "mark":
                above = tokens[token.head]
                if (token.dep == "dobj" and _denies(above, cues)) or _denies(tokens[j], cues):
                    return  # whoever denies the claim speaks of its content already
                yield from _from_noun(parse, token, clause(parse, j), "clause", frames["clause"], cues)
                return
            if "to" in frames and is_infinitive(parse, j):
                yield from _from_noun(parse, token, clause(parse, j), "to", frames["to"], cues)
                return
        elif dep == "prep":
            for frame, word in PREPOSITIONS.items():
                if frame in frames and tokens[j].lower == word:
                    inner = child(parse, j, ("pobj", "pcomp"))
                    if inner is not None and not (frame == "of" and _is_issuer(parse, inner)):
                        yield from _from_noun(parse, token, clause(parse, inner), frame, frames[frame], cues)
                        return
    above = tokens[token.head]
    if token.dep == "nsubj" and above.lemma == "be" and "clause" in frames:
        for j in parse.children[above.i]:
            if tokens[j].dep == "ccomp" and tokens[parse.subtree(j)[0]].lower == "that":
                yield from _from_noun(parse, token, clause(parse, j), "clause", frames["clause"], cues)
                return


def _denies(verb: Token, cues: Cues) -> bool:
    """Whether a verb's object is what is denied."""
    return any(cue.frames.get("object") == "denial" for cue in cues.verbs.get(verb.lemma, ()))


def _is_issuer(parse: Parse, i: int) -> bool:
    """Whether "of somebody" names who said it: a person or a body by name."""
    return parse.tokens[i].ent in {"PERSON", "ORG"} or parse.tokens[i].pos == "PRON"


def _from_noun(
    parse: Parse, token: Token, contents: tuple[Stretch, ...], frame: str, act: Act, cues: Cues
) -> Iterator[Attribution]:
    head = issuer_of(parse, token.i, cues)
    if head is None and frame not in {"clause", "to"}:
        return
    refused = any(parse.tokens[k].lower == "no" for k in parse.children[token.i])
    if contents:
        yield Attribution(
            source=noun_phrase(parse, head) if head is not None else None,
            head=head,
            cue=(token.start, token.end),
            word=token.i,
            contents=contents,
            direct=False,
            act="denial" if refused else act,
            frame="noun " + frame,
            negated=refused,
        )


def issuer_of(parse: Parse, i: int, cues: Cues) -> int | None:
    """Whose claim, promise or view it is: a possessor, "by" or "from" somebody, or who makes it."""
    tokens, token = parse.tokens, parse.tokens[i]
    for j in parse.children[token.i]:
        if tokens[j].dep == "poss":
            return j
    for j in parse.children[token.i]:
        if tokens[j].dep == "prep" and tokens[j].lower in {"by", "from", "among"}:
            inner = child(parse, j, ("pobj",))
            if inner is not None:
                return inner
        if tokens[j].dep == "prep" and tokens[j].lower == "of":
            inner = child(parse, j, ("pobj",))
            if inner is not None and (_is_issuer(parse, inner) or token.lemma in cues.speeches):
                return inner
        if tokens[j].dep == "acl" and tokens[j].tag == "VBN":
            agent = child(parse, j, ("agent",))
            maker = child(parse, agent, ("pobj",)) if agent is not None else None
            if maker is not None:
                return maker
        if tokens[j].dep == "relcl" and token.lemma in cues.speeches:
            giver = child(parse, j, ("nsubj",))
            if giver is not None and tokens[giver].pos != "PRON":
                return giver
    for j in parse.children[token.i]:
        if tokens[j].dep in {"amod", "compound"} and tokens[j].ent in {"NORP", "ORG", "GPE", "PERSON"}:
            return j
    above = tokens[token.head]
    if token.dep in {"dobj", "attr"} and above.pos in {"VERB", "AUX"} and above.lemma in cues.light:
        return subject_of(parse, above.i)
    if token.dep == "pobj" and tokens[above.head].pos in {"VERB", "AUX"} and tokens[above.head].lemma in cues.light:
        return subject_of(parse, above.head)
    return None


def by_adjective(parse: Parse, token: Token, cues: Cues) -> Iterator[Attribution]:
    """ "X is confident that", "was worried about", "remain hopeful of"."""
    tokens = parse.tokens
    cue = cues.adjectives.get(token.lemma) or cues.adjectives.get(token.lower)
    if cue is None:
        return
    verb = token.i
    if token.pos == "ADJ":
        if token.dep not in {"acomp", "oprd", "attr", "conj", "ROOT"} or tokens[token.head].pos not in {
            "AUX",
            "VERB",
            "ADJ",
        }:
            return
        verb = token.head
    subject = child(parse, verb, ("nsubj", "nsubjpass"))
    if subject is None:
        subject = subject_of(parse, verb)
    elif tokens[subject].lower in {"who", "which", "that"} and tokens[verb].dep == "relcl":
        subject = tokens[verb].head
    if subject is None or tokens[subject].lower in {"it", "this", "that", "there", "what"}:
        return
    frames = cue.frames
    for j in (*parse.children[token.i], *(parse.children[verb] if verb != token.i else ())):
        before = j < token.i and tokens[j].dep == "ccomp" and tokens[token.i + 1].text in {".", "!"}
        if j < token.i and not before:
            continue
        dep, word = tokens[j].dep, tokens[j].lower
        frame = ""
        contents: tuple[Stretch, ...] = ()
        if dep == "ccomp" and "clause" in frames and is_clause(parse, j):
            frame, contents = "clause", clause(parse, j)
        elif dep == "xcomp" and "to" in frames and is_infinitive(parse, j):
            frame, contents = "to", clause(parse, j)
        elif dep in {"prep", "agent"}:
            frame = next((f for f, w in PREPOSITIONS.items() if w == word and f in frames), "")
            inner = child(parse, j, ("pobj", "pcomp"))
            contents = clause(parse, inner) if frame and inner is not None else ()
        if contents:
            yield Attribution(
                source=noun_phrase(parse, subject),
                head=subject,
                cue=(token.start, token.end),
                word=token.i,
                contents=contents,
                direct=False,
                act=frames[frame],
                frame="adjective " + frame,
                negated=is_negated(parse, verb),
            )
            return
