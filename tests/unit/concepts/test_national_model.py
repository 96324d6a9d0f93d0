"""What is true of the national concepts and their code sets, whatever system delivers."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from concepts.metamodel import Attribute, Concept, Kind
from concepts.sources import SourceMapping, Table
from concepts.yaml_text import read_yaml

ROOT = Path(__file__).resolve().parents[3]
CODES = ROOT / "concepts" / "codes"
COLUMNS = ["code", "name_fi", "name_sv", "name_en", "valid_from", "valid_to", "source"]
OF_THE_LAW = {"time_limit", "waiting_class", "age_group", "holiday", "indicator"}  # rules and classes, not code sets
CODE_SETS = sorted({file.stem.removeprefix("ref_") for file in CODES.glob("ref_*.csv")} - OF_THE_LAW)


@cache
def concepts() -> dict[str, Concept]:
    files = sorted((ROOT / "concepts" / "national").glob("*.yml"))
    return {file.stem: Concept.model_validate(read_yaml(file)) for file in files}


@cache
def code_set(name: str) -> list[dict[str, str]]:
    with (CODES / f"ref_{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def valid_on(name: str, day: str) -> list[dict[str, str]]:
    return [row for row in code_set(name) if row["valid_from"] <= day and day <= (row["valid_to"] or "9999-12-31")]


def column(name: str, field: str) -> dict[str, str]:
    return {row["code"]: row[field] for row in code_set(name)}


def attributes() -> Iterator[tuple[str, Attribute]]:
    for concept in concepts().values():
        for name, attribute in concept.attributes.items():
            yield f"{concept.concept}.{name}", attribute


def tables() -> Iterator[tuple[str, Table]]:
    for file in sorted((ROOT / "ingest" / "sources").glob("*.yml")):
        mapping = SourceMapping.model_validate(read_yaml(file))
        for name, table in mapping.tables.items():
            yield f"{mapping.source}.{name}", table


def test_each_file_holds_the_concept_that_it_is_named_after() -> None:
    assert all(file == concept.concept for file, concept in concepts().items())


def test_every_relation_leads_to_a_concept_that_exists_and_has_a_hub() -> None:
    targets = {p.concept for c in concepts().values() for link in c.links.values() for p in link.participants}
    assert {name for name in targets if concepts()[name].kind is not Kind.HUB} == set()


def test_an_attribute_name_has_one_meaning_in_the_whole_model() -> None:
    names = [where.split(".")[1] for where, _ in attributes()]
    assert sorted({name for name in names if names.count(name) > 1}) == []


def test_every_attribute_has_a_finnish_term_of_its_own() -> None:
    assert [where for where, attribute in attributes() if attribute.term.fi == attribute.term.en] == []


def test_every_attribute_of_type_code_names_its_code_set() -> None:
    assert [where for where, a in attributes() if a.type.value == "code" and a.codes is None] == []


def test_every_code_set_of_an_attribute_exists_as_a_file() -> None:
    named = {attribute.codes for _, attribute in attributes() if attribute.codes}
    assert named - set(CODE_SETS) == set()


def test_every_direct_identifier_is_a_key_so_that_its_pseudonym_joins() -> None:
    direct = {where for where, a in attributes() if a.privacy.value == "direct_identifier"}
    assert direct == {"person.person_id", "professional.professional_id"}


def test_a_concept_that_is_not_in_a_law_or_register_says_so() -> None:
    assert all("our re" in concepts()[name].source for name in ["person", "matter", "decision", "employment"])


def test_every_mapping_feeds_only_attributes_that_exist() -> None:
    strange = [
        f"{where}: {attribute}"
        for where, table in tables()
        for role, feed in table.feeds.items()
        for attribute in feed.attributes
        if attribute not in concepts()[feed.concept or role].attributes
    ]
    assert strange == []


def test_every_feed_gives_the_whole_key_of_its_concept() -> None:
    for where, table in tables():
        for role, feed in table.feeds.items():
            assert set(feed.key) == set(concepts()[feed.concept or role].key), f"{where}: {role}"


def test_every_concept_is_fed_by_some_source() -> None:
    fed = {feed.concept or role for _, table in tables() for role, feed in table.feeds.items()}
    assert set(concepts()) - fed == set()


@pytest.mark.parametrize("name", CODE_SETS)
def test_a_code_set_has_the_agreed_columns_first(name: str) -> None:
    assert list(code_set(name)[0])[: len(COLUMNS)] == COLUMNS


@pytest.mark.parametrize("name", CODE_SETS)
def test_a_code_means_one_thing_on_one_day(name: str) -> None:
    spans = sorted((row["code"], row["valid_from"], row["valid_to"] or "9999-12-31") for row in code_set(name))
    assert [a for a, b in pairwise(spans) if a[0] == b[0] and b[1] <= a[2]] == []


@pytest.mark.parametrize("name", CODE_SETS)
def test_a_code_is_valid_at_least_one_day(name: str) -> None:
    for row in code_set(name):
        assert date.fromisoformat(row["valid_from"]) <= date.fromisoformat(row["valid_to"] or "9999-12-31")


@pytest.mark.parametrize("name", CODE_SETS)
def test_every_code_has_its_names_and_source(name: str) -> None:
    told = ["code", "name_fi", "name_sv", "name_en", "source"]
    assert [row["code"] for row in code_set(name) if any(row[c] != row[c].strip() or not row[c] for c in told)] == []


def test_finland_has_308_municipalities_in_2026() -> None:
    assert len(valid_on("municipality", "2026-01-01")) == 308


def test_pertunmaa_is_a_municipality_of_south_savo_until_the_end_of_2024() -> None:
    gone = [row["code"] for row in valid_on("municipality", "2024-12-31")]
    assert set(gone) - {row["code"] for row in valid_on("municipality", "2025-01-01")} == {"588"}
    assert column("municipality", "county_code")["588"] == "12"


def test_a_municipality_code_has_three_digits() -> None:
    assert [code for code in column("municipality", "code") if len(code) != 3 or not code.isdigit()] == []


def test_every_municipality_lies_in_a_county_and_every_county_has_one() -> None:
    assert set(column("municipality", "county_code").values()) == set(column("county", "code"))


def test_kainuu_has_its_eight_municipalities() -> None:
    kainuu = {row["code"] for row in code_set("municipality") if row["county_code"] == "20"}
    assert kainuu == {"105", "205", "290", "578", "620", "697", "765", "777"}


def test_the_regions_are_21_counties_helsinki_and_aland() -> None:
    assert list(column("county", "code")) == [f"{n:02}" for n in range(1, 22)] + ["90", "91"]


def test_no_two_counties_share_a_sotkanet_region() -> None:
    assert len(set(column("county", "sotkanet_id").values())) == 23


def test_the_23_organisers_are_the_counties_helsinki_and_hus_which_has_no_region() -> None:
    organisers = column("organiser", "county_code")
    assert len(organisers) == 23
    assert organisers["HUS"] == ""
    assert "91" not in organisers


def test_the_telephone_code_r50_ended_with_2018_and_counts_as_remote() -> None:
    assert "R50" not in {row["code"] for row in valid_on("contact_type", "2019-01-01")}
    assert column("contact_type", "is_remote")["R50"] == "true"


def test_remote_contacts_since_2019_are_r52_and_r56() -> None:
    remote = {row["code"] for row in valid_on("contact_type", "2021-06-01") if row["is_remote"] == "true"}
    assert remote == {"R52", "R56"}


def test_only_e_and_ward_class_4_are_not_urgent() -> None:
    assert {code for code, urgent in column("urgency", "is_urgent").items() if urgent == "false"} == {"E", "4"}


def test_every_profession_belongs_to_a_group() -> None:
    assert set(column("profession", "profession_group_code").values()) == set(column("profession_group", "code"))


def test_five_reasons_of_a_visit_bring_it_under_the_short_limit() -> None:
    short = {code for code, told in column("visit_reason_class", "in_short_limit").items() if told == "true"}
    assert short == {"ILL", "INJ", "WOR", "SYM", "FUN"}
