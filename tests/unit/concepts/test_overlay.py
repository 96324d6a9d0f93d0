"""A county adds to the national model and never says otherwise what it says."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from concepts.errors import ModelError
from concepts.loading import load_model
from concepts.overlay import load_with_region
from tests.unit.concepts.county import BUS, EXTENSION, UNIT, VISIT, attribute, folder, merged, refusal


@pytest.fixture
def national(tmp_path: Path) -> Path:
    return folder(tmp_path / "national", visit=VISIT, unit=UNIT)


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


def test_a_conflict_names_the_folder_that_is_extended_as_it_is_called(tmp_path):
    library = folder(tmp_path / "library", visit=VISIT, unit=UNIT)

    assert "satellites.timing.unit_id: library/unit.yml declares it" in refusal(
        library, visit=attribute("timing", "unit_id")
    )


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


def test_what_the_nation_has_adopted_word_for_word_is_no_conflict(national):
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


def test_a_countys_file_that_would_be_left_unread_is_told(national):
    county = folder(national.parent / "kainuu", bus=BUS)
    (county / "bus.yml").rename(county / "bus.YML")
    with pytest.raises(ModelError) as caught:
        load_with_region(national, county)
    assert str(caught.value) == "kainuu/bus.YML: would not be read; rename it bus.yml"
