"""Rows of one delivery that share a key: the same row told again, or two rows that contradict each other."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import polars as pl


class Repeated(NamedTuple):
    """Record numbers of rows that repeat an earlier one, and of all rows whose key has differing rows."""

    duplicates: pl.Series
    conflicts: pl.Series


def find_repeated(parts: list[Path], key: Sequence[str], good: pl.DataFrame) -> Repeated:
    """Judge the rows of the staged ``parts`` that are in ``good`` (columns record_number and key_hash).

    The hash only picks the candidates; they are compared by their values. A NULL in a key equals another NULL.
    """
    candidates = good.filter(pl.col("key_hash").is_duplicated()).select("record_number")
    if candidates.is_empty():
        nothing = pl.Series(dtype=pl.Int64)
        return Repeated(nothing, nothing)
    rows = (
        pl.scan_parquet(parts).join(candidates.lazy(), on="record_number", how="semi").collect().sort("record_number")
    )
    payload = [name for name in rows.columns if name != "record_number"]
    firsts = rows.select(~pl.struct(payload).is_first_distinct()).to_series()
    versions = rows.unique(payload, keep="first").select(pl.struct(key).alias("key"))
    contradicted = versions.filter(pl.col("key").is_duplicated()).unique()
    in_conflict = rows.select(pl.struct(key).alias("key"), "record_number").join(
        contradicted, on="key", how="semi", nulls_equal=True
    )
    conflicts = in_conflict.get_column("record_number")
    repeats = rows.get_column("record_number").filter(firsts)
    return Repeated(repeats.filter(~repeats.is_in(conflicts.to_list())), conflicts)
