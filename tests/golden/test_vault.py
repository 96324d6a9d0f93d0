"""One file of each template, made of the matrix's library, byte for byte; `python -m tests.golden.test_vault --update`
renews them. Macros are not among them: a generated project has them as they stand in the templates."""

from __future__ import annotations

import sys
from pathlib import Path

from concepts.generator import render
from concepts.generator.drift import drift, write
from tests.matrix.kitchen import model_and_sources

HERE = Path(__file__).parent / "vault"
TEMPLATES = Path("concepts/generator/templates")
RAW, BUSINESS, STAGING = "models/raw_vault", "models/business_vault", "models/staging"
EXAMPLES = {
    "as_of.sql": (f"{BUSINESS}/asof_sat_member_home__desk_member.sql",),
    "bridge.sql": (f"{BUSINESS}/bridge_loan_reach.sql", f"{BUSINESS}/bridge_loan_ever.sql"),
    "computed.sql": (f"{BUSINESS}/bsat_member_standing.sql",),
    "current.sql": (f"{BUSINESS}/current_book.sql", f"{BUSINESS}/ref_genre.sql"),
    "current_event.sql": (f"{BUSINESS}/current_fine.sql", f"{BUSINESS}/current_payment.sql"),
    "current_relation.sql": (
        f"{BUSINESS}/current_loan_lending_relation.sql",
        f"{BUSINESS}/current_loan_item_relation.sql",
    ),
    "current_set.sql": (f"{BUSINESS}/current_member_phones.sql",),
    "dbt_project.yml": ("dbt_project.yml",),
    "entries.sql": (f"{BUSINESS}/entries_payment.sql",),
    "gitignore": (".gitignore",),
    "hierarchy.sql": (f"{BUSINESS}/hierarchy_book_part_of.sql",),
    "hub.sql": (f"{RAW}/hub_loan.sql", f"{RAW}/rhub_genre.sql", f"{RAW}/rhub_open_day.sql"),
    "landing.sql": ("models/landing/landing_desk__loan.sql",),
    "landing_delivery.sql": ("models/landing/landing_delivery.sql",),
    "ledger.sql": (f"{STAGING}/ledger_kiosk__item.sql", f"{STAGING}/ledger_desk__member.sql"),
    "link.sql": (f"{RAW}/lnk_loan_lending.sql", f"{RAW}/lnk_loan_item.sql"),
    "load_ledger.sql": ("models/ledger/load_ledger.sql",),
    "multi_active.sql": (f"{RAW}/masat_member_phones__desk_phone.sql",),
    "pending.sql": (f"{STAGING}/pending_delivery.sql",),
    "point_in_time.sql": (f"{BUSINESS}/pit_member.sql", f"{BUSINESS}/pit_book.sql"),
    "profiles.yml": ("profiles.yml",),
    "project_readme.md": ("README.md",),
    "record_tracking.sql": (f"{RAW}/rts_loan__desk_loan.sql",),
    "repeated.sql": (f"{STAGING}/repeated_member__desk_member.sql",),
    "same_as.sql": (f"{BUSINESS}/same_as_member_same.sql",),
    "satellite.sql": (
        f"{RAW}/sat_member_home__desk_member.sql",
        f"{RAW}/sat_loan_item_pricing__kiosk_item.sql",
        f"{RAW}/effsat_book_keeping__desk_book.sql",
        f"{RAW}/nhl_fine__till_fine.sql",
        f"{RAW}/rsat_genre_naming__desk_genre.sql",
    ),
    "sources.yml": (f"{STAGING}/_sources.yml",),
    "staging.sql": (f"{STAGING}/stg_kiosk__loan.sql", f"{STAGING}/stg_desk__book.sql"),
    "status.sql": (f"{RAW}/status_member__branch_member.sql", f"{RAW}/status_loan_item__desk_item.sql"),
    "status_flag.sql": (f"{RAW}/status_member__kiosk_member.sql",),
    "status_told.sql": (f"{BUSINESS}/status_book_sequel__web_book.sql",),
    "telling.sql": (f"{RAW}/telling_book_sequel__web_book.sql",),
}


def made() -> dict[str, str]:
    files = render(*model_and_sources(), project="library")
    return {path: files[path] for paths in EXAMPLES.values() for path in paths}


def test_generated_files_are_those_that_a_person_has_read() -> None:
    assert drift(made(), HERE) == [], "run python -m tests.golden.test_vault --update and read the diff"


def test_every_template_has_a_file_that_a_person_has_read() -> None:
    assert {file.name.removesuffix(".jinja") for file in TEMPLATES.glob("*.jinja")} == EXAMPLES.keys()


def test_no_line_of_the_warehouse_is_longer_than_a_screen_is_wide() -> None:
    lines = (line for file in Path("vault_models/generated/models").rglob("*.sql") for line in file.open())
    assert max(map(len, lines)) <= 125  # two references that stand together


if __name__ == "__main__" and "--update" in sys.argv:
    write(made(), HERE)
