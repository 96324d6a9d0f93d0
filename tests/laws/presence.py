"""Who is there and who is gone: by the silence of snapshots, or by the word of a row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime

from tests.laws.canonical import GHOSTS
from tests.laws.facts import Delivery, Row, Versions
from tests.laws.told import TableWords


def watched(table: TableWords, snapshots: list[Delivery]) -> dict[str, Versions]:
    """Per table of presence who is in each snapshot; a row in quarantine says nothing, so all stays as it was."""
    seen: dict[tuple[str, str], dict[datetime, dict[str, bool]]] = defaultdict(dict)
    places = {place for place, _, _ in _named(table)}
    for delivery in snapshots:
        for place in places:
            seen[place, delivery.partition].setdefault(delivery.extracted, {})
        for row in delivery.rows:
            if row.is_quarantined or not table.is_deleted(row):
                for place, key in _keys(table, row):
                    here = seen[place, delivery.partition][delivery.extracted]
                    here[key] = here.get(key, False) or not row.is_quarantined
    made: dict[str, Versions] = defaultdict(dict)
    for (place, partition), times in seen.items():
        for key in set().union(*times.values()):
            told = [(time, times[time].get(key)) for time in sorted(times)]
            made[place][key, partition] = dict(_carried(told))
    return made


def _carried(told: Iterable[tuple[datetime, bool | None]]) -> Iterator[tuple[datetime, bool]]:
    """Presence at each time out of accepted (True), in quarantine (False) and absent (None)."""
    is_there = False
    for time, accepted in told:
        is_there = accepted or (accepted is False and is_there)
        yield time, is_there


def flagged(table: TableWords, deliveries: list[Delivery]) -> dict[str, Versions]:
    """Per table of presence what rows say of their own keys; deleted and told anew in one extract is there.

    A relation that no flag ends is there since it was told, and what was not told is not taken back; but of a concept
    that rows are about a deletion can be the first word.
    """
    made: dict[str, Versions] = defaultdict(lambda: defaultdict(dict))
    ended = {place for place, _, is_ended in _named(table) if is_ended}
    for delivery in deliveries:
        for row in delivery.rows:
            if not row.is_quarantined:
                for place, key in _keys(table, row):
                    times, is_deleted = made[place][key, ""], table.is_deleted(row)
                    if place in ended or not is_deleted:
                        times[delivery.extracted] = times.get(delivery.extracted, False) or not is_deleted
    for place, key, time in _ended_with_their_owner(table, deliveries):
        made[place][key, ""].setdefault(time, False)
    return made


def _ended_with_their_owner(table: TableWords, deliveries: list[Delivery]) -> Iterator[tuple[str, str, datetime]]:
    """The relations of owners that rows say are gone, whoever else those rows name: place, key, extract time."""
    places = {what: place for place, what, _ in _named(table)}
    told, left = set(), set()
    for delivery in deliveries:
        for row in delivery.rows:
            if not row.is_quarantined:
                for relation in table.relations(row, table.told(row)):
                    told.add((f"{relation.owner.role}.{relation.name}", relation.owner.key, relation.key))
                left |= {
                    (role, word.key, delivery.extracted)
                    for role, word in table.told(row).items()
                    if table.is_deleted(row) and role in table.listed()
                }
    for what, owner, key in told:
        for role, gone, time in left:
            if what in places and what.split(".")[0] == role and owner == gone:
                yield places[what], key, time


def _named(table: TableWords) -> Iterator[tuple[str, str, bool]]:
    """The tables of presence of a delivered table: name, role or relation, and whether anything can end it."""
    for role in dict.fromkeys((*table.listed(), *table.detailed())):
        concept = table.concept(role)
        suffix = "" if role == concept.concept else f"_{role}"
        yield f"status_{concept.concept}__{table.origin}{suffix}", role, True
    for role, name, link in table.links():
        if not link.driven:
            concept = table.concept(role)
            suffix = "" if role == concept.concept else f"_{role}"
            place = f"status_{concept.concept}_{name}__{table.origin}{suffix}"
            yield place, f"{role}.{name}", table.is_snapshot or table.is_flagged(role, link)


def _keys(table: TableWords, row: Row) -> Iterator[tuple[str, str]]:
    """The keys, of concepts and relations, that a row says something of; in quarantine only whole ones count."""
    told, places = table.told(row), {what: place for place, what, _ in _named(table)}
    for role, word in told.items():
        is_readable = not row.is_quarantined or None not in word.values
        if role in places and is_readable and word.key not in GHOSTS:
            yield places[role], word.key
    for relation in table.relations(row, told):
        what = f"{relation.owner.role}.{relation.name}"
        if what in places and (relation.is_readable or not row.is_quarantined):
            yield places[what], relation.key
