"""A small warehouse in memory, where a build takes a tenth of dbt's time; `laws/test_engine.py` compares the two."""

from __future__ import annotations

from typing import Any

import polars as pl

from concepts.metamodel import ConceptModel
from concepts.sources import SourceMapping
from tests.laws.compiling import compiled
from tests.laws.engine import Engine
from tests.spec.warehouse import Warehouse


class InMemory(Warehouse):
    """Deliver small tables, build, and ask what the vault holds; nothing but the concepts is on disk."""

    def _begin(self, model: ConceptModel, sources: tuple[SourceMapping, ...]) -> None:
        self._engine = Engine(compiled(model, sources))

    def _write(self, name: str, delivery: str, rows: pl.DataFrame) -> None:
        self._engine.fill(name, dict(rows.schema), rows.to_dicts())

    def build(self) -> None:
        """Load all that was delivered; a failing model is an error."""
        self._engine.build()

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        """The rows of a query over the vault."""
        return self._engine.connection.execute(sql).fetchall()
