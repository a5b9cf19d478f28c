"""Runs of capitalised words, and when one is a person's name."""

from __future__ import annotations

from dragoman.read.mentions.titles import TitlePhrase
from dragoman.read.mentions.words import Words
from dragoman.record import Parse, Token

_LONGEST = 5
_AMOUNTS = frozenset({"DATE", "TIME", "MONEY", "CARDINAL", "ORDINAL", "PERCENT"})
_PLACE_NOUNS = frozenset(
    {
        "region",
        "oblast",
        "province",
        "district",
        "city",
        "area",
        "airport",
        "river",
        "island",
        "valley",
        "village",
        "street",
        "town",
        "port",
        "lake",
        "peninsula",
        "strait",
        "settlement",
    }
)
_BODY_NOUNS = frozenset(
    {
        "party",
        "council",
        "university",
        "foundation",
        "institute",
        "committee",
        "association",
        "company",
        "agency",
        "group",
    }
    | {
        "plan",
        "act",
        "accord",
        "treaty",
        "memorandum",
        "highway",
        "cup",
        "hospital",
        "airport",
        "movement",
        "front",
        "union",
    }
)
"""Nouns that end the name of a body, a plan or a place, never of a person."""

_THING_NOUNS = _PLACE_NOUNS | frozenset(
    {
        "park",
        "hospital",
        "school",
        "university",
        "college",
        "centre",
        "center",
        "council",
        "foundation",
        "institute",
        "group",
    }
    | {
        "house",
        "company",
        "airlines",
        "bank",
        "cup",
        "open",
        "prize",
        "award",
        "bay",
        "beach",
        "creek",
        "lake",
        "mountain",
    }
    | {
        "bridge",
        "hotel",
        "times",
        "post",
        "press",
        "club",
        "party",
        "act",
        "plan",
        "road",
        "avenue",
        "square",
        "hall",
        "court",
    }
)
_NAMED = frozenset(
    {"head_of_state", "head_of_government", "foreign_minister", "minister", "spokesperson", "defence_minister"}
)
"""Roles whose title is hardly ever the first word of a body's name."""

_PLACE_LABELS = frozenset({"GPE", "LOC", "FAC", "ORG"})


class Runs:
    """Runs of capitalised words in a parsed text."""

    def __init__(self, parse: Parse, words: Words) -> None:
        """Read the runs of one text, whose names and titles are known."""
        self.parse, self.words, self.rules = parse, words, words.rules
        self.tokens = parse.tokens

    def name_word(self, i: int) -> bool:
        """Whether a token can be part of a person's name."""
        token = self.tokens[i]
        if not token.text[0].isupper() or token.ent in _AMOUNTS or token.text in self.rules.no_names:
            return False
        if token.text.isupper() and self.loud(token) and (len(token.text) > 4 or self.heading(token)):
            return False
        run = self.words.name_at.get(i)
        if run is not None and not (
            run.entry.kind == "organ" and token.pos == "PROPN" and i not in self.words.title_at
        ):
            return False
        return token.pos in ("PROPN", "NOUN", "ADJ", "VERB", "X")

    def loud(self, token: Token) -> bool:
        """Whether the token's sentence is all in capitals, as headings are."""
        sentence = self.parse.sentences[token.sentence]
        return all(t.text.isupper() for t in self.tokens[sentence.first : sentence.last] if t.text.isalpha())

    def heading(self, token: Token) -> bool:
        """Whether the token's sentence, all in capitals, has more words than one ("WHAT EXPERTS SAY")."""
        sentence = self.parse.sentences[token.sentence]
        return sum(t.text.isalpha() for t in self.tokens[sentence.first : sentence.last]) > 1

    def end_of(self, start: int) -> int:
        """The end (exclusive) of the run of name words that begins at `start`; particles and hyphens go on with it."""
        tokens = self.tokens
        if start >= len(tokens) or not (self.name_word(start) or tokens[start].text in self.rules.particles):
            return start
        end = start
        for i in range(start, min(start + _LONGEST + 2, len(tokens))):
            token = tokens[i]
            if token.sentence != tokens[start].sentence:
                break
            if self.name_word(i):
                if token.pos != "PROPN" and i > start and token.ent != "PERSON":
                    break
                end = i + 1
            elif token.text != "-" and token.text.strip("'’") not in self.rules.particles:
                break
        return end

    def named_like_a_person(self, first: int, last: int) -> bool:
        """Whether an entity that the tagger takes for something else is a given name and a surname ("Virginie Razzano")."""
        words = self.tokens[first:last]
        if len(words) not in (2, 3) or self.words.offices.gender_of(words[0].text) is None:
            return False
        if any(i in self.words.name_at or i in self.words.title_at for i in range(first, last)):
            return False
        return all(t.text[0].isupper() and t.text.isalpha() and not t.text.isupper() for t in words) and (
            words[-1].pos == "PROPN" and words[-1].text.lower() not in _THING_NOUNS
        )

    def person_parts(self, first: int, last: int) -> list[tuple[int, int]]:
        """The persons in an entity: forms of address, titles, "'s" and the codebook's names cut off."""
        parts: list[tuple[int, int]] = []
        i = first
        while i < last:
            skip = self._not_name(i, last)
            if skip > i:
                i = skip
                continue
            end = i
            while end < last and self._goes_on(end):
                end += 1
            if end == last and end > i:
                end = max(end, self._over_particles(end))
            if end > i and self._is_name(i, end):
                parts.append((i, end))
            i = max(end, i + 1)
        return parts

    def _not_name(self, i: int, last: int) -> int:
        """The token behind what is no part of a name at `i`, or `i` itself."""
        token = self.tokens[i]
        run = self.words.name_at.get(i)
        title = self.words.title_at.get(i)
        if run is not None and run.entry.kind != "organ":
            return run.last
        if title is not None and i + 1 < last:
            return title.last
        after_the = i > 0 and self.tokens[i - 1].text.lower() == "the"
        if title is not None and (token.pos == "NOUN" or after_the or title.title.role == "officer"):
            return title.last
        if token.text.lower() in self.rules.address or token.tag == "POS":
            return i + 1
        return i if token.text[0].isupper() or token.text in self.rules.particles else i + 1

    def _goes_on(self, i: int) -> bool:
        token = self.tokens[i]
        run = self.words.name_at.get(i)
        if run is not None and run.entry.kind != "organ":
            return False
        if token.tag == "POS" or token.text.lower() in self.rules.address:
            return False
        if token.text[0].isupper() or token.text in "-'’" or token.text.lower().strip("'’") in self.rules.particles:
            return True
        # "Ching-te": the second half of a hyphenated given name
        return (
            i > 1 and self.tokens[i - 1].text == "-" and token.start == self.tokens[i - 1].end and token.ent == "PERSON"
        )

    def _over_particles(self, end: int) -> int:
        """Where a name ends that the tagger cut at its particles ("Ursula von | der Leyen")."""
        tokens = self.tokens
        at = end
        small = tokens[end - 1].text in self.rules.particles
        while (
            at < len(tokens)
            and tokens[at].text in self.rules.particles
            and tokens[at].pos in ("PROPN", "X", "DET", "ADP", "NOUN", "ADJ")
        ):
            at += 1
            small = True
        if small and at < len(tokens) and tokens[at].sentence == tokens[end - 1].sentence and self.name_word(at):
            return at + 1
        return end

    def _is_name(self, first: int, last: int) -> bool:
        parts = self.tokens[first:last]
        if any(c.isdigit() for t in parts for c in t.text) or parts[0].text in self.rules.no_names:
            return False
        if first > 1 and self.tokens[first - 1].text == "of" and self.tokens[first - 2].text.lower() in _PLACE_NOUNS:
            return False  # "the island of Sark"
        if len(parts) > 1:
            return parts[-1].text.lower() not in _BODY_NOUNS
        only = parts[0]
        if first in self.words.name_at:
            # an organ's common noun with a capital ("the Government")
            return False
        if len(only.text) < 2 or only.pos in ("NUM", "PUNCT", "PRON", "ADV", "INTJ") or self.loud(only):
            return False
        after = self.tokens[last] if last < len(self.tokens) else None
        before = self.tokens[first - 1] if first > 0 else None
        quoted = before is not None and after is not None and before.text in "\"'‘“«" and after.text in "\"'’”»"
        return not quoted and not (after is not None and after.text.lower() in _PLACE_NOUNS)

    def with_hyphens(self, first: int, last: int) -> tuple[int, int]:
        """A name with what hyphens join to it ("Har-Shefi")."""
        tokens = self.tokens
        while first > 1 and tokens[first - 1].text == "-" and tokens[first - 1].end == tokens[first].start:
            if not tokens[first - 2].text[0].isupper() or tokens[first - 2].end != tokens[first - 1].start:
                break
            first -= 2
        while last + 1 < len(tokens) and tokens[last].text == "-" and tokens[last].start == tokens[last - 1].end:
            if not tokens[last + 1].text[0].isupper() or tokens[last + 1].start != tokens[last].end:
                break
            last += 2
        return first, last

    def may_follow_title(self, start: int, last: int, title: TitlePhrase) -> bool:
        """Whether a run behind a title is a name, not the rest of a body's ("General Motors")."""
        tokens = self.tokens
        label = tokens[title.head].ent
        if label in ("ORG", "FAC", "WORK_OF_ART", "PRODUCT") and any(
            tokens[i].ent == label for i in range(start, last)
        ):
            return self.words.offices.gender_of(tokens[start].text) is not None or title.title.role in _NAMED
        return True

    def before_apposition(self, title: TitlePhrase) -> tuple[int, int] | None:
        """The run of name words before ", [the] TITLE": "Doe, head of the committee"."""
        tokens = self.tokens
        at = title.first - 1
        while at > 0 and (tokens[at].pos == "DET" or tokens[at].tag == "PRP$"):
            at -= 1
        if (
            at < 1
            or tokens[at].text != ","
            or tokens[at].sentence != tokens[title.head].sentence
            or not title.is_office
        ):
            return None
        start = at
        while start > 0 and at - start < _LONGEST and tokens[start - 1].sentence == tokens[at].sentence:
            if not (self.name_word(start - 1) or tokens[start - 1].text == "-"):
                break
            start -= 1
        if start == at or tokens[start].pos != "PROPN" or start in self.words.title_at:
            return None
        opening = tokens[start]
        if tokens[start - 1].text.lower() in ("in", "at", "near", "from", "of") and opening.ent in _PLACE_LABELS:
            return None
        given = self.words.offices.gender_of(opening.text) is not None
        if opening.ent in ("ORG", "NORP", "LOC", "GPE") and not given and at - start > 1:
            return None
        end = title.office_end
        closed = end < len(tokens) and tokens[end].text in (",", ".", "-", "–", "—", ")", ";")
        return (start, at) if closed and (tokens[start - 1].text != "," or opening.ent in ("PERSON", "")) else None
