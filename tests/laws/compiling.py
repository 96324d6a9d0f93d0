"""The SQL that dbt compiles out of a generated project, in both forms: onto nothing, and onto what is there."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from graphlib import TopologicalSorter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import polars as pl
from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.cli.main import dbtRunner

from concepts.contract import Contract
from concepts.generator import render
from concepts.generator.design import design
from concepts.generator.drift import write
from concepts.generator.render import contracts_of
from concepts.metamodel import ConceptModel
from concepts.sources import SourceMapping
from tests.spec.warehouse import POLARS, REGISTRY, TECHNICAL

KEPT = Path(
    "target/laws"
)  # dbt needs half a minute, so its answer is kept for as long as the rendered files are the same
_LANDED = re.compile(r"read_parquet\('[^']*/landing/([a-z0-9_]+)/\*\.parquet', union_by_name = true\)")


@dataclass(frozen=True)
class Node:
    """One model as dbt compiled it."""

    name: str
    schema: str
    materialized: str
    parents: tuple[str, ...]
    first: str  # when its relation does not exist
    later: str  # when it does


@dataclass(frozen=True)
class Project:
    """A compiled project: its models in an order that dbt could take, and its delivered tables."""

    nodes: tuple[Node, ...]
    contracts: Mapping[str, Contract]
    model: ConceptModel


def compiled(model: ConceptModel, sources: tuple[SourceMapping, ...]) -> Project:
    """The project that the generator makes of a model, compiled by dbt."""
    files = render(model, sources, project="laws", gated=True)
    contracts = {c.record_source: c for c in contracts_of(design(model, sources))}
    kept = KEPT / f"{hashlib.sha256(json.dumps(files).encode()).hexdigest()[:16]}.json"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        made = kept.with_suffix(f".{os.getpid()}")
        made.write_text(json.dumps(_compile(files, contracts)), encoding="utf-8")
        made.replace(kept)
    told = json.loads(kept.read_text(encoding="utf-8"))
    return Project(tuple(Node(**{**node, "parents": tuple(node["parents"])}) for node in told), contracts, model)


def landing_schema(contract: Contract) -> dict[str, Any]:
    """The Polars types of a landing table."""
    return {c.name: POLARS.get(c.type, pl.String) for c in contract.columns} | TECHNICAL


def _compile(files: Mapping[str, str], contracts: Mapping[str, Contract]) -> list[dict[str, Any]]:
    with TemporaryDirectory() as folder:
        project, home = Path(folder) / "project", Path(folder) / "home"
        write(files, project)
        (home / "warehouse").mkdir(parents=True)
        empty = {c.name: landing_schema(c) for c in contracts.values()} | {"delivery": REGISTRY}
        for name, schema in empty.items():
            (home / "landing" / name).mkdir(parents=True)
            pl.DataFrame(schema=schema).write_parquet(home / "landing" / name / "0000000000000000.parquet")
        before = os.environ.get("SOTEVAULT_HOME")
        os.environ |= {"SOTEVAULT_HOME": str(home), "DBT_LOG_PATH": str(home / "logs")}
        try:
            return _both_forms(project, home)
        finally:
            DuckDBConnectionManager.close_all_connections()
            os.environ.pop("SOTEVAULT_HOME") if before is None else os.environ.update(SOTEVAULT_HOME=before)


def _both_forms(project: Path, home: Path) -> list[dict[str, Any]]:
    place = ["--project-dir", str(project), "--profiles-dir", str(project), "--quiet"]
    manifest = dbtRunner().invoke(["parse", *place]).result

    def form() -> dict[str, str]:
        result = dbtRunner(manifest=manifest).invoke(["compile", *place])
        DuckDBConnectionManager.close_all_connections()
        assert result.success, result.exception or [(r.node.name, r.message) for r in result.result]
        return {r.node.name: _LANDED.sub(r"vault.landing.\1", r.node.compiled_code) for r in result.result}

    nodes = [node for node in manifest.nodes.values() if node.resource_type == "model"]
    first = form()
    with duckdb.connect(str(home / "warehouse" / "vault.duckdb")) as connection:
        for node in nodes:  # empty relations with the right names are all that the incremental form asks for
            if node.config.materialized == "incremental":
                connection.execute(f"create schema if not exists {node.schema}")
                connection.execute(f"create table {node.schema}.{node.name} (nothing integer)")
    later = form()
    parents = {n.name: tuple(p.split(".")[-1] for p in n.depends_on.nodes if p.startswith("model.")) for n in nodes}
    by_name = {node.name: node for node in nodes}
    return [
        {
            "name": name,
            "schema": by_name[name].schema,
            "materialized": by_name[name].config.materialized,
            "parents": parents[name],
            "first": first[name],
            "later": later[name],
        }
        for name in TopologicalSorter(parents).static_order()
    ]
