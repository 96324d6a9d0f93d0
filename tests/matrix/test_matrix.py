"""Every scenario of the matrix, as each system would tell it: built at once; built delivery by delivery, told again."""

from __future__ import annotations

from contextlib import closing

import pytest

from tests.matrix.playing import Play, deliveries
from tests.matrix.scenarios import Scenario, every_scenario


def _has_several(scenario: Scenario, system: str) -> bool:
    return len({delivery.registered for delivery in deliveries(scenario, system)}) > 1


PLAYS = [
    pytest.param(
        scenario,
        system,
        apart,
        id=f"{scenario.name} [{system}, {'apart' if apart else 'together'}]",
        marks=[pytest.mark.xfail(raises=AssertionError, reason=scenario.still_open)] if scenario.still_open else [],
    )
    for scenario in every_scenario()
    for system in scenario.systems
    for apart in (False, True)
    if apart or (scenario.version_2_from is None and _has_several(scenario, system))
]


@pytest.mark.parametrize(("scenario", "system", "apart"), PLAYS)
def test_the_vault_holds_what_the_scenario_says(scenario: Scenario, system: str, apart: bool) -> None:
    play = Play(scenario, system, apart)
    with closing(play.engine):
        play.run()
        compare(play, "")
        if apart:
            play.run_again()
            compare(play, " after the same deliveries came again")


def compare(play: Play, when: str) -> None:
    """AssertionError tells what the vault holds beyond the scenario, and what it lacks."""
    faults = []
    for table in play.scenario.then:
        if table.is_about(play.system):
            held, told = play.shown(table), play.told(table)
            if held != told:
                rows = [f"+ {row}" for row in held if row not in told] + [f"- {row}" for row in told if row not in held]
                faults += [f"{table.name}{when} has +, lacks -; columns {table.rows[0]}", *(rows or held)]
    assert not faults, "\n".join(map(str, faults))
