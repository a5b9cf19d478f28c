"""Exports: a history in any of the forms, written whole or not at all, with a manifest beside it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from dragoman import __version__
from dragoman.codebook import Codebook
from dragoman.export.forms import (
    acled,
    annotation,
    claimreview,
    followthemoney,
    gdelt,
    graphml,
    icews,
    marks,
    parquet,
    polecat,
    timesketch,
)
from dragoman.export.forms.coded import Coding
from dragoman.export.table import TABLE_KINDS, table_lines
from dragoman.record import History
from dragoman.record.jsonl import RECORD_TYPES, lines
from dragoman.run.files import make_folder, unfinished_file, write_lines
from dragoman.run.history import codebook_digest, program_digest

Lines = Callable[[Coding], Iterator[str]]
MANIFEST = ".manifest.json"
"""What is added to an export's name for its manifest."""


@dataclass(frozen=True, slots=True)
class Form:
    """A form of export: its lines, or None for a form of several files; its file's ending; what it is, in a few words."""

    lines: Lines | None
    ending: str
    words: str
    place: Literal["file", "folder"] = "file"


FORMS: Mapping[str, Form] = MappingProxyType(
    {
        "jsonl": Form(lambda coding: lines(coding.history), ".jsonl", "the whole record, JSON Lines"),
        "csv": Form(None, "", "a table a kind of record", "folder"),
        "parquet": Form(None, "", "the same tables with types", "folder"),
        "polecat": Form(polecat.lines, ".txt", "POLECAT's 40 columns"),
        "gdelt": Form(gdelt.event_lines, ".export.CSV", "GDELT 2.0 events"),
        "gdelt-mentions": Form(gdelt.mention_lines, ".mentions.CSV", "GDELT 2.0 mentions"),
        "icews": Form(icews.lines, ".tab", "ICEWS's 20 columns"),
        "acled": Form(acled.lines, ".csv", "ACLED's 31 columns"),
        "ftm": Form(followthemoney.lines, ".ftm.json", "FollowTheMoney entities"),
        "annotation": Form(annotation.lines, ".jsonl", "W3C Web Annotations"),
        "timesketch": Form(timesketch.lines, ".jsonl", "a Timesketch timeline"),
        "claimreview": Form(claimreview.lines, ".jsonl", "schema.org ClaimReview of settled forecasts"),
        "graphml": Form(graphml.lines, ".graphml", "who acts on whom, as a network"),
        "label-studio": Form(marks.label_studio_lines, ".json", "tasks for Label Studio"),
        "doccano": Form(marks.doccano_lines, ".jsonl", "texts and labels for doccano"),
        "prodigy": Form(marks.prodigy_lines, ".jsonl", "texts and spans for Prodigy"),
        "brat": Form(None, "", "texts and annotations for brat", "folder"),
    }
)
"""Every form by the name that `--format` takes."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written, the manifest's path, and how many records the form could not hold, by reason."""

    path: Path
    manifest: Path
    left_out: Mapping[str, int]


def export_lines(history: History, codebook: Codebook, form: str, kind: str) -> tuple[Iterator[str], Coding]:
    """Return a form's lines, of one kind's table where it has several; the coding counts what it leaves out meanwhile."""
    coding = Coding(history, codebook, f"dragoman-{__version__}")
    chosen = FORMS[form].lines
    return (chosen(coding) if chosen else table_lines(history, kind)), coding


def export_to(
    path: Path, history: History, codebook: Codebook, form: str, *, refusals: list[tuple[str, str]]
) -> Exported:
    """Write a history to a file or folder, and its manifest beside it.

    `InputError` where it can't be written, `MissingExtraError` where the form needs a library that is not installed; then
    no half-written file stays.
    """
    coding = Coding(history, codebook, f"dragoman-{__version__}")
    written = _write(path, coding, form)
    manifest = path.with_name(path.name + MANIFEST)
    write_lines(
        manifest, [json.dumps(_manifest(form, coding, codebook, written, refusals), indent=2, ensure_ascii=False)]
    )
    return Exported(path, manifest, dict(sorted(coding.left_out.items())))


def _write(path: Path, coding: Coding, form: str) -> list[Path]:
    """Write the form's files and return them in order."""
    chosen = FORMS[form]
    if chosen.lines:
        write_lines(path, chosen.lines(coding))
        return [path]
    make_folder(path)
    if form == "brat":
        files = []
        for name, content in marks.brat_files(coding):
            files.append(path / name)
            write_lines(files[-1], [content], ending="")
        return files
    for kind in TABLE_KINDS:
        if form == "parquet":
            with unfinished_file(path / f"{kind}.parquet") as unfinished:
                parquet.write(coding.history, kind, unfinished)
        else:
            write_lines(path / f"{kind}.csv", table_lines(coding.history, kind))
    return [path / f"{kind}.{form}" for kind in TABLE_KINDS]


def _manifest(
    form: str, coding: Coding, codebook: Codebook, files: list[Path], refusals: list[tuple[str, str]]
) -> dict[str, object]:
    """What someone needs to make the same data set again: no clock, so that the same run gives the same manifest."""
    history = coding.history
    return {
        "made_by": f"dragoman {__version__}",
        "program": program_digest(),
        "codebook": codebook_digest(codebook),
        "form": form,
        "input": {
            "digest": _digest_of(article.id for article in history.articles),
            "articles": len(history.articles),
            "first_published": _day(min((a.published for a in history.articles if a.published), default=None)),
            "last_published": _day(max((a.published for a in history.articles if a.published), default=None)),
        },
        "counts": {kind: len(getattr(history, f"{kind}s")) for kind in RECORD_TYPES},
        "left_out": dict(sorted(coding.left_out.items())),
        "refused": [{"source": source, "reason": reason} for source, reason in refusals],
        "files": [{"name": file.name, "sha256": _file_digest(file)} for file in files],
    }


def _day(value: object) -> str | None:
    return str(value) if value else None


def _digest_of(words: Iterator[str]) -> str:
    total = hashlib.sha256()
    for word in words:
        total.update(word.encode("utf-8") + b"\n")
    return total.hexdigest()


def _file_digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
