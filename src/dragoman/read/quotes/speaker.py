"""Whose words: from the source's noun phrase to an actor of the document, or to one that is only described."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from dragoman.read.quotes.attribution import Attribution, child, noun_phrase
from dragoman.record import Actor, Article, Mention, Parse
from dragoman.record.actor import ActorKind
from dragoman.record.ids import make_id

_FIRST_PERSON = frozenset({"i", "we", "my", "our", "me", "us"})
_ONE = frozenset({"he", "she", "his", "her"})
_THING = frozenset({"it", "its"})
_MANY = frozenset({"they", "their", "them"})
_VAGUE = frozenset(
    {
        "who",
        "which",
        "that",
        "this",
        "these",
        "those",
        "what",
        "there",
        "you",
        "one",
        "everyone",
        "someone",
        "anyone",
        "nobody",
    }
)
_ARTICLES = (
    "the ",
    "a ",
    "an ",
    "his ",
    "her ",
    "its ",
    "their ",
    "this ",
    "that ",
    "these ",
    "those ",
    "another ",
    "other ",
)
_DOCUMENTS = frozenset({
    "statement", "report", "letter", "document", "communique", "communiqué", "release", "announcement",
    "declaration", "resolution", "text", "memo", "article", "paper", "post", "tweet", "message", "email",
    "survey", "poll", "study", "note", "decree", "order", "ruling",
})  # fmt: skip
_PEOPLE = frozenset({
    "official", "officer", "spokesman", "spokeswoman", "spokesperson", "diplomat", "minister", "envoy",
    "ambassador", "president", "leader", "aide", "adviser", "advisor", "analyst", "expert", "source",
    "witness", "resident", "lawyer", "lawmaker", "senator", "commander", "general", "politician",
    "politicologist", "journalist", "reporter", "correspondent", "scientist", "doctor", "economist",
    "professor", "rabbi", "priest", "bishop", "activist", "protester", "demonstrator", "negotiator",
    "mediator", "deputy", "secretary", "chairman", "chairwoman", "chief", "head", "director", "governor",
    "mayor", "judge", "prosecutor", "soldier", "refugee", "villager", "survivor", "relative", "mother",
    "father", "son", "daughter", "brother", "sister", "friend", "man", "woman", "interlocutor", "candidate",
    "critic", "supporter", "voter", "observer", "historian", "author", "writer", "student", "worker",
    "employee",
})  # fmt: skip


_NEAR = 12
"""Mentions that begin before a token and are looked at for one that covers it: they nest no deeper."""

_REMEMBERED = 20
"""Speakers back to whom a pronoun may go that the resolver left open."""


@dataclass(slots=True)
class Speakers:
    """Finds the actors of sources, one after the other in text order; it remembers who spoke and adds who is only described.

    `added` and `seen` are the actors and mentions that the document did not have.
    """

    article: Article
    parse: Parse
    mentions: Sequence[Mention]
    actors: Sequence[Actor]
    made_by: str
    added: dict[str, Actor] = field(default_factory=dict)
    seen: list[Mention] = field(default_factory=list)
    _spoke: list[tuple[int, str]] = field(default_factory=list)
    _before: Attribution | None = None
    _marked: set[tuple[int, int]] = field(default_factory=set)
    _issuers: dict[str, str] = field(default_factory=dict)
    _by_id: dict[str, Actor] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.mentions = sorted(self.mentions, key=_start)
        self._by_id = {actor.id: actor for actor in self.actors}

    def find(self, attribution: Attribution, outer: str | None) -> str | None:
        """Return the actor's id of a source; `outer` is the speaker of the quotation around it, whom "I" and "we" mean."""
        if attribution.head is None or attribution.source is None:
            return None
        found = self._resolve(attribution.head, outer, attribution)
        if found is not None:
            self._spoke.append((attribution.start, found))
            self._before = attribution
            self._note_document(attribution.word, found)
        return found

    def _note_document(self, word: int | None, speaker: str) -> None:
        """Keep who said something in a document: "the statement read" behind it is the same one's."""
        for j in self.parse.children[word] if word is not None else ():
            if self.parse.tokens[j].lower in {"in", "on", "through"}:
                inner = child(self.parse, j, ("pobj",))
                if inner is not None and self.parse.tokens[inner].lemma in _DOCUMENTS:
                    self._issuers[self.parse.tokens[inner].lemma] = speaker

    def _resolve(self, head: int, outer: str | None, attribution: Attribution) -> str | None:
        token = self.parse.tokens[head]
        word = token.lower
        if word in _FIRST_PERSON:
            return outer
        mention = self._mention_at(head)
        if mention is None or mention.how != "name":
            beside = self._person_beside(head)
            if beside is not None:
                return beside
        going_on = self._going_on(word, attribution)
        if going_on is not None:
            return going_on
        if mention is not None and word in _ONE and self._names(mention.actor, attribution):
            # "in his opinion, Smith is wrong": he who is named in what he says is somebody else
            return self._last(word, without=mention.actor)
        if mention is not None:
            return mention.actor
        if word in _ONE or word in _THING or word in _MANY:
            return self._last(word)
        if word in _VAGUE or token.pos == "PRON":
            return None
        named = self._named_last(head)
        if named is not None:
            return named
        if token.lemma in _DOCUMENTS:
            issuer = self._issuer(head)
            if issuer is not None:
                return issuer
        return self._described(head)

    def _going_on(self, word: str, attribution: Attribution) -> str | None:
        """Whose words the quotation of a pronoun goes on with: "...", the ministry said. "...", it added.

        Whoever else the words before name, he who spoke in the sentence before it in the paragraph speaks on, where he can be
        meant.
        """
        before = self._before
        if before is None or before.word is None or before.nested or not attribution.direct or attribution.nested:
            return None
        if "\n" in self.article.text[before.end : attribution.start] or attribution.start < before.end:
            return None
        if before.head is None or self.parse.tokens[before.word].dep not in {"ROOT", "ccomp", "parataxis"}:
            return None
        first = self.parse.tokens_within(attribution.start, attribution.end)
        if not first or self.parse.tokens[first[0]].sentence - self.parse.tokens[before.word].sentence > 1:
            return None
        return self._last(word, only=True)

    def _mention_at(self, head: int) -> Mention | None:
        """The longest mention over a head token: the name that it is the head of, never one inside its description."""
        token = self.parse.tokens[head]
        last = bisect_right(self.mentions, token.start, key=_start)
        near = self.mentions[max(0, last - _NEAR) : last]
        over = [m for m in near if m.start <= token.start and token.end <= m.end]
        if over:
            return max(over, key=lambda m: (m.end - m.start, -m.start))
        return None

    def _person_beside(self, head: int) -> str | None:
        """Whose name stands beside an office or description: "the bank's chief, Ana Sol,", "a shipping firm, Norline,"."""
        behind = self._behind(head)
        if behind is not None:
            return behind
        tokens, children = self.parse.tokens, self.parse.children
        beside = [k for k in children[head] if tokens[k].dep == "appos" and k > head]
        # "her colleague at the bank, the economist Ana Sol"
        beside += [g for k in beside for g in children[k] if tokens[g].dep == "appos" and g > k]
        for k in beside:
            if tokens[k].pos == "PROPN":
                mention = self._mention_at(k)
                known = self._by_id.get(mention.actor) if mention is not None and mention.how == "name" else None
                if known is not None and known.kind in {"person", "body"}:
                    return known.id
        return None

    def _is_person(self, actor: str) -> bool:
        return actor in self._by_id and self._by_id[actor].kind == "person"

    def side(self, attribution: Attribution, speaker: str | None) -> frozenset[int]:
        """The tokens of a content that mean its speaker, or the state or body that the speaker acts for."""
        known = self._by_id.get(speaker) if speaker is not None else None
        if known is None:
            return frozenset()
        found: set[int] = set()
        for mention in self._within(attribution):
            other = self._by_id.get(mention.actor)
            same = other is not None and other.country is not None and other.country == known.country
            if mention.actor == known.id or (same and other is not None and other.kind in {"state", "body"}):
                found.update(self.parse.tokens_within(mention.start, mention.end))
        return frozenset(found)

    def _names(self, actor: str, attribution: Attribution) -> bool:
        """Whether what is reported names the actor by name."""
        return not attribution.direct and any(m.actor == actor and m.how == "name" for m in self._within(attribution))

    def _within(self, attribution: Attribution) -> Iterator[Mention]:
        """The mentions inside a content."""
        for start, end in attribution.contents:
            first = bisect_left(self.mentions, start, key=_start)
            last = bisect_left(self.mentions, end, key=_start)
            yield from (m for m in self.mentions[first:last] if m.end <= end)

    def _last(self, word: str, without: str | None = None, *, only: bool = False) -> str | None:
        """Whom a pronoun means that the resolver left open: the last speaker that fits, `only` the very last one."""
        gender: Literal["female", "male"] | None = (
            "female" if word in {"she", "her"} else "male" if word in _ONE else None
        )
        for _, actor in self._spoke[: -(1 if only else _REMEMBERED) - 1 : -1]:
            known = self._by_id.get(actor) or self.added.get(actor)
            if known is None or actor == without:
                continue
            if word in _ONE and known.kind == "person" and known.gender in {None, gender}:
                return actor
            if word in _THING and (known.kind in {"state", "body"} or (only and known.kind == "group")):
                return actor
            if word in _MANY and known.kind in {"group", "body"}:
                return actor
        return None

    def _issuer(self, head: int) -> str | None:
        """Who issued a document that speaks ("the statement by the ministry said"); later "the statement" is the same one's."""
        tokens, lemma = self.parse.tokens, self.parse.tokens[head].lemma
        for j in self.parse.children[head]:
            inner = j if tokens[j].dep in {"poss", "compound"} else None
            if tokens[j].dep == "prep" and tokens[j].lower in {"by", "from", "of"}:
                inner = child(self.parse, j, ("pobj",))
            if inner is not None:
                mention = self._mention_at(inner)
                if mention is not None:
                    self._issuers[lemma] = mention.actor
                    return mention.actor
        above = tokens[tokens[head].head]
        if tokens[head].dep == "dobj" and above.pos == "VERB":
            subject = child(self.parse, above.i, ("nsubj",))
            mention = self._mention_at(subject) if subject is not None else None
            if mention is not None:
                self._issuers[lemma] = mention.actor
                return mention.actor
        return self._issuers.get(lemma)

    def _behind(self, head: int) -> str | None:
        """The person whose name follows a person's noun at once, though the parse gives the verb two subjects."""
        tokens = self.parse.tokens
        if head + 1 >= len(tokens) or tokens[head].lemma not in _PEOPLE or tokens[head + 1].pos != "PROPN":
            return None
        mention = self._mention_at(head + 1)
        if mention is None or mention.how != "name" or mention.start != tokens[head + 1].start:
            return None
        return mention.actor if self._is_person(mention.actor) else None

    def _named_last(self, head: int) -> str | None:
        """The person with whose name a long office ends: "Deputy Prime Minister and Foreign Minister Ana Sol"."""
        if self.parse.tokens[head].lemma.lower() not in _PEOPLE:
            return None
        start, end = noun_phrase(self.parse, head)
        last = bisect_left(self.mentions, end, key=_start)
        near = [m for m in self.mentions[max(0, last - _NEAR) : last] if start < m.start and m.end == end]
        return next((m.actor for m in near if m.how == "name" and self._is_person(m.actor)), None)

    def _described(self, head: int) -> str | None:
        """The actor of a source that is only described: one for each description in an article, never joined with another."""
        start, end = noun_phrase(self.parse, head)
        words = " ".join(self.article.text[start:end].split())
        lower = words.lower()
        for article in _ARTICLES:
            if lower.startswith(article):
                cut = len(article)
                words, start = (
                    words[cut:],
                    start + self.article.text[start:end].lower().index(lower[cut : cut + 1], cut),
                )
                break
        words = words.strip(" \"“”'‘’")
        if not words or not any(c.isalpha() for c in words):
            return None
        token = self.parse.tokens[head]
        definite = lower.startswith(("the ", "that ", "this "))
        if definite and words.lower() == token.lower:
            earlier = [
                a
                for a in self.added.values()
                if a.name.lower().split()[-1] == token.lower or token.lower in a.name.lower().split()
            ]
            if len(earlier) == 1:
                return earlier[0].id
        actor_id = make_id("actor", self.article.id, "described", words.lower())
        if actor_id not in self.added:
            self.added[actor_id] = Actor(
                id=actor_id,
                name=words,
                kind=self._kind(head),
                country=self._country(start, end),
                names=(words,),
                anonymous=True,
                made_by=self.made_by,
            )
        span = self.article.span(start, end)
        if (start, end) not in self._marked:
            self._marked.add((start, end))
            self.seen.append(
                Mention(
                    actor=actor_id, article=self.article.id, start=start, end=end, text=span.text, how="description"
                )
            )
        return actor_id

    def _kind(self, head: int) -> ActorKind:
        token = self.parse.tokens[head]
        if token.tag in {"NNS", "NNPS"}:
            return "group"
        if token.lemma in _PEOPLE or token.ent == "PERSON":
            return "person"
        if token.ent in {"ORG", "FAC"} or token.pos == "PROPN":
            return "body"
        return "person" if token.text.endswith(("er", "or", "man", "woman", "ist", "ian")) else "group"

    def _country(self, start: int, end: int) -> str | None:
        """The state that a description names ("a Polish official"): of the one actor inside it that has one."""
        first = bisect_left(self.mentions, start, key=_start)
        last = bisect_left(self.mentions, end, key=_start)
        inside = {
            self._by_id[m.actor].country for m in self.mentions[first:last] if m.end <= end and m.actor in self._by_id
        }
        inside.discard(None)
        return inside.pop() if len(inside) == 1 else None


def _start(mention: Mention) -> int:
    return mention.start


def with_names(actors: Sequence[Actor], added: Sequence[Actor]) -> tuple[Actor, ...]:
    """Return the actors of both, the document's own first, each once."""
    known = {actor.id for actor in actors}
    return (*actors, *(replace(actor) for actor in added if actor.id not in known))
