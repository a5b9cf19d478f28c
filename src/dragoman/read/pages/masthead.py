"""The masthead: lines that hold an article's date and outlet, and the dateline that opens an agency report."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from dragoman.codebook.masthead import MastheadTable

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"),
            ("february", "feb"),
            ("march", "mar"),
            ("april", "apr"),
            ("may",),
            ("june", "jun"),
            ("july", "jul"),
            ("august", "aug"),
            ("september", "sept", "sep"),
            ("october", "oct"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}
_MONTH = rf"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"\b{_MONTH}\s+{_DAY},?\s+{_YEAR}\b",
        rf"\b{_DAY}\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}\b",
        rf"\b{_YEAR}-(?P<number>0[1-9]|1[0-2])-(?P<day>[0-3]\d)(?!\d)",
        rf"\b(?P<day>[0-3]?\d)\.(?P<number>0?[1-9]|1[0-2])\.{_YEAR}\b",
    )
)
_CLOCK = re.compile(
    r"(?:\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?"
    r"|\b(?:gmt|utc|est|edt|cet|cest|eet|eest|msk|bst|hrs|a\.?m\.?|p\.?m\.?)(?=\W|$)"
    r"|t?\b\d{1,2}[:.]\d\d(?::\d\d)?(?:\+\d\d:?\d\d|z)?)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_][\w.'’&\-]*")
_PARTS = re.compile(r"\s*[|,;()/·•\n]\s*|\.\s+|\s+[-–—]+\s+|\s*:\s+|\bin (?=The\b)")
_UP = "A-ZÀ-ÖØ-ÞČĆĐŁŃŚŠŹŻŽĞİŞ"
_CITY = rf"[{_UP}][{_UP}.'’\-]+(?:[ \-/][{_UP}][{_UP}.'’\-]+){{0,4}}"
_SOURCE = r"(?:\([^()\n]{2,60}\)|/[^/\n]{2,30}/)"
_DATELINE = re.compile(
    rf"^(?:{_CITY})"  # CITY, or CITY NAME
    rf"(?:,\s*[{_UP}][\w.'’]*(?:\s+[{_UP}][\w.'’]*){{0,3}})?"  # , Country
    r"(?:,?\s+(?:[A-Z][a-z]{2,8}\.?\s+\d{1,2}|\d{1,2}\s+[A-Z][a-z]{2,8}\.?)(?:,?\s+(?:19|20)\d\d)?)?"  # , March 12
    rf"\s*{_SOURCE}?"  # (Agency)
    r"\s*(?:--+|—|–|-(?=\s)|_+|:)\s*(?:_\s*)?"
)
_BARE_DATELINE = re.compile(rf"^(?:{_CITY})(?:,\s*[\w.'’ ]{{2,40}})?\s*\([^()\n]{{2,40}}\)\s*[-_–—]*\s*$")
_RUN_IN_END = re.compile(rf"\s*\)?(?:\s+{_CITY})?\s*{_SOURCE}?\s*(?:--+|—|–|-(?=\s)|[.:|](?=\s)|\.?$)\s*")
_SIGNED_END = re.compile(r"(?:\s--+\s|\s[—–]\s|\s\()(?=[^\n]{6,90}$)")
_POSSESSED = re.compile(r"['’]s\b.*$")
_BYLINE = re.compile(r"^(?:By|From|Text|Report)(?: [\w'’\-]+){1,6}(?=[,.;|(])")
_AGENCY = re.compile(r"[(/]([^()/\n]{2,60})[)/]")

_LONGEST = 120
"""Code points of a line, or of the beginning of a paragraph, that may be a masthead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Masthead:
    """What a masthead says: `start` and `end` (code points in the line), the date and the outlet where it names them."""

    start: int
    end: int
    published: date | None
    publisher: str | None


def read_masthead(text: str, table: MastheadTable) -> Masthead | None:
    """Return the masthead that a line is, opens with, or is signed with at its end; None where it has none.

    Day-first numbers count only with dots (21.04.2023), since slashes are read both ways in the press. A date inside a
    sentence ("On 5 May 2010 the two met") makes no masthead.
    """
    return _whole(text, table) or _opening(text, table) or _signature(text, table)


def date_line(text: str, table: MastheadTable) -> date | None:
    """Return the date of a line that is a masthead and nothing else ("Published: 3 May 2022, 14:05"), or None."""
    found = _whole(text, table)
    return found.published if found else None


def date_in(text: str) -> date | None:
    """Return the first date of a line that is known to hold one ("Wednesday, 3 May 2022, 14:05"), or None."""
    match = _find_date(text)
    return _date(match) if match else None


def dateline_end(text: str, table: MastheadTable) -> int:
    """Return how many code points of a paragraph are its dateline ("WARSAW, Poland (AP) --"); 0 when it has none."""
    found = _opening(text, table)
    return found.end if found else 0


def is_outlet(text: str, table: MastheadTable) -> bool:
    """Whether a line is an outlet's name and nothing else ("The Northern Ledger")."""
    words = text.split()
    return 2 <= len(words) <= 6 and _is_outlet_name(text, table) and _is_heading_case(text, table)


def _whole(text: str, table: MastheadTable) -> Masthead | None:
    if len(text) > _LONGEST:
        return None
    match = _find_date(text)
    if match is None or not _is_masthead(text, match, table):
        return None
    return Masthead(start=0, end=len(text), published=_date(match), publisher=_publisher(text, match, table))


def _opening(text: str, table: MastheadTable) -> Masthead | None:
    """A dateline at the beginning of a paragraph, by its date and separator or in an agency's classic form."""
    head = text[:_LONGEST]
    match = _find_date(head)
    if match is not None:
        end = _RUN_IN_END.match(text, match.end())
        if end is not None and end.end() < len(text) and _is_masthead(text[: end.end()], match, table):
            words = text[: end.end()]
            return Masthead(start=0, end=end.end(), published=_date(match), publisher=_publisher(words, match, table))
    length = _classic_end(text)
    if not length:
        return None
    inside = _find_date(text[:length])
    agency = _AGENCY.search(text, 0, length)
    return Masthead(
        start=0, end=length, published=_date(inside) if inside else None, publisher=agency.group(1) if agency else None
    )


def _signature(text: str, table: MastheadTable) -> Masthead | None:
    """Outlet and date behind a dash or in brackets at the end of a paragraph ("... -- Strait Gazette, 20 August 2016")."""
    for end in _SIGNED_END.finditer(text):
        rest = text[end.end() :]
        match = _find_date(rest)
        if match is not None and _is_masthead(rest, match, table) and (name := _publisher(rest, match, table)):
            return Masthead(start=end.start() + 1, end=len(text), published=_date(match), publisher=name)
    return None


def _classic_end(text: str) -> int:
    bare = _BARE_DATELINE.match(text)
    if bare:
        return bare.end()
    match = _DATELINE.match(text[:160])
    if match is None:
        return 0
    head = match.group()
    agency = "(" in head or "/" in head
    dated = any(character.isdigit() for character in head)
    dashed = re.search(r"(?:--|—|–|_|\s-)\s*(?:_\s*)?$", head) is not None
    return match.end() if agency or dated or dashed else 0


def _find_date(text: str) -> re.Match[str] | None:
    matches = (form.search(text) for form in _FORMS)
    return min((match for match in matches if match and _date(match)), key=lambda match: match.start(), default=None)


def _is_masthead(text: str, match: re.Match[str], table: MastheadTable) -> bool:
    """Whether all that stands around a date are names and a masthead's own small words."""
    around = _CLOCK.sub(" ", text[: match.start()] + " | " + text[match.end() :])
    first = _WORD.search(around)
    if first and first.group().lower() in table.sentence:
        return False
    words = _WORD.findall(_BYLINE.sub(" ", around))
    return all(word[0].isupper() or word.lower().rstrip(".") in table.small for word in words)


def _publisher(text: str, match: re.Match[str], table: MastheadTable) -> str | None:
    around = _CLOCK.sub(" ", text[: match.start()] + " | " + text[match.end() :])
    bracketed = _AGENCY.search(around)
    parts = [part.strip(" .-–—_") for part in _PARTS.split(around)]
    named = [part for part in parts if _is_outlet_name(part, table)]
    if named:
        return _POSSESSED.sub("", named[0]).removeprefix("By ").removeprefix("From ").strip()
    return bracketed.group(1).strip() if bracketed else None


def _is_outlet_name(text: str, table: MastheadTable) -> bool:
    words = text.split()
    return (
        len(words) >= 2
        and words[0][:1].isupper()
        and any(
            word[:1].isupper() and word.lower().removesuffix("'s").removesuffix("’s") in table.outlet for word in words
        )
    )


def _is_heading_case(text: str, table: MastheadTable) -> bool:
    return all(word[0].isupper() or word.lower() in table.small for word in _WORD.findall(text))


def _date(match: re.Match[str]) -> date | None:
    groups = match.groupdict()
    month = int(groups["number"]) if groups.get("number") else _MONTHS[groups["month"].lower()]
    try:
        return date(int(groups["year"]), month, int(groups["day"]))
    except ValueError:
        return None
