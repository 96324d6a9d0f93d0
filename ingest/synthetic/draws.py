"""Draws from named shares. Shares are shapes for testing, not figures about any county."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import polars as pl

Days: TypeAlias = npt.NDArray[np.datetime64]
Spans: TypeAlias = npt.NDArray[np.timedelta64]
Whole: TypeAlias = npt.NDArray[np.int64]
Flags: TypeAlias = npt.NDArray[np.bool_]
Reals: TypeAlias = npt.NDArray[np.float64]

NEVER = np.datetime64("NaT", "D")


def choose(rng: np.random.Generator, shares: Mapping[str, float], size: int) -> pl.Series:
    """So many of the names, each as often as its share says; the empty name is a missing value."""
    names = pl.Series([name or None for name in shares], dtype=pl.String)
    return names.gather(choose_index(rng, list(shares.values()), size))


def choose_index(rng: np.random.Generator, weights: Sequence[float] | Reals, size: int) -> Whole:
    """Positions drawn by weight."""
    edges = np.cumsum(np.asarray(weights, dtype=float))
    drawn = np.searchsorted(edges, rng.random(size) * edges[-1], side="right")
    positions: Whole = np.minimum(drawn, len(edges) - 1).astype(np.int64)
    return positions


def happens(rng: np.random.Generator, share: float, size: int) -> Flags:
    """True for about that share of so many cases."""
    flags: Flags = rng.random(size) < share
    return flags


def whole(rng: np.random.Generator, low: int, high: int, size: int) -> Whole:
    """Whole numbers from low to high, both included."""
    return rng.integers(low, high, size, endpoint=True, dtype=np.int64)


def some_days(rng: np.random.Generator, low: int, high: int, size: int) -> Spans:
    """Spans of low to high days."""
    return whole(rng, low, high, size).astype("timedelta64[D]")


def some_minutes(rng: np.random.Generator, low: int, high: int, size: int) -> Spans:
    """Spans of low to high minutes."""
    return whole(rng, low, high, size).astype("timedelta64[m]")


def after(days: Days, spans: Spans) -> Days:
    """The days or times moved on by the spans."""
    moved: Days = np.add(days, spans)
    return moved


def at(days: Days, minutes: Whole) -> Days:
    """Days with a time of day, in minutes."""
    return after(days.astype("datetime64[m]"), minutes.astype("timedelta64[m]"))


def only(mask: Flags, values: Days) -> Days:
    """The values where the mask is true, nothing elsewhere."""
    kept: Days = np.where(mask, values, np.datetime64("NaT"))
    return kept


def day_column(days: Days) -> pl.Series:
    return pl.Series(days.astype("datetime64[D]"), dtype=pl.Date)


def time_column(times: Days) -> pl.Series:
    return pl.Series(times.astype("datetime64[us]"), dtype=pl.Datetime("us"))


def numbered(prefix: str, size: int, width: int = 8) -> pl.Series:
    """prefix00000001, prefix00000002 and so on."""
    return pl.select(
        (pl.lit(prefix) + pl.int_range(1, size + 1).cast(pl.String).str.zfill(width)).alias("id")
    ).to_series()


def where(mask: Flags | pl.Series, then: Any, otherwise: Any = None) -> pl.Series:
    """then or otherwise, row by row; texts are values, series are taken by position."""

    def told(value: Any) -> pl.Expr:
        return pl.lit(value) if isinstance(value, pl.Series) else pl.lit(value, dtype=pl.String)

    flags = pl.Series(mask)
    return pl.select(pl.when(pl.lit(flags)).then(told(then)).otherwise(told(otherwise)).alias("value")).to_series()
