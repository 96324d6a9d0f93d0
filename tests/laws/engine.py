"""Runs a compiled project on DuckDB in memory as dbt runs it on a file, hundreds of deliveries a minute."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from graphlib import TopologicalSorter
from typing import Any

import duckdb
import polars as pl

from tests.laws.compiling import Node, Project, landing_schema
from tests.laws.facts import Delivery
from tests.spec.warehouse import REGISTRY

CHEAP = ("set threads = 1", "pragma disable_optimizer")  # over a few rows it costs more than it saves
VAULT = ("raw_vault", "ledger")  # what only ever grows
_TYPES = {
    pl.String: "varchar",
    pl.Int64: "bigint",
    pl.Date: "date",
    pl.Boolean: "boolean",
}


class Engine:
    """An empty warehouse in memory with the landing of a project."""

    def __init__(self, project: Project, *, turned: bool = False, timezone: str = "UTC") -> None:
        self.project, self.built, self.delivered = project, set[str](), set[str]()
        self.standing, self.prepared = set[str](), dict[str, str]()  # tables that are there; names of statements
        self.nodes = _turned(project.nodes) if turned else project.nodes
        self.connection = duckdb.connect(":memory:")
        for statement in ("attach ':memory:' as vault", "use vault", *CHEAP, f"set TimeZone = '{timezone}'"):
            self.connection.execute(statement)
        for schema in {"landing", *(node.schema for node in self.nodes)}:
            self.connection.execute(f"create schema {schema}")
        self._make("delivery", REGISTRY)
        for contract in project.contracts.values():
            self._make(contract.name, landing_schema(contract))

    def _make(self, name: str, schema: dict[str, Any]) -> None:
        columns = ", ".join(f'"{column}" {_sql_type(type_)}' for column, type_ in schema.items())
        self.connection.execute(f"create table landing.{name} ({columns})")

    def deliver(self, delivery: Delivery) -> None:
        """Put a delivery into the landing as the gate would; one that is there already is put there again."""
        contract = self.project.contracts[delivery.record_source]
        told = {
            "delivery_id": delivery.delivery_id,
            "record_source": delivery.record_source,
            "extract_datetime": delivery.extracted,
            "load_datetime": delivery.registered,
        }
        rows = [
            row.values | told | {"record_number": n, "is_quarantined": row.is_quarantined}
            for n, row in enumerate(delivery.rows, 1)
        ]
        counts = {"records": len(rows), "part": delivery.part, "parts": delivery.parts}
        registry = told | counts | {"semantics": delivery.semantics, "partition_value": delivery.partition}
        if delivery.delivery_id in self.delivered:
            for table in (contract.name, "delivery"):
                self.connection.execute(f"delete from landing.{table} where delivery_id = ?", [delivery.delivery_id])
        self.delivered.add(delivery.delivery_id)
        self.fill(contract.name, landing_schema(contract), rows)
        self.fill("delivery", REGISTRY, [registry])

    def fill(self, table: str, schema: dict[str, Any], rows: list[dict[str, Any]]) -> None:
        """More rows for a table of the landing; what a row does not name is NULL."""
        if rows:
            values = ", ".join(f"({', '.join('?' * len(schema))})" for _ in rows)
            flat = [row.get(name) for row in rows for name in schema]
            self.connection.execute(f"insert into landing.{table} values {values}", flat)

    def build(self, crash_after: int | None = None) -> None:
        """Run every model once, in dbt's order; with crash_after only so many, as if the process were killed there."""
        for number, node in enumerate(self.nodes):
            if number == crash_after:
                return
            self._run(node)

    def _run(self, node: Node) -> None:
        relation, there = f"{node.schema}.{node.name}", node.name in self.built
        if node.materialized == "incremental" and there:
            self._append(relation, node.later)
        elif node.name == "pending_delivery":  # its form follows the ledger, not itself
            sql = node.later if "load_ledger" in self.built else node.first
            self._replace(relation, sql)
        elif node.materialized != "view":
            self._replace(relation, node.first)
        elif not there:
            self.connection.execute(f"create or replace view {relation} as {node.first}")
        self.built.add(node.name)

    def _replace(self, relation: str, sql: str) -> None:
        """A table is emptied rather than made anew: a new one would make every prepared statement void."""
        if relation in self.standing:
            self.say(f"delete from {relation}")
            self._append(relation, sql)
        else:
            self.connection.execute(f"create or replace table {relation} as {sql}")
            self.standing.add(relation)

    def _append(self, relation: str, sql: str) -> None:
        self.say(f"insert into {relation} by name select * from (\n{sql}\n)")

    def say(self, sql: str) -> duckdb.DuckDBPyConnection:
        """What a statement that comes again answers; it is prepared, since planning it takes longer than a few rows."""
        if sql not in self.prepared:
            self.prepared[sql] = f"statement_{len(self.prepared)}"
            self.connection.execute(f"prepare {self.prepared[sql]} as {sql}")
        return self.connection.execute(f"execute {self.prepared[sql]}")

    def rows(self, table: str) -> list[dict[str, Any]]:
        """The rows of a table or view, ghosts left out; keys as text."""
        return [row for row in self.every_row(table) if row.get("record_source") != "ghost"]

    def every_row(self, table: str) -> list[dict[str, Any]]:
        """The same with ghosts."""
        return rows_of(self.say(f"select * from {table}"))

    def content(self, schemas: Iterable[str] = VAULT) -> dict[str, list[tuple[Any, ...]]]:
        """Every stored table of the schemas as sorted rows, load times and all."""
        return {
            node.name: sorted(self.connection.execute(f"select * from {node.schema}.{node.name}").fetchall(), key=repr)
            for node in self.project.nodes
            if node.schema in schemas and node.materialized != "view" and node.name in self.built
        }

    def close(self) -> None:
        """Give the memory back."""
        self.connection.close()


def rows_of(cursor: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """What a query answered, each row by column; keys as text."""
    names = [column[0] for column in cursor.description or []]
    kinds = [str(column[1]) for column in cursor.description or []]
    return [
        {n: str(v) if k == "UUID" and v is not None else v for n, k, v in zip(names, kinds, row, strict=True)}
        for row in cursor.fetchall()
    ]


def _turned(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """Another order that dbt could take: what can run at the same time, the other way round."""
    sorter = TopologicalSorter({node.name: node.parents for node in nodes})
    sorter.prepare()
    names: list[str] = []
    while sorter.is_active():
        ready = sorted(sorter.get_ready(), reverse=True)
        names += ready
        sorter.done(*ready)
    by_name = {node.name: node for node in nodes}
    return tuple(by_name[name] for name in names)


def _sql_type(type_: Any) -> str:
    if isinstance(type_, pl.Datetime):
        return "timestamp"
    return "decimal(18, 2)" if isinstance(type_, pl.Decimal) else _TYPES[type_]


def at(slot: int) -> datetime:
    """The extract time of a slot: seven hours apart, over the end of a month."""
    day, hour = divmod(slot * 7, 24)
    return datetime(2025, 1, 29 + day, hour) if day < 3 else datetime(2025, 2, day - 2, hour)
