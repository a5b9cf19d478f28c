"""Check the chronicle: pairs of states, their articles, states and merged events.

``python corpora/check_chronicle.py [FOLDER]`` prints each fault on a line and exits 1 if there is one.
"""

from __future__ import annotations

import calendar
import json
import re
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

DIMENSIONS: dict[str, frozenset[str]] = {
    "diplomatic_relations": frozenset({"none", "established", "severed"}),
    "ambassador": frozenset({"accredited", "recalled", "withdrawn", "expelled"}),
    "embassy": frozenset({"open", "downgraded", "closed"}),
    "recognition": frozenset({"recognised", "not_recognised"}),
    "sanctions": frozenset({"in_force", "eased", "lifted"}),
    "trade": frozenset({"open", "restricted", "suspended"}),
    "border": frozenset({"open", "restricted", "closed"}),
    "agreement": frozenset({"signed", "in_force", "suspended", "terminated"}),
    "hostilities": frozenset({"none", "ceasefire", "active"}),
}
"""The dimensions of a relation and the values of each, as in the record's contract."""
TYPES = frozenset(
    {
        "AGREE",
        "CONSULT",
        "SUPPORT",
        "CONCEDE",
        "COOPERATE",
        "AID",
        "RETREAT",
        "REQUEST",
        "ACCUSE",
        "REJECT",
        "THREATEN",
        "PROTEST",
        "SANCTION",
        "MOBILIZE",
        "COERCE",
        "ASSAULT",
    }
)
"""The sixteen event types of PLOVER."""
CODES = frozenset(
    {
        "ARM",
        "COL",
        "DZA",
        "ESP",
        "VEN",
        "GEO",
        "MAR",
        "CAN",
        "IND",
        "ARE",
        "BHR",
        "AUS",
        "CHN",
        "GBR",
        "IRN",
        "KGZ",
        "KHM",
        "RWA",
        "THA",
        "TJK",
        "UGA",
        "DJI",
        "EGY",
        "ERI",
        "ETH",
        "GRC",
        "ISR",
        "KEN",
        "KWT",
        "LTU",
        "MKD",
        "QAT",
        "RUS",
        "SAU",
        "SDN",
        "SOM",
        "TCD",
        "TUR",
        "TWN",
        "USA",
    }
)
"""ISO 3166 alpha-3 codes of the states that the chronicle's events are about."""
CODELESS = frozenset({"UNO", "EUN", "AUN", "IGD", "ICJ"})
"""Bodies that have no ISO code: United Nations, European Union, African Union, IGAD, International Court of Justice."""
WORDS_MIN, WORDS_MAX = 60, 220
"""The length of an article's text in words, its headline and dateline included."""


def texts_of(path: Path) -> list[str]:
    """Return the text of each article in ``path``, a plain text of one article or JSON Lines, headline first."""
    raw = path.read_text(encoding="utf-8")
    if path.suffix != ".jsonl":
        return [raw]
    items = [json.loads(line) for line in raw.splitlines()]
    return [f"{item['title']}\n{item['text']}" for item in items]


def day_fault(day: str | None) -> str | None:
    """Say what is wrong with ``day``, a whole day, a month (2018-07) or a year (1998)."""
    if day is None or re.fullmatch(r"\d{4}", day):
        return None
    try:
        date.fromisoformat(f"{day}-01" if len(day) == len("2018-07") else day)
    except ValueError as error:
        return str(error)
    return None


def state_faults(state: list[str | None], pair: list[str]) -> list[str]:
    """Say what is wrong with one expected state ``[of, toward, dimension, value, day]``."""
    if len(state) != len(("of", "toward", "dimension", "value", "day")):
        return [f"state has {len(state)} parts, not 5: {state}"]
    of, toward, dimension, value, day = state
    faults = []
    if sorted([str(of), str(toward)]) != sorted(pair):
        faults.append(f"state is not between the pair: {state}")
    if dimension not in DIMENSIONS:
        faults.append(f"no such dimension: {state}")
    elif value is not None and value not in DIMENSIONS[dimension]:
        faults.append(f"no such value of {dimension}: {state}")
    try:
        date.fromisoformat(str(day))
    except ValueError as error:
        faults.append(f"bad day in {state}: {error}")
    return faults


def event_faults(event: dict[str, Any], texts: dict[str, list[str]]) -> list[str]:
    """Say what is wrong with one event; ``texts`` holds the articles of each file."""
    key = event["key"]
    faults = [f"{key}: no such type: {kind}" for kind in event["type"].split("|") if kind not in TYPES]
    faults += [
        f"{key}: no such code: {code}"
        for code in event["actors"] + event["recipients"]
        if code not in CODES and code not in CODELESS
    ]
    if problem := day_fault(event["when"]):
        faults.append(f"{key}: bad day: {problem}")
    if not event["reports"]:
        faults.append(f"{key}: no report")
    for name, words in event["reports"]:
        if name not in texts:
            faults.append(f"{key}: no such file: {name}")
            continue
        count = sum(text.count(words) for text in texts[name]) if words else 0
        if count != 1:
            faults.append(f"{key}: words occur {count} times in {name}, not once: {words!r}")
    return faults


def dating_faults(name: str, raw: str) -> list[str]:
    """Say whether an article lacks a date: a day, month and year in its text, or ``published`` in JSON Lines."""
    if name.endswith(".jsonl"):
        faults = []
        for number, line in enumerate(raw.splitlines(), 1):
            item = json.loads(line)
            if day_fault(item["published"]) or not item["publisher"] or not item["text"]:
                faults.append(f"{name}:{number}: published, publisher or text is missing or bad")
        return faults
    months = "|".join(m for m in [*calendar.month_name, *calendar.month_abbr, "Sept"] if m)
    dated = (
        rf"(?i)\b\d{{1,2}}\.? (?:{months})\.?,? \d{{4}}\b|\b(?:{months})\.? \d{{1,2}},? \d{{4}}\b|\b\d{{4}}-\d\d-\d\d\b"
    )
    return [] if re.search(dated, raw) else [f"{name}: the text holds no full date"]


def check_pair(folder: Path) -> list[str]:
    """Return every fault in the folder of one pair."""
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    paths = [path for path in sorted(folder.iterdir()) if path.name != "expected.json"]
    faults = [f"{path.name}: neither .txt nor .jsonl" for path in paths if path.suffix not in {".txt", ".jsonl"}]
    texts = {path.name: texts_of(path) for path in paths}
    for path in paths:
        faults += dating_faults(path.name, path.read_text(encoding="utf-8"))
        for number, text in enumerate(texts[path.name], 1):
            length = len(text.split())
            if not WORDS_MIN <= length <= WORDS_MAX:
                faults.append(f"{path.name}:{number}: {length} words, not {WORDS_MIN} to {WORDS_MAX}")
    for state in expected["states"]:
        faults += state_faults(state, expected["pair"])
    for event in expected["events"]:
        faults += event_faults(event, texts)
    points = Counter(state_key(state) for state in expected["states"])
    faults += [f"state asked {n} times: {' '.join(map(str, key))}" for key, n in sorted(points.items()) if n > 1]
    keys = Counter(event["key"] for event in expected["events"])
    faults += [f"event key occurs {n} times: {key}" for key, n in sorted(keys.items()) if n > 1]
    reports = Counter(tuple(report) for event in expected["events"] for report in event["reports"])
    faults += [f"report stands {n} times: {' '.join(report)}" for report, n in sorted(reports.items()) if n > 1]
    return [f"{folder.name}: {fault}" for fault in faults]


def state_key(state: list[Any]) -> tuple[str, str, str, str]:
    """Return what one point asks: of, toward, dimension and day."""
    of, toward, dimension, _, day = state
    return (str(of), str(toward), str(dimension), str(day))


def pairs(folder: Path) -> list[Path]:
    """Return the folders of the pairs in the order of their names."""
    return [path for path in sorted(folder.iterdir()) if path.is_dir()]


def check(folder: Path) -> list[str]:
    """Return every fault of every pair in ``folder``, each as ``pair: file: what is wrong``."""
    return [fault for pair in pairs(folder) for fault in check_pair(pair)]


def counts(folder: Path) -> dict[str, int]:
    """Count the articles, states, events, reports, and events with two or more reports in ``folder``."""
    total: Counter[str] = Counter()
    for pair in pairs(folder):
        expected = json.loads((pair / "expected.json").read_text(encoding="utf-8"))
        total["pairs"] += 1
        total["articles"] += sum(len(texts_of(path)) for path in pair.iterdir() if path.name != "expected.json")
        total["states"] += len(expected["states"])
        total["events"] += len(expected["events"])
        total["reports"] += sum(len(event["reports"]) for event in expected["events"])
        total["events reported more than once"] += sum(len(event["reports"]) > 1 for event in expected["events"])
    return dict(total)


def main() -> int:
    """Check the folder named on the command line, or the chronicle beside this script."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "chronicle"
    faults = check(folder)
    print(
        "\n".join(faults) if faults else ", ".join(f"{n} {what}" for what, n in counts(folder).items()) + ", no fault"
    )
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
