"""The time limits that the truth counts with: our reading of the acts, in plain Python and apart from any SQL.

Health Care Act 1326/2010 sections 51-53, Social Welfare Act 1301/2014 sections 36 and 45, Act 980/2012 section 18.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal, NamedTuple

from ingest.synthetic.moments import add_months
from ingest.synthetic.workdays import working_day

Unit = Literal["day", "weekday", "week", "month"]
OPEN_END = date.max


class Rule(NamedTuple):
    """One limit, the dates from and to which it is chosen, and the ages it binds."""

    rule_id: str
    area: str
    amount: int
    unit: Unit
    valid_from: date
    valid_to: date = OPEN_END
    ages: tuple[int, int] = (0, 200)


SOCIAL_WELFARE_ACT = date(2015, 4, 1)
ELDERLY_SERVICES_ACT = date(2013, 7, 1)
GUARANTEE = date(2005, 3, 1)
REFORM = date(2023, 9, 1)
RULES = (
    Rule("PHC-HTA-1", "contact", 3, "weekday", GUARANTEE, date(2023, 8, 31)),
    Rule("PHC-CON-2", "contact", 0, "weekday", REFORM),
    Rule("PHC-TRT-1", "treatment", 3, "month", GUARANTEE, date(2023, 8, 31)),
    Rule("PHC-TRT-2", "treatment", 14, "day", REFORM, date(2024, 12, 31)),
    Rule("PHC-TRT-3a", "treatment", 3, "month", date(2025, 1, 1), ages=(23, 200)),
    Rule("PHC-TRT-3b", "treatment", 14, "day", date(2025, 1, 1), ages=(0, 22)),
    Rule("PHC-ORAL-1", "oral", 3, "month", GUARANTEE, date(2023, 8, 31)),
    Rule("PHC-ORAL-2", "oral", 4, "month", REFORM, date(2024, 10, 31)),
    Rule("PHC-ORAL-3", "oral", 3, "month", date(2024, 11, 1), date(2024, 12, 31)),
    Rule("PHC-ORAL-4a", "oral", 6, "month", date(2025, 1, 1), ages=(23, 200)),
    Rule("PHC-ORAL-4b", "oral", 3, "month", date(2025, 1, 1), ages=(0, 22)),
    Rule("ESH-REF", "referral", 3, "week", GUARANTEE),
    Rule("ESH-TRT", "queue", 6, "month", GUARANTEE),
    Rule("SHL-36-START", "assessment start", 7, "weekday", SOCIAL_WELFARE_ACT),
    Rule("SHL-36-READY", "assessment ready", 3, "month", SOCIAL_WELFARE_ACT),
    Rule("SHL-45", "decision", 3, "month", SOCIAL_WELFARE_ACT),
    Rule("VPL-18", "elderly decision", 3, "month", ELDERLY_SERVICES_ACT),
)


def rule_for(area: str, day: date, age: int = 100) -> Rule | None:
    """The one rule of an area that binds a clock starting on this day, for a person of this age."""
    found = [
        rule
        for rule in RULES
        if rule.area == area and rule.valid_from <= day <= rule.valid_to and rule.ages[0] <= age <= rule.ages[1]
    ]
    if len(found) > 1:
        raise ValueError(f"{area} on {day}: {len(found)} rules bind at once; mend their validity")
    return found[0] if found else None


def limit_date(start: date, amount: int, unit: Unit) -> date:
    """The last day within the limit; the start day itself is not counted."""
    if unit == "weekday":
        return working_day(start, amount)
    if unit == "month":
        return add_months(start, amount)
    return start + timedelta(days=amount * (7 if unit == "week" else 1))


def completed_years(born: date, day: date) -> int:
    """Age on the day; born on 29 February, a year is completed on 1 March of a common year."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
