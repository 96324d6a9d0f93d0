"""Attributes called as the loads and views call their own columns: no name of a field's own is taken from it."""

from __future__ import annotations

import re
from pathlib import Path

from concepts.faults import VIEW_COLUMNS, name_fault
from tests.spec.in_memory import InMemory

TERM = "term: {en: a, fi: b, sv: c}"
BODY = f"{TERM}\ndefinition: {{en: a, fi: b, sv: c}}\nsource: a test\nowner: nobody\n"
TEMPLATES = Path("concepts/generator/templates")


def _names() -> list[str]:
    """Whatever a template calls a column or a table, and the language allows."""
    texts = (file.read_text(encoding="utf-8") for file in TEMPLATES.rglob("*.sql.jinja"))
    told = {name for text in texts for name in re.findall(r"\bas ([a-z]+(?:_[a-z0-9]+)*)\b", text)}
    return sorted(name for name in told if name not in VIEW_COLUMNS and name_fault(name) is None)


def _concept(name: str, satellite: str, kind: str = "") -> str:
    return (
        f"concept: {name}\n{kind}{BODY}key: {{number: {{type: string, {TERM}}}}}\nsatellites: {{told: {satellite}}}\n"
    )


def _table(name: str, names: list[str], key: str) -> str:
    columns = ", ".join(f"{column}: {{name: c_{column}}}" for column in ["number", *names, "is_out"])
    attributes = ", ".join(f"{name}: {name}" for name in names)
    return (
        f"  {name}:\n    files: {name}_*.csv\n    semantics: delta\n    key: [{key}]\n"
        f"    deleted: {{column: is_out, values: [D]}}\n    columns: {{{columns}}}\n"
        f"    feeds: {{{name}: {{key: {{number: number}}, attributes: {{{attributes}}}}}}}\n"
    )


def _library(folder: Path, names: list[str]) -> InMemory:
    attributes = "attributes: {" + ", ".join(f"{name}: {{type: string, {TERM}}}" for name in names) + "}"
    keyed = ", ".join(names)
    model = {
        "thing": _concept("thing", f"{{{attributes}}}"),
        "box": _concept("box", f"{{child_key: [{keyed}], {attributes}}}"),
        "event": _concept("event", f"{{{attributes}}}", "kind: transaction\ntold_anew: corrects\n"),
    }
    tables = [_table(name, names, f"number, {keyed}" if name == "box" else "number") for name in model]
    return InMemory(folder, model, {"desk": f"source: desk\n{TERM}\nowner: nobody\ntables:\n" + "".join(tables)})


def test_an_attribute_may_be_called_as_the_loads_and_views_call_their_own_columns(tmp_path: Path) -> None:
    names = _names()
    assert {"version", "place", "key", "told"} <= set(names)
    library = _library(tmp_path, names)
    for day, word in (("2025-01-01", "old"), ("2025-01-02", "new")):
        for table in ("thing", "box", "event"):
            row = {"c_number": "1", "c_is_out": None} | {f"c_{name}": f"{word} {name}" for name in names}
            library.deliver(f"desk.{table}", day, [row])
        library.build()
    for view in ("current_thing", "current_box_told", "current_event"):
        shown = library.ask(f"select distinct {', '.join(names)} from business_vault.{view}")
        assert sorted(shown)[0] == tuple(f"new {name}" for name in names)
    assert library.ask("select entry, version from business_vault.entries_event order by all") == [
        (-1, "old version"),
        (1, "new version"),
        (1, "old version"),
    ]
    assert library.ask("select count(*) from ledger.load_ledger where staged <> new + unchanged + duplicate") == [(0,)]
    for name in ("sat_thing_told__desk_thing", "masat_box_told__desk_box", "nhl_event__desk_event"):
        assert library.ask(f"select count(distinct version) from business_vault.asof_{name}") == [(2,)]
