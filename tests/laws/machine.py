"""Deliveries as they come: in time, late, again, in parts, with crashes between; after every build the laws hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from random import Random
from typing import ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from tests.laws import laws, reading_laws, view_laws
from tests.laws.compiling import Project, compiled
from tests.laws.engine import Engine, at
from tests.laws.facts import Delivery, Row
from tests.laws.holding import Holding
from tests.laws.ledger_law import check_ledger
from tests.laws.library import library
from tests.laws.reference import Reference
from tests.laws.rows import FULL, PARTITION, PARTITIONS, SEMANTICS, rows

SLOTS = 12
REGISTERED = datetime(2025, 6, 1)
SOURCES = sorted(SEMANTICS)


@cache
def project() -> Project:
    """The library as dbt compiled it."""
    return compiled(*library())


class Vault(RuleBasedStateMachine):
    """A warehouse beside its reference."""

    project: ClassVar[Project | None] = None  # a project with a planted bug, in the tests of the tests

    def __init__(self) -> None:
        super().__init__()
        self.reference = Reference(*library())
        self.engine = Engine(self.project or project())
        self.deliveries: list[Delivery] = []
        self.waiting: list[Delivery] = []  # parts that have not come yet
        self.slots: dict[str, set[int]] = {source: set() for source in SOURCES}
        self.steps: list[tuple[set[str], int | None]] = []  # what had been delivered at each build, and its crash
        self.has_crashed = False
        self.is_whole = False  # the last build ended, and nothing came since
        self.rebuilt = 0
        self.at_once = False  # what comes between two builds is registered at one time

    @initialize(data=st.data())
    def begin(self, data: st.DataObject) -> None:
        self.at_once = data.draw(st.booleans())
        for source in data.draw(st.lists(st.sampled_from(SOURCES), min_size=2, max_size=4, unique=True)):
            self._extract(data, source, data.draw(st.integers(2, 4)))
        self.build()

    @rule(data=st.data(), source=st.sampled_from(SOURCES))
    def deliver(self, data: st.DataObject, source: str) -> None:
        """The next extract of a table."""
        slot = max(self.slots[source], default=1) + data.draw(st.integers(1, 2))
        if slot < SLOTS:
            self._extract(data, source, slot)
            self.build()

    @rule(data=st.data())
    def deliver_late(self, data: st.DataObject) -> None:
        """An extract that is older than one that was delivered before it."""
        known = [
            (s, free) for s, used in self.slots.items() for free in range(max(used, default=0)) if free not in used
        ]
        if known:
            source, slot = data.draw(st.sampled_from(known))
            self._extract(data, source, slot)
            if data.draw(st.booleans()):
                self.build()

    @rule(data=st.data(), source=st.sampled_from(SOURCES), together=st.booleans())
    def deliver_the_same_time_again(self, data: st.DataObject, source: str, together: bool) -> None:
        """Two deliveries of one extract time, which may add to each other or contradict each other."""
        slot = data.draw(st.sampled_from(sorted(self.slots[source]) or [2]))
        partition = "p" if source in PARTITION else ""
        self._deliver(source, data.draw(rows(source)), slot, partition)
        if not together:
            self.build()
        self._deliver(source, data.draw(rows(source)), slot, partition)
        self.build()

    @rule(data=st.data(), source=st.sampled_from([*FULL, *PARTITION]))
    def deliver_in_parts(self, data: st.DataObject, source: str) -> None:
        """A snapshot whose parts come one by one, whatever comes between them, perhaps late."""
        slot = data.draw(st.sampled_from(self._free(source)))
        if slot < SLOTS:
            told = data.draw(rows(source))
            first = self._made(source, told[::2], slot, "p" if source in PARTITION else "")
            self.waiting.append(replace(first, delivery_id=f"{first.delivery_id}-2", rows=told[1::2], part=2, parts=2))
            self._take(replace(first, parts=2))

    @precondition(lambda self: self.waiting)
    @rule()
    def deliver_the_missing_part(self) -> None:
        """The part that was waited for."""
        part = self.waiting.pop()
        self._take(replace(part, registered=self._now()))
        self.build()

    @rule(data=st.data(), source=st.sampled_from([*FULL, *PARTITION]))
    def deliver_an_empty_snapshot(self, data: st.DataObject, source: str) -> None:
        """Everybody has left, or had."""
        slot = data.draw(st.sampled_from(self._free(source)))
        if slot < SLOTS:
            self._deliver(source, (), slot, "p" if source in PARTITION else "")
            self.build()

    @precondition(lambda self: self.deliveries)
    @rule(number=st.integers(0, 50))
    def deliver_again(self, number: int) -> None:
        """What was delivered before: L2, nothing changes."""
        if not self.is_whole:
            self.build()
        before = self.engine.content(("raw_vault",))
        self.engine.deliver(self.deliveries[number % len(self.deliveries)])
        self.build()
        assert self.engine.content(("raw_vault",)) == before, "L2: the same delivery again changed the vault"

    @rule(data=st.data(), source=st.sampled_from(SOURCES), after=st.integers(1, 120), again=st.booleans())
    def deliver_and_crash(self, data: st.DataObject, source: str, after: int, again: bool) -> None:
        """The build of a delivery is killed between two models; the next build goes on from what it had written."""
        slot = max(self.slots[source], default=1) + 1
        if slot < SLOTS:
            self._extract(data, source, slot)
            self.crash(after, again)

    def crash(self, after: int, again: bool) -> None:
        """Build so many models and no more."""
        self._note(after)
        self.has_crashed = True
        self.engine.build(crash_after=after)
        if again:
            self.build()

    @precondition(lambda self: self.is_whole and self.rebuilt < 2 and len(self.deliveries) > 2)
    @rule()
    def replay(self) -> None:
        """L9: the same steps in another time zone and model order give the same rows, load times and all."""
        self.rebuilt += 1
        other = Engine(self.engine.project, turned=True, timezone="Asia/Tokyo")
        self._repeat(other, lambda _: True, with_crashes=False)
        crashed = self.has_crashed
        assert crashed or other.content() == self.engine.content(), "L9: the replay differs"
        self._check_content(other, self.deliveries)  # L25 where a build had crashed
        other.close()

    @precondition(lambda self: self.is_whole and self.rebuilt < 2 and len(self.deliveries) > 2)
    @rule(random=st.randoms(use_true_random=False))
    def rebuild_in_another_order(self, random: Random) -> None:
        """L1: whatever order the deliveries come in, the histories and the current state are the same."""
        self.rebuilt += 1
        turned, batch = list(self.deliveries), random.choice([1, 3, len(self.deliveries)])
        random.shuffle(turned)
        other = Engine(self.engine.project)
        for number, delivery in enumerate(turned, 1):
            other.deliver(delivery)
            if number % batch == 0 or delivery is turned[-1]:
                other.build()
        self._check_content(other, turned)
        other.close()

    @precondition(lambda self: self.is_whole and self.rebuilt < 2 and len(self.deliveries) > 2)
    @rule(source=st.sampled_from(["desk", "web"]))
    def rebuild_without_the_other_source(self, source: str) -> None:
        """L12: what one source told does not depend on the other."""
        self.rebuilt += 1
        if self.has_crashed:
            return
        other = Engine(self.engine.project)
        self._repeat(other, lambda d: d.record_source.startswith(f"{source}."), with_crashes=True)
        alone, beside = other.content(("raw_vault",)), self.engine.content(("raw_vault",))
        for table in alone:
            if f"__{source}_" in table:
                assert alone[table] == beside[table], f"L12: {table} depends on another source"
        other.close()

    def build(self) -> None:
        """Load what waits; then every law holds."""
        before, self.is_whole = self.engine.content(), False
        self._note(None)
        self.engine.build()
        laws.check_monotone(before, self.engine.content())
        self._check_content(self.engine, self.deliveries)
        check_ledger(Holding(self.engine), self.reference, self.deliveries, has_crashed=self.has_crashed)
        self.is_whole = True

    def teardown(self) -> None:
        """At the end, L8 for every moment at which something was registered."""
        try:
            if self.is_whole:
                held = Holding(self.engine)
                for moment, facts in self.reference.known_facts(self.deliveries):
                    laws.check_known_at(held, facts, moment)
                    reading_laws.check_as_of(held, facts, self.reference, moment)
        finally:
            self.engine.close()

    def _check_content(self, engine: Engine, deliveries: list[Delivery]) -> None:
        held, facts = Holding(engine), self.reference.facts(deliveries)
        laws.check_times(held, self.reference, deliveries)
        laws.check_keys(held, facts)
        laws.check_histories(held, facts)
        laws.check_no_more_than_changes(held, facts, deliveries)
        laws.check_tracked(held, facts)
        laws.check_closure(held)
        view_laws.check_points_in_time(held, facts, self.reference, deliveries)
        view_laws.check_current(held, facts, self.reference)
        view_laws.check_sets(held, facts, self.reference)
        view_laws.check_relations(held, facts, self.reference)
        view_laws.check_events(held, facts, self.reference)
        reading_laws.check_entries(held, facts, self.reference)
        reading_laws.check_closures(held, self.reference)
        reading_laws.check_bridges(held, facts, self.reference, deliveries)
        reading_laws.check_validity(held, self.reference)

    def _note(self, crash_after: int | None) -> None:
        self.steps.append(({d.delivery_id for d in self.deliveries}, crash_after))

    def _repeat(self, other: Engine, wanted: Callable[[Delivery], bool], *, with_crashes: bool) -> None:
        there: set[str] = set()
        for delivered, crash_after in self.steps:
            for delivery in self.deliveries:
                if delivery.delivery_id in delivered - there and wanted(delivery):
                    other.deliver(delivery)
            there |= delivered
            if crash_after is None or with_crashes:
                other.build(crash_after)

    def _now(self) -> datetime:
        return REGISTERED + timedelta(minutes=len(self.steps if self.at_once else self.deliveries))

    def _free(self, source: str) -> list[int]:
        """The next slot of a table, and those before it of which nothing came."""
        after = max(self.slots[source], default=1) + 1
        return [after, *(slot for slot in range(after) if slot not in self.slots[source])]

    def _extract(self, data: st.DataObject, source: str, slot: int) -> None:
        """What a table gives at a slot: one delivery, or one for each of some partitions."""
        some = st.lists(st.sampled_from(PARTITIONS), min_size=1, max_size=2, unique=True)
        for partition in data.draw(some) if source in PARTITION else [""]:
            self._deliver(source, data.draw(rows(source)), slot, partition)

    def _made(self, source: str, told: tuple[Row, ...], slot: int, partition: str = "") -> Delivery:
        self.slots[source].add(slot)
        name = f"{source}-{slot}-{partition}-{len(self.deliveries):02}"
        return Delivery(name, source, SEMANTICS[source], at(slot), self._now(), told, partition=partition)

    def _deliver(self, source: str, told: tuple[Row, ...], slot: int, partition: str = "") -> None:
        self._take(self._made(source, told, slot, partition))

    def _take(self, delivery: Delivery) -> None:
        self.deliveries.append(delivery)
        self.engine.deliver(delivery)
        self.is_whole = False
