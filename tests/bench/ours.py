"""sotevault as a contender: the dbt project that it generates, run by dbt in a process of its own.

`python -m tests.bench.ours FOLDER` writes the project.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import yaml

from tests.bench.deliveries import MODEL, REGISTRY, THING, path
from tests.bench.measuring import Cost, python, run, settings

DATABASE = "home/warehouse/vault.duckdb"


def prepare(folder: Path) -> None:
    """Write the project, in a process of its own: what renders it would make every later process look larger."""
    run(python("ours", folder))


def load(folder: Path, deliveries: Path, number: int) -> Cost:
    """Let a delivery arrive in the landing zone and run dbt; number 0 is no delivery."""
    for table in (THING, REGISTRY):
        for arrived in (0, number):
            landed = path(folder / "home/landing", table, arrived)
            landed.parent.mkdir(parents=True, exist_ok=True)
            if not landed.exists():
                os.link(path(deliveries, table, arrived), landed)
    project = folder / "project"
    dbt = [Path(sys.executable).parent / "dbt", "run", "--quiet", "--project-dir", project, "--profiles-dir", project]
    return run(dbt, SOTEVAULT_HOME=str(folder / "home"), DBT_LOG_PATH=str(folder / "logs"))[0]


def models(folder: Path) -> dict[str, float]:
    """Seconds that each model took in the last load, the slowest first."""
    told = json.loads((folder / "project/target/run_results.json").read_text(encoding="utf-8"))
    times = {result["unique_id"].split(".")[-1]: result["execution_time"] for result in told["results"]}
    return dict(sorted(times.items(), key=lambda pair: -pair[1]))


def write_project(folder: Path) -> None:
    """The project as generated, but for the engine's settings: those are the same for every contender."""
    from concepts.generator import render
    from concepts.generator.drift import write
    from concepts.loading import load_model, load_sources

    for name, text in MODEL.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    model = load_model(folder / "model")
    files = render(model, load_sources(folder / "sources", model), project="bench", gated=True)
    profile = yaml.safe_load(files["profiles.yml"])
    for output in profile["bench"]["outputs"].values():
        output["settings"] = output.get("settings", {}) | settings()
    write(files | {"profiles.yml": yaml.safe_dump(profile)}, folder / "project")
    (folder / DATABASE).parent.mkdir(parents=True)


if __name__ == "__main__":
    write_project(Path(sys.argv[1]))
