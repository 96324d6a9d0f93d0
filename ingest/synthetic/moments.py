"""The span that a synthetic county lives through, and the three moments at which its systems deliver."""

from __future__ import annotations

import calendar
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from concepts.metamodel import Frozen

HELSINKI = ZoneInfo("Europe/Helsinki")
EXTRACT_TIME = time(23, 30)  # the same calendar day in Helsinki and in UTC


class Moment(Frozen):
    """One extract: the folder it is delivered in and the local day whose state it shows."""

    folder: str
    day: date

    @property
    def extracted_at(self) -> datetime:
        """The extract time with the offset that Helsinki has on that day."""
        return datetime.combine(self.day, EXTRACT_TIME, tzinfo=HELSINKI)


class Period(Frozen):
    """First and last day, and the deliveries in the order in which they arrive: the late one comes last."""

    start: date
    end: date
    first: Moment
    second: Moment
    late: Moment

    @property
    def arriving(self) -> tuple[Moment, Moment, Moment]:
        return (self.first, self.second, self.late)

    @property
    def extracted(self) -> tuple[Moment, Moment, Moment]:
        """The same deliveries in the order of their extract times, which decides what holds."""
        return (self.first, self.late, self.second)


def period_of(first_month: date, months: int) -> Period:
    """The period of so many whole months; the first delivery shows the first three quarters of it."""
    start = first_month.replace(day=1)
    end = add_months(start, months) - timedelta(days=1)
    first = add_months(start, months * 3 // 4) - timedelta(days=1) if months > 1 else start + timedelta(days=19)
    late = first + (end - first) / 2
    return Period(
        start=start,
        end=end,
        first=Moment(folder=f"1_{first}", day=first),
        second=Moment(folder=f"2_{end}", day=end),
        late=Moment(folder=f"3_late_{late}", day=late),
    )


def add_months(day: date, months: int) -> date:
    """The same-numbered day so many months later, or that month's last day (Act 150/1930, section 3)."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def month_ends(start: date, end: date) -> list[date]:
    """Every last day of a month from start to end."""
    first = start.replace(day=1)
    ends = [add_months(first, n + 1) - timedelta(days=1) for n in range((end.year - start.year) * 12 + 12)]
    return [day for day in ends if start <= day <= end]
