"""Each entity with each meaning of absence in each situation: shown by a scenario, or said in words why not."""

from __future__ import annotations

from tests.matrix.coverage import ALWAYS, SITUATIONS, covered, every_cell, reasons
from tests.matrix.scenarios import every_scenario


def test_every_cell_has_a_scenario_or_a_reason() -> None:
    cells, why = covered(), reasons()
    assert [cell for cell in every_cell() if cell not in cells and cell not in why] == []


def test_no_cell_has_both() -> None:
    assert sorted(covered().keys() & reasons().keys()) == []


def test_scenarios_name_only_situations_that_the_matrix_knows() -> None:
    named = {situation for scenario in every_scenario() for situation in scenario.situations}
    assert named <= set(SITUATIONS) - set(ALWAYS)


def test_no_two_scenarios_have_one_name() -> None:
    names = [scenario.name for scenario in every_scenario()]
    assert len(names) == len(set(names))
