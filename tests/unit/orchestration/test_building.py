"""What keeps dbt from its file is told once, with its remedy, and not as a fault of the model."""

from __future__ import annotations

import pytest

from concepts.errors import BusyError
from orchestration.building import parse, run_dbt
from orchestration.settings import Settings
from tests.hindrances import files_of_at_most, held_elsewhere
from tests.small_project import small_project


@pytest.fixture
def settings(tmp_path):
    return Settings(home=tmp_path / "home", project=small_project(tmp_path / "project"))


def refusal(settings):
    with pytest.raises(Exception) as refused:
        run_dbt(["build"], settings, parse(settings))
    return refused.value.exit_code, str(refused.value)


def test_a_warehouse_that_another_program_holds_is_for_later(settings):
    settings.warehouse.parent.mkdir(parents=True)
    with held_elsewhere(settings.warehouse):
        code, told = refusal(settings)

    held = f"{settings.warehouse}: another program holds it; close it there and run again"
    assert (code, told) == (BusyError.exit_code, held)


def test_a_full_disk_is_told_once_with_its_folder_and_not_for_each_node(settings):
    with files_of_at_most(2**20):
        code, told = refusal(settings)

    assert (code, told) == (1, f"{settings.home}: its disk is full (File too large); make room there and run again")


def test_a_disk_that_is_full_before_anything_is_built_is_told_in_the_same_way(settings):
    with files_of_at_most(2**10):
        code, told = refusal(settings)

    assert (code, told) == (1, f"{settings.home}: its disk is full (File too large); make room there and run again")
