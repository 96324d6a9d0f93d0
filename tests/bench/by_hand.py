"""The floor: what a careful engineer writes by hand for these tables alone.

Staging materialised once, keys of 128 bits, one statement a target; it keeps no ledger, detects no conflict and takes
no late delivery. Keys are numbers, which DuckDB makes of a digest at once, or UUIDs as ours, which Parquet, Spark and
Polars hold, too. `python -m tests.bench.by_hand DATABASE number|uuid [FILE]` loads one file, or only starts.
"""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb

from tests.bench.measuring import engine

KEYS = {"number": ("uhugeint", "md5_number"), "uuid": ("uuid", "key_of")}  # type, and what makes it of a text
TABLES = """
create macro if not exists key_of(told) as cast(unhex(md5(told)) as uuid);
create table if not exists hub (thing_hk {type}, id varchar, extract_datetime timestamp, record_source varchar);
create table if not exists grp (group_hk {type}, grp varchar, extract_datetime timestamp, record_source varchar);
create table if not exists lnk (
    link_hk {type}, thing_hk {type}, group_hk {type}, extract_datetime timestamp, record_source varchar
);
create table if not exists sat (
    thing_hk {type}, hashdiff {type}, a0 varchar, a1 varchar, a2 bigint, a3 decimal(18, 2), a4 date, a5 varchar,
    extract_datetime timestamp, record_source varchar
)
"""
LOAD = (
    """create or replace table staged as
    select *, {key}(id) as thing_hk, {key}(grp) as group_hk,
        {key}(id || '|' || grp) as link_hk,
        {key}(concat_ws('|', a0, a1, a2, a3, a4, a5)) as hashdiff
    from read_parquet('{file}')""",
    """insert into hub select thing_hk, min(id), min(extract_datetime), min(record_source) from staged as s
    where not exists (select 1 from hub where hub.thing_hk = s.thing_hk) group by thing_hk""",
    """insert into grp select group_hk, min(grp), min(extract_datetime), min(record_source) from staged as s
    where not exists (select 1 from grp where grp.group_hk = s.group_hk) group by group_hk""",
    """insert into lnk select link_hk, min(thing_hk), min(group_hk), min(extract_datetime), min(record_source)
    from staged as s where not exists (select 1 from lnk where lnk.link_hk = s.link_hk) group by link_hk""",
    """insert into sat
    with latest as (select thing_hk, max_by(hashdiff, extract_datetime) as hashdiff from sat group by thing_hk),
    told as (select *, lag(hashdiff) over (partition by thing_hk order by extract_datetime) as previous from staged)
    select t.thing_hk, t.hashdiff, a0, a1, a2, a3, a4, a5, extract_datetime, record_source
    from told as t left join latest as l on t.thing_hk = l.thing_hk
    where t.hashdiff is distinct from coalesce(t.previous, l.hashdiff)""",
)


def load(database: Path, keys: str, file: Path | None) -> None:
    """Make the tables where they are missing, and load a file."""
    type_, key = KEYS[keys]
    with duckdb.connect(str(database), config=engine()) as connection:
        connection.execute(TABLES.format(type=type_))
        for statement in LOAD if file else ():
            connection.execute(statement.format(file=file, key=key))


if __name__ == "__main__":
    load(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]) if len(sys.argv) > 3 else None)
