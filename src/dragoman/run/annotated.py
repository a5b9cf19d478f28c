"""What people did with our marks in an annotation program → decisions: accepted, changed, rejected, added.

The marks in a file are compared with those that an export would write now, article by article. A mark left as it was accepts
its event or statement, another label at the same words changes type or act, a mark that is gone rejects, a new one adds an
event or statement whose roles stay open. Everything is compared before anything is decided, so that a file with a fault
decides nothing, and of several people who marked one text each is compared with the same marks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from dragoman.errors import InputError
from dragoman.export.forms.coded import Coding
from dragoman.export.forms.marks import Mark, marks_of
from dragoman.ingest.marks import Marked, MarkedSpan, Program, read_marks
from dragoman.record import Article
from dragoman.run import correct
from dragoman.run.correct import Target
from dragoman.run.desk import Desk, amended
from dragoman.run.fields import ACTS
from dragoman.run.history import history_of
from dragoman.store.decisions import decisions

Act = Literal["accept", "change", "reject", "add"]

PROGRAMS: Mapping[Program, str] = {
    "label-studio": "Label Studio",
    "doccano": "doccano",
    "prodigy": "Prodigy",
    "brat": "brat",
}
_STATEMENT, _ACTOR = "STATEMENT", "ACTOR"


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What came of a file: decisions made by kind, how many were known, marks of names left alone, texts not judged."""

    made: Mapping[str, int]
    known: int
    names: int
    unjudged: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    """One decision to make: on `target`, or for "add" on the words from `start` to `end`; `label` is None for a rejection."""

    act: Act
    author: str
    article: str
    start: int
    end: int
    label: str | None
    target: Target | None = None


@dataclass(frozen=True, slots=True)
class _Standing:
    """A mark that an export would write now, with what it stands for."""

    span: MarkedSpan
    target: Target


def import_marks(desk: Desk, path: Path, program: Program) -> Imported:
    """Decide what a file of marked texts says; who sits at the desk is the author where the file names none.

    A decision that the same person made already on the same words is not made again, so the same file may come twice.
    `InputError` where the file can't be read, or its texts or labels are not ours; then nothing is decided.
    """
    names = unjudged = 0
    steps: list[_Step] = []
    marks = _Marks(desk)
    for marked in read_marks(path, program):
        article = marks.article(marked)
        spans = [_labelled(desk, article, span, marked.place) for span in marked.spans]
        names += sum(span.label.startswith(_ACTOR) for span in spans)
        ours = [span for span in spans if not span.label.startswith(_ACTOR)]
        standing = marks.standing(article.id)
        if marked.verdict == "judged":
            steps += _compared(ours, standing, article.id, marked.author or desk.author)
        elif marked.verdict == "wrong" and (found := _only(ours, standing)):
            steps.append(_step("reject", found, article.id, marked.author or desk.author, None))
        else:
            unjudged += 1
    made, known = _decide(desk, steps, f"marked in {PROGRAMS[program]}")
    return Imported(made=dict(made), known=known, names=names, unjudged=unjudged)


class _Marks:
    """The marks that stand, and the articles that they stand in."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._articles = {article.id: article for article in desk.history.articles}
        self._by_text: dict[str, str] = {}
        for article in desk.history.articles:
            self._by_text.setdefault(article.text, article.id)
        self._marks = marks_of(Coding(desk.history, desk.codebook))

    def article(self, marked: Marked) -> Article:
        """The article of a marked text: by its id, else by its text, which must be ours to the letter."""
        named = self._articles.get(marked.article or "")
        if named is not None and named.text != marked.text:
            at = _first_difference(named.text, marked.text)
            raise InputError(
                f"{marked.place}: its text is not that of {named.id} from character {at} on: import it as it was exported."
            )
        if named is None:
            known = self._by_text.get(marked.text)
            if known is None:
                raise InputError(
                    f"{marked.place}: no article of the store has this text: read the article first, or name its store."
                )
            named = self._articles[known]
        return named

    def standing(self, article: str) -> list[_Standing]:
        """The marks of events and statements in an article, with what each stands for there."""
        text = self._articles[article].text
        return [
            _Standing(
                _trimmed(text, MarkedSpan(mark.start, mark.end, mark.label)),
                correct.find_target(self._desk, mark.record, article),
            )
            for mark in self._marks[article]
            if not _is_name(mark)
        ]


def _is_name(mark: Mark) -> bool:
    return mark.label.startswith(f"{_ACTOR}/")


def _labelled(desk: Desk, article: Article, span: MarkedSpan, place: str) -> MarkedSpan:
    """The span with our label, its type and mode by a slash (an underscore in brat); `InputError` for one that is not ours."""
    label = _our_label(span.label, desk.codebook.ontology.types)
    if label is None:
        raise InputError(
            f"{place}: the label {span.label!r} is no TYPE or TYPE/mode of the codebook, no STATEMENT/act and no ACTOR/kind: "
            "rename it in the program."
        )
    if not article.text[span.start : span.end].strip():
        raise InputError(f"{place}: {label} marks only spaces at {span.start}: select words.")
    return _trimmed(article.text, replace(span, label=label))


def _our_label(label: str, types: Mapping[str, Any]) -> str | None:
    for family in (_STATEMENT, _ACTOR, *sorted(types, key=len, reverse=True)):
        if label == family:
            return label if family in types else None
        if label.startswith((f"{family}/", f"{family}_")):
            rest = label[len(family) + 1 :]
            known = {_STATEMENT: ACTS, _ACTOR: None}.get(family, types[family].modes if family in types else None)
            return f"{family}/{rest}" if known is None or rest in known else None
    return None


def _trimmed(text: str, span: MarkedSpan) -> MarkedSpan:
    words = text[span.start : span.end]
    return replace(
        span, start=span.start + len(words) - len(words.lstrip()), end=span.end - len(words) + len(words.rstrip())
    )


def _compared(ours: Sequence[MarkedSpan], standing: Sequence[_Standing], article: str, author: str) -> Iterator[_Step]:
    """What a person's spans say of the marks that stood: the surest pairs first."""
    left, new = list(standing), []
    for span in ours:  # the same mark
        found = _taken(left, lambda one, span=span: one.span == span)
        if found is not None:
            yield _step("accept", found, article, author, span.label)
        else:
            new.append(span)
    added = []
    for span in new:  # another label at the same words
        found = _taken(left, lambda one, span=span: _place(one.span) == _place(span) and _alike(one.span, span))
        if found is not None:
            yield _step("change", found, article, author, span.label)
        else:
            added.append(span)
    for span in added:  # the words of an event drawn wider or narrower say the same of it
        found = None if _is_statement(span) else _taken(left, lambda one, span=span: _same_event(one.span, span))
        if found is not None:
            yield _step("accept", found, article, author, span.label)
        else:
            yield _Step(act="add", author=author, article=article, start=span.start, end=span.end, label=span.label)
    for one in left:
        yield _step("reject", one, article, author, None)


def _taken(standing: list[_Standing], fits: Any) -> _Standing | None:
    found = next((one for one in standing if fits(one)), None)
    if found is not None:
        standing.remove(found)
    return found


def _only(ours: Sequence[MarkedSpan], standing: Sequence[_Standing]) -> _Standing | None:
    """What a single span stands for, if it is one of the marks that stood."""
    return next((one for one in standing if [one.span] == list(ours)), None)


def _place(span: MarkedSpan) -> tuple[int, int]:
    return span.start, span.end


def _is_statement(span: MarkedSpan) -> bool:
    return span.label.startswith(f"{_STATEMENT}/")


def _alike(one: MarkedSpan, other: MarkedSpan) -> bool:
    return _is_statement(one) == _is_statement(other)


def _same_event(one: MarkedSpan, other: MarkedSpan) -> bool:
    return one.label == other.label and one.start < other.end and other.start < one.end


def _step(act: Act, one: _Standing, article: str, author: str, label: str | None) -> _Step:
    return _Step(
        act=act,
        author=author,
        article=article,
        start=one.span.start,
        end=one.span.end,
        label=label,
        target=one.target,
    )


def _decide(desk: Desk, steps: Iterable[_Step], reason: str) -> tuple[Counter[str], int]:
    """Make the decisions that their authors have not made already; what each said last of the words counts."""
    said = dict(_said(desk))
    made: Counter[str] = Counter()
    known = 0
    for planned in steps:
        step = _with_event_there(desk, planned) if planned.act == "add" and not _of_statement(planned) else planned
        key = (step.author, step.article, step.start, step.end, _STATEMENT if _of_statement(step) else "event")
        if said.get(key, ()) == (step.label,):
            known += 1
            continue
        said[key] = (step.label,)
        _make(replace(desk, author=step.author), step, reason)
        made[step.act] += 1
    return made, known


def _of_statement(step: _Step) -> bool:
    if step.target is not None:
        return step.target.about == "statement"
    return step.label is not None and step.label.startswith(_STATEMENT)


def _said(desk: Desk) -> Iterator[tuple[tuple[str, str, int, int, str], tuple[str | None]]]:
    """What each person said last of which words: the label that they hold for right, None for a rejection."""
    for decision in decisions(desk.store):
        if decision.kind not in ("accept", "reject", "change", "add"):
            continue
        is_event = decision.body["about"] == "event"
        for finding in decision.body["findings"]:
            values = {**finding["values"], **decision.body.get("set", {})}
            label = _label(values) if is_event else f"{_STATEMENT}/{values['act']}"
            place = (finding["article"], finding["start"], finding["end"])
            yield (
                (decision.author, *place, "event" if is_event else _STATEMENT),
                (None if decision.kind == "reject" else label,),
            )


def _label(values: Mapping[str, Any]) -> str:
    return f"{values['type']}/{values['mode']}" if values["mode"] else str(values["type"])


def _make(desk: Desk, step: _Step, reason: str) -> None:
    if step.target is None:
        add = correct.add_statement if _of_statement(step) else correct.add_event
        add(desk, step.article, step.start, step.end, _written(step), reason=reason)
    elif step.act == "accept":
        correct.accept(desk, step.target, reason=reason)
    elif step.act == "reject":
        correct.reject(desk, step.target, reason=reason)
    else:
        correct.change(desk, step.target, _written(step), reason=reason)


def _written(step: _Step) -> dict[str, str]:
    assert step.label is not None
    return {"act": step.label.partition("/")[2]} if _of_statement(step) else {"type": step.label}


def _with_event_there(desk: Desk, step: _Step) -> _Step:
    """The step on the event of the type that stands at the words by now, though no mark of it did.

    An event that several articles tell is marked in one of them, and somebody else may have added it just before.
    """
    assert step.label is not None
    _, now, _ = amended(desk.store, desk.codebook, step.article)
    for event in now.events or ():
        over = event.trigger.start < step.end and step.start < event.trigger.end
        if over and event.type == step.label.partition("/")[0]:
            joined = replace(desk, history=history_of(desk.store, desk.codebook))
            label = f"{event.type}/{event.mode}" if event.mode else event.type
            return replace(
                step,
                act="accept" if label == step.label else "change",
                start=event.trigger.start,
                end=event.trigger.end,
                target=correct.find_target(joined, event.id, step.article),
            )
    return step


def _first_difference(one: str, other: str) -> int:
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
