"""The short form: one trial of a home that already holds data, with three kills."""

from __future__ import annotations

import gc
import random
import sys
from pathlib import Path

from tests.crash import killing
from tests.crash.campaign import Moment, trial
from tests.crash.homes import prepare


def main(folder: Path, seed: int) -> None:
    """Fail by an assertion that names the kills; the seed stands in what was printed."""
    gc.disable()  # a tenth of dbt's time; the children live for seconds
    sys.stdout.write(f"seed {seed}\n")
    measured: list[tuple[int, float]] = []
    _, later = prepare(folder, lambda home: measured.append(killing.measured(home)))
    (nodes, cpu), chance = measured[-1], random.Random(seed)
    moments = (
        Moment("boundary", nodes // 3),
        Moment("models", round(chance.uniform(0, cpu), 3)),
        Moment("boundary", chance.randint(nodes // 2, nodes)),
    )
    done = trial(later, moments, folder)

    assert done.kills[0].left_wal, "the kill left no log of what was committed, so this shows nothing of its replay"
    assert done.survived, done


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
