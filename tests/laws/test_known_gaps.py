"""Where a law does not hold yet: each the smallest case, expected to fail until the loads are mended.

A case that passes is an error (xfail_strict): take its mark away then, and its line out of OPEN in laws.py.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from concepts.generator import render
from tests.laws import laws
from tests.laws.engine import Engine, at
from tests.laws.library import MODEL, SOURCES, library, loaded
from tests.laws.machine import project
from tests.laws.reference import Delivery, Reference, Row, hashed
from tests.laws.rows import SEMANTICS

Told = tuple[str, int, list[dict[str, Any]]]  # table, slot of its extract, rows
REFERENCE = Reference(*library())


def delivery(number: int, told: Told) -> Delivery:
    """The numbered delivery, registered in the order of its number."""
    source, slot, rows = told
    registered = datetime(2025, 6, 1) + timedelta(minutes=number)
    held = tuple(Row({k: v for k, v in row.items() if k != "held"}, bool(row.get("held"))) for row in rows)
    return Delivery(f"{source}-{slot}-{number}", source, SEMANTICS[source], at(slot), registered, held)


def built(*batches: list[Told]) -> tuple[Engine, list[Delivery]]:
    """A warehouse after one build a batch, and what was delivered."""
    engine = Engine(project())
    deliveries: list[Delivery] = []
    for batch in batches:
        for told in batch:
            deliveries.append(delivery(len(deliveries), told))
            engine.deliver(deliveries[-1])
        engine.build()
    return engine, deliveries


def desk(slot: int, town: str) -> Told:
    return "desk.member", slot, [{"number": "a", "town": town}]


def web(slot: int, town: str) -> Told:
    return "web.member", slot, [{"number": "a", "town": town}]


def phones(slot: int, *numbers: str) -> Told:
    return "desk.phone", slot, [{"number": "a", "phone": number, "kind": "home"} for number in numbers]


def fine(slot: int, amount: str) -> Told:
    return "desk.fine", slot, [{"fine": "1", "line": 1, "number": "a", "amount": Decimal(amount)}]


def unbalanced(engine: Engine) -> list[str]:
    parts = "unknown_key + new + unchanged + duplicate + conflicting"
    sql = f"select target from ledger.load_ledger where staged <> {parts}"
    return [row[0] for row in engine.connection.execute(sql).fetchall()]


def towns(engine: Engine) -> list[Any]:
    return [row["town"] for row in engine.rows("business_vault.current_member")]


def test_the_ledger_of_a_relation_balances_where_a_row_has_no_key_of_its_own() -> None:
    engine, _ = built([("desk.loan", 1, [{"loan": None, "borrower": "a", "lender": "b"}])])
    assert unbalanced(engine) == []


def test_the_ledger_of_a_set_balances_where_one_of_its_rows_contradicts_another() -> None:
    rows = [{"number": "a", "phone": p, "kind": k} for p, k in (("1", "home"), ("1", "work"), ("2", "home"))]
    engine, _ = built([("desk.phone", 1, rows)])
    assert unbalanced(engine) == []


@pytest.mark.parametrize("rows", [[], [{"number": "a", "held": True}]])
def test_a_delivery_without_an_accepted_record_is_loaded_once_and_not_with_every_build(rows: list[Any]) -> None:
    engine, _ = built([("desk.member", 1, rows)], [])
    pending = engine.connection.execute("select delivery_id from staging.pending_delivery where not is_loaded")
    assert pending.fetchall() == []


def test_a_key_that_only_quarantine_knows_has_no_presence_without_a_hub_row() -> None:
    engine, _ = built([("desk.member", 1, [{"number": "a", "held": True}])])
    laws.check_closure(engine)


@pytest.mark.xfail(
    raises=AssertionError,
    reason="L1: two deltas of one extract time: the second finds the key and time loaded",
)
def test_a_set_told_in_two_deltas_of_one_time_is_whole_whether_loaded_together_or_apart() -> None:
    together, _ = built([phones(1, "1"), phones(1, "2")])
    apart, _ = built([phones(1, "1")], [phones(1, "2")])
    table = "masat_member_phones__desk_phone"
    assert laws.changes(together, table) == laws.changes(apart, table)


@pytest.mark.xfail(
    raises=AssertionError,
    reason="L1: two deltas of one extract time that contradict each other: apart, the first stays",
)
def test_two_deltas_of_one_time_that_contradict_each_other_give_the_same_loaded_together_or_apart() -> None:
    together, _ = built([web(1, "Oslo"), web(1, "Paris")])
    apart, _ = built([web(1, "Oslo")], [web(1, "Paris")])
    table = "sat_member_home__web_member"
    assert laws.changes(together, table) == laws.changes(apart, table)


@pytest.mark.xfail(
    raises=AssertionError,
    reason="L9: asserted looks for a conflict over the whole build; of two tellings the first should count",
)
def test_an_event_that_is_told_anew_with_other_content_gives_the_same_loaded_together_or_apart() -> None:
    together, _ = built([fine(1, "1.00"), fine(2, "2.00")])
    apart, _ = built([fine(1, "1.00")], [fine(2, "2.00")])
    assert [row["amount"] for row in together.rows("raw_vault.nhl_fine")] == [
        row["amount"] for row in apart.rows("raw_vault.nhl_fine")
    ]


def test_the_current_state_of_two_sources_is_the_same_whatever_order_they_came_in() -> None:
    in_time, _ = built([desk(1, "Paris")], [web(3, "Oslo")], [desk(5, "Paris")])
    late, _ = built([desk(5, "Paris")], [web(3, "Oslo")], [desk(1, "Paris")])
    assert towns(in_time) == towns(late)


def test_the_time_of_the_current_state_is_the_same_whatever_order_deliveries_came_in() -> None:
    in_time, _ = built([desk(1, "Paris")], [desk(5, "Paris")])
    late, _ = built([desk(5, "Paris")], [desk(1, "Paris")])
    times = [[r["extract_datetime"] for r in e.rows("business_vault.current_member")] for e in (in_time, late)]
    assert times[0] == times[1]


@pytest.mark.xfail(
    raises=AssertionError,
    reason="L8: a version equal to an earlier one that was registered later, in the same build, is left out",
)
def test_what_was_known_before_a_late_delivery_of_the_same_build_can_still_be_told() -> None:
    engine, deliveries = built([desk(1, "Paris")], [desk(3, "Oslo"), desk(2, "Oslo")])
    known_at = deliveries[1].registered
    expected = REFERENCE.facts(deliveries[:2]).history("sat_member_home__desk_member")
    assert laws.changes(engine, "sat_member_home__desk_member", known_at) == expected


def test_a_set_that_has_left_the_snapshot_is_not_current() -> None:
    rows = [{"number": "a", "phone": "1", "kind": "home"}]
    engine, _ = built([desk(1, "Paris"), ("web.phone", 1, rows)], [("web.phone", 2, [])])
    assert engine.rows("business_vault.current_member_phones") == []


def test_a_point_in_time_over_two_sources_names_each_of_its_parts_once() -> None:
    member = MODEL["member"] + "point_in_time: {satellites: [home], calendar: month_end}\n"
    sql = render(*loaded(MODEL | {"member": member}, SOURCES))["models/business_vault/pit_member.sql"]
    parts = re.findall(r"^(\w+) as \($", sql, flags=re.MULTILINE)
    assert len(parts) == len(set(parts))


@pytest.mark.xfail(raises=AssertionError, reason="L1: status joins the hub as it is in that build to judge quarantine")
def test_a_key_that_was_in_quarantine_first_has_the_same_presence_loaded_together_or_apart() -> None:
    first, then = ("desk.member", 1, [{"number": "a", "held": True}]), desk(2, "Paris")
    together, _ = built([first, then])
    apart, _ = built([first], [then])
    table = "status_member__desk_member"
    assert laws.changes(together, table) == laws.changes(apart, table)


def test_the_key_of_a_member_is_the_hash_of_its_canonical_text() -> None:
    engine, _ = built([desk(1, "Paris")])
    assert [row["member_hk"] for row in engine.rows("raw_vault.hub_member")] == [hashed("1:a")]
