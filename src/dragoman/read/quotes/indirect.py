"""Indirect attribution: clauses, infinitives and noun phrases that hang on a verb, noun, adjective or phrase of saying."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dragoman.codebook.cues import PREPOSITIONS, Cues
from dragoman.read.marks import quotation_at
from dragoman.read.quotes.attribution import (
    SUBJECTS,
    Attribution,
    Stretch,
    child,
    clause,
    is_infinitive,
    is_negated,
    is_passive,
    noun_phrase,
    runs,
    subject_of,
    trimmed,
)
from dragoman.record import Parse, Token
from dragoman.record.statement import Act

_EXPLETIVE = frozenset({"it", "there"})
_IMPERSONAL = frozenset(
    {"seem", "appear", "take", "cost", "follow", "matter", "mean", "help", "hurt", "prove", "show", "suggest"}
)
_OPENING_MARKS = frozenset({'"', "“", "``", "''", "‘", "'", "«", "„"})
_SPEAKING_VERBS = frozenset(
    {
        "comment",
        "say",
        "answer",
        "respond",
        "discuss",
        "elaborate",
        "disclose",
        "confirm",
        "speculate",
        "specify",
        "name",
        "tell",
    }
)
_WEIGHING = frozenset({"consider", "deem", "judge", "believe", "find", "think", "hold", "declare"})
_NAME_GIVING = frozenset(
    {"call", "label", "brand", "term", "dub", "deem", "pronounce", "nickname", "christen", "describe", "style"}
)
_NAME_REACH = 15
"""Tokens behind a naming verb within which the name in quotation marks must begin."""

_WH = frozenset({"what", "how", "why", "when", "where", "whether", "if", "who", "which", "whom", "whose"})


def indirect(parse: Parse, cues: Cues) -> Iterator[Attribution]:
    """Yield the indirect attributions of a parse in the order of their cues."""
    nouns, adjectives = cues.nouns, cues.adjectives
    for token in parse.tokens:
        if token.pos in {"VERB", "AUX"}:
            if cues.verb(token.lemma, token.lower) is not None:
                yield from _by_verb(parse, token, cues)
            elif token.lower in adjectives and is_passive(parse, token.i):
                yield from _by_adjective(parse, token, cues)
        elif token.pos == "NOUN":
            if token.lemma in nouns:
                yield from _by_noun(parse, token, cues)
        elif token.pos == "ADJ" and (token.lemma in adjectives or token.lower in adjectives):
            yield from _by_adjective(parse, token, cues)
    for phrase in cues.phrases:
        yield from _by_phrase(parse, phrase)
    yield from _by_view(parse, cues)
    yield from _for_somebody(parse)


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


def _by_verb(parse: Parse, token: Token, cues: Cues) -> Iterator[Attribution]:
    frames, last = frames_of(parse, token.i, cues)
    if _is_participle(parse, token):
        return
    if is_passive(parse, token.i) and child(parse, token.i, ("agent",)) is None:
        yield from _by_passive(parse, token, last, cues)
        return
    found = _complement(parse, token, frames, cues)
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
        and tokens[tokens[i].head].dep == "conj"
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


def _is_participle(parse: Parse, token: Token) -> bool:
    """Whether a past participle stands for somebody else's deed: "a man named Ali", "asked about the leak, she said"."""
    if token.tag != "VBN" or any(parse.tokens[k].dep in {"aux", "auxpass", *SUBJECTS} for k in parse.children[token.i]):
        return False
    return token.dep in {"acl", "advcl", "amod"} and child(parse, token.i, ("agent",)) is None


def _attribution(
    parse: Parse, token: Token, last: int, contents: tuple[Stretch, ...], frame: str, act: Act
) -> Iterator[Attribution]:
    contents = _bounded(parse, token, contents)
    if not contents:
        return
    head = subject_of(parse, token.i)
    if head is not None and parse.tokens[head].lower in _EXPLETIVE and token.lemma in _IMPERSONAL:
        head = None
    if (
        head is not None
        and parse.tokens[head].pos in {"VERB", "AUX", "ADV", "ADP"}
        and parse.tokens[head].text.islower()
    ):
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


def _complement(
    parse: Parse, token: Token, frames: Mapping[str, Act], cues: Cues
) -> tuple[str, tuple[Stretch, ...]] | None:
    """The frame that fits the verb's dependents, and the content's stretches."""
    tokens, children = parse.tokens, parse.children
    kids = children[token.i]
    if "clause" in frames or "quote" in frames:
        name = "clause" if "clause" in frames else "quote"
        for j in kids:
            if name == "quote" and j > token.i:
                continue  # a verb of manner ("laughed", "ended") reports only what stands before it
            if tokens[j].dep == "ccomp" and not is_infinitive(parse, j) and _is_clause(parse, j):
                between = next((k for k in kids if tokens[k].dep == "dobj" and token.i < k < j), None)
                if between is None or token.lemma in cues.addressed or tokens[parse.subtree(j)[0]].lower == "that":
                    return name, clause(parse, j)
        if token.lemma in cues.addressed:
            for j in kids:
                if tokens[j].dep in {"dobj", "dative", "pobj"}:
                    for k in children[j]:
                        if tokens[k].dep in {"relcl", "acl"} and tokens[parse.subtree(k)[0]].lower in _WH | {"that"}:
                            return name, clause(parse, k)
                elif tokens[j].dep == "advcl" and tokens[parse.subtree(j)[0]].lower in {"that", "whether", "if"}:
                    return name, clause(parse, j)
        if "object" not in frames:
            object_ = child(parse, token.i, ("dobj",))
            if (
                object_ is not None
                and object_ > token.i
                and any(_is_bare_relative(parse, k) for k in parse.children[object_])
            ):
                return name, clause(parse, object_)  # "said fifteen flights would be cut", read as "flights that would"
        if token.dep in {"parataxis", "advcl"} and tokens[token.head].pos in {"VERB", "AUX"}:
            around = _parenthetical(parse, token)
            if around:
                return name, around
    infinitive = next(
        (j for j in kids if tokens[j].dep in {"xcomp", "ccomp", "advcl"} and is_infinitive(parse, j)), None
    )
    if infinitive is not None:
        own = child(parse, infinitive, ("nsubj", "nsubjpass"))
        object_ = _addressee(parse, token)
        if "to" in frames and own is None and object_ is None and tokens[infinitive].dep != "advcl":
            asked = _wants_to_know(parse, infinitive)
            if asked is not None:
                return "asking", clause(parse, asked)
            return ("silence" if _is_silence(parse, token, infinitive) else "to"), clause(parse, infinitive)
        if "other_to" in frames and (own is not None or object_ is not None):
            return "other_to", _spanning(parse, token, [object_] if object_ is not None else [], infinitive)
        if "to" in frames and tokens[infinitive].dep == "xcomp":
            return "to", clause(parse, infinitive)
        if "clause" in frames and tokens[parse.subtree(infinitive)[0]].lower in _WH:
            return "clause", clause(parse, infinitive)
    object_ = child(parse, token.i, ("dobj",))
    if "naming" in frames and infinitive is not None and object_ is not None and tokens[infinitive].lemma == "be":
        return "naming", _spanning(parse, token, [object_], infinitive)
    if "naming" in frames and object_ is not None and token.lemma in _WEIGHING and _holds_be(parse, object_):
        return "naming", clause(parse, object_)  # the parser hung "to be ..." on a word inside the object
    if "naming" in frames:
        quoted = _quoted_name(parse, token) if token.lemma in _NAME_GIVING else None
        if quoted is not None:
            return "naming", (quoted,)
        for j in kids:
            if tokens[j].dep in {"oprd", "ccomp", "xcomp"} and not is_infinitive(parse, j):
                named = child(parse, j, ("nsubj", "nsubjpass"))
                if object_ is not None or named is not None or tokens[j].dep == "oprd":
                    return "naming", _spanning(parse, token, [object_] if object_ is not None else [], j)
        if object_ is not None:
            for j in kids:
                if tokens[j].dep == "prep" and tokens[j].lower == "as" and j > object_:
                    return "naming", _spanning(parse, token, [object_], j)
            named = next(
                (j for j in parse.children[object_] if tokens[j].dep in {"appos", "oprd", "acl"} and j > object_), None
            )
            if named is not None and tokens[parse.subtree(named)[0] - 1].text in _OPENING_MARKS:
                return "naming", _spanning(parse, token, [object_], named)
    if "gerund" in frames:
        for j in kids:
            if tokens[j].dep in {"xcomp", "ccomp", "dobj", "pcomp"} and tokens[j].tag == "VBG":
                return "gerund", clause(parse, j)
    for frame in frames:
        word = PREPOSITIONS.get(frame)
        if word is None:
            continue
        for j in kids:
            if tokens[j].dep in {"prep", "agent"} and tokens[j].lower == word and j > token.i:
                inner = child(parse, j, ("pobj", "pcomp"))
                if inner is None:
                    continue
                if object_ is not None and object_ > token.i:
                    if "object" in frames or "other_to" in frames or token.lemma in cues.addressed:
                        return frame, _spanning(parse, token, [object_], j)
                    continue
                return frame, clause(parse, inner)
            if word == "for" and tokens[j].dep in {"advcl", "ccomp"} and is_infinitive(parse, j) and j > token.i:
                mark = child(parse, j, ("mark",))
                if mark is not None and tokens[mark].lower == "for":
                    return frame, clause(parse, j, [mark])
    if "object" in frames and object_ is not None and not _is_empty_object(parse, object_):
        if frames["object"] == "demand":
            last = [j for j in kids if j > object_ and tokens[j].dep in {"prep", "advmod", "prt", "npadvmod"}]
            return "object", _spanning(parse, token, [object_], last[-1] if last else object_)
        return "object", clause(parse, object_)
    return None


def _holds_be(parse: Parse, object_: int) -> bool:
    """Whether an infinitive "to be" hangs somewhere in an object."""
    return any(parse.tokens[k].lemma == "be" and is_infinitive(parse, k) for k in parse.subtree(object_))


def _wants_to_know(parse: Parse, infinitive: int) -> int | None:
    """The question of "wants to know who paid": the clause under "know", "learn" or "hear"."""
    if parse.tokens[infinitive].lemma not in {"know", "learn", "hear", "see"}:
        return None
    inner = child(parse, infinitive, ("ccomp",))
    return inner if inner is not None and parse.tokens[parse.subtree(inner)[0]].lower in _WH else None


def _is_bare_relative(parse: Parse, k: int) -> bool:
    """Whether a relative clause is finite and has no relative pronoun, so that it may be a main clause."""
    first = parse.tokens[parse.subtree(k)[0]]
    finite = parse.tokens[k].tag in {"VBD", "VBZ", "VBP"} or any(
        parse.tokens[c].dep == "aux" for c in parse.children[k]
    )
    return parse.tokens[k].dep == "relcl" and finite and first.lower not in _WH | {"that"} and first.dep != "mark"


def _says_nothing(parse: Parse, token: Token) -> bool:
    """ "Would not say whether", "could not confirm that", "nobody said that": nothing is said."""
    kids = parse.children[token.i]
    subject = next((k for k in kids if parse.tokens[k].dep in SUBJECTS), None)
    if subject is not None and any(
        parse.tokens[k].lower in {"nobody", "none", "neither", "no"} for k in (subject, *parse.children[subject])
    ):
        return True
    helped = any(parse.tokens[k].lower in {"would", "could", "can", "did", "ca", "wo"} for k in kids)
    return helped and is_negated(parse, token.i) and token.lemma in _SPEAKING_VERBS


def _is_silence(parse: Parse, token: Token, infinitive: int) -> bool:
    """Whether somebody refuses to speak or to be named: "declined to comment", "asked not to be identified"."""
    verb = parse.tokens[infinitive]
    if token.lemma in {"decline", "refuse"}:
        return verb.lemma in _SPEAKING_VERBS
    return is_negated(parse, infinitive) and verb.lemma in {"name", "identify", "quote"}


def _quoted_name(parse: Parse, token: Token) -> Stretch | None:
    """ "Called the offer “a trick”": from behind the verb to the end of the marks, where no other verb stands between."""
    tokens = parse.tokens
    following = [t for t in tokens[token.i + 1 : token.i + _NAME_REACH] if t.sentence == token.sentence]
    for k, other in enumerate(following):
        if other.text in _OPENING_MARKS:
            quotation = next((q for q in parse.quotations if q.depth == 0 and q.start == other.start), None)
            if quotation is None or k == 0:
                return None
            return following[0].start, quotation.end
        if (other.pos in {"VERB", "AUX"} and other.tag != "VBN") or other.text in {",", ";", ":", "and", "or"}:
            return None
    return None


def _is_clause(parse: Parse, j: int) -> bool:
    """Whether a complement is a clause: it has a verb or a subject of its own."""
    tokens = parse.tokens
    return tokens[j].pos in {"VERB", "AUX"} or any(
        tokens[k].dep in {"nsubj", "nsubjpass", "cop", "aux"} for k in parse.children[j]
    )


def _addressee(parse: Parse, token: Token) -> int | None:
    """The one who is asked to do something: an object, or the object of "on", "upon", "to", "with"."""
    object_ = child(parse, token.i, ("dobj", "dative"))
    if object_ is not None:
        return object_
    for j in parse.children[token.i]:
        if parse.tokens[j].dep in {"prep", "prt"} and parse.tokens[j].lower in {"on", "upon", "to", "with"}:
            return child(parse, j, ("pobj",))
    return None


def _spanning(parse: Parse, token: Token, parts: list[int], last: int) -> tuple[Stretch, ...]:
    """The one stretch from the first of the parts behind the verb to the end of the last."""
    indices = [i for part in (*parts, last) for i in parse.subtree(part) if i > token.i]
    if not indices:
        return clause(parse, last)
    stretch = trimmed(parse, list(range(min(indices), max(indices) + 1)))
    return (stretch,) if stretch else ()


def _parenthetical(parse: Parse, token: Token) -> tuple[Stretch, ...]:
    """The clause around "..., he said, ...": the head's words without the cue's own."""
    own = child(parse, token.i, ("nsubj",))
    if own is None or (
        child(parse, token.i, ("dobj", "mark")) is not None and parse.tokens[parse.subtree(token.i)[0]].lower != "as"
    ):
        return ()
    first = parse.subtree(token.i)[0]
    if parse.tokens[token.i].dep == "advcl" and parse.tokens[first].lower != "as":
        return ()
    return clause(parse, token.head, [token.i])


def _is_empty_object(parse: Parse, j: int) -> bool:
    """Whether an object says nothing by itself: a pronoun or a bare figure."""
    return parse.tokens[j].pos in {"PRON", "NUM"} and not any(
        parse.tokens[k].dep in {"relcl", "acl", "prep"} for k in parse.children[j]
    )


def _by_passive(parse: Parse, token: Token, last: int, cues: Cues) -> Iterator[Attribution]:
    """A passive without an agent: "is believed to", "was accused of", "it is feared that", "was told that"."""
    tokens, kids = parse.tokens, parse.children[token.i]
    if token.lower in cues.adjectives and token.lemma not in cues.passive:
        yield from _by_adjective(parse, token, cues)
        return
    if token.lemma not in cues.passive:
        return
    act = cues.passive[token.lemma]
    subject = child(parse, token.i, ("nsubjpass", "nsubj"))
    for j in kids:
        if tokens[j].dep == "ccomp" and _is_clause(parse, j):
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


def _by_noun(parse: Parse, token: Token, cues: Cues) -> Iterator[Attribution]:
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
                if token.dep == "dobj" and any(
                    c.frames.get("object") == "denial" for c in cues.verbs.get(above.lemma, ())
                ):
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


def _by_adjective(parse: Parse, token: Token, cues: Cues) -> Iterator[Attribution]:
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
        if j < token.i:
            continue
        dep, word = tokens[j].dep, tokens[j].lower
        frame = ""
        contents: tuple[Stretch, ...] = ()
        if dep == "ccomp" and "clause" in frames and _is_clause(parse, j):
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


def _by_phrase(parse: Parse, phrase: tuple[str, ...]) -> Iterator[Attribution]:
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


def _for_somebody(parse: Parse) -> Iterator[Attribution]:
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
    kept = [
        i
        for i in (parse.subtree(verb) if tokens[verb].head != verb else range(sentence.first, sentence.last))
        if i not in own
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


def _by_view(parse: Parse, cues: Cues) -> Iterator[Attribution]:
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
