"""Specialised care: referrals and the waiting list, in the columns of their deliveries."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import polars as pl

from ingest.synthetic.draws import (
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

REFERRALS_PER_RESIDENT_YEAR = 0.22
HISTORY_DAYS = 420  # the waiting list reaches back further than the referrals that are delivered
DELIVERED_HISTORY_DAYS = 60
SPECIALTIES = {"10": 18, "20": 24, "30": 9, "50": 14, "55": 9, "60": 4, "70": 7, "74": 3, "75": 2, "77": 6, "96": 4}
SENDERS = {"1": 0.62, "2": 0.16, "3": 0.12, "4": 0.07, "5": 0.03}
REMOVALS = {"NEE": 0.6, "OTH": 0.2, "MOV": 0.15, "DEC": 0.05}
QUEUED_SHARE, REMOVED_SHARE, WITHDRAWN_SHARE = 0.6, 0.07, 0.02
PROCESSED_EARLY_SHARE, NEVER_PROCESSED_SHARE, HUS_SHARE = 0.004, 0.01, 0.01


def synthesise_referrals(
    rng: np.random.Generator, people: pl.DataFrame, units: pl.DataFrame, period: Period
) -> pl.DataFrame:
    """Referrals of the period and the year before it, by arrival; some are processed late, a few before they came."""
    start, end = np.datetime64(period.start), np.datetime64(period.end)
    days = int((end - start).astype(int)) + 1 + HISTORY_DAYS
    size = round(int(people["registered"].sum()) * REFERRALS_PER_RESIDENT_YEAR * days / 365)
    arrived = np.sort(
        shift(start - np.timedelta64(HISTORY_DAYS, "D") + (rng.random(size) * days).astype("timedelta64[D]"), 0)
    )
    person = choose_index(rng, 0.5 + np.clip(ages(people, start), 0, 90) / 60, size)
    speed = choose_index(rng, [0.70, 0.265, 0.035], size)
    quick, usual, slow = whole(rng, 0, 3, size), whole(rng, 4, 21, size), whole(rng, 22, 60, size)
    processed = arrived + np.choose(speed, [quick, usual, slow]).astype("timedelta64[D]")
    early = happens(rng, PROCESSED_EARLY_SHARE, size)
    processed = np.where(early, arrived - whole(rng, 1, 5, size).astype("timedelta64[D]"), processed)
    hospital = units.filter((pl.col("area") == "3") & (pl.col("mode") == "OWN"))["oid"]
    rows = pl.DataFrame(
        {
            "LAHETE_ID": numbered("LH", size),
            "TNRO": people["hetu"].gather(person),
            "PALVELUNTUOTTAJA_YKSIKKO": hospital.gather(happens(rng, HUS_SHARE, size).astype(np.int64)),
            "EA": choose(rng, SPECIALTIES, size),
            "LANT": choose(rng, SENDERS, size),
            "KIIREELLISYYS": choose(rng, {"E": 0.82, "5": 0.12, "6": 0.06}, size),
            "LANTTUPVA": day_column(arrived),
            "LANTKASPVA": day_column(only(~happens(rng, NEVER_PROCESSED_SHARE, size), processed)),
            "KOKU": home_at(people, person, arrived),
            "died": people["died"].gather(person),
            "born": people["born"].gather(person),
        }
    )
    return _while_alive(rows, "LANTTUPVA", "LANTKASPVA")


def delivered_referrals(referrals: pl.DataFrame, period: Period) -> pl.DataFrame:
    """The referrals of the period and of the two months before it."""
    return referrals.filter(pl.col("LANTTUPVA") >= _first_delivered(period)).drop("died", "born")


def synthesise_queue(rng: np.random.Generator, referrals: pl.DataFrame, period: Period) -> pl.DataFrame:
    """The waiting list's whole story; ``withdrawn`` is the day on which the source removed an entry without a trace."""
    processed = referrals.filter(pl.col("LANTKASPVA") >= pl.col("LANTTUPVA"))
    rows = processed.filter(pl.Series(happens(rng, QUEUED_SHARE, len(processed))))
    size = len(rows)
    queued = after(rows["LANTKASPVA"].to_numpy().astype("datetime64[D]"), some_days(rng, 0, 30, size))
    wait = np.clip(rng.lognormal(np.log(72), 0.85, size), 1, 500).astype(np.int64).astype("timedelta64[D]")
    treated = shift(queued + wait, 0)
    removed = happens(rng, REMOVED_SHARE, size)
    withdrawn = happens(rng, WITHDRAWN_SHARE, size)
    old = rows["LANTTUPVA"] < _first_delivered(period)
    entries = rows.select(
        "TNRO",
        "PALVELUNTUOTTAJA_YKSIKKO",
        "EA",
        "KOKU",
        "died",
        "born",
        JONO_ID=numbered("JO", size),
        LAHETE_ID=where(old, None, rows["LAHETE_ID"]),  # the register that they came from was replaced
        JONOPVM=day_column(queued),
        TUPVA=day_column(only(~removed, treated)),
        JONOSTA_POISTO_PVM=day_column(only(removed, treated)),
        JONOSTA_POISTO_SYY=where(removed, choose(rng, REMOVALS, size)),
        withdrawn=day_column(only(withdrawn, after(queued, some_days(rng, 10, 300, size)))),
    )
    still_open = pl.col("TUPVA").fill_null(pl.col("JONOSTA_POISTO_PVM")) >= pl.lit(period.start)
    return _while_alive(entries, "JONOPVM", "TUPVA").filter(still_open.fill_null(True)).drop("died", "born")


def _first_delivered(period: Period) -> date:
    return period.start - timedelta(days=DELIVERED_HISTORY_DAYS)


def _while_alive(rows: pl.DataFrame, began: str, ended: str) -> pl.DataFrame:
    """Rows of people born by then; what would come after a death does not happen."""
    living = rows.filter((pl.col(began) > pl.col("born")) & (pl.col(began) < pl.col("died")).fill_null(True))
    return living.with_columns(pl.when((pl.col(ended) < pl.col("died")).fill_null(True)).then(ended).alias(ended))
