"""`make bench` and `make bench-scale`: what loading costs, on this machine, beside two other ways to do it."""

from __future__ import annotations

import argparse
import json
import os
from dataclasses import asdict
from pathlib import Path

from rich.console import Console

from tests.bench import tables
from tests.bench.contenders import BY_HAND, BY_HAND_WITH_OUR_KEYS, RIVAL, RIVAL_IS_HERE, SOTEVAULT
from tests.bench.contest import contest
from tests.bench.modelling import modelled
from tests.bench.scaling import exponents, scaled

CONTENDERS = {contender.name: contender for contender in (SOTEVAULT, RIVAL, BY_HAND, BY_HAND_WITH_OUR_KEYS)}
MANY = 30_000_000  # rows beyond which the usual 4 GB are too few for the engines


def main() -> None:
    """Print the tables; exit code 1 where two contenders disagree."""
    told = arguments()
    if max(told.scale or [told.rows]) > MANY:
        os.environ.setdefault("SOTEVAULT_MEMORY", "16GB")
    console = Console(highlight=False)
    found: dict[str, object] = {"machine": tables.machine()}
    console.print(found["machine"])
    if told.scale:
        found |= scale(console, told.scale)
    else:
        found |= compare(console, told.rows, told.only, models=told.models)
    if told.json:
        told.json.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")


def arguments() -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000, help="rows of each delivery")
    parser.add_argument("--only", nargs="+", choices=CONTENDERS, default=list(CONTENDERS), help="these contenders")
    parser.add_argument("--models", action="store_true", help="tell sotevault's time by model, too")
    parser.add_argument("--scale", nargs="+", type=int, metavar="ROWS", help="sotevault alone, at these sizes")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there, too")
    return parser.parse_args()


def compare(console: Console, rows: int, names: list[str], *, models: bool) -> dict[str, object]:
    """All contenders at one size, and what our own model costs before that."""
    if RIVAL.name in names and not RIVAL_IS_HERE:
        raise SystemExit(f"{RIVAL.name} is not installed: pip install '.[bench]', or --only the others")
    own = modelled()
    console.print(
        f"generating our model: {own['generate'].wall:.2f} s ({own['generate'].cpu:.2f} CPU s); "
        f"parsing it with dbt: {own['parse'].wall:.1f} s ({own['parse'].cpu:.1f} CPU s), beyond start-up"
    )
    results = contest(rows, [CONTENDERS[name] for name in names])
    console.print(tables.contest_table(rows, results))
    console.print(tables.contents_line(results))
    if models and SOTEVAULT.name in results:
        console.print(tables.models_table(results[SOTEVAULT.name]))
    return {
        "model": {name: asdict(cost) for name, cost in own.items()},
        "rows": rows,
        "contenders": {name: asdict(result) for name, result in results.items()},
    }


def scale(console: Console, sizes: list[int]) -> dict[str, object]:
    """sotevault at several sizes."""
    results = scaled(sizes)
    console.print(tables.scale_table(results))
    return {
        "scale": {rows: asdict(result) for rows, result in results.items()},
        "exponents": exponents(results) if len(results) > 1 else {},
    }


if __name__ == "__main__":
    main()
