"""The people of the county: born, moving, dying, each with an identity code that nobody alive can have.

Columns of the frame: person (row number), hetu, sex, born, died, language, home, moved, new_home (home from the day
moved on), since (first day in home), registered (False: a guest whom the county's population register does not know).
"""

from __future__ import annotations

import numpy as np
import polars as pl

from ingest.synthetic.codes import municipalities_elsewhere, municipalities_of, shares_of_municipalities
from ingest.synthetic.draws import (
    Days,
    Flags,
    Reals,
    Whole,
    choose,
    choose_index,
    day_column,
    happens,
    only,
    where,
)
from ingest.synthetic.identities import identity_codes
from ingest.synthetic.moments import Period

ONE_DAY = np.timedelta64(1, "D")
OLDEST = 102
YEARLY = {"born": 0.009, "moving in": 0.02, "moving out": 0.018, "moving inside": 0.03, "guests": 0.006}
LANGUAGES = {"fi": 0.88, "sv": 0.05, "ru": 0.02, "et": 0.01, "ar": 0.01, "en": 0.01, "uk": 0.01, "mis": 0.01}
REGISTER_BEGINS = np.datetime64("2005-01-01")


def synthesise_people(rng: np.random.Generator, county: str, population: int, period: Period) -> pl.DataFrame:
    """population residents on the first day, those who come by birth or move, and a few guests from elsewhere."""
    start, end = np.datetime64(period.start), np.datetime64(period.end)
    years = int((end - start).astype(int) + 1) / 365
    born_now = round(population * YEARLY["born"] * years)
    moving_in = round(population * YEARLY["moving in"] * years)
    guests = max(3, round(population * YEARLY["guests"]))
    size = population + born_now + moving_in + guests
    kind = np.repeat(np.arange(4, dtype=np.int64), [population, born_now, moving_in, guests])
    born = _birth_days(rng, start, size)
    born = np.where(kind == 1, _day_between(rng, start + ONE_DAY, end, size), born)
    male = happens(rng, 0.49, size)
    died = _death_days(rng, born, start, end)
    home = choose(rng, shares_of_municipalities(county), size)
    home_inside = choose(rng, shares_of_municipalities(county), size)
    away = choose(rng, dict.fromkeys(municipalities_elsewhere(county), 1.0), size)
    moved, moves_out, moves_inside = _moves(rng, kind, np.maximum(born, start), end, years)
    died = only(~(died <= moved), died)
    return pl.DataFrame(
        {
            "person": np.arange(size),
            "hetu": identity_codes(rng, born, male),
            "sex": where(male, "1", "2"),
            "born": day_column(born),
            "died": day_column(died),
            "language": choose(rng, LANGUAGES, size),
            "home": where(kind >= 2, away, home),
            "moved": day_column(moved),
            "new_home": where(kind == 2, home, where(moves_out, away, where(moves_inside, home_inside))),
            "since": day_column(_since(rng, born, start, kind == 1)),
            "registered": kind != 3,
        }
    )


def residence(people: pl.DataFrame, county: str) -> pl.DataFrame:
    """The resident register in the columns of its delivery: one row per person and residence in the county."""
    known = people.filter("registered")
    last = pl.col("moved").dt.offset_by("-1d").fill_null(pl.col("died"))
    first_home = known.with_columns(KUNTA="home", ASUU_ALKAEN="since", ASUU_ASTI=last)
    second_home = known.filter(pl.col("new_home").is_not_null()).with_columns(
        KUNTA="new_home", ASUU_ALKAEN="moved", ASUU_ASTI="died"
    )
    inside = pl.col("KUNTA").is_in(municipalities_of(county))
    rows = pl.concat([first_home, second_home]).filter(inside).sort("person", "ASUU_ALKAEN")
    return rows.select(
        HETU="hetu",
        SUKUNIMI=pl.format("Testaaja{}", "person"),
        ETUNIMET=pl.lit("Testi"),
        SUKUPUOLI="sex",
        SYNTYMAPVM="born",
        AIDINKIELI="language",
        KUOLINPVM="died",
        KUNTA="KUNTA",
        ASUU_ALKAEN="ASUU_ALKAEN",
        ASUU_ASTI="ASUU_ASTI",
        OSOITE=pl.format("Esimerkkikatu {}", pl.col("person") % 900 + 1),
    )


def ages(people: pl.DataFrame, day: np.datetime64) -> Reals:
    """Age in years, with decimals, for drawing only."""
    years: Reals = (day - people["born"].to_numpy().astype("datetime64[D]")).astype(float) / 365.25
    return years


def _birth_days(rng: np.random.Generator, start: np.datetime64, size: int) -> Days:
    years = np.arange(OLDEST)
    shape = np.where(years < 20, 0.9, 1.1) * np.clip((OLDEST - years) / 30, 0, 1)
    age = choose_index(rng, shape, size) * 365.25 + rng.random(size) * 365
    return start - np.maximum(age.astype(np.int64), 1).astype("timedelta64[D]")


def _death_days(rng: np.random.Generator, born: Days, start: np.datetime64, end: np.datetime64) -> Days:
    """A day in the period for those who die, likelier with age; never the last day of a month."""
    age = (start - born).astype(float) / 365.25
    yearly = np.clip(0.0004 * np.exp(0.075 * np.clip(age - 30, 0, None)), 0, 0.4)
    dies = rng.random(len(born)) < yearly * float((end - start).astype(int)) / 365
    day = _day_between(rng, start + ONE_DAY, end, len(born))
    first_of_next = (day + ONE_DAY).astype("datetime64[M]").astype("datetime64[D]")
    return only(dies & (born < start), np.where(first_of_next == day + ONE_DAY, day - ONE_DAY, day))


def _moves(
    rng: np.random.Generator, kind: Whole, earliest: Days, end: np.datetime64, years: float
) -> tuple[Days, Flags, Flags]:
    """The moving day (never the first of a month), and who leaves the county or moves inside it."""
    size = len(kind)
    luck = rng.random(size)
    leaves = (kind == 0) & (luck < YEARLY["moving out"] * years)
    inside = (kind == 0) & ~leaves & (luck < (YEARLY["moving out"] + YEARLY["moving inside"]) * years)
    day = _day_between(rng, earliest + ONE_DAY * 2, end, size)
    day = np.where(day == day.astype("datetime64[M]"), day + ONE_DAY, day)
    return only(leaves | inside | (kind == 2), day), leaves, inside


def _since(rng: np.random.Generator, born: Days, start: np.datetime64, newborn: Flags) -> Days:
    earliest = np.maximum(born, REGISTER_BEGINS)
    span = (start - earliest).astype(np.int64)
    at_birth = newborn | happens(rng, 0.4, len(born)) & (born >= REGISTER_BEGINS)
    later = earliest + (rng.random(len(born)) * np.maximum(span, 1)).astype("timedelta64[D]")
    return np.where(at_birth, born, later)


def _day_between(rng: np.random.Generator, low: Days | np.datetime64, high: np.datetime64, size: int) -> Days:
    """A day from low to high; the last one when low lies after high."""
    span = np.maximum((high - low).astype(np.int64), 0) + 1
    day: Days = np.minimum(low, high) + (rng.random(size) * span).astype("timedelta64[D]")
    return day
