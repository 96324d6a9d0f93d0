"""dbt in this process, over one generated project; parsed once, for that takes longer than loading."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.cli.main import dbtRunner


class DbtProject:
    """A project as it is now, for one home."""

    def __init__(self, folder: Path, home: Path) -> None:
        self._home, self._manifest = home, None
        place = ("--project-dir", str(folder), "--profiles-dir", str(folder))
        self._quietly = (*place, "--quiet", "--log-level-file", "none")

    def dbt(self, verb: str) -> None:
        """`dbt run` or `dbt test`; a node that fails is an error."""
        os.environ["SOTEVAULT_HOME"] = str(self._home)
        self._manifest = self._manifest or self._invoke("parse").result
        result = self._invoke(verb, "--no-write-json")
        DuckDBConnectionManager.close_all_connections()
        failed = [(r.node.name, r.message) for r in result.result or [] if r.status in ("error", "fail")]
        assert result.success, failed or result.exception

    def _invoke(self, verb: str, *flags: str) -> Any:
        return dbtRunner(manifest=self._manifest).invoke([verb, *self._quietly, *flags])
