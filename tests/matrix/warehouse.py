"""The engine of the laws, with what scenarios need besides: ghosts, and a model whose version rises over data."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.laws.compiling import Node, Project, landing_schema
from tests.laws.engine import Engine
from tests.laws.facts import Delivery

# Columns and rows by the SQL that made them of nothing: planning such a query takes longer than all else about it.
_OF_NOTHING: dict[str, tuple[dict[str, str], list[tuple[Any, ...]]]] = {}


class Warehouse(Engine):
    """An empty warehouse in memory that runs only the part of a project that is asked for."""

    def __init__(self, project: Project) -> None:
        super().__init__(project)
        self.touched: set[str] = set()
        self.rising: dict[str, Node] = {}  # what the first build of another version runs
        counts = ("staged", "unknown_key", "new", "unchanged", "duplicate", "conflicting")
        words = ("delivery_id", "record_source", "target", "subject")
        columns = [*(f"'' as {word}" for word in words), *(f"cast(0 as bigint) as {count}" for count in counts)]
        self.connection.execute(f"create view ledger.nothing as select {', '.join(columns)} where 1 = 0")

    def turn_to(self, project: Project, rising: Project) -> None:
        """Another version of the model over the same data, as if it were generated anew between two builds."""
        self.project, self.nodes = project, project.nodes
        self.rising = {node.name: node for node in rising.nodes}
        for contract in project.contracts.values():
            self.connection.execute(f"create or replace temp table before as from landing.{contract.name}")
            self.connection.execute(f"drop table landing.{contract.name}")
            self._make(contract.name, landing_schema(contract))
            self.connection.execute(f"insert into landing.{contract.name} by name from temp.before")
        for node in project.nodes:
            if node.materialized == "view" and node.name in self.built:
                self.connection.execute(f"drop view if exists {node.schema}.{node.name} cascade")
            if node.materialized != "incremental":
                self.built.discard(node.name)

    def deliver(self, delivery: Delivery) -> None:
        """As the gate would."""
        self.touched.add(delivery.record_source)
        super().deliver(delivery)

    def _run(self, node: Node) -> None:
        there, rising = node.name in self.built, self.rising.pop(node.name, None)
        if not rising and node.materialized != "view" and self._is_of_a_silent_source(node.name):
            if not there:
                self._fill_with_nothing(node)
            return  # nothing ever came: it stays as it is
        if rising and there and rising.materialized == "incremental":
            # As dbt does it where new columns are to be appended.
            self.connection.execute(f"create or replace temp table fresh as {rising.later}")
            self._widen(f"{node.schema}.{node.name}", self._columns("temp.fresh"))
            rising = replace(rising, later="select * from temp.fresh")
        super()._run(rising or node)

    def _fill_with_nothing(self, node: Node) -> None:
        """What the query makes of a source that told nothing: in the vault the ghosts."""
        relation = f"{node.schema}.{node.name}"
        if node.first not in _OF_NOTHING:
            super()._run(node)
            rows = self.connection.execute(f"from {relation}").fetchall()
            assert all("ghost" in row for row in rows), f"{node.name} holds what its source never told"
            _OF_NOTHING[node.first] = self._columns(relation), rows
            return
        columns, rows = _OF_NOTHING[node.first]
        typed = ", ".join(f'"{name}" {type_}' for name, type_ in columns.items())
        self.connection.execute(f"create table {relation} ({typed})")
        if rows:
            values = ", ".join(f"({', '.join('?' * len(columns))})" for _ in rows)
            self.connection.execute(f"insert into {relation} values {values}", [value for row in rows for value in row])
        self.built.add(node.name)

    def _is_of_a_silent_source(self, name: str) -> bool:
        if name.startswith("stg_"):
            return name.removeprefix("stg_").replace("__", ".") not in self.touched
        return name.endswith(self._silent)

    @property
    def _silent(self) -> tuple[str, ...]:
        """How the names end of what is loaded from sources that told nothing."""
        return tuple(f"__{s.replace('.', '_')}" for s in self.project.contracts if s not in self.touched)

    def _widen(self, table: str, columns: dict[str, str]) -> None:
        there = self._columns(table)
        for name, type_ in columns.items():
            if name not in there:
                self.connection.execute(f'alter table {table} add column "{name}" {type_}')

    def _columns(self, table: str) -> dict[str, str]:
        return {row[0]: row[1] for row in self.connection.execute(f"describe {table}").fetchall()}

    def every_row(self, relation: str) -> list[dict[str, Any]]:
        """The rows of a table or view, ghosts too; keys as text."""
        cursor = self.connection.execute(f"select * from {relation}")
        names = [column[0] for column in cursor.description or []]
        keys = {column[0] for column in cursor.description or [] if str(column[1]) == "UUID"}
        made = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        return [{n: str(v) if n in keys and v is not None else v for n, v in row.items()} for row in made]
