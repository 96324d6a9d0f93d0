"""Figures that the marts should arrive at, counted in plain Polars from the rows that hold in the end.

Keys: population municipality|day and all|day (residents on 31.12 and on the last day); ledger account group (EUR);
htv2 profession group|year; visits_doctor all|year; queue_month_end and queue_month_end_over_180 day;
records and duplicates source.table|delivery; dirt kind|source.table (rows that hold).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple

import polars as pl

from ingest.synthetic.codes import code_set, municipalities_of
from ingest.synthetic.moments import Period, month_ends

Tables = Mapping[str, pl.DataFrame]


class Figure(NamedTuple):
    """One number with its name and key, as text."""

    figure: str
    key: str
    value: str


def figures(tables: Tables, county: str, period: Period) -> list[Figure]:
    """All figures of the finished county."""
    return [
        *_population(tables["reference.resident"], county, period),
        *_ledger(tables["finance.ledger"], tables["finance.account"]),
        *_person_years(tables["hr.employment"], tables["hr.absence"], period),
        *_doctor_visits(tables["patient.avohilmo"]),
        *_queue(tables["patient.queue"], period),
        *_dirt(tables, period),
    ]


def person_years(employed_days: int, unpaid_days: int, percent: Decimal) -> Decimal:
    """HTV2 of one employment in one year: paid calendar days / 365 x part-time share (KT's recommendation 2021)."""
    return Decimal(employed_days - unpaid_days) / 365 * percent / 100


def _population(rows: pl.DataFrame, county: str, period: Period) -> Iterator[Figure]:
    year_ends = {date(year, 12, 31) for year in range(period.start.year, period.end.year + 1)}
    for day in sorted({period.end} | {day for day in year_ends if period.start <= day <= period.end}):
        here = rows.filter(
            (pl.col("ASUU_ALKAEN") <= day)
            & (pl.col("ASUU_ASTI") >= day).fill_null(True)
            & (pl.col("KUOLINPVM") > day).fill_null(True)
        )
        counts = dict(here.group_by("KUNTA").len().iter_rows())
        yield Figure("population", f"all|{day}", str(len(here)))
        for code in municipalities_of(county):
            yield Figure("population", f"{code}|{day}", str(counts.get(code, 0)))


def _ledger(rows: pl.DataFrame, accounts: pl.DataFrame) -> Iterator[Figure]:
    grouped = rows.join(accounts.select("TILI", "TILIRYHMA"), on="TILI", how="left")
    for group, amount in grouped.group_by("TILIRYHMA").agg(pl.col("SUMMA").sum()).sort("TILIRYHMA").iter_rows():
        yield Figure("ledger", group, str(amount))


def _person_years(employments: pl.DataFrame, absences: pl.DataFrame, period: Period) -> Iterator[Figure]:
    unpaid: dict[str, list[tuple[date, date]]] = {}
    for who, began, ended in (
        absences.filter(pl.col("Palkallinen") == "E").select("Palvelussuhde", "Alkoi", "Päättyi").iter_rows()
    ):
        unpaid.setdefault(who, []).append((began, ended))
    rows = employments.select("Palvelussuhde", "Ammattiryhmä", "Osa-aikaprosentti", "Alkoi", "Päättyi").sort(
        "Palvelussuhde"
    )
    for year in range(period.start.year, period.end.year + 1):
        first, last = date(year, 1, 1), min(date(year, 12, 31), period.end)
        sums: dict[str, Decimal] = {}
        for who, group, percent, began, ended in rows.iter_rows():
            begins, ends = max(began, first), min(ended or last, last)
            away = sum(_days(max(start, begins), min(end, ends)) for start, end in unpaid.get(who, []))
            share = person_years(_days(begins, ends), away, Decimal(percent))
            sums[group] = sums.get(group, Decimal(0)) + share
        for group, total in sorted(sums.items()):
            yield Figure("htv2", f"{group}|{year}", f"{total:.4f}")


def _days(first: date, last: date) -> int:
    return max((last - first).days + 1, 0)


def _doctor_visits(rows: pl.DataFrame) -> Iterator[Figure]:
    doctors = code_set("profession").filter(pl.col("profession_group_code") == "doctor")["code"].to_list()
    seen = rows.filter(pl.col("KAYNTI_AMMATTI").is_in(doctors) & pl.col("KAYNTI_ALKOI").is_not_null())
    for year, count in seen.group_by(pl.col("KAYNTI_ALKOI").dt.year()).len().sort("KAYNTI_ALKOI").iter_rows():
        yield Figure("visits_doctor", f"all|{year}", str(count))


def _queue(rows: pl.DataFrame, period: Period) -> Iterator[Figure]:
    for day in month_ends(period.start, period.end):
        waiting = rows.filter(
            (pl.col("JONOPVM") <= day)
            & (pl.col("TUPVA") > day).fill_null(True)
            & (pl.col("JONOSTA_POISTO_PVM") > day).fill_null(True)
        )
        long = waiting.filter((pl.lit(day) - pl.col("JONOPVM")).dt.total_days() > 180)
        yield Figure("queue_month_end", str(day), str(len(waiting)))
        yield Figure("queue_month_end_over_180", str(day), str(len(long)))


def _dirt(tables: Tables, period: Period) -> Iterator[Figure]:
    rows = tables["patient.avohilmo"]
    units = tables["reference.unit"]["YKSIKKO_OID"].implode()
    expired = code_set("contact_type").filter(pl.col("valid_to") < str(period.start))["code"].to_list()
    medical = (pl.col("KAYNTI_PALVELUMUOTO") == "T11") & pl.col("KAYNTI_ALKOI").is_not_null()
    assessed, visited = pl.col("HOIDONTARVE_AJANKOHTA").is_not_null(), pl.col("KAYNTI_ALKOI").is_not_null()
    kinds = {
        "unknown_unit": ~pl.col("PALVELUNTUOTTAJA_YKSIKKO").is_in(units),
        "expired_contact_type": pl.col("KAYNTI_YHTEYSTAPA").is_in(expired),
        "municipality_588": pl.col("ASIAKAS_KOTIKUNTA") == "588",
        "unknown_reason_class": medical & pl.col("KAYNTI_SYYLUOKKA").is_null(),
        "assessment_without_visit": assessed & ~visited,
        "visit_without_assessment": visited & ~assessed,
        "cancelled": pl.col("PERUUTUS_AJANKOHTA").is_not_null(),
    }
    for kind, condition in kinds.items():
        yield Figure("dirt", f"{kind}|patient.avohilmo", str(len(rows.filter(condition))))
    early = tables["patient.referral"].filter(pl.col("LANTKASPVA") < pl.col("LANTTUPVA"))
    yield Figure("dirt", "processed_before_arrival|patient.referral", str(len(early)))
