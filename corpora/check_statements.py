"""Check the corpus of statements.

``python corpora/check_statements.py [FOLDER]`` prints each fault on a line and exits 1 if there is one.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

ACTS = frozenset({"claim", "evaluation", "demand", "recommendation", "expectation", "intention", "denial", "question"})
FORETELLING = frozenset({"expectation", "intention"})
"""Only these acts can be due on a day."""
QUOTATION_MARKS = frozenset("\"'“”„‘’‚«»‹›")
LEADS = QUOTATION_MARKS | frozenset(":—–-?.(")
"""What may stand before direct speech: a mark, a speaker's colon, a dash, the end of a question or sentence."""
TRAILS = QUOTATION_MARKS | frozenset("—–),")
"""What may stand after direct speech that does not end a sentence itself."""


def objects(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield ``(file:line, object)`` of every line of every ``*.jsonl`` in ``folder``, in the order of the names."""
    for path in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            yield f"{path.name}:{number}", json.loads(line)


def statement_faults(statement: dict[str, Any], text: str) -> list[str]:
    """Say what is wrong with one statement of the passage ``text``."""
    faults = [
        f"{field} is not in the text: {statement[field]!r}"
        for field in ("speaker", "cue")
        if statement[field] is not None and statement[field] not in text
    ]
    content = statement["content"]
    if not content or text.count(content) != 1:
        faults.append(f"content occurs {text.count(content) if content else 0} times, not once: {content!r}")
    elif statement["direct"]:
        start = text.index(content)
        before = text[:start].rstrip(" ")
        after = text[start + len(content) :].lstrip(" ")
        led = not before or before[-1] in LEADS or before[-1] == "\n"
        ended = not after or after[0] in TRAILS or after[0] == "\n" or content[-1] in ".?!,"
        if not (led and ended):
            faults.append(f"direct, but not set off from the rest: {content!r}")
    if statement["act"] not in ACTS:
        faults.append(f"no such act: {statement['act']}")
    if statement["due"] is not None:
        if statement["act"] not in FORETELLING:
            faults.append(f"a {statement['act']} cannot be due: {content!r}")
        try:
            start_day, end_day = (
                None if statement["due"][key] is None else date.fromisoformat(statement["due"][key])
                for key in ("start", "end")
            )
            if start_day and end_day and end_day < start_day:
                faults.append(f"due ends before it starts: {content!r}")
        except (KeyError, ValueError) as error:
            faults.append(f"bad day of {content!r}: {error}")
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
            date.fromisoformat(item["published"])
        except ValueError as error:
            faults.append(f"{place}: {error}")
        for statement in item["statements"]:
            faults += [f"{place}: {fault}" for fault in statement_faults(statement, item["text"])]
    faults += [f"id occurs {n} times: {name}" for name, n in sorted(ids.items()) if n > 1]
    faults += [f"text occurs {n} times: {text}" for text, n in sorted(texts.items()) if n > 1]
    return faults


def main() -> int:
    """Check the folder named on the command line, or the corpus beside this script."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "statements"
    faults = check(folder)
    print("\n".join(faults) if faults else f"{sum(1 for _ in objects(folder))} passages, no fault")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
