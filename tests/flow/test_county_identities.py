"""Artificial identity codes: in production each means a person within its source only; in the demo it is a person."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import polars as pl
import pytest

from tests.flow.county import County, apart, ask, make_county, receipts, sotevault

BY_SOURCE = {"patient": ("avohilmo", "lahete", "jono"), "social": ("asia", "paatos"), "reference": ("asukkaat",)}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> County:
    return make_county(tmp_path_factory.mktemp("small"), population=300, months=1)


def codes(county: County, source: str) -> list[str]:
    """The identity code of every row of a source's first delivery, a row that comes twice once."""
    found: list[str] = []
    for name in BY_SOURCE[source]:
        for file in county.arriving[0].glob(f"{name}_*.csv"):
            text = file.read_bytes().decode("utf-8" if source != "patient" else "iso-8859-1")
            rows = pl.read_csv(text.encode(), separator=";", infer_schema=False).unique()
            found += rows["TNRO" if "TNRO" in rows.columns else "HETU"].to_list()
    return found


def build_persons() -> None:
    """The hub of persons and what it is made of."""
    from orchestration.building import parse, run_dbt
    from orchestration.settings import read_settings

    settings = read_settings()
    run_dbt(["run", "--select", "+hub_person"], settings, parse(settings))


@pytest.fixture(scope="module", params=["temporary", "persons"])
def received(
    request: pytest.FixtureRequest, small: County, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, Path]:
    """The setting, and a home with the first delivery behind the gate."""
    home = tmp_path_factory.mktemp(request.param) / "home"
    sotevault(home, "ingest", str(small.arriving[0]), SOTEVAULT_TEST_IDENTITIES=request.param)
    return request.param, home


def test_receipts_count_every_temporary_code_and_none_if_codes_are_persons(
    received: tuple[str, Path], small: County
) -> None:
    setting, home = received
    counted: Counter[str] = Counter()
    for receipt in receipts(home):
        counted[receipt["source"]] += receipt["warnings"].get("temporary_identity", 0)

    expected = {source: len(codes(small, source)) if setting == "temporary" else 0 for source in BY_SOURCE}
    assert {source: counted[source] for source in BY_SOURCE} == expected


@pytest.mark.parametrize("received", ["temporary"], indirect=True)  # test_county.py has the other half
def test_one_code_in_two_systems_is_two_persons_if_temporary(received: tuple[str, Path], small: County) -> None:
    setting, home = received
    apart(home, build_persons, SOTEVAULT_TEST_IDENTITIES=setting)
    by_source = [set(codes(small, source)) for source in BY_SOURCE]

    ((persons,),) = ask(home, "select count(*) from raw_vault.hub_person where person_id is not null")

    assert by_source[0] & by_source[2]
    assert persons == sum(map(len, by_source))
