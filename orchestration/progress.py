"""Telling a waiting person how far the work is: a bar on a terminal, one line a stage elsewhere; always on stderr."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

Advance = Callable[[int, int], None]  # (done, total)


def silent(done: int, total: int) -> None:
    """For callers that nobody watches."""


@contextmanager
def stage(title: str) -> Iterator[Advance]:
    """Show that one stage of the work runs, and how long it took."""
    console = Console(stderr=True)
    started = time.monotonic()
    if not console.is_terminal:
        yield silent
    else:
        columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
        with Progress(*columns, console=console, transient=True) as bar:
            task = bar.add_task(title, total=None)
            yield lambda done, total: bar.update(task, completed=done, total=total)
    console.print(f"{title}: {time.monotonic() - started:.1f} s", highlight=False)
