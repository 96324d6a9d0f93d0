"""Whole models: each of their names has an explanation, and each kind of it words in every language."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import get_args

import pytest

from concepts.explaining import Known, answer, names
from concepts.generator import render
from concepts.generator.design import design
from concepts.lineage import warehouse_tables
from concepts.listed_values import is_listed
from concepts.wording import word
from marts.cards import Card
from tests.unit.concepts import language_page
from tests.unit.concepts.national import mapped

PROJECT = Path(__file__).parents[3]


@pytest.mark.parametrize("of", [mapped, language_page.example])
def test_every_name_of_a_model_and_every_generated_table_can_be_explained(of):
    model, sources = of()
    known = Known(design(model, sources), {}, (), "fi")
    names = [name for concept in model.concepts.values() for name in (concept.concept, *concept.attributes)]
    tables = [Path(path).stem for path in render(model, sources) if path.endswith(".sql") and "/models/" in f"/{path}"]

    assert [answer(known, name).name for name in names] == names
    assert [(answer(known, name).kind, answer(known, name).name) for name in tables] == [("table", n) for n in tables]


def test_an_attribute_that_a_rule_computes_comes_from_its_query():
    known = Known(design(*language_page.example()), {}, (), "en")

    facts = answer(known, "loan_count").facts

    assert (facts["comes_from"], facts["tables"]) == (("popularity.sql",), ("bsat_book_popularity",))


def test_a_table_of_a_relation_tells_whom_it_joins():
    known = Known(design(*language_page.example()), {}, (), "en")

    joined = ("book – reader", "book – lender")
    assert answer(known, "effsat_book_loan__desk_book").facts["relations"] == joined
    assert answer(known, "sat_book_loan_terms__desk_book").facts["relations"] == joined


def test_every_kind_of_table_has_words_in_every_language():
    kinds = {table.kind for table in warehouse_tables(design(*language_page.example())).values()}

    assert [kind for kind in kinds for language in ("fi", "sv", "en") if word(kind, language) == kind] == []


def test_every_status_group_and_clock_of_the_law_and_the_cards_has_words_in_every_language():
    with (PROJECT / "concepts/codes/ref_time_limit.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    told = {("moment", row[f"clock_{end}"]) for row in rows for end in ("start", "end")}
    told |= {("status", row["status"]) for row in rows} | {("period", row["unit"]) for row in rows if row["unit"]}
    told |= {("status", status) for status in get_args(Card.model_fields["status"].annotation)}

    assert [value for of, value in sorted(told) if not is_listed(of, value)] == []
    assert {row["target_group"] for row in rows} == {"all", "P75", "HCA", "CSS"}


def test_every_name_that_is_suggested_can_be_explained():
    known = Known(design(*mapped()), {}, (), "fi", PROJECT)

    assert {"käynti", "ref_municipality", "dim_service", "patient.avohilmo"} <= names(known)
    assert all(answer(known, name) for name in names(known))
