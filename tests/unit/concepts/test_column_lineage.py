"""Every column tells the delivered columns that it comes from, and what is done with them on the way."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from concepts.column_lineage import column_lineage
from concepts.documents import documents
from concepts.generator import render
from concepts.generator.design import design
from concepts.generator.models import every_model
from concepts.generator.views import every_view
from concepts.loading import load_model, load_sources
from concepts.metamodel import ConceptModel
from concepts.sources import SourceMapping
from tests.unit.concepts import language_page
from tests.unit.concepts.national import mapped

LIBRARY = Path(__file__).parents[2] / "golden" / "documents"
Mapped = Callable[[], tuple[ConceptModel, tuple[SourceMapping, ...]]]


@cache
def library() -> dict[str, dict[str, dict[str, str]]]:
    """Table -> column -> landing column -> what is done with it."""
    model = load_model(LIBRARY / "model")
    made = column_lineage(design(model, load_sources(LIBRARY / "sources", model)))
    return {
        table: {name: {f"{i.dataset}.{i.field}": i.how for i in inputs} for name, inputs in columns.items()}
        for table, columns in made.items()
    }


def test_a_hash_key_is_made_of_the_key_and_of_what_says_that_the_row_has_one() -> None:
    staging = library()["staging.stg_desk__loan"]
    assert staging["book_hk"] == {"desk__loan.kirja": "hashed"}
    assert staging["loan_lending_hk"] == {
        "desk__loan.laina": "hashed",
        "desk__loan.kirja": "hashed",
        "desk__loan.kortti": "hashed",
    }


def test_a_hub_comes_from_every_delivery_that_names_the_concept() -> None:
    assert library()["raw_vault.hub_reader"]["card_number"] == {
        "desk__loan.kortti": "chosen",
        "desk__home.kortti": "chosen",
        "desk__branch.kortti": "chosen",
        "desk__fine.kortti": "chosen",
    }


def test_an_attribute_that_is_not_delivered_comes_from_nowhere() -> None:
    assert library()["raw_vault.sat_loan_period__desk_loan"]["deposit"] == {}
    assert library()["raw_vault.sat_loan_period__desk_loan"]["lent_on"] == {"desk__loan.pvm": "same"}


def test_the_current_view_shows_attributes_and_relations() -> None:
    current = library()["business_vault.current_loan"]
    assert current["lent_on"] == {"desk__loan.pvm": "chosen"}
    assert current["borrower_hk"] == {"desk__loan.kortti": "hashed"}
    assert "earlier_loan_hk" not in current


def test_a_status_depends_on_the_key_being_there() -> None:
    assert library()["raw_vault.status_loan__desk_loan"]["is_present"] == {"desk__loan.laina": "presence"}


def test_a_flag_tells_of_presence_beside_the_key() -> None:
    assert library()["raw_vault.status_reader__desk_branch"]["is_present"] == {
        "desk__branch.tila": "flagged",
        "desk__branch.kortti": "presence",
    }


def test_the_times_of_a_row_are_those_of_its_delivery() -> None:
    event = library()["raw_vault.nhl_fine__desk_fine"]
    assert event["extract_datetime"] == {"delivery.extract_datetime": "same"}
    assert event["load_datetime"] == {"delivery.load_datetime": "chosen"}


def test_a_relation_has_its_own_key_and_its_own_attributes() -> None:
    assert library()["raw_vault.lnk_loan_earlier"]["renewal"] == {"desk__renewal.kerta": "chosen"}
    assert library()["raw_vault.lnk_loan_earlier"]["loan_earlier_hk"] == {
        "desk__renewal.laina": "hashed",
        "desk__renewal.edellinen": "hashed",
        "desk__renewal.kerta": "hashed",
    }
    assert library()["raw_vault.sat_loan_lending_terms__desk_loan"]["due_on"] == {"desk__loan.erapvm": "same"}


def test_a_bridge_comes_from_the_relations_that_it_goes_along() -> None:
    bridge = library()["business_vault.bridge_loan_towns"]
    assert bridge["branch_hk"] == {"desk__branch.toimipiste": "hashed"}
    assert bridge["snapshot_date"] == {"desk__opening_day.paiva": "chosen"}


def test_a_rule_by_hand_may_come_from_all_columns_that_it_names() -> None:
    assert library()["business_vault.bsat_book_popularity"]["loan_count"] == {"desk__loan.kirja": "computed"}


@pytest.mark.parametrize("of", [mapped, language_page.example], ids=["national", "page"])
def test_every_generated_model_has_a_lineage(of: Mapped) -> None:
    files = (Path(path) for path in render(*of()) if path.startswith("models/") and path.endswith(".sql"))
    assert set(column_lineage(design(*of()))) == {f"{file.parent.name}.{file.stem}" for file in files}


@pytest.mark.parametrize("of", [mapped, language_page.example], ids=["national", "page"])
def test_every_column_that_the_generator_declares_has_a_lineage(of: Mapped) -> None:
    plan = design(*of())
    made = column_lineage(plan)
    for told in (*every_model(plan), *every_view(plan)):
        declared = {*(column.name for column in told.columns), *told.key}
        assert declared <= set(made[f"{told.layer}.{told.name}"]), told.name


def test_the_lineage_has_the_shape_of_openlineage() -> None:
    for dataset in json.loads(documents(*mapped(), {})["lineage.json"])["datasets"]:
        facet = dataset["facets"]["columnLineage"]
        assert set(dataset) == {"namespace", "name", "facets"}
        assert set(facet) == {"_producer", "_schemaURL", "fields"}
        for field in facet["fields"].values():
            for told in field["inputFields"]:
                assert set(told) == {"namespace", "name", "field", "transformations"}
                assert {t["type"] for t in told["transformations"]} <= {"DIRECT", "INDIRECT"}
