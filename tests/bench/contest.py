"""One size, several contenders: what each load cost each of them, and that they agree on what the vault then holds."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench import ours
from tests.bench.contenders import SOTEVAULT, Contender, Contents
from tests.bench.measuring import Cost, OutOfMemoryError, python, run, typical

LOADS = {"first": 1, "second": 2, "the same again": 2}
ROUNDS = 5  # every contender takes its turn in each: a machine's speed drifts, no one may have the good minutes alone
MANY = 3_000_000  # rows from which on one round is enough: it takes long enough to tell


@dataclass
class Result:
    """What one contender's start-up and loads cost, the latter with their own start-up.

    Loads that it had no memory for are not there, nor those after them.
    """

    start: Cost
    loads: dict[str, Cost] = field(default_factory=dict)
    contents: dict[str, Contents] = field(default_factory=dict)
    models: dict[str, dict[str, float]] = field(default_factory=dict)  # sotevault's: seconds by load and model

    def beyond_start(self, load: str) -> Cost:
        """What a load cost without starting up."""
        return self.loads[load].beyond(self.start)


def contest(rows: int, contenders: Sequence[Contender], loads: Sequence[str] = tuple(LOADS)) -> dict[str, Result]:
    """Every contender's result, the median of the rounds; SystemExit as soon as two do not hold the same."""
    rounds: list[dict[str, Result]] = []
    with workplace() as folder:
        deliver(folder / "deliveries", rows, {LOADS[name] for name in loads})
        for _ in range(1 if rows >= MANY else ROUNDS):
            rounds.append({})
            for contender in contenders:
                rounds[-1][contender.name] = measured(contender, folder / "contender", folder / "deliveries", loads)
                agree(rounds[-1])
                shutil.rmtree(folder / "contender")
    return {contender.name: united([results[contender.name] for results in rounds]) for contender in contenders}


def deliver(folder: Path, rows: int, numbers: set[int]) -> None:
    """Write the deliveries, and the files that only show their types."""
    for number in {0, *numbers}:
        run(python("deliveries", folder, number, rows))


def measured(contender: Contender, folder: Path, deliveries: Path, loads: Sequence[str]) -> Result:
    """Set a contender up, start it, then let it load; OutOfMemoryError where that is sotevault's."""
    contender.prepare(folder)
    contender.load(folder, deliveries, 0)  # makes the empty tables; dbt reads the project for the first time
    result = Result(contender.load(folder, deliveries, 0))
    for name in loads:
        try:
            cost = contender.load(folder, deliveries, LOADS[name])
        except OutOfMemoryError:
            if contender is SOTEVAULT:
                raise
            break
        result.loads[name] = cost
        result.contents[name] = contender.contents(folder)
        if contender is SOTEVAULT:
            result.models[name] = ours.models(folder)
    return result


def united(results: Sequence[Result]) -> Result:
    """One result out of those of several rounds, of the loads that every round came to."""
    loads = {
        name: typical(result.loads[name] for result in results)
        for name in results[0].loads
        if all(name in result.loads for result in results)
    }
    last = results[-1]
    return Result(typical(result.start for result in results), loads, last.contents, last.models)


def agree(results: dict[str, Result]) -> None:
    """SystemExit unless all hold the same after every load: the cost of another vault says nothing."""
    (first, expected), *others = results.items()
    for name, result in others:
        for load, contents in result.contents.items():
            if contents != expected.contents.get(load, contents):
                raise SystemExit(
                    f"after the load '{load}' {name} holds {contents}, but {first} {expected.contents[load]}: "
                    "they did not do the same work, so their costs cannot be compared"
                )


@contextmanager
def workplace() -> Iterator[Path]:
    """A folder that is gone afterwards; TMPDIR says on which disk."""
    folder = Path(tempfile.mkdtemp(prefix="sotevault-bench-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)
