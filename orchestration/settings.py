"""Where the data lives and how much of the machine may be used: the only reader of the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError

from concepts.errors import ModelError
from concepts.metamodel import Frozen

PROJECT = Path(__file__).resolve().parents[1]


class Settings(Frozen):
    """What a run needs to know of its place."""

    home: Path  # absolute: landing, warehouse, releases, quarantine, ledger, keys
    project: Path = PROJECT
    test_identities: Literal["temporary", "persons"] = "temporary"
    threshold: int = Field(default=5, ge=1)  # counts below it are hidden in a release
    threads: int = Field(default=2, ge=1)
    memory: str = Field(default="4GB", pattern=r"^\d+(\.\d+)?(MB|GB)$")
    debug: bool = False  # show the traceback of an unexpected error, which may hold a value

    @property
    def warehouse(self) -> Path:
        """The vault's file; the pipeline's alone."""
        return self.home / "warehouse" / "vault.duckdb"

    @property
    def releases(self) -> Path:
        """The folder of releases, for people and tools."""
        return self.home / "releases"

    @property
    def landing(self) -> Path:
        """The Parquet files that passed the gate, and the registry of deliveries."""
        return self.home / "landing"

    @property
    def inbox(self) -> Path:
        """The drop folder that the sensor watches and the nightly job reads."""
        return self.home / "inbox"

    @property
    def dbt_target(self) -> Path:
        """Where dbt keeps what it parsed."""
        return self.home / "warehouse" / "dbt"


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings of this process; ModelError (exit 10) names the variable that holds no usable value."""
    told = {
        name: environment[f"SOTEVAULT_{name.upper()}"]
        for name in ("test_identities", "threshold", "threads", "memory", "debug")
        if environment.get(f"SOTEVAULT_{name.upper()}")
    }
    home = Path(environment.get("SOTEVAULT_HOME") or PROJECT / "data").expanduser().absolute()
    try:
        return Settings.model_validate({"home": home, **told})
    except ValidationError as error:
        faults = [f"SOTEVAULT_{str(item['loc'][0]).upper()}: {item['msg']}" for item in error.errors()]
        raise ModelError("; ".join(faults)) from None
