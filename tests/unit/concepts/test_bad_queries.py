"""Queries that cannot compute their aspect are refused with file, key and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from concepts.loading import load_model
from tests.unit.concepts.small_models import concept, desk, fault_of, faults_of, write

TERMS = "satellites: {terms: {attributes: {due: {type: date, term: {en: a, fi: b, sv: c}}}}}"
COMPUTED = concept("book", aspects="score=points: integer").replace("  score:\n", "  score:\n    computed: score.sql\n")


def test_a_query_that_is_not_there_is_missed(tmp_path: Path) -> None:
    assert fault_of(tmp_path, {"book": COMPUTED}) == (
        "book.yml: satellites.score.computed: no score.sql beside the concepts; add it or mend the name"
    )


def test_what_a_query_computes_no_source_feeds(tmp_path: Path) -> None:
    write(tmp_path / "model", {})
    (tmp_path / "model" / "score.sql").write_text("select book_hk, 1 as points from told", encoding="utf-8")
    feeds = "book: {key: {book_number: nr}, attributes: {points: p}}"
    fault = fault_of(tmp_path, {"book": COMPUTED}, desk(columns="nr: {}, p: {}", feeds=feeds))
    assert fault == ("desk.yml: tables.book.feeds.book.attributes: points is computed, no source feeds it; take it out")


@pytest.mark.parametrize(
    ("query", "fault"),
    [
        ("select book_hk, 1 as score from x", "does not give points; select it under this name"),
        ("select 1 as points from x", "does not give book_hk; select it under this name"),
        ("select (book_hk, 1 as points from x", "is no SQL that can be read; run it in DuckDB to see where it breaks"),
        ("drop table x; select book_hk, points from y", "is not one query; leave a single select"),
        ("select book_hk, points from y; -- done", "ends in a comment behind a semicolon; take the semicolon out"),
        ("{% if x %} select book_hk, points", "line 1 is no template that dbt can read; mend its brackets"),
        ("delete from x where book_hk = points", "is not one query; leave a single select"),
        (
            "{% do config(materialized='view') %} select book_hk, 1 as points",
            "sets config(...), which the table around it does; take it out",
        ),
        ("{# points #} select book_hk from x", "does not give points; select it under this name"),
        (
            "{{ config(materialized='view') }} select book_hk, 1 as points from x",
            "sets config(...), which the table around it does; take it out",
        ),
    ],
)
def test_a_query_that_cannot_compute_the_aspect_is_refused(tmp_path: Path, query: str, fault: str) -> None:
    write(tmp_path / "model", {})
    (tmp_path / "model" / "score.sql").write_text(query, encoding="utf-8")
    assert fault_of(tmp_path, {"book": COMPUTED}) == f"book.yml: satellites.score.computed: score.sql {fault}"


def test_a_query_computes_no_aspect_of_a_relation_and_no_set_of_rows(tmp_path: Path) -> None:
    links = f"  loan: {{participants: [reader], {TERMS}}}".replace("{attributes:", "{computed: due.sql, attributes:")
    fault = fault_of(tmp_path / "a", {"book": concept("book", links=links), "reader": concept("reader")})
    assert fault == (
        "book.yml: links.loan.satellites.terms.computed: a query computes what is known of a concept; "
        "move the aspect to its satellites"
    )
    several = COMPUTED.replace("computed:", "child_key: [points]\n    computed:")
    assert fault_of(tmp_path / "b", {"book": several}).endswith("has one row a key; take child_key out")


@pytest.mark.parametrize("name", ["../score.sql", "score.sql; drop table x", "{{ x }}.sql", "score", "Score.sql"])
def test_a_query_is_named_by_a_plain_file_name(tmp_path: Path, name: str) -> None:
    faults = faults_of(tmp_path, {"book": COMPUTED.replace("score.sql", f"'{name}'")})
    assert any(fault.startswith("book.yml: satellites.score.computed: not a name") for fault in faults)


def test_a_query_of_another_name_form_or_with_hidden_marks_is_refused(tmp_path: Path) -> None:
    write(tmp_path / "model", {})
    (tmp_path / "model" / "My Score.sql").write_text("select 1", encoding="utf-8")
    (tmp_path / "model" / "score.sql").write_text("select 1 -- \u202e 2", encoding="utf-8")
    (tmp_path / "model" / "word.sql").write_bytes(b"select '\xf6'")
    assert faults_of(tmp_path, {"book": COMPUTED}) == [
        "My Score.sql: not a name; use lower-case letters, digits and underscores, and end it in .sql",
        "score.sql: holds an invisible mark that turns the text's direction; delete it",
        "word.sql: byte 9 is not UTF-8; save the file as UTF-8",
    ]


def test_a_mark_at_the_start_of_a_query_is_no_fault_and_a_control_character_is_one(tmp_path: Path) -> None:
    query = "select book_hk, 1 as points from {{ ref('hub_book') }}\n"
    write(tmp_path / "model", {"book": COMPUTED})
    (tmp_path / "model" / "score.sql").write_text(query, encoding="utf-8-sig")
    assert load_model(tmp_path / "model").queries == {"score.sql": query}

    (tmp_path / "model" / "score.sql").write_text(f"{query}-- \x01", encoding="utf-8")
    assert fault_of(tmp_path, {"book": COMPUTED}) == "score.sql: line 2: a control character; delete it"
