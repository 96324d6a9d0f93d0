"""Employments and absences of the county's staff.

Columns of the staff frame: employment, number (register number), unit, group, title, nature, percent, started, ended.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from ingest.synthetic.draws import (
    Days,
    Whole,
    after,
    choose,
    choose_index,
    day_column,
    happens,
    numbered,
    only,
    some_days,
    where,
    whole,
)
from ingest.synthetic.moments import Period

PER_RESIDENT = 0.041
GROUPS = {  # share, areas of the units where they work, job title
    "doctor": (0.07, ("1", "3"), "lääkäri"),
    "nurse": (0.30, ("1", "3", "5"), "sairaanhoitaja"),
    "practical_nurse": (0.28, ("5", "3"), "lähihoitaja"),
    "dentist": (0.02, ("2",), "hammaslääkäri"),
    "therapist": (0.06, ("1", "3"), "fysioterapeutti"),
    "social_worker": (0.07, ("4",), "sosiaalityöntekijä"),
    "other": (0.20, ("6", "3", "2"), "toimistosihteeri"),
}
REASONS = {"SICK": 0.42, "ANNUAL": 0.40, "FAMILY": 0.08, "STUDY": 0.03, "UNPAID": 0.04, "OTHER": 0.03}
PAID_SHARE = {"SICK": 0.95, "ANNUAL": 1.0, "FAMILY": 0.5, "STUDY": 0.0, "UNPAID": 0.0, "OTHER": 0.8}


def synthesise_staff(rng: np.random.Generator, units: pl.DataFrame, population: int, period: Period) -> pl.DataFrame:
    """The employments that a county of this population has over the period."""
    size = max(70, round(population * PER_RESIDENT))
    groups = list(GROUPS)
    weights = [GROUPS[group][0] for group in groups]
    group = np.concatenate([np.repeat(np.arange(len(groups)), 3), choose_index(rng, weights, size - 3 * len(groups))])
    nature = choose(rng, {"V": 0.78, "M": 0.14, "S": 0.08}, size)
    started, ended = _terms(rng, nature, period)
    registered = group != groups.index("other")
    return pl.DataFrame(
        {
            "employment": numbered("PS", size, 6),
            "number": where(registered, numbered("999", size), None),
            "unit": _workplaces(rng, units, groups, group),
            "group": pl.Series(groups).gather(group),
            "title": pl.Series([GROUPS[name][2] for name in groups]).gather(group),
            "nature": nature,
            "percent": choose(rng, {"100": 0.8, "80": 0.1, "60": 0.04, "50": 0.06}, size),
            "started": day_column(started),
            "ended": day_column(ended),
        }
    )


def employment_list(
    rng: np.random.Generator, staff: pl.DataFrame, units: pl.DataFrame, people: pl.DataFrame
) -> pl.DataFrame:
    """The employments in the columns of their workbook; the staff are residents of the county."""
    adults = people.filter(pl.col("registered") & (pl.col("born") < pl.lit("2000-01-01").str.to_date()))["hetu"]
    codes = adults.gather(rng.permutation(len(adults))[: len(staff)])
    place = staff["unit"]
    return staff.select(
        Palvelussuhde="employment",
        Henkilötunnus=codes.extend_constant(None, len(staff) - len(codes)),
        Nimi=pl.format("Testi Työntekijä{}", pl.int_range(1, pl.len() + 1)),
        Rekisterinumero="number",
        Yksikkö=units["oid"].gather(place),
        Kustannuspaikka=units["cost_centre"].gather(place),
        Ammattinimike="title",
        Ammattiryhmä="group",
        Luonne="nature",
        # "80" and "80.50" are both numbers with a decimal point
        **{"Osa-aikaprosentti": pl.col("percent")},
        Alkoi="started",
        Päättyi="ended",
    )


def synthesise_absences(rng: np.random.Generator, staff: pl.DataFrame, period: Period) -> pl.DataFrame:
    """Absences in the columns of their workbook; those of one employment never overlap, unpaid ones are whole."""
    month = np.datetime64(period.start, "M")
    months = int((np.datetime64(period.end, "M") - month).astype(int)) + 1
    cases = np.flatnonzero(happens(rng, 0.2, len(staff) * months))  # a case is one employment in one month
    who, slot = cases // months, cases % months
    reason = choose(rng, REASONS, len(cases))
    began = after((month + slot.astype("timedelta64[M]")).astype("datetime64[D]"), some_days(rng, 0, 9, len(cases)))
    ended = after(began, some_days(rng, 0, 17, len(cases)))
    paid = rng.random(len(cases)) < reason.replace_strict(PAID_SHARE).to_numpy()
    part = pl.Series(happens(rng, 0.03, len(cases)) & paid & (reason == "SICK").to_numpy())
    rows = pl.DataFrame(
        {
            "Palvelussuhde": staff["employment"].gather(who),
            "Syy": reason,
            "Palkallinen": where(paid, "K", "E"),
            "Prosentti": where(part, "50", "100"),
            "Alkoi": day_column(began),
            "Päättyi": day_column(ended),
            "started": staff["started"].gather(who),
            "ended": staff["ended"].gather(who),
        }
    )
    held = rows.filter((pl.col("Alkoi") >= pl.col("started")) & (pl.col("Päättyi") <= pl.col("ended")).fill_null(True))
    kept = held.drop("started", "ended")
    return kept.insert_column(0, numbered("PA", len(kept)).alias("Poissaolo"))


def _terms(rng: np.random.Generator, nature: pl.Series, period: Period) -> tuple[Days, Days]:
    """First and last days: most began long ago, fixed terms last months, few permanent ones end."""
    start, size = np.datetime64(period.start), len(nature)
    length = int((np.datetime64(period.end) - start).astype(int))
    permanent = (nature == "V").to_numpy()
    ago = np.where(permanent, some_days(rng, -length // 10, 6000, size), some_days(rng, -length, 200, size))
    started = start - ago
    fixed_end = after(started, some_days(rng, 60, 400, size))
    leaves = after(started, some_days(rng, 400, 6500, size))
    leaves = only(leaves > start, leaves)
    still_there = np.where(fixed_end < start, start + some_days(rng, 30, 300, size), fixed_end)
    return started, np.where(permanent, leaves, still_there)


def _workplaces(rng: np.random.Generator, units: pl.DataFrame, groups: list[str], group: Whole) -> Whole:
    """A unit for each employment, of an area where the group works; only units with a cost centre of their own."""
    own = units.filter((pl.col("mode") == "OWN") & pl.col("cost_centre").is_not_null())
    places = np.zeros(len(group), dtype=np.int64)
    for number, name in enumerate(groups):
        mask = group == number
        fitting = own.filter(pl.col("area").is_in(GROUPS[name][1]))["unit"].to_numpy()
        places[mask] = fitting[whole(rng, 0, len(fitting) - 1, int(mask.sum()))]
    return places
