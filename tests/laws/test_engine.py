"""The laws run on our own executor of compiled SQL; here dbt itself says the same, on a file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from concepts.column_lineage import column_lineage
from concepts.generator.design import design
from tests.laws.engine import Engine, at
from tests.laws.facts import Delivery, Row
from tests.laws.library import MODEL, SOURCES, library
from tests.laws.machine import project
from tests.laws.rows import PARTITION, PARTITIONS, SEMANTICS, rows
from tests.spec.warehouse import Warehouse


def test_the_executor_of_the_laws_and_dbt_make_the_same_tables(tmp_path: Path) -> None:
    engine, warehouse = Engine(project()), Warehouse(tmp_path, MODEL, SOURCES)
    for batch in ({2: sorted(SEMANTICS)}, {6: sorted(SEMANTICS), 4: ["desk.member", "desk.phone", "web.loan"]}):
        for slot, sources in batch.items():
            for source in sources:
                engine.deliver(delivered(warehouse, source, slot))
        engine.build()
        warehouse.build()
        assert len(engine.rows("raw_vault.hub_member")) > 3  # the examples tell of something
        assert dict(content(warehouse)) == engine.content(("raw_vault", "ledger", "business_vault"))


def test_every_column_of_staging_has_its_lineage_and_no_other() -> None:
    engine = Engine(project())
    engine.build()
    built = {
        f"staging.{node.name}": {
            row[0] for row in engine.connection.execute(f"describe staging.{node.name}").fetchall()
        }
        for node in engine.nodes
        if node.schema == "staging"
    }
    told = {table: set(columns) for table, columns in column_lineage(design(*library())).items()}
    assert built == {table: columns for table, columns in told.items() if table.startswith("staging.")}
    assert len(built) > 3  # what is pending, and of each table its records and its ledger


def delivered(warehouse: Warehouse, source: str, slot: int) -> Delivery:
    """Some rows of a table, the same for the same slot, in the landing of dbt's warehouse."""
    told = drawn(source, slot)
    values = [row.values | {"is_quarantined": row.is_quarantined} for row in told]
    partition = PARTITIONS[0] if source in PARTITION else ""
    delivery = warehouse.deliver(source, at(slot).isoformat(), values, partition=partition)
    told_at = warehouse.registered
    return Delivery(delivery, source, SEMANTICS[source], at(slot), told_at, told, partition=partition)


def drawn(source: str, slot: int) -> tuple[Row, ...]:
    """The slot's example of a table's rows."""
    found: list[tuple[Row, ...]] = []
    quiet = settings(
        max_examples=8 + slot,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    quiet(given(st.data())(lambda data: found.append(data.draw(rows(source)))))()
    return found[-1]


def content(warehouse: Warehouse) -> Iterator[tuple[str, list[Any]]]:
    """The tables that dbt has made, as the executor gives its own."""
    with duckdb.connect(str(warehouse.home / "warehouse" / "vault.duckdb"), read_only=True) as connection:
        for node in project().nodes:
            if node.schema in ("raw_vault", "ledger", "business_vault") and node.materialized != "view":
                yield node.name, sorted(connection.sql(f"select * from {node.schema}.{node.name}").fetchall(), key=repr)
