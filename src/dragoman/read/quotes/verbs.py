"""Verbs: attributions whose cue is a verb, active or passive."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dragoman.codebook.cues import Cues
from dragoman.read.marks import quotation_at
from dragoman.read.quotes.attribution import (
    SUBJECTS,
    Attribution,
    Stretch,
    child,
    clause,
    is_negated,
    is_passive,
    noun_phrase,
    subject_of,
    trimmed,
)
from dragoman.read.quotes.complement import SPEAKING_VERBS, complement, is_clause
from dragoman.read.quotes.nouns import by_adjective
from dragoman.record import Parse, Token
from dragoman.record.statement import Act

_EXPLETIVE = frozenset({"it", "there"})
_IMPERSONAL = frozenset(
    {"seem", "appear", "take", "cost", "follow", "matter", "mean", "help", "hurt", "prove", "show", "suggest"}
)


CHARGES = frozenset({"charge", "accusation", "allegation", "claim", "something", "suggestion", "assertion", "report"})
"""Nouns by which a sentence takes up what it has just reported."""

_LEARNING = frozenset({"know", "learn", "hear", "see"})
"""Under "want to" these ask a question, which is read at "want"."""


def frames_of(parse: Parse, i: int, cues: Cues) -> tuple[dict[str, Act], int]:
    """The frames that verb i offers, a particle's own included, and the index of the cue's last token."""
    frames: dict[str, Act] = {}
    last = i
    tokens = parse.tokens
    for cue in cues.verbs.get(cues.verb(tokens[i].lemma, tokens[i].lower) or "", ()):
        if not cue.rest:
            frames.update(cue.frames)
            continue
        at = i
        for word in cue.rest:
            at = next(
                (k for k in range(at + 1, min(at + 4, len(tokens))) if word in (tokens[k].lower, tokens[k].lemma)), -1
            )
            if at < 0:
                break
        own = at > 0 and (tokens[at].head == i or at == i + 1 or tokens[tokens[at].head].head == i)
        if own and tokens[at].sentence == tokens[i].sentence:
            frames.update(cue.frames)
            last = at if tokens[at].dep in {"prt", "prep", "acomp", "oprd", "advmod", "ccomp"} else last
    return frames, last


def by_verb(parse: Parse, token: Token, cues: Cues) -> Iterator[Attribution]:
    """Yield the attributions of a verb of saying: one, or several where it coordinates what was said."""
    frames, last = frames_of(parse, token.i, cues)
    above = parse.tokens[token.head]
    if _is_participle(parse, token) or (token.dep == "xcomp" and above.lemma == "want" and token.lemma in _LEARNING):
        return
    if is_passive(parse, token.i) and child(parse, token.i, ("agent",)) is None:
        yield from _by_passive(parse, token, last, cues)
        return
    if token.dep == "xcomp" and above.lemma in {"decline", "refuse"} and token.lemma in SPEAKING_VERBS:
        return
    taken_up = _taken_up(parse, token, frames)
    if taken_up is not None:
        yield from _attribution(parse, token, last, (taken_up,), "relative", "denial")
        return
    found = complement(parse, token, frames, cues)
    if found is None:
        return
    frame, contents = found
    if frame == "clause" and _says_nothing(parse, token):
        frame = "silence"
    act = "question" if frame == "asking" else frames.get(frame, "denial")
    if frame == "clause":
        for part in _coordinated(parse, token, contents):
            yield from _attribution(parse, token, last, part, frame, act)
        return
    yield from _attribution(parse, token, last, contents, frame, act)


def _taken_up(parse: Parse, token: Token, frames: Mapping[str, Act]) -> Stretch | None:
    """The words by which a denial takes up what was said before: ", which Iran denies", ", a charge that Iran denies"."""
    tokens = parse.tokens
    if frames.get("object") != "denial" or child(parse, token.i, SUBJECTS) is None:
        return None
    for k in parse.children[token.i]:
        if tokens[k].dep == "dobj" and tokens[k].lower == "which" and k < token.i:
            return tokens[k].start, tokens[k].end
    above = tokens[token.head]
    if token.dep != "relcl" or above.lemma.lower() not in CHARGES or above.i == 0:
        return None
    low = parse.subtree(above.i)[0]
    if low == 0 or tokens[low - 1].text not in {",", "–", "—", "-", ";"}:
        return None
    return tokens[low].start, above.end


def _coordinated(parse: Parse, token: Token, contents: tuple[Stretch, ...]) -> Iterator[tuple[Stretch, ...]]:
    """Yield the contents of "said that A, that B and that C" one by one, also where the parser hung one on the cue."""
    if len(contents) != 1:
        yield contents
    else:
        for piece in _pieces(parse, contents[0]):
            yield (piece,)
    for k in parse.children[token.i]:
        if parse.tokens[k].dep == "conj" and k > token.i and child(parse, k, SUBJECTS) is not None:
            first = parse.tokens[parse.subtree(k)[0]]
            if first.lower == "that" and first.dep == "mark" and not any(a <= first.start < b for a, b in contents):
                for stretch in clause(parse, k):
                    for piece in _pieces(parse, stretch):
                        yield (piece,)


def _pieces(parse: Parse, stretch: Stretch) -> list[Stretch]:
    """The stretch, cut before each further "that" of a coordination."""
    tokens = parse.tokens
    there = list(parse.tokens_within(*stretch))
    cuts = [
        n
        for n, i in enumerate(there)
        if n
        and tokens[i].lower == "that"
        and tokens[i].dep == "mark"
        and (tokens[tokens[i].head].dep == "conj" or _is_further(parse, i))
        and tokens[there[n - 1]].lower in {",", "and", "but", "or"}
        and quotation_at(parse.quotations, tokens[i].start) is None
    ]
    if not cuts:
        return [stretch]
    found = []
    for low, high in zip([0, *cuts], [*cuts, len(there)], strict=True):
        part = there[low:high]
        while part and tokens[part[-1]].lower in {",", "and", "but", "or"}:
            part.pop()
        piece = trimmed(parse, part) if part else None
        if piece is not None:
            found.append(piece)
    return found


def _is_further(parse: Parse, i: int) -> bool:
    """Whether "that" opens a clause with a subject of its own, in the tense of a report."""
    verb = parse.tokens[i].head
    return child(parse, verb, SUBJECTS) not in {None, i} and parse.tokens[i + 1].pos not in {"VERB", "AUX"}


def _is_participle(parse: Parse, token: Token) -> bool:
    """Whether a past participle stands for somebody else's deed: "a man named Ali", "asked about the leak, she said"."""
    if token.tag not in {"VBN", "VBD"} or any(
        parse.tokens[k].dep in {"aux", "auxpass", *SUBJECTS} for k in parse.children[token.i]
    ):
        return False
    if token.lemma == "ask" and token.dep in {"acl", "advcl"}:
        return True  # "asked by reporters whether ..., he said": the reporters' question
    participial = token.dep in {"acl", "advcl", "amod"} if token.tag == "VBN" else token.dep == "acl"
    return participial and child(parse, token.i, ("agent",)) is None


_LEFT_OPEN = frozenset({"whether", "if", "when", "where", "why", "how", "who", "which", "what"})
"""Words that open what a speaker did not say: no statement, and no denial either."""


def _says_nothing(parse: Parse, token: Token) -> bool:
    """ "Would not say whether", "has not said when", "could not confirm that", "nobody said that": nothing is said."""
    kids = parse.children[token.i]
    open_clause = any(
        parse.tokens[k].dep == "ccomp" and parse.tokens[parse.subtree(k)[0]].lower in _LEFT_OPEN for k in kids
    )
    if open_clause and token.lemma in SPEAKING_VERBS and is_negated(parse, token.i):
        return True
    above = parse.tokens[token.head]
    if token.dep in {"conj", "xcomp"} and above.lemma == "help" and is_negated(parse, above.i):
        return True  # "could not help but realize": what the narrator supposes of him
    subject = next((k for k in kids if parse.tokens[k].dep in SUBJECTS), None)
    if subject is not None and any(
        parse.tokens[k].lower in {"nobody", "none", "neither", "no"} for k in (subject, *parse.children[subject])
    ):
        return True
    if subject is not None and any(
        parse.tokens[k].lower == "few" and parse.tokens[max(0, k - 1)].lower != "a"
        for k in (subject, *parse.children[subject])
    ):
        return True
    helped = any(parse.tokens[k].lower in {"would", "could", "can", "did", "ca", "wo"} for k in kids)
    return helped and is_negated(parse, token.i) and token.lemma in SPEAKING_VERBS


def _attribution(
    parse: Parse, token: Token, last: int, contents: tuple[Stretch, ...], frame: str, act: Act
) -> Iterator[Attribution]:
    contents = _bounded(parse, token, contents)
    if not contents:
        return
    head = child(parse, token.i, SUBJECTS) if frame == "relative" else subject_of(parse, token.i)
    if head is not None and parse.tokens[head].lower in _EXPLETIVE and token.lemma in _IMPERSONAL:
        head = None
    if head is not None and (parse.tokens[head].dep == "csubj" or _is_no_source(parse.tokens[head])):
        return  # a clause for a subject says nothing: "whether they open will show ..."
    yield Attribution(
        source=noun_phrase(parse, head) if head is not None else None,
        head=head,
        cue=(token.start, parse.tokens[last].end),
        word=token.i,
        contents=contents,
        direct=False,
        act=act,
        frame=frame,
        negated=is_negated(parse, token.i),
    )


def _is_no_source(token: Token) -> bool:
    """Whether a subject's head can't be somebody: a verb or an adverb that is no name ("May")."""
    return token.pos in {"VERB", "AUX", "ADV", "ADP"} and token.text.islower()


def _bounded(parse: Parse, token: Token, contents: tuple[Stretch, ...]) -> tuple[Stretch, ...]:
    """The content within the cue's own stretch of the sentence: no semicolon, nor the bracket around the cue, is crossed."""
    sentence = parse.sentence_of(token.i)
    low, high = sentence.start, sentence.end
    for other in parse.tokens[sentence.first : sentence.last]:
        if other.text not in {";", "(", ")"} or quotation_at(parse.quotations, other.start) is not None:
            continue
        if other.i < token.i and (other.text != ")" or low > sentence.start):
            low = other.end if other.text != ")" else sentence.start
        elif other.i > token.i and (other.text == ";" or (other.text == ")" and low > sentence.start)):
            high = other.start
            break
    kept = []
    for start, end in contents:
        start, end = max(start, low), min(end, high)
        while start < end and not (tokens := parse.tokens_within(start, end)):
            end -= 1
        if start < end:
            stretch = trimmed(parse, list(tokens))
            if stretch is not None:
                kept.append(stretch)
    return tuple(kept)


def _by_passive(parse: Parse, token: Token, last: int, cues: Cues) -> Iterator[Attribution]:
    """A passive without an agent: "is believed to", "was accused of", "it is feared that", "was told that"."""
    tokens, kids = parse.tokens, parse.children[token.i]
    if token.lower in cues.adjectives and token.lemma not in cues.passive:
        yield from by_adjective(parse, token, cues)
        return
    if token.lemma not in cues.passive:
        return
    act = cues.passive[token.lemma]
    subject = child(parse, token.i, ("nsubjpass", "nsubj"))
    for j in kids:
        if tokens[j].dep == "ccomp" and is_clause(parse, j):
            if subject is None or tokens[subject].lower == "it":
                yield from _bare(parse, token, last, clause(parse, j), "clause", act)
                return
        elif tokens[j].dep in {"xcomp", "oprd"} or (tokens[j].dep == "prep" and tokens[j].lower in {"of", "as", "for"}):
            said = clause(parse, j)
            named = clause(parse, subject) if subject is not None else ()
            if tokens[j].dep == "prep":
                inner = child(parse, j, ("pobj", "pcomp"))
                said = clause(parse, inner) if inner is not None else ()
            if said:
                yield from _bare(parse, token, last, tuple(sorted((*named, *said))), "passive", act)
                return


def _bare(
    parse: Parse, token: Token, last: int, contents: tuple[Stretch, ...], frame: str, act: Act
) -> Iterator[Attribution]:
    if contents:
        yield Attribution(
            source=None,
            head=None,
            cue=(token.start, parse.tokens[last].end),
            word=token.i,
            contents=contents,
            direct=False,
            act=act,
            frame=frame,
            negated=is_negated(parse, token.i),
        )
