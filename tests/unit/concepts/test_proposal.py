"""A county's additions go to the nation as a file, and come back as the national model."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from concepts.concept_text import shaped, written
from concepts.errors import ModelError
from concepts.loading import load_model
from concepts.metamodel import Concept
from concepts.overlay import load_region, load_with_region
from concepts.proposal import adopt, adopted_files, diff, read_proposal
from concepts.yaml_text import read_yaml
from tests.unit.concepts.county import folder
from tests.unit.concepts.language_page import BLOCKS
from tests.unit.concepts.proposals import (
    ADDED_TO_LINKS,
    ADOPTED,
    ADOPTED_LINKS,
    BUS,
    LINKS,
    REGIONAL,
    SCORE,
    UNIT,
    VISIT,
    sent,
)

CONCEPTS = Path(__file__).parents[3] / "concepts"


@pytest.fixture
def national(tmp_path: Path) -> Path:
    return folder(tmp_path / "national", visit=VISIT)


@pytest.fixture
def regional(tmp_path: Path) -> Path:
    return folder(tmp_path / "kainuu", visit=REGIONAL, bus=BUS)


def test_a_proposal_that_went_through_a_file_says_the_same(national, regional):
    told = diff(load_model(national), load_region(regional))

    assert read_proposal(sent(national, regional)) == told
    assert (set(told.concepts), set(told.extensions)) == ({"bus"}, {"visit"})


def test_a_proposal_tells_its_reader_what_the_extended_concept_means(national, regional):
    text = sent(national, regional).read_text(encoding="utf-8")

    assert "# visit (käynti, besök): One meeting.\n" in text
    assert "owner: social services\n" in text


def test_faults_of_the_national_folder_and_of_the_countys_are_told_together(national, regional):
    (national / "visit.yml").write_text("concept: visit\ncolour: red\n", encoding="utf-8")
    (regional / "bus.yml").write_text("concept: bus\ncolour: red\n", encoding="utf-8")

    with pytest.raises(ModelError, match=r"(?s)visit\.yml: colour: no such key.*kainuu/bus\.yml: colour: no such key"):
        load_with_region(national, regional)


def test_an_adopted_proposal_makes_the_national_model_what_the_county_had(national, regional):
    wanted = load_with_region(national, regional)

    adopt(read_proposal(sent(national, regional)), national)

    assert load_model(national) == wanted


def test_after_adoption_nothing_differs_and_the_regional_files_can_go(national, regional):
    adopt(read_proposal(sent(national, regional)), national)
    model, region = load_model(national), load_region(regional)

    assert diff(model, region).is_empty
    assert adopted_files(model, region) == ("bus.yml", "visit.yml")


def test_before_adoption_every_regional_file_is_needed(national, regional):
    assert adopted_files(load_model(national), load_region(regional)) == ()


def test_adoption_keeps_the_order_and_the_comments_of_the_national_file(national, regional):
    adopt(read_proposal(sent(national, regional)), national)

    assert (national / "visit.yml").read_text(encoding="utf-8") == ADOPTED


def test_adoption_keeps_the_line_ends_of_the_national_file(national, regional):
    visit = national / "visit.yml"
    visit.write_bytes(VISIT.replace("\n", "\r\n").encode())

    adopt(read_proposal(sent(national, regional)), national)

    assert visit.read_bytes().decode() == ADOPTED.replace("\n", "\r\n")


def test_adopting_twice_changes_nothing_the_second_time(national, regional):
    proposal = read_proposal(sent(national, regional))

    assert [file.name for file in adopt(proposal, national)] == ["bus.yml", "visit.yml"]
    assert adopt(proposal, national) == []


def test_a_proposal_that_the_nation_has_overtaken_is_refused_and_nothing_is_written(national, regional):
    proposal = read_proposal(sent(national, regional))
    other = VISIT.replace("visit_started_at: {", "visit_language: {").replace("type: datetime", "type: string")
    (national / "visit.yml").write_text(other, encoding="utf-8")

    with pytest.raises(ModelError, match=r"kainuu/visit\.yml: satellites\.content\.visit_language"):
        adopt(proposal, national)

    assert [file.name for file in national.iterdir()] == ["visit.yml"]
    assert (national / "visit.yml").read_text(encoding="utf-8") == other


def test_half_adopted_additions_leave_the_other_half_to_propose(national, regional):
    half = VISIT.replace(
        "  content:", "      visit_booked_at: {type: datetime, term: {en: booked, fi: varattu, sv: bokad}}\n  content:"
    )
    (national / "visit.yml").write_text(half, encoding="utf-8")

    left = diff(load_model(national), load_region(regional)).extensions["visit"]

    assert list(left.satellites) == ["content", "stop"]


def test_a_file_that_is_written_in_one_line_is_written_anew(national, regional):
    concept = load_model(national)["visit"].model_dump_json(exclude_defaults=True)
    (national / "visit.yml").write_text(concept, encoding="utf-8")
    wanted = load_with_region(national, regional)

    adopt(read_proposal(sent(national, regional)), national)

    assert load_model(national) == wanted


def test_a_concept_without_aspects_and_dimensions_gains_them(national, regional):
    bare = VISIT.split("satellites:")[0].replace("dimensions: [SAA]\n", "")
    (national / "visit.yml").write_text(bare, encoding="utf-8")
    wanted = load_with_region(national, regional)

    adopt(read_proposal(sent(national, regional)), national)

    assert load_model(national) == wanted
    assert (national / "visit.yml").read_text(encoding="utf-8").startswith("# Visits as the register")


def test_a_proposal_cannot_hide_a_line_in_the_name_of_its_county(national, regional):
    proposal = read_proposal(sent(national, regional)).model_copy(update={"county": "kainuu\nowner: nobody"})

    adopt(proposal, national)

    assert load_model(national)["visit"].owner == "health services"


def test_a_proposal_with_a_template_in_a_definition_is_refused(national, regional):
    file = sent(national, regional)
    file.write_text(file.read_text(encoding="utf-8").replace("A unit on wheels.", "'{{ 1 }}'"), encoding="utf-8")

    with pytest.raises(ModelError, match=r"proposal\.yml: concepts\.bus\.definition\.en"):
        read_proposal(file)


@pytest.fixture
def related(tmp_path: Path) -> tuple[Path, Path]:
    """A nation whose relation has an aspect, and a county that adds to relations, with a bridge and a query."""
    regional = folder(tmp_path / "kainuu", visit=ADDED_TO_LINKS)
    (regional / "score.sql").write_text(SCORE, encoding="utf-8")
    return folder(tmp_path / "national", visit=VISIT + LINKS, unit=UNIT), regional


def test_additions_to_relations_bridges_and_queries_go_through_a_file_and_say_the_same(related):
    told = diff(load_model(related[0]), load_region(related[1]))

    assert read_proposal(sent(*related)) == told
    assert told.queries == {"score.sql": SCORE}


def test_adopted_additions_to_relations_stand_in_their_places_and_the_query_beside_them(related):
    national, regional = related
    wanted = load_with_region(national, regional)

    files = adopt(read_proposal(sent(national, regional)), national)

    assert [file.name for file in files] == ["score.sql", "visit.yml"]
    assert load_model(national) == wanted
    assert (national / "score.sql").read_text(encoding="utf-8") == SCORE
    assert (national / "visit.yml").read_text(encoding="utf-8") == VISIT + ADOPTED_LINKS


def test_after_adopting_relations_and_queries_nothing_is_left(related):
    national, regional = related
    adopt(read_proposal(sent(national, regional)), national)
    model, region = load_model(national), load_region(regional)

    assert diff(model, region).is_empty
    assert adopted_files(model, region) == ("score.sql", "visit.yml")


@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\x85", "\t", " \n", "\u00a0", "\ufeff"])
def test_a_query_is_adopted_as_it_is_whatever_signs_it_holds(related, sign):
    (related[1] / "score.sql").write_text(f"{SCORE}-- as{sign}told", encoding="utf-8")
    adopt(read_proposal(sent(*related)), related[0])

    assert (related[0] / "score.sql").read_bytes() == (related[1] / "score.sql").read_bytes()


def test_half_adopted_additions_to_a_relation_leave_the_other_half(related):
    national, regional = related
    until = "          care_until: {type: date, term: {en: until, fi: asti, sv: till}}\n"
    text = (VISIT + LINKS).replace("  place:", f"{until}  place:")
    (national / "visit.yml").write_text(text, encoding="utf-8")

    left = diff(load_model(national), load_region(regional)).extensions["visit"].links["care"]

    assert (left.participants, list(left.satellites)) == ((), ["cost"])


@pytest.mark.parametrize("name", ["../score.sql", "score.sql/../../x.sql", "Score.sql", "score.py"])
def test_a_proposal_cannot_write_its_query_elsewhere(related, name):
    file = sent(*related)
    file.write_text(file.read_text(encoding="utf-8").replace("  score.sql: |", f"  {name}: |"), encoding="utf-8")

    with pytest.raises(ModelError, match=r"proposal\.yml: queries\."):
        read_proposal(file)


@pytest.mark.parametrize("block", BLOCKS[:-1], ids=lambda block: block.splitlines()[0])
def test_every_key_of_a_concept_is_kept_when_it_is_written_anew(block, tmp_path):
    (tmp_path / "told.yml").write_text(block, encoding="utf-8")
    concept = Concept.model_validate(read_yaml(tmp_path / "told.yml"))
    (tmp_path / "anew.yml").write_text(written(shaped(concept)), encoding="utf-8")

    assert Concept.model_validate(read_yaml(tmp_path / "anew.yml")) == concept


@pytest.mark.parametrize("file", sorted((CONCEPTS / "national").glob("*.yml")), ids=lambda file: file.stem)
def test_a_national_concept_written_anew_means_the_same(file, tmp_path):
    concept = Concept.model_validate(read_yaml(file))
    (tmp_path / file.name).write_text(written(shaped(concept)), encoding="utf-8")

    assert Concept.model_validate(read_yaml(tmp_path / file.name)) == concept


def test_kainuus_additions_can_be_adopted_by_adding_lines_only(tmp_path):
    national = tmp_path / "national"
    shutil.copytree(CONCEPTS / "national", national)
    before = (national / "service_unit.yml").read_text(encoding="utf-8").splitlines()

    adopt(diff(load_model(national), load_region(CONCEPTS / "regional" / "kainuu")), national)

    after = (national / "service_unit.yml").read_text(encoding="utf-8").splitlines()
    assert set(before) - set(after) == {"dimensions: [SAA, LAA, KUS]"}
    assert len(after) == len(before) + 2
