"""`make bench`: what a million rows cost, loaded by sotevault and by hand-written set SQL, in one run on one machine.

One hub, one link, one satellite of six attributes: a first load, a second one (1 % new keys, 10 % changed) and the
same delivery again. The floor is what a careful engineer would write by hand: staging materialised once, 128-bit
keys, one statement a target; it keeps no ledger, detects no conflict and takes no late delivery.
"""

from __future__ import annotations

import os
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.cli.main import dbtRunner
from rich.console import Console
from rich.table import Table

from concepts.generator import render
from concepts.generator.drift import write
from concepts.loading import load_model, load_sources

TERM = "term: {en: a, fi: b, sv: c}"
BODY = f"{TERM}\ndefinition: {{en: a, fi: b, sv: c}}\nsource: a benchmark\nowner: nobody\n"
TYPES = {"a0": "string", "a1": "string", "a2": "integer", "a3": "decimal", "a4": "date", "a5": "string"}
THING = f"""concept: thing
{BODY}key: {{thing_id: {{type: string, {TERM}}}}}
satellites:
  detail:
    attributes: {{{", ".join(f"{name}: {{type: {kind}, {TERM}}}" for name, kind in TYPES.items())}}}
links:
  grouping: {{participants: [thing_group], driven: false}}
"""
GROUP = f"concept: thing_group\n{BODY}key: {{group_id: {{type: string, {TERM}}}}}\n"
SOURCE = f"""source: bench
{TERM}
owner: nobody
tables:
  thing:
    files: thing_*
    semantics: delta
    key: [id]
    columns: {{id: {{}}, grp: {{}}, {", ".join(f"{name}: {{}}" for name in TYPES)}}}
    feeds:
      thing: {{key: {{thing_id: id}}, attributes: {{{", ".join(f"{name}: {name}" for name in TYPES)}}}}}
      thing_group: {{key: {{group_id: grp}}}}
"""
DELIVERY = """
copy (
    select
        'key-' || k as id, 'g' || (k % 1000) as grp,
        'name ' || k || (case when {number} > 1 and k % 10 = 0 then 1 else 0 end) as a0, 'town ' || (k % 300) as a1,
        k as a2, cast(k % 10000 as decimal(18, 2)) as a3, date '2020-01-01' + cast(k % 2000 as integer) as a4,
        case when k % 7 > 0 then 'x' || (k % 77) end as a5,
        'd{number}' as delivery_id, i + 1 as record_number, {time} as extract_datetime, {time} as load_datetime,
        'bench.thing' as record_source, false as is_quarantined
    from (select i, i + {shift} as k from range({rows}) as r (i))
) to '{landing}/bench__thing/d{number}.parquet'
"""
REGISTRY = """
copy (
    select 'd{number}' as delivery_id, 'bench.thing' as record_source, 'delta' as semantics,
        {time} as extract_datetime, {time} as load_datetime, {rows} as records, 1 as part, 1 as parts
) to '{landing}/delivery/d{number}.parquet'
"""
FLOOR = (
    """create or replace table staged as
    select *, cast(md5(id) as uuid) as thing_hk, cast(md5(grp) as uuid) as group_hk,
        cast(md5(id || '|' || grp) as uuid) as link_hk,
        cast(md5(concat_ws('|', a0, a1, a2, a3, a4, a5)) as uuid) as hashdiff
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
FLOOR_TABLES = """
create table hub (thing_hk uuid, id varchar, extract_datetime timestamp, record_source varchar);
create table grp (group_hk uuid, grp varchar, extract_datetime timestamp, record_source varchar);
create table lnk (link_hk uuid, thing_hk uuid, group_hk uuid, extract_datetime timestamp, record_source varchar);
create table sat (thing_hk uuid, hashdiff uuid, a0 varchar, a1 varchar, a2 bigint, a3 decimal(18, 2), a4 date,
    a5 varchar, extract_datetime timestamp, record_source varchar)
"""


def deliver(landing: Path, number: int, rows: int, *, empty: bool = False) -> None:
    """Write delivery 1 or 2, or typed files without a row."""
    words = {"number": number, "landing": landing, "time": f"timestamp '2025-0{number}-01'"}
    count, shift = (0, 0) if empty else (rows, 0 if number == 1 else rows // 100)
    for name in ("delivery", "bench__thing"):
        (landing / name).mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as connection:
        connection.execute(DELIVERY.format(rows=count, shift=shift, **words))
        registry = REGISTRY.format(rows=count, **words)
        connection.execute(registry.replace("\n) to", " where false\n) to") if empty else registry)


def measured(work: Callable[[], object]) -> tuple[float, float]:
    """CPU and wall seconds of one piece of work."""
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    return time.process_time() - cpu, time.perf_counter() - wall


def ours(folder: Path) -> Callable[[], None]:
    """A load by the generated dbt project, in this process."""
    for name, files in (("model", {"thing": THING, "thing_group": GROUP}), ("sources", {"bench": SOURCE})):
        (folder / name).mkdir()
        for stem, text in files.items():
            (folder / name / f"{stem}.yml").write_text(text, encoding="utf-8")
    model = load_model(folder / "model")
    write(render(model, load_sources(folder / "sources", model), project="bench", gated=True), folder / "project")
    (folder / "home/warehouse").mkdir(parents=True)
    os.environ |= {"SOTEVAULT_HOME": str(folder / "home"), "DBT_LOG_PATH": str(folder / "logs")}
    place = ["--project-dir", str(folder / "project"), "--profiles-dir", str(folder / "project"), "--quiet"]

    def load() -> None:
        outcome = dbtRunner().invoke(["run", *place])
        DuckDBConnectionManager.close_all_connections()
        if not outcome.success:
            raise SystemExit(f"the load failed: {outcome.exception or [r.message for r in outcome.result]}")

    return load


def floor(folder: Path) -> Callable[[Path], None]:
    """A load by hand-written statements into the same engine."""
    connection = duckdb.connect(str(folder / "floor.duckdb"), config={"threads": 2})
    connection.execute(FLOOR_TABLES)

    def load(file: Path) -> None:
        for statement in FLOOR:
            connection.execute(statement.format(file=file))

    return load


def main(rows: int) -> None:
    """Print the table."""
    folder = Path(tempfile.mkdtemp(prefix="sotevault-bench-"))
    table = Table("load", "sotevault CPU s", "wall s", "floor CPU s", "wall s", "ratio CPU", title=f"{rows:,} rows")
    try:
        load, by_hand, landing = ours(folder), floor(folder), folder / "home/landing"
        deliver(landing, 1, rows, empty=True)
        load()  # parses the project, makes the empty tables
        start_cpu, start_wall = measured(load)
        for name, number in (("first", 1), ("second", 2), ("the same again", 2)):
            deliver(landing, number, rows)
            cpu, wall = (value - start for value, start in zip(measured(load), (start_cpu, start_wall), strict=True))
            hand_cpu, hand_wall = measured(lambda n=number: by_hand(landing / f"bench__thing/d{n}.parquet"))
            table.add_row(name, *(f"{v:.1f}" for v in (cpu, wall, hand_cpu, hand_wall)), f"{cpu / hand_cpu:.2f}")
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
        console = Console()
        console.print(table)
        console.print(
            f"start-up of a run, taken off above: {start_cpu:.1f} CPU s, {start_wall:.1f} s; peak {peak:.1f} GiB"
        )
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
