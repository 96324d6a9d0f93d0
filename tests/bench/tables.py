"""The results as a reader sees them."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping
from importlib.metadata import version

from rich.table import Table

from tests.bench.contenders import SOTEVAULT
from tests.bench.contest import Result
from tests.bench.measuring import GIB, Cost, memory_limit, threads
from tests.bench.scaling import LOADS, exponents


def machine() -> str:
    """What the figures were measured on."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / GIB
    versions = ", ".join(f"{name} {version(name)}" for name in ("duckdb", "dbt-core", "dbt-duckdb"))
    return (
        f"{os.cpu_count()} cores, {memory:.0f} GiB; Python {platform.python_version()}, {versions}; "
        f"each engine {threads()} threads, {memory_limit()}; load average before the first run {os.getloadavg()[0]:.1f}"
    )


def contest_table(rows: int, results: Mapping[str, Result]) -> Table:
    """CPU, wall and memory of every load and contender, and sotevault's CPU as a multiple of theirs."""
    table = Table(
        title=f"{rows:,} rows a delivery; CPU and wall of loads beyond start-up, median of the rounds; peak GiB"
    )
    table.add_column("load")
    table.add_column("contender", no_wrap=True, min_width=18)
    for heading in ("CPU s", "wall s", "GiB", "our CPU\nto theirs"):
        table.add_column(heading, justify="right")
    for name, result in results.items():
        table.add_row("start-up", name, *figures(result.start))
    for load in furthest(results).loads:
        table.add_section()
        for name, result in results.items():
            done = load in result.loads
            told = (*figures(result.beyond_start(load)), ratio(results, name, load)) if done else ("out of memory",)
            table.add_row(load, name, *told)
    return table


def furthest(results: Mapping[str, Result]) -> Result:
    """The contender that had memory for the most loads."""
    return max(results.values(), key=lambda result: len(result.loads))


def figures(cost: Cost) -> tuple[str, str, str]:
    """CPU, wall, memory."""
    return f"{cost.cpu:.1f}", f"{cost.wall:.1f}", f"{cost.peak:.2f}"


def ratio(results: Mapping[str, Result], other: str, load: str) -> str:
    """Our CPU seconds for each of theirs."""
    theirs = results[other].beyond_start(load).cpu
    if other == SOTEVAULT.name or SOTEVAULT.name not in results or not theirs:
        return ""
    return f"{results[SOTEVAULT.name].beyond_start(load).cpu / theirs:.2f}"


def contents_line(results: Mapping[str, Result]) -> str:
    """What all of them hold that came to the end."""
    last = list(furthest(results).contents.values())[-1]
    return "all hold the same in the end: " + ", ".join(f"{name} {rows:,}" for name, (rows, _) in last.items())


def models_table(result: Result) -> Table:
    """Wall seconds of sotevault's models in each load."""
    table = Table("model", *result.models, title="sotevault by model, wall s")
    for name in next(iter(result.models.values())):
        table.add_row(name, *(f"{times.get(name, 0):.2f}" for times in result.models.values()))
    return table


def scale_table(results: Mapping[int, Result]) -> Table:
    """Cost by load and size, and how it grows."""
    table = Table(title="sotevault by size; CPU and wall of loads beyond start-up, peak GiB")
    table.add_column("load")
    for heading in ("rows", "CPU s", "CPU µs a row", "wall s", "GiB"):
        table.add_column(heading, justify="right")
    grown = exponents(results) if len(results) > 1 else {}
    for load in LOADS:
        for rows, result in results.items():
            cost = result.beyond_start(load)
            cpu, wall, peak = figures(cost)
            table.add_row(load, f"{rows:,}", cpu, f"{cost.cpu / rows * 1e6:.2f}", wall, peak)
        if grown:
            table.add_row(load, "exponent", f"{grown[load]:.2f}")
        table.add_section()
    return table
