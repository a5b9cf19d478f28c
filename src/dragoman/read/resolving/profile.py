"""Profiles: an expert's life in lines below the story, read into offices with their years."""

from __future__ import annotations

import re
from collections.abc import Mapping

from dragoman.read.resolving.draft import Draft, Ledger
from dragoman.read.resolving.terms import MONTHS, first_day, last_day
from dragoman.record import Office, Region

_WHEN = rf"(?:(?P<{{0}}m>{'|'.join(MONTHS)})[a-z]*\.?\s+)?(?P<{{0}}y>(?:19|20)\d\d)"
_SPAN = re.compile(
    rf"^(?:from\s+)?{_WHEN.format('a')}\s*(?:[-–—]|to|until)\s*(?:{_WHEN.format('b')}|(?P<now>present|now|today))\s*[-–—:,]*\s*(?P<what>.+)$",
    re.IGNORECASE,
)
_SINCE = re.compile(rf"^since\s+{_WHEN.format('a')}\s*[-–—:,]*\s*(?P<what>.+)$", re.IGNORECASE)
_WORKED = re.compile(
    r"^(?:(?:he|she)\s+)?(?:worked|served|was|held office|has been|is)\s+(?:as\s+)?(?:an?\s+|the\s+)?", re.IGNORECASE
)
_PLACE_OF_WORK = re.compile(r"^(?:(?:he|she)\s+)?(?:worked|served|studied)\s+(?!as\b)", re.IGNORECASE)
"""A line that says where someone worked, not as what, names no office."""

_LABEL = re.compile(r"(?:position|post|office|job)[^—–:\-]{0,40}\s[—–:\-]\s+(?P<what>[^.]+)", re.IGNORECASE)
_STUDY = re.compile(
    r"^(?:born|graduat|educat|stud(?:y|ied)|institute|university|ph\.?\s?d|degree|married)", re.IGNORECASE
)
_LONGEST = 160


def read_profile(ledger: Ledger, persons: Mapping[int, Draft]) -> None:
    """Give the person whom a profile is about the offices that its lines tell, with since and until."""
    lines = [region for region in ledger.article.sections if region.kind == "profile"]
    draft: Draft | None = None
    for number, line in enumerate(lines):
        text = ledger.article.text[line.start : line.end]
        named = _person_of(ledger, persons, line)
        if named is not None:
            draft = named
            continue
        if draft is None:
            continue
        office = _office(ledger, line, text, second=number == 1)
        if office is not None:
            ledger.careers.setdefault(draft.number, []).append(office)


def _person_of(ledger: Ledger, persons: Mapping[int, Draft], line: Region) -> Draft | None:
    """The person whose name is the whole line."""
    for first, draft in persons.items():
        token = ledger.parse.tokens[first]
        if line.start <= token.start < line.end and ledger.article.text[line.start : line.end].strip() in draft.names:
            return draft
    return None


def _office(ledger: Ledger, line: Region, text: str, second: bool) -> Office | None:
    if len(text) > _LONGEST:
        return None
    since = until = None
    former = False
    span = _SPAN.match(text)
    open_ = _SINCE.match(text) if span is None else None
    label = _LABEL.search(text) if span is None and open_ is None else None
    if span is not None:
        since = first_day(span["am"], span["ay"])
        until = last_day(span["bm"], span["by"]) if span["by"] else None
        former = until is not None
        what, at = span["what"], span.start("what")
    elif open_ is not None:
        since = first_day(open_["am"], open_["ay"])
        what, at = open_["what"], open_.start("what")
    elif label is not None:
        what, at = label["what"], label.start("what")
    elif second and not _STUDY.match(text) and any(True for _ in ledger.codebook.offices.find_titles(text)):
        what, at = text, 0
    else:
        return None
    if _PLACE_OF_WORK.match(what):
        return None
    worked = _WORKED.match(what)
    if worked is not None:
        at += worked.end()
        what = what[worked.end() :]
    trimmed = what.rstrip(" .;,")
    if not trimmed:
        return None
    start = line.start + at
    found = ledger.codebook.gazetteer.find(trimmed)
    owners = [f.values[0] for f in found if f.values[0].kind in ("state", "body", "group", "outlet")]
    of = None
    if owners:
        of = owners[0].country if owners[0].kind == "state" else owners[0].name
    return Office(
        title=trimmed,
        of=of,
        since=since,
        until=until,
        former=former,
        evidence=(ledger.article.span(start, start + len(trimmed)),),
    )
