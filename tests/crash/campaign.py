"""A home is killed some times in a row, then built to the end and compared: a trial; many of them are a campaign."""

from __future__ import annotations

import gc
import random
import signal
from collections.abc import Callable, Iterator
from multiprocessing import Queue, get_context
from pathlib import Path
from typing import NamedTuple

from tests.crash import killing
from tests.crash.homes import Base, Difference, compare, files, restore, rows
from tests.flow.county import MODELS_ONLY

WAL = "warehouse/vault.duckdb.wal"
AT_A_TIME = 2


class Moment(NamedTuple):
    """When a build dies: before a node, at a step of the state file, or at a CPU second of models or command."""

    kind: str  # boundary, state, models, command
    at: int | str | float
    pause: float = 0.0

    def earlier(self) -> Moment:
        """A tenth of the CPU seconds earlier; what is no CPU second stays."""
        return self._replace(at=round(0.9 * self.at, 3)) if isinstance(self.at, float) else self


class Kill(NamedTuple):
    """What a moment did to a home."""

    moment: Moment
    exit_code: int
    left_wal: bool


class Trial(NamedTuple):
    """What became of a home after its kills and a build to the end.

    Where each kill comes before a later node than the last one, each finds what it would find as the only one.
    """

    title: str
    kills: tuple[Kill, ...]
    exit_code: int
    leftover: tuple[str, ...]  # files that an undisturbed build does not leave
    difference: Difference

    @property
    def kind(self) -> str:
        """The kind of its first kill; in a campaign of all of them."""
        return self.kills[0].moment.kind

    @property
    def killed(self) -> int:
        """How many builds died."""
        return sum(kill.exit_code == -signal.SIGKILL for kill in self.kills)

    @property
    def survived(self) -> bool:
        """Whether all kills killed and nothing shows them."""
        untouched = self.exit_code == 0 and not self.leftover and not self.difference.tables
        return untouched and self.killed == len(self.kills)


def kill(home: Path, moment: Moment) -> Kill:
    """A build of the home that dies at the moment, or was done by then."""
    if moment.kind == "boundary":
        code = killing.killed_before_node(home, int(moment.at))
    elif moment.kind == "state":
        code = killing.killed_at_state_file(home, str(moment.at))
    elif moment.kind == "models":
        code = killing.killed_at_moment(home, killing.build, float(moment.at), moment.pause, **MODELS_ONLY)
    else:
        code = killing.killed_at_moment(home, killing.command, float(moment.at), moment.pause)
    return Kill(moment, code, (home / WAL).is_file())


def trial(base: Base, moments: tuple[Moment, ...], place: Path) -> Trial:
    """Kill builds of the base, build to the end, compare; a home that did not survive stays in ``place``.

    Where a build was done before its CPU second, that one comes earlier and all begins anew.
    """
    whole = moments[0].kind == "command"  # as it is, tests and all; the first time with nothing parsed
    home = restore(base, place / ("command" if whole else "models") / "home", parsed=not (whole and base.is_first))
    kills = tuple(kill(home, moment) for moment in moments)
    in_time = tuple(one.moment.earlier() if one.exit_code == 0 else one.moment for one in kills)
    if in_time != moments:
        return trial(base, in_time, place)
    again = killing.rebuild(home, killing.command) if whole else killing.rebuild(home, killing.build, **MODELS_ONLY)
    leftover = tuple(sorted(files(home) ^ base.files))
    difference = compare(rows(base.built), rows(home)) if again == 0 else Difference(("not built",), 0, 0)
    done = Trial(base.title, kills, again, leftover, difference)
    if not done.survived:
        home.rename(place / f"{moments[0].kind}_{moments[0].at}")
    return done


class Extent(NamedTuple):
    """How much a campaign does."""

    moments: int  # random ones, shared among the bases
    every: int  # only every n-th boundary
    kills: int  # of one home, at most
    seed: int


def campaign(bases: tuple[Base, ...], extent: Extent, place: Path) -> Iterator[Trial]:
    """The trials of both builds, two at a time."""
    gc.disable()  # a tenth of dbt's time; the children live for seconds
    processes, free = get_context("fork"), Queue()
    for number in range(AT_A_TIME):
        free.put(place / f"place_{number}")
    # A trial opens DuckDB at its end, so each gets a process of its own.
    with processes.Pool(AT_A_TIME, initializer=_share, initargs=(free,), maxtasksperchild=1) as pool:
        for number, base in enumerate(bases):
            each = extent._replace(moments=extent.moments // len(bases))
            drawn = pool.apply(_drawn, (base, each, random.Random(f"{extent.seed}/{number}")))
            yield from pool.imap_unordered(_trial, [(base, moments) for moments in drawn])


def _share(free: Queue[Path]) -> None:
    global _free
    _free = free


def _trial(given: tuple[Base, tuple[Moment, ...]]) -> Trial:
    place = _free.get()
    try:
        return trial(*given, place)
    finally:
        _free.put(place)


def _drawn(base: Base, extent: Extent, chance: random.Random) -> list[tuple[Moment, ...]]:
    place = _free.get()
    nodes, _ = killing.measured(restore(base, place / "models/home"))
    cpu = 0.0
    if extent.moments:
        home = restore(base, place / "command/home", parsed=not base.is_first)
        cpu = killing.cpu_of(home, killing.command)
    _free.put(place)
    ats = sorted(round(chance.uniform(0, cpu), 3) for _ in range(extent.moments))
    kinds = (
        [Moment("boundary", number) for number in range(1 + chance.randrange(extent.every), nodes + 1, extent.every)],
        [Moment("state", event) for event in killing.STATE_FILE],
        [Moment("command", at, chance.uniform(0, 0.05)) for at in ats],
    )
    trials = [moments for kind in kinds for moments in in_turn(kind, extent.kills)]
    chance.shuffle(trials)  # so that a campaign cut short has seen some of each
    return trials


def in_turn(moments: list[Moment], kills: int) -> list[tuple[Moment, ...]]:
    """The moments shared among as few homes as there must be, each home's from early to late."""
    homes = -(-len(moments) // kills)
    return [tuple(moments[home::homes]) for home in range(homes)]


def table(trials: list[Trial]) -> str:
    """What a campaign found, a line for each build and kind of moment."""
    lines = ["build              killed at    tried  killed  wal left  survived  homes  rows lost  rows doubled"]
    for title, kind in sorted({(one.title, one.kind) for one in trials}):
        some = [one for one in trials if (one.title, one.kind) == (title, kind)]
        counts: list[Callable[[Trial], int]] = [
            lambda one: len(one.kills),
            lambda one: one.killed,
            lambda one: sum(kill.left_wal for kill in one.kills),
            lambda one: len(one.kills) * one.survived,
            lambda one: 1,
            lambda one: one.difference.lost,
            lambda one: one.difference.doubled,
        ]
        tried, killed, wal, survived, homes, lost, doubled = (sum(map(count, some)) for count in counts)
        lines.append(
            f"{title:<18} {kind:<10} {tried:>7} {killed:>7} {wal:>9} {survived:>9} {homes:>6} {lost:>10} {doubled:>13}"
        )
    return "\n".join(lines)
