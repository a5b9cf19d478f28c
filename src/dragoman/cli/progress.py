"""The progress bar that a person watches; nothing at all where nobody does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from dragoman.cli.output import error_console, say


@contextmanager
def progress(total: int | None) -> Iterator[tuple[Callable[[], None], Callable[[str], None]]]:
    """Give two functions: one to call for each input done, one to say a line without breaking the bar."""
    console = error_console()
    if not console.is_terminal:
        yield (lambda: None), say
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
    from rich.text import Text

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(elapsed_when_finished=True),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("Reading", total=total)
        yield (lambda: bar.advance(task)), (lambda line: bar.console.print(Text(line), soft_wrap=True))
