"""Two sources that tell of the same wagons, one of them less than the other."""

from __future__ import annotations

from pathlib import Path

from tests.spec.foreign import Foreign, example

_TERM = "term: {en: a, fi: b, sv: c}"
_BODY = f"{_TERM}\ndefinition: {{en: a, fi: b, sv: c}}\nsource: a test\nowner: nobody\n"
_SOURCE = f"{_TERM}\nowner: nobody\ntables:\n  wagon:\n    files: w_*.csv\n    semantics: delta\n    key: [W]\n"
EXAMPLE = {
    "model/wagon.yml": f"concept: wagon\n{_BODY}key: {{wagon_number: {{type: string, {_TERM}}}}}\n"
    f"satellites: {{plate: {{attributes: {{built_year: {{type: integer, {_TERM}}}, "
    f"tare: {{type: decimal, {_TERM}}}}}}}}}\n",
    "sources/yard.yml": f"source: yard\n{_SOURCE}    columns: {{W: {{}}, B: {{}}, T: {{}}}}\n"
    "    feeds: {wagon: {key: {wagon_number: W}, attributes: {built_year: B, tare: T}}}\n",
    "sources/workshop.yml": f"source: workshop\n{_SOURCE}    columns: {{W: {{}}, T: {{}}}}\n"
    "    feeds: {wagon: {key: {wagon_number: W}, attributes: {tare: T}}}\n",
}


def test_a_source_that_does_not_deliver_an_attribute_has_not_said_that_it_is_empty(tmp_path: Path) -> None:
    railway = Foreign(tmp_path, example(tmp_path / "example", EXAMPLE))
    railway.deliver("yard/wagon/w_2025-01-01.csv", "W;B;T\na;1999;13.50\nb;2001;14.00\n")
    railway.deliver("workshop/wagon/w_2025-01-02.csv", "W;T\na;13.70\n")
    railway.deliver("yard/wagon/w_2025-01-03.csv", "W;B;T\nb;;14.20\n")
    railway.build()

    shown = "select wagon_number, built_year, tare::varchar, extract_datetime::date::varchar"
    assert railway.ask(f"{shown} from business_vault.current_wagon order by all") == [
        ("a", 1999, "13.70", "2025-01-02"),
        ("b", None, "14.20", "2025-01-03"),
    ]


RENTED = {
    "model/depot.yml": f"concept: depot\n{_BODY}key: {{depot_code: {{type: string, {_TERM}}}}}\n",
    "model/wagon.yml": f"concept: wagon\n{_BODY}key: {{wagon_number: {{type: string, {_TERM}}}}}\n"
    "links: {home: {participants: [depot], satellites: {terms: {attributes: {"
    f"rent: {{type: integer, {_TERM}}}, track: {{type: string, {_TERM}}}}}}}}}}}}}\n",
    "sources/yard.yml": f"source: yard\n{_SOURCE.replace('delta', 'full')}    columns: {{W: {{}}, D: {{}}, T: {{}}}}\n"
    "    feeds: {wagon: {key: {wagon_number: W}, attributes: {track: T}}, depot: {key: {depot_code: D}}}\n",
    "sources/lessor.yml": f"source: lessor\n{_SOURCE}    columns: {{W: {{}}, D: {{}}, R: {{}}}}\n"
    "    feeds: {wagon: {key: {wagon_number: W}, attributes: {rent: R}}, depot: {key: {depot_code: D}}}\n",
}


def test_what_a_source_told_of_a_relation_counts_while_the_relation_holds_there(tmp_path: Path) -> None:
    """The yard no longer has a, and has moved b to the south and back; what it said of their homes then is past."""
    railway = Foreign(tmp_path, example(tmp_path / "example", RENTED))
    railway.deliver("yard/wagon/w_2025-01-01.csv", "W;D;T\na;north;1\nb;north;2\nc;north;3\n")
    railway.deliver("lessor/wagon/w_2025-01-02.csv", "W;D;R\na;north;70\n")
    railway.deliver("yard/wagon/w_2025-01-03.csv", "W;D;T\nb;south;4\nc;north;3\n")
    railway.deliver("lessor/wagon/w_2025-01-04.csv", "W;D;R\nb;north;85\n")
    railway.build()

    homes = "business_vault.current_wagon_home_relation as home"
    homes += " join raw_vault.hub_wagon using (wagon_hk) join raw_vault.hub_depot using (depot_hk)"
    assert railway.ask(f"select wagon_number, depot_code, rent, track from {homes} order by all") == [
        ("a", "north", 70, None),
        ("b", "north", 85, None),
        ("c", "north", None, "3"),
    ]
