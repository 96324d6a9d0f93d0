"""The warehouse of a scenario as dbt itself builds and tests it, from files on disk; slow, so for a few scenarios."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from concepts.generator import render
from concepts.generator.drift import write
from tests.dbt_project import DbtProject
from tests.laws.compiling import Project, landing_schema
from tests.laws.engine import rows_of
from tests.laws.facts import Delivery
from tests.matrix.kitchen import model_and_sources
from tests.spec.warehouse import REGISTRY


class DbtWarehouse:
    """The same deliveries and questions as of a warehouse in memory."""

    def __init__(self, project: Project, folder: Path, tables: Iterable[str]) -> None:
        self.home, self.folder, self.tables = folder / "home", folder / "project", set(tables)
        (self.home / "warehouse").mkdir(parents=True)
        self._write("delivery", "0", pl.DataFrame(schema=REGISTRY))
        self._generate(project, 1)

    def turn_to(self, project: Project, _: Project) -> None:
        """Another version of the model over the same data."""
        self._generate(project, 2)

    def _generate(self, project: Project, version: int) -> None:
        model, sources = model_and_sources(version)
        kept = tuple(
            source.model_copy(update={"tables": tables})
            for source in sources
            if (tables := {n: t for n, t in source.tables.items() if f"{source.source}.{n}" in self.tables})
        )
        files = render(model, kept, project="matrix", gated=True)
        self._dbt = DbtProject(self.folder, self.home)
        write(files, self.folder, shared=True)
        names = {Path(path).stem for path in files if path.startswith("models/")}
        self.project = Project(tuple(n for n in project.nodes if n.name in names), project.contracts, model)
        self.built = {node.name for node in self.project.nodes}
        for name in self.tables:
            contract = project.contracts[name]
            self._write(contract.name, "0", pl.DataFrame(schema=landing_schema(contract)))

    def _write(self, name: str, delivery: str, rows: pl.DataFrame) -> None:
        folder = self.home / "landing" / name
        folder.mkdir(parents=True, exist_ok=True)
        rows.write_parquet(folder / f"{delivery}.parquet")

    def deliver(self, delivery: Delivery) -> None:
        """As the gate would."""
        contract = self.project.contracts[delivery.record_source]
        told = {
            "delivery_id": delivery.delivery_id,
            "record_source": delivery.record_source,
            "extract_datetime": delivery.extracted,
            "load_datetime": delivery.registered,
        }
        schema = landing_schema(contract)
        rows = [
            {**dict.fromkeys(schema), **row.values, **told, "record_number": n, "is_quarantined": row.is_quarantined}
            for n, row in enumerate(delivery.rows, 1)
        ]
        self._write(contract.name, delivery.delivery_id, pl.DataFrame(rows, schema=schema))
        counts = {"records": len(rows), "part": delivery.part, "parts": delivery.parts}
        registry = told | counts | {"semantics": delivery.semantics, "partition_value": delivery.partition}
        self._write("delivery", delivery.delivery_id, pl.DataFrame([registry], schema=REGISTRY))

    def build(self) -> None:
        """Every model."""
        self._dbt.dbt("run")

    def test(self) -> None:
        """Every test that was generated with the models."""
        self._dbt.dbt("test")

    def rows(self, relation: str) -> list[dict[str, Any]]:
        """The rows of a table or view, ghosts left out; keys as text."""
        return [row for row in self.every_row(relation) if row.get("record_source") != "ghost"]

    def every_row(self, relation: str) -> list[dict[str, Any]]:
        """The same with ghosts."""
        with duckdb.connect(str(self.home / "warehouse" / "vault.duckdb"), read_only=True) as connection:
            return rows_of(connection.execute(f"select * from {relation}"))

    def close(self) -> None:
        """Nothing stays open."""
