"""A model that has nothing to do with health care becomes a dbt project of its own, which plain dbt builds."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.spec.foreign import Foreign

HEADER = "TUOTE;NIMI;RYHMÄ;HINTA;ALKAEN;TOIMITTAJA\n"
PRODUCTS = "select product_number, product_name, group_code, price, supplier_code from business_vault.current_product"
CURRENT = f"{PRODUCTS} left join raw_vault.hub_supplier using (supplier_hk) order by product_number"
HISTORY = """
    select product_number, strftime(s.extract_datetime, '%d.%m.'), product_name, price
    from raw_vault.sat_product_details__shop_product as s join raw_vault.hub_product using (product_hk)
    where s.record_source <> 'ghost' order by 1, s.extract_datetime
"""
PRESENCE = """
    select product_number, strftime(s.extract_datetime, '%d.%m.'), is_present
    from raw_vault.status_product__shop_product as s join raw_vault.hub_product using (product_hk)
    where s.record_source <> 'ghost' order by 1, s.extract_datetime
"""


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """A shop's project from the empty folder on, and what it held at each stage."""
    shop = Foreign(tmp_path_factory.mktemp("story"))
    told: dict[str, Any] = {"files": {f.name for f in shop.folder.iterdir()}, "nothing": shop.build()}
    told["empty"] = shop.contents()
    shop.deliver_example()
    shop.deliver_parquet(
        "shop/customer/customers_2025-01-31.parquet",
        "select 12 as number, true as member, timestamp '2024-05-01 10:00' as joined union all select 13, false, null",
    )
    told["first"] = shop.build()
    for name, query in (("current", CURRENT), ("history", HISTORY), ("presence", PRESENCE)):
        told[name] = shop.ask(query)
    told["customers"] = shop.ask(
        "select customer_number, is_member, joined_at from business_vault.current_customer order by 1"
    )
    told["sales"] = shop.ask(
        "select receipt_line, sold_at, pieces, paid, product_number, customer_number "
        "from raw_vault.nhl_sale__till_sale as s "
        "join raw_vault.hub_product using (product_hk) left join raw_vault.hub_customer using (customer_hk) "
        "where s.record_source <> 'ghost' order by 1"
    )
    told["quarantine"] = shop.ask(
        "select tuote, record_number, quarantine_reason, hinta from landing.landing_shop__product where is_quarantined"
    )
    told["times"] = shop.ask("select distinct load_datetime = extract_datetime from landing.landing_delivery")
    told["before"] = shop.contents()
    told["second"] = shop.build()
    told["after"] = shop.contents()
    late = HEADER + "A1;Omena;H;1,25;01.01.2025;KIVI\nA2;Peruna;V;0,95;15.12.2024;KIVI\n"
    shop.deliver("shop/product/tuotteet_20250215T060000.csv", late, "iso-8859-1")
    told["third"] = shop.build()
    told["history with the late one"] = shop.ask(HISTORY)
    told["current with the late one"] = shop.ask(CURRENT)
    told["before the refresh"] = shop.contents()
    for file in (shop.folder / "deliveries/shop/product").iterdir():
        file.unlink()
    told["fourth"] = shop.build("--full-refresh")
    told["after the refresh"] = shop.contents()
    return told


def test_the_project_is_complete(story: dict[str, Any]) -> None:
    assert story["files"] == {".gitignore", "README.md", "dbt_project.yml", "macros", "models", "profiles.yml"}


def test_a_project_without_a_delivery_builds_and_holds_nothing_but_ghosts(story: dict[str, Any]) -> None:
    assert "WARN=0 ERROR=0 SKIP=0" in story["nothing"]
    assert {name for name, rows in story["empty"].items() if len(rows) not in (0, 2)} == set()


def test_every_model_and_test_passes_with_csv_and_parquet_deliveries(story: dict[str, Any]) -> None:
    for build in ("first", "second", "third"):
        assert "WARN=1 ERROR=0 SKIP=0" in story[build]
        assert "WARN 1 nothing_in_quarantine_landing_shop__product_" in story[build]


def test_the_shelf_is_known_as_the_last_snapshot_tells_it(story: dict[str, Any]) -> None:
    assert story["current"] == [
        ("A1", "Omena", "fruit", Decimal("1.35"), "LAHTI"),  # dearer, and of another supplier
        ("A2", "Peruna; pesty", "vegetable", Decimal("0.95"), "KIVI"),  # its last row is in quarantine
        ("A4", "Päärynä", "fruit", Decimal("2.10"), "LAHTI"),  # new
    ]


def test_a_change_is_a_new_version(story: dict[str, Any]) -> None:
    assert story["history"] == [
        ("A1", "31.01.", "Omena", Decimal("1.20")),
        ("A1", "28.02.", "Omena", Decimal("1.35")),
        ("A2", "31.01.", "Peruna; pesty", Decimal("0.95")),
        ("A3", "31.01.", "Hillo", Decimal("3.50")),
        ("A4", "28.02.", "Päärynä", Decimal("2.10")),
    ]


def test_what_a_snapshot_does_not_tell_has_left_but_a_quarantined_row_has_not(story: dict[str, Any]) -> None:
    assert story["presence"] == [
        ("A1", "31.01.", True),
        ("A2", "31.01.", True),
        ("A3", "31.01.", True),
        ("A3", "28.02.", False),
        ("A4", "28.02.", True),
    ]


def test_a_price_that_is_no_number_sends_its_row_to_quarantine(story: dict[str, Any]) -> None:
    assert story["quarantine"] == [("A2", 2, "HINTA: bad_number", None)]


def test_parquet_keeps_its_types(story: dict[str, Any]) -> None:
    assert story["customers"] == [(12, True, datetime(2024, 5, 1, 10)), (13, False, None)]


def test_events_are_loaded_with_what_they_name(story: dict[str, Any]) -> None:
    assert story["sales"] == [
        ("7001-1", datetime(2025, 1, 31, 9, 15), 3, Decimal("3.60"), "A1", 12),
        ("7001-2", datetime(2025, 1, 31, 9, 15), 1, Decimal("0.95"), "A2", 12),
        ("7002-1", datetime(2025, 1, 31, 10, 2, 30), 1, Decimal("3.50"), "A3", None),
    ]


def test_without_a_registry_a_file_is_registered_when_it_was_extracted(story: dict[str, Any]) -> None:
    assert story["times"] == [(True,)]


def test_building_again_adds_nothing(story: dict[str, Any]) -> None:
    assert story["after"] == story["before"]


def test_a_late_file_finds_its_place_in_the_history(story: dict[str, Any]) -> None:
    assert story["history with the late one"][:5] == [
        ("A1", "31.01.", "Omena", Decimal("1.20")),
        ("A1", "15.02.", "Omena", Decimal("1.25")),
        ("A1", "28.02.", "Omena", Decimal("1.35")),
        ("A2", "31.01.", "Peruna; pesty", Decimal("0.95")),
        ("A2", "15.02.", "Peruna", Decimal("0.95")),
    ]
    assert story["current with the late one"][0] == ("A1", "Omena", "fruit", Decimal("1.35"), "LAHTI")


def test_a_full_refresh_forgets_no_file_that_was_cleared_away(story: dict[str, Any]) -> None:
    assert story["after the refresh"] == story["before the refresh"]


@pytest.fixture(scope="module")
def trouble(tmp_path_factory: pytest.TempPathFactory) -> tuple[Foreign, str]:
    """A shop whose suppliers make mistakes, and what the build said."""
    shop = Foreign(tmp_path_factory.mktemp("trouble"))
    product = {
        "tuotteet_2025-01-01.csv": HEADER
        + 'A1;"Omena ""Lobo""";H;1,20;01.01.2025;\n;Ilman numeroa;;;;\nA3;"";;1;31.02.2025;\n',
        "tuotteet_uusi.csv": HEADER,
        "Tuotteet_2025-01-06.csv": HEADER,
        "tuotteet_2025-01-02.csv": HEADER.replace("HINTA", "HINNAT") + "SECRET;x;;;;\n",
        "tuotteet_2025-01-03.csv": HEADER + "A1;x;;;;\nSECRET;x\n",
        "tuotteet_2025-01-04a.csv": HEADER + "A1;x;;1;;\n",
        "tuotteet_2025-01-04b.csv": HEADER + "A1;x;;2;;\n",
        "tuotteet_2025-01-05.part1of2.csv": HEADER + "A9;x;;;;\n",
        "tuotteet_2025-13-05.csv": HEADER,
    }
    for name, text in product.items():
        shop.deliver(f"shop/product/{name}", text, "iso-8859-1")
    sales = "line,at,product,customer,pieces,paid,till\n"
    shop.deliver(
        "till/sale/sales-monday.csv", "\ufeff" + sales + "1,2025-01-06T09:00:00,A1,12,1.5,1.20,x\n2,,A1,,+2,1.2,\n"
    )
    shop.deliver("till/sale/sales-2025-01-07.csv", sales + "3,,SECRET\xe4,,1,1,\n", "iso-8859-1")
    registry = "file,extract_datetime,load_datetime,part,parts,partition\n"
    shop.deliver("registry.csv", registry + "till/sale/sales-monday.csv,2025-01-06T20:00:00,2025-01-08 02:00:00,,,\n")
    return shop, shop.build()


def test_a_file_that_is_no_whole_delivery_is_not_registered_and_the_build_says_why(
    trouble: tuple[Foreign, str],
) -> None:
    told = {
        line.split(": not registered: ")[0].split()[-1]: line for line in trouble[1].splitlines() if ": not " in line
    }
    reasons = {name.split("/")[-1]: line.split(": not registered: ")[1][:40] for name, line in told.items()}
    assert reasons == {
        "tuotteet_uusi.csv": "no extract time in its name (like _2025-",
        "Tuotteet_2025-01-06.csv": "its name is not like tuotteet_*.csv",
        "tuotteet_2025-13-05.csv": "no extract time in its name (like _2025-",
        "tuotteet_2025-01-02.csv": "it lacks the columns HINTA",
        "tuotteet_2025-01-03.csv": "lines that are no row of latin-1 CSV wit",
        "tuotteet_2025-01-04a.csv": "another file is the same part of this ex",
        "tuotteet_2025-01-04b.csv": "another file is the same part of this ex",
        "sales-2025-01-07.csv": "lines that are no row of utf-8 CSV with ",
    }


def test_no_delivered_value_is_printed_or_logged(trouble: tuple[Foreign, str]) -> None:
    shop, told = trouble
    assert "SECRET" not in told
    assert "SECRET" not in (shop.folder / "logs" / "dbt.log").read_text(encoding="utf-8")


def test_the_registry_tells_the_times_that_a_name_does_not(trouble: tuple[Foreign, str]) -> None:
    sale = "select extract_datetime, load_datetime, records from landing.landing_delivery where file like 'till/%'"
    assert trouble[0].ask(sale) == [(datetime(2025, 1, 6, 20), datetime(2025, 1, 8, 2), 2)]


def test_rows_are_judged_one_by_one(trouble: tuple[Foreign, str]) -> None:
    shop, _ = trouble
    products = "select tuote, nimi, hinta, alkaen, quarantine_reason from landing.landing_shop__product"
    assert shop.ask(f"{products} where extract_datetime = '2025-01-01' order by record_number") == [
        ("A1", 'Omena "Lobo"', Decimal("1.20"), date(2025, 1, 1), None),
        (None, "Ilman numeroa", None, None, "TUOTE: missing_value"),
        ("A3", None, Decimal("1.00"), None, "NIMI: missing_value, ALKAEN: bad_date"),
    ]
    sales = "select line, pieces, paid, quarantine_reason from landing.landing_till__sale order by record_number"
    assert shop.ask(sales) == [("1", None, Decimal("1.20"), "pieces: bad_number"), ("2", 2, Decimal("1.20"), None)]


def test_a_snapshot_waits_until_all_its_parts_are_there(trouble: tuple[Foreign, str]) -> None:
    assert trouble[0].ask("select product_number from business_vault.current_product") == [("A1",)]


def test_generating_again_changes_nothing_and_leaves_data_alone(trouble: tuple[Foreign, str]) -> None:
    shop, _ = trouble
    before = {path: path.read_bytes() for path in shop.folder.rglob("*") if path.is_file()}
    Foreign(shop.folder.parent)
    assert {path: path.read_bytes() for path in shop.folder.rglob("*") if path.is_file()} == before


def test_what_a_later_file_of_one_extract_contradicts_is_withdrawn_whether_built_apart_or_together(
    tmp_path: Path,
) -> None:
    told = {}
    for way in ("apart", "together"):
        (tmp_path / way).mkdir()
        shop = Foreign(tmp_path / way)
        for name, member in (("a", "true"), ("b", "false"), ("c", "true")):
            customer = f"select 12 as number, {member} as member, timestamp '2024-05-01 10:00' as joined"
            shop.deliver_parquet(f"shop/customer/customers_2025-01-31{name}.parquet", customer)
            if way == "apart" or name == "c":
                shop.build("--exclude-resource-type", "test")
        told[way] = {name: rows for name, rows in shop.contents().items() if ".sat_customer" in name}
    assert told["apart"] == told["together"]
    assert shop.ask("select customer_number, is_member from business_vault.current_customer") == [(12, None)]


def test_a_folder_with_files_of_others_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "corner_shop" / "models").mkdir(parents=True)
    for name in ("README.md", "dbt_project.yml", "models/theirs.sql"):
        (tmp_path / "corner_shop" / name).write_text("theirs", encoding="utf-8")
    with pytest.raises(AssertionError, match="give an empty folder"):
        Foreign(tmp_path)
    assert (tmp_path / "corner_shop" / "models" / "theirs.sql").exists()
