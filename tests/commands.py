"""Commands as at a terminal, each in a process of its own, forked from one that has already imported their libraries.

Importing dbt and Great Expectations takes ten seconds, longer than most of what tests let them do.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
from collections.abc import Callable, Mapping
from importlib.metadata import entry_points
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

os.environ["GX_ANALYTICS_ENABLED"] = "false"  # it is read where Great Expectations is imported
_IMPORTED = multiprocessing.get_context("forkserver")  # a fork of the tests' process would inherit DuckDB's threads
_IMPORTED.set_forkserver_preload(["dbt.cli.main", "dbt.adapters.duckdb", "great_expectations"])


class Printed(NamedTuple):
    """What a process printed where answers go, and where progress and complaints go."""

    out: str
    err: str


def command(program: str, *words: str, at: Path, environment: Mapping[str, str]) -> Printed:
    """What a program of the environment printed, given the words, in the folder; it must end well."""
    return run(_program, program, *words, at=at, environment=environment)


def run(work: Callable[..., object], *words: str, at: Path, environment: Mapping[str, str]) -> Printed:
    """What the work printed, given the words, in the folder; it must end well."""
    with TemporaryDirectory() as folder:
        out, err = Path(folder, "out"), Path(folder, "err")
        process = _IMPORTED.Process(target=_begin, args=(work, words, at, dict(environment), out, err))
        process.start()
        process.join()
        printed = Printed(*(file.read_text(encoding="utf-8") if file.exists() else "" for file in (out, err)))
    assert process.exitcode == 0, "\n".join(text[-3000:] for text in printed)
    return printed


def _begin(
    work: Callable[..., object], words: tuple[str, ...], at: Path, environment: dict[str, str], out: Path, err: Path
) -> None:
    for number, file in ((1, out), (2, err)):
        os.dup2(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), number)
    gc.disable()  # a tenth of dbt's time, and the process is soon over
    os.chdir(at)
    os.environ.clear()
    os.environ.update(environment)
    work(*words)


def _program(name: str, *words: str) -> None:
    sys.argv = [name, *words]
    (script,) = entry_points(group="console_scripts", name=name)
    script.load()()
