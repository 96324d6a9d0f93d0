"""How the engine means to run the vault's statements: what compares every row with every other one never ends."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import polars as pl

from concepts.contract import Contract
from tests.laws.compiling import landing_schema
from tests.laws.engine import Engine
from tests.laws.facts import Delivery, Row
from tests.matrix.kitchen import SEMANTICS, project

VALUES: dict[Any, Any] = {
    pl.String: "a",
    pl.Int64: 1,
    pl.Boolean: True,
    pl.Date: date(2025, 1, 1),
    pl.Datetime: datetime(2025, 1, 1),
    pl.Decimal: Decimal(1),
}


def test_no_statement_compares_every_row_with_every_other_one() -> None:
    """But bridges, which are asked by day: there, each version meets the days from its own on."""
    library = Engine(project())
    for day in (1, 2):
        for contract in project().contracts.values():
            library.deliver(_delivery(contract, day))
        library.build()
    library.connection.execute("pragma enable_optimizer")
    slow = {
        node.name
        for node in project().nodes
        for sql in {node.first, node.later}
        if any(_compares_all(step) for step in _steps(library, sql))
    }
    assert {name for name in slow if not name.startswith("bridge_")} == set()


def _delivery(contract: Contract, day: int) -> Delivery:
    """A record of the day, the same in each system."""
    record = {column.name: VALUES[landing_schema(contract)[column.name].base_type()] for column in contract.columns}
    semantics = SEMANTICS.get(contract.record_source.split(".")[0], "full")
    number = f"{contract.name}_{day}"
    return Delivery(
        number, contract.record_source, semantics, datetime(2025, 1, day), datetime(2025, 2, day), (Row(record),)
    )


def _steps(library: Engine, sql: str) -> Iterator[dict[str, Any]]:
    """The steps of the engine's plan for a statement."""
    row = library.connection.execute(f"explain (format json) {sql}").fetchone()
    assert row is not None
    waiting = json.loads(row[1])
    while waiting:
        step = waiting.pop()
        waiting += step["children"]
        yield step


def _compares_all(step: dict[str, Any]) -> bool:
    """One value that a query gives is compared with every row, and may be."""
    is_one_value = "SUBQUERY" in str(step["extra_info"])
    return step["name"].strip() in ("BLOCKWISE_NL_JOIN", "NESTED_LOOP_JOIN") and not is_one_value
