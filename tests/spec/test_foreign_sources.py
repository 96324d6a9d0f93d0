"""Two sources that tell of the same wagons, one of them less than the other."""

from __future__ import annotations

from pathlib import Path

from tests.spec.foreign import Foreign

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
    for name, text in EXAMPLE.items():
        (tmp_path / "example" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "example" / name).write_text(text, encoding="utf-8")
    railway = Foreign(tmp_path, tmp_path / "example")
    railway.deliver("yard/wagon/w_2025-01-01.csv", "W;B;T\na;1999;13.50\nb;2001;14.00\n")
    railway.deliver("workshop/wagon/w_2025-01-02.csv", "W;T\na;13.70\n")
    railway.deliver("yard/wagon/w_2025-01-03.csv", "W;B;T\nb;;14.20\n")
    railway.build()

    shown = "select wagon_number, built_year, tare::varchar, extract_datetime::date::varchar"
    assert railway.ask(f"{shown} from business_vault.current_wagon order by all") == [
        ("a", 1999, "13.70", "2025-01-02"),
        ("b", None, "14.20", "2025-01-03"),
    ]
