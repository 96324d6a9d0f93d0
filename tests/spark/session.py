"""The project of a small warehouse on Spark too: the same landing files, the same models, dbt in a session."""

from __future__ import annotations

import os
from typing import Any
from uuid import UUID

import polars as pl
from dbt.cli.main import dbtRunner
from pyspark.sql import SparkSession

from tests.spec.warehouse import REGISTRY, Warehouse

_TYPES = {pl.String: "string", pl.Int64: "bigint", pl.Date: "date", pl.Boolean: "boolean"}
# For a few rows, what costs is compiling queries, not running them. The rest is as the profile says.
_QUICK = {
    "spark.sql.catalogImplementation": "in-memory",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.constraintPropagation.enabled": "false",
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    "spark.default.parallelism": "1",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.timestampType": "TIMESTAMP_NTZ",
}
Rows = list[tuple[tuple[str, Any], ...]]


def open_session(folder: str) -> SparkSession:
    """A session that keeps its tables in the folder and all else in memory; dbt finds it open and takes it."""
    builder = SparkSession.builder.master("local[2]").config("spark.sql.warehouse.dir", folder)
    for name, value in _QUICK.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    return session


class Spark:
    """A second engine over what was delivered to a warehouse. A session has one catalog: the last one's is dropped."""

    def __init__(self, warehouse: Warehouse, session: SparkSession) -> None:
        self.warehouse = warehouse
        place = ["--project-dir", str(warehouse.project), "--profiles-dir", str(warehouse.project)]
        self.place = [*place, "--target", "spark", "--quiet"]
        os.environ |= {"SOTEVAULT_HOME": str(warehouse.home), "DBT_LOG_PATH": str(warehouse.home / "logs")}
        self.manifest = dbtRunner().invoke(["parse", *self.place]).result
        self.session = session
        for row in session.sql("show schemas").collect():
            if row.namespace != "default":
                session.sql(f"drop schema {row.namespace} cascade")
        schemas = {c.name: warehouse._schema(c.record_source) for c in warehouse.contracts.values()}
        self.landing = {"delivery": REGISTRY, **schemas}
        self.session.sql("create schema landing")
        for name, schema in self.landing.items():
            columns = ", ".join(f"{column} {_sql_type(type_)}" for column, type_ in schema.items())
            location = warehouse.home / "landing" / name
            self.session.sql(f"create table landing.{name} ({columns}) using parquet location '{location}'")

    def dbt(self, verb: str) -> None:
        """Load, or test, all that was delivered; a failure is an error."""
        for name in self.landing:
            self.session.sql(f"refresh table landing.{name}")
        result = dbtRunner(manifest=self.manifest).invoke([verb, *self.place, "--no-write-json"])
        failed = [(r.node.name, r.message) for r in result.result or [] if r.status in ("error", "fail")]
        assert result.success, failed or result.exception

    def differing(self) -> dict[str, tuple[Rows, Rows]]:
        """By relation, the rows that only DuckDB and that only Spark holds."""
        both = {name: self._both(name) for name in self.relations()}
        return {m: (_only(one, other), _only(other, one)) for m, (one, other) in both.items() if one != other}

    def relations(self) -> list[str]:
        """Every table and view that the project makes; DuckDB's staging is gone with the run that staged."""
        models = [node for node in self.manifest.nodes.values() if node.resource_type == "model"]
        return sorted(f"{node.schema}.{node.name}" for node in models if node.schema != "staging")

    def _both(self, relation: str) -> tuple[Rows, Rows]:
        names = [row[0] for row in self.warehouse.ask(f"select column_name from (describe {relation})")]
        query = f"select {', '.join(names)} from {relation}"
        spark = [tuple(row) for row in self.session.sql(query).collect()]
        return _rows(names, self.warehouse.ask(query)), _rows(names, spark)


def _rows(names: list[str], rows: list[tuple[Any, ...]]) -> Rows:
    plain = [tuple(zip(names, (str(v) if isinstance(v, UUID) else v for v in row), strict=True)) for row in rows]
    return sorted(plain, key=repr)


def _only(these: Rows, those: Rows) -> Rows:
    rest = list(those)
    return [row for row in these if row not in rest or rest.remove(row)]  # type: ignore[func-returns-value]


def _sql_type(type_: Any) -> str:
    if isinstance(type_, pl.Datetime):
        return "timestamp"
    return "decimal(18, 2)" if isinstance(type_, pl.Decimal) else _TYPES[type_]
