"""A county adds to the national model and never says otherwise what it says."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from concepts.errors import ModelError
from concepts.loading import load_model
from concepts.overlay import load_region, load_with_region, merge

CONCEPTS = Path(__file__).parents[3] / "concepts"
VISIT = """
    concept: visit
    term: {en: visit, fi: käynti, sv: besök}
    definition: {en: One meeting., fi: Yksi tapaaminen., sv: Ett möte.}
    source: Act 1326/2010
    owner: health services
    dimensions: [SAA]
    key:
      visit_id: {type: string, term: {en: visit number, fi: käynnin numero, sv: besökets nummer}}
    satellites:
      timing:
        attributes:
          visit_started_at: {type: datetime, term: {en: began, fi: alkoi, sv: började}}
    links:
      care: {participants: [unit]}
    """
UNIT = """
    concept: unit
    term: {en: unit, fi: yksikkö, sv: enhet}
    definition: {en: A place., fi: Paikka., sv: En plats.}
    source: Act 741/2023
    owner: knowledge management
    key:
      unit_id: {type: string, term: {en: unit number, fi: yksikön numero, sv: enhetens nummer}}
    """
BUS = UNIT.replace("concept: unit", "concept: bus").replace("unit_id", "bus_id")
EXTENSION = """
    extends: visit
    source: own practice
    owner: social services
    """


def folder(path: Path, **files: str) -> Path:
    path.mkdir(parents=True)
    for name, text in files.items():
        (path / f"{name}.yml").write_text(dedent(text), encoding="utf-8")
    return path


@pytest.fixture
def national(tmp_path: Path) -> Path:
    return folder(tmp_path / "national", visit=VISIT, unit=UNIT)


def merged(national: Path, **files: str):
    return load_with_region(national, folder(national.parent / "kainuu", **files))


def attribute(aspect: str, name: str, rest: str = "type: string") -> str:
    told = f"satellites: {{{aspect}: {{attributes: {{{name}: {{{rest}, term: {{en: a, fi: b, sv: c}}}}}}}}}}"
    return f"{EXTENSION}{told}\n"


def refusal(national: Path, **files: str) -> str:
    with pytest.raises(ModelError) as caught:
        merged(national, **files)
    return str(caught.value)


def test_a_county_adds_an_attribute_behind_those_of_an_aspect(national):
    visit = merged(national, visit=attribute("timing", "visit_interpreted"))["visit"]

    assert list(visit.satellites["timing"].attributes) == ["visit_started_at", "visit_interpreted"]


def test_a_county_adds_an_aspect_a_relation_and_a_dimension(national):
    added = (
        f"{attribute('travel', 'travelled_km')}    links: {{ride: {{participants: [bus]}}}}\n    dimensions: [LAA, SAA]"
    )
    visit = merged(national, visit=added, bus=BUS)["visit"]

    assert list(visit.satellites) == ["timing", "travel"]
    assert list(visit.links) == ["care", "ride"]
    assert visit.dimensions == ("SAA", "LAA")


def test_what_the_county_does_not_name_stays_as_the_nation_says_it(national):
    model = merged(national, visit=attribute("timing", "visit_interpreted"))

    assert model["unit"] == load_model(national)["unit"]
    assert model["visit"].term == load_model(national)["visit"].term


def test_without_a_county_the_model_is_the_national_one(national):
    assert load_with_region(national) == load_model(national)


@pytest.mark.parametrize(
    "told",
    ["term: {en: call, fi: soitto, sv: samtal}", "key: {visit_no: {}}", "kind: reference", "key_scope: source"],
)
def test_a_county_cannot_say_what_the_nation_says_of_a_concept(national, told):
    message = refusal(national, visit=f"{EXTENSION}{told}\n")

    assert message == (
        f"kainuu/visit.yml: {told.split(':')[0]}: national/visit.yml says it and no extension can; take it out"
    )


def test_a_county_cannot_give_a_national_attribute_another_type(national):
    message = refusal(national, visit=attribute("timing", "visit_started_at", "type: date"))

    assert message.startswith("kainuu/visit.yml: satellites.timing.visit_started_at: national/visit.yml declares it")


def test_a_county_cannot_use_a_name_that_means_something_in_another_concept(national):
    message = refusal(national, visit=attribute("timing", "unit_id"))

    assert "kainuu/visit.yml: satellites.timing.unit_id: national/unit.yml declares it (key.unit_id)" in message


def test_a_county_cannot_move_an_attribute_to_another_aspect(national):
    same = attribute("travel", "visit_started_at", "type: datetime").replace(
        "en: a, fi: b, sv: c", "en: began, fi: alkoi, sv: började"
    )

    assert "national/visit.yml declares it (satellites.timing.visit_started_at)" in refusal(national, visit=same)


def test_two_files_of_a_county_cannot_give_one_name_two_meanings(national):
    twice = attribute("details", "visit_interpreted").replace("extends: visit", "extends: unit")

    assert "kainuu/unit.yml declares it" in refusal(
        national, visit=attribute("timing", "visit_interpreted"), unit=twice
    )


def test_a_county_cannot_change_whom_a_relation_joins(national):
    message = refusal(national, visit=f"{EXTENSION}links: {{care: {{participants: [bus]}}}}\n", bus=BUS)

    assert message == "kainuu/visit.yml: links.care: national/visit.yml says it otherwise; choose another name"


def test_a_county_cannot_make_an_aspect_multi_active(national):
    added = attribute("timing", "visit_part").replace("{attributes:", "{child_key: [visit_part], attributes:")

    assert "satellites.timing.child_key: national/visit.yml says it otherwise" in refusal(national, visit=added)


def test_a_whole_concept_beside_a_national_one_is_refused_with_the_way_to_extend_it(national):
    message = refusal(national, unit=UNIT.replace("A place.", "A building."))

    assert message.startswith("kainuu/unit.yml: concept: national/unit.yml says what unit is; write extends: unit")


def test_extending_what_nobody_has_is_refused(national):
    message = refusal(national, call=EXTENSION.replace("visit", "call"))

    assert message.startswith("kainuu/call.yml: extends: the national model has no call")


def test_a_relation_to_a_concept_that_nobody_has_is_refused(national):
    message = refusal(national, visit=f"{EXTENSION}links: {{ride: {{participants: [bus]}}}}\n")

    assert message.startswith("with kainuu: visit.yml: links.ride: no concept bus")


def test_an_extension_without_an_owner_is_refused(national):
    message = refusal(national, visit=EXTENSION.replace("    owner: social services\n", ""))

    assert message == "kainuu/visit.yml: owner: is missing; write it"


def test_all_conflicts_of_a_county_are_told_together(national):
    message = refusal(
        national,
        visit=f"{attribute('timing', 'unit_id')}    links: {{care: {{participants: [bus]}}}}\n",
        unit=UNIT.replace("A place.", "A building."),
        bus=BUS,
    )

    assert [line.split(": ")[:2] for line in message.splitlines()] == [
        ["kainuu/unit.yml", "concept"],
        ["kainuu/visit.yml", "links.care"],
        ["kainuu/visit.yml", "satellites.timing.unit_id"],
    ]


def test_what_the_nation_has_taken_back_word_for_word_is_no_conflict(national):
    same = attribute("timing", "visit_started_at", "type: datetime").replace(
        "en: a, fi: b, sv: c", "en: began, fi: alkoi, sv: började"
    )

    assert merged(national, visit=same, unit=UNIT) == load_model(national)


def test_events_that_are_there_cannot_gain_a_relation(national):
    (national / "visit.yml").write_text(
        dedent(VISIT).replace("term:", "kind: transaction\nterm:", 1).split("links:")[0], encoding="utf-8"
    )

    message = refusal(national, visit=f"{EXTENSION}links: {{ride: {{participants: [unit]}}}}\n")

    assert "national/visit.yml is a transaction, whose earlier events would lack the relation" in message


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


COMPUTED = attribute("score", "visit_score", "type: integer").replace("{score: {", "{score: {computed: score.sql, ")


def test_a_county_adds_a_query_of_its_own(national):
    county = folder(national.parent / "kainuu", visit=COMPUTED)
    (county / "score.sql").write_text("select 1", encoding="utf-8")

    model = load_with_region(national, county)

    assert model["visit"].satellites["score"].computed == "score.sql"
    assert model.queries == {"score.sql": "select 1"}


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
    (national / "timing.sql").write_text("select 1", encoding="utf-8")

    assert refusal(national, visit=attribute("timing", "visit_interpreted")) == (
        "kainuu/visit.yml: satellites.timing: the query of national/visit.yml computes it and lacks the attributes; "
        "choose another aspect"
    )


def test_the_additions_of_kainuu_fit_and_the_national_model_does_not_hold_them():
    model, region = load_model(CONCEPTS / "national"), load_region(CONCEPTS / "regional" / "kainuu")

    assert "unit_is_mobile" in merge(model, region)["service_unit"].attributes
    assert "unit_is_mobile" not in model["service_unit"].attributes
