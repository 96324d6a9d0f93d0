"""The gate's contract of a table says what its mapping says."""

from __future__ import annotations

from pathlib import Path

import pytest

from concepts.errors import ModelError
from concepts.generator.design import design
from concepts.generator.render import contracts_of
from concepts.loading import load_model, load_sources

SHOP = Path(__file__).parents[2] / "example_shop"


def zones(folder: Path, timezone: str) -> set[str]:
    """The time zones of the contracts that the example shop has when its source tells one."""
    for file in (SHOP / "sources").glob("*.yml"):
        (folder / file.name).write_text(file.read_text(encoding="utf-8") + timezone, encoding="utf-8")
    model = load_model(SHOP / "model")
    return {contract.timezone for contract in contracts_of(design(model, load_sources(folder, model)))}


def test_times_are_those_of_the_source(tmp_path: Path) -> None:
    assert zones(tmp_path, "timezone: Europe/Mariehamn\n") == {"Europe/Mariehamn"}


def test_a_source_that_tells_no_time_zone_lives_by_the_time_of_helsinki(tmp_path: Path) -> None:
    assert zones(tmp_path, "") == {"Europe/Helsinki"}


def test_a_time_zone_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no such time zone: Europe/Espoo; give a name"):
        zones(tmp_path, "timezone: Europe/Espoo\n")
