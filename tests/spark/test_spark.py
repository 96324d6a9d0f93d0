"""DuckDB and Spark say the same of the same deliveries: the same rows and the same keys in every table and view."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from pyspark.sql import SparkSession

from tests.laws.library import MODEL, SOURCES
from tests.spark.session import Spark
from tests.spec.warehouse import Warehouse

FIRST_JANUARY = date(2025, 1, 1)


def book(shelf: str, place: int, **rest: Any) -> dict[str, Any]:
    return {"shelf": shelf, "place": place, **rest}


def loan(number: str, borrower: str | None, lender: str | None = None, **rest: Any) -> dict[str, Any]:
    return {"loan": number, "due": date(2025, 2, 1), "borrower": borrower, "lender": lender, **rest}


def first(to: Warehouse) -> None:
    """Text that is hard to tell apart, the ends of each type, duplicates, conflicts, a row without a key."""
    to.deliver(
        "desk.member",
        "2025-01-01",
        [
            {"number": "m1", "town": "Åbo", "street": None},
            {"number": "m2", "town": "", "street": " "},
            {"number": "m2", "town": "", "street": " "},
            {"number": "m3", "town": "this", "street": "or that"},
            {"number": "m3", "town": "that", "street": "or this"},
            {
                "number": "A\u030abo",
                "town": "Åbo, typed in two parts",
                "street": "\N{GRINNING FACE} 'q' \"q\" \\t || ~",
            },
            {"number": None, "town": "nowhere", "street": None},
            {"number": "m4", "town": "kept apart", "street": None, "is_quarantined": True},
        ],
    )
    seen = datetime.fromisoformat
    to.deliver(
        "desk.book",
        "2025-01-01",
        [
            book("A||B", -5, condition="good", seen_at=seen("1899-12-31 23:59:59.000001"), price=Decimal("-0.50"),
                 lent=True, bought=date(1, 1, 1), keeper="m1"),
            book("A", 2**62, seen_at=seen("2025-03-30 03:30:00"), price=Decimal("1234567890123456.78"), lent=False,
                 bought=date(9999, 12, 31), before_shelf="A||B", before_place=-5),
        ],
    )  # fmt: skip
    phones = [("1", "home"), ("2", "work"), ("", "none"), ("Å", "home")]
    to.deliver("desk.phone", "2025-01-01", [{"number": "m1", "phone": p, "kind": k} for p, k in phones])
    to.deliver("web.phone", "2025-01-01", [{"number": n, "phone": "1", "kind": "home"} for n in ("m1", "m9")])
    to.deliver(
        "desk.loan",
        "2025-01-01",
        [
            loan("1", "m1", "m2", shelf="A", place=2**62, wish="w1", wished=FIRST_JANUARY),
            loan("2", "m1", wish="w2"),
        ],
    )
    fines = [(1, "m1", Decimal("1.10")), (2, None, Decimal("0.00"))]
    to.deliver("desk.fine", "2025-01-01", [{"fine": "f", "line": n, "number": m, "amount": a} for n, m, a in fines])
    to.deliver("desk.genre", "2025-01-01", [{"code": "g", "name": "novel"}, {"code": "h", "name": None}])


def second(to: Warehouse) -> None:
    """One member gone, one changed, a phone less, a loan to another borrower."""
    towns = {"m1": "Åbo", "m2": "Ekenäs"}
    to.deliver("desk.member", "2025-01-03", [{"number": n, "town": t, "street": None} for n, t in towns.items()])
    to.deliver("desk.phone", "2025-01-03", [{"number": "m1", "phone": "2", "kind": "work"}])
    to.deliver("desk.loan", "2025-01-03", [loan("1", "m2", "m2", wish="w1", wished=FIRST_JANUARY)])


def late(to: Warehouse) -> None:
    """Extracts from between the two, registered last; one contradicts what was told before."""
    to.deliver("desk.member", "2025-01-02", [{"number": "m1", "town": "Pargas", "street": None}])
    to.deliver("desk.member", "2025-01-03", [{"number": "m2", "town": "Raseborg", "street": None}])
    to.deliver("web.loan", "2025-01-02", [loan("1", "m9")])


def test_both_engines_hold_the_same_after_three_loads(session: SparkSession, tmp_path: Path) -> None:
    duckdb = Warehouse(tmp_path, MODEL, SOURCES)
    spark = Spark(duckdb, session)
    for deliver in (first, second, late):
        deliver(duckdb)
        duckdb.build()
        spark.dbt("run")
    assert spark.differing() == {}  # tables only grow: what each load did is still there
    assert duckdb.ask("select count(*) from ledger.load_ledger") != [(0,)]
    spark.dbt("test")
