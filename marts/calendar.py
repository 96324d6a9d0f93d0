"""The Finnish calendar of weekdays: the text of the seed ref_holiday.csv."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date, timedelta

import holidays

# Not public holidays, yet offices are closed, so they are no weekdays either when a limit is counted.
CHRISTMAS_EVE = ("Jouluaatto", "Julafton")
MIDSUMMER_EVE = ("Juhannusaatto", "Midsommarafton")


def holiday_csv(first_year: int = 2005, last_year: int = 2035) -> str:
    """The seed as text: one row per public holiday, Christmas Eve and Midsummer Eve, in date order."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["holiday_date", "name_fi", "name_sv", "is_public"])
    for year in range(first_year, last_year + 1):
        writer.writerows(sorted(_holidays_of(year)))
    return text.getvalue()


def _holidays_of(year: int) -> Iterator[tuple[str, str, str, str]]:
    finnish = holidays.country_holidays("FI", years=year, language="fi")
    swedish = holidays.country_holidays("FI", years=year, language="sv_FI")
    eves = {date(year, 12, 24): CHRISTMAS_EVE, _midsummer_eve(year): MIDSUMMER_EVE}
    for day in finnish:
        if day not in eves:
            yield day.isoformat(), finnish[day], swedish[day], "true"
    for day, (name_fi, name_sv) in eves.items():
        yield day.isoformat(), name_fi, name_sv, "false"


def _midsummer_eve(year: int) -> date:
    """The Friday between 19 and 25 June."""
    earliest = date(year, 6, 19)
    return earliest + timedelta(days=(4 - earliest.weekday()) % 7)
