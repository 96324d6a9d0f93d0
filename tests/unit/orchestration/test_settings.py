"""The environment is read once and refused when it makes no sense."""

from pathlib import Path

import pytest

from concepts.errors import ModelError
from orchestration.settings import PROJECT, read_settings


def test_without_any_variable_the_data_lies_under_the_checkout():
    assert read_settings({}).home == PROJECT / "data"


def test_the_home_is_absolute_whatever_the_working_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    assert read_settings({"SOTEVAULT_HOME": "county"}).home == tmp_path / "county"


def test_codes_from_900_to_999_are_temporary_unless_a_demo_says_otherwise():
    assert read_settings({}).test_identities == "temporary"
    assert read_settings({"SOTEVAULT_TEST_IDENTITIES": "persons"}).test_identities == "persons"


def test_counts_below_five_are_hidden_by_default():
    assert read_settings({}).threshold == 5


def test_a_senseless_variable_is_named():
    with pytest.raises(ModelError, match="SOTEVAULT_THRESHOLD"):
        read_settings({"SOTEVAULT_THRESHOLD": "many"})


def test_every_room_is_imported_from_this_checkout():
    import concepts
    import expectations
    import ingest
    import marts
    import orchestration

    rooms = (concepts, expectations, ingest, marts, orchestration)

    assert {Path(room.__file__).resolve().parents[1] for room in rooms} == {PROJECT}
