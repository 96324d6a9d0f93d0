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


TABLE = ("tables", "books")
FORMAT, NAME = "library.books.format", "library.books.columns.NAME"


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        (("timezone",), "UTC", 'library.timezone: is "UTC", was "Europe/Helsinki"'),
        ((*TABLE, "format"), {"decimal": ","}, f'{FORMAT}.decimal: is ",", was "."'),
        ((*TABLE, "format"), {"date": "%d.%m.%Y"}, f'{FORMAT}.date: is "%d.%m.%Y", was "%Y-%m-%d"'),
        ((*TABLE, "columns", "NAME"), {"required": "true"}, f"{NAME}.required: is true, was false"),
        (
            (*TABLE, "columns", "NAME"),
            {"map": {"K": "kirja"}},
            f'{NAME}.map.K: is "kirja", was not there',
        ),
        ((*TABLE, "columns", "SHELF"), {}, "library.books.columns.SHELF: is new"),
        ((*TABLE, "feeds", "book", "when"), "NAME", 'library.books.feeds.book.when: is "NAME", was not there'),
    ],
)
def test_what_a_mapping_reads_otherwise_is_told_with_its_place(path, value, told):
    plan_ = planned(None, change_at(*path, value=value))

    assert [str(reading) for reading in plan_.readings] == [told]
    title = plan_.lines.index("deliveries are read otherwise from now on; values already loaded stay as they are:")
    assert plan_.lines[title + 1] == f"  {told}"


def test_another_type_of_a_column_is_told_although_it_is_refused_too():
    told = planned(None, change_at("tables", "loans", "columns", "LENT", value={"type": "string"}))

    assert [str(reading) for reading in told.readings] == ['library.loans.columns.LENT.type: is "string", was "date"']


def test_an_attribute_that_is_protected_otherwise_is_told():
    told = planned(change_at("book", "satellites", "cover", "attributes", "title", "privacy", value="sensitive"))

    assert [str(reading) for reading in told.readings] == ['book.title.privacy: is "sensitive", was "none"']
