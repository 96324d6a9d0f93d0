"""Rows for Hypothesis to draw: few keys and values, so that they meet; NULL, hostile text, two kinds of ä."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from tests.laws.facts import Row

MEMBERS = ["a", "b", "A", "", "a||b", "ä", "a\u0308", None]
TOWNS = ["Oslo", "Paris", "", "~", "ä", "a\u0308", None]
NUMBERS = ["1", "2", "1;2", None]
COLUMNS: dict[str, dict[str, list[Any]]] = {
    "desk.member": {"number": MEMBERS, "town": TOWNS, "street": ["s", "", None]},
    "web.member": {"number": MEMBERS, "town": TOWNS},
    "phone": {"number": ["a", "b", None], "phone": ["1", "2", None], "kind": ["home", "", None]},
    "desk.book": {
        "shelf": ["A", "A;1", "", None],
        "place": [1, 11, None],
        "condition": ["new", "", None],
        "seen_at": [datetime(2025, 1, 1, 3, 30), datetime(2025, 1, 1, 3, 30, 0, 1), None],
        "price": [Decimal("2.50"), Decimal("-2.50"), None],
        "lent": [True, False, None],
        "bought": [date(2024, 2, 29), None],
        "keeper": MEMBERS,
        "before_shelf": ["A", None],
        "before_place": [1, 11, None],
    },
    "loan": {
        "loan": NUMBERS,
        "due": [date(2025, 3, 30), date(2025, 3, 31), None],
        "borrower": ["a", "b", None],
        "lender": ["a", "b", None],
        "shelf": ["A", None],
        "place": [1, None],
        "wish": ["w", "v", None],
        "wished": [date(2025, 1, 1), date(2025, 1, 2), None],
    },
    "desk.genre": {"code": ["1", "01", None], "name": ["x", "", None]},
    "web.genre": {
        "code": ["1", "01"],
        "name": ["x", "y", None],
        "used_from": [date(2025, 1, 1), None],
        "used_to": [date(2025, 2, 1), None],
    },
    "desk.card": {"card": ["1", "2", None], "state": ["new", "old", None], "holder": ["a", "b", None]},
    "desk.twin": {"number": ["a", "b", "c", None], "other": ["a", "b", None], "gone": ["", "D"]},
    "web.course": {
        "course": ["1", "2", None],
        "title": ["x", None],
        "whole": ["1", "3", None],
        "number": ["a", "b"],
        "seat": [1, 2, None],
        "grade": ["good", None],
        "gone": ["D", "", None],
    },
    "web.payment": {
        "payment": ["1", "2", None],
        "number": ["a", "b"],
        "paid": [Decimal("1.00"), Decimal("2.00")],
        "gone": ["D", None],
    },
}
COLUMNS["desk.loan"] = {**COLUMNS["loan"], "rank": [1, 2]}
FULL = ("desk.member", "desk.loan", "desk.genre", "web.phone")
PARTITION = ("desk.card",)
DELTA = ("web.member", "desk.phone", "desk.book", "web.loan", "web.genre", "desk.twin", "web.course", "web.payment")
EVENT = ("desk.fine",)
SEMANTICS = {
    **dict.fromkeys(FULL, "full"),
    **dict.fromkeys(PARTITION, "partition"),
    **dict.fromkeys(DELTA, "delta"),
    **dict.fromkeys(EVENT, "event"),
}
PARTITIONS = ("p", "q")


@st.composite
def rows(draw: st.DrawFn, record_source: str) -> tuple[Row, ...]:
    """Up to four records of a table; duplicates, conflicts and quarantined ones among them."""
    if record_source in EVENT:
        return tuple(_events(draw(st.lists(st.sampled_from(["1", "2", "x", "3:4", "3:5"]), max_size=3))))
    columns = COLUMNS.get(record_source) or COLUMNS[record_source.split(".")[1]]
    record = st.fixed_dictionaries({name: st.sampled_from(values) for name, values in columns.items()})
    quarantined = st.sampled_from([False] * 7 + [True])
    drawn = draw(st.lists(st.builds(Row, record, quarantined), max_size=4))
    return tuple(drawn + drawn[:1] if draw(st.booleans()) else drawn)  # the same record twice


def _events(numbers: list[str]) -> list[Row]:
    """Fines with their amount, if that may differ; number x always as two that contradict each other."""
    made = []
    for told in numbers:
        number, _, cents = told.partition(":")
        for amount in ["1", "2"] if number == "x" else [cents or number]:
            values = {"fine": number, "line": 1, "number": "a", "amount": Decimal(amount), "fined": None}
            made.append(Row(values))
    return made
