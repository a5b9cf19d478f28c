"""Complement: what hangs on a verb of saying, by the frames that the codebook gives the verb."""

from __future__ import annotations

from collections.abc import Mapping

from dragoman.codebook.cues import PREPOSITIONS, Cues
from dragoman.read.marks import quotation_at
from dragoman.read.quotes.attribution import Stretch, child, clause, is_infinitive, is_negated, trimmed
from dragoman.record import Parse, Token
from dragoman.record.statement import Act

_OPENING_MARKS = frozenset({'"', "“", "``", "''", "‘", "'", "«", "„"})
SPEAKING_VERBS = frozenset({
    "comment", "say", "answer", "respond", "discuss", "elaborate", "disclose", "confirm", "speculate", "specify",
    "name", "tell",
})  # fmt: skip
_WEIGHING = frozenset({"consider", "deem", "judge", "believe", "find", "think", "hold", "declare"})
_NAME_GIVING = frozenset(
    {"call", "label", "brand", "term", "dub", "deem", "pronounce", "nickname", "christen", "describe", "style"}
)
_NAME_REACH = 15
"""Tokens behind a naming verb within which the name in quotation marks must begin."""
_ANSWERS = frozenset({"yes", "no"})
_COUNTING = frozenset({"put", "estimate"})
_FIGURES = frozenset({"CARDINAL", "MONEY", "PERCENT", "QUANTITY"})
_LATER = frozenset({"demand", "expectation", "intention"})
"""Acts whose content takes in where and when: "ordered the consul out by midnight", "promised a vote in May"."""

_IT = frozenset({"it", "this", "that", "them"})
_MEANWHILE = frozenset({"as", "when", "after", "before", "while", "upon"})
_WH = frozenset({"what", "how", "why", "when", "where", "whether", "if", "who", "which", "whom", "whose"})


_SAID_NOUNS = frozenset(
    {"statement", "report", "claim", "fact", "condition", "ground", "hope", "view", "belief", "announcement"}
)
"""Nouns that have a clause of "that" of their own."""

Found = tuple[str, tuple[Stretch, ...]]
"""The frame that fits, or "asking" or "silence", and the content's stretches."""


def complement(parse: Parse, token: Token, frames: Mapping[str, Act], cues: Cues) -> Found | None:
    """Return the frame that fits a verb's dependents and the content's stretches, or None.

    A clause goes before an infinitive, that before a name given, a gerund, a preposition and a plain object.
    """
    infinitive = next(
        (
            j
            for j in parse.children[token.i]
            if parse.tokens[j].dep in {"xcomp", "ccomp", "advcl"} and is_infinitive(parse, j)
        ),
        None,
    )
    object_ = child(parse, token.i, ("dobj",))
    found = _clausal(parse, token, frames, object_, cues) if "clause" in frames or "quote" in frames else None
    if found is None and infinitive is not None:
        found = _infinitival(parse, token, frames, infinitive)
    if found is None and "naming" in frames:
        found = _naming(parse, token, object_, infinitive)
    if found is None and "gerund" in frames:
        found = _gerund(parse, token)
    return found or _prepositional(parse, token, frames, object_, cues) or _objective(parse, token, frames, object_)


def _clausal(parse: Parse, token: Token, frames: Mapping[str, Act], object_: int | None, cues: Cues) -> Found | None:
    """ "Said that ...", "told reporters that ...", "..., he said, ..."."""
    tokens, kids = parse.tokens, parse.children[token.i]
    name = "clause" if "clause" in frames else "quote"
    for j in kids:
        if name == "quote" and j > token.i:
            continue  # a verb of manner ("laughed", "ended") reports only what stands before it
        if j < token.i and (_is_beside(parse, token, j, cues) or _is_before_colon(parse, token, j)):
            continue
        if "naming" in frames and _is_verbless(parse, j):
            continue  # "finds the answers thin" names them
        if tokens[j].dep == "ccomp" and not is_infinitive(parse, j) and is_clause(parse, j):
            between = next((k for k in kids if tokens[k].dep == "dobj" and token.i < k < j), None)
            if between is None or token.lemma in cues.addressed or tokens[parse.subtree(j)[0]].lower == "that":
                return name, clause(parse, j)
    for j in kids:
        if tokens[j].dep == "intj" and j < token.i and tokens[j].lower in _ANSWERS and tokens[j + 1].text == ",":
            return name, clause(parse, j)
    for j in kids:
        if tokens[j].dep == "advcl" and j > token.i and child(parse, j, ("nsubj", "nsubjpass")) is not None:
            mark = child(parse, j, ("mark",))
            if mark is not None and tokens[mark].lower == "that" and name == "clause":
                return name, clause(parse, j)
    astray = _hung_on_a_phrase(parse, token) if name == "clause" else None
    if astray is not None:
        return name, clause(parse, astray)
    if token.lemma in cues.addressed:
        told = _told(parse, kids)
        if told is not None:
            return name, clause(parse, told)
    behind = parse.children[object_] if object_ is not None and object_ > token.i and "object" not in frames else ()
    if object_ is not None and any(_is_bare_relative(parse, k) for k in behind):
        return name, clause(parse, object_)  # "said fifteen flights would be cut", read as "flights that would"
    if token.dep in {"parataxis", "advcl"} and tokens[token.head].pos in {"VERB", "AUX"}:
        around = _parenthetical(parse, token)
        if around:
            return name, around
    return None


def _hung_on_a_phrase(parse: Parse, token: Token) -> int | None:
    """The clause of "that" with a subject of its own which a parser hangs on a noun behind the verb ("said on air that")."""
    tokens = parse.tokens
    waiting = [j for j in parse.children[token.i] if j > token.i and tokens[j].dep == "prep"]
    while waiting:
        i = waiting.pop()
        for j in parse.children[i]:
            marks = [k for k in parse.children[j] if tokens[k].dep == "mark" and tokens[k].lower == "that"]
            if tokens[j].dep in {"relcl", "acl"} and marks and child(parse, j, ("nsubj", "nsubjpass")) is not None:
                return j if tokens[i].lemma not in _SAID_NOUNS else None
            if tokens[j].dep in {"pobj", "prep"}:
                waiting.append(j)
    return None


def _is_beside(parse: Parse, token: Token, j: int, cues: Cues) -> bool:
    """ "A thinks it will hold, B thinks it will not": the report before is none of the second one's contents."""
    tokens = parse.tokens
    if tokens[j].dep != "ccomp" or tokens[j].lemma not in cues.verbs or child(parse, j, ("ccomp",)) is None:
        return False
    return any(k > token.i and tokens[k].dep == "ccomp" for k in parse.children[token.i])


def _is_before_colon(parse: Parse, token: Token, j: int) -> bool:
    """Whether a colon stands between a clause and the cue behind it: "It is not over: the ministry demands a fee"."""
    between = parse.tokens[parse.subtree(j)[-1] : token.i]
    return any(t.text == ":" and quotation_at(parse.quotations, t.start) is None for t in between)


def _is_verbless(parse: Parse, j: int) -> bool:
    """Whether a complement says what something is without a verb."""
    tokens = parse.tokens
    return tokens[j].pos not in {"VERB", "AUX"} and not any(
        tokens[k].dep in {"cop", "aux", "mark"} for k in parse.children[j]
    )


def _told(parse: Parse, kids: tuple[int, ...]) -> int | None:
    """The clause that was told somebody, where the parser hung it on the one told or made it an adverbial."""
    tokens = parse.tokens
    for j in kids:
        if tokens[j].dep in {"dobj", "dative", "pobj"}:
            for k in parse.children[j]:
                if tokens[k].dep in {"relcl", "acl"} and tokens[parse.subtree(k)[0]].lower in _WH | {"that"}:
                    return k
        elif tokens[j].dep == "advcl" and tokens[parse.subtree(j)[0]].lower in {"that", "whether", "if"}:
            return j
        elif tokens[j].dep == "advcl" and tokens[parse.subtree(j)[0]].lower in _MEANWHILE:
            for k in parse.children[j]:
                if tokens[k].dep == "ccomp" and tokens[parse.subtree(k)[0]].lower == "that":
                    return k  # "told reporters as he left that the talks had failed"
    return None


def _infinitival(parse: Parse, token: Token, frames: Mapping[str, Act], infinitive: int) -> Found | None:
    """ "Vowed to leave", "urged them to leave", "wants to know who left", "declined to comment", "explained how to"."""
    tokens = parse.tokens
    own = child(parse, infinitive, ("nsubj", "nsubjpass"))
    other = _addressee(parse, token)
    if "to" in frames and own is None and other is None and tokens[infinitive].dep != "advcl":
        asked = _wants_to_know(parse, infinitive)
        if asked is not None:
            return "asking", clause(parse, asked)
        return ("silence" if _is_silence(parse, token, infinitive) else "to"), clause(parse, infinitive)
    if "other_to" in frames and (own is not None or other is not None):
        return "other_to", _spanning(parse, token, [other] if other is not None else [], infinitive)
    if "to" in frames and tokens[infinitive].dep == "xcomp":
        return "to", clause(parse, infinitive)
    if "clause" in frames and tokens[parse.subtree(infinitive)[0]].lower in _WH:
        return "clause", clause(parse, infinitive)
    return None


def _naming(parse: Parse, token: Token, object_: int | None, infinitive: int | None) -> Found | None:
    """ "Called it a mistake", "described him as weak", "considers it to be wrong", "dubbed the plan “madness”"."""
    tokens, kids = parse.tokens, parse.children[token.i]
    if infinitive is not None and object_ is not None and tokens[infinitive].lemma == "be":
        return "naming", _spanning(parse, token, [object_], infinitive)
    if object_ is not None and token.lemma in _WEIGHING and _holds_be(parse, object_):
        return "naming", clause(parse, object_)  # the parser hung "to be ..." on a word inside the object
    quoted = _quoted_name(parse, token) if token.lemma in _NAME_GIVING else None
    if quoted is not None:
        return "naming", (quoted,)
    for j in kids:
        if tokens[j].dep in {"oprd", "ccomp", "xcomp"} and not is_infinitive(parse, j):
            named = child(parse, j, ("nsubj", "nsubjpass"))
            if object_ is not None or named is not None or tokens[j].dep == "oprd":
                return "naming", _spanning(parse, token, [object_] if object_ is not None else [], j)
    if object_ is None:
        return None
    for j in kids:
        if tokens[j].dep == "prep" and tokens[j].lower == "as" and j > object_:
            return "naming", _spanning(parse, token, [object_], j)
    for j in parse.children[object_]:
        if tokens[j].dep in {"appos", "oprd", "acl"} and j > object_:
            if tokens[parse.subtree(j)[0] - 1].text in _OPENING_MARKS:
                return "naming", _spanning(parse, token, [object_], j)
            break
    return None


def _gerund(parse: Parse, token: Token) -> Found | None:
    """ "Denied leaking it"."""
    for j in parse.children[token.i]:
        if parse.tokens[j].dep in {"xcomp", "ccomp", "dobj", "pcomp"} and parse.tokens[j].tag == "VBG":
            return "gerund", clause(parse, j)
    return None


def _prepositional(
    parse: Parse, token: Token, frames: Mapping[str, Act], object_: int | None, cues: Cues
) -> Found | None:
    """ "Called for talks", "accused them of lying", "called for them to leave"."""
    tokens = parse.tokens
    for frame in frames:
        word = PREPOSITIONS.get(frame)
        if word is None:
            continue
        late = _late_of(parse, token, object_) if word == "of" and object_ is not None and object_ > token.i else None
        if late is not None and object_ is not None:
            return frame, _spanning(parse, token, [object_], late)
        for j in parse.children[token.i]:
            if j < token.i:
                continue
            if tokens[j].dep in {"prep", "agent"} and tokens[j].lower == word:
                inner = child(parse, j, ("pobj", "pcomp"))
                if inner is None:
                    continue
                if frame == "at" and token.lemma in _COUNTING:
                    if object_ is None or not _is_number(parse, inner):
                        continue
                    return frame, _spanning(parse, token, [object_], j)
                if object_ is None or object_ < token.i:
                    return frame, clause(parse, inner)
                if "object" in frames or "other_to" in frames or token.lemma in cues.addressed:
                    return frame, _spanning(parse, token, [object_], j)
            elif word == "for" and tokens[j].dep in {"advcl", "ccomp"} and is_infinitive(parse, j):
                mark = child(parse, j, ("mark",))
                if mark is not None and tokens[mark].lower == "for":
                    return frame, clause(parse, j, [mark])
    return None


def _late_of(parse: Parse, token: Token, object_: int) -> int | None:
    """The "of" of "accused X on Monday of lying", which the parser hangs on the day."""
    tokens = parse.tokens
    for j in parse.children[token.i]:
        if j < object_ or tokens[j].dep not in {"prep", "npadvmod", "dobj"}:
            continue
        for k in parse.subtree(j):
            if k > object_ and tokens[k].lower == "of" and child(parse, k, ("pcomp",)) is not None:
                return k
    return None


def _is_number(parse: Parse, i: int) -> bool:
    return any(parse.tokens[k].pos == "NUM" or parse.tokens[k].ent in _FIGURES for k in parse.subtree(i))


def _objective(parse: Parse, token: Token, frames: Mapping[str, Act], object_: int | None) -> Found | None:
    """ "Denied the report"; a demand takes in where and when ("ordered the consul out by midnight")."""
    if "object" not in frames or object_ is None:
        return None
    if _is_empty_object(parse, object_) and not (frames["object"] == "denial" and parse.tokens[object_].lower in _IT):
        return None
    if frames["object"] in _LATER:
        behind = {"prep", "advmod", "prt", "npadvmod"}
        last = [j for j in parse.children[token.i] if j > object_ and parse.tokens[j].dep in behind]
        return "object", _spanning(parse, token, [object_], last[-1] if last else object_)
    return "object", clause(parse, object_)


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


def _is_silence(parse: Parse, token: Token, infinitive: int) -> bool:
    """Whether somebody refuses to speak or to be named: "declined to comment", "asked not to be identified"."""
    verb = parse.tokens[infinitive]
    if token.lemma in {"decline", "refuse"}:
        return verb.lemma in SPEAKING_VERBS
    return is_negated(parse, infinitive) and verb.lemma in {"name", "identify", "quote"}


def _quoted_name(parse: Parse, token: Token) -> Stretch | None:
    """ "Called the offer “a trick”": from behind the verb to the end of the marks, where no other verb stands between."""
    tokens = parse.tokens
    following = [t for t in tokens[token.i + 1 : token.i + _NAME_REACH] if t.sentence == token.sentence]
    for k, other in enumerate(following):
        if other.text in _OPENING_MARKS:
            quotation = next((q for q in parse.quotations if q.depth == 0 and q.start == other.start), None)
            if quotation is None or k == 0 or following[0].pos == "ADP":
                return None
            return following[0].start, quotation.end
        if (other.pos in {"VERB", "AUX"} and other.tag != "VBN") or other.text in {",", ";", ":", "and", "or"}:
            return None
    return None


def is_clause(parse: Parse, j: int) -> bool:
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
    if token.i > token.head and parse.tokens[max(0, first - 1)].text == ":":
        return ()
    if parse.tokens[token.i].dep == "advcl" and parse.tokens[first].lower != "as":
        return ()
    return clause(parse, token.head, [token.i])


def _is_empty_object(parse: Parse, j: int) -> bool:
    """Whether an object says nothing by itself: a pronoun or a bare figure."""
    return parse.tokens[j].pos in {"PRON", "NUM"} and not any(
        parse.tokens[k].dep in {"relcl", "acl", "prep"} for k in parse.children[j]
    )
