"""When: which date phrase of a sentence belongs to an event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from dragoman.read.coding.grammar import quoted_subject
from dragoman.record import DatePhrase, Parse, When

_SPEECH = frozenset(
    ["say", "tell", "report", "state", "add", "announce", "note", "declare", "explain", "warn", "claim"]
)
_COUNTS = {"a": 1, "one": 1, "the": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10}
_PHASES = frozenset(["stop", "cease", "quit", "halt", "begin", "start", "resume", "continue", "finish", "keep"])
"""Verbs that tell when another begins or ends: a date behind the other is theirs as well."""
_YEARED = frozenset(
    {
        "treaty", "agreement", "accord", "pact", "convention", "protocol", "memorandum", "constitution", "war", "law",
        "decree", "resolution", "declaration", "crisis", "coup", "revolution", "charter", "election", "communique",
        "ruling", "deal",
    }
)  # fmt: skip
"""Nouns that are told from their like by the year behind "of"."""
_EXIST = frozenset(
    ["be", "take", "begin", "start", "end", "open", "continue", "resume", "follow", "come", "happen", "occur", "hold"]
)


@dataclass(frozen=True, slots=True)
class Dates:
    """The date phrases of a document by sentence, each with the token that heads it."""

    parse: Parse
    by_sentence: dict[int, tuple[tuple[int, DatePhrase], ...]]

    def of_saying(self, trigger: int) -> When | None:
        """Return the day on which something was said, for an act in words that stands in what is said; else None."""
        verb = clause_verb(self.parse, trigger)
        if verb is not None and quoted_subject(self.parse, verb) is not None:
            verb = clause_verb(self.parse, self.parse.tokens[verb].head)
            if verb is not None and self.parse.tokens[verb].lemma in _SPEECH:
                return self.of(verb, None)
        while verb is not None and self.parse.tokens[verb].dep in {"ccomp", "xcomp", "conj"}:
            verb = self.parse.tokens[verb].head
            if self.parse.tokens[verb].lemma in _SPEECH:
                return self.of(verb, None)
        return None

    def of(self, trigger: int, carrier: int | None) -> When | None:
        """Return the time of the event that a trigger names: of its own words, else of its clause; else None.

        `carrier` is the light verb of a nominal trigger.
        """
        dated = self.by_sentence.get(self.parse.tokens[trigger].sentence, ())
        if not dated:
            return None
        parse = self.parse
        below = set(parse.subtree(trigger))
        verb = carrier if carrier is not None else clause_verb(parse, trigger)
        apart = self._days_apart(verb) if verb is not None else None
        if apart is not None:
            return apart
        best: tuple[int, int] | None = None
        chosen: DatePhrase | None = None
        for head, phrase in dated:
            rank = self._rank(head, trigger, verb, below, carrier)
            if rank is None and phrase.when is not None:
                rank = self._shared(head, verb, phrase.when)
            if rank is None:
                continue
            key = (rank, abs(head - trigger))
            if best is None or key < best:
                best, chosen = key, phrase
        return chosen.when if chosen else None

    def _days_apart(self, verb: int) -> When | None:
        """Return the day of a clause that is told as so many days before or after a dated one ("two days after he fled")."""
        tokens, children = self.parse.tokens, self.parse.children
        top = verb
        while tokens[top].dep == "conj" and tokens[tokens[top].head].pos == "VERB" and tokens[top].tag == "VBD":
            top = tokens[top].head
        if tokens[top].dep != "advcl":
            return None
        mark = next((c for c in children[top] if tokens[c].text.lower() in {"after", "before"} and c < top), None)
        if mark is None or tokens[mark - 1].lemma.lower() != "day":
            return None
        unit = mark - 1
        counted = next((tokens[c].text.lower() for c in children[unit] if tokens[c].dep in {"det", "nummod"}), "")
        days = _COUNTS.get(counted) or (int(counted) if counted.isdigit() else None)
        base = self.of(tokens[top].head, None)
        if days is None or base is None or base.precision != "day" or base.start is None or base.end is None:
            return None
        shift = timedelta(days=-days if tokens[mark].text.lower() == "after" else days)
        return When(start=base.start + shift, end=base.end + shift, precision="day", phrase=base.phrase)

    def _shared(self, head: int, verb: int | None, when: When) -> int | None:
        """Return the rank of a date that a clause takes over: "May 3, when ..."; a month or year before "after"."""
        if verb is None:
            return None
        tokens, children = self.parse.tokens, self.parse.children
        top = verb
        while tokens[tokens[top].head].pos == "VERB" and (
            tokens[top].dep == "conj" or (_is_tail(self.parse, top) and tokens[tokens[top].head].dep == "relcl")
        ):
            top = tokens[top].head
        marks = {tokens[c].text.lower() for c in children[top] if tokens[c].dep in {"advmod", "mark"}}
        above = tokens[top].head
        if tokens[top].dep in {"relcl", "advcl"} and "when" in marks and head < top:
            beside = head in self.parse.subtree(above) and clause_verb(self.parse, head) != top
            return 2 if above == head or beside else None
        if tokens[top].dep == "advcl" and marks & {"after", "when", "as"} and when.precision != "day":
            return 4 if clause_verb(self.parse, head) == above else None
        return None

    def _rank(self, head: int, trigger: int, verb: int | None, below: set[int], carrier: int | None) -> int | None:
        """Return how near a date stands to an event, the smaller the nearer, or None when it belongs to something else."""
        parse = self.parse
        own = clause_verb(parse, head)
        if parse.tokens[head].dep == "advmod" and parse.tokens[parse.tokens[head].head].pos in {"NOUN", "PROPN"}:
            return None  # "and now president of the senate"
        if own is None and verb is not None and parse.tokens[verb].dep == "relcl" and head in parse.ancestors(verb)[:4]:
            return 1  # "In March of the same year the country applied ...", which parsers hang on the year
        if _names_deed(parse, head, trigger):
            return None
        if verb is not None and own is not None and _is_phase(parse, verb, own):
            return 2
        if head in below:
            if own is not None and parse.tokens[own].dep in {"acl", "relcl"} and parse.tokens[own].head == trigger:
                return 1  # "the offer, made on Monday"
            return 0 if own is None or own == trigger or own not in below else None
        if verb is None or own is None:
            return 3 if own is None and verb is None else None
        if own == verb:
            if carrier is None and trigger != verb and parse.tokens[verb].lemma not in _EXIST:
                return None if parse.tokens[verb].lemma in _SPEECH else 3
            return 1
        if own in _chain(parse, verb, fronted=head < own) and parse.tokens[own].lemma not in _SPEECH:
            return 2
        if own == _accompanied(parse, verb) or own == _means(parse, verb):
            return 2
        if own == _continued(parse, verb):
            return 3
        return None


def _chain(parse: Parse, verb: int, *, fronted: bool) -> list[int]:
    """The verbs that a verb shares its time with: that whose infinitive it is, and, where the date opens the clause, those that
    it is coordinated with or a participle of."""
    sharing = {"conj", "xcomp", "advcl"} if fronted else {"xcomp"}
    found = []
    while parse.tokens[verb].dep in sharing and parse.tokens[verb].head != verb:
        verb = parse.tokens[verb].head
        found.append(verb)
    return found


def _is_phase(parse: Parse, verb: int, own: int) -> bool:
    """Tell whether a verb says of another that it begins or ends ("stopped buying grain last year")."""
    tokens = parse.tokens
    return tokens[own].dep == "xcomp" and tokens[own].head == verb and tokens[verb].lemma in _PHASES


def _is_tail(parse: Parse, verb: int) -> bool:
    """Tell whether a participle goes on behind a comma with what its clause tells ("stormed the house, killing two")."""
    tokens = parse.tokens
    bare = not any(tokens[c].dep in {"mark", "aux"} for c in parse.children[verb])
    return tokens[verb].dep == "advcl" and tokens[verb].tag == "VBG" and bare and tokens[verb - 1].text == ","


def _names_deed(parse: Parse, head: int, trigger: int) -> bool:
    """Tell whether a date only says which treaty, law or war is meant ("violated the treaty of 1998")."""
    tokens = parse.tokens
    of = tokens[head].head
    return tokens[of].text.lower() == "of" and tokens[of].head != trigger and tokens[tokens[of].head].lemma in _YEARED


def _means(parse: Parse, verb: int) -> int | None:
    """The verb whose time the gerund behind "by" has ("responded on Monday by expelling two diplomats"), or None."""
    tokens = parse.tokens
    while tokens[verb].dep == "conj" and tokens[verb].tag == "VBG":
        verb = tokens[verb].head
    by = tokens[verb].head
    if tokens[verb].dep != "pcomp" or tokens[by].text.lower() != "by" or tokens[tokens[by].head].pos != "VERB":
        return None
    return tokens[by].head


def _continued(parse: Parse, verb: int) -> int | None:
    """The verb that a second one goes on from with the same subject in the same tense ("fired shots on Monday and fled")."""
    tokens, children = parse.tokens, parse.children
    token = tokens[verb]
    while token.dep == "conj" and tokens[token.head].tag == "VBD" and (token.tag == "VBD" or _was_done(parse, token.i)):
        if any(tokens[c].dep in {"nsubj", "nsubjpass", "aux"} for c in children[token.i]):
            return None
        if tokens[tokens[token.head].i].dep != "conj":
            return token.head
        token = tokens[token.head]
    return None


def _was_done(parse: Parse, verb: int) -> bool:
    """Tell whether a verb stands in the passive of the simple past ("and were handed over")."""
    tokens = parse.tokens
    return tokens[verb].tag == "VBN" and any(
        tokens[c].dep == "auxpass" and tokens[c].tag == "VBD" for c in parse.children[verb]
    )


def _accompanied(parse: Parse, verb: int) -> int | None:
    """The verb whose time a clause without a tense of its own has ("the envoy, ending a visit, said on Monday"), or None.

    A clause with a conjunction may lie before or after.
    """
    tokens, children = parse.tokens, parse.children
    token = tokens[verb]
    if token.dep not in {"acl", "advcl", "relcl"} or any(
        tokens[c].dep in {"mark", "aux"} and tokens[c].tag != "TO" for c in children[verb]
    ):
        return None
    head = tokens[token.head]
    if any(tokens[c].tag == "TO" for c in children[verb]):
        return head.head if head.dep == "attr" and tokens[head.head].lemma in {"be", "become"} else None
    if token.tag != "VBG" or tokens[verb - 1].pos in {"ADP", "SCONJ"}:
        return None
    if token.dep == "advcl":
        goes_on = verb > token.head and head.tag == "VBD" and tokens[verb - 1].text == ","
        return token.head if head.lemma in _SPEECH or goes_on else None
    return head.head if head.dep == "nsubj" and tokens[verb - 1].text == "," else None


def clause_verb(parse: Parse, i: int) -> int | None:
    """Return the nearest verb at or above a token, or None in a clause without one."""
    while parse.tokens[i].pos not in {"VERB", "AUX"}:
        if parse.tokens[i].head == i:
            return None
        i = parse.tokens[i].head
    return i


def find_dates(parse: Parse, dates: Sequence[DatePhrase]) -> Dates:
    """Return the document's date phrases that denote days, by sentence."""
    found: dict[int, list[tuple[int, DatePhrase]]] = {}
    for phrase in dates:
        if phrase.when is None or phrase.kind in {"SET", "DURATION"}:
            continue
        span = parse.tokens_within(phrase.span.start, phrase.span.end)
        if not span:
            continue
        head = next((i for i in span if parse.tokens[i].head not in span or parse.tokens[i].head == i), span[-1])
        found.setdefault(parse.tokens[head].sentence, []).append((head, phrase))
    return Dates(parse, {s: tuple(p) for s, p in found.items()})
