"""Dialogue: transcripts, interviews and headlines, where the layout alone tells who speaks.

A turn is what stands between one label ("Q:", "MINISTER:", "Anchor:") or opening dash and the next; a headline may name its
speaker before a colon or behind a dash.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dragoman.codebook.cues import Cues
from dragoman.read.quotes.attribution import SUBJECTS, Attribution, Stretch, noun_phrase, subject_of
from dragoman.record import Article, Parse, Region, Sentence
from dragoman.record.statement import Act

_LABEL = re.compile(
    r"(?:^|(?<=[.!?…”\"')\]] )|(?<=[.!?…]))[\"“”(]?"
    r"((?:[^\W\d_][\w.'’\-/]*)(?: (?:[^\W\d_][\w.'’\-]*|\([^()\n]{1,30}\))){0,5}):\s*(?=\S)",
    re.MULTILINE,
)
_QUESTIONER = frozenset({"q", "question", "interviewer", "moderator", "anchor", "host", "presenter", "reporter"})
_ANSWERER = frozenset({"a", "answer"})
_NO_LABEL = frozenset(
    {"update", "note", "photo", "read", "related", "watch", "source", "sources", "editor", "correction", "video", "background",
     "analysis", "opinion", "exclusive", "breaking", "live", "explainer", "interview", "transcript", "fact", "facts", "ps"}
)  # fmt: skip
_DASH = re.compile(r"(?:^|(?<=[.?!] ))[–—-]\s+(?=\S)")
_COLON = re.compile(r"([^:\n\"“]{2,60}):\s+(?=\S)")
_CLOCK = re.compile(r"\d{1,2}[:.]\d{2}\s+")
"""The hour before an entry of a live report."""
_LAST_DASH = re.compile(r"\s[–—-]\s([^–—\n\"“]{2,50})$")
_HEADLINE_KINDS = frozenset({"title", "heading"})
_HEADLINE_LENGTH = 200
_LABEL_WORDS = 4
"""A label of more words that holds no name is the topic of a headline, not its speaker."""

_SPEAKER_LABELS = frozenset({"PERSON", "ORG", "GPE", "NORP"})
_FIRST_PERSON = re.compile(r"\b(?:I|we|my|our|us|me|I['’]\w+|we['’]\w+)\b", re.IGNORECASE)
_SPEAKING = frozenset({"i", "we", "our", "my", "us"})
_REPORTERS = frozenset(
    {
        "ask",
        "speak",
        "talk",
        "report",
        "contact",
        "reach",
        "interview",
        "publish",
        "write",
        "learn",
        "quote",
        "note",
        "meet",
    }
)
_INTERVIEW = re.compile(r"\b(?:interview(?:ed|s)?|questions?|asked|spoke|talked|conversation)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Turn:
    """Somebody's words in a dialogue.

    `contents` are their stretches, one a paragraph; `source` and `head` who speaks, as a stretch and a token; `asks` says
    that it is the outlet that asks.
    """

    contents: tuple[Stretch, ...]
    source: Stretch | None
    head: int | None
    asks: bool


def dialogue(article: Article, parse: Parse) -> Iterator[Attribution]:
    """Yield the attributions that the layout tells: headlines first, then the turns of a transcript or an interview."""
    spoken = turns(article, parse)
    said = {start for turn in spoken for start, _ in turn.contents}
    yield from (a for a in _headlines(article, parse) if a.start not in said)
    for turn in spoken:
        text = article.text[turn.contents[0][0] : turn.contents[-1][1]].rstrip(' "”’»')
        act: Act = "question" if text.endswith("?") and (turn.asks or "." not in text) else "claim"
        yield Attribution(
            source=turn.source,
            head=turn.head,
            cue=None,
            word=None,
            contents=turn.contents,
            direct=True,
            act=act,
            frame="question" if turn.asks else "answer",
        )


def broadcast(article: Article, parse: Parse, reported: Sequence[Attribution]) -> Iterator[Attribution]:
    """Yield paragraphs in which somebody speaks of "we" or "I" without marks, as broadcast scripts print them.

    The speaker is whom the sentence before is about. None is found where the text has quotation marks, nor where the
    outlet itself may be "we": in a text that says so from its first paragraph on or in most of its paragraphs, or where
    "we" ask, report or speak with somebody.
    `reported` are the indirect attributions, sorted by their end.
    """
    bodies = [s for s in article.sections if s.kind == "body"]
    spoken = [s for s in bodies if _speaks(parse, s)]
    if parse.quotations or not spoken or spoken[0] == bodies[0] or len(spoken) * 2 > len(bodies):
        return
    for before, section in pairwise(bodies):
        if section not in spoken or before in spoken:
            continue
        last = next((s for s in reversed(parse.sentences) if before.start <= s.start and s.end <= before.end), None)
        if last is None or any(section.start <= a.start < section.end and _is_reporting(parse, a) for a in reported):
            continue
        head = subject_of(parse, last.root)
        if head is None or parse.tokens[head].ent not in {"PERSON", "ORG", "GPE"}:
            near = [
                a
                for a in reported
                if before.start <= a.start < before.end and a.head is not None and a.frame == "clause"
            ]
            head = near[-1].head if near else head
        if head is None or parse.tokens[head].pos not in {"PROPN", "NOUN", "PRON"}:
            continue
        yield Attribution(
            source=noun_phrase(parse, head),
            head=head,
            cue=None,
            word=None,
            contents=((section.start, section.end),),
            direct=True,
            act="claim",
            frame="broadcast",
        )


def blocks(article: Article, parse: Parse, cues: Cues) -> Iterator[Attribution]:
    """Yield paragraphs without marks behind one that ends with a cue and a colon ("the minister wrote:")."""
    tokens = parse.tokens
    bodies = [s for s in article.sections if s.kind in {"body", "answer"}]
    for before, section in pairwise(bodies):
        if article.text[before.end - 1] != ":" or article.text[section.start] in "\"“«„`'‘":
            continue
        last = next(
            (s for s in reversed(parse.sentences[: _sentence_at(parse, before.end)]) if s.start >= before.start), None
        )
        if last is None:
            continue
        for i in range(last.last - 1, last.first - 1, -1):
            verb = cues.verb(tokens[i].lemma, tokens[i].lower) if tokens[i].pos == "VERB" else None
            if verb is None or not any("quote" in c.frames for c in cues.verbs[verb]):
                continue
            head = subject_of(parse, i)
            if head is not None and tokens[head].lower not in {"it", "this", "that"}:
                yield Attribution(
                    source=noun_phrase(parse, head),
                    head=head,
                    cue=(tokens[i].start, tokens[i].end),
                    word=i,
                    contents=((section.start, section.end),),
                    direct=True,
                    act="claim",
                    frame="block",
                )
            break


def _sentence_at(parse: Parse, offset: int) -> int:
    """The number of sentences that end before or at an offset."""
    return bisect_right(parse.sentences, offset, key=_sentence_end)


def _sentence_end(sentence: Sentence) -> int:
    return sentence.end


def _speaks(parse: Parse, section: Region) -> bool:
    """Whether a paragraph speaks in the first person, outside quotation marks, and not as a reporter does."""
    if any(section.start <= q.start < section.end for q in parse.quotations):
        return False
    there = parse.tokens_within(section.start, section.end)
    own = [i for i in there if parse.tokens[i].lower in _SPEAKING and parse.tokens[i].text != "US"]
    return bool(own) and not any(
        parse.tokens[i].dep in SUBJECTS and parse.tokens[parse.tokens[i].head].lemma in _REPORTERS for i in own
    )


def _is_reporting(parse: Parse, attribution: Attribution) -> bool:
    """Whether an attribution has a speaker other than "I" and "we"."""
    return attribution.head is not None and parse.tokens[attribution.head].lower not in _SPEAKING


def turns(article: Article, parse: Parse) -> list[Turn]:
    """Return the turns of an article in text order; none where it is no dialogue."""
    marked = _marked_turns(article, parse)
    return marked or _question_turns(article, parse)


def _marked_turns(article: Article, parse: Parse) -> list[Turn]:
    """Turns with labels or opening dashes."""
    text = article.text
    bodies = [s for s in article.sections if s.kind in {"body", "question", "answer"} or len(article.sections) == 1]
    labels: list[tuple[int, int, str]] = []
    for section in bodies:
        labels.extend(
            (m.start(1), m.end(), m.group(1))
            for m in _LABEL.finditer(text, section.start, section.end)
            if m.group(1).lower() not in _NO_LABEL
        )
    counts = Counter(_plain(label) for _, _, label in labels)
    asked = any(_plain(row[2]) in _QUESTIONER for row in labels)
    known = [
        row
        for row in labels
        if (asked and all(word[:1].isupper() for word in row[2].split()))
        or counts[_plain(row[2])] > 1
        or _plain(row[2]) in _QUESTIONER | _ANSWERER
        or row[2].isupper()
    ]
    if len(known) >= 2 and len({_plain(row[2]) for row in known}) >= 2:
        return _labelled(article, parse, bodies, known)
    return _dashed(article, parse, bodies)


def _plain(label: str) -> str:
    return re.sub(r"\(.*?\)", "", label).split()[-1].lower().strip(".")


def _labelled(
    article: Article, parse: Parse, bodies: Sequence[Region], labels: Sequence[tuple[int, int, str]]
) -> list[Turn]:
    interviewee = _interviewee(parse, labels[0][0])
    found = []
    for number, (start, end, label) in enumerate(labels):
        last = labels[number + 1][0] if number + 1 < len(labels) else len(article.text)
        own = next((s.end for s in bodies if s.start <= start < s.end), end)
        content = _trimmed(article.text, end, min(last, own))
        if content is None or not any(c.isalpha() for c in article.text[slice(*content)]):
            continue
        contents = [content]
        if number + 1 < len(labels):
            further = (_trimmed(article.text, s.start, min(last, s.end)) for s in bodies if own <= s.start < last)
            contents.extend(c for c in further if c is not None)
        word = _plain(label)
        asks = word in _QUESTIONER and word in {"q", "question"}
        if asks:
            found.append(Turn(tuple(contents), None, None, asks=True))
        elif word in _ANSWERER:
            head = interviewee
            source = (parse.tokens[head].start, parse.tokens[head].end) if head is not None else None
            found.append(Turn(tuple(contents), source, head, asks=False))
        else:
            there = parse.tokens_within(start, start + len(label))
            found.append(
                Turn(
                    tuple(contents), (start, start + len(label)), there[-1] if there else None, asks=word in _QUESTIONER
                )
            )
    return found


def _dashed(article: Article, parse: Parse, bodies: Sequence[Region]) -> list[Turn]:
    """Questions with answers behind a dash: every dash opens a turn, or only the answers have one."""
    text = article.text
    rows: list[tuple[int, int, bool]] = []
    for number, section in enumerate(bodies):
        dashes = [m.end() for m in _DASH.finditer(text, section.start, section.end)]
        if text[section.start : section.end].lstrip()[:1] in {"–", "—", "-"} and dashes:
            before = bodies[number - 1] if number else None
            if before is not None and text[before.start : before.end].rstrip().endswith("?") and len(dashes) == 1:
                rows.append((before.start, before.end, True))
                rows.append((dashes[0], section.end, False))
            elif len(dashes) > 1:
                stops = [text.rfind(text[d - 2 : d].strip() or "—", section.start, d) for d in dashes[1:]]
                parts = list(zip(dashes, [*stops, section.end], strict=True))
                if text[parts[0][0] : parts[0][1]].rstrip().endswith("?"):
                    rows.extend((a, b, text[a:b].rstrip().endswith("?")) for a, b in parts)
    if len([row for row in rows if not row[2]]) < 1 or len([row for row in rows if row[2]]) < 1:
        return []
    interviewee = _interviewee(parse, rows[0][0]) or _first_person_named(parse, rows[0][0], rows[-1][1])
    source = (parse.tokens[interviewee].start, parse.tokens[interviewee].end) if interviewee is not None else None
    found = []
    for start, end, asks in rows:
        content = _trimmed(text, start, end)
        if content is not None:
            found.append(Turn((content,), None if asks else source, None if asks else interviewee, asks))
    return found


_CLOSING_NOTE = re.compile(
    r"(?:the|this) (?:interview|conversation|text|transcript) (?:was|has been|is)\b|interview(?:ed)? by\b",
    re.IGNORECASE,
)


def _question_turns(article: Article, parse: Parse) -> list[Turn]:
    """An interview whose questions stand on lines of their own and whose answers speak in the first person."""
    sections = [s for s in article.sections if s.kind in {"body", "question", "answer", "heading"}]
    questions = [i for i, s in enumerate(sections) if s.kind == "question"]
    if len(questions) < 2:
        return []
    text = article.text
    followed = [sections[i + 1] for i in questions if i + 1 < len(sections)]
    interviewee = _interviewee(parse, sections[questions[0]].start)
    spoken = [s for s in followed if s.kind == "answer" and _is_spoken(text[s.start : s.end])]
    plain = [s for s in followed if s.kind == "answer" and text[s.start] not in '"“«„']
    announced = interviewee is not None and _is_announced(parse, interviewee)
    if (len(spoken) < 2 or len(spoken) * 2 < len(questions)) and not (announced and len(plain) == len(questions)):
        return []
    source = (parse.tokens[interviewee].start, parse.tokens[interviewee].end) if interviewee is not None else None
    found = []
    for section in sections[questions[0] :]:
        content = _trimmed(text, section.start, section.end)
        if content is None or section.kind == "heading":
            continue
        asks = section.kind == "question"
        if (asks and not text[content[0] : content[1]].rstrip('"”» ').endswith("?")) or (
            section is sections[-1] and _CLOSING_NOTE.match(text, *content)
        ):
            continue  # a prompt that tells what a third one said, and the outlet's note at the end, are no turns
        found.append(Turn((content,), None if asks else source, None if asks else interviewee, asks))
    return found


def _is_announced(parse: Parse, head: int) -> bool:
    """Whether the sentence that names somebody says that the outlet asked him: "we spoke with ..."."""
    tokens = parse.tokens
    sentence = parse.sentence_of(head)
    words = tokens[sentence.first : sentence.last]
    return (
        any(t.text in {"We", "we", "I"} for t in words)
        and _INTERVIEW.search(" ".join(t.text for t in words)) is not None
    )


def _is_spoken(text: str) -> bool:
    return text[:1] not in '"“«„' and _FIRST_PERSON.search(text) is not None


def _interviewee(parse: Parse, before: int) -> int | None:
    """The head of the person named most often before an interview, best in a sentence that speaks of asking."""
    tokens = parse.tokens
    people = [e for e in parse.entities if e.label == "PERSON" and tokens[e.first].start < before]
    if not people:
        return None
    counts = Counter(tokens[e.last - 1].text for e in people)
    most = max(counts.values())
    often = [e for e in people if counts[tokens[e.last - 1].text] == most]
    for entity in reversed(often):
        sentence = parse.sentence_of(entity.first)
        if _INTERVIEW.search(" ".join(t.text for t in tokens[sentence.first : sentence.last])):
            return entity.last - 1
    return often[-1].last - 1


def _first_person_named(parse: Parse, start: int, end: int) -> int | None:
    tokens = parse.tokens
    return next(
        (e.last - 1 for e in parse.entities if e.label == "PERSON" and start <= tokens[e.first].start < end), None
    )


def _headlines(article: Article, parse: Parse) -> Iterator[Attribution]:
    """ "Name: what he says" and "What he says — Name" in a title or heading, or in a first line that stands alone."""
    sections = [s for s in article.sections if s.kind in _HEADLINE_KINDS]
    first = article.sections[0] if article.sections else None
    if first is not None and first.kind == "body" and first.end - first.start < _HEADLINE_LENGTH:
        sections.insert(0, first)
    for section in sections:
        text = article.text[section.start : section.end]
        found = _headline_parts(text)
        if found is None:
            continue
        (said, stop), (named, last), mark = found
        head = _named(parse, section.start + named, section.start + last)
        content = _trimmed(article.text, section.start + said, section.start + stop)
        if head is None or content is None or len(article.text[slice(*content)].split()) < 2:
            continue
        if said < named and parse.tokens[head].ent != "PERSON":
            continue
        if article.publisher and article.publisher in text[named:last]:
            continue  # "The Morning Desk: Serbia recalls ...": the outlet's own name before its news
        if said > named and not _is_said(parse, *content):
            continue
        source = (section.start + named, section.start + last)
        mark += section.start
        yield Attribution(
            source=_trimmed(article.text, *source),
            head=head,
            cue=(mark, mark + 1),
            word=None,
            contents=(content,),
            direct=True,
            act="claim",
            frame="headline",
        )


def _is_said(parse: Parse, start: int, end: int) -> bool:
    """Whether what follows a name and a colon can be said: it has a verb, or says "no"; "live updates" and a question can't."""
    there = [parse.tokens[i] for i in parse.tokens_within(start, end)]
    if any(token.text == "?" for token in there[-2:]):
        return False
    return any(t.pos in {"VERB", "AUX"} for t in there) or there[0].lower in {"no", "not", "yes", "never"}


def _headline_parts(text: str) -> tuple[Stretch, Stretch, int] | None:
    """What is said in a headline, who is named, and where the colon or dash between them stands; offsets in the headline."""
    clock = _CLOCK.match(text)
    colon = _COLON.match(text, clock.end() if clock is not None else 0)
    if colon is not None:
        return (colon.end(), len(text)), (colon.start(1), colon.end(1)), colon.end(1)
    dash = _LAST_DASH.search(text)
    if dash is not None:
        return (0, dash.start()), (dash.start(1), len(text)), dash.start() + 1
    return None


def _named(parse: Parse, start: int, end: int) -> int | None:
    """The last token of a name that a short stretch ends with or holds, or None where it names nobody."""
    there = parse.tokens_within(start, end)
    if not there or any(parse.tokens[i].pos in {"VERB", "AUX"} and parse.tokens[i].tag != "NNP" for i in there):
        return None
    tokens = parse.tokens
    words = [i for i in there if tokens[i].pos not in {"PUNCT", "SPACE"}]
    comma = next((k for k, i in enumerate(there) if tokens[i].text == "," and k), len(there))
    named = [i for i in there[:comma] if tokens[i].ent in _SPEAKER_LABELS]
    if named:
        return named[-1]
    if not words or len(words) > _LABEL_WORDS or {tokens[words[-1]].lower, tokens[words[0]].lower} & _NO_LABEL:
        return None
    last = words[-1]
    return last if tokens[last].pos in {"PROPN", "NOUN"} and tokens[words[0]].text[:1].isupper() else None


def _trimmed(text: str, start: int, end: int) -> Stretch | None:
    """The stretch without space, and without the quotation marks where one pair encloses it."""
    while start < end and (text[start].isspace() or text[start] in "–—"):
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if (
        end - start > 1
        and text[start] in "\"“«„‘'"
        and text[end - 1] in "\"”»“’'"
        and text.count(text[start], start, end) <= 2
    ):
        start, end = start + 1, end - 1
    elif (
        start < end
        and text[end - 1] in '"”'
        and text.count(text[end - 1], start, end) == 1
        and "“" not in text[start:end]
    ):
        end -= 1
    return (start, end) if start < end else None
