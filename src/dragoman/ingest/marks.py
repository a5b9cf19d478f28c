"""What people made of our marks in Label Studio, doccano, Prodigy and brat: texts with labelled spans, in one form.

Label Studio and doccano count UTF-16 units and are converted; Prodigy and brat count code points. What is read here says
nothing yet of what changed: `run.annotated` compares it with the record.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from dragoman.errors import InputError
from dragoman.record.units import Utf16

Program = Literal["label-studio", "doccano", "prodigy", "brat"]
Verdict = Literal["judged", "wrong", "open"]

_BRAT_LINE = re.compile(r"T[0-9]+\t(\S+) ([0-9]{1,12} [0-9]{1,12}(?:;[0-9]{1,12} [0-9]{1,12})*)\t(.*)")


@dataclass(frozen=True, slots=True, order=True)
class MarkedSpan:
    """Words from `start` to `end` (code points, end exclusive) under a label, written as the program wrote it."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """One text as one person left it.

    `place` names it in messages; `article` is the id that our export gave it, if the program kept it; `author` who marked, if
    the file says. `verdict` is "judged" where the spans are what that person holds for right, "wrong" where they were refused
    as a whole, and "open" where nobody judged them.
    """

    place: str
    text: str
    article: str | None
    author: str | None
    spans: tuple[MarkedSpan, ...]
    verdict: Verdict = "judged"


def read_marks(path: Path, program: Program) -> Iterator[Marked]:
    """Yield the texts of a file, of brat also of a folder; `InputError` names the place and what is wrong there."""
    if program == "brat":
        yield from _brat(path)
    elif program == "label-studio":
        yield from _label_studio(_json(_text(path), str(path)), path)
    else:
        read = _doccano if program == "doccano" else _prodigy
        for number, line in enumerate(_text(path).split("\n"), start=1):
            if line.strip():
                place = f"{path}, line {number}"
                yield read(_object(_json(line, place), place), place)


def _label_studio(tasks: Any, path: Path) -> Iterator[Marked]:
    if not isinstance(tasks, list):
        raise InputError(f"{path} is no list of tasks: export it from Label Studio as JSON.")
    for number, value in enumerate(tasks, start=1):
        place = f"{path}, task {number}"
        task = _object(value, place)
        data = task.get("data")
        if not isinstance(data, Mapping):
            raise InputError(f"{place} has no 'data': export it from Label Studio as JSON, not as JSON-MIN.")
        text, article = _string(data, "text", place), _known(data.get("article"))
        units = Utf16(text)
        made = [
            _object(one, place)
            for one in _list(task.get("annotations"), place)
            if not (isinstance(one, Mapping) and one.get("was_cancelled"))
        ]
        for annotation in made:
            spans = []
            for result in _list(annotation.get("result"), place):
                mark = _object(result, place).get("value")
                if isinstance(mark, Mapping) and isinstance(mark.get("labels"), list):
                    for label in mark["labels"]:
                        span = _span(mark.get("start"), mark.get("end"), label, text, place, units)
                        _check_words(text, span, mark.get("text"), place)
                        spans.append(span)
            author = _label_studio_author(annotation.get("completed_by"))
            yield Marked(place=place, text=text, article=article, author=author, spans=_ordered(spans))
        if not made:
            yield Marked(place=place, text=text, article=article, author=None, spans=(), verdict="open")


def _label_studio_author(value: Any) -> str | None:
    if isinstance(value, Mapping):
        value = value.get("email") or value.get("username") or value.get("id")
    return f"Label Studio user {value}" if isinstance(value, int) else _known(value)


def _doccano(item: Mapping[str, Any], place: str) -> Marked:
    text = _string(item, "text", place)
    units = Utf16(text)
    name = next((name for name in ("label", "labels", "entities") if name in item), None)
    if name is None:
        raise InputError(f"{place} has no 'label': export it from doccano as JSON Lines.")
    spans = []
    for one in _list(item[name], place):
        if isinstance(one, Mapping):
            start, end, label = one.get("start_offset"), one.get("end_offset"), one.get("label")
        elif isinstance(one, list) and len(one) == 3:
            start, end, label = one
        else:
            raise InputError(f"{place}: {_short(one)} is no label: doccano writes [start, end, label].")
        spans.append(_span(start, end, label, text, place, units))
    return Marked(
        place=place,
        text=text,
        article=_known(item.get("article")),
        author=_known(item.get("annotation_approver")),
        spans=_ordered(spans),
    )


def _prodigy(item: Mapping[str, Any], place: str) -> Marked:
    text, meta, answer = _string(item, "text", place), item.get("meta"), item.get("answer")
    if answer not in (None, "accept", "reject", "ignore"):
        raise InputError(f"{place}: the answer {_short(answer)} is none of accept, reject and ignore.")
    verdicts: Mapping[Any, Verdict] = {"accept": "judged", "reject": "wrong"}
    spans = []
    for one in _list(item.get("spans", []), place):
        span = _object(one, place)
        spans.append(_span(span.get("start"), span.get("end"), span.get("label"), text, place, None))
    return Marked(
        place=place,
        text=text,
        article=_known(meta.get("article")) if isinstance(meta, Mapping) else None,
        author=_known(item.get("_annotator_id") or item.get("_session_id")),
        spans=_ordered(spans),
        verdict=verdicts.get(answer, "open"),
    )


def _brat(path: Path) -> Iterator[Marked]:
    """The texts of a folder in the order of their names, or the one that an .ann or .txt file belongs to."""
    files = sorted(path.glob("*.ann")) if path.is_dir() else [path.with_suffix(".ann")]
    if not files:
        raise InputError(f"{path} holds no .ann file: name the folder that brat works in.")
    for file in files:
        text = _text(file.with_suffix(".txt"))
        spans = []
        for number, line in enumerate(_text(file).split("\n"), start=1):
            if not line.startswith("T"):
                continue  # relations, attributes and notes, which our export has none of
            place = f"{file}, line {number}"
            found = _BRAT_LINE.fullmatch(line.rstrip("\r"))
            if found is None:
                raise InputError(f"{place}: {_short(line)} is no annotation of brat: get the file again.")
            label, places, words = found.groups()
            pieces = [tuple(map(int, piece.split())) for piece in places.split(";")]
            for start, end in pieces:
                _span(start, end, label, text, place, None)
            if " ".join(text[start:end] for start, end in pieces) != words:
                raise InputError(f"{place}: {_short(words)} does not stand there in the text: get both files again.")
            spans.append(MarkedSpan(pieces[0][0], pieces[-1][1], label))
        yield Marked(place=str(file), text=text, article=file.stem, author=None, spans=_ordered(spans))


def _span(start: Any, end: Any, label: Any, text: str, place: str, units: Utf16 | None) -> MarkedSpan:
    """The span in code points, or `InputError` where no words stand there."""
    if not isinstance(label, str) or not label.strip():
        raise InputError(f"{place}: {_short(label)} is no label: write a text.")
    if not all(isinstance(one, int) and not isinstance(one, bool) for one in (start, end)):
        raise InputError(f"{place}: {label} from {_short(start)} to {_short(end)}: offsets are whole numbers.")
    if units is not None:
        start, end = units.point(start), units.point(end)
    if not 0 <= start < end <= len(text):
        raise InputError(f"{place}: {label} ends beyond the text or before its start: get the file again.")
    return MarkedSpan(start, end, label.strip())


def _check_words(text: str, span: MarkedSpan, words: Any, place: str) -> None:
    if isinstance(words, str) and text[span.start : span.end] != words:
        raise InputError(
            f"{place}: {span.label} marks {_short(words)}, but {_short(text[span.start : span.end])} stands at its offsets: "
            "they must count UTF-16 units, as Label Studio does."
        )


def _ordered(spans: list[MarkedSpan]) -> tuple[MarkedSpan, ...]:
    return tuple(sorted(spans))


def _text(path: Path) -> str:
    """The file's text with its line ends as they are, since offsets count them."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 (byte {error.start}); save it as UTF-8.") from error
    except OSError as error:
        raise InputError(f"{path} can't be read ({error.strerror}): mend the path or its rights.") from error


def _json(text: str, place: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        words = " ".join(str(error).split())
        raise InputError(f"{place}: no JSON ({words}): export it from the program again.") from error


def _object(value: Any, place: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise InputError(f"{place}: {_short(value)} is no object: export it from the program again.")
    return value


def _list(value: Any, place: str) -> list[Any]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise InputError(f"{place}: {_short(value)} is no list: export it from the program again.")
    return value


def _string(item: Mapping[str, Any], name: str, place: str) -> str:
    value = item.get(name)
    if not isinstance(value, str):
        raise InputError(f"{place} has no {name!r}: export it from the program again.")
    return value


def _known(value: Any) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _short(value: Any) -> str:
    words = repr(value)
    return words if len(words) <= 60 else words[:59] + "…"
