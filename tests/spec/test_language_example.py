"""The lending library of the page that teaches the YAML language becomes a warehouse, and its lineage is whole."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from concepts.column_lineage import column_lineage
from concepts.generator import render
from concepts.generator.design import design
from concepts.generator.drift import write
from tests.spec.warehouse import Warehouse
from tests.unit.concepts.language_page import example, write_example


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    folder = tmp_path_factory.mktemp("library")
    write_example(folder, concept="model", source="sources")
    write(render(*example(), project="library", gated=True), folder / "project")
    warehouse = Warehouse(folder, {}, {})
    warehouse.deliver("desk.opening_day", "2025-01-01", [{"paiva": date(2025, 1, day)} for day in (2, 3)])
    warehouse.deliver("desk.reader", "2025-01-01", [{"kortti": "R1", "toimipiste": "Sotkamo"}], partition="Sotkamo")
    warehouse.deliver("desk.book", "2025-01-01", [{"numero": "B1", "card": "R1", "virkailija": 7}])
    warehouse.deliver("desk.book", "2025-01-03", [{"numero": "B1", "card": "R1", "virkailija": 8}])
    warehouse.build()
    yield warehouse


def test_every_column_of_every_table_has_its_lineage_and_no_other(library: Warehouse) -> None:
    built: dict[str, set[str]] = {}
    for schema, table, column in library.ask(
        "select table_schema, table_name, column_name from information_schema.columns"
    ):
        built.setdefault(f"{schema}.{table}", set()).add(column)

    lineage = {
        table: set(columns)
        for table, columns in column_lineage(design(*example())).items()
        if not table.startswith("staging.")  # gone with the run that staged; tests/laws/test_engine.py looks at it
    }

    assert {t: lineage[t] ^ built.get(t, set()) for t in lineage if lineage[t] != built.get(t)} == {}
    assert set(built) - set(lineage) == set()


def test_the_query_beside_the_concepts_computes_its_satellite(library: Warehouse) -> None:
    loans = "select loan_count from business_vault.bsat_book_popularity"

    assert library.ask(loans) == [(2,)]


def test_the_bridge_tells_the_readers_branch_on_each_opening_day(library: Warehouse) -> None:
    way = (
        "select snapshot_date, card_number, branch_code from business_vault.bridge_book_readers_branch "
        "join raw_vault.hub_reader using (reader_hk) join raw_vault.hub_branch using (branch_hk) order by all"
    )

    assert [(str(day), *rest) for day, *rest in library.ask(way)] == [
        ("2025-01-02", "R1", "Sotkamo"),
        ("2025-01-03", "R1", "Sotkamo"),
    ]
