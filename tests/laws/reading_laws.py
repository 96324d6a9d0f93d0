"""The laws of what is read along time: as-of views on both axes, bookings, bridges, and closures of relations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from concepts.metamodel import Concept, Kind, Sort
from tests.laws.canonical import GHOSTS, plain
from tests.laws.facts import Delivery, Facts, Histories, histories
from tests.laws.holding import Holding, said
from tests.laws.laws import as_of
from tests.laws.reference import Reference
from tests.laws.view_laws import days_of, gone, newest, staying

NEVER = datetime(9999, 12, 31)
AXES = {"valid_from", "valid_to", "known_from", "known_to"}


def check_as_of(held: Holding, facts: Facts, reference: Reference, moment: datetime) -> None:
    """L8: what the views say was known at a moment is what was told by then, from when until when."""
    events = [c.concept for c in reference.model.concepts.values() if c.told_anew == "refused"]
    once = tuple(f"nhl_{concept}__" for concept in events)  # of which the first telling counts
    for name in held.names("asof_"):
        table = name.removeprefix("asof_")
        told: dict[Any, dict[datetime, list[Any]]] = {}
        ends: dict[Any, set[tuple[datetime, datetime]]] = {}
        for row in held.rows(f"business_vault.{name}"):
            if row["known_from"] <= moment < row["known_to"]:
                key = next(iter(row.values()))
                version = said({column: value for column, value in row.items() if column not in AXES})
                told.setdefault(key, {}).setdefault(row["valid_from"], []).append(version)
                ends.setdefault(key, set()).add((row["valid_from"], row["valid_to"]))
        known = facts.history(table)
        known = {key: changes[:1] for key, changes in known.items()} if table.startswith(once) else known
        assert _versions(table, told) == known, f"L8: {name} as known at {moment}"
        for key, spans in ends.items():
            begins = sorted(begin for begin, _ in spans)
            assert sorted(spans) == list(zip(begins, [*begins[1:], NEVER], strict=True)), f"L8: {name}: gaps of {key}"


def _versions(table: str, told: dict[Any, dict[datetime, list[Any]]]) -> Histories:
    """The changes that an as-of view shows at one moment of knowing."""
    made: dict[Any, dict[datetime, Any]] = {}
    for key, times in told.items():
        for moment, versions in times.items():
            is_set = table.startswith("masat_")
            assert is_set or len(versions) == 1, f"L8: asof_{table} shows two versions of {key} at once"
            (first, *_) = versions
            version = frozenset(versions) if is_set else first[0] if table.startswith("effsat_") else first
            made.setdefault(key, {})[moment] = version
    shown = histories(made, table)
    assert sum(map(len, shown.values())) == sum(map(len, made.values())), f"L8: asof_{table} shows a repetition"
    return shown


def check_entries(held: Holding, facts: Facts, reference: Reference) -> None:
    """Bookings add up, at every time, to each event as it counted then: once, or not at all where it was deleted."""
    for concept in reference.model.concepts.values():
        name = f"entries_{concept.concept}"
        if name not in held.names(name):
            continue
        rows = held.rows(f"business_vault.{name}")
        (table,) = held.names(f"nhl_{concept.concept}__")
        there = facts.history(f"status_{concept.concept}__{table.split('__')[1]}")
        told = {time for changes in (*facts.history(table).values(), *there.values()) for time, _ in changes}
        for moment in sorted(told | {row["extract_datetime"] for row in rows}):
            booked: Counter[Any] = Counter()
            for row in rows:
                if row["extract_datetime"] <= moment:
                    booked[tuple(map(plain, [v for n, v in list(row.items())[:-4] if n != "entry"]))] += row["entry"]
            expected = {
                (key, *as_of(versions, moment)): 1
                for key, versions in facts.history(table).items()
                if as_of(versions, moment) and as_of(there.get((key, ""), []), moment) is not False
            }
            assert {word: sum_ for word, sum_ in booked.items() if sum_} == expected, f"L7: {name} up to {moment}"


def check_closures(held: Holding, reference: Reference) -> None:
    """Every one above each other one by steps of the relation; of the same ones the last of the way."""
    for concept in reference.model.concepts.values():
        for link_name, link in concept.links.items():
            if link.sort is Sort.RELATION:
                continue
            rows = held.rows(f"business_vault.current_{concept.concept}_{link_name}_relation")
            up = {row[f"{concept.concept}_hk"]: row[f"{link.participants[0].role}_hk"] for row in rows}
            up = {key: other for key, other in up.items() if other not in GHOSTS}
            shown = held.rows(f"business_vault.{link.sort}_{concept.concept}_{link_name}")
            pairs = sorted(tuple(row.values())[:2] for row in shown)
            if link.sort is Sort.HIERARCHY:
                assert pairs == sorted((key, other) for key in up for other in set(_way(up, key))), "L7: hierarchy"
            else:
                keys = [next(iter(row.values())) for row in held.rows(f"hub_{concept.concept}")]
                assert pairs == sorted((key, _master(up, key)) for key in keys), "L7: same as"


def _way(up: dict[str, str], key: str) -> list[str]:
    """Every one above a key, each once; in a ring the key itself too."""
    found: list[str] = []
    while (above := up.get(key)) is not None and above not in found:
        found.append(above)
        key = above
    return found


def _master(up: dict[str, str], key: str) -> str:
    way = _way(up, key)
    if not way:
        return key
    return way[-1] if way[-1] not in up else min(way)


def check_bridges(held: Holding, facts: Facts, reference: Reference, deliveries: Iterable[Delivery]) -> None:
    """On each day who is reached by relations that held on it, along the way."""
    past = {
        day: facts.until(datetime.combine(day + timedelta(1), time()) - timedelta(microseconds=1))
        for day in days_of([d.extracted.date() for d in deliveries])
    }
    for concept in reference.model.concepts.values():
        for name, bridge in concept.bridges.items():
            table = f"bridge_{concept.concept}_{name}"
            if table in held.names(table):
                shown = [tuple(row.values()) for row in held.rows(f"business_vault.{table}")]
                assert len(set(shown)) == len(shown), f"L2: {table} holds a row twice"
                expected = {
                    (day, *way) for day, then in past.items() for way in _ways(then, reference, concept, bridge.path)
                }
                assert set(shown) == expected, f"L15: {table}: what was reached on which day"


def _ways(then: Facts, reference: Reference, start: Concept, path: tuple[str, ...]) -> Iterator[tuple[Any, ...]]:
    """Owner and all that is reached from it on a day; of a two-step way by the concept that the first step reached."""
    first, *rest = [place.rpartition(".") for place in path]
    after = {link: list(_held_on(then, reference, reference.model[role], link)) for role, _, link in rest}
    for members in _held_on(then, reference, start, first[2]):
        ways: list[tuple[Any, ...]] = [members]
        for role, _, link in rest:
            place = 1 + [p.role for p in start.links[first[2]].participants].index(role)
            width = len(reference.model[role].links[link].participants)
            ways = [
                (*way, *more)
                for way in ways
                for more in [m[1:] for m in after[link] if m[0] == way[place]] or [(None,) * width]
            ]
        yield from ways


def _held_on(then: Facts, reference: Reference, concept: Concept, link: str) -> Iterator[tuple[Any, ...]]:
    """The members, owner first, of the relations that held by what was told until then."""
    subject = f"{concept.concept}_{link}"
    told, width = then.links[f"lnk_{subject}"], 1 + len(concept.links[link].participants)
    if concept.links[link].driven:
        tables = [table for table in then.versions if table.startswith(f"effsat_{subject}__")]
        owners = {key for table in tables for key in then.history(table)} - gone(then, reference, concept)
        held = [newest(then, staying(then, concept, tables, owner), owner) for owner in owners]
    else:
        tables = [table for table in then.presence if table.startswith(f"status_{subject}__")]
        held = [{key} for key in told if any(then.is_there(table, key) for table in tables)]
    yield from (told[key][:width] for keys in held for key in keys)


def check_validity(held: Holding, reference: Reference) -> None:
    """A reference is valid as it says, and where it says nothing for ever."""
    for concept in reference.model.concepts.values():
        if concept.kind is Kind.REFERENCE and concept.validity:
            for row in held.rows(f"business_vault.ref_{concept.concept}"):
                begins, ends = row[concept.validity.begins], row[concept.validity.ends]
                assert row["valid_from"] == (begins or date(1900, 1, 1)), "L7: valid from"
                assert row["valid_to"] == (ends or date(9999, 12, 31)), "L7: valid to"
