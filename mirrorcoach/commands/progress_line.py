"""A line for whoever waits, while something takes long."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def progress_line(name: str) -> Iterator[Callable[[str], None]]:
    """On a terminal, a line that goes away at the end; elsewhere nothing.

    Parameters
    ----------
    name : str
        What it is about, such as a file.

    Yields
    ------
    callable
        To be told how far it is.
    """
    if not sys.stderr.isatty():
        yield lambda how_far: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    with Progress(*columns, console=Console(file=sys.stderr), transient=True) as bar:
        task = bar.add_task(f"{name}: getting ready")
        yield lambda how_far: bar.update(task, description=f"{name}: {how_far}")
