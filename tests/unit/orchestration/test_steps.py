"""A step that writes is alone in the home and tells of a full disk."""

from __future__ import annotations

import pytest

from concepts.errors import SotevaultError
from orchestration import steps
from orchestration.settings import Settings
from tests.hindrances import files_of_at_most


def test_a_disk_that_is_full_while_a_step_writes_is_told_with_the_home(tmp_path):
    with pytest.raises(SotevaultError) as refused, steps.writing(Settings(home=tmp_path)), files_of_at_most(10):
        (tmp_path / "build.json").write_text("more than ten bytes")

    told = f"{tmp_path}: its disk is full (File too large); make room there and run again"
    assert (refused.value.exit_code, str(refused.value)) == (1, told)


def test_what_else_a_disk_refuses_is_told_as_the_system_says_it(tmp_path):
    with pytest.raises(FileNotFoundError), steps.writing(Settings(home=tmp_path)):
        (tmp_path / "no folder" / "build.json").write_text("")
