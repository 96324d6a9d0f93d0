"""The engine of the laws, with what scenarios need besides: a model whose version rises over data."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from tests.laws.compiling import Node, Project, landing_schema
from tests.laws.engine import Engine
from tests.laws.facts import Delivery
from tests.matrix.kitchen import project


@cache
def _empty() -> Engine:
    """The whole kitchen sink built before any delivery came; each scenario begins here, and takes back what it did."""
    engine = Engine(project(1))
    engine.build()
    for node in engine.nodes:
        if node.materialized == "incremental":
            assert not engine.rows(f"{node.schema}.{node.name}"), f"{node.name} holds what no source told"
    counts = ("staged", "unknown_key", "new", "unchanged", "duplicate", "conflicting")
    words = ("delivery_id", "record_source", "target", "subject")
    columns = [*(f"'' as {word}" for word in words), *(f"cast(0 as bigint) as {count}" for count in counts)]
    engine.connection.execute(f"create view ledger.nothing as select {', '.join(columns)} where 1 = 0")
    return engine


class Warehouse(Engine):
    """A warehouse in memory over which nothing has been built, that runs only the part of a project it is asked for."""

    def __init__(self, part: Project) -> None:
        self.project, self.nodes = part, part.nodes
        self.built, self.delivered, self.touched = set[str](), set[str](), set[str]()
        self.rising: dict[str, Node] = {}  # what the first build of another version runs
        self.connection, self.prepared = _empty().connection, _empty().prepared
        self.standing = {*_empty().standing}
        self.said = {node.name: node.first for node in _empty().nodes}
        self.moved = set[str]()  # what is no more as it was before any delivery
        self.connection.execute("begin")

    def close(self) -> None:
        """As if nothing had come."""
        self.connection.execute("rollback")

    def turn_to(self, part: Project, rising: Project) -> None:
        """Another version of the model over the same data, as if it were generated anew between two builds."""
        self.project, self.nodes = part, part.nodes
        self.rising = {node.name: node for node in rising.nodes}
        self.standing.clear()  # tables of this version have more columns
        for contract in part.contracts.values():
            self.connection.execute(f"create or replace temp table before as from landing.{contract.name}")
            self.connection.execute(f"drop table landing.{contract.name}")
            self._make(contract.name, landing_schema(contract))
            self.connection.execute(f"insert into landing.{contract.name} by name from temp.before")
        for node in part.nodes:
            if node.materialized == "view":
                self.connection.execute(f"drop view if exists {node.schema}.{node.name} cascade")
                self.said.pop(node.name, None)
            if node.materialized != "incremental":
                self.built.discard(node.name)

    def deliver(self, delivery: Delivery) -> None:
        """As the gate would."""
        self.touched.add(delivery.record_source)
        super().deliver(delivery)

    def _run(self, node: Node) -> None:
        there, rising = node.name in self.built, self.rising.pop(node.name, None)
        if self._moves(node):
            self.moved.add(node.name)
        if not rising and self._stands(node):
            self.built.add(node.name)
            return
        if rising and there and rising.materialized == "incremental":
            # As dbt does it where new columns are to be appended.
            self.connection.execute(f"create or replace temp table fresh as {rising.later}")
            self._widen(f"{node.schema}.{node.name}", self._columns("temp.fresh"))
            rising = replace(rising, later="select * from temp.fresh")
        super()._run(rising or node)

    def _stands(self, node: Node) -> bool:
        """Whether it need not run: nothing that it reads has moved, or it is a view that still says the same."""
        return node.name not in self.moved or (node.materialized == "view" and self._says_the_same(node))

    def _says_the_same(self, node: Node) -> bool:
        return self.said.get(node.name) == node.first

    def _moves(self, node: Node) -> bool:
        """Whether it can differ from what it was before any delivery; what no delivery pends for stays."""
        return (
            not self._says_the_same(node)
            or node.name in ("pending_delivery", "load_ledger")
            or node.name in (f"stg_{source.replace('.', '__')}" for source in self.touched)
            or not self.moved.isdisjoint({*node.parents} - {"pending_delivery"})
        )

    def _widen(self, table: str, columns: dict[str, str]) -> None:
        there = self._columns(table)
        for name, type_ in columns.items():
            if name not in there:
                self.connection.execute(f'alter table {table} add column "{name}" {type_}')

    def _columns(self, table: str) -> dict[str, str]:
        return {row[0]: row[1] for row in self.connection.execute(f"describe {table}").fetchall()}
