"""A new version of the model only adds to a warehouse; what it cannot add to, it names and leaves alone."""

from __future__ import annotations

import pytest

from concepts.planning import plan
from tests.spec.versions import (
    BOOK,
    COMPUTED,
    COVER,
    TERM,
    add_language,
    attribute,
    change_at,
    changed,
    drop_at,
    names,
    planned,
    version,
)


def test_the_same_version_changes_nothing():
    told = planned()

    assert told.is_empty
    assert told.lines == ("nothing changes",)


def test_a_new_attribute_is_one_column_in_the_satellite_that_has_rows():
    told = planned(add_language)

    assert told.migration == (f'alter table "raw_vault"."{COVER}" add column "book_language" string;',)
    assert names(told.changed) == [
        f"raw_vault.{COVER}",
        "business_vault.current_book",
        f"business_vault.asof_{COVER}",
    ]
    assert (told.added, told.removed, told.rebuilds) == ((), (), ())


def test_a_new_attribute_of_an_event_is_one_column_too():
    told = planned(lambda c: c["fine"]["satellites"]["payment"]["attributes"].update(fine_vat=attribute("decimal")))

    assert told.migration == (
        'alter table "raw_vault"."nhl_fine__library_fines" add column "fine_vat" decimal(18, 2);',
    )


def test_a_new_aspect_is_a_new_table_and_no_migration():
    def change(concepts):
        concepts["book"]["satellites"]["shelf"] = {"attributes": {"shelf_number": attribute()}}

    def deliver(source):
        table = source["tables"]["books"]
        table["columns"]["SHELF"] = {}
        table["feeds"]["book"]["attributes"]["shelf_number"] = "SHELF"

    told = planned(change, deliver)

    assert names(told.added) == [
        "raw_vault.sat_book_shelf__library_books",
        "business_vault.asof_sat_book_shelf__library_books",
    ]
    assert told.migration == () and told.rebuilds == ()


def test_the_measures_touched_are_those_of_the_concepts_that_change():
    assert planned(add_language).measures == ("LIB-01",)


def test_a_new_definition_touches_the_measures_although_no_table_changes():
    told = planned(lambda c: c["loan"].update(definition={**TERM, "en": "Another meaning."}))

    assert told.is_empty and told.measures == ("LIB-01", "LIB-02")


def test_a_source_that_ends_leaves_its_tables_in_the_database():
    told = planned(None, lambda s: s["tables"].pop("fines"))

    assert "raw_vault.nhl_fine__library_fines" in names(told.removed)
    assert told.rebuilds == ()
    assert "removed from the model; stay in the database with their rows, and nothing writes to them:" in told.lines


def move_title(concepts):
    cover = concepts["book"]["satellites"]["cover"]["attributes"]
    concepts["book"]["satellites"]["text"] = {"attributes": {"title": cover.pop("title")}}


def turn_round(concepts):
    cover = concepts["book"]["satellites"]["cover"]
    cover["attributes"] = dict(reversed(cover["attributes"].items()))


def turn_round_terms(concepts):
    terms = concepts["loan"]["links"]["lending"]["satellites"]["terms"]
    terms["attributes"] = dict(reversed(terms["attributes"].items()))


@pytest.mark.parametrize(
    ("change", "where"),
    [
        (change_at("book", "key", value={"isbn": attribute("integer")}), ["book.key"]),
        (change_at("book", "key", "isbn", value=attribute(canonical=["upper"])), ["book.key"]),
        (change_at("book", "key_scope", value="source"), ["book.key_scope"]),
        (
            change_at("book", "satellites", "cover", "attributes", "printed_date", value=attribute("datetime")),
            ["book.cover.printed_date"],
        ),
        (drop_at("book", "satellites", "cover", "attributes", "title"), ["book.cover.title"]),
        (drop_at("fine"), ["fine"]),
        (move_title, ["book.cover.title"]),
        (turn_round, ["book.cover.attributes"]),
        (drop_at("book", "satellites", "keyword", "child_key"), ["book.keyword.child_key"]),
        (drop_at("loan", "links", "lending"), ["loan.lending"]),
        (drop_at("loan", "links", "copies", "child_key"), ["loan.copies.child_key"]),
        (
            change_at("loan", "links", "copies", "child_key", "copy_number", value=attribute()),
            ["loan.copies.child_key"],
        ),
        (
            drop_at("loan", "links", "lending", "satellites", "terms", "attributes", "loan_note"),
            ["loan.lending.terms.loan_note"],
        ),
        (
            change_at("loan", "links", "lending", "satellites", "terms", "attributes", "due_date", value=attribute()),
            ["loan.lending.terms.due_date"],
        ),
        (turn_round_terms, ["loan.lending.terms.attributes"]),
        (
            change_at("book", "satellites", "keyword", value=COMPUTED),
            ["book.keyword.computed", "book.keyword.child_key"],
        ),
        (change_at("loan", "links", "lending", "driven", value=False), ["loan.lending"]),
        (change_at("fine", "links", "cause", "participants", value=["loan", "book"]), ["fine.cause"]),
    ],
)
def test_a_change_that_history_cannot_follow_is_named_with_its_place(change, where):
    def deliver(source):
        if "fine" in where:
            del source["tables"]["fines"]
        if "loan.copies.child_key" in where:
            source["tables"]["copies"]["columns"]["COPY"] = {"type": "string"}
        before, known = changed(), changed(change)
        for table in source["tables"].values():
            for role, feed in table["feeds"].items():
                name, fed = feed.get("concept", role), feed.get("attributes", {})
                left = known[name].attributes
                feed["attributes"] = {n: h for n, h in fed.items() if n in left}
                types = {h: str(before[name].attributes[n].type) for n, h in fed.items() if n not in left}
                table["columns"].update({h: {"type": type_} for h, type_ in types.items()})

    assert [reason.where for reason in planned(change, deliver).rebuilds] == where


def test_what_only_reads_history_is_added_and_no_table_of_history_is_made_anew():
    def change(concepts):
        concepts["book"]["satellites"]["score"] = {
            "computed": "score.sql",
            "attributes": {"score": attribute("integer")},
        }
        concepts["book"]["point_in_time"] = {"satellites": ["cover"]}
        concepts["loan"]["bridges"] = {"books": {"path": ["lending"]}}
        concepts["fine"]["told_anew"] = "corrects"

    told = planned(change)

    assert (told.migration, told.rebuilds, told.removed) == ((), (), ())
    # What several records say of one fine is no conflict any more: its keys that are repeated are found once.
    assert names(told.added) == [
        "staging.repeated_fine__library_fines",
        "business_vault.pit_book",
        "business_vault.bsat_book_score",
        "business_vault.bridge_loan_books",
        "business_vault.entries_fine",
    ]
    # The load asks for them there. The ledger: a corrected telling is no longer a conflict. As of any time it counts.
    assert names(told.changed) == [
        "raw_vault.nhl_fine__library_fines",
        "staging.ledger_library__fines",
        "business_vault.current_fine",
        "business_vault.asof_nhl_fine__library_fines",
    ]


def test_a_tracked_concept_gains_a_table_that_the_next_deliveries_fill():
    told = planned(lambda c: c["book"].update(tracked=True))

    assert all(name.startswith("raw_vault.rts_book__library_") for name in names(told.added))
    assert (told.changed, told.migration, told.rebuilds) == ((), (), ())


def test_a_concept_that_is_tracked_no_more_keeps_what_was_recorded():
    told = plan(version(lambda c: c["book"].update(tracked=True)), version())

    assert "raw_vault.rts_book__library_books" in names(told.removed)
    assert told.rebuilds == ()


def test_a_relation_that_becomes_a_hierarchy_gains_a_view():
    def related(sort):
        links = {"series": {"participants": [{"role": "main_work", "concept": "book"}], "sort": sort}}
        return version(
            lambda c: c["book"].update(links=links),
            lambda s: s["tables"]["books"]["feeds"].update(main_work={"concept": "book", "key": {"isbn": "NAME"}}),
        )

    told = plan(related("relation"), related("hierarchy"))

    assert names(told.added) == ["business_vault.hierarchy_book_series"]
    assert (told.changed, told.rebuilds) == ((), ())


def test_a_reference_that_tells_its_validity_changes_only_how_it_is_read():
    def reference(**more):
        def change(concepts):
            shelf = {"type": "date", "term": TERM}
            concepts["book"] = {
                **{key: value for key, value in BOOK.items() if key != "satellites"},
                "kind": "reference",
                "satellites": {"cover": {"attributes": {"title": attribute(), "printed_date": shelf}}},
                **more,
            }

        def deliver(source):
            for table in ("keywords", "loans", "copies", "fines"):
                del source["tables"][table]

        return version(change, deliver)

    told = plan(reference(), reference(validity={"begins": "printed_date", "ends": "printed_date"}))

    assert names(told.changed) == ["business_vault.ref_book"]
    assert (told.added, told.removed, told.rebuilds) == ((), (), ())


def test_a_new_attribute_of_a_relation_is_one_column():
    def change(concepts):
        terms = concepts["loan"]["links"]["lending"]["satellites"]["terms"]
        terms["attributes"]["loan_desk"] = attribute()

    assert planned(change).migration == (
        'alter table "raw_vault"."sat_loan_lending_terms__library_loans" add column "loan_desk" string;',
    )


def test_an_identifier_cannot_become_a_pseudonym_in_rows_that_lie_open():
    secret = attribute(privacy="direct_identifier", pseudonym="book")

    assert [reason.where for reason in planned(change_at("book", "key", "isbn", value=secret)).rebuilds] == ["book.key"]


def test_a_text_that_becomes_a_code_is_kept_as_it_was():
    told = planned(
        change_at("book", "satellites", "cover", "attributes", "title", value=attribute("code", codes="title"))
    )

    assert told.is_empty


def test_an_attribute_between_others_makes_no_version_look_new():
    def change(concepts):
        cover = concepts["book"]["satellites"]["cover"]
        cover["attributes"] = {"subtitle": attribute(), **cover["attributes"]}

    assert planned(change).rebuilds == ()


def test_a_concept_that_was_never_delivered_can_go():
    unfed = version(
        lambda c: c.update(film={**BOOK, "concept": "film", "key": {"eidr": attribute()}, "satellites": {}})
    )

    assert plan(unfed, version()).is_empty
