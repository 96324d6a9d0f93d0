"""Known answers about law and codes, each where it is shown; those that stood nowhere are shown here.

| case | answer | stands as |
| --- | --- | --- |
| 1 | a child-welfare notice of Tuesday 14.1.2025 is decided by Thursday 23.1.2025 | dbt unit test |
| 2 | over Easter, from Tuesday 15.4.2025 by 28.4.2025 | dbt unit test |
| 3 | assessed 31.8.2023: three months | dbt unit test |
| 4 | assessed 1.9.2023: 14 days, until 15.9.2023 | dbt unit test |
| 5 | 31.12.2024 at 40 years: 14 days; 1.1.2025: three months, until 1.4.2025 | dbt unit test |
| 6 | 1.1.2025 at 22 years and 364 days: 14 days; on the 23rd birthday: three months | dbt unit tests |
| 7 | oral care of 31.10.2024, 1.11.2024, 1.1.2025: four, three, six months | dbt unit test |
| 8 | the seven-day rule of 1.11.2024 never binds | dbt unit test |
| 9 | three months from 30.11.2024 end on 28.2.2025 | dbt unit test |
| 10 | late by section 45, in time by section 18 | dbt unit test |
| 11 | a disability application pending 30.12.2024 follows the old act | dbt unit test |
| 12 | 180 days are not over half a year, 181 are; the legal six months differ by days | dbt unit tests |
| 13 | contact type R50 in 2021: a warning at the gate, counted as remote | dbt unit test, gate test |
| 14 | municipality 588: county 12 in 2024, unknown in 2025, the event stays | dbt unit test, gate test |
| 15 | a visit at HUS of a resident of 543: region 02, organiser HUS | dbt unit test |
| 16 | the published artificial identity codes are valid, 010190-999Y is not | unit test, and below |
| 17 | 020594X903P and 020594-903P are both valid and two persons | unit tests, and below |
| 20 | 182 paid days of half-time work: 182 / 365 x 0.5 person-years | dbt unit test |

Cases 1-7 and 9 also come out of test_limits.py, which reads the law day by day.
"""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import polars as pl
import pytest
import yaml

from ingest.identity import is_identity_code
from ingest.pseudonyms import Pseudonymiser

ROOT = Path(__file__).parents[2]
DBT_UNIT_TESTS = {
    1: ["a_child_welfare_notice_of_tuesday_14_january_2025_is_decided_by_thursday_23_january"],
    2: ["easter_takes_two_weekdays_from_a_notice_of_15_april_2025"],
    3: ["an_assessment_of_31_august_2023_still_has_three_months"],
    4: ["from_1_september_2023_everyone_is_seen_in_14_days"],
    5: ["a_40_year_old_has_14_days_in_2024_and_three_months_from_2025"],
    6: ["the_23rd_birthday_changes_14_days_to_three_months", "the_day_before_the_23rd_birthday_one_is_22"],
    7: ["oral_care_had_four_then_three_then_six_months"],
    8: ["the_seven_day_rule_that_was_cancelled_binds_nobody"],
    9: ["three_months_from_30_november_end_on_the_last_of_february"],
    10: ["one_elderly_client_is_late_by_section_45_and_in_time_by_section_18"],
    11: ["a_disability_application_pending_in_2024_follows_the_old_act"],
    12: [
        "180_days_of_waiting_are_not_over_half_a_year_and_181_are",
        "the_queue_of_30_june_counts_days_from_queueing_without_those_who_left_it_by_then",
        "181_days_can_be_within_six_calendar_months",
    ],
    13: ["a_telephone_contact_with_a_code_that_expired_is_remote_all_the_same"],
    14: ["pertunmaa_is_in_county_12_in_2024_and_unknown_in_2025_and_both_visits_stay"],
    15: ["a_visit_at_hus_of_a_resident_of_nurmijarvi_is_of_region_02_and_organiser_hus"],
    20: ["half_time_work_of_182_paid_days_is_a_quarter_of_a_person_year"],
}
PYTHON_TESTS = {
    13: [("tests/flow/test_county_bad_input.py", "test_an_event_with_a_doubtful_code_stays_and_the_code_is_counted")],
    14: [("tests/flow/test_county_bad_input.py", "test_an_event_with_a_doubtful_code_stays_and_the_code_is_counted")],
    16: [
        ("tests/unit/ingest/test_identity.py", "test_a_published_artificial_code_is_valid_and_temporary"),
        ("tests/unit/ingest/test_identity.py", "test_a_code_with_a_slip_is_not_valid"),
    ],
    17: [
        ("tests/unit/ingest/test_identity.py", "test_the_check_character_does_not_cover_the_century_sign"),
        ("tests/unit/ingest/test_pseudonyms.py", "test_two_codes_that_differ_in_the_century_sign_are_two_persons"),
    ],
}


@cache
def dbt_unit_tests() -> frozenset[str]:
    files = (ROOT / "marts").rglob("_*.yml")
    told = [yaml.safe_load(file.read_text(encoding="utf-8")) for file in files]
    return frozenset(test["name"] for properties in told for test in properties.get("unit_tests", []))


def python_tests(file: str) -> set[str]:
    return {n.name for n in ast.parse((ROOT / file).read_text(encoding="utf-8")).body if isinstance(n, ast.FunctionDef)}


@pytest.mark.parametrize("case", [*range(1, 18), 20])
def test_every_known_case_stands_somewhere(case: int) -> None:
    # The tests themselves run with every build, and in this suite; here it is only shown that none was lost.
    dbt, python = DBT_UNIT_TESTS.get(case, []), PYTHON_TESTS.get(case, [])

    assert dbt or python
    assert set(dbt) <= dbt_unit_tests()
    assert all(name in python_tests(file) for file, name in python)


def test_the_published_codes_are_valid_and_the_wrong_example_is_not() -> None:
    published = "010594Y9032 010594Y9021 020594X903P 030594W903B 040594V9030 050594U903M 010516B903X 020516C903K"

    assert all(map(is_identity_code, [*published.split(), "030516D9037"]))
    assert not is_identity_code("010190-999Y")


@pytest.mark.parametrize("setting", ["temporary", "persons"])
def test_the_same_digits_behind_another_century_sign_are_another_person(setting: str) -> None:
    told = Pseudonymiser(bytes(32), "patient", setting).identity_codes(  # type: ignore[arg-type]
        pl.Series(["020594X903P", "020594-903P"]), "person"
    )

    assert told["bad"].to_list() == [False, False]
    assert told["value"].n_unique() == 2
