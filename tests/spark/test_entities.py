"""What the generator has besides hubs, links and satellites: DuckDB and Spark hold the same of it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from pyspark.sql import SparkSession

from tests.spark.branch import MODEL, SOURCES
from tests.spark.session import Spark
from tests.spec.warehouse import Warehouse


def members(**towns: str) -> list[dict[str, Any]]:
    return [{"number": number, "town": town} for number, town in towns.items()]


def book(slot: int, condition: str, keeper: str | None = None, **rest: Any) -> dict[str, Any]:
    return {"shelf": "A", "slot": slot, "condition": condition, "keeper": keeper, **rest}


def loan(number: str, borrower: str, slot: int, due: int = 1) -> dict[str, Any]:
    return {"loan": number, "borrower": borrower, "shelf": "A", "slot": slot, "due": date(2025, 2, due)}


def item(line: int, price: str, slot: int = 1) -> dict[str, Any]:
    return {"loan": "1", "shelf": "A", "slot": slot, "line": line, "price": Decimal(price)}


def payment(number: str, member: str, amount: str) -> dict[str, Any]:
    return {"payment": number, "number": member, "amount": Decimal(amount)}


def first(to: Warehouse) -> None:
    """Two partitions that share a member, a book of parts, a loan of two lines."""
    north = [{"number": "m1", "town": "Åbo", "twin": "m2"}, *members(m2="Vasa")]
    to.deliver("branch.member", "2024-12-31", north, partition="north")
    to.deliver("branch.member", "2024-12-31", members(m2="Vasa", m3="Borgå"), partition="south")
    parts = [book(2, "good", whole_shelf="A", whole_slot=1), book(3, "torn", whole_shelf="A", whole_slot=2)]
    parts += [book(n, "good", whole_shelf="A", whole_slot=whole) for n, whole in ((4, 1), (5, 4))]  # these stay
    to.deliver("branch.book", "2025-01-01", [book(1, "good", "m1"), *parts])
    to.deliver("branch.loan", "2025-01-01", [loan("1", "m1", 1), loan("2", "m3", 2)], partition="north")
    to.deliver("branch.item", "2025-01-01", [item(1, "1.50"), item(2, "-0.50")], partition="north")
    genres = [
        {"code": "g", "name": "novel", "starts": None, "expires": date(2099, 1, 1)},
        {"code": "h", "name": "old", "starts": None, "expires": date(2020, 1, 1)},
    ]
    to.deliver("branch.genre", "2025-01-01", genres)
    to.deliver("branch.payment", "2025-01-01", [payment("p1", "m1", "2.00"), payment("p2", "m3", "3.00")])


def second(to: Warehouse) -> None:
    """A member leaves one partition and another all of them; a book is struck out, a payment corrected."""
    to.deliver("branch.member", "2025-01-03", members(m1="Ekenäs"), partition="north")
    to.deliver("branch.member", "2025-01-03", members(m2="Vasa"), partition="south")
    to.deliver("branch.book", "2025-01-03", [book(1, "good", "m2"), book(3, "torn", deleted="D")])
    to.deliver("branch.loan", "2025-01-03", [loan("1", "m2", 1, due=2)], partition="north")
    to.deliver("branch.item", "2025-01-03", [item(1, "1.75")], partition="north")
    to.deliver("branch.genre", "2025-01-03", [{"code": "g", "name": "Novel"}])
    to.deliver("branch.payment", "2025-01-03", [payment("p1", "m2", "2.50")])


def late(to: Warehouse) -> None:
    """From between the two; the last contradicts what the same extract told before."""
    to.deliver("branch.member", "2025-01-02", members(m1="Pargas", m4="Hangö"), partition="north")
    to.deliver("branch.book", "2025-01-02", [book(2, "gone", deleted="D")])
    to.deliver("branch.loan", "2025-01-02", [loan("1", "m3", 2)], partition="north")
    to.deliver("branch.payment", "2025-01-02", [payment("p1", "m1", "9.00")])
    to.deliver("branch.item", "2025-01-03", [item(1, "1.80")], partition="north")


def test_both_engines_hold_the_same_of_every_entity(session: SparkSession, tmp_path: Path) -> None:
    duckdb = Warehouse(tmp_path, MODEL, SOURCES)
    spark = Spark(duckdb, session)
    for deliver in (first, second, late):
        deliver(duckdb)
        duckdb.build()
        spark.dbt("run")
    assert spark.differing() == {}
    kept = spark.relations()
    assert [name for name in kept if duckdb.ask(f"select count(*) from {name}") == [(0,)]] == []
    spark.dbt("test")
