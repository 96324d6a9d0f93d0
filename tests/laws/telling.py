"""The library told of in one line a delivery, and what its warehouse then says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from tests.laws import laws, reading_laws
from tests.laws.compiling import Project
from tests.laws.engine import Engine, at
from tests.laws.facts import Delivery, Row
from tests.laws.holding import Holding
from tests.laws.library import library
from tests.laws.machine import project
from tests.laws.reference import Reference
from tests.laws.rows import SEMANTICS

Told = tuple[str, int, list[dict[str, Any]]]  # table, slot of its extract, rows
REFERENCE = Reference(*library())


def delivery(number: int, told: Told) -> Delivery:
    """The numbered delivery, registered in the order of its number."""
    source, slot, rows = told
    registered = datetime(2025, 6, 1) + timedelta(minutes=number)
    held = tuple(Row({k: v for k, v in row.items() if k != "held"}, bool(row.get("held"))) for row in rows)
    return Delivery(f"{source}-{slot}-{number}", source, SEMANTICS[source], at(slot), registered, held)


@cache
def uncounted() -> Project:
    """The library with a ledger that lists deliveries and counts nothing, since counting is half of a build."""
    listed = "select delivery_id, record_source, 'delivery' as target, 'delivery' as subject"
    sql = f"{listed} from staging.pending_delivery where not is_loaded"
    nodes = (replace(n, first=sql, later=sql) if n.name == "load_ledger" else n for n in project().nodes)
    return replace(project(), nodes=tuple(nodes))


def built(*batches: list[Told], counted: bool = False) -> tuple[Engine, list[Delivery]]:
    """A warehouse after one build a batch, and what was delivered."""
    engine = Engine(project() if counted else uncounted())
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


def loan(slot: int, borrower: str, source: str = "desk") -> Told:
    row = {"loan": "1", "borrower": borrower, "lender": "b", "wish": "w", "wished": date(2025, 1, 1)}
    return f"{source}.loan", slot, [row]


def unbalanced(engine: Engine) -> list[str]:
    parts = "unknown_key + new + unchanged + duplicate + conflicting"
    sql = f"select target from ledger.load_ledger where staged <> {parts}"
    return [row[0] for row in engine.connection.execute(sql).fetchall()]


def towns(engine: Engine) -> list[Any]:
    return [row["town"] for row in engine.rows("business_vault.current_member")]


def course(slot: int, *gone: str, **more: Any) -> Told:
    rows = [{"course": "1", "title": "x", "number": "a", "seat": 1, "gone": flag} | more for flag in gone]
    return "web.course", slot, rows


def payment(slot: int, paid: str, gone: str = "") -> Told:
    return "web.payment", slot, [{"payment": "1", "number": "a", "paid": Decimal(paid), "gone": gone}]


def check_known(engine: Engine, deliveries: list[Delivery]) -> None:
    """What was known at each moment, by tables and by as-of views."""
    held = Holding(engine)
    for moment, facts in REFERENCE.known_facts(deliveries):
        laws.check_known_at(held, facts, moment)
        reading_laws.check_as_of(held, facts, REFERENCE, moment)


def booked(engine: Engine) -> list[tuple[int, Decimal]]:
    rows = sorted(engine.rows("business_vault.entries_payment"), key=lambda r: (r["extract_datetime"], r["entry"]))
    return [(row["entry"], row["paid"]) for row in rows]


def reached(engine: Engine, table: str, column: str) -> list[tuple[int, Any]]:
    """Day of the month and what a bridge reaches on it."""
    rows = engine.rows(f"business_vault.{table}")
    return sorted((row["snapshot_date"].day, row[column]) for row in rows)
