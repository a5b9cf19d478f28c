"""Names of the codebook in their sentence: the state, the body, or only a place.

"Minsk refused" is a government, "in Minsk" a city. A capital or a seat of power means the state where it does or undergoes
what a place can't: as the subject of a verb, the one who is told, the party of talks, the owner of a decision.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

from dragoman.codebook.gazetteer import Entry
from dragoman.read.mention_words import NameRun, Words
from dragoman.record import Parse, Token

_CITY_VERBS = frozenset(
    """hit shell bomb shake rock flood destroy damage locate situate visit leave reach enter host surround besiege capture
    seize encircle rebuild evacuate resemble awake wake celebrate stand lie""".split()
)
"""Verbs that a city undergoes or does as a city."""

_PERSUADE = frozenset(
    """accuse urge tell warn blame ask press pressure condemn criticize criticise persuade convince help support praise thank
    assure threaten inform notify alarm anger please irritate provoke isolate punish sanction deter force compel oblige call
    invite embarrass worry satisfy back arm reward offer give allow let push drag consult alert engage appease lobby defy
    challenge confront antagonize antagonise infuriate reassure""".split()
)
"""Verbs whose object is someone, not somewhere."""

_PARTY_PREPOSITIONS = frozenset({"with", "between", "against", "by", "for", "of", "on", "upon", "toward", "towards", "versus", "vis-a-vis", "among"})
_TO_NOUNS = frozenset(
    """aid ambassador envoy message letter support ultimatum appeal warning loan credit concession threat help assistance
    commitment pledge promise challenge blow gift offer proposal demand request opposition loyalty response answer reply
    supply delivery sale arms weapon allegiance signal link tie pressure proximity close hostile loyal friendly important
    belong deliver give offer sell send supply hand complain appeal report propose extradite grant concede transfer
    lend present submit speak talk turn look tell explain listen object apologize apologise matter""".split()
)
"""Nouns, adjectives and verbs whose "to" is toward someone."""

_FROM_NOUNS = frozenset(
    """support aid pressure message order instruction demand concession approval permission response answer reply help loan
    threat backing assistance independence criticism condemnation praise request reaction protest guarantee assurance
    receive demand get obtain secure seek order extract want expect hear independent buy""".split()
)
_CITY_OWNS = frozenset(
    """street streets airport mayor suburb suburbs outskirts centre center university hospital hospitals square museum stadium
    population residents skyline metro district districts park cathedral hotel hotels neighbourhood neighborhood port railway
    station theatre zoo old eastern western northern southern""".split()
)
_OUTSIDE_ONLY = frozenset({"in", "at", "outside", "inside", "near", "around", "across", "into", "within", "over", "through", "throughout", "via"})
_TALKS = frozenset({"government", "regime", "leadership", "authorities", "officials", "administration"})


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceMention:
    """A codebook name that means an actor in its place; `metonym` where the name is a capital's or a seat's."""

    first: int
    last: int
    head: int
    entry: Entry
    metonym: bool
    plural: bool


def place_mentions(parse: Parse, words: Words, taken: Set[int]) -> list[PlaceMention]:
    """Return the states, bodies, groups and outlets that the text means as actors, outside the tokens already taken."""
    found = []
    for run in words.names.values():
        if run.entry.kind == "organ" or not taken.isdisjoint(range(run.first, run.last)):
            continue
        head = _head(parse, run)
        token = parse.tokens[head]
        if token.sentence in words.silent or _inside_longer_name(parse, run):
            continue
        kind = run.entry.kind
        if kind == "metonym" and _is_place(parse, token):
            continue
        if kind == "capital" and not _acts(parse, token):
            continue
        found.append(
            PlaceMention(
                first=run.first,
                last=run.last,
                head=head,
                entry=run.entry,
                metonym=kind in ("capital", "metonym"),
                plural=kind == "people",
            )
        )
    return found


def _head(parse: Parse, run: NameRun) -> int:
    """The token of the run on which its others hang."""
    for i in range(run.last - 1, run.first - 1, -1):
        if not run.first <= parse.tokens[i].head < run.last or parse.tokens[i].head == i:
            return i
    return run.last - 1


def _inside_longer_name(parse: Parse, run: NameRun) -> bool:
    """Whether the name is a part of a work's, a law's, a sports event's or a product's ("Moscow Times", "London Marathon")."""
    tokens = parse.tokens
    label = tokens[run.first].ent
    if label in ("WORK_OF_ART", "EVENT", "PRODUCT", "FAC") or (label in ("ORG", "LAW") and run.entry.kind in ("state", "capital")):
        after = tokens[run.last] if run.last < len(tokens) else None
        before = tokens[run.first - 1] if run.first > 0 else None
        wider = (after is not None and after.ent == label and after.text[0].isupper()) or (
            before is not None and before.ent == label and before.text[0].isupper() and before.pos == "PROPN"
        )
        return wider and run.entry.kind in ("state", "capital", "demonym", "metonym")
    return False


def _is_place(parse: Parse, token: Token) -> bool:
    """Whether a seat of power is only where something happens ("at the White House", "outside the Kremlin")."""
    above = parse.tokens[token.head]
    return token.dep == "pobj" and above.text.lower() in _OUTSIDE_ONLY


def _acts(parse: Parse, token: Token, depth: int = 0) -> bool:
    """Whether a capital's name means the government here."""
    above = parse.tokens[token.head]
    if token.dep == "conj" and depth < 4:
        return _acts(parse, above, depth + 1)
    if token.dep in ("nsubj", "csubj", "agent"):
        return above.lemma not in _CITY_VERBS and not _copula_of_place(parse, above)
    if token.dep == "nsubjpass":
        return above.lemma in _PERSUADE or above.lemma in ("force", "expect", "say", "see", "ready", "prepare", "involve")
    if token.dep in ("dobj", "dative"):
        return above.lemma in _PERSUADE
    if token.dep == "poss":
        return above.lemma.lower() not in _CITY_OWNS
    if token.dep == "pobj":
        return _party(parse, above)
    if token.dep in ("compound", "amod", "nmod"):
        return above.text.lower() in _TALKS
    return False


def _copula_of_place(parse: Parse, verb: Token) -> bool:
    """Whether "be" says what the city is ("Minsk is the capital")."""
    if verb.lemma != "be":
        return False
    return any(
        parse.tokens[i].dep == "attr" and parse.tokens[i].lemma in ("capital", "city", "town", "home", "place", "site", "centre", "center")
        for i in parse.children[verb.i]
    ) or any(parse.tokens[i].dep == "prep" and parse.tokens[i].text.lower() == "in" for i in parse.children[verb.i])


def _party(parse: Parse, link: Token) -> bool:
    word = link.text.lower()
    above = parse.tokens[link.head]
    if word == "to":
        return above.lemma.lower() in _TO_NOUNS
    if word == "from":
        return above.lemma.lower() in _FROM_NOUNS
    if word == "of":
        return above.lemma.lower() in (
            "part behalf government policy decision refusal demand support leadership position attitude actions action "
            "pressure interest interests hand hands influence wrath ally allies enemy critic control rule isolation"
        ).split()
    if word in ("on", "upon"):
        return above.lemma.lower() in "pressure sanction embargo impose call depend attack press rely reliance dependence".split()
    if word == "for":
        return above.lemma.lower() in "support victory blow setback aid act speak work spy defeat fight problem success loss".split()
    if word == "by":
        return above.pos == "VERB" or above.lemma.lower() in (
            "decision move attempt action attack threat refusal statement effort violation".split()
        )
    return word in _PARTY_PREPOSITIONS
