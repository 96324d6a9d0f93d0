"""The laws of the raw vault, one function each: what it holds against what the reference says."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from tests.laws.canonical import NOT_APPLICABLE, UNKNOWN
from tests.laws.facts import Delivery, Facts
from tests.laws.holding import Holding, said
from tests.laws.reference import Reference


def check_keys(held: Holding, facts: Facts) -> None:
    """L5 and L13: exactly the keys that an accepted row told, each under the hash of its canonical text."""
    for prefixes, expected in ((("hub_", "rhub_"), facts.hubs), (("lnk_",), facts.links)):
        for table in held.names(*prefixes):
            rows = [(next(iter(row.values())), said(row)) for row in held.rows(table)]
            assert len(dict(rows)) == len(rows), f"L2: {table} holds a key twice"
            assert dict(rows) == dict(expected[table]), f"L5, L13: {table} holds other keys than were told"


def check_histories(held: Holding, facts: Facts) -> None:
    """L1, L7, L10, L11: as of each extract time exactly what was accepted, NULL and '' apart, and who was there."""
    for table in held.histories:
        found = held.changes(table)
        assert found == facts.history(table), f"L7, L11: the history of {table} is not what was told"
        for key, times in facts.versions[table].items():
            for moment, told in times.items():
                assert told is None or as_of(found.get(key, []), moment) == told, f"L7: {table} as of an extract time"


def as_of(versions: list[tuple[datetime, Any]], moment: datetime) -> Any:
    """The version that holds at a moment, None before the first."""
    place = bisect_right([extracted for extracted, _ in versions], moment)
    return versions[place - 1][1] if place else None


def check_known_at(held: Holding, facts: Facts, moment: datetime) -> None:
    """L8: leaving out what was registered later gives what a vault without it would hold, whenever it was loaded."""
    for table in held.histories:
        assert held.changes(table, moment) == facts.history(table), f"L8: {table} as known at {moment}"
    for prefixes, expected in ((("hub_", "rhub_"), facts.hubs), (("lnk_",), facts.links)):
        for table in held.names(*prefixes):
            known = {next(iter(r.values())) for r in held.rows(table) if r["load_datetime"] <= moment}
            assert known == expected[table].keys(), f"L8: the keys of {table} as known at {moment}"


def check_tracked(held: Holding, facts: Facts) -> None:
    """Each delivery that named a tracked key is a row, once."""
    for table in held.names("rts_"):
        rows = [(next(iter(row.values())), row["delivery_id"]) for row in held.rows(table)]
        assert sorted(rows) == sorted(facts.tracked[table]), f"L7: {table} tracks other deliveries than named a key"


def check_no_more_than_changes(held: Holding, facts: Facts, deliveries: list[Delivery]) -> None:
    """Where nothing came late, and nothing twice for one time, a table holds its changes and no repetition."""
    late = late_sources(deliveries)
    for table in held.histories:
        if not any(table.split("__")[1].startswith(origin) for origin in late):
            stored = {
                key: sorted(times.items())
                for key, times in held.statements(table).items()
                if None not in times.values()
            }
            told = {key: changes for key, changes in facts.history(table).items() if key in stored}
            assert stored == told, f"{table} repeats what did not change"


def late_sources(deliveries: list[Delivery]) -> set[str]:
    """The sources that told of one extract time twice, in parts of one, or of an earlier one after a later one."""
    times: dict[str, list[datetime]] = {}
    for delivery in sorted(deliveries, key=lambda d: d.registered):
        times.setdefault(delivery.record_source.replace(".", "_"), []).append(delivery.extracted)
    return {origin for origin, told in times.items() if told != sorted(set(told))}


def check_closure(held: Holding) -> None:
    """L6: every key that a row refers to is in its hub, the two ghosts included."""
    hubs: dict[str, set[str]] = {}
    for table in held.names("hub_", "rhub_", "lnk_"):
        (column,) = (r[0] for r in held.engine.connection.execute(f"describe raw_vault.{table}").fetchall()[:1])
        found = held.engine.connection.execute(f"select cast({column} as varchar) from raw_vault.{table}").fetchall()
        hubs[column] = {row[0] for row in found}
        assert {UNKNOWN, NOT_APPLICABLE} <= hubs[column], f"{table} has no ghosts"
    hubs |= {f"{role}_hk": hubs[f"{concept}_hk"] for role, concept in _roles(held).items()}
    for table in [*held.names("lnk_", "rts_"), *held.histories]:
        for row in held.rows(table):
            for name in row.keys() & hubs.keys():
                assert row[name] in hubs[name], f"L6: {table}.{name} refers to no row of its hub"


def _roles(held: Holding) -> dict[str, str]:
    """Roles whose name is not that of their concept, with the concept."""
    concepts = held.engine.project.model.concepts.values()
    return {
        p.role: p.concept
        for concept in concepts
        for link in concept.links.values()
        for p in link.participants
        if p.role != p.concept
    }


def check_monotone(before: dict[str, list[tuple[Any, ...]]], after: dict[str, list[tuple[Any, ...]]]) -> None:
    """L4: nothing that was stored has changed or gone."""
    for table, rows in before.items():
        lost = Counter(map(repr, rows)) - Counter(map(repr, after[table]))
        assert not lost, f"L4: {table} lost or changed rows"


def check_times(held: Holding, reference: Reference, deliveries: Iterable[Delivery]) -> None:
    """Every time in the vault is one that the row's delivery gave; none is the clock's."""
    told = list(deliveries)
    known, extracted = reference.known(told), {d.delivery_id: d.extracted for d in told}
    for node in held.engine.project.nodes:
        if node.schema != "raw_vault":
            continue
        for row in held.rows(node.name):
            delivery = row["delivery_id"]
            assert row["extract_datetime"] == extracted[delivery], f"L9: {node.name}: extract time"
            assert row["load_datetime"] in known.values(), f"L9: {node.name}: clock"
            is_own = row["load_datetime"] == known[delivery]
            # A row of a set stands again, under its own delivery, where a later one adds to the set.
            is_again = node.name.startswith("masat_") and row["load_datetime"] > known[delivery]
            assert is_own or is_again, f"L9: {node.name}: load time"
