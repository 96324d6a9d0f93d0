"""The floor: what a careful engineer writes by hand for these tables alone.

Staging materialised once, keys as 128-bit integers, one statement a target. It keeps no ledger, detects no conflict and
takes no late delivery. `python -m tests.bench.by_hand DATABASE [FILE]` loads one file, or without one only starts.
"""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb

from tests.bench.measuring import engine

TABLES = """
create table if not exists hub (thing_hk uhugeint, id varchar, extract_datetime timestamp, record_source varchar);
create table if not exists grp (group_hk uhugeint, grp varchar, extract_datetime timestamp, record_source varchar);
create table if not exists lnk (
    link_hk uhugeint, thing_hk uhugeint, group_hk uhugeint, extract_datetime timestamp, record_source varchar
);
create table if not exists sat (
    thing_hk uhugeint, hashdiff uhugeint, a0 varchar, a1 varchar, a2 bigint, a3 decimal(18, 2), a4 date, a5 varchar,
    extract_datetime timestamp, record_source varchar
)
"""
LOAD = (
    """create or replace table staged as
    select *, md5_number(id) as thing_hk, md5_number(grp) as group_hk,
        md5_number(id || '|' || grp) as link_hk,
        md5_number(concat_ws('|', a0, a1, a2, a3, a4, a5)) as hashdiff
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


def load(database: Path, file: Path | None) -> None:
    """Make the tables where they are missing, and load a file."""
    with duckdb.connect(str(database), config=engine()) as connection:
        connection.execute(TABLES)
        for statement in LOAD if file else ():
            connection.execute(statement.format(file=file))


if __name__ == "__main__":
    load(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None)
