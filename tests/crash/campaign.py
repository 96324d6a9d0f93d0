"""One kill, one rerun and one comparison make a trial; a campaign is many of them over both builds."""

from __future__ import annotations

import gc
import random
import signal
from collections.abc import Callable, Iterator
from multiprocessing import Queue, get_context
from pathlib import Path
from typing import NamedTuple

from tests.crash import killing
from tests.crash.homes import Base, Difference, Rows, compare, files, restore, rows
from tests.crash.killing import MODELS_ONLY

WAL = "warehouse/vault.duckdb.wal"
AT_A_TIME = 2


class Moment(NamedTuple):
    """When a build dies: before a node, at a step of the state file, or at a CPU second of the whole command."""

    kind: str  # boundary, state, moment
    at: int | str | float
    pause: float = 0.0


class Trial(NamedTuple):
    """What became of a home after kill and rerun."""

    title: str
    moment: Moment
    was_killed: bool
    left_wal: bool
    exit_code: int
    leftover: tuple[str, ...]  # files that an undisturbed build does not leave
    difference: Difference

    @property
    def survived(self) -> bool:
        """Whether there was a kill and nothing shows it."""
        return self.was_killed and self.exit_code == 0 and not self.leftover and not self.difference.tables


def kill(home: Path, moment: Moment) -> int:
    """The exit code of a build of the home that dies at the moment."""
    if moment.kind == "boundary":
        return killing.killed_before_node(home, int(moment.at))
    if moment.kind == "state":
        return killing.killed_at_state_file(home, str(moment.at))
    return killing.killed_at_moment(home, killing.command, float(moment.at), moment.pause)


def trial(base: Base, expected: Rows, moment: Moment, place: Path) -> Trial:
    """Kill a build of the base, build again to the end, compare; a home that did not survive stays in ``place``."""
    whole = moment.kind == "moment"  # of the command as it is, tests and all; the first time with nothing parsed
    home = restore(base, place / ("command" if whole else "models") / "home", parsed=not (whole and base.is_first))
    while (code := kill(home, moment)) == 0 and whole:  # it was done by then, so nothing was killed
        home, moment = restore(base, home), moment._replace(at=round(float(moment.at) / 2, 3))
    left_wal = (home / WAL).is_file()
    again = killing.rebuild(home, killing.command) if whole else killing.rebuild(home, killing.build, **MODELS_ONLY)
    leftover = tuple(sorted(files(home) ^ base.files))
    difference = compare(expected, rows(home)) if again == 0 else Difference(("not built",), 0, 0)
    done = Trial(base.title, moment, code == -signal.SIGKILL, left_wal, again, leftover, difference)
    if not done.survived:
        home.rename(place / f"{moment.kind}_{moment.at}")
    return done


def campaign(bases: tuple[Base, ...], moments: int, every: int, seed: int, place: Path) -> Iterator[Trial]:
    """The trials of every n-th boundary and of random moments, shared among the bases; two at a time."""
    gc.disable()  # a tenth of dbt's time; the children live for seconds
    processes, free = get_context("fork"), Queue()
    for number in range(AT_A_TIME):
        free.put(place / f"place_{number}")
    # A trial opens DuckDB at its end, so each gets a process of its own.
    with processes.Pool(AT_A_TIME, initializer=_share, initargs=(free,), maxtasksperchild=1) as pool:
        for number, base in enumerate(bases):
            expected = pool.apply(rows, (base.built,))
            drawn = pool.apply(_moments, (base, moments // len(bases), every, f"{seed}/{number}"))
            yield from pool.imap_unordered(_trial, [(base, expected, moment) for moment in drawn])


def _share(free: Queue[Path]) -> None:
    global _free
    _free = free


def _trial(given: tuple[Base, Rows, Moment]) -> Trial:
    place = _free.get()
    try:
        return trial(*given, place)
    finally:
        _free.put(place)


def _moments(base: Base, moments: int, every: int, seed: str) -> list[Moment]:
    place, chance = _free.get(), random.Random(seed)
    nodes, _ = killing.measured(restore(base, place / "models/home"))
    cpu = 0.0
    if moments:
        home = restore(base, place / "command/home", parsed=not base.is_first)
        cpu = killing.cpu_of(home, killing.command)
    _free.put(place)
    found = [Moment("boundary", number) for number in range(1 + chance.randrange(every), nodes + 1, every)]
    found += [Moment("state", event) for event in killing.STATE_FILE]
    found += [Moment("moment", round(chance.uniform(0, cpu), 3), chance.uniform(0, 0.05)) for _ in range(moments)]
    chance.shuffle(found)  # so that a campaign cut short has seen some of each
    return found


def table(trials: list[Trial]) -> str:
    """What a campaign found, a line for each build and kind of moment."""
    lines = ["build              killed at    tried  killed  wal left  survived  rows lost  rows doubled"]
    for title, kind in sorted({(one.title, one.moment.kind) for one in trials}):
        some = [one for one in trials if (one.title, one.moment.kind) == (title, kind)]
        counts: list[Callable[[Trial], int]] = [
            lambda one: 1,
            lambda one: one.was_killed,
            lambda one: one.left_wal,
            lambda one: one.survived,
            lambda one: one.difference.lost,
            lambda one: one.difference.doubled,
        ]
        tried, killed, wal, survived, lost, doubled = (sum(map(count, some)) for count in counts)
        lines.append(f"{title:<18} {kind:<10} {tried:>7} {killed:>7} {wal:>9} {survived:>9} {lost:>10} {doubled:>13}")
    return "\n".join(lines)
