"""Check frame files: what is wrong in them, where, and what to write instead (`dragoman codebook check`)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dragoman.codebook.frames import CLASSES, FOLDER, FRAME_KEYS, NO_EVENT, ROLES, SPECIAL_WORDS, frame_files
from dragoman.codebook.load import OWN_FOLDER, read_toml
from dragoman.codebook.plover import Ontology, load_ontology
from dragoman.errors import CodebookError

_LISTS = ("verbs", "nouns", "adjectives", "actor", "recipient", "needs", "about", "contexts", "examples")
_NEEDS = frozenset({"actor", "recipient", "actor_or_recipient", "pair", "foreign", "object", "content"})
_ROLE_KEYS = ("actor", "recipient", "noun_actor", "noun_recipient")
_FORMS = frozenset({"to", "that", "ing", "subjunctive", "fact"})
_AT_LINE = re.compile(r"at line (\d+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A fault of a codebook file: the file and line (from 1, None where unknown), the entry, what is wrong, and the remedy."""

    file: str
    entry: str
    what: str
    remedy: str
    line: int | None = None

    def __str__(self) -> str:
        file = f"{self.file}, line {self.line}" if self.line else self.file
        where = f"{file}: {self.entry}" if self.entry else file
        return f"{where}: {self.what}; {self.remedy}"


def check(paths: Sequence[Path], beneath: Sequence[Path] = (OWN_FOLDER,)) -> list[Problem]:
    """Return the problems of frame files, in the files' order; an empty list when there are none.

    A path is a frame file or a codebook folder that holds a folder `frames`. Classes, role patterns and the ontology are
    those of the folders `beneath` with those of the paths laid over them.
    """
    files = [file for path in paths for file in _files(path)]
    folders = [path for path in paths if path.is_dir()]
    problems = [
        Problem(file=str(path), entry="", what="there is no such file", remedy="name a file or a folder that exists")
        for path in paths
        if not path.exists()
    ]
    try:
        ontology = load_ontology((*beneath, *folders))
    except CodebookError as error:
        where, _, what = str(error).partition(": ")
        return [*problems, Problem(file=where, entry="", what=what, remedy="mend the ontology before the frames")]
    tables: dict[Path, dict[str, Any]] = {}
    for file in files:
        try:
            tables[file] = read_toml(file)
        except CodebookError as error:
            what = str(error).removeprefix(f"{file}: ").partition("; ")[0]
            found = _AT_LINE.search(what)
            line = int(found.group(1)) if found else None
            problems.append(Problem(file=str(file), entry="", what=what, remedy="mend the TOML there", line=line))
    shared = [read_toml(file) for file in frame_files(beneath) if file.name == CLASSES]
    classes = {name for table in (*shared, *(t for f, t in tables.items() if f.name == CLASSES)) for name in table}
    patterns = [read_toml(file) for file in frame_files(beneath) if file.name == ROLES]
    roles = {name for table in (*patterns, *(t for f, t in tables.items() if f.name == ROLES)) for name in table}
    seen: dict[str, str] = {}
    for file, table in tables.items():
        if file.name in {CLASSES, ROLES}:
            lines = file.read_text(encoding="utf-8").splitlines()
            for name, value in table.items():
                for what, remedy in _word_faults(value) if file.name == CLASSES else _role_faults(value):
                    line = next((n for n, text in enumerate(lines, 1) if text.lstrip("[ \"'").startswith(name)), None)
                    problems.append(Problem(file=str(file), entry=name, what=what, remedy=remedy, line=line))
        elif not _are_tables(table.get("frame", [])):
            what, remedy = "frame is no list of tables", "begin each frame with [[frame]]"
            problems.append(Problem(file=str(file), entry="", what=what, remedy=remedy))
        else:
            lines = file.read_text(encoding="utf-8").splitlines()
            for number, entry in enumerate(table.get("frame", ())):
                name = str(entry.get("id", f"frame {number + 1}"))
                for what, remedy in _faults(entry, table, ontology, classes, roles, seen):
                    problems.append(
                        Problem(file=str(file), entry=name, what=what, remedy=remedy, line=_line(lines, number))
                    )
                seen.setdefault(name, str(file))
    return problems


def _are_tables(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, dict) for one in value)


def _are_words(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(word, str) and word for word in value)


def _word_faults(value: Any) -> Iterator[tuple[str, str]]:
    if not _are_words(value):
        yield "the class is no list of words", 'write name = ["...", "..."]'


def _role_faults(value: Any) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with one pattern of roles and the remedy."""
    if not isinstance(value, dict):
        yield "it is no table", "write it as [name]"
        return
    for key, slots in value.items():
        if key == "together":
            if not isinstance(slots, bool):
                yield f"together is {slots!r}", "write true or false"
        elif key not in _ROLE_KEYS:
            yield f"the key {key!r} is unknown", f"use one of {', '.join((*_ROLE_KEYS, 'together'))}"
        elif not _are_words(slots):
            yield f"{key} is no list of slots", f'write {key} = ["subject", "..."]'


def _line(lines: Sequence[str], number: int) -> int | None:
    """Return the line, from 1, in which the frame of that number, from 0, begins."""
    begins = [count for count, line in enumerate(lines, 1) if line.strip().replace(" ", "").startswith("[[frame]]")]
    return begins[number] if number < len(begins) else None


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        folder = path / FOLDER if (path / FOLDER).is_dir() else path
        return sorted(folder.glob("*.toml"))
    return [path] if path.is_file() else []


def _faults(
    entry: dict[str, Any],
    table: dict[str, Any],
    ontology: Ontology,
    classes: set[str],
    roles: set[str],
    seen: dict[str, str],
) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with one frame and the remedy."""
    if "id" not in entry:
        yield "it has no id", "give each frame an id of its own"
    elif entry["id"] in seen:
        yield f"its id stands in {seen[entry['id']]} too", "give it another id, or remove one of the two"
    for key in sorted(set(entry) - FRAME_KEYS):
        yield f"the key {key!r} is unknown", f"use one of {', '.join(sorted(FRAME_KEYS))}"
    for key in _LISTS:
        value = entry.get(key, [])
        if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
            yield f"{key} is no list of words", f'write {key} = ["...", "..."]'
            return
    if not any(entry.get(key) for key in ("verbs", "nouns", "adjectives")):
        yield "it has no trigger", "give it verbs, nouns or adjectives"
    yield from _type_faults(entry, str(entry.get("type", table.get("type"))), ontology)
    if str(entry.get("roles", "acts_on")) not in roles:
        yield f"the roles {entry['roles']!r} are unknown", f"use one of {', '.join(sorted(roles))}"
    for need in entry.get("needs", ()):
        if need not in _NEEDS:
            yield f"needs names {need!r}", f"use one of {', '.join(sorted(_NEEDS))}"
    for key in ("where", "unless"):
        for slot, words in entry.get(key, {}).items():
            yield from _condition_faults(key, slot, words, classes)
    if entry.get("voice") not in {None, "active", "passive"}:
        yield f"its voice is {entry['voice']!r}", "write active or passive, or leave it out"
    sure = entry.get("sure", 0.5)
    if not isinstance(sure, int | float) or not 0 < sure <= 1:
        yield f"sure is {sure!r}", "write a number above 0 and up to 1"


def _type_faults(entry: dict[str, Any], event_type: str, ontology: Ontology) -> Iterator[tuple[str, str]]:
    if event_type == NO_EVENT:
        return
    if event_type not in ontology.types and ontology.own(event_type, entry.get("mode")) is not None:
        return  # written for another ontology, which this one translates
    if event_type not in ontology.types:
        yield f"its type {event_type!r} is unknown", f"use one of {', '.join(ontology.types)}, or {NO_EVENT}"
        return
    modes = ontology.types[event_type].modes
    mode = entry.get("mode")
    if mode and mode not in modes:
        yield f"{event_type} has no mode {mode!r}", f"use one of {', '.join(modes) or 'none'}"
    for key in ("future", "shared"):
        if entry.get(key) not in {None, *ontology.types}:
            yield f"its {key} type {entry[key]!r} is unknown", f"use one of {', '.join(ontology.types)}"
    for context in entry.get("contexts", ()):
        if context not in ontology.contexts:
            yield f"the context {context!r} is unknown", f"use one of {', '.join(ontology.contexts)}"


def _condition_faults(key: str, slot: str, words: Any, classes: set[str]) -> Iterator[tuple[str, str]]:
    if not isinstance(words, list) or not words:
        yield f"{key}.{slot} is no list of words", f'write {key} = {{ {slot} = ["...", "@class"] }}'
        return
    for word in words:
        if word.startswith("@") and word[1:] not in classes:
            yield f"the class {word!r} under {key}.{slot} is unknown", f"add it to {CLASSES}"
        elif word.startswith("#") and word not in SPECIAL_WORDS:
            yield f"{word!r} under {key}.{slot} is unknown", f"use one of {', '.join(sorted(SPECIAL_WORDS))}"
        elif slot == "content_form" and word not in _FORMS:
            yield f"{word!r} is no form of a complement", f"use one of {', '.join(sorted(_FORMS))}"
        elif word != word.lower() or word != word.strip():
            yield f"{word!r} under {key}.{slot} is not in lower case", f"write {word.strip().lower()!r}"
