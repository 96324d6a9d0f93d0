"""A source that delivers otherwise: what the plan adds for it, and what it cannot follow."""

from __future__ import annotations

import pytest

from concepts.planning import plan
from tests.spec.versions import change_at, names, planned, version


@pytest.mark.parametrize(("before", "after"), [("full", "partition"), ("partition", "full")])
def test_deliveries_of_the_whole_and_of_parts_cannot_share_a_table_of_presence(before, after):
    def deliver(semantics):
        return version(None, change_at("tables", "books", "semantics", value=semantics))

    assert [(reason.where, reason.reason) for reason in plan(deliver(before), deliver(after)).rebuilds] == [
        (
            "library.books.semantics",
            f"is {after}, was {before}: "
            "what status_book__library_books holds of the one would never leave by the other",
        )
    ]


def test_a_flag_that_tells_what_is_deleted_gains_a_table_of_presence():
    def deliver(source):
        table = source["tables"]["loans"]
        table["columns"]["STATE"] = {}
        table["deleted"] = {"column": "STATE", "values": ["D"]}

    told = planned(None, deliver)

    assert "raw_vault.status_loan__library_loans" in names(told.added)
    assert (told.migration, told.rebuilds) == ((), ())


def test_a_column_that_is_delivered_in_another_type_would_give_other_hashes():
    told = planned(None, change_at("tables", "loans", "columns", "LENT", value={"type": "string"}))

    assert [(reason.where, reason.reason) for reason in told.rebuilds] == [
        ("loan.lent_date", "library.loans delivers it as string, was date: its hashes would be others")
    ]
