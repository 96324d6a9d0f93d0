"""The times of a care process: contact, need assessment, booking, cancellation, visit. Local time, in minutes."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from ingest.synthetic.draws import (
    NEVER,
    Days,
    Flags,
    Whole,
    after,
    at,
    choose_index,
    happens,
    only,
    some_minutes,
    whole,
)
from ingest.synthetic.processes import CANCELLED, CANCELLED_FOLLOW_UP, DROP_IN, FORMS, NO_SHOW, PROCESSES, URGENT
from ingest.synthetic.workdays import shift

MORNING, CLOSING = 8 * 60, 16 * 60
WEEKEND_CONTACTS, WEEKEND_URGENT = 0.03, 0.2
ASSESSED_AFTER = (0.83, 0.09, 0.04, 0.02, 0.02)  # shares by working days from contact to assessment
SAME_DAY = 0.1
YOUNG_WAIT = 0.75  # under 23: shorter waits, as their limit is shorter


@dataclass(frozen=True)
class EventTimes:
    """One array a step; NaT where the process does not have it."""

    contact: Days
    assessment: Days
    booking: Days
    booked_for: Days
    cancelled: Days
    visit: Days
    visit_ended: Days

    @classmethod
    def names(cls) -> list[str]:
        return [field.name for field in fields(cls)]

    def kept(self, rows: Flags | Whole) -> EventTimes:
        """The times of some rows."""
        return EventTimes(**{name: getattr(self, name)[rows] for name in self.names()})

    def began(self) -> Days:
        """The first event of each process."""
        first: Days = np.fmin.reduce([self.contact, self.assessment, self.booking, self.visit])
        return first

    def ended(self) -> Days:
        """The last event of each process."""
        last: Days = np.fmax.reduce([self.contact, self.assessment, self.booking, self.cancelled, self.visit])
        return last


def draw_event_times(rng: np.random.Generator, day: Days, kind: Whole, form: Whole, young: Flags) -> EventTimes:
    """Times for each process that begins about that day, in their natural order and at opening hours."""
    has = {name: np.array([getattr(p, name) for p in PROCESSES.values()])[kind] for name in Part}
    size, urgent = len(kind), kind == URGENT
    weekend = rng.random(size) < np.where(urgent, WEEKEND_URGENT, WEEKEND_CONTACTS)
    planned = (kind == DROP_IN) & ~np.array([told.asked for told in FORMS.values()])[form]
    day = np.where(weekend | planned, day, shift(day, 0))
    contact = at(day, whole(rng, MORNING, CLOSING - 1, size))
    assessment = np.where(has["contact"], _assessed(rng, contact, urgent), contact)
    before = np.where(has["assessment"], assessment, contact)
    booking = after(before, some_minutes(rng, 1, 20, size))
    booked_for = _booked(rng, booking, form, young)
    visit = np.where(has["booking"], after(booked_for, some_minutes(rng, -5, 15, size)), contact)
    visit = np.where(urgent, after(assessment, some_minutes(rng, 10, 180, size)), visit)
    gone = _cancelled(rng, kind, booking, booked_for)
    visit = only(has["visit"], visit)
    return EventTimes(
        contact=only(has["contact"], contact),
        assessment=only(has["assessment"], assessment),
        booking=only(has["booking"], booking),
        booked_for=only(has["booking"], booked_for),
        cancelled=gone,
        visit=visit,
        visit_ended=after(visit, some_minutes(rng, 10, 45, size)),
    )


Part = ("contact", "assessment", "booking", "visit")


def _assessed(rng: np.random.Generator, contact: Days, urgent: Flags) -> Days:
    """Most on the same working day, some some days later; urgent ones at once."""
    size = len(contact)
    day = contact.astype("datetime64[D]")
    later = choose_index(rng, ASSESSED_AFTER, size)
    then = shift(day, later)
    same_day = after(contact, some_minutes(rng, 5, 240, size))
    next_days = at(then, whole(rng, MORNING, CLOSING - 1, size))
    return np.where(urgent, after(contact, some_minutes(rng, 1, 30, size)), np.where(then == day, same_day, next_days))


def _booked(rng: np.random.Generator, booking: Days, form: Whole, young: Flags) -> Days:
    """The booked time: a few the same day, the others after a long-tailed wait, on working days by the quarter hour."""
    size = len(form)
    usual = np.array([told.wait_days for told in FORMS.values()])[form] * np.where(young, YOUNG_WAIT, 1.0)
    wait = np.maximum(rng.lognormal(np.log(usual), 0.8), 1).astype(np.int64)
    day = shift(booking.astype("datetime64[D]") + wait.astype("timedelta64[D]"), 0)
    later = at(day, MORNING + 15 * whole(rng, 0, 31, size))
    return np.where(happens(rng, SAME_DAY, size), after(booking, some_minutes(rng, 30, 90, size)), later)


def _cancelled(rng: np.random.Generator, kind: Whole, booking: Days, booked_for: Days) -> Days:
    """Cancelled some time before the visit; half of those who did not come were marked so after it."""
    span = (booked_for - booking).astype(np.int64)
    before = booking + (rng.random(len(kind)) * span).astype(np.int64).astype("timedelta64[m]")
    early = (kind == CANCELLED) | (kind == CANCELLED_FOLLOW_UP)
    marked = (kind == NO_SHOW) & happens(rng, 0.5, len(kind))
    missed = booked_for + np.timedelta64(30, "m")
    in_day = np.maximum(booking, np.minimum(_opening(before), booked_for - np.timedelta64(15, "m")))
    return np.where(early, in_day, np.where(marked, missed, NEVER))


def _opening(times: Days) -> Days:
    """Nothing happens in the small hours, so that no time falls into the gap of summer time."""
    minute = (times - times.astype("datetime64[D]")).astype("timedelta64[m]").astype(np.int64)
    moved = times + np.timedelta64(6 * 60, "m")
    return np.where(minute < 6 * 60, moved, times)
