"""A warehouse whose differences were written by another recipe goes on being loaded."""

from __future__ import annotations

from pathlib import Path

import duckdb

from tests.spec.foreign import Foreign

DETAILS = "raw_vault.sat_product_details__shop_product"
HEADER = "TUOTE;NIMI;RYHMÄ;HINTA;ALKAEN;TOIMITTAJA\n"


def test_another_recipe_writes_no_false_history_and_the_ledger_balances(tmp_path: Path) -> None:
    shop = Foreign(tmp_path)
    january = HEADER + "A1;Omena;H;1,20;01.01.2025;KIVI\nA2;Peruna;V;0,95;15.12.2024;KIVI\n"
    march = HEADER + "A1;Omena;H;1,20;01.01.2025;KIVI\nA2;Peruna;V;0,90;15.12.2024;KIVI\n"
    shop.deliver("shop/product/tuotteet_2025-01-31.csv", january, "iso-8859-1")
    shop.build()
    with duckdb.connect(str(shop.folder / "vault.duckdb")) as connection:
        older = "cast(md5('as it was made once' || hashdiff) as uuid)"
        connection.execute(f"update {DETAILS} set hashdiff = {older} where record_source <> 'ghost'")
    shop.deliver("shop/product/tuotteet_2025-03-31.csv", march, "iso-8859-1")
    shop.build("--vars", "{hash_recipe: 2}")

    versions = f"select product_name, price::varchar, hash_recipe from {DETAILS} where record_source <> 'ghost'"
    assert shop.ask(f"{versions} order by all") == [("Omena", "1.20", 1), ("Peruna", "0.90", 2), ("Peruna", "0.95", 1)]
    counted = "select new, unchanged from ledger.load_ledger where target like 'sat_product_details%'"
    assert shop.ask(f"{counted} order by all") == [(1, 1), (2, 0)]
    assert shop.ask("select count(*) from raw_vault.status_product__shop_product where record_source <> 'ghost'") == [
        (2,)
    ]
