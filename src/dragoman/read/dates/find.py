"""Find: a block of text → its time expressions, each read in its scene."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dragoman.codebook.dates import OTHER, DateRules, Form
from dragoman.read.dates.grain import Stretch
from dragoman.read.dates.interpret import interpret
from dragoman.read.dates.lex import Lexed, lex
from dragoman.read.dates.sense import Scene, Sense, Slots
from dragoman.read.dates.tense import Side, side_of
from dragoman.record import Document, Parse, Region, Sentence, Token

_RUN = re.compile(rf"[^{re.escape(OTHER)}]+")
_CURRENCY = frozenset("$€£¥")
_COUNTABLE = range(1000, 9000)
"""Years of publication from which every step stays inside the calendar."""

_NOUN_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS"})
_NUMERIC_DATE = re.compile(r"\b(\d{1,2})[/-](\d{1,2})[/-](?:\d{4}|\d{2})\b")
_NOMINAL = frozenset({"NOUN", "PROPN", "DET", "PRON", "NUM", "ADJ"})
_STATEMENT = re.compile(r"[.!?]")


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of sentences that may hold dates: `text` has its notes blanked, `offset` is its start.

    `number` is that of the block of the parse in which it stands.
    """

    text: str
    offset: int
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A time expression: its offsets, its sense, and the wider words that decided its days.

    `before` are the two words in front of it in lower case and `before_starts` where they begin; `governed` says whether the
    word in front is its preposition in the parse, `verbal` whether that hangs on a verb; `after` is the word behind it; `gap`
    is the text between it and the phrase before it in the block, None for the first.
    """

    start: int
    end: int
    wide_start: int
    wide_end: int
    sense: Sense
    before: tuple[str, ...]
    before_starts: tuple[int, ...]
    governed: bool
    verbal: bool
    gap: str | None
    after: str


def blocks_of(document: Document, rules: DateRules) -> Iterator[Block]:
    """Yield the stretches of sentences in which a word or a digit may belong to a date, in text order.

    Sentences next to each other stay together, since the parser may cut one at the full stop of "Dec.".
    """
    parse = document.parse
    assert parse is not None
    text, notes, core = document.article.text, document.article.notes, rules.core_words
    first: Sentence | None = None
    last: Sentence | None = None
    for sentence in parse.sentences:
        tokens = parse.tokens[sentence.first : sentence.last]
        holds = any(_may_hold_a_date(token, core) for token in tokens)
        if first is not None and last is not None and (not holds or sentence.block != first.block):
            yield Block(_blanked(text, first.start, last.end, notes), first.start, first.block)
            first = None
        if holds:
            first, last = first or sentence, sentence
    if first is not None and last is not None:
        yield Block(_blanked(text, first.start, last.end, notes), first.start, first.block)


def _blanked(text: str, start: int, end: int, notes: tuple[Region, ...]) -> str:
    piece = text[start:end]
    for note in notes:
        if start < note.end and note.start < end:
            low, high = max(0, note.start - start), min(end, note.end) - start
            piece = piece[:low] + " " * (high - low) + piece[high:]
    return piece


def _may_hold_a_date(token: Token, core_words: frozenset[str]) -> bool:
    text = token.text.lower()
    if text in core_words:
        return True
    if text.isalpha():
        return False
    return any(c.isdigit() for c in text) or not core_words.isdisjoint(text.replace(".", "").split("-"))


class Reader:
    """Reads the blocks of one document in order and remembers the date last mentioned."""

    def __init__(self, document: Document, rules: DateRules) -> None:
        """Take the document's parse and its day of publication."""
        assert document.parse is not None
        day = document.article.published
        self._published = day if day is not None and _COUNTABLE.start <= day.year < _COUNTABLE.stop else None
        self._parse: Parse = document.parse
        self._rules = rules
        self._day_first = _order_of_numbers(document.article.text)
        self._mentioned: Stretch | None = None
        self._mentioned_block = -2
        self._block = -1

    def read(self, block: Block) -> list[Found]:
        """Return the time expressions of the next block, in text order."""
        self._block = block.number
        lexed = lex(block.text, block.offset, self._rules)
        found: list[Found] = []
        for run in _RUN.finditer(lexed.letters):
            if self._rules.core.search(lexed.letters, run.start(), run.end()) is None:
                continue
            i = run.start()
            while i < run.end():
                one = self._at(lexed, i, run.end(), block, found[-1] if found else None)
                if one is None:
                    i += 1
                    continue
                found.append(one[0])
                i = one[1]
        return found

    def _at(self, lexed: Lexed, i: int, limit: int, block: Block, last: Found | None) -> tuple[Found, int] | None:
        """The phrase that begins at word i, and the word behind it; the longest form that means something wins."""
        matches = []
        for order, form in enumerate(self._rules.forms):
            match = form.pattern.match(lexed.letters, i, limit)
            if match is not None and match.end() > i:
                matches.append((-match.end(), order, form, match))
        if not matches:
            return None
        matches.sort(key=lambda entry: entry[:2])
        for negative_end, _, form, match in matches:
            end = -negative_end
            slots = {
                slot: lexed.classes[at][cls]
                for group, (slot, cls) in form.slots.items()
                if (at := match.start(group)) >= 0
            }
            sense = self._sense(form, slots, lexed, i, end, block, last)
            if sense is None:
                continue
            if sense.stretch is not None and not (form.reading == "shift" and {slots.get("unit")} & {"year"}):
                self._mentioned, self._mentioned_block = sense.stretch, self._block
            start_offset, end_offset = lexed.starts[i], lexed.ends[end - 1]
            before = tuple(lexed.words[max(0, i - 2) : i])
            gap = None
            if last is not None:
                gap = block.text[last.end - block.offset : start_offset - block.offset]
            return Found(
                start=start_offset,
                end=end_offset,
                wide_start=lexed.starts[i - 1] if sense.wide and i else start_offset,
                wide_end=end_offset,
                sense=sense,
                before=before,
                before_starts=tuple(lexed.starts[max(0, i - 2) : i]),
                governed=self._governed(start_offset, end_offset, lexed.starts[i - 1] if i else -1),
                verbal=i > 0 and self._verbal(lexed.starts[i - 1], lexed.ends[i - 1]),
                gap=gap,
                after=lexed.words[end] if end < len(lexed.words) else "",
            ), end
        return None

    def _sense(
        self, form: Form, slots: Slots, lexed: Lexed, first: int, last: int, block: Block, before: Found | None
    ) -> Sense | None:
        tokens = self._parse.tokens_within(lexed.starts[first], lexed.ends[last - 1])
        if not self._allowed(form, slots, lexed, first, last, tokens):
            return None
        near = None
        if before is not None and before.sense.stretch is not None:
            between = block.text[before.end - block.offset : lexed.starts[first] - block.offset]
            near = before.sense.stretch if _STATEMENT.search(between) is None else None
        quarter = self._mentioned is not None and self._mentioned.grain == "quarter"
        fresh = self._block - self._mentioned_block <= 1 or quarter
        scene = Scene(
            published=self._published,
            side=lambda: self._side(tokens, lexed.words[first - 1] if first else ""),
            mentioned=self._mentioned if fresh else None,
            near=near,
            day_first=self._day_first,
            words=tuple(lexed.words[first:last]),
            before=lexed.words[first - 1] if first else "",
            after=lexed.words[last] if last < len(lexed.words) else "",
            followed=self._followed(lexed, last),
        )
        return interpret(form.reading, slots, scene)

    def _side(self, tokens: range, preposition: str) -> Side:
        return side_of(self._parse, self._top(tokens), self._rules, preposition) if tokens else Side(0)

    def _top(self, tokens: range) -> int:
        """The token of the phrase that hangs highest in the parse."""
        heads = self._parse.tokens
        for i in tokens:
            if heads[i].head not in tokens or heads[i].head == i:
                return i
        return tokens[0]

    def _governed(self, start: int, end: int, before: int) -> bool:
        """Does the word that begins at offset `before` govern the phrase, rather than what follows it?"""
        tokens = self._parse.tokens_within(start, end)
        if not tokens:
            return before >= 0
        top = self._parse.tokens[self._top(tokens)]
        if top.dep in ("compound", "poss", "nmod", "amod", "nummod", "nsubj", "npadvmod"):
            return False
        return before >= 0

    def _verbal(self, start: int, end: int) -> bool:
        """Does the preposition between two offsets hang on a verb ("runs from Friday"), not a noun ("a letter from Friday")?"""
        tokens = self._parse.tokens_within(start, end)
        return bool(tokens) and self._parse.tokens[self._parse.tokens[tokens[0]].head].pos in ("VERB", "AUX")

    def _followed(self, lexed: Lexed, last: int) -> bool:
        """Does a noun phrase or a clause go on right behind the phrase ("two days before the vote")?"""
        if last >= len(lexed.starts):
            return False
        tokens = self._parse.tokens_within(lexed.ends[last - 1], lexed.ends[last - 1] + 40)
        if not tokens:
            return False
        token = self._parse.tokens[tokens[0]]
        return token.pos in _NOMINAL and lexed.words[last - 1] in ("before", "after")

    def _allowed(self, form: Form, slots: Slots, lexed: Lexed, first: int, last: int, tokens: range) -> bool:
        """May these words be a time here? The tagger and the words around them decide where a word has other uses."""
        parse, words = self._parse, lexed.words
        before = words[first - 1] if first else ""
        after = words[last] if last < len(words) else ""
        top: Token | None = parse.tokens[self._top(tokens)] if tokens else None
        if form.alone and not self._alone(before, after, top):
            return False
        if form.reading == "duration":
            return self._is_length(slots, words, first, last, before, tokens)
        if top is None:
            return True
        if form.reading == "calendar" and set(slots) == {"month"}:
            token = parse.tokens[tokens[-1]]
            if self._named_with(token):
                return False
            return token.tag not in ("MD", "VB", "VBP") and token.ent not in ("PERSON", "WORK_OF_ART")
        if form.reading == "weekday" and set(slots) == {"weekday"}:
            token = parse.tokens[tokens[-1]]
            beside = parse.tokens[token.i + 1] if token.i + 1 < len(parse.tokens) else None
            if words[last - 1] in self._rules.stopped and not lexed.ends[last - 1] - lexed.starts[last - 1] > len(
                words[last - 1]
            ):
                return False  # "Sun" without its full stop is not a day
            named = token.ent in ("ORG", "PERSON", "WORK_OF_ART") and beside is not None and beside.ent == token.ent
            return not named and token.ent != "PERSON"
        if form.reading == "year" and set(slots) <= {"year"} and words[first].isdigit():
            return self._is_year(int(slots["year"]), before, after, top)
        if form.reading in ("season", "beside", "itself"):
            for i in tokens:
                if parse.tokens[i].text.lower() in self._rules.noun and not self._is_season(
                    parse.tokens[i], slots, before, after
                ):
                    return False
        if form.name == "the past or the future":
            token = parse.tokens[tokens[-1]]
            return token.pos == "NOUN" and (token.head == token.i or token.dep not in ("amod", "compound"))
        if form.reading == "reference" and words[first] in ("soon", "shortly"):
            return after not in ("as", "after", "before", "afterwards") and before != "as" and self._ahead(tokens)
        if form.reading == "reference":
            return top.pos != "VERB" and top.ent not in ("ORG", "WORK_OF_ART")
        if form.reading == "set" and "frequency" in slots:
            return top.ent not in ("ORG", "PERSON", "WORK_OF_ART") and top.tag not in ("NNP", "NNPS")
        if form.reading in ("beside", "deictic", "season") and _in_name(parse, tokens):
            return False
        if form.name == "short year":
            return before in ("in", "of", "since", "by", "until", "from", "class", "summer", "and", "spring")
        return True

    def _is_season(self, token: Token, slots: Slots, before: str, after: str) -> bool:
        """Is "fall" or "spring" the season? Not a verb, and with nothing around it only behind a preposition of time."""
        if token.tag not in _NOUN_TAGS:
            return False
        if slots.keys() & {"year", "rel", "next_to", "which", "part", "edge", "unit"}:
            return True
        return before in self._rules.before_season and after not in ("of", "from", "in")

    def _ahead(self, tokens: range) -> bool:
        return self._side(tokens, "").way >= 0

    def _named_with(self, token: Token) -> bool:
        """Does the word end a name that begins in front of it: "Theresa May"?"""
        if not token.i:
            return False
        before = self._parse.tokens[token.i - 1]
        return (
            before.pos == "PROPN" and before.text[:1].isupper() and (before.head == token.i or token.head == before.i)
        )

    def _alone(self, before: str, after: str, top: Token | None) -> bool:
        return before in ("for", "in", "within", "over", "of", "after") and after != "old" and top is not None

    def _is_length(self, slots: Slots, words: list[str], first: int, last: int, before: str, tokens: range) -> bool:
        behind = words[last : last + 2]
        if behind[:1] in (["of"], ["to"], ["past"]) and slots.get("unit") in ("quarter", "second"):
            return False  # a quarter of the voters, a quarter to noon
        if "article" in slots and behind[:1] == ["-"]:
            return False
        if (
            "old" in behind[:1]
            or behind[:2] == ["-", "old"]
            or "age" in words[max(0, first - 2) : first]
            or before == "aged"
        ):
            return False
        if before in _CURRENCY or (slots.get("unit") == "second" and "count" not in slots):
            return False
        bare = "article" in slots and not {"approx", "count2", "ordinal"} & set(slots)
        if bare and tokens and tokens[0]:
            ahead_of = self._parse.tokens[tokens[0] - 1]
            if (
                ahead_of.pos in ("NOUN", "NUM", "SYM", "PROPN")
                and ahead_of.sentence == self._parse.tokens[tokens[0]].sentence
            ):
                return False  # a rate: so many flights a week
        return not (
            bare and (before in self._rules.rate or before.isdigit() or (first and before in ("such", "quite", "what")))
        )

    def _is_year(self, year: int, before: str, after: str, top: Token) -> bool:
        if before in _CURRENCY or before in self._rules.numbered or after in ("%", "percent", "°"):
            return False
        if top.ent == "DATE":
            return True
        if 1000 <= year < 1800 or year > 2100:
            return False
        if top.ent in ("CARDINAL", "QUANTITY", "MONEY", "PERCENT", "TIME"):
            return before in ("in", "since", "until") and (after in ("", ",", ".", ")", ";") or top.dep == "pobj")
        if top.dep == "nummod" and top.head != top.i and self._parse.tokens[top.head].tag == "NNS":
            return before in ("the", "in")
        return before in self._rules.before_year or not before or after in ("", ".", ",", ")", "–", "-", "—", ";", ":")


def _in_name(parse: Parse, tokens: range) -> bool:
    """Is the last word of the phrase part of a name: "This Week", "VOA Today"?"""
    token = parse.tokens[tokens[-1]]
    if not token.text[:1].isupper() or token.text.isupper():
        return False
    opening = tokens[0] == parse.sentences[token.sentence].first
    return (len(tokens) > 1 and parse.sentences[token.sentence].section not in ("title", "heading")) or (
        not opening and token.tag in _NOUN_TAGS and token.tag.startswith("NNP")
    )


def _order_of_numbers(text: str) -> bool | None:
    """Whether the article writes the day first in numeric dates; None where no date shows it, or they disagree."""
    orders = set()
    for match in _NUMERIC_DATE.finditer(text):
        one, two = int(match[1]), int(match[2])
        if one > 12 >= two:
            orders.add(True)
        elif two > 12 >= one:
            orders.add(False)
    return orders.pop() if len(orders) == 1 else None
