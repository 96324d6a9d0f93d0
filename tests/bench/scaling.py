"""How sotevault's cost grows with the rows: the e of cost = constant * rows ** e, by least squares of logarithms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log
from statistics import linear_regression

from tests.bench.contenders import SOTEVAULT
from tests.bench.contest import Result, contest

LOADS = ("first", "second")


def scaled(sizes: Sequence[int]) -> dict[int, Result]:
    """What the first and the second load cost at each size."""
    return {rows: contest(rows, [SOTEVAULT], LOADS)[SOTEVAULT.name] for rows in sizes}


def exponent(costs: Mapping[int, float]) -> float:
    """1.0 where twice the rows cost twice as much; `costs` is seconds by rows, at two sizes at least."""
    return linear_regression([log(rows) for rows in costs], [log(cost) for cost in costs.values()]).slope


def exponents(results: Mapping[int, Result]) -> dict[str, float]:
    """The exponent of each load's CPU seconds."""
    return {name: exponent({rows: result.beyond_start(name).cpu for rows, result in results.items()}) for name in LOADS}
