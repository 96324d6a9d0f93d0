"""The laws of the vault on random courses of deliveries; the long run is ``python -m tests.laws``."""

from __future__ import annotations

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.laws.machine import Vault

SHORT = settings(
    max_examples=6,
    stateful_step_count=6,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)


def test_the_laws_hold_after_every_build_of_random_courses_of_deliveries() -> None:
    run_state_machine_as_test(Vault, settings=SHORT)
