"""The short form: four kills of one build over a warehouse that already holds data, then one build to the end."""

from __future__ import annotations

import random
import signal
import sys
from pathlib import Path

from tests.crash import killing
from tests.crash.homes import compare, files, prepare, restore, rows


def main(folder: Path, seed: int) -> None:
    """Fail by an assertion that names the kill; the seed stands in what was printed."""
    sys.stdout.write(f"seed {seed}\n")
    measured: list[tuple[int, float]] = []
    _, later = prepare(folder, lambda home: measured.append(killing.measured(home)))
    (nodes, cpu), chance, home = measured[-1], random.Random(seed), restore(later, folder / "home")
    wal = home / "warehouse/vault.duckdb.wal"

    assert killing.killed_before_node(home, nodes // 3) == -signal.SIGKILL
    assert wal.is_file(), "the kill left no log of what was committed, so this shows nothing of its replay"
    for _ in range(2):
        moment = round(chance.uniform(0, 0.9 * cpu), 3)
        killed = killing.killed_at_moment(home, killing.build, moment, 0.0, **killing.MODELS_ONLY)
        assert killed == -signal.SIGKILL, f"at {moment} s of CPU"
    assert killing.killed_before_node(home, chance.randint(nodes // 2, nodes)) == -signal.SIGKILL
    assert killing.rebuild(home, killing.build, **killing.MODELS_ONLY) == 0

    assert files(home) == later.files
    assert not compare(rows(later.built), rows(home)).tables


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
