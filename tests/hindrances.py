"""What keeps a program from its files, as it really happens."""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def held_elsewhere(database: Path) -> Iterator[None]:
    """Another program has the DuckDB file open."""
    hold = f"import duckdb; held = duckdb.connect({str(database)!r}); print(flush=True); input()"
    with subprocess.Popen([sys.executable, "-c", hold], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        other.stdout.readline()
        try:
            yield
        finally:
            other.stdin.write(b"\n")


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """No file of this process may grow further: what a full disk is like, without a disk of its own."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
