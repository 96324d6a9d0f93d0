"""How a concept can be read besides its tables of history: snapshots, bridges, validity, corrections, in words."""

from __future__ import annotations

from collections.abc import Iterator

from concepts.documents.parts import Said
from concepts.documents.words import say
from concepts.metamodel import Bridge, Calendar, Concept
from concepts.wording import Language


def reading_rows(concept: Concept, language: Language) -> Iterator[tuple[str, tuple[Said, ...]]]:
    """Label and values of each way that the concept asks for."""
    if concept.is_event:
        yield "told_anew", (Said(say(concept.told_anew, language)),)
    if concept.validity:
        yield "validity", (Said(concept.validity.begins, is_code=True), Said(concept.validity.ends, is_code=True))
    if concept.tracked:
        yield "tracked", (Said(say("yes", language)),)
    if concept.point_in_time:
        days = Said(_days(concept.point_in_time.calendar, language))
        yield "snapshots", (*(Said(aspect, is_code=True) for aspect in concept.point_in_time.satellites), days)
    yield "bridges", tuple(_bridge(name, way, language) for name, way in concept.bridges.items())


def _bridge(name: str, bridge: Bridge, language: Language) -> Said:
    days = _days(bridge.calendar, language) if bridge.effective else say("not_effective", language)
    begin, *more = bridge.path
    on = (f" {'→' if '.' in place else '+'} {place}" for place in more)  # from a role that was reached; a second way
    way = begin + "".join(on)
    return Said(f"{name}: {way} ({days})")


def _days(calendar: Calendar, language: Language) -> str:
    if calendar.days_of:
        return f"{say('days_of', language)} {calendar.days_of}"
    kept = " + ".join(f"{count} {say(f'keep_{period}', language)}" for period, count in calendar.keep.items())
    return say(f"every_{calendar.every}", language) + (f" ({say('latest', language)} {kept})" if kept else "")
