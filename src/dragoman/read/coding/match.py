"""Match: which words of a sentence fire which frame."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from dragoman.codebook.frames import NO_EVENT, Entry, Frame, FrameTable
from dragoman.read.coding.grammar import quoted_subject, verb_slots
from dragoman.read.coding.nominals import noun_slots, predicate_slots
from dragoman.read.coding.parties import Parties
from dragoman.read.coding.phrases import QUANTITIES, Slots
from dragoman.record import Parse, Sentence

_OWN = frozenset({"its", "their", "his", "her", "our", "my"})
_PARTITIVE = QUANTITIES | {
    "round",
    "amount",
    "batch",
    "package",
    "shipment",
    "piece",
    "ton",
    "tonne",
    "form",
    "pound",
    "set",
    "kg",
    "kilo",
    "kilogram",
    "litre",
    "barrel",
    "truckload",
    "planeload",
    "cargo",
    "load",
    "tranche",
    "worth",
    "billion",
    "string",
    "spate",
    "type",
}
_CLAUSAL = frozenset({"relcl", "advcl", "ccomp", "conj", "parataxis"})
_PLACES_OF_THEIR_OWN = frozenset({"object", "subject", "iobject", "complement", "poss", "modifier"})
_SOMEBODY = frozenset({"he", "she", "him", "her", "who", "whom"})
_DUTY = frozenset({"must", "should", "shall", "ought"})
_REACH = 40
"""How many tokens on either side of a trigger count as its clause for the condition `any`."""


@dataclass(slots=True)
class Match:
    """A frame that fired: `part` is the trigger's part of speech, `words` the tokens of the trigger, `used` those that the
    frame's conditions took (they name no event of their own), `why` the conditions that held, in words.

    `answered` marks somebody's demand, offer or charge that another match refuses or denies: it was made all the same; `open`
    what another match does not exclude.
    """

    frame: Frame
    trigger: int
    part: str
    slots: Slots
    words: tuple[int, ...]
    used: frozenset[int]
    why: tuple[str, ...]
    inner: list[Match] = field(default_factory=list)
    absorbed: bool = False
    answered: bool = False
    open: bool = False


class Sentences:
    """What the conditions of one sentence's frames ask for, worked out once."""

    def __init__(self, parse: Parse, sentence: Sentence, table: FrameTable, parties: Parties) -> None:
        """Keep the sentence and what is known of it."""
        self.parse, self.sentence, self.table, self.parties = parse, sentence, table, parties
        self._keys: dict[int, frozenset[str]] = {}

    def keys(self, i: int) -> frozenset[str]:
        """Return the words by which a phrase is known: its lemma, alone and with each modifier or "of" phrase."""
        found = self._keys.get(i)
        if found is None:
            found = self._keys[i] = frozenset(self._phrase_keys(i))
        return found

    def _phrase_keys(self, i: int, depth: int = 2) -> Iterator[str]:
        tokens, children = self.parse.tokens, self.parse.children
        lemma = noun_lemma(self.parse, i)
        yield lemma
        yield tokens[i].text.lower()
        before = [c for c in children[i] if tokens[c].dep in {"amod", "compound", "nmod", "nummod"}]
        for child in before:
            yield f"{tokens[child].lemma.lower()} {lemma}"
            yield f"{tokens[child].text.lower()} {lemma}"
        if len(before) > 1:
            yield " ".join(tokens[c].text.lower() for c in before) + " " + lemma
        if tokens[i].pos == "PROPN" and tokens[i].ent == "PERSON":
            # "the Russian ambassador Oleg Vasin": the title is a part of the name's phrase
            yield from (tokens[c].lemma.lower() for c in before if tokens[c].dep == "compound" and not tokens[c].ent)
        for child in children[i]:
            if tokens[child].dep == "prep" and tokens[child].text.lower() == "of":
                for inner in children[child]:
                    if tokens[inner].dep == "pobj":
                        yield f"{lemma} of {tokens[inner].lemma.lower()}"
                        if depth and (lemma in _PARTITIVE or tokens[i].pos == "NUM"):
                            yield from self._phrase_keys(inner, depth - 1)
            elif tokens[child].dep == "appos" and depth and tokens[i].pos == "PROPN":
                yield noun_lemma(self.parse, child)
        if self.parties.of(i):
            yield "#actor"
        if self.parties.is_person(i):
            yield "#person"
        if tokens[i].ent in {"GPE", "LOC", "FAC"}:
            yield "#place"
        elif tokens[i].pos == "PROPN" and not self.parties.named(i):
            yield "#name"
        if tokens[i].pos == "PRON":
            yield "#pronoun"
            if tokens[i].text.lower() in _SOMEBODY:
                yield "#person"
        if tokens[i].pos == "NUM" and tokens[i].ent not in {"MONEY", "PERCENT", "DATE", "TIME"}:
            yield "hundred"  # "freed 3,000": people who are only counted
        if any(tokens[c].dep == "poss" and tokens[c].text.lower() in _OWN for c in children[i]):
            yield "#own"

    def clause(self, i: int) -> frozenset[str]:
        """Return all keys in the clause of a trigger: below its verb, without other clauses, within reach."""
        tokens = self.parse.tokens
        top = i
        while tokens[top].pos not in {"VERB", "AUX"} and tokens[top].head != top:
            top = tokens[top].head
        found: set[str] = set()
        if tokens[top].dep == "relcl" and any(
            tokens[c].lemma.lower() in {"which", "that"} and tokens[c].dep in {"nsubjpass", "dobj"}
            for c in self.parse.children[top]
        ):
            found |= self.keys(tokens[top].head)
        waiting = [top]
        while waiting:
            j = waiting.pop()
            if abs(j - i) <= _REACH:
                if j != i:
                    found |= self.keys(j)
                waiting.extend(c for c in self.parse.children[j] if not self._is_clause(c, i))
        return frozenset(found)

    def _is_clause(self, child: int, trigger: int) -> bool:
        token = self.parse.tokens[child]
        if token.dep not in _CLAUSAL or token.pos not in {"VERB", "AUX"}:
            return False
        return not (child <= trigger and trigger in self.parse.subtree(child))


def noun_lemma(parse: Parse, i: int) -> str:
    """Return the lemma in lower case, joined with what a hyphen ties to it ("cease-fire")."""
    tokens = parse.tokens
    lemma = tokens[i].lemma.lower()
    if (
        i >= 2
        and tokens[i - 1].text == "-"
        and tokens[i - 1].end == tokens[i].start
        and tokens[i - 2].end == tokens[i - 1].start
    ):
        return f"{tokens[i - 2].text.lower()}-{lemma}"
    return lemma


def find_matches(parse: Parse, sentence: Sentence, table: FrameTable, parties: Parties) -> list[Match]:
    """Return the frames that fire in a sentence, in text order, exclusions and what they cover left out."""
    found = fired_in(Sentences(parse, sentence, table, parties))
    return [m for m, silent in zip(found, silenced(parse, found), strict=True) if not silent]


def fired_in(view: Sentences) -> list[Match]:
    """Return the frames that fire in a sentence, exclusions and what they cover among them, in text order."""
    matches = (_match_token(view, i) for i in range(view.sentence.first, view.sentence.last))
    return [match for match in matches if match is not None]


def silenced(parse: Parse, found: list[Match]) -> list[str]:
    """Return for each of the frames that fired in a sentence why it makes no event, in words, or ""."""
    blocked = {w: m for m in found if m.frame.type == NO_EVENT for w in m.words}
    used = {u: m for m in found for u in m.used}
    return [_silence(parse, match, blocked.get(match.trigger), used.get(match.trigger)) for match in found]


def _silence(parse: Parse, match: Match, exclusion: Match | None, other: Match | None) -> str:
    if match.frame.type == NO_EVENT:
        return "an exclusion: here its words mean no event"
    if exclusion is not None:
        return f"excluded by the frame {exclusion.frame.id}"
    if other is not None and other is not match:
        return f"its word is part of the frame {other.frame.id} of {parse.tokens[other.trigger].text!r}"
    return ""


def _match_token(view: Sentences, i: int) -> Match | None:
    for part, entries in entries_at(view, i):
        match = _first(view, i, part, entries)
        if match is not None:
            return match
    return None


def entries_at(view: Sentences, i: int) -> Iterator[tuple[str, tuple[Entry, ...]]]:
    """Yield the parts of speech as which a word can be a trigger and the frames' entries under it, in the order of trial."""
    token = view.parse.tokens[i]
    table = view.table
    lemma = token.lemma.lower()
    pos = token.pos
    if token.ent in {"DATE", "TIME"} and pos != "VERB":
        return
    if pos == "VERB":
        if quoted_subject(view.parse, i) is not None:
            yield "verb", table.verbs.get(lemma, ())
            return
        if token.tag == "VBG" and _opens_its_phrase(view.parse, i):
            yield "verb", tuple(e for e in table.verbs.get(lemma, ()) if "object" in e.frame.where)
            return
        if token.dep in {"amod", "compound"} and token.tag != "VBN":
            return
        if token.dep == "acomp" and token.tag == "VBN":
            yield "adjective", table.adjectives.get(token.text.lower(), ())
        if token.tag == "VBG" and _is_gerund_noun(view.parse, i):
            yield "noun", table.nouns.get(token.text.lower(), ())
            yield "verb", table.verbs.get(lemma, ())
        elif token.dep != "amod":
            yield "verb", table.verbs.get(noun_lemma(view.parse, i), ()) or table.verbs.get(lemma, ())
    elif pos in {"NOUN", "PROPN"}:
        if token.dep in {"compound", "nmod"} or _is_inside_trigger(view, i):
            return
        if pos == "PROPN" and view.parties.named(i):
            return  # a word of a name: an alliance of the north does nothing by being called so
        entries = table.nouns.get(noun_lemma(view.parse, i), ()) or table.nouns.get(lemma, ())
        if not entries and lemma != token.text.lower():
            entries = table.nouns.get(token.text.lower(), ())
        yield "noun", entries
    elif pos == "ADJ" and token.dep in {"acomp", "oprd", "attr", "conj", "ROOT"}:
        yield "adjective", table.adjectives.get(lemma, ())
    elif pos == "AUX" and lemma == "be":
        yield "verb", table.verbs.get(lemma, ())


def _opens_its_phrase(parse: Parse, i: int) -> bool:
    """Tell whether a gerund was taken for a modifier of its object ("Severing relations is out of the question")."""
    tokens = parse.tokens
    head = tokens[i].head
    return (
        tokens[i].dep in {"amod", "compound"}
        and tokens[i].text[:1].isupper()
        and head == i + 1
        and not any(c < i for c in parse.children[head])
    )


def _is_inside_trigger(view: Sentences, i: int) -> bool:
    """Tell whether a noun stands behind the "of" of a trigger of several words, and is none itself ("note of protest")."""
    tokens = view.parse.tokens
    of = tokens[i].head
    if tokens[i].dep != "pobj" or tokens[of].text.lower() != "of":
        return False
    wanted = {"of", tokens[i].lemma.lower()}
    return any(wanted <= set(e.others) for e in view.table.nouns.get(tokens[tokens[of].head].lemma.lower(), ()))


def _is_gerund_noun(parse: Parse, i: int) -> bool:
    tokens = parse.tokens
    return any(
        tokens[c].dep in {"det", "poss", "amod", "compound"} or (tokens[c].dep == "prep" and tokens[c].text == "of")
        for c in parse.children[i]
    )


def _first(view: Sentences, i: int, part: str, entries: Iterable[Entry]) -> Match | None:
    slots: Slots | None = None
    for entry in entries:
        words = trigger_words(view.parse, i, entry.others, part)
        if words is None:
            continue
        if slots is None:
            slots = slots_of(view, i, part)
        held = _conditions(view, slots, entry.frame)
        if held is None:
            continue
        used, why = held
        used |= {w for w in words if w != i}
        return Match(entry.frame, i, part, slots, words, frozenset(used), tuple(why))
    return None


def slots_of(view: Sentences, i: int, part: str) -> Slots:
    """Return the slots of a trigger by its part of speech ("verb", "noun", "adjective")."""
    if part == "verb":
        return verb_slots(view.parse, i)
    if part == "noun":
        return noun_slots(view.parse, i, view.table.light, view.table.receiving)
    return predicate_slots(view.parse, i)


def failed_condition(view: Sentences, slots: Slots, frame: Frame) -> str:
    """Return the first of a frame's conditions that does not hold, in words, or ""."""
    if frame.voice is not None and (frame.voice == "passive") != slots.passive:
        return f"it counts only in the {frame.voice} voice"
    for slot, wanted in frame.where.items():
        if _holds(view, slots, slot, wanted) is None:
            there = [view.parse.tokens[h].text for one in slot.split("|") for h in slots.get(view.parse, one)]
            found = f"{_called(slot)} is {' and '.join(map(repr, there))}" if there else f"nothing fits {_called(slot)}"
            return f"{found}; the frame asks for {_some(wanted)}"
    for slot, unwanted in frame.unless.items():
        held = _holds(view, slots, slot, unwanted) if unwanted else None
        if held is not None:
            return f"barred by {held[1]}"
    return ""


_SHOWN = 6
"""How many of the words that a condition asks for are named where it fails."""


_CALLED = {
    "any": "its clause",
    "sentence": "the sentence",
    "verb": "the verb that carries it",
    "content": "the clause that it governs",
    "content_form": "the form of the clause that it governs",
}


def _called(slot: str) -> str:
    return _CALLED.get(slot, f"its {slot.replace('|', ' or ')}")


def _some(words: frozenset[str]) -> str:
    shown = sorted(words)[:_SHOWN]
    return ", ".join(shown) + (f" or {len(words) - _SHOWN} others" if len(words) > _SHOWN else "")


def trigger_words(parse: Parse, i: int, others: tuple[str, ...], part: str) -> tuple[int, ...] | None:
    """Return the tokens of a trigger of several words, or None when one is missing."""
    if not others:
        return (i,)
    tokens, children = parse.tokens, parse.children
    if part == "noun":
        near = list(range(max(0, i - 4), i)) + [
            g for c in children[i] if tokens[c].dep == "prep" for g in (c, *children[c])
        ]
    else:
        near = [
            g
            for c in children[i]
            for g in (c, *children[c])
            if tokens[c].dep not in {"nsubj", "advcl", "conj", "ccomp"} or tokens[c].pos in {"ADV", "ADP"}
        ]
        near += [j for j in (i + 1, i + 2) if j < len(tokens) and tokens[j].pos == "ADP" and j not in near]
    found = [i]
    for word in others:
        at = next((j for j in near if j not in found and _is_word(parse, i, j, word, part)), None)
        if at is None:
            return None
        found.append(at)
    return tuple(sorted(found))


def _is_word(parse: Parse, i: int, j: int, word: str, part: str) -> bool:
    """Tell whether a token is a further word of a trigger: a verb's particles and prepositions stand behind it."""
    token = parse.tokens[j]
    if word not in (token.lemma.lower(), token.text.lower()):
        return False
    if token.tag == "TO" and part != "noun" and parse.tokens[token.head].head == i:
        return True  # "ordered the two to leave"
    if part == "noun" or token.dep == "neg" or token.pos not in {"ADP", "ADV", "PART", "SCONJ"}:
        return True
    return j > i and (token.head == i or j <= i + 2 or token.pos == "ADV")


def _conditions(view: Sentences, slots: Slots, frame: Frame) -> tuple[set[int], list[str]] | None:
    """Return the tokens that met the frame's conditions and the reasons in words, or None when one does not hold."""
    if frame.voice is not None and (frame.voice == "passive") != slots.passive:
        return None
    used: set[int] = set()
    why: list[str] = []
    for slot, wanted in frame.where.items():
        held = _holds(view, slots, slot, wanted)
        if held is None:
            return None
        if slot in {"object", "complement"} or slot.startswith(("object.", "of")):
            used |= held[0]
        why.append(held[1])
    for slot, unwanted in frame.unless.items():
        if unwanted and _holds(view, slots, slot, unwanted) is not None:
            return None
    return used, why


def _holds(view: Sentences, slots: Slots, slot: str, wanted: frozenset[str]) -> tuple[set[int], str] | None:
    parse = view.parse
    if "|" in slot:
        return next((h for one in slot.split("|") if (h := _holds(view, slots, one, wanted)) is not None), None)
    if slot == "any":
        common = view.clause(slots.trigger) & wanted
        return (set(), f"{min(common)!r} in its clause") if common else None
    if slot == "sentence":
        lemmas = {parse.tokens[i].lemma.lower() for i in range(view.sentence.first, view.sentence.last)}
        return (set(), f"{min(lemmas & wanted)!r} in the sentence") if lemmas & wanted else None
    if slot == "verb":
        carrier = _carrier_lemma(parse, slots)
        return (set(), f"carried by {min(carrier & wanted)!r}") if carrier & wanted else None
    if slot == "content":
        roots = [j for c in slots.content for j in _verbs_of(parse, c)]
        hits = [j for j in roots if parse.tokens[j].lemma.lower() in wanted]
        return (set(), f"about {parse.tokens[hits[0]].lemma!r}") if hits else None
    if slot == "content_form":
        forms = {form for c in slots.content for form in _forms(parse, c)}
        return (set(), "with a complement clause") if forms & wanted else None
    if "#subject" in wanted and slot == "object.poss":
        own = set(view.parties.of_all(slots.get(parse, slot))) & set(view.parties.of_all(slots.get(parse, "subject")))
        if own:
            return set(), "possessed by the subject"
    heads = slots.get(parse, slot)
    if not heads and slot not in _PLACES_OF_THEIR_OWN:
        heads = slots.get(parse, f"object.{slot}")  # parsers hang many a phrase on the object instead of the verb
    if "*" in wanted and heads:
        return set(heads), f"{slot} is there"
    for head in [*heads, *(slots.filled.get("wider", []) if slot == "object" else [])]:
        common = view.keys(head) & wanted
        if common:
            return {head}, f"{slot}: {min(common)!r}"
    return None


def _carrier_lemma(parse: Parse, slots: Slots) -> frozenset[str]:
    """Return the light verb of a nominal trigger, or else the verb whose object or prepositional object it is."""
    tokens = parse.tokens
    noun = slots.trigger
    if slots.light is not None:
        head = tokens[noun].head
        joined = f"{tokens[slots.light].lemma.lower()} {tokens[head].lemma.lower()}"
        return frozenset({tokens[slots.light].lemma.lower(), joined})
    token = tokens[noun]
    head = token.head
    if token.dep in {"dobj", "nsubjpass", "attr"} and tokens[head].pos in {"VERB", "AUX"}:
        return frozenset({tokens[head].lemma.lower()})
    if token.dep == "nsubj" and tokens[head].pos == "VERB":
        return frozenset({tokens[head].lemma.lower()})
    if token.dep == "pobj" and tokens[tokens[head].head].pos in {"VERB", "AUX"}:
        return frozenset({f"{tokens[tokens[head].head].lemma.lower()} {tokens[head].text.lower()}"})
    return frozenset()


def _verbs_of(parse: Parse, root: int) -> list[int]:
    found = [root]
    found.extend(c for c in parse.children[root] if parse.tokens[c].dep == "conj")
    found.extend(c for c in parse.children[root] if parse.tokens[c].dep == "xcomp")
    return found


def _forms(parse: Parse, root: int) -> tuple[str, ...]:
    """Return "to" for an infinitive, "ing" for a gerund, "that" for a finite complement; that one also "subjunctive" where it
    tells what is to be ("that it leave", "must leave"), or "fact" where it tells what is."""
    tokens = parse.tokens
    below = [tokens[c] for c in parse.children[root]]
    if any(token.tag == "TO" for token in below):
        return ("to",)
    if tokens[root].tag == "VBG" and not any(token.dep == "aux" for token in below):
        return ("ing",)
    words = {token.text.lower() for token in below if token.dep in {"aux", "auxpass"}}
    plain = tokens[root].tag == "VB" and not words
    return ("that", "subjunctive" if plain or words & _DUTY or words == {"be"} else "fact")
