"""What the parser says of a text: tokens, sentences, entities and quotations, free of any parser's own classes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Token:
    """One token. `i`, `head` and `sentence` index the document's tokens and sentences; a root is its own head.

    `start` and `end` are code points in `article.text`; `pos` is the Universal Dependencies part of speech, `tag` the Penn
    Treebank tag, `dep` the ClearNLP dependency label of spaCy's English pipelines, `ent` the entity label or "".
    """

    i: int
    start: int
    end: int
    text: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    sentence: int
    ent: str

    @property
    def lower(self) -> str:
        """The words in lower case."""
        return self.text.lower()


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens `first` to `last` (exclusive); `start` and `end` are code points; `root` is the index of the root token.

    `section` is the kind of the section it stands in; `block` counts the paragraphs that were parsed.
    """

    i: int
    first: int
    last: int
    start: int
    end: int
    root: int
    section: str
    block: int


@dataclass(frozen=True, slots=True)
class Entity:
    """A named entity of the parser: tokens `first` to `last` (exclusive), with the label (PERSON, GPE, ORG, NORP, ...)."""

    first: int
    last: int
    label: str


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words in quotation marks. `start` and `end` (code points) include the marks, `inner_start` and `inner_end` do not.

    A quotation that runs over paragraphs has one entry a paragraph; `continues` says that the next one goes on with it.
    `depth` is 0 for the outermost marks.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    depth: int
    continues: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Parse:
    """The parse of an article's sections; furniture is not parsed.

    `children[i]` are the indices of token i's dependents in text order.
    """

    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]
    entities: tuple[Entity, ...]
    quotations: tuple[Quotation, ...]
    children: tuple[tuple[int, ...], ...]

    def subtree(self, i: int) -> list[int]:
        """Return the indices of token i and all that hang below it, in text order."""
        found, waiting = [], [i]
        while waiting:
            j = waiting.pop()
            found.append(j)
            waiting.extend(self.children[j])
        found.sort()
        return found

    def ancestors(self, i: int) -> list[int]:
        """Return the heads above token i, nearest first, up to the root."""
        found = []
        while self.tokens[i].head != i:
            i = self.tokens[i].head
            found.append(i)
        return found

    def sentence_of(self, i: int) -> Sentence:
        """Return the sentence in which token i stands."""
        return self.sentences[self.tokens[i].sentence]

    def tokens_within(self, start: int, end: int) -> range:
        """Return the indices of the tokens that lie wholly between two code point offsets."""
        low = _first_at(self.tokens, start)
        high = low
        while high < len(self.tokens) and self.tokens[high].end <= end:
            high += 1
        return range(low, high)


def _first_at(tokens: tuple[Token, ...], offset: int) -> int:
    low, high = 0, len(tokens)
    while low < high:
        middle = (low + high) // 2
        if tokens[middle].start < offset:
            low = middle + 1
        else:
            high = middle
    return low
