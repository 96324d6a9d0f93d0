"""The smallest cases in which a law did not hold once; each is named by what must be true of it."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from concepts.generator import render
from tests.laws import laws
from tests.laws.canonical import hashed
from tests.laws.engine import Engine, at
from tests.laws.holding import Holding
from tests.laws.library import MODEL, SOURCES, loaded
from tests.laws.telling import (
    REFERENCE,
    Told,
    booked,
    built,
    check_known,
    course,
    delivery,
    desk,
    fine,
    loan,
    payment,
    phones,
    reached,
    towns,
    unbalanced,
    uncounted,
    web,
)


def test_the_ledger_of_a_relation_balances_where_a_row_has_no_key_of_its_own() -> None:
    engine, _ = built([("desk.loan", 1, [{"loan": None, "borrower": "a", "lender": "b"}])], counted=True)
    assert unbalanced(engine) == []


def test_the_ledger_of_a_set_balances_where_one_of_its_rows_contradicts_another() -> None:
    rows = [{"number": "a", "phone": p, "kind": k} for p, k in (("1", "home"), ("1", "work"), ("2", "home"))]
    engine, _ = built([("desk.phone", 1, rows)], counted=True)
    assert unbalanced(engine) == []


@pytest.mark.parametrize("rows", [[], [{"number": "a", "held": True}]])
def test_a_delivery_without_an_accepted_record_is_loaded_once_and_not_with_every_build(rows: list[Any]) -> None:
    engine, _ = built([("desk.member", 1, rows)], [])
    pending = engine.connection.execute("select delivery_id from staging.pending_delivery where not is_loaded")
    assert pending.fetchall() == []


def test_a_key_that_only_quarantine_knows_has_no_presence_without_a_hub_row() -> None:
    engine, _ = built([("desk.member", 1, [{"number": "a", "held": True}])])
    laws.check_closure(Holding(engine))


def test_a_set_told_in_two_deltas_of_one_time_is_whole_whether_loaded_together_or_apart() -> None:
    together, _ = built([phones(1, "1"), phones(1, "2")])
    apart, _ = built([phones(1, "1")], [phones(1, "2")])
    table = "masat_member_phones__desk_phone"
    assert Holding(together).changes(table) == Holding(apart).changes(table)


def test_two_deltas_of_one_time_that_contradict_each_other_give_the_same_loaded_together_or_apart() -> None:
    together, _ = built([web(1, "Oslo"), web(1, "Paris")])
    apart, _ = built([web(1, "Oslo")], [web(1, "Paris")])
    table = "sat_member_home__web_member"
    assert Holding(together).changes(table) == Holding(apart).changes(table)


def test_an_event_that_is_told_anew_with_other_content_gives_the_same_loaded_together_or_apart() -> None:
    together, _ = built([fine(1, "1.00"), fine(2, "2.00")])
    apart, _ = built([fine(1, "1.00")], [fine(2, "2.00")])
    amounts = [[row["amount"] for row in e.rows("business_vault.current_fine")] for e in (together, apart)]
    assert amounts == [[Decimal("1.00")], [Decimal("1.00")]]


def test_the_current_state_of_two_sources_is_the_same_whatever_order_they_came_in() -> None:
    in_time, _ = built([desk(1, "Paris")], [web(3, "Oslo")], [desk(5, "Paris")])
    late, _ = built([desk(5, "Paris")], [web(3, "Oslo")], [desk(1, "Paris")])
    assert towns(in_time) == towns(late)


def test_the_time_of_the_current_state_is_the_same_whatever_order_deliveries_came_in() -> None:
    in_time, _ = built([desk(1, "Paris")], [desk(5, "Paris")])
    late, _ = built([desk(5, "Paris")], [desk(1, "Paris")])
    times = [[r["extract_datetime"] for r in e.rows("business_vault.current_member")] for e in (in_time, late)]
    assert times[0] == times[1]


def test_what_is_only_pointed_at_is_as_old_as_its_key() -> None:
    engine, _ = built([loan(2, "a")])
    assert [row["extract_datetime"] for row in engine.rows("business_vault.current_member")] == [at(2), at(2)]


def test_what_was_known_before_a_late_delivery_of_the_same_build_can_still_be_told() -> None:
    engine, deliveries = built([desk(1, "Paris")], [desk(3, "Oslo"), desk(2, "Oslo")])
    known_at = deliveries[1].registered
    expected = REFERENCE.facts(deliveries[:2]).history("sat_member_home__desk_member")
    assert Holding(engine).changes("sat_member_home__desk_member", known_at) == expected


def test_a_set_that_has_left_the_snapshot_is_not_current() -> None:
    rows = [{"number": "a", "phone": "1", "kind": "home"}]
    engine, _ = built([desk(1, "Paris"), ("web.phone", 1, rows)], [("web.phone", 2, [])])
    assert engine.rows("business_vault.current_member_phones") == []


def test_a_point_in_time_over_two_sources_names_each_of_its_parts_once() -> None:
    sql = render(*loaded(MODEL, SOURCES))["models/business_vault/pit_member.sql"]
    parts = re.findall(r"^(\w+) as \($", sql, flags=re.MULTILINE)
    assert len(parts) == len(set(parts))


def test_a_key_that_was_in_quarantine_first_has_the_same_presence_loaded_together_or_apart() -> None:
    first, then = ("desk.member", 1, [{"number": "a", "held": True}]), desk(2, "Paris")
    together, _ = built([first, then])
    apart, _ = built([first], [then])
    table = "status_member__desk_member"
    assert Holding(together).changes(table) == Holding(apart).changes(table)


def test_the_ledger_calls_no_key_new_under_a_subject_that_did_not_name_it() -> None:
    engine, _ = built([loan(1, "a")], counted=True)
    rows = engine.rows("ledger.load_ledger")
    counted = {r["subject"]: (r["staged"], r["new"], r["unchanged"]) for r in rows if r["target"] == "hub_member"}
    assert counted == {"borrower": (1, 1, 0), "lender": (1, 1, 0)}


def test_a_quarantined_row_says_nothing_of_its_key_even_where_an_earlier_snapshot_comes_later() -> None:
    held: Told = ("desk.member", 2, [{"number": "a", "held": True}])
    engine, deliveries = built([held, desk(3, "Paris"), desk(1, "Paris")])
    check_known(engine, deliveries)


def test_a_set_whose_rows_come_in_two_parts_of_a_snapshot_is_told_once() -> None:
    engine, deliveries = Engine(uncounted()), []
    for number in (1, 2):
        row = {"number": "a", "phone": str(number), "kind": "home"}
        deliveries.append(replace(delivery(number, ("web.phone", 1, [row])), part=number, parts=2))
        engine.deliver(deliveries[-1])
    engine.build()
    laws.check_histories(Holding(engine), REFERENCE.facts(deliveries))
    assert len(engine.rows("raw_vault.masat_member_phones__web_phone")) == 2


def test_the_relation_in_force_of_two_sources_is_the_same_whatever_order_they_came_in() -> None:
    in_time, _ = built([loan(1, "a")], [loan(3, "b", "web")], [loan(5, "a")])
    late, _ = built([loan(5, "a")], [loan(3, "b", "web")], [loan(1, "a")])
    views = [e.rows("business_vault.current_reservation_wish_relation") for e in (in_time, late)]
    assert [r["borrower_hk"] for r in views[0]] == [r["borrower_hk"] for r in views[1]] == [hashed("1:b")]


def test_the_current_set_of_two_sources_is_the_same_whatever_order_they_came_in() -> None:
    row = {"number": "a", "phone": "3", "kind": "home"}
    in_time, _ = built([phones(1, "1")], [("web.phone", 3, [row])], [phones(5, "1")])
    late, _ = built([phones(5, "1")], [("web.phone", 3, [row])], [phones(1, "1")])
    for engine in (in_time, late):
        assert [r["phone"] for r in engine.rows("business_vault.current_member_phones")] == ["3"]


def test_the_key_of_a_member_is_the_hash_of_its_canonical_text() -> None:
    engine, _ = built([desk(1, "Paris")])
    assert [row["member_hk"] for row in engine.rows("raw_vault.hub_member")] == [hashed("1:a")]


def test_a_version_holds_on_once_the_one_that_had_ended_it_is_withdrawn() -> None:
    engine, deliveries = built([web(1, "Rome"), web(3, "Oslo")], [web(3, "Paris")])
    check_known(engine, deliveries)
    rows = engine.rows("business_vault.asof_sat_member_home__web_member")
    now = [(r["town"], r["valid_from"], r["valid_to"].year) for r in rows if r["known_to"].year == 9999]
    assert now == [("Rome", at(1), 9999)]


def test_what_a_late_version_makes_a_repetition_is_one_stretch_with_it_from_then_on() -> None:
    engine, deliveries = built([desk(1, "Paris")], [desk(5, "Oslo")], [desk(3, "Oslo")])
    check_known(engine, deliveries)
    rows = engine.rows("business_vault.asof_sat_member_home__desk_member")
    towns = [(r["town"], r["valid_from"], r["valid_to"].year) for r in rows if r["known_to"].year == 9999]
    assert sorted(towns, key=str) == [("Oslo", at(3), 9999), ("Paris", at(1), 2025)]
    assert [r["known_to"] for r in rows if r["valid_from"] == at(5)] == [
        r["known_from"] for r in rows if r["valid_from"] == at(3)
    ]


def test_a_set_that_grows_at_one_time_is_known_in_two_steps() -> None:
    engine, deliveries = built([phones(1, "1"), phones(2, "2")], [phones(2, "3"), phones(3, "1")])
    check_known(engine, deliveries)


@pytest.mark.parametrize("flags", ["D,", ",D"])
def test_deleted_and_told_anew_at_one_time_is_known_alike_whether_loaded_together_or_apart(flags: str) -> None:
    told = [course(2, flag) for flag in flags.split(",")]
    together, deliveries = built([course(1, "")], [*told, course(3, "")])
    apart, _ = built([course(1, "")], *([one] for one in told), [course(3, "")])
    check_known(together, deliveries)
    check_known(apart, deliveries)
    table = "status_course_seats__web_course"
    assert Holding(together).statements(table) == Holding(apart).statements(table)


def test_who_was_never_there_has_not_left_in_whatever_order_that_is_told() -> None:
    engine, deliveries = built([payment(3, "5.00", "D")], [payment(2, "5.00", "D")])
    check_known(engine, deliveries)
    assert engine.rows("raw_vault.status_payment__web_payment") == []


def twin(slot: int, gone: str) -> Told:
    return "desk.twin", slot, [{"number": "a", "other": "b", "gone": gone}]


def test_a_key_that_is_first_told_as_deleted_is_not_there() -> None:
    together, deliveries = built([twin(1, "D"), twin(2, "D")])
    apart, _ = built([twin(1, "D")], [twin(2, "D")])
    late, _ = built([twin(2, "D")], [twin(1, "D")])
    check_known(together, deliveries)
    shown = [engine.rows("business_vault.current_member") for engine in (together, apart, late)]
    assert [[row["member_number"] for row in rows] for rows in shown] == [["b"], ["b"], ["b"]]


def test_a_key_that_is_first_told_as_deleted_is_there_while_another_source_tells_of_it() -> None:
    engine, _ = built([twin(1, "D")], [web(2, "Oslo")])
    assert sorted(row["member_number"] for row in engine.rows("business_vault.current_member")) == ["a", "b"]


def test_a_key_that_comes_after_its_deletion_is_there() -> None:
    together, _ = built([twin(1, "D"), twin(2, "")])
    late, _ = built([twin(2, "")], [twin(1, "D")])
    shown = [engine.rows("business_vault.current_member") for engine in (together, late)]
    assert [sorted(row["member_number"] for row in rows) for rows in shown] == [["a", "b"], ["a", "b"]]


def test_a_deletion_that_names_nobody_else_ends_the_relations_of_its_owner() -> None:
    first = ("desk.twin", 1, [{"number": "a", "other": "b"}, {"number": "c", "other": "b"}])
    gone: Told = ("desk.twin", 3, [{"number": "a", "other": None, "gone": "D"}])
    more: Told = ("desk.twin", 2, [{"number": "a", "other": "c"}])
    together, deliveries = built([first, gone, more])
    late, _ = built([first], [gone], [more])
    check_known(together, deliveries)
    shown = [engine.rows("business_vault.current_member_twin_relation") for engine in (together, late)]
    assert [{row["member_hk"] for row in rows} for rows in shown] == [{hashed("1:c")}, {hashed("1:c")}]


def test_an_event_that_is_deleted_twice_is_taken_back_once() -> None:
    engine, _ = built([payment(1, "5.00"), payment(3, "5.00", "D")], [payment(2, "5.00", "D")])
    assert len(engine.rows("raw_vault.status_payment__web_payment")) == 3
    assert booked(engine) == [(1, Decimal("5.00")), (-1, Decimal("5.00"))]
    assert engine.rows("business_vault.current_payment") == []


def test_an_event_that_is_deleted_and_told_again_alike_is_booked_again() -> None:
    engine, _ = built([payment(1, "5.00")], [payment(2, "5.00", "D")], [payment(3, "5.00")])
    assert [entry for entry, _ in booked(engine)] == [1, -1, 1]
    assert [row["paid"] for row in engine.rows("business_vault.current_payment")] == [Decimal("5.00")]


def test_an_event_that_comes_back_with_another_figure_is_booked_with_that() -> None:
    engine, _ = built([payment(1, "5.00"), payment(2, "5.00", "D")], [payment(3, "7.00"), payment(4, "8.00")])
    assert booked(engine) == [
        (1, Decimal("5.00")),
        (-1, Decimal("5.00")),
        (1, Decimal("7.00")),
        (-1, Decimal("7.00")),
        (1, Decimal("8.00")),
    ]


def test_a_corrected_event_has_the_time_of_its_correction_whatever_order_tellings_came_in() -> None:
    told = [payment(1, "5.00")], [payment(3, "5.00")]
    in_time, late = built(*told)[0], built(*reversed(told))[0]
    times = [[r["extract_datetime"] for r in e.rows("business_vault.current_payment")] for e in (in_time, late)]
    assert times == [[at(1)], [at(1)]]


def test_a_source_that_contradicts_itself_keeps_no_key_that_left_the_other_source() -> None:
    engine, _ = built([desk(1, "Rome"), web(1, "Oslo")], [web(1, "Paris"), ("desk.member", 2, [])])
    assert engine.rows("business_vault.current_member") == []


def test_a_bridge_leaves_out_a_relation_on_the_days_on_which_it_was_gone() -> None:
    days = [course(0, ""), course(4, "D"), course(8, "")]
    engine, _ = built(days)
    late, _ = built(days[2:], days[1:2], days[:1])
    assert reached(engine, "bridge_course_sitters", "member_hk") == [(29, hashed("1:a")), (31, hashed("1:a"))]
    assert reached(late, "bridge_course_sitters", "member_hk") == reached(engine, "bridge_course_sitters", "member_hk")
