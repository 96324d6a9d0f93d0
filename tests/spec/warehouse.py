"""A small real warehouse for tests: a model, a mapping, deliveries as tables, dbt on DuckDB."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from concepts.generator import render
from concepts.generator.design import design
from concepts.generator.drift import write
from concepts.generator.render import contracts_of
from concepts.loading import load_model, load_sources
from concepts.metamodel import ConceptModel, DataType
from concepts.sources import SourceMapping
from tests.dbt_project import DbtProject

POLARS = {
    DataType.INTEGER: pl.Int64,
    DataType.DECIMAL: pl.Decimal(18, 2),
    DataType.DATE: pl.Date,
    DataType.DATETIME: pl.Datetime("us"),
    DataType.BOOLEAN: pl.Boolean,
}
TECHNICAL = {
    "delivery_id": pl.String,
    "record_number": pl.Int64,
    "extract_datetime": pl.Datetime("us"),
    "load_datetime": pl.Datetime("us"),
    "record_source": pl.String,
    "is_quarantined": pl.Boolean,
}
REGISTRY = {
    "delivery_id": pl.String,
    "record_source": pl.String,
    "semantics": pl.String,
    "extract_datetime": pl.Datetime("us"),
    "load_datetime": pl.Datetime("us"),
    "records": pl.Int64,
    "part": pl.Int64,
    "parts": pl.Int64,
    "partition_value": pl.String,
}


class Warehouse:
    """Deliver small tables, build, and ask what the vault holds."""

    def __init__(self, folder: Path, model: dict[str, str], sources: dict[str, str]) -> None:
        self.home, self.project = folder / "home", folder / "project"
        _write_texts(folder / "model", model)
        _write_texts(folder / "sources", sources)
        concepts = load_model(folder / "model")
        mappings = load_sources(folder / "sources", concepts)
        self.contracts = {c.record_source: c for c in contracts_of(design(concepts, mappings))}
        self.registered = datetime(2025, 6, 1)
        self._begin(concepts, mappings)

    def _begin(self, model: ConceptModel, sources: tuple[SourceMapping, ...]) -> None:
        if not self.project.exists():
            write(render(model, sources, project="small", gated=True), self.project)
        self._dbt = DbtProject(self.project, self.home)
        (self.home / "warehouse").mkdir(parents=True)
        self._write("delivery", "0000000000000000", pl.DataFrame(schema=REGISTRY))
        for contract in self.contracts.values():
            self._write(contract.name, "0000000000000000", pl.DataFrame(schema=self._schema(contract.record_source)))

    def _schema(self, record_source: str) -> dict[str, Any]:
        columns = {c.name: POLARS.get(c.type, pl.String) for c in self.contracts[record_source].columns}
        return columns | TECHNICAL

    def _write(self, name: str, delivery: str, rows: pl.DataFrame) -> None:
        folder = self.home / "landing" / name
        folder.mkdir(parents=True, exist_ok=True)
        rows.write_parquet(folder / f"{delivery}.parquet")

    def deliver(
        self,
        record_source: str,
        extracted: str,
        rows: list[dict[str, Any]],
        *,
        part: int = 1,
        parts: int = 1,
        partition: str = "",
    ) -> str:
        """Register one delivery, extracted on an ISO date, as the gate would; returns its id."""
        self.registered += timedelta(minutes=1)
        contract = self.contracts[record_source]
        content = sha256(str(rows).encode()).hexdigest()[:16]
        delivery = f"{contract.name}-{extracted.replace(':', '')}-{part}-{partition}-{content}"
        times = {"extract_datetime": datetime.fromisoformat(extracted), "load_datetime": self.registered}
        told = {"delivery_id": delivery, "record_source": record_source, **times}
        filled = [
            {
                **dict.fromkeys(self._schema(record_source)),
                "is_quarantined": False,
                **row,
                **told,
                "record_number": n + 1,
            }
            for n, row in enumerate(rows)
        ]
        self._write(contract.name, delivery, pl.DataFrame(filled, schema=self._schema(record_source)))
        registry = {**told, "semantics": str(contract.semantics), "records": len(rows), "part": part, "parts": parts}
        registry |= {"partition_value": partition}
        self._write("delivery", delivery, pl.DataFrame([registry], schema=REGISTRY))
        return delivery

    def build(self) -> None:
        """Load all that was delivered; a failing model is an error."""
        self._dbt.dbt("run")

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        """The rows of a query over the vault."""
        with duckdb.connect(str(self.home / "warehouse" / "vault.duckdb"), read_only=True) as connection:
            return connection.execute(sql).fetchall()

    def history(self, table: str, key: str, *columns: str) -> list[tuple[Any, ...]]:
        """A key's versions in the order of their extract times, each with its day; ghosts left out."""
        hub = next(n for n in self._names() if n.startswith("hub_") and f"_{n[4:]}" in f"_{table}")
        concept = hub[4:]
        (key_column,) = self.ask(
            f"select column_name from duckdb_columns() where table_name = '{hub}' and column_index = 2"
        )[0]
        return self.ask(
            f"select strftime(t.extract_datetime, '%Y-%m-%d'), {', '.join(f't.{c}' for c in columns)} "
            f"from raw_vault.{table} as t join raw_vault.{hub} as h using ({concept}_hk) "
            f"where h.{key_column} = '{key}' order by t.extract_datetime"
        )

    def _names(self) -> list[str]:
        return sorted((r[0] for r in self.ask("select table_name from duckdb_tables()")), key=len, reverse=True)


def _write_texts(folder: Path, texts: dict[str, str]) -> None:
    folder.mkdir(exist_ok=True)
    for stem, text in texts.items():
        (folder / (stem if "." in stem else f"{stem}.yml")).write_text(text, encoding="utf-8")
