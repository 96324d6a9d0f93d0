"""A dbt project of two tables, for tests about dbt and not about a warehouse."""

from __future__ import annotations

from pathlib import Path

FILES = {
    "dbt_project.yml": "{name: small, profile: small, models: {+materialized: table}}",
    "profiles.yml": """
        small:
          target: here
          outputs: {here: {type: duckdb, path: "{{ env_var('SOTEVAULT_HOME') }}/warehouse/vault.duckdb"}}
    """,
    "models/hub_visit.sql": "select range as visit_hk, md5(range::varchar) as text from range(200000)",
    "models/hub_booking.sql": "select range as booking_hk, md5(range::varchar) as text from range(200000)",
}


def small_project(folder: Path) -> Path:
    """The folder, with the project in it."""
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder
