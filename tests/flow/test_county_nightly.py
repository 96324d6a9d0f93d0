"""Dagster's nightly job on the real project, after a late delivery that came first: the same marts and release."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.flow.county import ROOT, digests, python


@pytest.fixture(scope="module")
def night(home_late_first: Path) -> dict[str, Any]:
    """What the job told; it finds the last delivery in the drop folder, beside those that are in already."""
    told = python(home_late_first, str(ROOT / "tests/flow/nightly_job.py"))
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
    night: dict[str, Any], home_late_first: Path, home: Path
) -> None:
    latest = (home / "releases" / "latest").read_text(encoding="utf-8").strip()

    assert night["release"] == latest
    assert (home_late_first / "releases" / "latest").read_text(encoding="utf-8").strip() == latest


def test_the_marts_are_the_same_when_the_late_delivery_comes_first(
    night: dict[str, Any], home_late_first: Path, home: Path
) -> None:
    assert digests(home_late_first, "marts", "exports") == digests(home, "marts", "exports")
