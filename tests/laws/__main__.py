"""The long run of the laws: random courses until the time is up; the seed of each round is printed first."""

from __future__ import annotations

import argparse
import random
import time

from hypothesis import HealthCheck, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.laws.machine import Vault

COURSES = 20


def main() -> None:
    """Exit code 1, with the smallest course and its seed, where a law does not hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--seed", type=int, default=None, help="repeat the courses of this seed")
    told = parser.parse_args()
    number = told.seed if told.seed is not None else random.SystemRandom().randrange(10**9)
    until, courses = time.monotonic() + told.seconds, 0
    while courses == 0 or (told.seed is None and time.monotonic() < until):
        print(f"seed {number}: {COURSES} courses; again with --seed {number}", flush=True)  # noqa: T201
        long = settings(
            max_examples=COURSES,
            stateful_step_count=12,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        run_state_machine_as_test(seed(number)(type("Course", (Vault,), {})), settings=long)
        number, courses = number + 1, courses + COURSES
    print(f"{courses} courses, every law held")  # noqa: T201


if __name__ == "__main__":
    main()
