"""Code sets with validity, from the model's folder of ``ref_<name>.csv`` files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl

from concepts.errors import ModelError

_NEEDED = {"code", "valid_from", "valid_to"}


class CodeSets:
    """The code sets of one folder, each read once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read: dict[str, pl.DataFrame] = {}

    def __getitem__(self, name: str) -> pl.DataFrame:
        """Columns code, valid_from and valid_to (inclusive dates; open ends filled); ModelError if there is none."""
        if name not in self._read:
            self._read[name] = self._load(self._folder / f"ref_{name}.csv")
        return self._read[name]

    def _load(self, path: Path) -> pl.DataFrame:
        if not path.is_file():
            raise ModelError(f"The code set {path.name} does not exist; write it, or correct codes: in the concept.")
        try:
            rows = pl.read_csv(path, infer_schema=False)
        except pl.exceptions.PolarsError:
            raise ModelError(f"{path.name} is no CSV in UTF-8 with commas; mend or save it anew.") from None
        if missing := _NEEDED - set(rows.columns):
            raise ModelError(f"{path.name} lacks the columns {', '.join(sorted(missing))}; add them.")
        days = rows.select(pl.col("valid_from", "valid_to").str.to_date("%Y-%m-%d", strict=False))
        for name in days.columns:
            wrong = (rows.get_column(name).is_not_null() & days.get_column(name).is_null()).arg_true()
            if len(wrong):
                raise ModelError(f"{path.name}: {name} in row {wrong[0] + 2} is no date; write it as 2025-01-31.")
        return rows.select("code", days["valid_from"].fill_null(date.min), days["valid_to"].fill_null(date.max))


def find_code_faults(codes: pl.Series, at: pl.Series | None, known: pl.DataFrame) -> pl.DataFrame:
    """Booleans unknown and expired per row. ``at``: the dates to judge validity by; at a NULL date all are valid."""
    rows = pl.DataFrame({"code": codes, "at": pl.Series([None] * len(codes), dtype=pl.Date) if at is None else at})
    pairs = rows.unique().drop_nulls("code").join(known, on="code", how="left")
    judged = pairs.group_by("code", "at").agg(
        unknown=pl.col("valid_from").is_null().all(),
        valid=pl.col("at").is_between(pl.col("valid_from"), pl.col("valid_to")).fill_null(pl.col("at").is_null()).any(),
    )
    found = rows.join(judged, on=["code", "at"], how="left", nulls_equal=True, maintain_order="left")
    return found.select(
        unknown=pl.col("unknown").fill_null(False),
        expired=(~pl.col("valid") & ~pl.col("unknown")).fill_null(False),
    )
