"""A new version of a stranger's model: planned, applied to a warehouse that holds data, and built with it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.spec.foreign import SHOP, Foreign

BRAND = "brand: {type: string, term: {en: brand, fi: merkki, sv: märke}}"
DETAILS = "sat_product_details__shop_product"


def version(folder: Path, **replaced: tuple[str, str]) -> Path:
    """The example with something replaced in a file of the model or of the sources."""
    shutil.copytree(SHOP, folder)
    for name, (there, put) in replaced.items():
        (file,) = folder.glob(f"*/{name}.yml")
        file.write_text(file.read_text(encoding="utf-8").replace(there, put, 1), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The shop learns the brand of its products."""
    folder = tmp_path_factory.mktemp("plan")
    old = version(folder / "old")
    new = version(
        folder / "new",
        product=("      price:", f"      {BRAND}\n      price:"),
        shop=("      HINTA: {}", "      HINTA: {}\n      MERKKI: {}"),
    )
    shop_yml = new / "sources/shop.yml"
    shop_yml.write_text(shop_yml.read_text(encoding="utf-8").replace("price: HINTA", "price: HINTA, brand: MERKKI"))
    shop = Foreign(folder, old)
    shop.deliver_example()
    shop.build()
    told: dict[str, Any] = {"shop": shop, "before": shop.contents()}
    versions = ["--from", str(old), "--to", str(new), "--database", str(shop.folder / "vault.duckdb")]
    told["planned"] = shop.sotevault("plan", *versions)
    told["only planned"] = shop.contents()
    told["applied"] = shop.sotevault("plan", *versions, "--apply")
    told["after"] = shop.contents()
    told["applied again"] = shop.sotevault("plan", *versions, "--apply")
    Foreign(folder, new)
    march = "TUOTE;NIMI;RYHMÄ;HINTA;MERKKI;ALKAEN;TOIMITTAJA\nA1;Omena;H;1,35;Oiva;01.01.2025;LAHTI\n"
    shop.deliver("shop/product/tuotteet_2025-03-31.csv", march, "iso-8859-1")
    shop.build()
    told["brands"] = shop.ask("select product_number, brand from business_vault.current_product")
    return told


def test_a_plan_tells_what_the_vault_gains_and_changes_nothing(story: dict[str, Any]) -> None:
    assert DETAILS in story["planned"]
    assert "brand" in story["planned"]
    assert story["only planned"] == story["before"]


def test_an_applied_plan_adds_the_column_and_touches_no_other_table(story: dict[str, Any]) -> None:
    before, after = dict(story["before"]), dict(story["after"])
    rows, widened = (held.pop(f"raw_vault.{DETAILS}") for held in (before, after))
    assert after == before
    assert sorted(widened, key=repr) == sorted(((*row, None) for row in rows), key=repr)


def test_a_plan_ends_with_what_was_applied_of_it(story: dict[str, Any]) -> None:
    statement = f'alter table "raw_vault"."{DETAILS}" add column "brand" string;'
    assert story["applied"].endswith(f"\napplied:\n  {statement}\n")
    assert story["applied again"].endswith("\nnothing to apply\n")
    assert "appl" not in story["planned"]


def test_the_next_build_fills_it(story: dict[str, Any]) -> None:
    assert story["brands"] == [("A1", "Oiva")]


def test_a_key_of_another_type_is_told_and_refused(story: dict[str, Any], tmp_path: Path) -> None:
    new = version(tmp_path / "new", product=("product_number: {type: string", "product_number: {type: integer"))
    with pytest.raises(AssertionError, match=r"history is never dropped[^\0]*product"):
        story["shop"].sotevault("plan", "--from", str(SHOP), "--to", str(new), "--database", "vault.duckdb", "--apply")
