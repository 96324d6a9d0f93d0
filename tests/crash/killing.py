"""Builds in forked processes that die by SIGKILL: between two nodes, at a step of the state file, or at any moment.

The parent has imported dbt but never opens DuckDB, whose threads a fork would not take along.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import dbt.adapters.duckdb
import dbt.cli.main  # noqa: F401  here, so that no child has to

import expectations.at_landing  # noqa: F401
from orchestration import cli, steps
from orchestration.settings import read_settings
from tests.flow.county import MODELS_ONLY, environment

STATE_FILE = ("open", "os.rename")  # of ledger/build.json: about to be written, about to be put in place


def die() -> None:
    """What kill -9 does."""
    os.kill(os.getpid(), signal.SIGKILL)


def forked(work: Callable[[], object], home: Path, **settings: str) -> int:
    """The id of a new process that does the work with the home's environment; it prints into a file beside the home."""
    child = os.fork()
    if child:
        return child
    code = 70
    try:
        out = os.open(home.with_name(f"{home.name}.txt"), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        os.dup2(out, 1)
        os.dup2(out, 2)
        os.environ.clear()
        os.environ.update(environment(home, **settings))
        work()
        code = 0
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    finally:
        os._exit(code)


def ended(child: int) -> int:
    """The exit code of a process, negative if a signal ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def command() -> None:
    """`sotevault build`, as at a terminal."""
    sys.argv = ["sotevault", "build"]
    cli.main()


def build() -> None:
    """What the command does after it has looked at the deliveries."""
    steps.build(read_settings())


def rebuild(home: Path, work: Callable[[], object], **settings: str) -> int:
    """The exit code of a build that nobody disturbs."""
    return ended(forked(work, home, **settings))


def measured(home: Path) -> tuple[int, float]:
    """How many nodes an undisturbed build starts, one after another, and its CPU seconds."""
    told = home.with_name(f"{home.name}.nodes")

    def count() -> None:
        with told.open("w") as stream:
            steps.build(read_settings(), lambda done, total: stream.write("\n") and None)

    used = cpu_of(home, count, **MODELS_ONLY)
    return len(told.read_text().splitlines()), used


def killed_before_node(home: Path, number: int) -> int:
    """The exit code of a build that dies when all nodes before the numbered one are done and it has not begun."""
    left = [number]

    def advance(done: int, total: int) -> None:
        left[0] -= 1
        if left[0] == 0:
            die()

    return ended(forked(lambda: steps.build(read_settings(), advance), home, **MODELS_ONLY))


def killed_at_state_file(home: Path, event: str) -> int:
    """The exit code of a build that dies when every node is done, at one step of telling so."""

    def watch(name: str, given: tuple[object, ...]) -> None:
        if name == event and str(given[0]).endswith("/.build.json.new"):
            die()

    def work() -> None:
        sys.addaudithook(watch)
        build()

    return ended(forked(work, home, **MODELS_ONLY))


def cpu_seconds(child: int) -> float:
    """What a process of ours has used so far: a moment of its work, whatever else the machine does."""
    return time.clock_gettime((~child << 3) | 2)  # Linux: clock_getcpuclockid


def killed_at_moment(home: Path, work: Callable[[], object], cpu: float, pause: float, **settings: str) -> int:
    """The exit code of a build that is killed once it has used so much CPU, and then waits: maybe for a disk."""
    child = forked(work, home, **settings)
    while cpu_seconds(child) < cpu and not os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT):
        time.sleep(0.002)
    time.sleep(pause)
    os.kill(child, signal.SIGKILL)
    return ended(child)


def cpu_of(home: Path, work: Callable[[], object], **settings: str) -> float:
    """The CPU seconds of a build that nobody disturbs."""
    _, status, usage = os.wait4(forked(work, home, **settings), 0)
    assert os.waitstatus_to_exitcode(status) == 0
    return usage.ru_utime + usage.ru_stime
