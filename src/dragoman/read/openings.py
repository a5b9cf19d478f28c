"""Openings: where a sentence begins with a time and the press leaves out the comma ("On 10 March Iran and Iraq agreed ...").

The parser takes such a time and the subject behind it for one phrase, and the subject is lost. A comma shown to the parser
alone, and to nobody else, keeps them apart.
"""

from __future__ import annotations

import re
from typing import Any

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan\.|Feb\.|Mar\.|Apr\.|Aug\.|Sept?\.|Oct\.|Nov\.|Dec\.)"
)
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_DAY = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH}|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?|(?:early|mid|late)?[\s-]?{_MONTH})"
)
_TIME = (
    rf"(?:(?:On|By|Since|Until|Late on|Early on|Before|After)\s+(?:{_WEEKDAY}(?:\s+(?:morning|afternoon|evening|night))?"
    rf"|(?:{_WEEKDAY},?\s+)?{_DAY}(?:,?\s+(?:19|20)\d\d)?)"
    rf"|(?:In|By|Since|During|Until)\s+(?:{_DAY}(?:,?\s+(?:19|20)\d\d)?|(?:19|20)\d\d)"
    rf"|(?:Last|This|Earlier this|Later this)\s+(?:week|month|year|{_WEEKDAY}|{_MONTH})|Yesterday|The (?:same|next) day"
    rf"|(?:A|One|Two|Three|Four|Five|Six|Ten|Several|Some)\s+(?:hours?|days?|weeks?|months?|years?)\s+(?:later|earlier|after))"
)
_SUBJECT = r"(?=\s+(?:[A-Z][\w'’.-]*|the|a|an|its|his|her|their|both|two|three|all|thousands|hundreds)\s)"
_NO_SUBJECT = rf"(?!\s+{_MONTH})"
_OPENING = re.compile(rf"(?:(?<=^)|(?<=[.!?]\s)|(?<=[.!?][\"”]\s)){_TIME}{_NO_SUBJECT}{_SUBJECT}")


def opening_ends(text: str) -> list[int]:
    """Return the offsets (code points) at which a time that opens a sentence ends without a comma before its subject."""
    return [match.end() for match in _OPENING.finditer(text)]


def with_commas(doc: Any, ends: list[int]) -> tuple[Any, list[int | None]]:
    """Return the tokenised spaCy document with a comma at each offset, and each token's offset in the text.

    An inserted comma has None. Marks of sentence starts are kept; where there is nothing to insert, the document itself is
    returned.
    """
    if not ends:
        return doc, [token.idx for token in doc]
    from spacy.tokens import Doc  # here, since spaCy is loaded only when something is parsed

    words: list[str] = []
    spaces: list[bool] = []
    offsets: list[int | None] = []
    starts: list[bool | None] = []
    waiting = list(reversed(ends))
    for token in doc:
        if waiting and token.idx >= waiting[-1]:
            waiting.pop()
            if spaces:
                words.append(",")
                spaces[-1] = False
                spaces.append(True)
                offsets.append(None)
                starts.append(False)
        words.append(token.text)
        spaces.append(bool(token.whitespace_))
        offsets.append(token.idx)
        starts.append(token.is_sent_start if token.i else None)
    made = Doc(doc.vocab, words=words, spaces=spaces)
    for token, start in zip(made, starts, strict=True):
        if token.i and start is not None:
            token.is_sent_start = start
    return made, offsets
