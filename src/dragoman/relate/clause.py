"""Clauses: the stretch of a sentence around the words that name an event, from the text alone.

A stored record has no parse, so the bounds are read from punctuation and the small words that open a new clause. The rules
of the codebook look for their patterns in it, and a dossier describes an event in it.
"""

from __future__ import annotations

import re

from dragoman.record import Event, Span

# Where one clause ends and another begins: a mark that always divides, or a comma (or nothing) before a word that opens one.
_BORDER = re.compile(
    r"\s*[;:—]\s+|\s+[–-]\s+"
    r"|,?\s+(?=(?:but|while|whereas|although|though|because|after|before|since|unless|until|when|so that)\s)"
    r"|,\s+(?=(?:and|or|yet|which|who|whom|whose|where|as|with|in|on|including|adding|saying|noting|citing|accusing|"
    r"calling|following|amid|despite|according|a move|a day|hours|days|weeks|months|he|she|it|they)\s)"
    r"|,\s+(?=(?:[\w'’.-]+\s+){0,6}?(?:said|says|told|added|adds|explains|explained|believes|noted|notes|wrote|writes|"
    r"reported|reports|announced|according)\b)",
    re.IGNORECASE,
)
_DEPENDENT = re.compile(
    r"(?:and|or|yet|which|who|whom|whose|where|as|with|including|adding|saying|noting|citing|accusing|calling|because|"
    r"after|before|since|following|amid|when|while|until|unless|despite|although|though|in|on)\b",
    re.IGNORECASE,
)
_CONSIDERED = re.compile(
    r".*?\b(?:being|is|are|was|were)\s+(?:\w+\s+)?(?:considered|discussed|debated|weighed)\b|.*?\bunder\s+(?:consideration|discussion)\b",
    re.IGNORECASE,
)
_PAUSE = re.compile(r"[,;:—?]")
_GRANTED = re.compile(r"\W*(?:why|how|when|since\s+when|where)\b", re.IGNORECASE)
_WORD = re.compile(r"\w+")


def clause_bounds(sentence: str, start: int, end: int) -> tuple[int, int]:
    """Return the bounds of the clause around the words from `start` to `end` (offsets in the sentence, end exclusive).

    Quoted words and words in brackets are never cut in two.
    """
    closed = _closed_stretches(sentence)
    low, high = 0, len(sentence)
    for match in _BORDER.finditer(sentence):
        at = match.start()
        if any(a < at < b for a, b in closed):
            continue
        if match.end() <= start:
            low = match.end()
        elif at >= end:
            high = at
            break
    return low, high


def _closed_stretches(text: str) -> list[tuple[int, int]]:
    pairs = ('"', '"'), ("“", "”"), ("«", "»"), ("(", ")"), ("[", "]")
    found = []
    for opening, closing in pairs:
        at = text.find(opening)
        while at >= 0:
            stop = text.find(closing, at + 1)
            if stop < 0:
                break
            found.append((at, stop + 1))
            at = text.find(opening, stop + 1)
    return found


def event_clause(event: Event) -> str:
    """Return the words of the clause that tells the event: the reader's, else those around the trigger."""
    return event.clause.text if event.clause is not None else clause_span(event.evidence[0], event.trigger).text


def clause_span(evidence: Span, trigger: Span) -> Span:
    """Return the span of the clause around the trigger in its evidence; the evidence itself where it holds no trigger."""
    start, end = trigger.start - evidence.start, trigger.end - evidence.start
    if trigger.article != evidence.article or start < 0 or end > len(evidence.text):
        return evidence
    low, high = clause_bounds(evidence.text, start, end)
    while low < high and evidence.text[low].isspace():
        low += 1
    while high > low and evidence.text[high - 1].isspace():
        high -= 1
    return Span(
        article=evidence.article,
        start=evidence.start + low,
        end=evidence.start + high,
        text=evidence.text[low:high],
    )


def is_dependent(clause: str) -> bool:
    """Say whether a clause leans on the one before it (it opens with "which", "after", "adding" and the like)."""
    return _DEPENDENT.match(clause) is not None


def content_words(text: str) -> tuple[str, ...]:
    """Return the words of a text that carry meaning, in lower case: no words of three letters or fewer."""
    return tuple(word for word in (match.group().lower() for match in _WORD.finditer(text)) if len(word) > 3)


def meet(one: Span, other: Span) -> bool:
    """Say whether two spans share characters of one article."""
    return one.article == other.article and one.start < other.end and other.start < one.end


def is_asked(event: Event) -> bool:
    """Say whether an event is only asked about or considered in its first evidence.

    "Why did A recall its ambassador?" takes the recall for granted, in its first clause; what follows behind a comma in a
    question, or any other question, does not.
    """
    sentence = event.evidence[0].text
    behind = sentence[max(0, event.trigger.end - event.evidence[0].start) :]
    if _CONSIDERED.match(_PAUSE.split(behind, maxsplit=1)[0]):
        return True
    if not sentence.rstrip(' "”’»').endswith("?"):
        return False
    before = sentence[: max(0, event.trigger.start - event.evidence[0].start)]
    return _GRANTED.match(sentence) is None or "," in before
