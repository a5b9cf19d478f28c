"""Check the corpus of mentions.

``python corpora/check_mentions.py [FOLDER]`` prints each fault on a line and exits 1 if there is one.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pycountry

WAYS = frozenset({"pronoun", "office", "description", "metonym", "name"})
CODES = frozenset(state.alpha_3 for state in pycountry.countries) | {"XKX", "EU", "UN", "NATO", "AU"}


def objects(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield ``(file:line, object)`` of every line of every ``*.jsonl`` in ``folder``, in the order of the names."""
    for path in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            yield f"{path.name}:{number}", json.loads(line)


def span(words: str, nth: int, text: str) -> tuple[int, int] | None:
    """Return the code points at which ``words`` stands in ``text`` as whole words for the ``nth`` time (from 0)."""
    found = [match.span() for match in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)]
    return found[nth] if 0 <= nth < len(found) else None


def check(folder: Path) -> list[str]:
    """Return every fault in the folder's files, each as ``file:line: what is wrong``."""
    faults: list[str] = []
    ids: Counter[str] = Counter()
    texts: Counter[str] = Counter()
    for place, item in objects(folder):
        ids[item["id"]] += 1
        texts[item["text"]] += 1
        seen: Counter[tuple[int, int]] = Counter()
        for mention in item["mentions"]:
            words, refers_to = mention["words"], mention["refers_to"]
            where = span(words, mention["nth"], item["text"])
            if where is None:
                faults.append(f"{place}: not in the text {mention['nth'] + 1} times: {words!r}")
            else:
                seen[where] += 1
            if mention["how"] not in WAYS:
                faults.append(f"{place}: no such way to mention: {mention['how']}")
            if refers_to is not None and refers_to not in CODES and refers_to not in item["text"]:
                faults.append(f"{place}: refers to neither a code nor a name in the text: {refers_to!r}")
        faults += [f"{place}: mentioned {n} times: {start}-{end}" for (start, end), n in seen.items() if n > 1]
    faults += [f"id occurs {n} times: {name}" for name, n in sorted(ids.items()) if n > 1]
    faults += [f"text occurs {n} times: {text}" for text, n in sorted(texts.items()) if n > 1]
    return faults


def main() -> int:
    """Check the folder named on the command line, or the corpus beside this script."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "mentions"
    faults = check(folder)
    print("\n".join(faults) if faults else f"{sum(1 for _ in objects(folder))} passages, no fault")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
