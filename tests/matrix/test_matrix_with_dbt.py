"""A few scenarios of the matrix as dbt builds and tests them, at once or one by one; in one the model changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.matrix.dbt_warehouse import DbtWarehouse
from tests.matrix.playing import Play
from tests.matrix.scenarios import every_scenario
from tests.matrix.test_matrix import compare

PLAYS = [
    ("satellites: A new attribute is no news while it is empty, and a version as soon as it is told", "kiosk", True),
    ("snapshots: What is gone keeps its snapshots; a bridge no longer goes over it from that day, and does again "
     "when it comes back", "desk", False),
    ("status: A part of the whole says nothing of the other parts; who moves from one to the other has not left",
     "branch", False),
    ("events: A flag deletes an event: it is booked back, and booked again when it comes back", "kiosk", True),
]  # fmt: skip


@pytest.mark.parametrize(("name", "system", "apart"), PLAYS)
def test_dbt_builds_what_the_scenario_says(tmp_path: Path, name: str, system: str, apart: bool) -> None:
    (scenario,) = (scenario for scenario in every_scenario() if scenario.name == name)
    tables = {given.name.format(system=system) for given in scenario.given if given.is_about(system)}
    # What the computed satellite and the points in time of the model read is told by no scenario alone.
    tables |= {f"{system}.loan", f"{system}.member", f"{system}.book", "calendar.open_day"}
    play = Play(scenario, system, apart, made=lambda project: DbtWarehouse(project, tmp_path, tables))
    play.run()
    compare(play, "")
    play.run_again()
    compare(play, " after the same deliveries came again")
    play.engine.test()
