"""The dossier as plain text for a terminal of 80 columns, and as Markdown."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from dragoman.record.dossier import Dossier, Entry, Expectation, Line, Person, Reference, Side, Standing

_NEGATION = re.compile(r"\b(?:not|never|no|refus\w*|non-\w+|declin\w*)\b|n[’']t\b", re.IGNORECASE)

WIDTH = 80

LANES = {"first": "{first}", "second": "{second}", "both": "both", "other": "others"}
FACTUALITY = {"future": "foretold", "hypothetical": "only spoken of", "negated": "did not happen"}


def marks(references: Iterable[Reference]) -> str:
    """Return "[1] [2]": each article's number once."""
    return " ".join(dict.fromkeys(f"[{reference.number}]" for reference in references))


def sources_words(entry: Entry) -> str:
    """Return how many independent sources report an event, where it is more than one."""
    return f"{entry.sources} independent sources" if entry.sources > 1 else ""


def entry_notes(entry: Entry) -> list[str]:
    """Return the short remarks that belong to an event: its factuality, who alone reports it, its sources, who checked it."""
    happened = FACTUALITY.get(entry.factuality, "")
    if entry.factuality == "negated" and _NEGATION.search(entry.text):
        happened = ""  # the words say so themselves
    notes = [happened, f"according to {entry.by}" if entry.by else "", sources_words(entry), entry.checked]
    return [note for note in notes if note]


def differs_words(entry: Entry) -> str:
    """Return what reports give differently, side by side."""
    return "; ".join(f"{line.text} {marks(line.references)}" for line in entry.differs)


def act_words(expectation: Expectation) -> str:
    """Return the kind of a forward-looking statement."""
    return expectation.act


# --- plain text ---------------------------------------------------------------------------------------------------------


def text_dossier(dossier: Dossier) -> str:
    """Return the dossier as lines of at most 80 columns."""
    lines = [*_text_head(dossier)]
    for title, body in (
        ("What changed last, and why", _text_changed(dossier)),
        ("Timeline", _text_timeline(dossier)),
        ("Who says what", _text_voices(dossier)),
        ("Claimed and denied", _text_disputes(dossier)),
        ("Foretold, demanded, open", _text_open(dossier)),
        ("Who is who", _text_people(dossier)),
        ("Words that take a side", _text_labels(dossier)),
        ("Left aside", _text_lines(dossier.aside)),
        ("Sources", _text_sources(dossier)),
    ):
        block = list(body)
        if block:
            lines += ["", title.upper(), *block]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _wrap(text: str, indent: str = "", hanging: str | None = None) -> list[str]:
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent if hanging is None else hanging,
        break_long_words=False,
        break_on_hyphens=False,
    ) or [indent]


def _text_head(dossier: Dossier) -> Iterator[str]:
    title = f"{dossier.first} and {dossier.second}"
    if dossier.as_of:
        title += f" as of {dossier.as_of.isoformat()}"
    if dossier.known_on:
        title += f", as known on {dossier.known_on.isoformat()}"
    yield from _wrap(title.upper())
    yield from _wrap(" ".join(line.text for line in dossier.about))
    yield ""
    yield "WHERE IT STANDS"
    if dossier.standing:
        yield from _text_table(
            [("", "state", "since", "by"), *(_row(standing) for standing in dossier.standing)], (33, 16, 22, 7)
        )
    else:
        yield "  No state between the two is reported."
    yield from _text_lines(dossier.unknown)


def _row(standing: Standing) -> tuple[str, str, str, str]:
    notes = "; ".join(note for note in ("disputed" if standing.disputed else "", standing.checked) if note)
    value = f"{standing.value} ({notes})" if notes else standing.value
    return standing.what, value, standing.since, marks(standing.references)


def _text_table(rows: Sequence[Sequence[str]], widths: Sequence[int]) -> Iterator[str]:
    for number, row in enumerate(rows):
        cells = [
            textwrap.wrap(cell, width - 1, break_long_words=False) or [""]
            for cell, width in zip(row, widths, strict=True)
        ]
        for level in range(max(map(len, cells))):
            parts = [
                _pad(cell[level] if level < len(cell) else "", width) for cell, width in zip(cells, widths, strict=True)
            ]
            yield ("  " + "".join(parts)).rstrip()
        if number == 0:
            yield "  " + "".join("-" * (width - 1) + " " for width in widths).rstrip()


def _pad(text: str, width: int) -> str:
    """Pad to a width in columns; East Asian wide characters take two."""
    columns = sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
    return text + " " * max(0, width - columns)


def _text_lines(lines: Iterable[Line]) -> Iterator[str]:
    for line in lines:
        yield from _wrap(f"{line.text} {marks(line.references)}".rstrip(), "  ", "    ")


def _text_changed(dossier: Dossier) -> Iterator[str]:
    for entry in dossier.changed:
        yield from _text_entry(entry)
        if entry.reasons:
            yield "      Reasons given:"
        for reason in entry.reasons:
            yield from _wrap(f"- {reason.text} {marks(reason.references)}", "      ", "        ")


def _text_entry(entry: Entry) -> Iterator[str]:
    notes = "; ".join(entry_notes(entry))
    text = f"{entry.when}: {entry.text}" + (f" ({notes})" if notes else "")
    yield from _wrap(f"{text} {marks(entry.references)}", "  ", "      ")
    if entry.differs:
        yield from _wrap(f"Reports differ: {differs_words(entry)}", "      ", "        ")


def _text_timeline(dossier: Dossier) -> Iterator[str]:
    for entry in dossier.timeline:
        yield from _text_entry(entry)
    if dossier.undated:
        yield "  Undated:"
    for entry in dossier.undated:
        notes = "; ".join(entry_notes(entry))
        yield from _wrap(
            f"- {entry.text}" + (f" ({notes})" if notes else "") + f" {marks(entry.references)}", "    ", "      "
        )
    for story in dossier.stories:
        if len(story.events) > 1:
            yield from _wrap(f"Episode, {story.title}: {story.direction}.", "  ", "    ")


def _text_voices(dossier: Dossier) -> Iterator[str]:
    for voice in dossier.voices:
        yield from _wrap(voice.name + (f" ({voice.office})" if voice.office else ""), "  ", "    ")
        for saying in voice.sayings:
            note = f" ({saying.checked})" if saying.checked else ""
            yield from _wrap(f"- {saying.text}{note} {marks(saying.references)}", "    ", "      ")
        if voice.more:
            yield f"      and {voice.more} more"
    if dossier.more_voices:
        yield f"  and {dossier.more_voices} more speakers"


def _text_disputes(dossier: Dossier) -> Iterator[str]:
    for dispute in dossier.disputes:
        claim = dispute.claim
        yield from _wrap(f"{side_words(claim)} {marks(claim.references)}", "  ", "    ")
        for side in dispute.contrary:
            yield from _wrap(f"- {side_words(side)} {marks(side.references)}", "    ", "      ")
        yield from _wrap(f"({dispute.reason})", "    ", "     ")


def side_words(side: Side) -> str:
    """Return who says what: "Norland: “We left.”", and "Norland denies it." where the words only take the claim up."""
    return f"{side.who} {side.text}" if side.text == "denies it." else f"{side.who}: {side.text}"


def stopped(text: str) -> str:
    """Return words with a full stop, where they end in none."""
    return text if text.rstrip('”’"')[-1:] in tuple(".?!…") else f"{text}."


def _text_open(dossier: Dossier) -> Iterator[str]:
    for item in dossier.open:
        outcome = item.outcome + (f" {marks(item.outcome_references)}" if item.outcome_references else "")
        text = f"{item.who}, {act_words(item)}: {stopped(item.what)} Due: {item.due}. Outcome: {outcome}."
        yield from _wrap(f"{text} {marks(item.references)}", "  ", "      ")


def _text_people(dossier: Dossier) -> Iterator[str]:
    for person in dossier.people:
        yield from _wrap(person_words(person), "  ", "      ")


def person_words(person: Person) -> str:
    """Return a person in one line: other spellings, offices, why joined."""
    text = person.name
    if person.also:
        text += f", also {', '.join(person.also)}"
    if person.joined:
        text += f" (taken for one: {'; '.join(person.joined)})"
    offices = "; ".join(f"{line.text} {marks(line.references)}" for line in person.offices)
    return f"{text}: {offices}" if offices else f"{text}: no office given {marks(person.references)}"


def _text_labels(dossier: Dossier) -> Iterator[str]:
    for label in dossier.labels:
        yield from _wrap(f"“{label.words}” ({label.voice}) {marks(label.references)}", "  ", "    ")


def _text_sources(dossier: Dossier) -> Iterator[str]:
    for source in dossier.sources:
        publisher = f"{source.publisher}, " if source.publisher else ""
        text = f"[{source.number}] {source.title} ({publisher}{source.published}; {facts_words(source.facts, source.alone)})"
        yield from _wrap(text, "  ", "      ")
        yield f"      {source.place}"


def facts_words(facts: int, alone: int) -> str:
    """Return how many facts an article carries, and how many of them no other has."""
    if facts == alone:
        return f"{facts} facts, all of them only here" if facts != 1 else "one fact, only here"
    return f"{facts} facts, {alone} of them only here"


# --- Markdown -----------------------------------------------------------------------------------------------------------


def markdown_dossier(dossier: Dossier) -> str:
    """Return the dossier as Markdown; references are footnotes with the words they lead to."""
    notes = _Footnotes()
    out = [
        f"# {dossier.first} and {dossier.second}",
        "",
        *(line.text for line in dossier.about),
        "",
        "## Where it stands",
        "",
    ]
    if dossier.standing:
        out += ["| | state | since | by |", "| --- | --- | --- | --- |"]
        for standing in dossier.standing:
            what, value, since, _ = _row(standing)
            out.append(f"| {_cell(what)} | {_cell(value)} | {_cell(since)} | {notes(standing.references)} |")
        out.append("")
    out += [f"{line.text} {notes(line.references)}".rstrip() for line in dossier.unknown]
    if dossier.changed:
        out += ["", "## What changed last, and why", ""]
        for entry in dossier.changed:
            out.append(_md_entry(entry, notes))
            out += [f"  - Reason given: {reason.text} {notes(reason.references)}" for reason in entry.reasons]
    if dossier.timeline or dossier.undated:
        out += ["", "## Timeline", "", *(_md_entry(entry, notes) for entry in dossier.timeline)]
        if dossier.undated:
            out += ["", "Undated:", "", *(_md_entry(entry, notes) for entry in dossier.undated)]
    if dossier.voices:
        out += ["", "## Who says what", ""]
        for voice in dossier.voices:
            out.append(f"- **{voice.name}**" + (f" ({voice.office})" if voice.office else ""))
            out += [
                f"  - {saying.text}{f' ({saying.checked})' if saying.checked else ''} {notes(saying.references)}"
                for saying in voice.sayings
            ]
            if voice.more:
                out.append(f"  - and {voice.more} more")
    if dossier.disputes:
        out += ["", "## Claimed and denied", ""]
        for dispute in dossier.disputes:
            out.append(f"- {side_words(dispute.claim)} {notes(dispute.claim.references)}")
            out += [f"  - {side_words(side)} {notes(side.references)}" for side in dispute.contrary]
            out.append(f"  - ({dispute.reason})")
    if dossier.open:
        out += ["", "## Foretold, demanded, open", "", "| who | what | due | outcome |", "| --- | --- | --- | --- |"]
        for item in dossier.open:
            what = f"{_cell(item.what)} ({act_words(item)}) {notes(item.references)}"
            outcome = f"{item.outcome} {notes(item.outcome_references)}".rstrip()
            out.append(f"| {_cell(item.who)} | {what} | {_cell(item.due)} | {outcome} |")
    if dossier.people:
        out += ["", "## Who is who", "", *(f"- {person_words(person)}" for person in dossier.people)]
    if dossier.labels:
        out += ["", "## Words that take a side", ""]
        out += [f"- “{label.words}” ({label.voice}) {notes(label.references)}" for label in dossier.labels]
    if dossier.aside:
        out += ["", "## Left aside", "", *(f"- {line.text}" for line in dossier.aside)]
    out += ["", "## Sources", ""]
    for source in dossier.sources:
        publisher = f"{source.publisher}, " if source.publisher else ""
        facts = facts_words(source.facts, source.alone)
        out.append(f"{source.number}. {source.title} ({publisher}{source.published}; {facts}) {source.place}")
    return "\n".join([*out, "", *notes.lines()]) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _md_entry(entry: Entry, notes: _Footnotes) -> str:
    remarks = "; ".join(entry_notes(entry))
    text = f"- {entry.when}: {entry.text}" + (f" ({remarks})" if remarks else "") + f" {notes(entry.references)}"
    return text + (f" Reports differ: {differs_words(entry)}." if entry.differs else "")


class _Footnotes:
    """Number the stretches of text that a Markdown dossier leads to."""

    def __init__(self) -> None:
        self.numbers: dict[tuple[int, int, int], tuple[int, str]] = {}

    def __call__(self, references: Iterable[Reference]) -> str:
        found = []
        for reference in references:
            key = (reference.number, reference.span.start, reference.span.end)
            number, _ = self.numbers.setdefault(key, (len(self.numbers) + 1, reference.span.text))
            found.append(f"[^{number}]")
        return "".join(found)

    def lines(self) -> Iterator[str]:
        for (article, start, end), (number, words) in self.numbers.items():
            shown = " ".join(words.split())
            yield f"[^{number}]: [{article}], characters {start} to {end}: “{shown}”"
