"""A build is skipped only if the warehouse was built whole from the same deliveries by the same project."""

import pytest

from orchestration.registry import (
    current_state,
    delivery_ids,
    forget_build,
    last_build,
    project_digest,
    remember_build,
)
from orchestration.settings import Settings


@pytest.fixture
def settings(tmp_path):
    project, home = tmp_path / "project", tmp_path / "home"
    (project / "marts").mkdir(parents=True)
    (project / "dbt_project.yml").write_text("name: small")
    (project / "marts" / "fct_visit.sql").write_text("select 1 as one")
    (home / "landing" / "delivery").mkdir(parents=True)
    (home / "landing" / "delivery" / f"{'0' * 16}.parquet").touch()
    (home / "warehouse").mkdir()
    return Settings(home=home, project=project)


def receive(settings, name):
    (settings.landing / "delivery" / f"{name}.parquet").touch()


def build(settings):
    settings.warehouse.touch()
    remember_build(settings, current_state(settings))


def test_the_empty_typed_file_is_no_delivery(settings):
    assert delivery_ids(settings) == ()


def test_a_warehouse_is_in_step_right_after_its_build(settings):
    receive(settings, "a1")
    build(settings)

    assert last_build(settings) == current_state(settings)


def test_a_new_delivery_brings_it_out_of_step(settings):
    build(settings)
    receive(settings, "a1")

    assert last_build(settings) != current_state(settings)


def test_a_changed_model_brings_it_out_of_step(settings):
    build(settings)
    (settings.project / "marts" / "fct_visit.sql").write_text("select 2 as one")

    assert last_build(settings) != current_state(settings)


def test_a_build_that_was_killed_is_not_relied_on(settings):
    build(settings)
    forget_build(settings)

    assert last_build(settings) is None


def test_a_lost_warehouse_is_built_again(settings):
    build(settings)
    settings.warehouse.unlink()

    assert last_build(settings) is None


def test_moving_text_from_one_file_to_another_changes_the_digest(settings):
    before = project_digest(settings.project)
    (settings.project / "marts" / "fct_visit.sql").rename(settings.project / "marts" / "fct_call.sql")

    assert project_digest(settings.project) != before
