"""What our own model costs before a row is loaded: generating the warehouse from it, and dbt's first reading of it."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.bench.contest import workplace
from tests.bench.measuring import ROOT, Cost, run


def modelled() -> dict[str, Cost]:
    """`sotevault generate`, which compares with what is there, and `dbt parse` without anything kept from before."""
    commands = Path(sys.executable).parent
    with workplace() as folder:
        generate = run([commands / "sotevault", "generate", "--check"])[0]
        places = ["--project-dir", ROOT, "--profiles-dir", ROOT, "--target-path", folder / "target"]
        parse = run(
            [commands / "dbt", "parse", "--quiet", "--no-partial-parse", *places],
            SOTEVAULT_HOME=str(folder),
            DBT_LOG_PATH=str(folder / "logs"),
        )[0]
    return {"generate": generate, "parse": parse}
