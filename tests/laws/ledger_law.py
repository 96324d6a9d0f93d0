"""L3: the ledger accounts for every staged record, and what it calls new is what the tables got."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from concepts.metamodel import Kind
from tests.laws.canonical import NOT_APPLICABLE, UNKNOWN
from tests.laws.facts import Delivery
from tests.laws.holding import HISTORY, Holding
from tests.laws.laws import late_sources
from tests.laws.reference import Reference

OUTCOMES = ("unknown_key", "new", "unchanged", "duplicate", "conflicting")


def check_ledger(held: Holding, reference: Reference, deliveries: list[Delivery], *, has_crashed: bool) -> None:
    """L3: per delivery and target all staged records are accounted for, and what is new is what the table got."""
    rows = held.rows("ledger.load_ledger")
    places = [(row["delivery_id"], row["target"], row["subject"]) for row in rows]
    assert len(set(places)) == len(rows), "L3: a ledger row stands twice"
    for row in rows:
        parts = [row[name] for name in OUTCOMES]
        assert row["staged"] == sum(parts), f"L3: the ledger of {row['target']} does not balance: {row}"
        assert min(parts) >= 0, f"L3: the ledger of {row['target']} counts less than nothing: {row}"
    complete = reference.complete(deliveries)
    listed = {place[0] for place in places if place[1] == "delivery"}
    assert listed == {d.delivery_id for d in complete}, "L3: the ledger lists other deliveries than were loaded"
    counted = {
        place: (row["staged"], row["unknown_key"])
        for place, row in zip(places, rows, strict=True)
        if place[1].startswith(("hub_", "rhub_"))
    }
    assert counted == _staged(reference, complete), "L3: the ledger counts other records than were accepted"
    _check_contradictions(rows, reference, complete)
    for table in held.names("hub_", "rhub_", "lnk_") if not has_crashed else ():
        new = sum(row["new"] for row in rows if row["target"] == table)
        assert new == len(held.rows(table)), f"L3: {table} got other keys than the ledger says"
    late = late_sources(deliveries)
    for table in held.names(*HISTORY):
        if not has_crashed and not any(table.split("__")[1].startswith(origin) for origin in late):
            new = sum(row["new"] for row in rows if row["target"] == table)
            assert new == _counting(held, reference, table), f"L3: {table} got other rows than the ledger says"


def _check_contradictions(rows: list[dict[str, Any]], reference: Reference, complete: list[Delivery]) -> None:
    """What contradicts a record of its key and extract that was known by then is conflicting; of a thing told again and
    again nothing else is."""
    expected: Counter[tuple[str, str]] = Counter()
    known = reference.known(complete)
    for extract in {(d.record_source, d.extracted) for d in complete}:
        told: dict[tuple[str, str], list[tuple[Delivery, Any, Any]]] = defaultdict(list)
        for delivery in (d for d in complete if (d.record_source, d.extracted) == extract):
            for name, key, child, payload in reference.versions(delivery):
                told[name, key].append((delivery, child, payload))
        for (name, _), words in told.items():
            for delivery, _, _ in words:
                by_then = {(c, p) for d, c, p in words if known[d.delivery_id] <= known[delivery.delivery_id]}
                if len({child for child, _ in by_then}) < len(by_then):
                    expected[delivery.delivery_id, name] += 1
    for row in rows:
        place = row["delivery_id"], row["target"]
        if place[1].startswith(HISTORY) and not place[1].startswith("nhl_"):
            assert row["conflicting"] == expected[place], f"L3: {place[1]} counts other records as conflicting"
        assert row["conflicting"] >= expected[place], f"L3: {place[1]} takes a contradiction for something else"


def _counting(held: Holding, reference: Reference, table: str) -> int:
    """The rows that the ledger may call new: of an event that no later telling changes, the first of each."""
    rows = held.rows(table)
    event = table.split("__")[0].removeprefix("nhl_")
    concept = reference.model.concepts.get(event) if table.startswith("nhl_") else None
    return len({row[f"{event}_hk"] for row in rows} if concept and concept.told_anew == "refused" else rows)


def _staged(reference: Reference, complete: Iterable[Delivery]) -> dict[tuple[str, str, str], tuple[int, int]]:
    """Per delivery, hub and role: accepted records that tell of such a thing, and those without its key."""
    staged: Counter[tuple[str, str, str]] = Counter()
    unknown: Counter[tuple[str, str, str]] = Counter()
    for delivery in complete:
        table = reference.tables[delivery.record_source]
        for row in delivery.rows:
            for role, word in table.told(row).items() if not row.is_quarantined else ():
                if word.concept.kind is not Kind.TRANSACTION and word.key != NOT_APPLICABLE:
                    place = (delivery.delivery_id, word.hub, role)
                    staged[place] += 1
                    unknown[place] += word.key == UNKNOWN
    return {place: (count, unknown[place]) for place, count in staged.items()}
