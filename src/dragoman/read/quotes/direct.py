"""Direct attribution: whose words stand in quotation marks.

A paragraph is read as quotations and the gaps between them. A gap may hold a cue for the quotation before it ("..., said
X."), for the one behind it ("X said: ...") or for both ("..., he said, ..."). A quotation without a cue of its own goes on
with the speaker of the one before it, or takes the speaker of the sentence or paragraph before it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dragoman.codebook.cues import Cues
from dragoman.read.marks import quotation_at
from dragoman.read.quotes.attribution import (
    SUBJECTS,
    Attribution,
    Stretch,
    child,
    is_negated,
    is_passive,
    noun_phrase,
    subject_of,
)
from dragoman.read.quotes.nouns import issuer_of
from dragoman.read.quotes.verbs import frames_of
from dragoman.record import Article, Parse, Quotation, Sentence
from dragoman.record.statement import Act

_ENDS = (".", "!", "?", "…", "...", ":")
_FIRST_LETTER = re.compile(r"\W*(\w)")
_WORD = re.compile(r"\w+")
_MAY_BEGIN = frozenset({"", "\n", "\r", ".", "!", "?", ":", ",", "…", "—", "–"})
_ABBREVIATIONS = frozenset(
    {"Mr", "Mrs", "Ms", "Dr", "Sen", "Rep", "Gov", "Gen", "St", "Lt", "Col", "Sgt", "Jr", "Sr", "Maj", "Adm", "Capt", "Rev",
     "Hon", "Prof", "Brig", "Cmdr", "No", "vs", "Inc", "Co", "Corp", "Ltd"}
)  # fmt: skip
_AS_PUT = re.compile(r"\W*\s*as\b[^.!?\n]{3,80}?\b(?:put|phrased|called|has) it\b", re.IGNORECASE)
"""Behind a quotation: "..., as the king put it"."""

_DASH_NAME = re.compile(r"\s*[–—]\s+(?=[^\W\d_])")
_THUS = re.compile(r"\s*(?:Thus|So)(?:\s+spoke)?\s+(?=[^\W\d_])")
_LABEL_WORDS = 8
"""Words before a colon that may name a speaker without a verb."""

_AGENTS = (
    "er", "or", "man", "woman", "ist", "ian", "ant", "ent", "eer", "person", "chief", "head", "king", "queen", "officials",
    "deputy", "aide", "envoy", "ally", "colleague", "wife", "mother", "father", "son", "daughter", "friend", "diplomat",
    "bishop", "general", "marshal", "captain", "colonel", "judge", "nurse",
)  # fmt: skip
"""Endings of nouns for people: a sentence about one may introduce what he says."""

_HUMAN = frozenset({"he", "she", "they"})

_SHORT_GAP = 25
"""Words between two quotations on a line within which the second goes on with the first one's speaker."""

_LOOK_BACK = 8
"""Attributions before a quotation without a cue that are looked at for its speaker."""


@dataclass(frozen=True, slots=True)
class Speech:
    """A quotation that is speech: one entry a paragraph where it runs over several, in order."""

    parts: tuple[Quotation, ...]

    @property
    def start(self) -> int:
        """Where the first mark stands."""
        return self.parts[0].start

    @property
    def end(self) -> int:
        """Behind the last mark."""
        return self.parts[-1].end

    @property
    def contents(self) -> tuple[Stretch, ...]:
        """The words between the marks."""
        return tuple((part.inner_start, part.inner_end) for part in self.parts)


@dataclass(frozen=True, slots=True)
class _Speaker:
    """Who said it, by which cue."""

    head: int | None
    source: Stretch | None
    cue: Stretch | None
    word: int | None
    act: Act
    negated: bool = False


def speeches(parse: Parse) -> list[Speech]:
    """The outermost quotations, those that run over paragraphs joined."""
    found: list[Speech] = []
    waiting: list[Quotation] = []
    for quotation in parse.quotations:
        if quotation.depth:
            continue
        waiting.append(quotation)
        if not quotation.continues:
            found.append(Speech(tuple(waiting)))
            waiting = []
    if waiting:
        found.append(Speech(tuple(waiting)))
    return found


def is_whole(article: Article, speech: Speech) -> bool:
    """Whether a quotation is speech by its shape: it begins like a sentence at a place where one may begin."""
    text = article.text
    first = speech.parts[0]
    inner = text[first.inner_start : first.inner_end].strip()
    if len(speech.parts) > 1:
        return True
    letter = _FIRST_LETTER.match(inner)
    if letter is None:
        return False
    before = _last_of(text, first.start, line=True)
    at_start = before in {"", "\n", "\r"} or before in ".!?:,…—–-\"”»’'"
    begins = not letter.group(1).islower()
    ends = inner[-1:] in ".!?,…—–-" or text[first.end : first.end + 1] in {",", ".", "!", "?"}
    return at_start and begins and (ends or before in {":", ","} or before in {"", "\n"})


def direct(article: Article, parse: Parse, cues: Cues, reported: Sequence[Attribution]) -> Iterator[Attribution]:
    """Yield the attributions of an article's quotations in text order, one a paragraph.

    `reported` are the indirect attributions, sorted by their end: a quotation without a cue may go on with their speaker.
    """
    spoken = speeches(parse)
    outer = [q for q in parse.quotations if q.depth == 0]
    previous: Attribution | None = None
    for number, speech in enumerate(spoken):
        before = spoken[number - 1] if number else None
        after = spoken[number + 1] if number + 1 < len(spoken) else None
        whole = is_whole(article, speech)
        speaker = _cued(article, parse, cues, speech, before, after, whole)
        if speaker is None and whole and _is_ended(article.text, speech):
            speaker = _carried(article, parse, speech, before, previous, reported, outer)
        if speaker is None:
            continue
        for content in speech.contents:
            previous = _attribution(speaker, content)
            yield previous
    yield from _nested(article, parse, cues)


def _is_ended(text: str, speech: Speech) -> bool:
    """Whether a quotation ends like a sentence, so that nothing of the article's own goes on behind it."""
    last = speech.parts[-1]
    behind = text[last.end : last.end + 1]
    return _last_of(text, last.inner_end) in {".", "!", "?", "…", ",", ":", ";"} or behind in {".", "!", "?"}


def _last_of(text: str, end: int, start: int = 0, *, line: bool = False) -> str:
    """The last character before an offset that is no space ("" if none); with `line`, a line break counts as one."""
    while end > start and text[end - 1].isspace() and not (line and text[end - 1] in "\n\r"):
        end -= 1
    return text[end - 1] if end > start else ""


def _attribution(speaker: _Speaker, content: Stretch, *, nested: bool = False) -> Attribution:
    return Attribution(
        source=speaker.source,
        head=speaker.head,
        cue=speaker.cue,
        word=speaker.word,
        contents=(content,),
        direct=True,
        act=speaker.act,
        frame="quote",
        negated=speaker.negated,
        nested=nested,
    )


def _nested(article: Article, parse: Parse, cues: Cues) -> Iterator[Attribution]:
    """Quotations inside quotations, where a cue stands right before one ("He told me, 'Go.'")."""
    outer: Quotation | None = None
    last = 0
    for quotation in parse.quotations:
        if quotation.depth == 0:
            outer, last = quotation, quotation.inner_start
        elif outer is not None and quotation.depth == 1 and quotation.end <= outer.end:
            gap = (last, quotation.start)
            last = quotation.end
            stop = _last_of(article.text, gap[1], gap[0])
            if stop in {":", ","} or (stop.isalnum() and article.text[quotation.inner_start].isupper()):
                found = _cue_in(parse, cues, gap, behind=False)
                if found is not None and found.head is not None:
                    yield _attribution(found, (quotation.inner_start, quotation.inner_end), nested=True)


def _cued(
    article: Article,
    parse: Parse,
    cues: Cues,
    speech: Speech,
    before: Speech | None,
    after: Speech | None,
    whole: bool,
) -> _Speaker | None:
    """The speaker by a cue in the gap behind the quotation or before it."""
    text = article.text
    gap_end = after.start if after is not None else len(text)
    behind = _gap_sentence(text, speech.end, gap_end)
    inner_end = _last_of(text, speech.parts[-1].inner_end)
    opening = _last_of(text, speech.start, line=True)
    begun = whole or opening in _MAY_BEGIN
    carries_on = begun and (
        inner_end in {",", "?", "!", "–", "—", "-"} or (whole and text[speech.end : speech.end + 1] == ",")
    )
    if whole or carries_on or _AS_PUT.match(text, speech.end, behind[1]):
        carries_on = carries_on or not whole
        found = _cue_in(parse, cues, behind, behind=True)
        if found is not None and (carries_on or (found.head is not None and not _says_more(parse, found.word))):
            return found
    gap_start = before.end if before is not None else 0
    ahead = _gap_before(text, gap_start, speech.start)
    stop = _last_of(text, speech.start, ahead[0])
    goes_on = before is not None and ahead[0] == before.end and is_whole(article, before)
    if stop == ":" or (stop == "," and (whole or goes_on)) or (stop.isalnum() and whole):
        found = _cue_in(parse, cues, ahead, behind=False)
        if found is not None:
            return found
        if stop == ":" and whole:
            return _labelled(article, parse, ahead) or _told_of(parse, ahead)
    if not whole:
        return None
    return _named_after(parse, cues, behind) or _named_behind(article, parse, speech)


def _says_more(parse: Parse, word: int | None) -> bool:
    """Whether a cue in the sentence behind a full stop has a content of its own there."""
    return word is not None and any(
        parse.tokens[k].dep in {"ccomp", "xcomp"} and k > word for k in parse.children[word]
    )


def _labelled(article: Article, parse: Parse, stretch: Stretch) -> _Speaker | None:
    """The speaker before a colon without a verb: "The minister: ...", "From the communiqué: ..."."""
    tokens = parse.tokens
    there = [i for i in parse.tokens_within(*stretch) if tokens[i].pos not in {"PUNCT", "SPACE"}]
    if not there or len(there) > _LABEL_WORDS or any(tokens[i].pos in {"VERB", "AUX"} for i in there):
        return None
    comma = next((t.start for t in (tokens[i] for i in parse.tokens_within(*stretch)) if t.text == ","), stretch[1])
    words = [i for i in there if tokens[i].start < comma] or there
    named = [i for i in words if tokens[i].ent in {"PERSON", "ORG", "GPE"}]
    last = named[-1] if named else words[-1]
    if tokens[last].pos not in {"PROPN", "NOUN"}:
        return None
    mark = article.text.rfind(":", stretch[0], stretch[1])
    return _Speaker(last, noun_phrase(parse, last), (mark, mark + 1), None, "claim")


def _told_of(parse: Parse, stretch: Stretch) -> _Speaker | None:
    """The speaker before a colon whom the sentence is about: "His deputy was blunter: ..."."""
    number = _sentence_before(parse, *stretch)
    acting = _acting(parse, number) if number is not None else None
    if acting is None or not stretch[0] <= parse.tokens[acting].start < stretch[1]:
        return None
    return _Speaker(acting, noun_phrase(parse, acting), None, None, "claim")


def _named_after(parse: Parse, cues: Cues, behind: Stretch) -> _Speaker | None:
    """The speaker of a quotation that a noun names: "... was the answer of the king", "... was his only comment"."""
    tokens = parse.tokens
    there = parse.tokens_within(*behind)
    if not there or tokens[there[0]].lemma != "be":
        return None
    for i in there[1:12]:
        if tokens[i].pos == "NOUN" and tokens[i].lemma in cues.speeches:
            head = issuer_of(parse, i, cues)
            if head is None:
                return None
            act: Act = (
                next(iter(cues.nouns[tokens[i].lemma].frames.values())) if tokens[i].lemma in cues.nouns else "claim"
            )
            return _Speaker(head, noun_phrase(parse, head), (tokens[i].start, tokens[i].end), i, act)
    return None


def _named_behind(article: Article, parse: Parse, speech: Speech) -> _Speaker | None:
    """The speaker whom a dash or "Thus" sets behind a quotation: “Not now” – Minister Ana Sol on the levy."""
    text = article.text
    line = text.find("\n", speech.end)
    stop = line if line >= 0 else len(text)
    mark = _DASH_NAME.match(text, speech.end, stop) or _THUS.match(text, speech.end, stop)
    if mark is None:
        return None
    there = parse.tokens_within(mark.end(), stop)
    named = []
    for i in there[:_LABEL_WORDS]:
        token = parse.tokens[i]
        if token.pos in {"VERB", "AUX"} or token.text in {".", ",", ";", '"', "“", "«", "("} or token.lower == "on":
            break
        named.append(i)
    people = [i for i in named if parse.tokens[i].ent in {"PERSON", "ORG", "GPE"}]
    if not people:
        return None
    first, last = parse.tokens[named[0]], parse.tokens[people[-1]]
    return _Speaker(last.i, (first.start, last.end), None, None, "claim")


def _gap_sentence(text: str, start: int, end: int) -> Stretch:
    """The rest of the line behind a quotation, up to the first end of a sentence."""
    line = text.find("\n", start, end)
    end = line if line >= 0 else end
    at = start
    while True:
        stop = min((p for p in (text.find(mark, at, end) for mark in ".!?:") if p >= 0), default=-1)
        if stop < 0:
            return start, end
        after = text[stop + 1 : stop + 2]
        initial = stop >= 2 and text[stop - 1].isupper() and not text[stop - 2].isalnum()
        short = text[max(start, stop - 5) : stop].split(" ")[-1] in _ABBREVIATIONS
        if (after.isspace() or not after) and not initial and not short:
            return start, stop
        at = stop + 1


def _gap_before(text: str, start: int, end: int) -> Stretch:
    """The sentence before a quotation on its line, or the last line before it when that ends with a colon."""
    stripped = end
    while stripped > start and text[stripped - 1].isspace():
        stripped -= 1
    line = text.rfind("\n", start, stripped)
    return (max(start, line + 1), end)


def _cue_in(parse: Parse, cues: Cues, stretch: Stretch, *, behind: bool) -> _Speaker | None:
    """The cue in a gap: the first verb of saying behind a quotation, the last one before it."""
    tokens = parse.tokens
    there = parse.tokens_within(*stretch)
    for i in there if behind else reversed(there):
        token = tokens[i]
        if token.pos not in {"VERB", "AUX", "NOUN", "PROPN", "ADJ"} or token.lemma not in cues.verbs:
            if token.lower == "to" and i and tokens[i - 1].lower == "according" and behind:
                head = child(parse, i, ("pobj",))
                if head is not None:
                    return _Speaker(head, noun_phrase(parse, head), (tokens[i - 1].start, token.end), i - 1, "claim")
            if not behind and token.text in {".", "!", "?"} and i < there[-1]:
                return None
            continue
        frames, last = frames_of(parse, i, cues)
        if "quote" not in frames:
            continue
        if token.pos not in {"VERB", "AUX"} and (not behind or _has_verb(parse, there, i)):
            continue
        if behind and i == there[0] and token.tag == "VBN" and not _is_answering(parse, i):
            return None  # "Asked why, ..." tells of the next question
        head = _speaker_of(parse, i, there, behind=behind)
        if head is None and token.tag not in {"VBG", "VBD", "VBZ", "VBN", "VBP"}:
            continue
        source = noun_phrase(parse, head) if head is not None else None
        return _Speaker(head, source, (token.start, tokens[last].end), i, frames["quote"], is_negated(parse, i))
    return None


def _is_answering(parse: Parse, i: int) -> bool:
    """Whether a participle behind a quotation has its agent: "..., shouted by the crowd"."""
    return child(parse, i, ("agent",)) is not None


def _has_verb(parse: Parse, there: range, i: int) -> bool:
    """Whether a verb stands in the gap behind token i: then a noun that might be a verb is none."""
    return any(parse.tokens[k].pos == "VERB" for k in there if k > i)


def _speaker_of(parse: Parse, i: int, there: range, *, behind: bool) -> int | None:
    """The speaker of a cue at a quotation: its subject, else the nearest name or noun at it in the gap."""
    tokens = parse.tokens
    if not is_passive(parse, i):
        own = child(parse, i, SUBJECTS)
        if own is not None and own in there and not (behind and own < i and tokens[own].pos == "PUNCT"):
            return (
                own
                if not (tokens[own].lower in {"who", "which", "that"} and tokens[i].dep == "relcl")
                else tokens[i].head
            )
    head = subject_of(parse, i)
    if head is not None and _is_quoted(parse, head):
        head = None  # a quotation in another language, taken for the subject
    if head is not None and (head in there or not behind):
        return head
    if behind or head is None:
        after = [k for k in there if k > i]
        for k in after[:6]:
            if tokens[k].pos in {"PROPN", "NOUN", "PRON"} and tokens[k].dep not in {
                "compound",
                "poss",
                "npadvmod",
                "nmod",
            }:
                return k
            if tokens[k].pos in {"ADP", "SCONJ", "VERB"}:
                break
        for k in reversed([k for k in there if k < i]):
            if tokens[k].pos in {"PROPN", "NOUN", "PRON"}:
                return k
    return head


def _is_quoted(parse: Parse, i: int) -> bool:
    at = parse.tokens[i].start
    return any(q.inner_start <= at < q.inner_end for q in parse.quotations)


def _carried(
    article: Article,
    parse: Parse,
    speech: Speech,
    before: Speech | None,
    previous: Attribution | None,
    reported: Sequence[Attribution],
    outer: Sequence[Quotation],
) -> _Speaker | None:
    """The speaker of a quotation without a cue: the one of the attribution just before it.

    That is the quotation before on the same line, unless somebody else acts in a sentence between; else the last
    attribution of the line, whoever the sentence before is about, or, where the quotation begins its paragraph, the last
    attribution of the paragraph before.
    """
    text = article.text
    start = _paragraph_start(text, speech.start)
    sentence = _sentence_before(parse, max(start, before.end if before is not None else 0), speech.start)
    acting = _acting(parse, sentence) if sentence is not None else None
    if previous is not None and before is not None and previous.end <= speech.start:
        gap = text[before.end : speech.start]
        if "\n" not in gap and len(_WORD.findall(gap)) <= _SHORT_GAP and previous.end >= before.parts[-1].inner_end:
            if acting is not None and parse.tokens[acting].ent == "PERSON" and acting != previous.head:
                return _Speaker(acting, noun_phrase(parse, acting), None, None, "claim")
            return _same(previous)
    earlier = _paragraph_start(text, start - 1) if start else 0
    last = bisect_left(reported, speech.start, key=_end_of)
    candidates = [a for a in reported[max(0, last - _LOOK_BACK) : last] if a.head is not None and a.start >= earlier]
    candidates = [a for a in candidates if quotation_at(outer, a.start) is None]
    if previous is not None and previous.start >= earlier and previous.end < speech.start:
        candidates.append(previous)
    here = [a for a in candidates if a.start >= start]
    if here:
        return _same(max(here, key=_end_of))
    if acting is not None:
        return _Speaker(acting, noun_phrase(parse, acting), None, None, "claim")
    if text[start : speech.start].strip() == "" and candidates:
        return _same(max(candidates, key=_end_of))
    return None


def _sentence_before(parse: Parse, start: int, end: int) -> int | None:
    """The index of the last sentence that lies between two offsets, or None."""
    last = bisect_left(parse.sentences, end, key=_sentence_end) - 1
    for i in (last + 1, last):
        if 0 <= i < len(parse.sentences) and parse.sentences[i].start >= start and parse.sentences[i].end <= end:
            return i
    return None


def _acting(parse: Parse, i: int) -> int | None:
    """The person or body that sentence i is about: its root's subject."""
    tokens = parse.tokens
    subject = child(parse, parse.sentences[i].root, SUBJECTS)
    if subject is None:
        return None
    token = tokens[subject]
    named = token.ent in {"PERSON", "ORG", "GPE", "NORP"} or token.lower in _HUMAN
    return subject if named or (token.pos == "NOUN" and token.text.endswith(_AGENTS)) else None


def _sentence_end(sentence: Sentence) -> int:
    return sentence.end


def _same(attribution: Attribution) -> _Speaker:
    return _Speaker(attribution.head, attribution.source, attribution.cue, attribution.word, "claim")


def _end_of(attribution: Attribution) -> int:
    return attribution.end


def _paragraph_start(text: str, at: int) -> int:
    """Where the paragraph begins in which an offset stands, empty lines passed over."""
    while at > 0 and text[at - 1].isspace():
        at -= 1
    return text.rfind("\n", 0, at) + 1
