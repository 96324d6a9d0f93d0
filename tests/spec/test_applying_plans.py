"""A plan applied to a warehouse adds all it says or nothing, and no row changes."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from concepts.applying import apply
from concepts.errors import BusyError, ModelError, SotevaultError
from concepts.metamodel import DataType
from concepts.planning import NewColumn, Plan
from concepts.quoting import quoted
from tests.hindrances import files_of_at_most, held_elsewhere
from tests.spec.versions import COVER, add_language, attribute, planned


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    file = tmp_path / "vault.duckdb"
    with duckdb.connect(str(file)) as connection:
        connection.execute("create schema raw_vault")
        connection.execute("create table raw_vault.hub_book as select 1 as book_hk, '951-0' as isbn")
        connection.execute(f"create table raw_vault.{COVER} as select 1 as book_hk, 'Kalevala' as title")
    return file


def ask(file: Path, sql: str):
    with duckdb.connect(str(file), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def refusal(file: Path) -> tuple[int, str]:
    with pytest.raises(SotevaultError) as refused:
        apply(planned(add_language), file)
    return refused.value.exit_code, str(refused.value)


def digest(file: Path, columns: str, table: str):
    rows = f"select concat_ws('|', {columns}) as row_text from raw_vault.{table}"
    return ask(file, f"select md5(string_agg(row_text, '/' order by row_text)) from ({rows})")


def test_applying_a_plan_adds_the_column_and_keeps_every_row(warehouse):
    hub, cover = digest(warehouse, "book_hk, isbn", "hub_book"), digest(warehouse, "book_hk, title", COVER)

    apply(planned(add_language), warehouse)

    assert digest(warehouse, "book_hk, isbn", "hub_book") == hub
    assert digest(warehouse, "book_hk, title", COVER) == cover
    assert ask(warehouse, f"select title, book_language from raw_vault.{COVER}") == [("Kalevala", None)]


def test_a_full_disk_is_told_and_leaves_the_warehouse_as_it_was(warehouse):
    with files_of_at_most(16):
        assert refusal(warehouse) == (
            1,
            f"{warehouse.parent}: its disk is full (File too large); make room there and run again",
        )
    assert ask(warehouse, f"select * from raw_vault.{COVER}") == [(1, "Kalevala")]


def test_applying_a_plan_again_does_nothing(warehouse):
    assert len(apply(planned(add_language), warehouse)) == 1
    assert apply(planned(add_language), warehouse) == ()


def test_a_table_that_was_never_built_is_left_to_the_next_build(warehouse):
    told = planned(lambda c: c["fine"]["satellites"]["payment"]["attributes"].update(fine_vat=attribute("decimal")))

    assert apply(told, warehouse) == ()
    assert ask(
        warehouse, "select count(*) from information_schema.tables where table_name = 'nhl_fine__library_fines'"
    ) == [(0,)]


def test_a_plan_that_would_lose_history_is_refused_whole(warehouse):
    def change(concepts):
        add_language(concepts)
        concepts["book"]["key_scope"] = "source"

    with pytest.raises(ModelError, match=r"history is never dropped:\n  book\.key_scope: is source, was shared"):
        apply(planned(change), warehouse)

    assert ask(warehouse, f"select * from raw_vault.{COVER}") == [(1, "Kalevala")]


def test_a_column_that_is_there_in_another_type_stops_every_statement(warehouse):
    columns = tuple(
        NewColumn(layer="raw_vault", table=table, column="title", type=DataType.DATE) for table in ("hub_book", COVER)
    )

    with pytest.raises(ModelError, match=r"has title already, as varchar and not date"):
        apply(Plan(columns=columns), warehouse)

    assert ask(warehouse, "select * from raw_vault.hub_book") == [(1, "951-0")]


def test_a_name_with_a_quote_in_it_stays_one_name(warehouse):
    hostile = NewColumn(layer="raw_vault", table="hub_book", column='a" date; drop table x; --', type=DataType.DATE)

    apply(Plan(columns=(hostile,)), warehouse)

    assert ask(warehouse, f"select {quoted(hostile.column)} from raw_vault.hub_book") == [(None,)]


def test_what_is_no_table_is_not_altered(warehouse):
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute(f"drop table raw_vault.{COVER}; create view raw_vault.{COVER} as select 1 as book_hk")

    code, told = refusal(warehouse)
    assert code == 13
    assert "a column cannot be added (CatalogException), so nothing was changed; look whether all" in told


def test_without_a_warehouse_nothing_is_made(tmp_path):
    with pytest.raises(SotevaultError, match="no warehouse there yet"):
        apply(planned(add_language), tmp_path / "vault.duckdb")

    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_warehouse_is_left_alone(tmp_path):
    file = tmp_path / "vault.duckdb"
    file.write_text("not a database, but long enough to look at" * 200)

    assert refusal(file) == (
        1,
        f"{file}: is no DuckDB file, or may not be written; name the warehouse's file, or mend its rights",
    )


def test_another_database_is_no_warehouse(tmp_path):
    file = tmp_path / "orders.duckdb"
    duckdb.connect(str(file)).close()

    assert refusal(file) == (1, f"{file}: has no raw_vault, so it is another database; name the warehouse's file")


def test_a_warehouse_that_another_program_holds_is_for_later(warehouse):
    with held_elsewhere(warehouse):
        code, told = refusal(warehouse)

    assert (code, told) == (BusyError.exit_code, f"{warehouse}: another program holds it; close it there and run again")
