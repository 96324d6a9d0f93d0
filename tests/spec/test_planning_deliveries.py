"""A source that delivers otherwise: what the plan adds for it, and what it cannot follow."""

from __future__ import annotations

import pytest

from concepts.planning import plan
from tests.spec.versions import attribute, change_at, names, planned, version


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


def test_whom_no_snapshot_has_named_would_never_leave_by_one():
    told = planned(None, change_at("tables", "loans", "semantics", value="full"))

    assert [(reason.where, reason.reason) for reason in told.rebuilds] == [
        ("library.loans.semantics", "is full, was delta: what earlier deliveries told of loan would never leave")
    ]


def test_a_relation_that_is_new_with_the_snapshots_has_nothing_that_would_never_leave():
    def relate(concepts):
        concepts["loan"]["links"]["notice"] = {"driven": False, "participants": ["book"]}

    told = plan(version(), version(relate, change_at("tables", "loans", "semantics", value="full"))).rebuilds

    assert [reason.reason for reason in told] == [
        "is full, was delta: what earlier deliveries told of loan would never leave"
    ]


def test_a_relation_that_was_told_before_its_flag_would_never_end_by_it():
    def deliver(**flag):
        def change(source):
            copies = source["tables"]["copies"]
            copies["columns"]["STATE"] = {}
            copies.update(semantics="delta", **flag)

        return version(None, change)

    told = plan(deliver(), deliver(deleted={"column": "STATE", "values": ["D"]}))

    assert [(reason.where, reason.reason) for reason in told.rebuilds] == [
        (
            "library.copies.deleted",
            "says of more than before who is gone: what earlier deliveries told of loan_copies would never leave",
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


def rename(table, header, to, **column):
    """The supplier calls a column otherwise, and the mapping follows."""

    def deliver(source):
        told = source["tables"][table]
        told["columns"] = {to if name == header else name: told["columns"][name] for name in told["columns"]}
        told["columns"][to] = column
        told["key"] = [to if name == header else name for name in told["key"]]
        for feed in told["feeds"].values():
            for part in (feed["key"], feed.get("attributes", {})):
                part.update({name: to for name, fed in part.items() if fed == header})

    return deliver


@pytest.mark.parametrize("header", ["NAME", "ISBN"])
def test_a_renamed_header_keeps_the_name_that_landed_rows_have(header):
    told = planned(None, rename("books", header, "TITEL"))

    had = header.lower()
    reason = f"lands as titel, but earlier rows, which a late delivery reads again, have it as {had}: say name: {had}"
    assert [(r.where, r.reason) for r in told.rebuilds] == [("library.books.columns.TITEL", reason)]
    assert planned(None, rename("books", header, "TITEL", name=had)).rebuilds == ()


def test_what_tells_of_deletions_keeps_its_name_in_landed_rows_too():
    def flagged(header, **column):
        def deliver(source):
            table = source["tables"]["loans"]
            table["columns"][header] = column
            table["deleted"] = {"column": header, "values": ["D"]}

        return version(None, deliver)

    told = plan(flagged("STATE"), flagged("TILA"))

    assert [reason.where for reason in told.rebuilds] == ["library.loans.columns.TILA"]
    assert plan(flagged("STATE"), flagged("TILA", name="state")).rebuilds == ()


def test_an_attribute_cannot_move_to_a_column_that_was_landed_in_another_type():
    def deliver(header, **other):
        def change(source):
            source["tables"]["books"]["columns"].update(PRINT={}, **other)
            source["tables"]["books"]["feeds"]["book"]["attributes"]["printed_date"] = header

        return version(None, change)

    told = plan(deliver("PRINTED"), deliver("PRINT", PRINTED={"type": "date"})).rebuilds

    assert [reason.where for reason in told] == ["library.books.columns.PRINT"]
    assert told[0].reason.endswith("say name: printed")


def test_a_column_that_was_landed_as_text_cannot_become_a_number_under_its_name():
    def weigh(concepts):
        concepts["book"]["satellites"]["cover"]["attributes"]["weight"] = attribute("decimal")

    def deliver(**column):
        def change(source):
            source["tables"]["books"]["columns"]["GRAMS"] = column
            source["tables"]["books"]["feeds"]["book"]["attributes"]["weight"] = "GRAMS"

        return version(weigh, change)

    before = version(None, change_at("tables", "books", "columns", "GRAMS", value={}))

    reason = "landed as string and would land as decimal: say another name: here"
    assert [(r.where, r.reason) for r in plan(before, deliver()).rebuilds] == [("library.books.columns.GRAMS", reason)]
    assert plan(before, deliver(name="weight")).rebuilds == ()


def test_a_column_that_feeds_nothing_any_more_keeps_the_type_in_which_it_landed():
    def unfed(**column):
        def change(source):
            source["tables"]["books"]["columns"]["PRINTED"] = column
            del source["tables"]["books"]["feeds"]["book"]["attributes"]["printed_date"]

        return change

    reason = "landed as date and would land as string: say type: date here"
    told = planned(None, unfed()).rebuilds
    assert [(r.where, r.reason) for r in told] == [("library.books.columns.PRINTED", reason)]
    assert planned(None, unfed(type="date")).rebuilds == ()


TABLE = ("tables", "books")
OTHERWISE = (
    "deliveries are read otherwise from now on, and so are earlier ones that a late delivery has read again; other "
    "values already loaded stay as they are:"
)
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
    title = plan_.lines.index(OTHERWISE)
    assert plan_.lines[title + 1] == f"  {told}"


def test_another_type_of_a_column_is_told_although_it_is_refused_too():
    told = planned(None, change_at("tables", "loans", "columns", "LENT", value={"type": "string"}))

    assert [str(reading) for reading in told.readings] == ['library.loans.columns.LENT.type: is "string", was "date"']


def test_a_flag_of_deletions_is_told_once_and_the_key_stays_what_it_was():
    def deliver(source):
        table = source["tables"]["loans"]
        table["columns"]["STATE"] = {}
        table["deleted"] = {"column": "STATE", "values": ["D"]}

    assert [str(reading) for reading in planned(None, deliver).readings] == [
        "library.loans.deleted: is new",
        "library.loans.columns.STATE: is new",
    ]


def test_an_attribute_that_is_protected_otherwise_is_told():
    told = planned(change_at("book", "satellites", "cover", "attributes", "title", "privacy", value="sensitive"))

    assert [str(reading) for reading in told.readings] == ['book.title.privacy: is "sensitive", was "none"']
