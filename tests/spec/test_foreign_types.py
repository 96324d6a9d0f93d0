"""Values whose type is not the one before them: what reads or keeps both would bend them."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from orchestration.building import error_kind
from tests.spec.foreign import SHOP, Foreign

SALES = "select receipt_line, pieces from raw_vault.nhl_sale__till_sale where record_source <> 'ghost' order by 1"


def test_a_type_that_changed_stops_the_build_before_a_value_is_bent_to_the_old_one(tmp_path: Path) -> None:
    example = Path(shutil.copytree(SHOP, tmp_path / "example"))
    shop = Foreign(tmp_path, example)
    shop.deliver("till/sale/sales-2025-01-31.csv", "line,at,product,customer,pieces,paid\n1,,A1,,3,3.60\n")
    shop.build()

    sale = example / "model" / "sale.yml"
    sale.write_text(sale.read_text(encoding="utf-8").replace("type: integer", "type: decimal"), encoding="utf-8")
    Foreign(tmp_path, example)
    shop.deliver("till/sale/sales-2025-02-01.csv", "line,at,product,customer,pieces,paid\n2,,A1,,1.5,1.80\n")

    with pytest.raises(AssertionError) as stopped:
        shop.build()
    assert error_kind(str(stopped.value)) == (
        "landing_till__sale.pieces holds BIGINT and would get DECIMAL(18,2): "
        "keep the type, and give what is of another one a name of its own"
    )
    assert shop.ask(SALES) == [("1", 3)]


@pytest.fixture(scope="module")
def customers(tmp_path_factory: pytest.TempPathFactory) -> tuple[Foreign, str]:
    """A shop whose customers come from several programs, and what the build of all said."""
    shop = Foreign(tmp_path_factory.mktemp("customers"))
    for day, row in {
        "2025-01-31": "12 as number, true as member, timestamp '2024-05-01 10:00' as joined",
        "2025-02-01": "13.0::double as number, false as member, timestamp_ns '2024-05-01 11:00:00.5' as joined",
        "2025-02-02": "'14' as number, 'true' as member, null as joined",
        "2025-02-03": "15.5::double as number, true as member, date '2024-05-01' as joined",
        "2025-02-04": "[16] as number, true as member, null as joined",
    }.items():
        shop.deliver_parquet(f"shop/customer/customers_{day}.parquet", f"select {row}")
    return shop, shop.build()


def test_parquet_of_several_types_is_read_as_each_file_alone_would_be(customers: tuple[Foreign, str]) -> None:
    current = "select customer_number, is_member, joined_at from business_vault.current_customer order by 1"
    assert customers[0].ask(current) == [
        (12, True, datetime(2024, 5, 1, 10)),
        (13, False, datetime(2024, 5, 1, 11, 0, 0, 500_000)),
        (14, True, None),
    ]
    reasons = "select quarantine_reason from landing.landing_shop__customer where is_quarantined"
    assert customers[0].ask(reasons) == [("number: bad_number, joined: bad_datetime",)]


def test_a_file_with_nested_values_is_not_registered(customers: tuple[Foreign, str]) -> None:
    refused = "customers_2025-02-04.parquet: not registered: it has nested or binary columns: number"
    assert refused in customers[1]


def test_a_view_takes_the_place_of_the_table_that_had_its_name(customers: tuple[Foreign, str]) -> None:
    shop, _ = customers
    before = shop.ask("from business_vault.current_customer order by all")
    with duckdb.connect(str(shop.folder / "vault.duckdb")) as connection:
        connection.execute("drop view business_vault.current_customer")
        connection.execute("create table business_vault.current_customer as select 'of an older model' as text")

    shop.build("--select", "current_customer", "--exclude-resource-type", "test")

    assert shop.ask("from business_vault.current_customer order by all") == before


def test_a_contract_that_a_handwritten_model_breaks_stops_the_build(customers: tuple[Foreign, str]) -> None:
    shop, _ = customers
    models = shop.folder / "models"
    (models / "own.sql").write_text("{{ config(materialized='table') }} select 'x' as pieces", encoding="utf-8")
    (models / "own.yml").write_text(
        "models: [{name: own, config: {contract: {enforced: true}}, columns: [{name: pieces, data_type: bigint}]}]",
        encoding="utf-8",
    )
    with pytest.raises(AssertionError, match="contract"):
        shop.build("--select", "own")
