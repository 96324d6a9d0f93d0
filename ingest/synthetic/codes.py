"""The code sets of the concept model, as the synthesiser needs them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import polars as pl

CODES = Path(__file__).resolve().parents[2] / "concepts" / "codes"

SERVICE_BY_AREA = {"1": "2100", "2": "2110", "3": "2200", "4": "2600", "5": "2300", "6": "2900"}


@cache
def code_set(name: str) -> pl.DataFrame:
    """A code set with every column as text, dates in ISO form; an empty cell is missing."""
    return pl.read_csv(CODES / f"ref_{name}.csv", infer_schema=False)


def municipalities_of(county: str) -> list[str]:
    """The municipality codes of a county that are valid today, in the order of the code set."""
    rows = code_set("municipality").filter((pl.col("county_code") == county) & pl.col("valid_to").is_null())
    return rows["code"].to_list()


@cache
def shares_of_municipalities(county: str) -> dict[str, float]:
    """How the county's people spread over its municipalities: seeded by the county's code, not a fact about it."""
    codes = municipalities_of(county)
    weights = np.random.default_rng(int(county)).pareto(1.2, len(codes)) + 0.3
    return dict(zip(codes, weights.tolist(), strict=True))


def municipalities_elsewhere(county: str) -> list[str]:
    """The municipality codes of all other counties of the mainland."""
    others = (pl.col("county_code") != county) & (pl.col("county_code") != "91") & pl.col("valid_to").is_null()
    return code_set("municipality").filter(others)["code"].to_list()


def names_of(code_set_name: str, code: str) -> tuple[str, str]:
    """The Finnish and the Swedish name of a code."""
    row = code_set(code_set_name).row(by_predicate=pl.col("code") == code, named=True)
    return row["name_fi"], row["name_sv"]
