"""Explaining a name: what it means, where it comes from, which figures use it."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from concepts.errors import ModelError
from concepts.explaining import Known, explain
from concepts.generator import render
from concepts.generator.design import design
from concepts.lineage import warehouse_tables
from concepts.loading import load_model, load_sources
from concepts.metamodel import Concept, ConceptModel
from concepts.sources import SourceMapping
from concepts.wording import word
from tests.unit.concepts import language_page

PROJECT = Path(__file__).parents[3]


def term(en, fi, sv):
    return {"en": en, "fi": fi, "sv": sv}


VISIT = Concept.model_validate(
    {
        "concept": "visit",
        "term": term("visit", "käynti", "besök"),
        "definition": term("One meeting.", "Yksi tapaaminen.", "Ett möte."),
        "source": "Health Care Act 1326/2010 section 51 a",
        "owner": "health services",
        "key_scope": "source",
        "key": {"visit_id": {"type": "string", "term": term("visit identifier", "käynnin tunnus", "besökets id")}},
        "satellites": {
            "timing": {
                "attributes": {
                    "visit_started_at": {
                        "type": "datetime",
                        "privacy": "quasi_identifier",
                        "term": term("visit started", "käynti alkoi", "besöket började"),
                    },
                    "urgency_code": {
                        "type": "code",
                        "codes": "urgency",
                        "term": term("urgency", "kiireellisyys", "brådska"),
                    },
                }
            }
        },
    }
)
SOURCE = SourceMapping.model_validate(
    {
        "source": "patient",
        "term": term("patient system", "potilasjärjestelmä", "patientsystem"),
        "owner": "health services",
        "tables": {
            "visits": {
                "files": "kaynti_*.csv",
                "semantics": "full",
                "key": ["KAYNTI_ID"],
                "columns": {"KAYNTI_ID": {}, "KAYNTI_ALKOI": {}},
                "feeds": {
                    "visit": {"key": {"visit_id": "KAYNTI_ID"}, "attributes": {"visit_started_at": "KAYNTI_ALKOI"}}
                },
            }
        },
    }
)
CARDS = {
    "SAA-01": {
        "indicator": "SAA-01",
        "names": term("Care in time", "Hoitoon ajoissa", "Vård i tid"),
        "definition": term("Share in time.", "Osuus ajoissa.", "Andel i tid."),
        "legal_basis": "Health Care Act section 51 a",
        "numerator": "visits in time",
        "denominator": "visits",
        "unit": "%",
        "concepts": ["visit"],
        "rules": ["PHC-TRT-3b"],
    },
    "KUS-01": {
        "indicator": "KUS-01",
        "names": term("Cost", "Kustannus", "Kostnad"),
        "concepts": ["ledger_entry"],
        "rules": [],
    },
}
LIMITS = [
    {
        "rule_id": "PHC-TRT-3b", "law": "1326/2010", "section": "51 a", "target_group": "under 23", "age_min": "",
        "age_max": "22", "clock_start": "need assessment", "clock_end": "visit", "amount": "14", "unit": "day",
        "valid_from": "2025-01-01", "valid_to": "", "status": "in force", "source": "HE 134/2024",
        "name_fi": "Hoito 14 päivässä", "name_sv": "Vård inom 14 dagar", "name_en": "Care in 14 days",
    }
]  # fmt: skip


def told(name, language="en"):
    model = ConceptModel(concepts={"visit": VISIT})
    return explain(name, model=model, sources=(SOURCE,), cards=CARDS, limits=LIMITS, language=language)


def test_a_concept_tells_its_meaning_its_delivered_key_and_the_indicators_that_use_it():
    facts = told("visit").facts

    assert facts["definition"] == "One meeting."
    assert facts["comes_from"] == ("patient.visits: KAYNTI_ID",)
    assert facts["indicators"] == ("SAA-01 – Care in time",)


@pytest.mark.parametrize(
    ("language", "first", "definition"),
    [
        ("fi", "visit: käynti (käsite)", "määritelmä: Yksi tapaaminen."),
        ("sv", "visit: besök (begrepp)", "definition: Ett möte."),
    ],
)
def test_an_explanation_speaks_the_readers_language(language, first, definition):
    lines = told("visit", language).lines

    assert lines[0] == first
    assert f"  {definition}" in lines


def test_an_attribute_tells_the_delivered_column_and_the_satellite_that_keeps_its_history():
    facts = told("visit_started_at").facts

    assert facts["comes_from"] == ("patient.visits: KAYNTI_ALKOI (kaynti_alkoi)",)
    assert "sat_visit_timing__patient_visits" in facts["tables"]
    assert "hub_visit" not in facts["tables"]


def test_an_attribute_that_nobody_delivers_comes_from_nowhere():
    facts = told("urgency_code").facts

    assert "comes_from" not in facts and facts["codes"] == "ref_urgency"


def test_an_indicator_leads_to_its_rule_of_law_and_to_the_deliveries():
    facts = told("saa-01").facts

    assert facts["rules"] == ("PHC-TRT-3b: 14 days, ages –22, 2025-01-01–, in force",)
    assert facts["comes_from"] == ("patient.visits",)


def test_a_rule_of_law_tells_its_limit_its_clock_and_the_indicators_that_follow_it():
    found = told("PHC-TRT-3b", "sv")

    assert found.title == "Vård inom 14 dagar"
    assert found.facts["clock"] == "need assessment – visit"
    assert found.facts["indicators"] == ("SAA-01 – Vård i tid",)


@pytest.mark.parametrize("name", ["hub_visit", "stg_patient__visits", "current_visit", "status_visit__patient_visits"])
def test_every_kind_of_vault_table_is_known_with_the_columns_it_comes_from(name):
    found = told(name)

    assert found.kind == "table"
    assert any(line.startswith("patient.visits: KAYNTI_ID") for line in found.facts["comes_from"])


def test_a_delivered_column_tells_what_it_feeds():
    assert told("KAYNTI_ALKOI").facts["feeds"] == ("visit.visit_started_at",)
    assert told("patient.visits.KAYNTI_ALKOI").kind == "column"


def test_a_word_of_the_trade_finds_its_concept():
    assert told("besök").name == "visit"


def test_an_unknown_name_is_answered_with_the_nearest_ones():
    with pytest.raises(ModelError, match="near it are: visit"):
        told("vist")


def test_an_explanation_can_be_written_as_json():
    assert json.loads(json.dumps(told("visit").as_dict()))["kind"] == "concept"


@cache
def national():
    model = load_model(PROJECT / "concepts" / "national")
    return model, load_sources(PROJECT / "ingest" / "sources", model)


@pytest.mark.parametrize("of", [national, language_page.example])
def test_every_name_of_a_model_and_every_generated_table_can_be_explained(of):
    model, sources = of()
    known = Known(design(model, sources), {}, (), "fi")
    names = [name for concept in model.concepts.values() for name in (concept.concept, *concept.attributes)]
    tables = [Path(path).stem for path in render(model, sources) if path.endswith(".sql") and "/models/" in f"/{path}"]

    assert [known.explain(name).name for name in names] == names
    assert [(known.explain(name).kind, known.explain(name).name) for name in tables] == [("table", n) for n in tables]


def test_an_attribute_that_a_rule_computes_comes_from_its_query():
    known = Known(design(*language_page.example()), {}, (), "en")

    facts = known.explain("loan_count").facts

    assert (facts["comes_from"], facts["tables"]) == (("popularity.sql",), ("bsat_book_popularity",))


def test_a_table_of_a_relation_tells_whom_it_joins():
    known = Known(design(*language_page.example()), {}, (), "en")

    joined = ("book – reader", "book – lender")
    assert known.explain("effsat_book_loan__desk_book").facts["relations"] == joined
    assert known.explain("sat_book_loan_terms__desk_book").facts["relations"] == joined


def test_every_kind_of_table_has_words_in_every_language():
    kinds = {table.kind for table in warehouse_tables(design(*language_page.example())).values()}

    assert [kind for kind in kinds for language in ("fi", "sv", "en") if word(kind, language) == kind] == []
