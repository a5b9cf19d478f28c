"""`dragoman fetch`."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.output import say
from dragoman.cli.progress import progress, stopping

SOME_REFUSED, INTERRUPTED = 1, 130


def fetch(
    sources: Annotated[
        list[str],
        typer.Argument(metavar="SOURCE", help="Web addresses, or files of them: a line each, or GDELT's GKG."),
    ],
    output: Annotated[Path, typer.Option(help="The web archive that the pages are added to.", metavar="FILE")] = Path(
        "pages.warc.gz"
    ),
    delay: Annotated[
        float, typer.Option(min=1.0, help="Seconds between two requests to one host.", metavar="SECONDS")
    ] = 5.0,
    again: Annotated[
        bool, typer.Option("--again", help="Ask for the pages that are there whether they have changed.")
    ] = False,
) -> None:
    """Fetch pages into a web archive, politely; `read` reads it.

    The only command that uses the network, besides adding an address in the workbench. Each host's robots.txt is kept, a
    host gets one request at a time, and what the archive holds is not fetched again. Exit status: 0
    all fetched, 1 some refused.
    """
    from dragoman.run.crawl import Manners, addresses_of, crawl

    addresses = [address for source in sources for address in addresses_of(source)]
    counts: Counter[str] = Counter()
    with progress(len(set(addresses))) as (advance, tell), stopping() as stop:
        for done in crawl(addresses, output, Manners(delay=delay), again=again):
            advance()
            counts[done.kind] += 1
            if done.reason:
                tell(done.reason)
            if stop.is_set():
                break
    words = ", ".join(f"{counts[kind]} {kind}" for kind in ("fetched", "unchanged", "known", "refused") if counts[kind])
    say(f"{words or 'no address'}; {output}. To read it: dragoman read {output}")
    if stop.is_set():
        raise typer.Exit(INTERRUPTED)
    raise typer.Exit(SOME_REFUSED if counts["refused"] else 0)
