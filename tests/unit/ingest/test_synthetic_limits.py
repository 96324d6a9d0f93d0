"""The truth's own clock against dates worked out by hand."""

from datetime import date
from decimal import Decimal

import pytest

from ingest.synthetic.figures import person_years
from ingest.synthetic.limits import completed_years, limit_date, rule_for
from ingest.synthetic.truth import judge
from ingest.synthetic.workdays import is_working_day, working_day

AS_OF = date(2025, 12, 31)


def test_seven_weekdays_from_a_tuesday_end_on_the_thursday_of_the_next_week() -> None:
    assert limit_date(date(2025, 1, 14), 7, "weekday") == date(2025, 1, 23)


def test_seven_weekdays_over_easter_leave_out_good_friday_and_easter_monday() -> None:
    assert limit_date(date(2025, 4, 15), 7, "weekday") == date(2025, 4, 28)


def test_christmas_eve_and_midsummer_eve_are_not_weekdays() -> None:
    assert not is_working_day(date(2025, 12, 24))
    assert not is_working_day(date(2025, 6, 20))


def test_a_contact_on_saturday_is_due_on_monday() -> None:
    assert working_day(date(2025, 2, 1), 0) == date(2025, 2, 3)


def test_a_contact_on_a_weekday_is_due_the_same_day() -> None:
    assert working_day(date(2025, 2, 3), 0) == date(2025, 2, 3)


@pytest.mark.parametrize(
    ("assessed", "age", "rule_id", "limit"),
    [
        (date(2023, 8, 31), 40, "PHC-TRT-1", date(2023, 11, 30)),
        (date(2023, 9, 1), 40, "PHC-TRT-2", date(2023, 9, 15)),
        (date(2024, 12, 31), 40, "PHC-TRT-2", date(2025, 1, 14)),
        (date(2025, 1, 1), 40, "PHC-TRT-3a", date(2025, 4, 1)),
        (date(2025, 1, 1), 22, "PHC-TRT-3b", date(2025, 1, 15)),
    ],
)
def test_the_day_of_assessment_and_the_age_choose_the_limit_of_primary_care(
    assessed: date, age: int, rule_id: str, limit: date
) -> None:
    case = judge("treatment", "AH1", assessed, None, AS_OF, age=age)

    assert case is not None
    assert (case.rule_id, case.limit_date) == (rule_id, limit)


@pytest.mark.parametrize(
    ("assessed", "limit"),
    [
        (date(2024, 10, 31), date(2025, 2, 28)),
        (date(2024, 11, 1), date(2025, 2, 1)),
        (date(2025, 1, 1), date(2025, 7, 1)),
    ],
)
def test_oral_care_has_four_then_three_then_six_months(assessed: date, limit: date) -> None:
    case = judge("oral", "AH1", assessed, None, AS_OF, age=40)

    assert case is not None
    assert case.limit_date == limit


def test_one_is_under_23_until_the_birthday() -> None:
    assert completed_years(date(2002, 1, 2), date(2025, 1, 1)) == 22
    assert completed_years(date(2002, 1, 1), date(2025, 1, 1)) == 23


def test_no_rule_binds_before_it_is_in_force() -> None:
    assert rule_for("contact", date(2005, 2, 28)) is None


def test_three_months_from_the_last_of_november_end_on_the_last_of_february() -> None:
    assert limit_date(date(2024, 11, 30), 3, "month") == date(2025, 2, 28)


def test_the_same_service_is_late_from_the_pending_day_and_in_time_from_the_decision() -> None:
    started = date(2025, 6, 15)
    by_pending = judge("decision", "PA1", date(2025, 2, 1), started, AS_OF)
    by_decision = judge("elderly decision", "PA1", date(2025, 4, 1), started, AS_OF)

    assert by_pending is not None and by_pending.is_within_limit is False
    assert by_decision is not None and by_decision.is_within_limit is True


def test_180_days_of_waiting_can_be_over_or_under_six_calendar_months() -> None:
    assert (limit_date(date(2025, 1, 1), 6, "month") - date(2025, 1, 1)).days == 181
    assert (limit_date(date(2025, 7, 1), 6, "month") - date(2025, 7, 1)).days == 184


def test_an_open_case_is_late_only_when_its_limit_has_passed() -> None:
    late = judge("referral", "LH1", date(2025, 12, 9), None, AS_OF)
    waiting = judge("referral", "LH2", date(2025, 12, 10), None, AS_OF)

    assert late is not None and late.is_within_limit is False
    assert waiting is not None and waiting.is_within_limit is None


def test_182_paid_days_of_half_time_work_are_a_quarter_of_a_person_year() -> None:
    assert round(person_years(182, 0, Decimal(50)), 3) == Decimal("0.249")


def test_unpaid_days_do_not_count_as_person_years() -> None:
    assert person_years(365, 365, Decimal(100)) == 0
