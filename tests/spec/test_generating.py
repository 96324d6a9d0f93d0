"""What `sotevault generate` writes, and what it tells of a folder that is not in step."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from orchestration.cli import main
from orchestration.modelling import NATIONAL
from orchestration.settings import PROJECT
from tests.spec.foreign import SHOP

BRAND = """\
extends: product
source: the county's own shops
owner: purchasing
satellites: {details: {attributes: {brand: {type: string, term: {en: brand, fi: merkki, sv: märke}}}}}
"""
DETAILS = "models/raw_vault/sat_product_details__shop_product.sql"
PLACES = ("--model", str(SHOP / "model"), "--sources", str(SHOP / "sources"))


class Ended(NamedTuple):
    code: object
    out: str
    err: str


@pytest.fixture
def sotevault(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    def run(*words: str) -> Ended:
        monkeypatch.setattr(sys, "argv", ["sotevault", *words])
        with pytest.raises(SystemExit) as end:
            main()
        return Ended(end.value.code, *capsys.readouterr())

    return run


@pytest.fixture
def county(tmp_path: Path) -> Path:
    """A county whose shops know the brand of what they sell."""
    (tmp_path / "county").mkdir()
    (tmp_path / "county/product.yml").write_text(BRAND, encoding="utf-8")
    return tmp_path / "county"


@pytest.fixture
def branded(tmp_path: Path) -> Path:
    """Mappings of the shop that deliver it."""
    sources = shutil.copytree(SHOP / "sources", tmp_path / "branded")
    text = (sources / "shop.yml").read_text(encoding="utf-8")
    text = text.replace("HINTA: {}", "HINTA: {}\n      MERKKI: {}")
    text = text.replace("price: HINTA", "price: HINTA, brand: MERKKI")
    (sources / "shop.yml").write_text(text, encoding="utf-8")
    return sources


@pytest.mark.parametrize("other", [PLACES[:2], PLACES[2:], PLACES])
def test_another_model_or_other_mappings_never_replace_the_checkouts_own_warehouse(sotevault, other):
    before = {file: file.read_bytes() for file in (PROJECT / "vault_models/generated").rglob("*.sql")}

    told = sotevault("generate", *other)

    assert (told.code, told.out) == (10, "")
    assert "name the folder to write with --out" in told.err
    assert {file: file.read_bytes() for file in (PROJECT / "vault_models/generated").rglob("*.sql")} == before


def test_what_a_county_adds_is_a_column_where_its_folder_is_named(sotevault, county, branded, tmp_path):
    places = (*PLACES[:2], "--sources", str(branded), "--out", str(tmp_path / "vault"))

    assert sotevault("generate", *places, "--regional", str(county)).code == 0
    assert "staged.merkki as brand," in (tmp_path / "vault" / DETAILS).read_text(encoding="utf-8")
    assert sotevault("generate", *places, "--regional", str(county), "--check").code == 0
    # Without the county the mapping feeds what no concept has.
    assert sotevault("generate", *places, "--check").code == 10


def test_a_warehouse_without_the_countys_additions_is_not_in_step_with_them(sotevault, county, tmp_path):
    places = (*PLACES, "--out", str(tmp_path / "county vault"))
    sotevault("generate", *places, "--regional", str(county))

    told = sotevault("generate", *places, "--check")

    assert told.code == 10
    remedy = f"run `sotevault generate {' '.join(PLACES)} --out '{tmp_path / 'county vault'}'`:\n"
    assert remedy in told.err and DETAILS in told.err


def test_a_remedy_names_the_countys_folder_too(sotevault, county, tmp_path):
    places = (*PLACES, "--out", str(tmp_path / "vault"))
    sotevault("generate", *places)

    told = sotevault("generate", *places, "--regional", str(county), "--check")

    assert f"`sotevault generate {' '.join(PLACES)} --regional {county} --out {tmp_path / 'vault'}`" in told.err


def test_faults_of_a_county_and_of_mappings_are_told_together(sotevault, county, branded, tmp_path):
    (county / "product.yml").write_text(BRAND.replace("source:", "sauce:"), encoding="utf-8")
    (branded / "shop.yml").write_text("source: [\n", encoding="utf-8")

    told = sotevault(
        "generate", *PLACES[:2], "--sources", str(branded), "--regional", str(county), "--out", str(tmp_path / "vault")
    )

    assert told.code == 10
    assert "county/product.yml: sauce: no such key" in told.err and "shop.yml: line 2: not YAML" in told.err


def test_a_county_is_documented_and_explained_with_what_it_adds(sotevault, tmp_path):
    kainuu = ("--regional", str(PROJECT / "concepts/regional/kainuu"))

    assert sotevault("explain", "unit_is_mobile").code == 10
    assert "mobile unit" in sotevault("explain", "unit_is_mobile", *kainuu).out
    assert sotevault("document", "--out", str(tmp_path / "documents"), *kainuu).code == 0
    assert "unit_is_mobile" in "".join(file.read_text(encoding="utf-8") for file in tmp_path.rglob("*.html"))


def test_who_has_generated_a_project_is_told_what_to_read_next(sotevault, tmp_path):
    first = sotevault("generate", *PLACES, "--out", str(tmp_path / "vault"))
    again = sotevault("generate", *PLACES, "--out", str(tmp_path / "vault"))

    assert f"; {tmp_path / 'vault/README.md'} tells how to deliver and build" in first.out
    assert again.out.endswith(" 0 changed\n")


def test_a_model_of_its_own_is_explained_without_this_countys_figures_and_code_sets(sotevault):
    told = sotevault("explain", "customer", *PLACES, "--language", "sv")

    assert told.out.startswith("customer: kund (begrepp)") and "till.sale: customer" in told.out
    assert sotevault("explain", "SAA-01", *PLACES).code == 10
    assert "sotevault explain supplier shows one" in sotevault("explain", "qqqq", *PLACES).err


def test_the_national_model_keeps_its_indicators_however_its_folder_is_named(sotevault, tmp_path, monkeypatch):
    monkeypatch.chdir(PROJECT)
    for name, model in (("whole", NATIONAL), ("relative", Path("concepts/national"))):
        sotevault("document", "--out", str(tmp_path / name), "--model", str(model))

    whole, relative = (
        {file.name: file.read_bytes() for file in (tmp_path / name).iterdir() if file.is_file()}
        for name in ("whole", "relative")
    )
    assert whole == relative


def test_what_is_adopted_is_told_with_the_command_that_follows_and_only_once(sotevault, tmp_path):
    nation, proposal = shutil.copytree(NATIONAL, tmp_path / "national"), tmp_path / "kainuu.yml"
    sotevault("diff", "--regional", str(PROJECT / "concepts/regional/kainuu"), "--out", str(proposal))

    first, second = (sotevault("adopt", str(proposal), "--national", str(nation)) for _ in range(2))

    assert first.out == f"service_unit.yml\nnext: sotevault generate --model {nation} --sources DIR --out DIR\n"
    assert second.out == "nothing changes, the national model has it all\n"


def test_a_place_that_may_not_be_read_is_no_fault_of_the_command_line(sotevault, tmp_path, monkeypatch):
    def refused(self, pattern="*"):
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr("os.access", lambda *_, **__: False)
    monkeypatch.setattr(Path, "glob", refused)
    told = sotevault("generate", *PLACES, "--out", str(tmp_path / "vault"))

    assert told.code == 1
    assert (
        told.err
        == f"sotevault: {SHOP / 'model'}: Permission denied; put that right (path, rights, room) and run again\n"
    )
