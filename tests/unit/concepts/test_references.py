"""A query that reads a table which there is not, or what it computes itself, is refused with file, key and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from concepts.errors import ModelError
from concepts.generator import render
from concepts.loading import load_model, load_sources
from concepts.references import missing_code_sets, missing_references, names_taken, references
from orchestration.modelling import plan
from orchestration.settings import read_settings
from tests.unit.concepts.small_models import TERM, concept, desk, faults_of, write

BOOK = concept("book", aspects="score=points: integer; rank=place_of_it: integer")
BOOK = BOOK.replace("  score:\n", "  score:\n    computed: score.sql\n")
BOOK = BOOK.replace("  rank:\n", "  rank:\n    computed: rank.sql\n")
RANK = "select book_hk, 1 as place_of_it from {{ ref('current_book') }}"


def queries(folder: Path, score: str, rank: str = RANK) -> None:
    write(folder / "model", {})
    (folder / "model" / "score.sql").write_text(f"select book_hk, 1 as points from {score}", encoding="utf-8")
    (folder / "model" / "rank.sql").write_text(rank, encoding="utf-8")


def missing(folder: Path, score: str, feeds: str = "book: {key: {book_number: nr}}") -> list[str]:
    """What is told of a query that reads so, in a project of its own."""
    queries(folder, score)
    model = load_model(write(folder / "model", {"book": BOOK, "reader": concept("reader")}))
    files = render(model, load_sources(write(folder / "sources", desk(feeds=feeds)), model), project="x", gated=True)
    return list(missing_references(model, files, folder / "out", folder / "out"))


def test_a_table_that_no_file_makes_is_told_with_those_that_are_called_so_nearly(tmp_path: Path) -> None:
    assert missing(tmp_path, "{{ ref('hub_bok') }}") == [
        "book.yml: satellites.score.computed: score.sql reads hub_bok, which there is not; "
        "mend the name (near: hub_book), or let a mapping feed what it is made of"
    ]


def test_a_table_of_a_concept_that_nothing_feeds_is_not_there(tmp_path: Path) -> None:
    assert len(missing(tmp_path, "{{ ref('current_reader') }}")) == 1


@pytest.mark.parametrize("name", ["hub_book", "bsat_book_rank", "load_ledger", "landing_of_mine"])
def test_generated_tables_and_those_of_the_project_are_there(tmp_path: Path, name: str) -> None:
    (tmp_path / "out" / "seeds").mkdir(parents=True)
    (tmp_path / "out" / "seeds" / "landing_of_mine.csv").touch()
    assert missing(tmp_path, f"{{{{ ref('{name}') }}}}") == []


def test_a_file_of_an_earlier_model_is_not_there_since_it_will_be_deleted(tmp_path: Path) -> None:
    (tmp_path / "out" / "models").mkdir(parents=True)
    (tmp_path / "out" / "models" / "hub_shelf.sql").touch()
    assert len(missing(tmp_path, "{{ ref('hub_shelf') }}")) == 1


def test_what_is_not_made_reads_nothing(tmp_path: Path) -> None:
    assert missing(tmp_path, "{{ ref('current_book') }}", "reader: {key: {reader_number: nr}}") == []


@pytest.mark.parametrize(
    "query",
    ["{{ ref('theirs', 'x') }}", "{{ ref('x', v=2) }}", "{{ ref(var('x')) }}", "{% if x %}{{ ref('x') }}{% endif %}"],
)
def test_what_cannot_be_judged_here_is_left_to_dbt(query: str) -> None:
    assert references(query) == ()


def test_a_remark_hides_no_reference() -> None:
    assert references("{# see {% if %} #} select 1 from {{ ref('x') }} {# {{ ref('y') }} #}") == ("x",)


def test_a_query_that_reads_what_it_computes_is_refused(tmp_path: Path) -> None:
    queries(tmp_path, "{{ ref('bsat_book_score') }}")
    assert faults_of(tmp_path, {"book": BOOK}) == [
        "book.yml: satellites.score.computed: score.sql reads what it computes: "
        "bsat_book_score -> bsat_book_score; read what it is made of"
    ]


def test_queries_that_read_each_other_are_refused(tmp_path: Path) -> None:
    queries(tmp_path, "{{ ref('bsat_book_rank') }}", RANK.replace("current_book", "bsat_book_score"))
    assert [fault.split(": ")[3] for fault in faults_of(tmp_path, {"book": BOOK})] == [
        "bsat_book_score -> bsat_book_rank -> bsat_book_score; read what it is made of",
        "bsat_book_rank -> bsat_book_score -> bsat_book_rank; read what it is made of",
    ]


def test_a_table_that_the_project_has_by_hand_is_not_made_a_second_time(tmp_path: Path) -> None:
    for path in ("seeds/ref_fee.csv", "snapshots/HUB_book.sql", "seeds/ref_other.csv", "models/raw_vault/hub_book.sql"):
        (tmp_path / "out" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "out" / path).touch()
    files = {"models/business_vault/ref_fee.sql": "", "models/raw_vault/hub_book.sql": "", "dbt_project.yml": ""}

    assert [told.partition(", ")[0] for told in names_taken(files, tmp_path / "out", tmp_path / "out")] == [
        "seeds/ref_fee.csv: the model makes a table ref_fee too",
        "snapshots/HUB_book.sql: the model makes a table hub_book too",
    ]


def test_a_code_set_that_there_is_not_is_told_with_the_attribute_that_wants_it(tmp_path: Path) -> None:
    book = concept("book", aspects="keeping=genre: code").replace("type: code", "type: code, codes: genre")
    model = load_model(write(tmp_path / "model", {"book": book}))

    assert list(missing_code_sets(model, tmp_path)) == [
        f"book.yml: genre.codes: no ref_genre.csv in {tmp_path.name}; add it or mend the name"
    ]
    (tmp_path / "ref_genre.csv").touch()
    assert list(missing_code_sets(model, tmp_path)) == []


def test_a_version_whose_query_reads_what_it_no_longer_makes_is_no_version_to_plan(tmp_path: Path) -> None:
    reads = "{{ ref('asof_sat_book_rest__desk_book') }}"
    book = BOOK.replace(
        "satellites:\n", f"satellites:\n  rest:\n    attributes: {{shelf: {{type: string, term: {TERM}}}}}\n"
    )
    for name, table in (("old", "book"), ("new", "volume")):
        queries(tmp_path / name, reads)
        write(tmp_path / name / "model", {"book": book})
        feeds = "book: {key: {book_number: nr}, attributes: {shelf: s}}"
        told = desk(columns="nr: {}, s: {}", feeds=feeds)
        write(tmp_path / name / "sources", {"desk": told["desk"].replace("  book:\n", f"  {table}:\n", 1)})
    with pytest.raises(ModelError) as refusal:
        plan(tmp_path / "old", read_settings(), after=tmp_path / "new")
    assert str(refusal.value).startswith(
        "book.yml: satellites.score.computed: score.sql reads asof_sat_book_rest__desk_book, which the new version "
        "does not make; mend the name (near: asof_sat_book_rest__desk_volume"
    )
