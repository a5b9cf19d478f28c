"""Agreement: how far people who checked the same findings decided alike, field by field.

Two figures for each field. The share agreed is that of the pairs of people who give a finding the same value. Krippendorff's
alpha (nominal) is that share with what chance alone would give taken off: 1 is perfect, 0 no better than chance. Alpha and not
Cohen's kappa: kappa needs just two people who both judged everything, while here three may check, each a part; alpha takes
any number of people and gaps, and allows for few findings (K. Krippendorff, Content Analysis, ch. 12). People correct what a
program showed them, so that both figures are higher than of people who code by themselves.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dragoman.codebook import Codebook
from dragoman.record import Decision
from dragoman.relate.amend import amend, articles_of
from dragoman.run.log import Log, read_log
from dragoman.store import Store
from dragoman.store.parts import load_documents

FIELDS: Mapping[str, tuple[str, ...]] = {
    "event": ("right", "type", "mode", "actors", "recipients", "when", "factuality"),
    "statement": ("right", "speaker", "act", "direct"),
}
"""What is compared: whether a finding is right at all, then its fields among those who hold it for right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How far people agree on one field of events or statements.

    `findings` are those that two or more people judged, `people` who they are; `share` is the share agreed (0 to 1), `alpha`
    None where nobody ever gave another value than the others, so that chance can't be told from agreement.
    """

    about: str
    field: str
    findings: int
    people: tuple[str, ...]
    share: float
    alpha: float | None


def measure_agreement(
    store: Store, codebook: Codebook, article: str | None = None, log: Log | None = None
) -> list[Agreement]:
    """Return the agreement of all who checked findings of a store, or of one article, field by field.

    `log` is the log of decisions where it is at hand.
    Each person's last decision on a finding counts; fields on which no two people judged one finding are left out.
    """
    every = (log or read_log(store)).in_force
    judging = [one for one in every if one.body.get("about") in FIELDS and "findings" in one.body]
    names = _names_today(store, codebook, judging)
    values = _judgements(judging, names, article)
    measured = []
    for about, fields in FIELDS.items():
        for field in fields:
            units = {unit: by for (kind, name, unit), by in values.items() if (kind, name) == (about, field)}
            shared = {unit: by for unit, by in units.items() if len(by) > 1}
            if shared:
                measured.append(
                    Agreement(
                        about=about,
                        field=field,
                        findings=len(shared),
                        people=tuple(sorted({person for by in shared.values() for person in by})),
                        share=share_agreed(list(by.values()) for by in shared.values()),
                        alpha=krippendorff_alpha(list(by.values()) for by in shared.values()),
                    )
                )
    return measured


def _names_today(store: Store, codebook: Codebook, judging: Sequence[Decision]) -> Mapping[str, str]:
    """The ids that findings have today, by those that decisions bear, of the articles that two or more people checked."""
    people: dict[str, set[str]] = defaultdict(set)
    for one in judging:
        for article in articles_of(one):
            people[article].add(one.author)
    shared = {article for article, by in people.items() if len(by) > 1}
    with store.reading() as connection:
        documents = load_documents(connection, shared)
    bearing = [one for one in judging if shared.intersection(articles_of(one))]
    return amend([documents[one] for one in sorted(documents)], bearing, codebook).names


def share_agreed(units: Iterable[Sequence[Hashable]]) -> float:
    """Return the share of agreeing pairs of values, each unit weighted by the number of its values as alpha weights it."""
    agreed, total = 0.0, 0
    for values in units:
        if len(values) > 1:
            counts = Counter(values)
            agreed += sum(n * (n - 1) for n in counts.values()) / (len(values) - 1)
            total += len(values)
    return agreed / total if total else 1.0


def krippendorff_alpha(units: Iterable[Sequence[Hashable]]) -> float | None:
    """Return Krippendorff's alpha for nominal values; a unit are the values that people gave one thing.

    Units with one value don't count. None where all values are the same: there is nothing that could have been confused.
    """
    pairable = [values for values in units if len(values) > 1]
    pooled = Counter(value for values in pairable for value in values)
    total = sum(pooled.values())
    expected = total * total - sum(n * n for n in pooled.values())
    if expected == 0:
        return None
    observed = total * (1 - share_agreed(pairable))
    return 1 - (total - 1) * observed / expected


def _judgements(
    log: Sequence[Decision], names: Mapping[str, str], article: str | None
) -> dict[tuple[str, str, str], dict[str, Hashable]]:
    """By kind, field and finding: the value that each person gave last."""
    last: dict[tuple[str, str, str], tuple[Decision, Mapping[str, Any]]] = {}
    for decision in log:
        for part in decision.body["findings"]:
            if article is None or part["article"] == article:
                unit = names.get(str(part["id"]), str(part["id"]))
                last[(str(decision.body["about"]), unit, decision.author)] = (decision, part)
    found: dict[tuple[str, str, str], dict[str, Hashable]] = defaultdict(dict)
    for (about, unit, author), (decision, part) in last.items():
        right = decision.kind != "reject"
        found[(about, "right", unit)][author] = right
        if right:
            values = {**(part.get("values") or {}), **(decision.body.get("set") or {})}
            for field in FIELDS[about][1:]:
                found[(about, field, unit)][author] = _plain(field, values.get(field))
    return found


def _plain(field: str, value: Any) -> Hashable:
    """A value that compares: actors by key or record, a time by its days."""
    if field in ("actors", "recipients"):
        return frozenset(_actor(one) for one in value or ())
    if field == "speaker":
        return _actor(value) if value else None
    if field == "when":
        return (value.get("start"), value.get("end")) if value else None
    return value if isinstance(value, Hashable) else str(value)


def _actor(reference: Mapping[str, Any]) -> str:
    records = reference.get("records") or ()
    return str(reference.get("key") or (records[0]["id"] if records else reference.get("name")))
