"""The tests of the tests: every bug that is planted on purpose breaks a law; without one, none breaks."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from tests.laws.facts import Row
from tests.laws.machine import Vault, project
from tests.laws.planted import BUGS, Bug, planted


def member(number: str, town: str | None, **rest: Any) -> dict[str, Any]:
    return {"number": number, "town": town, **rest}


def book(condition: str, keeper: str) -> dict[str, Any]:
    seen = datetime(2025, 1, 1, 3, 30)
    return {"shelf": "A", "place": 1, "condition": condition, "seen_at": seen, "keeper": keeper}


def course(gone: str) -> dict[str, Any]:
    return {"course": "1", "title": "x", "number": "a", "seat": 1, "grade": "good", "gone": gone}


def payment(paid: str) -> dict[str, Any]:
    return {"payment": "1", "number": "a", "paid": Decimal(paid)}


def phone(number: str) -> dict[str, Any]:
    return {"number": "a", "phone": number, "kind": "home"}


def card(number: str) -> dict[str, Any]:
    return {"card": number, "state": "new", "holder": "a"}


def wish(**rest: Any) -> dict[str, Any]:
    return {"loan": "1", "borrower": "a", "lender": "b", "wish": "w", "wished": date(2025, 1, 1), **rest}


def lend(vault: Vault) -> None:
    """A few weeks of the library: changes, departures, deletions, quarantine, a crash, a late delivery."""

    def deliver(source: str, slot: int, *rows: dict[str, Any], partition: str = "") -> None:
        told = ({k: v for k, v in row.items() if k != "held"} for row in rows)
        held = (bool(row.get("held")) for row in rows)
        vault._deliver(source, tuple(map(Row, told, held)), slot, partition)

    deliver("desk.member", 2, member("a", "Paris", street="s"), member("b", "Oslo"), member("c", "Oslo"))
    deliver("web.member", 2, member("a", "Oslo"), member("d", ""))
    deliver("desk.book", 2, book("new", "a"))
    deliver("desk.fine", 2, {"fine": "1", "line": 1, "number": "a", "amount": Decimal("2.50"), "fined": None})
    deliver("web.course", 2, course(""))
    deliver("web.payment", 2, payment("1.00"))
    deliver("desk.card", 2, card("1"), partition="p")
    deliver("desk.card", 2, card("2"), partition="q")
    deliver("desk.phone", 2, phone("1"))
    deliver("desk.loan", 2, wish(rank=1))
    deliver("web.loan", 2, wish())
    vault.build()
    deliver("desk.member", 6, member("a", "Rome", street="s"), member("c", "Paris", held=True))
    deliver("web.member", 6, member("a", "Oslo"), member("d", None))
    deliver("web.course", 6, course("D"))
    deliver("web.payment", 6, payment("2.00"))
    deliver("desk.card", 6, card("3"), partition="p")
    deliver("desk.phone", 2, phone("2"))
    deliver("desk.loan", 6)
    vault.build()
    deliver("desk.book", 6, book("worn", "b"))
    deliver("web.member", 8, member("a", "Rome"))
    vault.crash(len(vault.engine.nodes) - 1, again=True)
    deliver("desk.member", 4, member("a", "Rome", street="s"), member("b", "Oslo"), member("c", "Oslo"))
    deliver("web.member", 8, member("a", "Paris"))
    vault.build()
    vault.teardown()


@pytest.mark.parametrize("bug", BUGS, ids=[bug.name for bug in BUGS])
def test_a_law_notices_a_planted_bug(bug: Bug, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Vault, "project", planted(project(), bug))
    with pytest.raises(AssertionError, match=r"L\d+|repeats"):
        lend(Vault())


def test_no_law_complains_where_no_bug_is_planted() -> None:
    lend(Vault())
