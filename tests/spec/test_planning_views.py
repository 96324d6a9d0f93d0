"""A version that stops reading a table's history says which views no longer show it."""

from __future__ import annotations

import pytest

from concepts.planning import plan
from tests.spec.versions import COVER, change_at, names, planned, version

TITLE = (
    "no view of the new version shows the rows of these; if only files are called otherwise, keep the names in the "
    "mapping; keep the old mapping beside the new one if they should go on being shown:"
)
LEFT = (
    "no view of the new version asks these who has left, so whoever left by them alone is shown again; an old mapping "
    "that is kept shows whoever was there last, until a delivery of its own ends that:"
)


def renamed(*tables):
    """The library delivers these tables under other names."""

    def change(source):
        for name in tables:
            source["tables"][f"all_{name}"] = source["tables"].pop(name)

    return change


def with_days(concepts):
    concepts["book"]["point_in_time"] = {"satellites": ["cover"]}
    concepts["loan"]["bridges"] = {"books": {"path": ["lending"]}}


@pytest.fixture
def unread():
    told = plan(version(with_days), version(with_days, renamed("books", "loans")))
    return {left.table: left.views for left in told.unread}


def test_a_delivered_table_under_another_name_leaves_views_without_its_history(unread):
    assert unread[f"raw_vault.{COVER}"] == (
        "business_vault.current_book",
        "business_vault.pit_book",
        f"business_vault.asof_{COVER}",
    )


def test_a_bridge_no_longer_knows_since_when_its_relations_hold(unread):
    assert "business_vault.bridge_loan_books" in unread["raw_vault.effsat_loan_lending__library_loans"]


def test_the_plan_advises_to_keep_the_old_mapping():
    told = planned(None, renamed("books"))

    assert TITLE in told.lines
    views = f"business_vault.current_book, business_vault.asof_{COVER}"
    assert f"  raw_vault.{COVER}: was read by {views}" in told.lines


def test_who_had_left_is_told_to_be_shown_again_when_no_view_asks_any_more():
    told = planned(None, change_at("tables", "books", "semantics", value="delta"))

    assert told.lines[told.lines.index(LEFT) + 1] == (
        "  raw_vault.status_book__library_books: was read by business_vault.current_book"
    )
    assert TITLE not in told.lines


def test_the_old_mapping_beside_the_new_one_keeps_every_view():
    told = planned(None, lambda s: s["tables"].update(works=s["tables"]["books"]))

    assert f"raw_vault.{COVER.replace('books', 'works')}" in names(told.added)
    assert told.unread == ()


def test_a_relation_whose_role_is_renamed_is_told_with_the_views_that_showed_it():
    def rename(source):
        feeds = source["tables"]["copies"]["feeds"]
        feeds["volume"] = feeds.pop("copy")
        del feeds["loan"]["links"], feeds["loan"]["attributes"]

    told = {left.table: left.views for left in planned(None, rename).unread}

    assert "business_vault.current_loan_copies_relation" in told["raw_vault.lnk_loan_copies"]


def test_a_view_that_reads_through_another_view_is_told_too():
    def related(role):
        links = {"series": {"participants": [{"role": "main_work", "concept": "book"}], "sort": "hierarchy"}}
        return version(
            lambda c: c["book"].update(links=links),
            lambda s: s["tables"]["books"]["feeds"].update({role: {"concept": "book", "key": {"isbn": "NAME"}}}),
        )

    told = {left.table: left.views for left in plan(related("main_work"), related("whole")).unread}

    assert "business_vault.hierarchy_book_series" in told["raw_vault.lnk_book_series"]
