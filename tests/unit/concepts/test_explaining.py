"""Explaining a name: what it means, where it comes from, which figures use it."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest

from concepts.errors import ModelError
from concepts.explaining import explain
from concepts.metamodel import Concept, ConceptModel
from concepts.sources import SourceMapping

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
LISTS = SOURCE.model_copy(update={"source": "lists"})
MODEL = ConceptModel(concepts={"visit": VISIT})
CARDS = {
    "SAA-01": {
        "indicator": "SAA-01",
        "names": term("Care in time", "Hoitoon ajoissa", "Vård i tid"),
        "definition": term("Share in time.", "Osuus ajoissa.", "Andel i tid."),
        "legal_basis": "Health Care Act section 51 a",
        "numerator": "visits in time",
        "denominator": "visits",
        "unit": "%",
        "status": "proposal",
        "computed_by": "ind_saa_01",
        "concepts": ["visit"],
        "source_systems": ["patient"],
        "rules": ["PHC-TRT-3b"],
    },
    "KUS-01": {
        "indicator": "KUS-01",
        "names": term("Cost", "Kustannus", "Kostnad"),
        "concepts": ["ledger_entry"],
        "rules": [],
    },
}
FILES = {
    "dbt_project.yml": "name: figures\nmodel-paths: [marts]\nseed-paths: [codes]\nmacro-paths: [macros]\n",
    "codes/ref_urgency.csv": "code,name_fi,name_sv,name_en,source\n1,kiireellinen,brådskande,urgent,our own\n",
    "codes/ref_client_group.csv": "code,name_fi,name_sv,name_en\nP75,yli 75-vuotiaat,äldre än 75,over 75\n",
    "macros/coded.sql": "{% macro coded() %}left join {{ ref('ref_urgency') }} using (code){% endmacro %}",
    "marts/fct_visit.sql": "select * from {{ ref('current_visit') }} {{ coded() }}",
    "marts/ind_saa_01.sql": "select count(*) from {{ ref('fct_visit') }}",
    "marts/_marts.yml": "models:\n  - {name: fct_visit, description: Visits that took place.}\n",
}
LIMITS = [
    {
        "rule_id": "PHC-TRT-3b", "law": "1326/2010", "section": "51 a", "target_group": "under 23", "age_min": "",
        "age_max": "22", "clock_start": "need assessment", "clock_end": "visit", "amount": "14", "unit": "day",
        "valid_from": "2025-01-01", "valid_to": "", "status": "in force", "source": "HE 134/2024",
        "name_fi": "Hoito 14 päivässä", "name_sv": "Vård inom 14 dagar", "name_en": "Care in 14 days",
    }
]  # fmt: skip


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    project = tmp_path_factory.mktemp("project")
    for path, text in FILES.items():
        (project / path).parent.mkdir(exist_ok=True)
        (project / path).write_text(text, encoding="utf-8")

    def explained(name, language="en", **more):
        given = {"model": MODEL, "sources": (SOURCE,), "cards": CARDS, "limits": LIMITS, "project": project} | more
        return explain(name, language=language, **given)

    return explained


def test_a_concept_tells_its_meaning_its_delivered_key_and_the_indicators_that_use_it(told):
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
def test_an_explanation_speaks_the_readers_language(told, language, first, definition):
    lines = told("visit", language).lines

    assert lines[0] == first
    assert f"  {definition}" in lines


def test_an_attribute_tells_the_delivered_column_and_the_satellite_that_keeps_its_history(told):
    facts = told("visit_started_at").facts

    assert facts["comes_from"] == ("patient.visits: KAYNTI_ALKOI (kaynti_alkoi)",)
    assert "sat_visit_timing__patient_visits" in facts["tables"]
    assert "hub_visit" not in facts["tables"]


def test_an_attribute_that_nobody_delivers_comes_from_nowhere(told):
    facts = told("urgency_code").facts

    assert "comes_from" not in facts and facts["codes"] == "ref_urgency"


def test_an_indicator_leads_to_its_rule_of_law_and_to_the_deliveries(told):
    facts = told("saa-01").facts

    assert facts["rules"] == ("PHC-TRT-3b: 14 days, ages –22, 2025-01-01–, came into force",)
    assert facts["comes_from"] == ("patient.visits",)


def test_a_rule_of_law_tells_its_limit_its_clock_and_the_indicators_that_follow_it(told):
    found = told("PHC-TRT-3b", "sv")

    assert found.title == "Vård inom 14 dagar"
    assert found.facts["clock"] == ("bedömning av vårdbehovet – besök",)
    assert found.facts["indicators"] == ("SAA-01 – Vård i tid",)


@pytest.mark.parametrize("name", ["hub_visit", "stg_patient__visits", "current_visit", "status_visit__patient_visits"])
def test_every_kind_of_vault_table_is_known_with_the_columns_it_comes_from(told, name):
    found = told(name)

    assert found.kind == "table"
    assert any(line.startswith("patient.visits: KAYNTI_ID") for line in found.facts["comes_from"])


def test_a_delivered_column_tells_what_it_feeds(told):
    assert told("KAYNTI_ALKOI").facts["feeds"] == ("visit.visit_started_at",)
    assert told("patient.visits.KAYNTI_ALKOI").kind == "column"


def test_a_word_of_the_trade_finds_its_concept(told):
    assert told("besök").name == "visit"


def test_a_word_is_found_however_its_letters_are_typed(told):
    assert told(unicodedata.normalize("NFD", "Käynti")).name == "visit"


def test_a_name_that_goes_on_for_pages_is_not_repeated(told):
    with pytest.raises(ModelError) as refusal:
        told("x" * 5000)
    assert len(str(refusal.value)) < 150


def test_an_unknown_name_is_answered_with_the_nearest_ones(told):
    with pytest.raises(ModelError, match="near it are: visit"):
        told("vist")


@pytest.mark.parametrize("name", ["käynit", "käynti alko", "besöken"])
def test_a_word_of_any_language_that_is_nearly_right_is_answered_with_the_right_one(told, name):
    with pytest.raises(ModelError, match=r"near it are: .*(käynti|besök)"):
        told(name)


def test_an_indicator_comes_from_the_deliveries_of_its_cards_own_sources(told):
    facts = told("SAA-01", sources=(SOURCE, LISTS)).facts

    assert facts["comes_from"] == ("patient.visits",)


def test_what_an_indicator_uses_of_a_concept_is_not_guessed_by_attribute(told):
    facts = told("visit_started_at").facts
    named = told("visit_started_at", cards={"SAA-09": {"concepts": ["visit_started_at"]}}).facts

    assert "indicators" not in facts
    assert facts["concept_indicators"] == ("SAA-01 – Care in time",)
    assert named["indicators"] == ("SAA-09 – ",)


def test_a_code_set_tells_whose_codes_it_holds_and_who_reads_it(told):
    facts = told("ref_urgency", "sv").facts

    assert facts["code_of"] == ("visit.urgency_code – brådska",)
    assert facts["read_by"] == ("fct_visit",)
    assert facts["source"] == ("our own",)


def test_a_mart_tells_what_it_reads_itself_or_by_a_macro_and_which_deliveries_that_is(told):
    found = told("marts.fct_visit")

    assert (found.kind, found.facts["definition"]) == ("table", "Visits that took place.")
    assert found.facts["reads"] == ("current_visit", "ref_urgency")
    assert found.facts["comes_from"] == ("patient.visits",)
    assert found.facts["read_for"] == ("SAA-01 – Care in time",)


def test_a_delivery_is_explained_as_the_table_that_stages_it(told):
    assert told("patient.visits").name == "stg_patient__visits"


def test_statuses_types_and_groups_are_told_in_the_readers_language(told):
    limits = [LIMITS[0] | {"target_group": group} for group in ("all", "P75")]
    rule = told("PHC-TRT-3b", "fi", limits=limits).facts

    assert told("SAA-01", "fi").facts["status"] == "ehdotus"
    assert told("urgency_code", "sv").facts["type"] == "kod"
    assert told("visit", "sv").facts["owner"] == "hälsotjänster"
    assert rule["group"] == ("kaikkia", "yli 75-vuotiaat")
    assert rule["limit"] == ("PHC-TRT-3b: 14 päivää, ikä –22, 2025-01-01–, tullut voimaan",)


def test_a_text_that_there_is_only_in_english_is_told_to_be_so(told):
    assert "  peruste (englanniksi): Health Care Act 1326/2010 section 51 a" in told("visit", "fi").lines
    assert "  basis: Health Care Act 1326/2010 section 51 a" in told("visit").lines


def test_an_explanation_can_be_written_as_json(told):
    assert json.loads(json.dumps(told("visit").as_dict()))["kind"] == "concept"
