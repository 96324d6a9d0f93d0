"""Finnish working days: Monday to Friday without public holidays, Christmas Eve and Midsummer Eve."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

import holidays
import numpy as np

from ingest.synthetic.draws import Days, Whole

ONE_DAY = timedelta(days=1)


@lru_cache(maxsize=200)
def days_off(year: int) -> frozenset[date]:
    """The public holidays of a year, Christmas Eve and the Friday before Midsummer Day."""
    midsummer_eve = next(date(year, 6, day) for day in range(19, 26) if date(year, 6, day).weekday() == 4)
    return frozenset(holidays.country_holidays("FI", years=year)) | {date(year, 12, 24), midsummer_eve}


def is_working_day(day: date) -> bool:
    return day.weekday() < 5 and day not in days_off(day.year)


@lru_cache(maxsize=100_000)
def working_day(start: date, number: int) -> date:
    """The number-th working day after the start day; number 0: the start day itself or the first working day after."""
    day = start
    if number == 0:
        while not is_working_day(day):
            day += ONE_DAY
    for _ in range(number):
        day += ONE_DAY
        while not is_working_day(day):
            day += ONE_DAY
    return day


def shift(days: Days, number: Whole | int) -> Days:
    """Each day rolled forward to a working day, then moved so many working days on."""
    off = [day for year in range(2015, 2041) for day in days_off(year)]
    moved: Days = np.busday_offset(days, number, roll="forward", holidays=np.array(off, dtype="datetime64[D]"))
    return moved
