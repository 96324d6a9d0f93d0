"""The laws, one function each: what a warehouse holds against what the reference says. AssertionError names the law."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

from concepts.metamodel import Kind
from tests.laws.engine import Engine
from tests.laws.reference import NOT_APPLICABLE, UNKNOWN, Delivery, Facts, Histories, Reference, plain, runs

TECHNICAL = {"hashdiff", "extract_datetime", "load_datetime", "record_source", "delivery_id"}
VERSIONED = ("sat_", "masat_", "effsat_", "ref_", "status_")

# Where a case of test_known_gaps.py shows that the loads break a law, the machine does not look. Empty is the aim.
QUARANTINED_BEFORE_ACCEPTED = "status: a key that was in quarantine before any row with it was accepted"
TOLD_TOGETHER = "known at: a late delivery that is loaded together with others"
OPEN = frozenset({QUARANTINED_BEFORE_ACCEPTED, TOLD_TOGETHER})


@dataclass
class Course:
    """How the deliveries were loaded, as far as laws depend on it."""

    attempted: set[str] = field(default_factory=set)  # deliveries that a build met, crashed or not
    loaded: set[str] = field(default_factory=set)  # deliveries of builds that ended
    late: set[str] = field(default_factory=set)  # record sources that got something older than what was loaded
    mixed: set[str] = field(
        default_factory=set
    )  # record sources of which one build loaded old and new together, or parts
    has_crashed: bool = False

    def meet(self, complete: list[Delivery]) -> None:
        """Take note of what a build that starts now will find."""
        for source in {d.record_source for d in complete}:
            here = [d for d in complete if d.record_source == source]
            old = [d.extracted for d in here if d.delivery_id in self.attempted]
            new = [d.extracted for d in here if d.delivery_id not in self.attempted]
            if old and new and min(new) <= max(old):
                self.late.add(source)
            batch = [d.extracted for d in here if d.delivery_id not in self.loaded]
            loaded = [d.extracted for d in here if d.delivery_id in self.loaded]
            is_late = batch != sorted(batch) or (len(batch) > 1 and loaded and min(batch) < max(loaded))
            if any(d.parts > 1 for d in here) or (is_late and TOLD_TOGETHER in OPEN):
                self.mixed.add(source)
        self.attempted |= {d.delivery_id for d in complete}


def stored(engine: Engine, table: str, known_at: datetime = datetime.max) -> dict[str, list[tuple[datetime, Any]]]:
    """Every version that a table holds of each key, in the order of extract times; a set where it is multi-active."""
    made: dict[str, dict[datetime, Any]] = defaultdict(dict)
    for row in engine.rows(f"raw_vault.{table}"):
        if row["load_datetime"] > known_at:
            continue
        key, *rest = (name for name in row if name not in TECHNICAL)
        payload: Any = tuple(plain(row[name]) for name in rest)
        told = made[row[key]]
        if table.startswith("masat_"):
            payload = told.get(row["extract_datetime"], frozenset()) | {payload}
        else:
            assert row["extract_datetime"] not in told, f"L2: {table} holds a version twice"
            payload = payload[0] if table.startswith(("effsat_", "status_")) else payload
        told[row["extract_datetime"]] = payload
    return {key: sorted(times.items(), key=lambda pair: pair[0]) for key, times in made.items()}


def names(engine: Engine, *prefixes: str) -> list[str]:
    """The project's tables whose name starts so."""
    return [node.name for node in engine.project.nodes if node.name.startswith(prefixes)]


def changes(engine: Engine, table: str, known_at: datetime = datetime.max) -> Histories:
    """A table's history as its readers see it: the first of each run of equal versions."""
    told = stored(engine, table, known_at).items()
    seen = {key: runs(versions, table.startswith("status_")) for key, versions in told}
    return {key: versions for key, versions in seen.items() if versions}


def check_keys(engine: Engine, facts: Facts) -> None:
    """L5 and L13: exactly the keys that an accepted row told, each under the hash of its canonical text."""
    for table in names(engine, "hub_"):
        held = {}
        for row in engine.rows(f"raw_vault.{table}"):
            key, *values = (plain(value) for name, value in row.items() if name not in TECHNICAL)
            assert key not in held, f"L2: {table} holds a key twice"
            held[key] = tuple(values)
        assert held == dict(facts.hubs[table]), f"L5, L13: {table} holds other keys than were told"
    for table in names(engine, "lnk_"):
        rows = [tuple(v for n, v in row.items() if n not in TECHNICAL) for row in engine.rows(f"raw_vault.{table}")]
        assert len({row[0] for row in rows}) == len(rows), f"L2: {table} holds a relation twice"
        assert {row[0]: row[1:] for row in rows} == dict(facts.links[table]), f"L5, L13: {table} differs from the rows"


def check_histories(engine: Engine, facts: Facts) -> None:
    """L1, L7, L10, L11: as of each extract time exactly what was accepted, NULL and '' apart, and who was there."""
    for table in names(engine, *VERSIONED):
        held, told = changes(engine, table), facts.history(table)
        for key in facts.unsettled[table] if QUARANTINED_BEFORE_ACCEPTED in OPEN else ():
            held.pop(key, None), told.pop(key, None)
        assert held == told, f"L7, L11: the history of {table} is not what was told"
    for table in names(engine, "sat_", "masat_", "effsat_", "ref_"):
        held = stored(engine, table)
        for key, times in facts.versions[table].items():
            for moment, told in times.items():
                assert told is None or as_of(held.get(key, []), moment) == told, f"L7: {table} as of an extract time"


def as_of(versions: list[tuple[datetime, Any]], moment: datetime) -> Any:
    """The version that holds at a moment, None before the first."""
    place = bisect_right([extracted for extracted, _ in versions], moment)
    return versions[place - 1][1] if place else None


def check_events(engine: Engine, facts: Facts) -> None:
    """An event is there once, as it was told; one that contradicts itself is not there."""
    for table in names(engine, "nhl_"):
        held = [tuple(plain(v) for n, v in r.items() if n not in TECHNICAL) for r in engine.rows(f"raw_vault.{table}")]
        told = {key: next(iter(words)) for key, words in facts.events[table].items() if len(words) == 1}
        assert len(held) == len({row[0] for row in held}), f"L2: {table} holds an event twice"
        assert {row[0]: row[1:] for row in held} == told, f"L7: {table} is not what was told"


def check_no_more_than_changes(engine: Engine, facts: Facts, course: Course) -> None:
    """Where nothing came late, a table holds its changes and no repetition."""
    late = {source.replace(".", "_") for source in course.late}
    for table in names(engine, *VERSIONED):
        origin = table.split("__")[-1] if "__" in table else "desk_genre"
        if origin not in late and not facts.unsettled[table]:
            assert stored(engine, table) == facts.history(table), f"{table} repeats what did not change"


def check_closure(engine: Engine) -> None:
    """L6: every key that a row refers to is in its hub, the two ghosts included."""
    hubs = {}
    for table in names(engine, "hub_"):
        (key,) = (r[0] for r in engine.connection.execute(f"describe raw_vault.{table}").fetchall()[:1])
        found = engine.connection.execute(f"select cast({key} as varchar) from raw_vault.{table}").fetchall()
        hubs[key] = {row[0] for row in found}
        assert {UNKNOWN, NOT_APPLICABLE} <= hubs[key], f"{table} has no ghosts"
    hubs |= dict.fromkeys(("keeper_hk", "borrower_hk", "lender_hk"), hubs["member_hk"])
    hubs |= {"previous_hk": hubs["book_hk"]}
    for table in names(engine, "lnk_", "nhl_", "sat_", "masat_", "effsat_", "status_"):
        for row in engine.rows(f"raw_vault.{table}"):
            for name in row.keys() & hubs.keys():
                assert row[name] in hubs[name], f"L6: {table}.{name} refers to no row of its hub"


def check_monotone(before: dict[str, list[tuple[Any, ...]]], after: dict[str, list[tuple[Any, ...]]]) -> None:
    """L4: nothing that was stored has changed or gone."""
    for table, rows in before.items():
        lost = Counter(map(repr, rows)) - Counter(map(repr, after[table]))
        assert not lost, f"L4: {table} lost or changed rows"


def check_ledger(engine: Engine, reference: Reference, deliveries: Iterable[Delivery], course: Course) -> None:
    """L3: per delivery and target all staged records are accounted for, and what is new is what the table got."""
    held = {(r["delivery_id"], r["target"], r["subject"]): r for r in engine.rows("ledger.load_ledger")}
    assert len(held) == len(engine.rows("ledger.load_ledger")), "L3: a ledger row stands twice"
    for row in held.values():
        parts = [row[name] for name in ("unknown_key", "new", "unchanged", "duplicate", "conflicting")]
        assert row["staged"] == sum(parts), f"L3: the ledger of {row['target']} does not balance: {row}"
    expected: dict[tuple[str, str, str], tuple[int, int]] = {}
    for delivery in reference.complete(deliveries):
        accepted = [record for record in delivery.rows if not record.is_quarantined]
        for record in accepted:
            for role, told in reference.told(delivery.record_source, record).items():
                if told.concept.kind is Kind.HUB and told.key != NOT_APPLICABLE:
                    place = (delivery.delivery_id, f"hub_{told.concept.concept}", role)
                    staged, unknown = expected.get(place, (0, 0))
                    expected[place] = (staged + 1, unknown + (told.key == UNKNOWN))
    counted = {k: (r["staged"], r["unknown_key"]) for k, r in held.items() if k[1].startswith("hub_")}
    assert counted == expected, "L3: the ledger counts other records than were accepted"
    late = {source.replace(".", "_") for source in course.late}
    for table in names(engine, "sat_", "masat_", "effsat_", "nhl_"):
        if table.split("__")[-1] not in late and not course.has_crashed:
            new = sum(row["new"] for row in held.values() if row["target"] == table)
            assert new == len(engine.rows(f"raw_vault.{table}")), f"L3: {table} got other rows than the ledger says"


def check_times(engine: Engine, deliveries: Iterable[Delivery]) -> None:
    """Every time in the vault is one that a delivery gave; none is the clock's."""
    known = {d.delivery_id: (d.extracted, d.registered) for d in deliveries}
    for node in engine.project.nodes:
        if node.schema != "raw_vault":
            continue
        for row in engine.rows(f"raw_vault.{node.name}"):
            told = known[row["delivery_id"]]
            assert row["load_datetime"] in {registered for _, registered in known.values()}, f"L9: {node.name}: clock"
            is_first = not node.name.startswith(("hub_", "lnk_"))
            assert not is_first or row["extract_datetime"] == told[0], f"L9: {node.name}: extract time"


def check_known_at(
    engine: Engine, reference: Reference, deliveries: list[Delivery], moment: datetime, course: Course
) -> None:
    """L8: leaving out what was registered later gives what a vault without it would hold."""
    facts = reference.facts(d for d in deliveries if d.registered <= moment)
    mixed = {source.replace(".", "_") for source in course.mixed}
    for table in names(engine, *VERSIONED):
        origin = table.split("__")[-1] if "__" in table else "desk_genre"
        if origin not in mixed and not facts.unsettled[table]:
            assert changes(engine, table, moment) == facts.history(table), f"L8: {table} as known then"


def check_current(engine: Engine, facts: Facts) -> None:
    """L11 and L7 for now: who is there, with the latest attributes; of several sources any latest change counts."""
    for concept, (key, aspects) in CURRENT.items():
        rows = {row[key]: row for row in engine.rows(f"business_vault.current_{concept}")}
        there = facts.hubs[f"hub_{concept}"].keys() - gone(facts, concept)
        judged = [told for table, told in facts.unsettled.items() if table.startswith(f"status_{concept}__")]
        open_keys = set().union(*judged) if QUARANTINED_BEFORE_ACCEPTED in OPEN else set()
        assert rows.keys() - open_keys == there - open_keys, f"L11: current_{concept} shows others than are there"
        for aspect, columns in aspects.items():
            tables = names(engine, f"{aspect}__")
            histories = [facts.history(table) for table in tables]
            for hub_key, row in rows.items():
                last = [history[hub_key][-1] for history in histories if hub_key in history]
                newest = max((moment for moment, _ in last), default=None)
                allowed = {told for moment, told in last if moment == newest}
                shown = tuple(plain(row[name]) for name in columns)
                if aspect.startswith("effsat_"):
                    allowed = {facts.links[aspect.replace("effsat_", "lnk_")][told][1:] for told in allowed}
                assert shown in (allowed or {(None,) * len(columns)}), f"L7: current_{concept} shows no latest {aspect}"


# The library's current views: key, and the columns of each aspect or relation.
CURRENT: dict[str, tuple[str, dict[str, tuple[str, ...]]]] = {
    "member": ("member_hk", {"sat_member_home": ("town", "street")}),
    "book": (
        "book_hk",
        {
            "sat_book_keeping": ("condition", "seen_at", "price", "lent", "bought"),
            "effsat_book_keeping": ("keeper_hk",),
            "effsat_book_sequel": ("previous_hk",),
        },
    ),
    "loan": ("loan_hk", {"sat_loan_terms": ("due",), "effsat_loan_lending": ("borrower_hk", "lender_hk")}),
    "reservation": (
        "reservation_hk",
        {"sat_reservation_wish": ("reserved",), "effsat_reservation_wish": ("borrower_hk",)},
    ),
}


def gone(facts: Facts, concept: str) -> set[str]:
    """Keys that left the last snapshot of every source that gives the whole, and that no other source tells of."""
    last: dict[str, list[bool]] = defaultdict(list)
    for table, told in facts.presence.items():
        if table.startswith(f"status_{concept}__"):
            for key, times in told.items():
                seen = runs(list(times.items()), is_presence=True)
                last[key] += [seen[-1][1]] if seen else []
    snapshots = {table.split("__")[-1] for table in facts.presence} | {"web_phone", "desk_member", "desk_loan"}
    elsewhere = {
        key
        for table in facts.versions
        if table.startswith((f"sat_{concept}_", f"masat_{concept}_")) and table.split("__")[-1] not in snapshots
        for key in facts.history(table)
    }
    return {key for key, there in last.items() if not any(there)} - elsewhere


def check_point_in_time(engine: Engine, deliveries: Iterable[Delivery]) -> None:
    """L15: for every book and day the pointer is what a search over all versions finds."""
    days = sorted(d.extracted.date() for d in deliveries)
    held = stored(engine, "sat_book_keeping__desk_book")
    books = {row["book_hk"] for row in engine.rows("raw_vault.hub_book")}
    expected = {}
    for day in (days[0] + timedelta(n) for n in range((days[-1] - days[0]).days + 1)) if days else ():
        end = datetime.combine(day + timedelta(1), time())
        for book in books:
            earlier = [moment for moment, _ in held.get(book, []) if moment < end]
            expected[book, day] = max(earlier, default=None)
    rows = engine.rows("business_vault.pit_book")
    (pointer,) = {name for row in rows for name in row if name.endswith("_extract_datetime")} or {""}
    found = {(row["book_hk"], row["snapshot_date"]): row[pointer] for row in rows}
    assert len(found) == len(rows), "L15: a snapshot stands twice"
    assert found == expected, "L15: pit_book points elsewhere than a search over all versions"
