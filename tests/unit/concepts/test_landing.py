"""A project of its own has no gate: what only the gate can do is refused, all at once, with the remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from concepts.errors import ModelError
from concepts.generator import render
from concepts.loading import load_model, load_sources

SHOP = Path(__file__).parents[2] / "example_shop"


def shop(folder: Path, *changes: tuple[str, str, str]) -> dict[str, str]:
    """The example shop's project, with texts of its files changed: (file, old, new)."""
    for kind in ("model", "sources"):
        (folder / kind).mkdir()
        for file in (SHOP / kind).glob("*.yml"):
            text = file.read_text(encoding="utf-8")
            for name, old, new in changes:
                if name == f"{kind}/{file.name}":
                    assert old in text
                    text = text.replace(old, new)
            (folder / kind / file.name).write_text(text, encoding="utf-8")
    model = load_model(folder / "model")
    return render(model, load_sources(folder / "sources", model), project="shop")


def faults(folder: Path, *changes: tuple[str, str, str]) -> list[str]:
    with pytest.raises(ModelError) as refusal:
        shop(folder, *changes)
    return str(refusal.value).splitlines()


def test_a_direct_identifier_is_refused(tmp_path: Path) -> None:
    direct = ("model/customer.yml", "privacy: quasi_identifier", "privacy: direct_identifier\n    pseudonym: person")
    told = faults(tmp_path, direct)
    assert [fault.split(" and a project")[0] for fault in told] == [
        'shop.yml: tables.customer.columns: "number" feeds customer.customer_number, a direct identifier,',
        'till.yml: tables.sale.columns: "customer" feeds customer.customer_number, a direct identifier,',
    ]
    assert {fault.split("; ")[1] for fault in told} == {
        "have pseudonyms delivered and declare the attribute quasi_identifier, "
        "or load through the gate with sotevault ingest"
    }


def test_forms_that_duckdb_does_not_read_by_itself_are_refused_together(tmp_path: Path) -> None:
    told = faults(
        tmp_path,
        ("sources/shop.yml", "iso-8859-1", "windows-1252"),
        ("sources/shop.yml", "%d.%m.%Y", "%e.%m.%Y"),
        ("sources/till.yml", "kind: csv", "kind: xlsx"),
        ("sources/till.yml", "paid: {}", "paid: {name: quarantine_reason}"),
    )
    assert [fault.split("; ")[0] for fault in told] == [
        "shop.yml: tables.product.format: a project of its own reads no windows-1252",
        "shop.yml: tables.product.format.date: DuckDB does not know %e",
        "till.yml: tables.sale.format: a project of its own reads no xlsx",
        'till.yml: tables.sale.columns: "paid": quarantine_reason is a column that landing adds',
    ]


def test_the_vault_reads_the_projects_own_landing_and_no_source_of_the_gate(tmp_path: Path) -> None:
    files = shop(tmp_path)
    assert "source('landing'" not in "".join(files.values())
    assert "read_parquet" not in files["models/staging/_sources.yml"]
    assert not any(path.startswith("contracts/") for path in files)


def test_the_readme_gives_two_commands_and_where_to_put_files(tmp_path: Path) -> None:
    readme = shop(tmp_path)["README.md"]
    commands = readme.split("```sh\n")[1].split("```")[0].splitlines()
    assert len(commands) == 2
    assert commands[1] == "dbt build --profiles-dir ."
    assert "| `deliveries/shop/product/` | `tuotteet_*.csv` | csv, `;`, iso-8859-1 | full |" in readme


def test_a_project_sends_no_telemetry_and_keeps_data_out_of_version_control(tmp_path: Path) -> None:
    files = shop(tmp_path)
    assert "send_anonymous_usage_stats: false" in files["dbt_project.yml"]
    assert {"/deliveries/", "/logs/", "/target/", "/vault.duckdb*"} <= set(files[".gitignore"].splitlines())
