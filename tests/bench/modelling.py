"""What our own model costs before a row is loaded: generating the warehouse from it, and dbt's first reading of it."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.bench.contest import workplace
from tests.bench.measuring import ROOT, Cost, run


def modelled() -> dict[str, Cost]:
    """`sotevault generate`, which compares with what is there, and `dbt parse` without anything kept from before.

    Both beyond what the command takes to start.
    """
    commands = Path(sys.executable).parent
    with workplace() as folder:
        places = ["--project-dir", ROOT, "--profiles-dir", ROOT, "--target-path", folder / "target"]
        folders = {"SOTEVAULT_HOME": str(folder), "DBT_LOG_PATH": str(folder / "logs")}

        def cost(*words: str | Path) -> Cost:
            return run([commands / words[0], *words[1:]], **folders)[0]

        return {
            "generate": cost("sotevault", "generate", "--check").beyond(cost("sotevault", "--help")),
            "parse": cost("dbt", "parse", "--quiet", "--no-partial-parse", *places).beyond(cost("dbt", "--help")),
        }
