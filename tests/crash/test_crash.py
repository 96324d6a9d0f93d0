"""A build under kill -9: the next one completes it, and nothing tells that there was a kill.

The short form of `make test-crash`: three kills, one rerun after another, in a home that already holds data.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys

SHORT = "tests.crash.short"


def test_a_build_killed_between_nodes_and_at_random_moments_is_completed_by_the_next_one(tmp_path):
    # A process of its own: this one may have opened DuckDB, whose threads a fork would not take along.
    done = subprocess.run(
        [sys.executable, "-m", SHORT, str(tmp_path), os.environ.get("CRASH_SEED") or str(random.randrange(10**6))],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr[-3000:]}"
