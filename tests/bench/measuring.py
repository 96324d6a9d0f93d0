"""What a process cost: each measured thing is a process of its own, so that its peak memory is its own too."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[2]
GIB = 2**30


@dataclass(frozen=True)
class Cost:
    """CPU and wall seconds, and the most memory held at any time, in GiB."""

    cpu: float
    wall: float
    peak: float

    def beyond(self, start: Cost) -> Cost:
        """The cost without that of starting up; memory is told as it was."""
        return Cost(max(self.cpu - start.cpu, 0), max(self.wall - start.wall, 0), self.peak)


class OutOfMemoryError(SystemExit):
    """The engine had too little memory for what a process was to do."""


def run(command: Sequence[str | Path], **environment: str) -> tuple[Cost, str]:
    """What the command cost and said; SystemExit with the end of what it said if it failed, of its own kind where
    memory was short.

    Its memory counts from that of this process, which therefore does no work itself and stays small.
    """
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
        started = time.perf_counter()
        process = subprocess.Popen(
            [str(word) for word in command],
            cwd=ROOT,
            env=os.environ | {"DO_NOT_TRACK": "1"} | environment,
            stdout=said,
            stderr=subprocess.STDOUT,
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        text = said.read()
    if process.returncode:
        kind = OutOfMemoryError if "Out of Memory Error" in text else SystemExit
        raise kind(f"{' '.join(map(str, command[:4]))} ended with {process.returncode}:\n{text[-3000:]}")
    return Cost(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss * 1024 / GIB), text


def python(module: str, *words: object) -> list[str | Path]:
    """The command that runs a module of the benchmark."""
    return [sys.executable, "-m", f"tests.bench.{module}", *map(str, words)]


def typical(costs: Iterable[Cost]) -> Cost:
    """The median CPU and wall of several runs, and the most memory.

    A machine has faster and slower minutes: the luckiest load less the luckiest start would measure those.
    """
    several = list(costs)
    return Cost(
        median(cost.cpu for cost in several), median(cost.wall for cost in several), max(cost.peak for cost in several)
    )


def memory_limit() -> str:
    """How much memory every contender's engine has."""
    return os.environ.get("SOTEVAULT_MEMORY", "4GB")


def threads() -> int:
    """How many threads every contender's engine has."""
    return int(os.environ.get("SOTEVAULT_THREADS", "2"))


def settings() -> dict[str, str | int]:
    """What every contender's engine may use."""
    return {"threads": threads(), "memory_limit": memory_limit()}


def engine() -> dict[str, str | int]:
    """How the others' engines are set, which is how our profile sets ours: their files have the same format."""
    return settings() | {"storage_compatibility_version": "v1.4.0"}
