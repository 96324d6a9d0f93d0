"""Dagster's nightly job on the real project, to which deliveries come backwards: the same marts and release.

The extract time alone puts them in their place; `spec/test_vault_loads.py` has every order of three.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.flow.county import ONE_CORE, apart, digests
from tests.flow.nightly_job import night as nightly_job


@pytest.fixture(scope="module")
def night(home_backwards: Path) -> dict[str, Any]:
    """What the job told; it finds the last delivery in the drop folder, beside those that are in already."""
    told = apart(home_backwards, nightly_job, **ONE_CORE)
    return json.loads(told.splitlines()[-1])  # type: ignore[no-any-return]


def test_the_night_materialises_every_asset_from_delivery_to_release(night: dict[str, Any]) -> None:
    assert night["success"]
    assert set(night["wanted"]) - set(night["assets"]) == set()
    assert {"deliveries", "marts/fct_access_case", "release"} <= set(night["assets"])


def test_the_night_leaves_a_verdict_for_suppliers_vault_and_receivers(night: dict[str, Any]) -> None:
    checks = set(night["checks"])

    assert "deliveries:promises_of_patient__avohilmo" in checks
    assert "release:promises_to_receivers" in checks
    assert any(check.startswith("raw_vault/hub_person:") for check in checks)
    assert night["failed"] == []


def test_the_night_ends_in_the_release_of_the_command_line(
    night: dict[str, Any], home_backwards: Path, home: Path
) -> None:
    latest = (home / "releases" / "latest").read_text(encoding="utf-8").strip()

    assert night["release"] == latest
    assert (home_backwards / "releases" / "latest").read_text(encoding="utf-8").strip() == latest


def test_the_marts_are_the_same_when_the_last_delivery_comes_first_and_the_first_one_last(
    night: dict[str, Any], home_backwards: Path, home: Path
) -> None:
    found = digests(home, "marts", "exports")

    assert len(found) > 30
    assert digests(home_backwards, "marts", "exports") == found
