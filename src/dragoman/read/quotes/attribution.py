"""An attribution, and the grammar that all finders of attributions share: subjects, noun phrases, clauses as spans."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from dragoman.record import Parse
from dragoman.record.statement import Act

Stretch = tuple[int, int]
"""Start and end in code points of the article's text, end exclusive."""

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
RELATIVES = frozenset({"who", "which", "that", "whom", "whose"})
_PASSIVE = frozenset({"auxpass", "nsubjpass"})
_LEADING = frozenset({",", ";", ":", "-", "–", "—", "--", "_", ".", ")", "…", "...", "?", "!"})
_LINKING = frozenset({"although", "though", "while", "because", "since", "and", "but", "as", "whereas"})
_TRAILING = frozenset({",", ";", ":", "-", "–", "—", "--", "_", "(", "[", "."})
_QUOTES = frozenset({'"', "“", "”", "''", "``", "«", "»", "„", "'", "‘", "’", "`"})
_CLOSED = frozenset({"DET", "PRON", "ADP", "CCONJ", "SCONJ", "PART", "AUX"})
_CONTROLLED_BY_OBJECT = frozenset({
    "urge", "ask", "tell", "order", "force", "persuade", "convince", "press", "push", "encourage", "invite",
    "allow", "help", "want", "instruct", "require", "get",
})  # fmt: skip
_LONGEST_SOURCE = 40
"""Tokens: a noun phrase longer than this is a parser's mistake, and only the words around its head are taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Content that a text attributes to a source, before the source is resolved to an actor.

    `source` is the speaker's noun phrase and `head` the index of its head token; both None where the text names nobody.
    `cue` is the cue's stretch and `word` the index of its token, None where only a mark or the layout tells. `contents` are
    one or more stretches in text order. `frame` is the codebook's frame or the rule that found it ("quote", "clause",
    "headline", "answer", ...). `negated` says that the cue stands under "not" or "never"; `nested`
    that it stands inside somebody's quoted words.
    """

    source: Stretch | None
    head: int | None
    cue: Stretch | None
    word: int | None
    contents: tuple[Stretch, ...]
    direct: bool
    mixed: bool = False
    act: Act
    frame: str
    negated: bool = False
    nested: bool = False

    @property
    def start(self) -> int:
        """Where the content begins."""
        return self.contents[0][0]

    @property
    def end(self) -> int:
        """Where the content ends, gaps counted in."""
        return self.contents[-1][1]


def child(parse: Parse, i: int, deps: Collection[str]) -> int | None:
    """The first dependent of token i with one of the labels, or None."""
    tokens = parse.tokens
    for j in parse.children[i]:
        if tokens[j].dep in deps:
            return j
    return None


def is_negated(parse: Parse, i: int) -> bool:
    """Whether token i stands under "not", "never" or "n't"."""
    return any(parse.tokens[j].dep == "neg" or parse.tokens[j].lower == "never" for j in parse.children[i])


def is_passive(parse: Parse, i: int) -> bool:
    """Whether verb i is passive."""
    return any(parse.tokens[j].dep in _PASSIVE for j in parse.children[i])


def is_infinitive(parse: Parse, i: int) -> bool:
    """Whether verb i has an infinitive's "to"."""
    return any(parse.tokens[j].tag == "TO" and j < i for j in parse.children[i])


def subject_of(parse: Parse, i: int, depth: int = 0) -> int | None:
    """The head token of who does verb i: its own subject, the agent of a passive, or the one that it shares.

    A relative pronoun is followed to the noun that it stands for. None where the text names nobody.
    """
    tokens, children = parse.tokens, parse.children
    if depth > 6:
        return None
    token = tokens[i]
    own = child(parse, i, SUBJECTS)
    if is_passive(parse, i):
        agent = child(parse, i, ("agent",))
        return child(parse, agent, ("pobj",)) if agent is not None else None
    if own is not None:
        if tokens[own].lower in RELATIVES and token.dep == "relcl":
            return _person_of(parse, token.head) if tokens[own].lower == "who" else token.head
        return own
    if token.head == i:
        return _named_behind(parse, i)
    if token.dep in {"conj", "xcomp", "advcl", "dep", "aux"} and tokens[token.head].pos in {"VERB", "AUX"}:
        head = tokens[token.head]
        if token.dep == "xcomp" and head.lemma in _CONTROLLED_BY_OBJECT:
            controlled = child(parse, head.i, ("dobj", "dative"))
            if controlled is not None:
                return controlled
        if is_passive(parse, head.i):
            return child(parse, head.i, SUBJECTS)
        return subject_of(parse, head.i, depth + 1)
    if token.dep in {"acl", "relcl"}:
        return token.head if token.tag in {"VBG", "VBN", "VBD"} or token.dep == "relcl" else None
    if token.dep == "pcomp":
        above = tokens[tokens[token.head].head]
        if above.pos in {"VERB", "AUX"}:
            seen = child(parse, above.i, ("nsubjpass",))
            if seen is not None:
                return seen
            if tokens[token.head].lower in {"as", "of", "for", "into", "from"}:
                named = child(parse, above.i, ("dobj",))
                if named is not None:
                    return named
            return subject_of(parse, above.i, depth + 1)
    if (
        token.dep in {"ccomp", "xcomp", "acomp"}
        and tokens[token.head].pos in {"ADJ", "VERB", "AUX"}
        and children[token.head]
    ):
        return subject_of(parse, token.head, depth + 1)
    if token.dep in {"ccomp", "xcomp"} and tokens[token.head].pos == "ADJ":
        return subject_of(parse, tokens[token.head].head, depth + 1)
    return None


def _named_behind(parse: Parse, i: int) -> int | None:
    """The person right behind a finite verb without a subject whose clause stands before it: "..., sums up Doe"."""
    tokens = parse.tokens
    if tokens[i].tag not in {"VBZ", "VBD"} or child(parse, i, ("ccomp",)) is None:
        return None
    person = child(parse, i, ("dobj",))
    before = child(parse, i, ("ccomp",))
    named = person is not None and i < person and tokens[person].ent == "PERSON" and before is not None and before < i
    return person if named else None


def _person_of(parse: Parse, i: int) -> int:
    """Whom "who" means where the parser hung its clause on the body in somebody's office: "X, spokeswoman for Y, who said"."""
    tokens = parse.tokens
    if tokens[i].ent == "PERSON":
        return i
    at = i
    for _ in range(4):
        above = tokens[at].head
        if tokens[at].dep == "appos" and tokens[above].ent == "PERSON" and above < i:
            return above
        if above == at or tokens[at].dep not in {"pobj", "prep", "appos"}:
            break
        at = above
    return i


def noun_phrase(parse: Parse, head: int, without: Collection[int] = ()) -> Stretch:
    """The stretch of a source: its head with what belongs to its name and description, no relative clause, no apposition."""
    tokens, children = parse.tokens, parse.children
    kept = [head]
    waiting = [j for j in children[head] if j not in without]
    while waiting:
        j = waiting.pop()
        dep = tokens[j].dep
        if _is_when(parse, j):
            continue
        if (
            tokens[j].head == head
            and (dep in {"relcl", "appos", "acl", "advcl", "conj", "cc", "punct", "parataxis", "ccomp"})
            and (dep not in {"conj", "cc"} or abs(j - head) > 12)
        ):
            continue
        kept.append(j)
        waiting.extend(k for k in children[j] if k not in without)
    kept.sort()
    if len(kept) > _LONGEST_SOURCE:
        kept = [head]
    return _around(parse, head, kept)


def _is_when(parse: Parse, j: int) -> bool:
    """Whether a dependent tells the time of saying, not who says it ("the spokesman on Monday")."""
    tokens = parse.tokens
    if tokens[j].dep == "npadvmod":
        return tokens[j].ent in {"DATE", "TIME"}
    inner = child(parse, j, ("pobj",)) if tokens[j].dep == "prep" else None
    return (
        inner is not None
        and tokens[inner].ent in {"DATE", "TIME"}
        and tokens[j].lower in {"on", "in", "at", "during", "after"}
    )


def _around(parse: Parse, head: int, kept: list[int]) -> Stretch:
    """The unbroken run of tokens around the head."""
    tokens = parse.tokens
    there = set(kept)
    low = high = head
    while low - 1 in there or (
        low - 2 in there and tokens[low - 1].pos in {"PUNCT", "SPACE"} and tokens[low - 1].text != ","
    ):
        low -= 1
    while high + 1 in there or (
        high + 2 in there and tokens[high + 1].pos in {"PUNCT", "SPACE"} and tokens[high + 1].text != ","
    ):
        high += 1
    while low < head and (tokens[low].pos in {"PUNCT", "SPACE", "CCONJ"} or tokens[low].text in _QUOTES):
        low += 1
    while high > head and (tokens[high].pos in {"SPACE", "CCONJ"} or tokens[high].text in _TRAILING):
        high -= 1
    return tokens[low].start, tokens[high].end


def runs(parse: Parse, indices: Iterable[int]) -> list[list[int]]:
    """Group token indices into unbroken runs; a gap of marks and spaces alone does not break one."""
    tokens = parse.tokens
    found: list[list[int]] = []
    for i in sorted(indices):
        if found:
            last = found[-1][-1]
            if all(tokens[k].pos in {"PUNCT", "SPACE"} for k in range(last + 1, i)):
                found[-1].extend(range(last + 1, i + 1))
                continue
        found.append([i])
    return found


def trimmed(parse: Parse, run: list[int], *, keep_that: bool = False) -> Stretch | None:
    """The stretch of a run of tokens without stops at its ends and without a leading "that"; None if nothing is left."""
    tokens = parse.tokens
    low, high = 0, len(run) - 1
    while low <= high and (tokens[run[low]].text in _LEADING or tokens[run[low]].pos == "SPACE"):
        low += 1
    if not keep_that and low < high and tokens[run[low]].lower == "that" and tokens[run[low]].dep == "mark":
        low += 1
        while low <= high and tokens[run[low]].text in _LEADING:
            low += 1
    while (
        low < high
        and tokens[run[low]].lower in _LINKING
        and tokens[run[low]].dep in {"mark", "cc"}
        and (tokens[run[low + 1]].text == ",")
    ):
        low += 2
    while high >= low and (tokens[run[high]].text in _TRAILING or tokens[run[high]].pos == "SPACE"):
        high -= 1
    if low > high:
        return None
    return tokens[run[low]].start, tokens[run[high]].end


def _hyphenated(parse: Parse, there: Sequence[int]) -> list[int]:
    """The tokens with the rest of a word that the parser took apart at its hyphen ("de" - "escalation of the crisis")."""
    tokens, kept = parse.tokens, list(there)
    while kept and kept[-1] + 2 < len(tokens):
        last, mark, rest = tokens[kept[-1]], tokens[kept[-1] + 1], tokens[kept[-1] + 2]
        if mark.text != "-" or mark.start != last.end or rest.start != mark.end or rest.pos == "PUNCT":
            break
        further = [i for i in parse.subtree(rest.i) if i >= rest.i]
        kept.extend([mark.i, *(further if rest.i in further else [rest.i])])
    return kept


def clause(parse: Parse, head: int, without: Iterable[int] = ()) -> tuple[Stretch, ...]:
    """The stretches of what hangs below a token, the subtrees of some of its tokens left out."""
    left_out = {k for i in without for k in parse.subtree(i)}
    kept = [i for i in _hyphenated(parse, parse.subtree(head)) if i not in left_out]
    found = []
    for run in runs(parse, kept):
        stretch = trimmed(parse, run)
        if stretch is not None and any(parse.tokens[i].pos not in {"PUNCT", "SPACE"} for i in run):
            found.append(stretch)
    return tuple(found)
