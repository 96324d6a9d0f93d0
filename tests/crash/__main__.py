"""Kill builds at every boundary and at random moments, rerun, compare; exit 1 if one differs."""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from pathlib import Path

from tests.crash.campaign import Extent, Trial, campaign, table
from tests.crash.homes import prepare
from tests.flow.county import sotevault


def main() -> None:
    """Print the seed, every trial that did not survive, and the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.crash", description=__doc__)
    parser.add_argument("--moments", type=int, default=50, help="random moments, half of them in each build")
    parser.add_argument("--every", type=int, default=1, help="only every n-th boundary")
    parser.add_argument("--kills", type=int, default=10, help="of one home in a row, before it is built to the end")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    told = parser.parse_args()
    say(f"seed {told.seed}")
    started, trials = time.monotonic(), []
    with tempfile.TemporaryDirectory(prefix="crash_") as folder:
        bases = prepare(Path(folder), lambda home: sotevault(home, "build"))
        try:
            extent = Extent(told.moments, told.every, told.kills, told.seed)
            for one in campaign(bases, extent, Path(folder)):
                trials.append(one)
                say(f"{time.monotonic() - started:.0f} s, {line(one)}")
        finally:
            say(table(trials))  # also when somebody has waited long enough
    sys.exit(not (trials and all(one.survived for one in trials)))


def line(one: Trial) -> str:
    """A trial in a line, or all of it if it did not survive."""
    ats = ", ".join(str(kill.moment.at) for kill in one.kills)
    return f"{one.title}, {one.kind} {ats}: " + ("survived" if one.survived else f"NOT SURVIVED: {one}")


def say(text: str) -> None:
    """A line for whoever waits."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
