"""Check the corpus of events.

``python corpora/check_events.py [FOLDER]`` prints each fault on a line and exits 1 if there is one.

The types and modes are those of PLOVER (manual of September 2021), the state codes ISO 3166-1 alpha-3 with the few
former states that the texts need (ISO 3166-3) and XKX, the code in common use for Kosovo.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pycountry

MODES: dict[str, frozenset[str]] = {
    name: frozenset(modes.split())
    for name, modes in {
        "AGREE": "",
        "CONSULT": "visit third-party multilateral phone",
        "SUPPORT": "",
        "CONCEDE": "",
        "COOPERATE": "",
        "AID": "",
        "RETREAT": "withdraw release disarm ceasefire access resign",
        "REQUEST": "assist change yield meet",
        "ACCUSE": "disapprove investigate allege",
        "REJECT": "assist change yield meet",
        "THREATEN": "restrict arrest relations expel territory violence",
        "PROTEST": "demo riot strike hunger boycott obstruct vandalize",
        "SANCTION": "convict expel withdraw discontinue",
        "MOBILIZE": "troops weapons police militia",
        "COERCE": "seize restrict censor curfew martial-law arrest deport withhold misinformation cyber",
        "ASSAULT": "abduct beat torture sexual targeted destroy primitive firearms explosives suicide-attack aerial "
        "drone heavy-weapons crowd-control unconventional",
    }.items()
}
FACTUALITIES = frozenset({"happened", "future", "hypothetical", "negated"})
STATES = frozenset(state.alpha_3 for state in pycountry.countries) | {"SUN", "YUG", "SCG", "CSK", "DDR", "XKX"}
BODIES = frozenset(
    {"UN", "EU", "NATO", "AU", "OAU", "OAS", "ASEAN", "ECOWAS", "IGAD", "SADC", "GCC", "OSCE", "CSTO", "BRICS", "OPEC"}
    | {"G7", "G20", "IMF", "IAEA", "WHO", "WTO", "WFP", "UNHCR", "OPCW", "ICC", "ICJ", "ICTR", "ICTY", "ECHR", "KSC"}
    | {"Islamic State", "Abkhazia", "Transnistria"}
)
"""Bodies by their usual short name, and the few without a state code that a text may name by another word."""
NEEDS_RECIPIENT = frozenset({"AID", "SANCTION"})
"""PLOVER asks COOPERATE for a recipient as well; here a reciprocal act lists all sides as actors, as rule 1 says."""


def objects(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield ``(file:line, object)`` of every line of every ``*.jsonl`` in ``folder``, in the order of the names."""
    for path in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            yield f"{path.name}:{number}", json.loads(line)


def _window(value: dict[str, str | None] | None) -> tuple[date | None, date | None]:
    """Read ``{"start", "end"}`` as days; raise ValueError for a day that is none or an end before its start."""
    if value is None:
        return None, None
    start, end = (None if value[key] is None else date.fromisoformat(str(value[key])) for key in ("start", "end"))
    if start and end and end < start:
        raise ValueError(f"ends before it starts: {value}")
    return start, end


def event_faults(event: dict[str, Any], text: str, published: date) -> list[str]:
    """Say what is wrong with one event of a passage ``text`` that was ``published`` on that day."""
    faults = []
    kind, mode, words = event["type"], event["mode"], event["words"]
    if kind not in MODES:
        faults.append(f"no such type: {kind}")
    elif mode is not None and mode not in MODES[kind]:
        faults.append(f"no such mode of {kind}: {mode}")
    if event["factuality"] not in FACTUALITIES:
        faults.append(f"no such factuality: {event['factuality']}")
    found = text.count(words) if words else 0
    if found == 0:
        faults.append(f"words are not in the text: {words!r}")
    elif found > 1 and not 0 <= event.get("nth", -1) < found:
        faults.append(f"words occur {found} times, nth must say which: {words!r}")
    faults += [
        f"neither a code, a body nor a name in the text: {name!r}"
        for name in (*event["actors"], *event["recipients"])
        if name not in STATES and name not in BODIES and name.lower() not in text.lower()
    ]
    if kind in NEEDS_RECIPIENT and not (event["actors"] or event["recipients"]):
        faults.append(f"{kind} {words!r} names nobody")
    try:
        start, end = _window(event["when"])
        _window(event.get("foretold"))
    except (KeyError, ValueError) as error:
        return [*faults, f"bad day of {words!r}: {error}"]
    if event["factuality"] == "happened" and start and start > published:
        faults.append(f"happened, but after the passage was published: {words!r}")
    if event["factuality"] == "future" and end and end < published:
        faults.append(f"future, but before the passage was published: {words!r}")
    return faults


def check(folder: Path) -> list[str]:
    """Return every fault in the folder's files, each as ``file:line: what is wrong``."""
    faults: list[str] = []
    ids: Counter[str] = Counter()
    texts: Counter[str] = Counter()
    for place, item in objects(folder):
        ids[item["id"]] += 1
        texts[item["text"]] += 1
        try:
            published = date.fromisoformat(item["published"])
        except ValueError as error:
            faults.append(f"{place}: {error}")
            continue
        for event in item["events"]:
            faults += [f"{place}: {fault}" for fault in event_faults(event, item["text"], published)]
        if ("no-event" in item["tags"]) != (not item["events"]):
            faults.append(f"{place}: the tag no-event and the list of events disagree")
        if ("multi-event" in item["tags"]) != (len(item["events"]) > 1):
            faults.append(f"{place}: the tag multi-event and the list of events disagree")
    faults += [f"id occurs {n} times: {name}" for name, n in sorted(ids.items()) if n > 1]
    faults += [f"text occurs {n} times: {text}" for text, n in sorted(texts.items()) if n > 1]
    return faults


def main() -> int:
    """Check the folder named on the command line, or the corpus beside this script."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "events"
    faults = check(folder)
    print("\n".join(faults) if faults else f"{sum(1 for _ in objects(folder))} passages, no fault")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
