"""What a county adds to relations, and to how a concept is read: bridges, snapshots, queries of its own."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from concepts.errors import ModelError
from concepts.loading import load_model
from concepts.overlay import load_region, load_with_region, merge
from tests.unit.concepts.county import EXTENSION, UNIT, VISIT, attribute, folder, merged, refusal

CONCEPTS = Path(__file__).parents[3] / "concepts"


@pytest.fixture
def national(tmp_path: Path) -> Path:
    return folder(tmp_path / "national", visit=VISIT, unit=UNIT)


RIDE = "links: {care: {satellites: {terms: {attributes: {care_until: {type: date, term: {en: a, fi: b, sv: c}}}}}}}"
TERMS = """\
  care:
    participants: [unit]
    satellites:
      terms: {attributes: {care_fee: {type: decimal, term: {en: fee, fi: maksu, sv: avgift}}}}
"""


def test_a_county_adds_what_is_known_of_a_relation_that_is_there(national):
    care = merged(national, visit=f"{EXTENSION}{RIDE}\n")["visit"].links["care"]

    assert [p.concept for p in care.participants] == ["unit"]
    assert list(care.satellites["terms"].attributes) == ["care_until"]


def test_a_county_adds_an_attribute_behind_those_of_a_relations_aspect(national):
    text = dedent(VISIT).replace("  care: {participants: [unit]}\n", TERMS)
    (national / "visit.yml").write_text(text, encoding="utf-8")

    care = merged(national, visit=f"{EXTENSION}{RIDE}\n")["visit"].links["care"]

    assert list(care.satellites["terms"].attributes) == ["care_fee", "care_until"]


def test_a_county_cannot_add_to_a_relation_that_nobody_has(national):
    message = refusal(national, visit=f"{EXTENSION}{RIDE.replace('care:', 'ride:')}\n")

    assert message == (
        "kainuu/visit.yml: links.ride: national/visit.yml has no such link to add to; "
        "name its participants, or mend the name"
    )


@pytest.mark.parametrize("told", ["driven: 'false'", "sort: same_as", "child_key: {n: {type: integer, term: TERM}}"])
def test_a_county_cannot_change_a_relation_while_it_adds_to_it(national, told):
    told = told.replace("TERM", "{en: a, fi: b, sv: c}")
    message = refusal(national, visit=f"{EXTENSION}links: {{care: {{{told}}}}}\n")

    assert "kainuu/visit.yml: links.care: national/visit.yml says it otherwise; choose another name" in message


def test_a_county_cannot_give_a_relations_attribute_a_name_that_means_something_else(national):
    message = refusal(national, visit=f"{EXTENSION}{RIDE.replace('care_until', 'visit_started_at')}\n")

    assert message.startswith(
        "kainuu/visit.yml: links.care.satellites.terms.visit_started_at: national/visit.yml declares it "
        "(satellites.timing.visit_started_at)"
    )


def test_a_county_adds_a_bridge_and_cannot_turn_one_that_is_there(national):
    bridge = "bridges: {places: {path: [care], effective: 'false'}}"
    assert list(merged(national, visit=f"{EXTENSION}{bridge}\n")["visit"].bridges) == ["places"]

    text = f"{dedent(VISIT)}bridges: {{places: {{path: [care]}}}}\n"
    (national / "visit.yml").write_text(text, encoding="utf-8")
    with pytest.raises(ModelError) as caught:
        load_with_region(national, national.parent / "kainuu")

    assert str(caught.value) == (
        "kainuu/visit.yml: bridges.places: national/visit.yml says it otherwise; choose another name"
    )


@pytest.mark.parametrize(
    "told", ["tracked: 'true'", "told_anew: corrects", "validity: {begins: a, ends: b}", "point_in_time: {}"]
)
def test_a_county_cannot_say_how_the_nation_reads_a_concept(national, told):
    key = told.split(":")[0]

    assert refusal(national, visit=f"{EXTENSION}{told}\n") == (
        f"kainuu/visit.yml: {key}: national/visit.yml says it and no extension can; take it out"
    )


SCORE = "select visit_hk, 1 as visit_score from {{ ref('hub_visit') }}"
COMPUTED = attribute("score", "visit_score", "type: integer").replace("{score: {", "{score: {computed: score.sql, ")


def test_a_county_adds_a_query_of_its_own(national):
    county = folder(national.parent / "kainuu", visit=COMPUTED)
    (county / "score.sql").write_text(SCORE, encoding="utf-8")

    model = load_with_region(national, county)

    assert model["visit"].satellites["score"].computed == "score.sql"
    assert model.queries == {"score.sql": SCORE}


def test_a_county_cannot_put_its_query_in_the_place_of_a_national_one(national):
    county = folder(national.parent / "kainuu", visit=COMPUTED)
    (county / "score.sql").write_text("select 1", encoding="utf-8")
    (national / "score.sql").write_text("select 2", encoding="utf-8")

    with pytest.raises(ModelError) as caught:
        load_with_region(national, county)

    assert str(caught.value) == (
        "kainuu/score.sql: national/score.sql is another query; rename it and the computed that names it"
    )


def test_a_county_cannot_add_an_attribute_that_the_nations_query_lacks(national):
    national_visit = dedent(VISIT).replace("  timing:\n", "  timing:\n    computed: timing.sql\n")
    (national / "visit.yml").write_text(national_visit, encoding="utf-8")
    (national / "timing.sql").write_text("select visit_hk, null as visit_started_at from told", encoding="utf-8")

    assert refusal(national, visit=attribute("timing", "visit_interpreted")) == (
        "kainuu/visit.yml: satellites.timing: the query of national/visit.yml computes it and lacks the attributes; "
        "choose another aspect"
    )


def test_the_additions_of_kainuu_fit_and_the_national_model_does_not_hold_them():
    model, region = load_model(CONCEPTS / "national"), load_region(CONCEPTS / "regional" / "kainuu")

    assert "unit_is_mobile" in merge(model, region)["service_unit"].attributes
    assert "unit_is_mobile" not in model["service_unit"].attributes
