"""Social services: matters with their assessments and the decisions made in them, in their deliveries' columns."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import polars as pl

from ingest.synthetic.draws import (
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
from ingest.synthetic.people import ages
from ingest.synthetic.visits import home_at
from ingest.synthetic.workdays import shift

MATTERS_PER_RESIDENT_YEAR = 0.06
HISTORY_DAYS = 120
ASSESSED_SHARE, DECIDED_SHARE, STARTED_SHARE, ENDED_SHARE = 0.9, 0.75, 0.93, 0.15


class Task(NamedTuple):
    """One of the seven service tasks: its share, the ages of its clients, its unit's service, what it grants."""

    share: float
    ages: tuple[int, int]
    unit_service: str
    services: dict[str, float]
    client_groups: dict[str, float]


TASKS = {
    "FAM": Task(0.20, (0, 17), "2410", {"2410": 1.0}, {"CSS": 0.35, "OTH": 0.65}),
    "CHW": Task(0.08, (0, 17), "2400", {"2400": 1.0}, {"CSS": 0.8, "OTH": 0.2}),
    "WRK": Task(0.20, (18, 64), "2600", {"2600": 1.0}, {"OTH": 1.0}),
    "ELD": Task(0.34, (65, 120), "2300", {"2300": 0.7, "2310": 0.18, "2320": 0.12}, {"HCA": 0.06, "OTH": 0.94}),
    "DIS": Task(0.10, (5, 90), "2500", {"2500": 1.0}, {"HCA": 0.15, "OTH": 0.85}),
    "SUB": Task(0.05, (16, 75), "2600", {"2120": 1.0}, {"OTH": 1.0}),
    "FLW": Task(0.03, (20, 55), "2410", {"2410": 1.0}, {"OTH": 1.0}),
}


def synthesise_matters(
    rng: np.random.Generator, people: pl.DataFrame, units: pl.DataFrame, period: Period
) -> pl.DataFrame:
    """Matters by the day they became pending, with the person's row number for the decisions."""
    start, end = np.datetime64(period.start), np.datetime64(period.end)
    days = int((end - start).astype(int)) + 1 + HISTORY_DAYS
    size = round(int(people["registered"].sum()) * MATTERS_PER_RESIDENT_YEAR * days / 365)
    first = start - np.timedelta64(HISTORY_DAYS, "D")
    pending = np.sort(shift(first + (rng.random(size) * days).astype("timedelta64[D]"), 0))
    task = choose_index(rng, [told.share for told in TASKS.values()], size)
    person = _clients(rng, people, task, start)
    assessed = happens(rng, ASSESSED_SHARE, size)
    began = shift(pending, np.minimum(rng.geometric(0.3, size) - 1, 25).astype(np.int64))
    ready = began + np.clip(rng.lognormal(np.log(32), 0.7, size), 1, 300).astype(np.int64).astype("timedelta64[D]")
    home = home_at(people, person, pending)
    age = (pending - people["born"].to_numpy().astype("datetime64[D]")[person]).astype(float) / 365.25
    rows = pl.DataFrame(
        {
            "ASIA_ID": numbered("AS", size),
            "TNRO": people["hetu"].gather(person),
            "PALVELUYKSIKKO": _units(units, task, home),
            "PALVELUTEHTAVA": pl.Series(list(TASKS)).gather(task),
            "ASIAKASRYHMA": _client_groups(rng, task, age >= 75),
            "YHTEYDENOTTO_PVM": day_column(after(pending, some_days(rng, -3, 0, size))),
            "VIREILLETULO_PVM": day_column(pending),
            "PTA_ID": where(assessed, numbered("PT", size)),
            "PTA_ALKOI_PVM": day_column(only(assessed, began)),
            "PTA_VALMIS_PVM": day_column(only(assessed, ready)),
            "KOKU": home,
            "person": person,
        }
    )
    living = people.select("person", "born", "died")
    alive = (pl.col("YHTEYDENOTTO_PVM") > pl.col("born")) & (
        (pl.col("VIREILLETULO_PVM") < pl.col("died")).fill_null(True)
    )
    return rows.join(living, on="person", how="left", maintain_order="left").filter(alive).drop("born")


def delivered_matters(matters: pl.DataFrame) -> pl.DataFrame:
    return matters.drop("person", "died")


def synthesise_decisions(rng: np.random.Generator, matters: pl.DataFrame, units: pl.DataFrame) -> pl.DataFrame:
    """Decisions in the order of their matters; a granted service usually begins some weeks later."""
    decided = matters.filter(pl.Series(happens(rng, DECIDED_SHARE, len(matters))))
    size = len(decided)
    pending = decided["VIREILLETULO_PVM"].to_numpy().astype("datetime64[D]")
    ready = decided["PTA_VALMIS_PVM"].to_numpy().astype("datetime64[D]")
    day = shift(np.where(np.isnat(ready), after(pending, some_days(rng, 1, 60, size)), ready), whole(rng, 0, 12, size))
    result = choose(rng, {"GRA": 0.74, "PAR": 0.1, "REF": 0.16}, size)
    starts = (result != "REF").to_numpy() & happens(rng, STARTED_SHARE, size)
    wait = np.clip(rng.lognormal(np.log(20), 1.0, size), 0, 400).astype(np.int64).astype("timedelta64[D]")
    started = only(starts, day + wait)
    ends = after(started, some_days(rng, 14, 200, size))
    task = decided["PALVELUTEHTAVA"].replace_strict(list(TASKS), range(len(TASKS))).to_numpy()
    rows = pl.DataFrame(
        {
            "PAATOS_ID": numbered("PA", size),
            "ASIA_ID": decided["ASIA_ID"],
            "TNRO": decided["TNRO"],
            "PALVELULUOKKA": _services(rng, task),
            "PAATOS_PVM": day_column(day),
            "PAATOS_TULOS": result,
            "PALVELU_ALKOI_PVM": day_column(started),
            "PALVELU_PAATTYI_PVM": day_column(only(happens(rng, ENDED_SHARE, size), ends)),
            "TOTEUTTAJA_YKSIKKO": where(starts, _units(units, task, decided["KOKU"])),
            "died": decided["died"],
        }
    )
    return rows.filter((pl.col("PAATOS_PVM") < pl.col("died")).fill_null(True)).drop("died")


def _clients(rng: np.random.Generator, people: pl.DataFrame, task: Whole, start: np.datetime64) -> Whole:
    age = ages(people, start)
    persons = np.zeros(len(task), dtype=np.int64)
    for number, told in enumerate(TASKS.values()):
        mask = task == number
        fitting = np.where((age >= told.ages[0]) & (age < told.ages[1] + 1), 1.0, 0.0)
        if told.ages[0] >= 65:
            fitting = fitting * (np.clip(age, 65, 95) - 60)
        persons[mask] = choose_index(rng, fitting if fitting.sum() > 0 else np.ones(len(age)), int(mask.sum()))
    return persons


def _client_groups(rng: np.random.Generator, task: Whole, old: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> pl.Series:
    size = len(task)
    drawn = pl.Series([None] * size, dtype=pl.String)
    for number, told in enumerate(TASKS.values()):
        drawn = where(task == number, choose(rng, told.client_groups, size), drawn)
    return where(old & (drawn == "OTH").to_numpy(), "P75", drawn)


def _services(rng: np.random.Generator, task: Whole) -> pl.Series:
    drawn = pl.Series([None] * len(task), dtype=pl.String)
    for number, told in enumerate(TASKS.values()):
        drawn = where(task == number, choose(rng, told.services, len(task)), drawn)
    return drawn


def _units(units: pl.DataFrame, task: Whole, home: pl.Series) -> pl.Series:
    """The unit of the task's service in the home municipality, else the first such unit of the county."""
    service = pl.Series([told.unit_service for told in TASKS.values()]).gather(task)
    own = units.filter((pl.col("mode") == "OWN") & (pl.col("organiser") != "HUS"))
    near = own.unique(["service", "municipality"], keep="first", maintain_order=True)
    first = own.unique("service", keep="first", maintain_order=True).select("service", main="oid")
    wanted = pl.DataFrame({"service": service, "municipality": home})
    joined = wanted.join(
        near.select("service", "municipality", "oid"), on=["service", "municipality"], how="left", maintain_order="left"
    )
    return (
        joined.join(first, on="service", how="left", maintain_order="left")
        .select(pl.coalesce("oid", "main"))
        .to_series()
    )
