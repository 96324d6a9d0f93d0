"""The SQL that dbt compiles out of a generated project, in both forms: onto nothing, and onto what is there."""

from __future__ import annotations

import fcntl
import gc
import hashlib
import json
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
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

# dbt needs half a minute, so its answer is kept for as long as the rendered files are the same.
KEPT = Path("target/laws")
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


def compiled(model: ConceptModel, sources: tuple[SourceMapping, ...], *, over: Project | None = None) -> Project:
    """The project that the generator makes of a model, compiled by dbt; its later form onto the tables of `over`.

    Without the generated tests, which nobody runs here and which are half of dbt's time.
    """
    files = {name: text for name, text in render(model, sources, project="laws", gated=True).items() if _is_run(name)}
    contracts = {c.record_source: c for c in contracts_of(design(model, sources))}
    told = json.dumps([files, [asdict(node) for node in over.nodes] if over else None])
    kept = KEPT / f"{hashlib.sha256(told.encode()).hexdigest()[:16]}.json"
    with _alone(kept):
        if not kept.exists():
            first = compiled(model, sources) if over else Project((), contracts, model)
            made = kept.with_suffix(f".{os.getpid()}")
            nodes = _compile(files, first, over)
            made.write_text(json.dumps([asdict(node) for node in nodes]), encoding="utf-8")
            made.replace(kept)
    nodes = [Node(**{**n, "parents": tuple(n["parents"])}) for n in json.loads(kept.read_text(encoding="utf-8"))]
    return Project(tuple(nodes), contracts, model)


def _is_run(file: str) -> bool:
    return not (file.startswith("models/") and file.endswith(".yml")) or file.endswith("_sources.yml")


@contextmanager
def _alone(kept: Path) -> Iterator[None]:
    """Of several test processes that want the same, one lets dbt compile and the others wait for its answer."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    with kept.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def landing_schema(contract: Contract) -> dict[str, Any]:
    """The Polars types of a landing table."""
    return {c.name: POLARS.get(c.type, pl.String) for c in contract.columns} | TECHNICAL


def _compile(files: Mapping[str, str], first: Project, over: Project | None) -> list[Node]:
    with TemporaryDirectory() as folder:
        project, home = Path(folder) / "project", Path(folder) / "home"
        write(files, project)
        (home / "warehouse").mkdir(parents=True)
        empty = {c.name: landing_schema(c) for c in first.contracts.values()} | {"delivery": REGISTRY}
        for name, schema in empty.items():
            (home / "landing" / name).mkdir(parents=True)
            pl.DataFrame(schema=schema).write_parquet(home / "landing" / name / "0000000000000000.parquet")
        before = os.environ.get("SOTEVAULT_HOME")
        os.environ["SOTEVAULT_HOME"] = str(home)
        gc.disable()  # a tenth of dbt's time
        try:
            return _both_forms(project, home, first, over)
        finally:
            gc.enable()
            DuckDBConnectionManager.close_all_connections()
            os.environ.pop("SOTEVAULT_HOME") if before is None else os.environ.update(SOTEVAULT_HOME=before)


def _both_forms(project: Path, home: Path, first: Project, over: Project | None) -> list[Node]:
    place = ["--project-dir", str(project), "--profiles-dir", str(project), "--quiet", "--log-level-file", "none"]
    manifest = dbtRunner().invoke(["parse", *place]).result

    def form(*selected: str) -> dict[str, str]:
        result = dbtRunner(manifest=manifest).invoke(["compile", *place, *selected])
        DuckDBConnectionManager.close_all_connections()
        assert result.success, result.exception or [(r.node.name, r.message) for r in result.result]
        sql = {r.node.name: r.node.compiled_code.replace('"transient".', '"vault".') for r in result.result}
        return {name: _LANDED.sub(r"vault.landing.\1", text) for name, text in sql.items()}

    nodes = first.nodes or tuple(_nodes(manifest, form()))
    with duckdb.connect(str(home / "warehouse" / "vault.duckdb")) as connection:
        for statement in _relations(over or replace(first, nodes=nodes)):
            connection.execute(statement)
    later = form("--select", "config.materialized:incremental", "pending_delivery")  # all others stay what they are
    return [replace(node, later=later.get(node.name, node.first)) for node in nodes]


def _nodes(manifest: Any, first: Mapping[str, str]) -> Iterator[Node]:
    """The models in an order that dbt could take."""
    told = {node.name: node for node in manifest.nodes.values() if node.resource_type == "model"}
    parents = {
        name: tuple(p.split(".")[-1] for p in node.depends_on.nodes if p.startswith("model."))
        for name, node in told.items()
    }
    for name in TopologicalSorter(parents).static_order():
        yield Node(name, told[name].schema, told[name].config.materialized, parents[name], first[name], "")


def _relations(project: Project) -> Iterator[str]:
    """What makes the tables that a later form finds, with their columns and without a row."""
    from tests.laws.engine import Engine  # it runs what is compiled here

    engine = Engine(project)
    engine.build()
    for node in project.nodes:
        if node.materialized == "incremental":
            rows = engine.connection.execute(f"describe {node.schema}.{node.name}").fetchall()
            columns = ", ".join(f'"{row[0]}" {row[1]}' for row in rows)
            yield f"create schema if not exists {node.schema}"
            yield f"create table {node.schema}.{node.name} ({columns})"
    engine.close()
