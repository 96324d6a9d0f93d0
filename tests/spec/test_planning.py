"""A new version of the model only adds to a warehouse; what it cannot add to, it names and leaves alone."""

from __future__ import annotations

import copy
from pathlib import Path

import duckdb
import pytest

from concepts.errors import BusyError, ModelError
from concepts.metamodel import Concept, ConceptModel, DataType
from concepts.planning import NewColumn, Plan, Version, apply, plan
from concepts.quoting import quoted
from concepts.sources import SourceMapping

TERM = {"en": "a", "fi": "b", "sv": "c"}
ABOUT = {"term": TERM, "definition": TERM, "source": "own example", "owner": "library"}


def attribute(type_="string", **more):
    return {"type": type_, "term": TERM, **more}


BOOK = {
    **ABOUT,
    "concept": "book",
    "key": {"isbn": attribute()},
    "satellites": {
        "cover": {"attributes": {"title": attribute(), "printed_date": attribute("date")}},
        "keyword": {"child_key": ["keyword_text"], "attributes": {"keyword_text": attribute()}},
    },
}
LOAN = {
    **ABOUT,
    "concept": "loan",
    "key_scope": "source",
    "key": {"loan_number": attribute()},
    "satellites": {"period": {"attributes": {"lent_date": attribute("date")}}},
    "links": {
        "lending": {
            "participants": ["book"],
            "satellites": {"terms": {"attributes": {"due_date": attribute("date"), "loan_note": attribute()}}},
        },
        "copies": {
            "driven": False,
            "participants": [{"role": "copy", "concept": "book"}],
            "child_key": {"copy_number": attribute("integer")},
        },
    },
}
FINE = {
    **ABOUT,
    "concept": "fine",
    "kind": "transaction",
    "key": {"fine_number": attribute()},
    "satellites": {"payment": {"attributes": {"fine_amount": attribute("decimal")}}},
    "links": {"cause": {"participants": ["loan"]}},
}
LIBRARY = {
    "source": "library",
    "term": TERM,
    "owner": "library",
    "tables": {
        "books": {
            "files": "books*.csv",
            "semantics": "full",
            "key": ["ISBN"],
            "columns": {"ISBN": {}, "NAME": {}, "PRINTED": {}},
            "feeds": {"book": {"key": {"isbn": "ISBN"}, "attributes": {"title": "NAME", "printed_date": "PRINTED"}}},
        },
        "keywords": {
            "files": "keywords*.csv",
            "semantics": "delta",
            "key": ["ISBN", "WORD"],
            "columns": {"ISBN": {}, "WORD": {}},
            "feeds": {"book": {"key": {"isbn": "ISBN"}, "attributes": {"keyword_text": "WORD"}}},
        },
        "loans": {
            "files": "loans*.csv",
            "semantics": "delta",
            "key": ["LOAN"],
            "columns": {"LOAN": {}, "ISBN": {}, "LENT": {}, "DUE": {}, "NOTE": {}},
            "feeds": {
                "book": {"key": {"isbn": "ISBN"}},
                "loan": {
                    "key": {"loan_number": "LOAN"},
                    "attributes": {"lent_date": "LENT", "due_date": "DUE", "loan_note": "NOTE"},
                },
            },
        },
        "copies": {
            "files": "copies*.csv",
            "semantics": "full",
            "key": ["LOAN", "ISBN", "COPY"],
            "columns": {"LOAN": {}, "ISBN": {}, "COPY": {}},
            "feeds": {
                "copy": {"concept": "book", "key": {"isbn": "ISBN"}},
                "loan": {"key": {"loan_number": "LOAN"}, "attributes": {"copy_number": "COPY"}, "links": ["copies"]},
            },
        },
        "fines": {
            "files": "fines*.csv",
            "semantics": "event",
            "key": ["FINE"],
            "columns": {"FINE": {}, "LOAN": {}, "EUROS": {}},
            "feeds": {
                "loan": {"key": {"loan_number": "LOAN"}},
                "fine": {"key": {"fine_number": "FINE"}, "attributes": {"fine_amount": "EUROS"}},
            },
        },
    },
}
COMPUTED = {"computed": "keyword.sql", "attributes": {"keyword_text": attribute()}}
QUERIES = {"keyword.sql": "select 1", "score.sql": "select book_hk, 1 as score from hub_book"}
MEASURES = {"LIB-01": ("book", "loan"), "LIB-02": ("loan",), "LIB-03": ("fine",)}
COVER = "sat_book_cover__library_books"


def version(change=None, change_source=None):
    """The library's model and mapping, changed in place by the test."""
    source = copy.deepcopy(LIBRARY)
    if change_source:
        change_source(source)
    return Version(ConceptModel(concepts=changed(change), queries=QUERIES), (SourceMapping.model_validate(source),))


def changed(change=None):
    """The library's concepts, changed in place by the test."""
    concepts = copy.deepcopy({"book": BOOK, "loan": LOAN, "fine": FINE})
    if change:
        change(concepts)
    return {name: Concept.model_validate(told) for name, told in concepts.items()}


def planned(change=None, change_source=None):
    return plan(version(), version(change, change_source), MEASURES)


def add_language(concepts):
    concepts["book"]["satellites"]["cover"]["attributes"]["book_language"] = attribute()


def names(objects):
    return [str(told) for told in objects]


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


def change_at(*path, value):
    def change(told):
        for step in path[:-1]:
            told = told[step]
        told[path[-1]] = value

    return change


def drop_at(*path):
    def change(told):
        for step in path[:-1]:
            told = told[step]
        del told[path[-1]]

    return change


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
        known = changed(change)
        for table in source["tables"].values():
            for role, feed in table["feeds"].items():
                left = known[feed.get("concept", role)].attributes
                feed["attributes"] = {n: h for n, h in feed.get("attributes", {}).items() if n in left}

    assert [reason.where for reason in planned(change, deliver).rebuilds] == where


def test_what_only_reads_history_is_added_and_no_table_of_history_changes():
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
    assert names(told.added) == [
        "business_vault.pit_book",
        "business_vault.bsat_book_score",
        "business_vault.bridge_loan_books",
        "business_vault.entries_fine",
    ]
    # The ledger, too: a corrected telling is no longer a conflict.
    assert names(told.changed) == ["staging.ledger_library__fines", "business_vault.current_fine"]


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


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    file = tmp_path / "vault.duckdb"
    with duckdb.connect(str(file)) as connection:
        connection.execute("create schema raw_vault")
        connection.execute("create table raw_vault.hub_book as select 1 as book_hk, '951-0' as isbn")
        connection.execute(f"create table raw_vault.{COVER} as select 1 as book_hk, 'Kalevala' as title")
    return file


def ask(file: Path, sql: str):
    with duckdb.connect(str(file), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def digest(file: Path, columns: str, table: str):
    rows = f"select concat_ws('|', {columns}) as row_text from raw_vault.{table}"
    return ask(file, f"select md5(string_agg(row_text, '/' order by row_text)) from ({rows})")


def test_applying_a_plan_adds_the_column_and_keeps_every_row(warehouse):
    hub, cover = digest(warehouse, "book_hk, isbn", "hub_book"), digest(warehouse, "book_hk, title", COVER)

    apply(planned(add_language), warehouse)

    assert digest(warehouse, "book_hk, isbn", "hub_book") == hub
    assert digest(warehouse, "book_hk, title", COVER) == cover
    assert ask(warehouse, f"select title, book_language from raw_vault.{COVER}") == [("Kalevala", None)]


def test_applying_a_plan_again_does_nothing(warehouse):
    assert len(apply(planned(add_language), warehouse)) == 1
    assert apply(planned(add_language), warehouse) == ()


def test_a_table_that_was_never_built_is_left_to_the_next_build(warehouse):
    told = planned(lambda c: c["fine"]["satellites"]["payment"]["attributes"].update(fine_vat=attribute("decimal")))

    assert apply(told, warehouse) == ()
    assert ask(
        warehouse, "select count(*) from information_schema.tables where table_name = 'nhl_fine__library_fines'"
    ) == [(0,)]


def test_a_plan_that_would_lose_history_is_refused_whole(warehouse):
    def change(concepts):
        add_language(concepts)
        concepts["book"]["key_scope"] = "source"

    with pytest.raises(ModelError, match=r"history is never dropped:\n  book\.key_scope: is source, was shared"):
        apply(planned(change), warehouse)

    assert ask(warehouse, f"select * from raw_vault.{COVER}") == [(1, "Kalevala")]


def test_a_column_that_is_there_in_another_type_stops_every_statement(warehouse):
    columns = tuple(
        NewColumn(layer="raw_vault", table=table, column="title", type=DataType.DATE) for table in ("hub_book", COVER)
    )

    with pytest.raises(ModelError, match=r"has title already, as varchar and not date"):
        apply(Plan(columns=columns), warehouse)

    assert ask(warehouse, "select * from raw_vault.hub_book") == [(1, "951-0")]


def test_a_name_with_a_quote_in_it_stays_one_name(warehouse):
    hostile = NewColumn(layer="raw_vault", table="hub_book", column='a" date; drop table x; --', type=DataType.DATE)

    apply(Plan(columns=(hostile,)), warehouse)

    assert ask(warehouse, f"select {quoted(hostile.column)} from raw_vault.hub_book") == [(None,)]


def test_without_a_warehouse_nothing_is_made(tmp_path):
    with pytest.raises(ModelError, match="no warehouse there yet"):
        apply(planned(add_language), tmp_path / "vault.duckdb")

    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_warehouse_is_left_alone(tmp_path):
    file = tmp_path / "vault.duckdb"
    file.write_text("not a database, but long enough to look at" * 200)

    with pytest.raises(BusyError, match="no DuckDB file"):
        apply(planned(add_language), file)
