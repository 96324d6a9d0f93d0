"""The limits of law in SQL against a slow reading of the same law in Python, day by day.

The rules below are written from the acts, apart from the seed; the weekdays come from the holidays package.
"""

from __future__ import annotations

import calendar
import os
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import duckdb
import holidays
import pytest

from tests.commands import command

ROOT = Path(__file__).parents[2]
FIRST, LAST = date(2023, 8, 20), date(2025, 12, 31)


class Rule(NamedTuple):
    """A limit: who it binds, from when to when, how much."""

    rule_id: str
    area: str
    amount: int
    unit: str
    valid_from: date = date(2005, 3, 1)
    valid_to: date = date.max
    youngest: int = 0
    oldest: int = 200


SEPTEMBER, YEAR = date(2023, 9, 1), date(2025, 1, 1)
RULES = [
    Rule("PHC-HTA-1", "contact", 3, "weekday", valid_to=date(2023, 8, 31)),
    Rule("PHC-CON-2", "contact", 0, "weekday", SEPTEMBER),
    Rule("PHC-TRT-1", "primary_treatment", 3, "month", valid_to=date(2023, 8, 31)),
    Rule("PHC-TRT-2", "primary_treatment", 14, "day", SEPTEMBER, date(2024, 12, 31)),
    Rule("PHC-TRT-3a", "primary_treatment", 3, "month", YEAR, youngest=23),
    Rule("PHC-TRT-3b", "primary_treatment", 14, "day", YEAR, oldest=22),
    Rule("PHC-ORAL-1", "oral_treatment", 3, "month", valid_to=date(2023, 8, 31)),
    Rule("PHC-ORAL-2", "oral_treatment", 4, "month", SEPTEMBER, date(2024, 10, 31)),
    Rule("PHC-ORAL-3", "oral_treatment", 3, "month", date(2024, 11, 1), date(2024, 12, 31)),
    Rule("PHC-ORAL-4a", "oral_treatment", 6, "month", YEAR, youngest=23),
    Rule("PHC-ORAL-4b", "oral_treatment", 3, "month", YEAR, oldest=22),
    Rule("ESH-REF", "specialised_referral", 21, "day"),
    Rule("ESH-TRT", "specialised_treatment", 6, "month"),
    Rule("SHL-36-START", "social_assessment_start", 7, "weekday"),
    Rule("SHL-36-READY", "social_assessment_ready", 3, "month"),
    Rule("SHL-45", "social_decision", 3, "month"),
    Rule("VPL-18", "elderly_decision", 3, "month"),
    Rule("LSL-26-START", "child_welfare_start", 7, "weekday"),
]
CLOSED = holidays.country_holidays("FI", years=range(2023, 2028), language="fi")


def is_weekday(day: date) -> bool:
    midsummer_eve = day.month == 6 and 19 <= day.day <= 25 and day.weekday() == 4
    christmas_eve = (day.month, day.day) == (12, 24)
    return day.weekday() < 5 and day not in CLOSED and not midsummer_eve and not christmas_eve


def limit_of(rule: Rule, start: date) -> date:
    if rule.unit == "day":
        return start + timedelta(days=rule.amount)
    if rule.unit == "month":
        month = start.month - 1 + rule.amount
        year, month = start.year + month // 12, month % 12 + 1
        return date(year, month, min(start.day, calendar.monthrange(year, month)[1]))
    day, left = start, rule.amount
    if left == 0:
        while not is_weekday(day):
            day += timedelta(days=1)
    while left:
        day += timedelta(days=1)
        left -= is_weekday(day)
    return day


def told_by_law() -> Iterator[tuple[str, str, date]]:
    """(case, rule, limit) of every case that began on any day, for a 22 and a 23 year old."""
    for start in (FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)):
        for age in (22, 23):
            for rule in RULES:
                if rule.valid_from <= start <= rule.valid_to and rule.youngest <= age <= rule.oldest:
                    yield f"{rule.area}|{start}|{age}", rule.rule_id, limit_of(rule, start)


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """A warehouse with the calendar, the rules, and a case of every kind on every day."""
    home = tmp_path_factory.mktemp("limits")
    (home / "warehouse").mkdir()
    _dbt(home, "build", "ref_holiday", "ref_time_limit", "dim_date", "--exclude-resource-type", "unit_test")
    _put_cases(home / "warehouse" / "vault.duckdb")
    _dbt(home, "run", "fct_access_case")
    with duckdb.connect(str(home / "warehouse" / "vault.duckdb"), read_only=True) as connection:
        yield connection


def _dbt(home: Path, verb: str, *selected: str) -> None:
    # A process of its own: within this one dbt would keep the database open.
    environment = os.environ | {"SOTEVAULT_HOME": str(home), "DBT_LOG_PATH": str(home / "logs")}
    places = ["--project-dir", ".", "--profiles-dir", ".", "--target-path", str(home / "target")]
    command("dbt", verb, "--quiet", *places, "--select", *selected, at=ROOT, environment=environment)


def _put_cases(database: Path) -> None:
    areas = ", ".join(f"('{area}')" for area in sorted({rule.area for rule in RULES}))
    with duckdb.connect(str(database)) as connection:
        connection.execute("create table marts.as_of as select 'patient' as source, date '2026-01-01' as as_of_date")
        connection.execute(f"""
            create table marts.access_case as
            select
                'patient' as source, area, area || '|' || cast(day as date) || '|' || age as case_id,
                cast(null as uuid) as person_hk, cast(null as uuid) as service_unit_hk, '105' as municipality_code,
                '20' as county_code, '20' as organiser_code, '20' as area_county_code, '105' as area_municipality_code,
                '1' as sex_code, '0-22' as age_group_code, age, cast(day as date) as start_date,
                cast(null as date) as end_date, 'CSS' as group_code, cast(day as date) as pending_date,
                cast(day as date) as decision_date
            from generate_series(timestamp '{FIRST}', timestamp '{LAST}', interval 1 day) as days (day)
            cross join (values {areas}) as areas (area)
            cross join (values (22), (23)) as ages (age)
        """)


def test_the_sql_finds_for_every_day_the_rule_and_the_limit_that_the_law_gives(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    found = set(warehouse.execute("select case_id, rule_id, limit_date from marts.fct_access_case").fetchall())

    assert found == set(told_by_law())


def test_no_case_is_bound_by_two_rules(warehouse: duckdb.DuckDBPyConnection) -> None:
    twice = warehouse.execute("select case_id from marts.fct_access_case group by case_id having count(*) > 1")

    assert twice.fetchall() == []


def test_the_calendar_counts_the_weekdays_that_finland_works(warehouse: duckdb.DuckDBPyConnection) -> None:
    days = warehouse.execute(
        "select calendar_date from marts.dim_date where is_weekday and calendar_date between ? and ?", [FIRST, LAST]
    ).fetchall()

    whole = (FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1))
    assert sorted(day for (day,) in days) == [day for day in whole if is_weekday(day)]


def test_the_limits_that_the_documents_name(warehouse: duckdb.DuckDBPyConnection) -> None:
    # Child welfare notices of 14 January and 15 April 2025; a matter pending on 30 November 2024.
    told = dict(warehouse.execute("select case_id, limit_date from marts.fct_access_case").fetchall())

    assert told["child_welfare_start|2025-01-14|23"] == date(2025, 1, 23)
    assert told["child_welfare_start|2025-04-15|23"] == date(2025, 4, 28)
    assert told["social_decision|2024-11-30|23"] == date(2025, 2, 28)
