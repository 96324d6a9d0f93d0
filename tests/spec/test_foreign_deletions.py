"""A wind farm that tells of its turbines by a flag: what is deleted needs no more than its key."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.spec.foreign import Foreign, example

_TERM = "term: {en: a, fi: b, sv: c}"
_BODY = f"{_TERM}\ndefinition: {{en: a, fi: b, sv: c}}\nsource: a test\nowner: nobody\n"
EXAMPLE = {
    "model/farm.yml": f"concept: farm\n{_BODY}key: {{farm_number: {{type: string, {_TERM}}}}}\n",
    "model/crew.yml": f"concept: crew\n{_BODY}key: {{crew_number: {{type: string, {_TERM}}}}}\n",
    "model/turbine.yml": f"concept: turbine\n{_BODY}key: {{turbine_number: {{type: string, {_TERM}}}}}\n"
    f"satellites: {{plate: {{attributes: {{power: {{type: integer, {_TERM}}}, stops_on: {{type: date, {_TERM}}}}}}}}}\n"
    "links:\n  site: {participants: [farm]}\n  neighbour: {participants: [farm], driven: false}\n"
    "  visit: {participants: [crew, farm], driven: false}\n"
    f"  climb: {{participants: [crew], driven: false, child_key: {{climb_number: {{type: integer, {_TERM}}}}}}}\n"
    "point_in_time: {satellites: [plate], calendar: {every: day, keep: {day: 2, month: 1, year: 1}}}\n",
    "sources/scada.yml": f"source: scada\n{_TERM}\nowner: nobody\ntables:\n  turbine:\n    files: t_*.csv\n"
    "    semantics: delta\n    deleted: {column: D, values: [X]}\n    key: [T]\n"
    "    columns: {T: {name: turbine}, P: {required: true}, S: {}, F: {name: farm}, D: {name: gone}}\n"
    "    feeds:\n      turbine: {key: {turbine_number: T}, attributes: {power: P, stops_on: S}}\n"
    "      farm: {key: {farm_number: F}}\n"
    "  visit:\n    files: v_*.csv\n"
    "    semantics: delta\n    deleted: {column: D, values: [X]}\n    key: [T, C]\n"
    "    columns: {T: {name: turbine}, C: {name: crew}, F: {name: farm}, D: {name: gone}}\n"
    "    feeds:\n      turbine: {key: {turbine_number: T}, links: [visit]}\n"
    "      crew: {key: {crew_number: C}}\n      farm: {key: {farm_number: F}}\n"
    "  climb:\n    files: c_*.csv\n"
    "    semantics: delta\n    deleted: {column: D, values: [X]}\n    key: [N]\n"
    "    columns: {N: {name: number}, T: {name: turbine}, C: {name: crew}, D: {name: gone}}\n"
    "    feeds:\n      turbine: {key: {turbine_number: T}, attributes: {climb_number: N}, links: [climb]}\n"
    "      crew: {key: {crew_number: C}}\n",
}
HEADER = "T;P;S;F;D\n"


@pytest.fixture(scope="module")
def park(tmp_path_factory: pytest.TempPathFactory) -> Foreign:
    """Three days: turbines come, some of them go, and one that nobody knew is gone from the start."""
    folder = tmp_path_factory.mktemp("park")
    park = Foreign(folder, example(folder / "example", EXAMPLE))
    park.deliver("scada/turbine/t_2025-01-01.csv", HEADER + "a;1;;f;\nb;2;;f;\nc;3;2040-12-31;f;\nd;4;infinity;f;\n")
    park.deliver("scada/turbine/t_2025-01-02.csv", HEADER + "a;;;;X\nb;n/a;;f;X\nold;;;;X\n")
    park.deliver("scada/turbine/t_2025-01-03.csv", HEADER + ";;;;X\nc;3;2041-12-31;g;\n")
    park.deliver("scada/visit/v_2025-01-01.csv", "T;C;F;D\nc;x;f;\nc;y;;\nc;z;f;\ne;x;f;\n")
    park.deliver("scada/visit/v_2025-01-02.csv", "T;C;F;D\nc;x;;X\nc;y;;X\ne;y;f;X\n")
    park.deliver("scada/climb/c_2025-01-01.csv", "N;T;C;D\n1;c;x;\n2;c;x;\n3;e;y;\n")
    park.deliver("scada/climb/c_2025-01-02.csv", "N;T;C;D\n1;;;X\n3;c;;X\n")
    park.build()
    return park


def shown(park: Foreign, query: str) -> list[tuple[Any, ...]]:
    return park.ask(f"select {query} order by all")


def test_a_row_of_a_deletion_needs_nothing_but_its_key(park: Foreign) -> None:
    judged = shown(park, "turbine, quarantine_reason from landing.landing_scada__turbine where is_quarantined")
    assert judged == [("d", "S: bad_date"), (None, "T: missing_value")]


def test_what_was_deleted_is_gone_and_so_is_what_was_never_told_otherwise(park: Foreign) -> None:
    assert shown(park, "turbine_number, stops_on from business_vault.current_turbine") == [
        ("c", date(2041, 12, 31)),
        ("e", None),
    ]
    assert shown(park, "turbine_number from raw_vault.hub_turbine where record_source <> 'ghost'") == [
        ("a",),
        ("b",),
        ("c",),
        ("e",),
        ("old",),
    ]


def test_what_was_deleted_has_no_relations(park: Foreign) -> None:
    related = "turbine_number, farm_number from business_vault.current_turbine_{}_relation"
    related += " join raw_vault.hub_turbine using (turbine_hk) join raw_vault.hub_farm using (farm_hk)"
    assert shown(park, related.format("site")) == [("c", "g")]
    assert shown(park, related.format("neighbour")) == [("c", "f"), ("c", "g")]


def test_a_deletion_ends_the_relations_that_its_key_names_whoever_else_took_part(park: Foreign) -> None:
    visits = "turbine_number, crew_number from business_vault.current_turbine_visit_relation"
    visits += " join raw_vault.hub_turbine using (turbine_hk) join raw_vault.hub_crew using (crew_hk)"
    assert shown(park, visits) == [("c", "z"), ("e", "x")]
    assert shown(park, "climb_number from business_vault.current_turbine_climb_relation") == [(2,)]


def test_a_calendar_keeps_no_day_of_a_period_that_has_not_ended(park: Foreign) -> None:
    days = "distinct cast(snapshot_date as date) from business_vault.pit_turbine"
    assert shown(park, days) == [(date(2025, 1, 2),), (date(2025, 1, 3),)]
