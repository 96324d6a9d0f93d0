"""The same vault by datavault4sqlglot, as its users have it: SQL that it generates, run on DuckDB, with its defaults.

Staging is a view, by its generator's own default name; as a table it costs as much, and more when nothing is new.
`python -m tests.bench.rival DATABASE [FILE]` loads one delivered file; without one it only starts.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
from datavault4sqlglot import (
    HubGenerator,
    LinkGenerator,
    SatelliteGenerator,
    SourceBinding,
    SourceModel,
    StageGenerator,
    StageModel,
    config,
)

from tests.bench.measuring import engine

TABLES = """
create table if not exists hub (thing_hk varchar, id varchar, ldts timestamp, rsrc varchar);
create table if not exists grp (group_hk varchar, grp varchar, ldts timestamp, rsrc varchar);
create table if not exists lnk (link_hk varchar, thing_hk varchar, group_hk varchar, ldts timestamp, rsrc varchar);
create table if not exists sat (
    thing_hk varchar, hashdiff varchar, a0 varchar, a1 varchar, a2 bigint, a3 decimal(18, 2), a4 date, a5 varchar,
    ldts timestamp, rsrc varchar
)
"""
PAYLOAD = ["a0", "a1", "a2", "a3", "a4", "a5"]
TIMES = {"load_date_col": "extract_datetime", "record_source_col": "record_source"}
HASHED = {
    "thing_hk": ["id"],
    "group_hk": ["grp"],
    "link_hk": ["id", "grp"],
    "hashdiff": {"is_hashdiff": True, "columns": PAYLOAD},
}


def statements() -> Iterator[str]:
    """Its SQL: staging, then the targets; of a satellite's rows only the columns that the table has."""
    config.dialect = "duckdb"
    stage = StageGenerator(StageModel(table_name="delivered", hashed_columns=HASHED, **TIMES))
    yield f"create or replace view staged as {stage.to_sql()}"
    source = SourceModel(table_name="staged", **TIMES)
    told = [SourceBinding(source)]
    for table, generator in (
        ("hub", HubGenerator("hub", told, "thing_hk", ["id"], is_incremental=True)),
        ("grp", HubGenerator("grp", told, "group_hk", ["grp"], is_incremental=True)),
        ("lnk", LinkGenerator("lnk", told, "link_hk", ["thing_hk", "group_hk"], is_incremental=True)),
    ):
        yield f"insert into {table} {generator.to_sql()}"
    satellite = SatelliteGenerator("sat", source, "thing_hk", "hashdiff", payload=PAYLOAD, is_incremental=True)
    columns = ", ".join(["thing_hk", "hashdiff", *PAYLOAD, "ldts", "rsrc"])
    yield f"insert into sat select {columns} from ({satellite.to_sql()})"


def load(database: Path, file: Path | None) -> None:
    """Make the tables where they are missing, and load a file."""
    with duckdb.connect(str(database), config=engine()) as connection:
        connection.execute(TABLES)
        if file:
            connection.execute(f"create or replace view delivered as select * from read_parquet('{file}')")
        for statement in statements() if file else ():
            connection.execute(statement)


if __name__ == "__main__":
    load(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None)
