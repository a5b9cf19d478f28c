"""The masthead: lines that hold an article's date, and the dateline that opens an agency report."""

from __future__ import annotations

import re
from datetime import date

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
_AROUND = re.compile(
    r"(?:published|posted|updated|last updated|last modified|date|issued|on|at|the|by|"
    r"mon|tue|tues|wed|thu|thurs|fri|sat|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday|"
    r"gmt|utc|est|edt|cet|cest|eet|eest|msk|bst|am|pm|a\.m\.|p\.m\.|hrs|local time|"
    r"\d{1,2}[:.]\d\d(?::\d\d)?(?:\+\d\d:?\d\d|z)?|"
    r"[a-z]+/[a-z]+|[\s,.:;|·•()\-–—/t])*",
    re.IGNORECASE,
)
_DATELINE = re.compile(
    r"^(?:[A-Z][A-Z.'’\-]+(?:[ \-/][A-Z][A-Z.'’\-]+){0,4})"  # CITY, or CITY NAME
    r"(?:,\s*[A-Z][\w.'’]*(?:\s+[A-Z][\w.'’]*){0,3})?"  # , Country
    r"(?:,?\s+(?:[A-Z][a-z]{2,8}\.?\s+\d{1,2}|\d{1,2}\s+[A-Z][a-z]{2,8}\.?)(?:,?\s+(?:19|20)\d\d)?)?"  # , March 12
    r"\s*(?:\([^()\n]{2,40}\)|/[^/\n]{2,30}/)?"  # (Agency)
    r"\s*(?:--+|—|–|-(?=\s)|_+|:)\s*(?:_\s*)?"
)
_MIXED_DATELINE = re.compile(
    r"^[A-Z][\w.'’\-]+(?:[ /][A-Z][\w.'’\-]+){0,3}(?:,\s*[A-Z][\w.'’]+)?"  # City/Other City, Country
    r",\s+(?:[A-Z][a-z]{2,8}\.?\s+\d{1,2}|\d{1,2}\s+[A-Z][a-z]{2,8}\.?)(?:,?\s+(?:19|20)\d\d)?"  # , March 12, 2021
    r"\s*(?:\([^()\n]{2,40}\)|/[^/\n]{2,30}/)?\s*(?:--+|—|–|-(?=\s)|\.(?=\s)|:)\s*"
)
_AGENCY = re.compile(r"[(/]([^()/\n]{2,40})[)/]")
_BARE_DATELINE = re.compile(
    r"^(?:[A-Z][A-Z.'’\-]+(?:[ \-/][A-Z][A-Z.'’\-]+){0,4})(?:,\s*[\w.'’ ]{2,40})?\s*\([^()\n]{2,40}\)\s*[-_–—]*\s*$"
)


def date_line(text: str) -> date | None:
    """Return the date of a line that holds nothing else ("April 21, 2023", "Published: 3 May 2022, 14:05"), or None.

    Day-first numbers count only with dots (21.04.2023), since slashes are read both ways in the press.
    """
    if len(text) > 90:
        return None
    for form in _FORMS:
        match = form.search(text)
        if match:
            around = _AROUND.fullmatch(text[: match.start()]) and _AROUND.fullmatch(text[match.end() :])
            return _date(match) if around else None
    return None


def dateline_end(text: str) -> int:
    """Return how many code points of a paragraph are its dateline ("WARSAW, Poland (AP) --"); 0 when it has none."""
    bare = _BARE_DATELINE.match(text)
    if bare:
        return bare.end()
    head = text[:160]
    mixed = _MIXED_DATELINE.match(head)
    if mixed:
        return mixed.end()
    match = _DATELINE.match(head)
    if match is None:
        return 0
    head = match.group()
    agency = "(" in head or "/" in head
    dated = any(character.isdigit() for character in head)
    dashed = re.search(r"(?:--|—|–|_|\s-)\s*(?:_\s*)?$", head) is not None
    return match.end() if agency or dated or dashed else 0


def dateline_agency(text: str) -> str | None:
    """Return the agency that a paragraph's dateline names ("OSLO (NTB) --"), or None."""
    match = _AGENCY.search(text, 0, dateline_end(text))
    return match.group(1) if match else None


def dateline_date(text: str) -> date | None:
    """Return the date of a paragraph's dateline where it has a year ("KYIV, April 21, 2023 (...) --"), or None."""
    end = dateline_end(text)
    for form in _FORMS:
        match = form.search(text, 0, end)
        if match:
            return _date(match)
    return None


def _date(match: re.Match[str]) -> date | None:
    groups = match.groupdict()
    month = int(groups["number"]) if groups.get("number") else _MONTHS[groups["month"].lower()]
    try:
        return date(int(groups["year"]), month, int(groups["day"]))
    except ValueError:
        return None
