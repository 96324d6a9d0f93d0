"""What is loaded: a thing with six attributes in a group, delivered twice; the second time some are new, some changed.

`python -m tests.bench.deliveries FOLDER NUMBER ROWS` writes one delivery as the gate leaves it in the landing zone.
It streams: a hundred million rows need no more memory than a thousand.
"""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb

THING, REGISTRY = "bench__thing", "delivery"  # the landing zone's tables

_TERM = "term: {en: a, fi: b, sv: c}"
_BODY = f"{_TERM}\ndefinition: {{en: a, fi: b, sv: c}}\nsource: a benchmark\nowner: nobody\n"
_TYPES = {"a0": "string", "a1": "string", "a2": "integer", "a3": "decimal", "a4": "date", "a5": "string"}
_GROUP = f"concept: thing_group\n{_BODY}key: {{group_id: {{type: string, {_TERM}}}}}\n"
_THING = f"""concept: thing
{_BODY}key: {{thing_id: {{type: string, {_TERM}}}}}
satellites:
  detail:
    attributes: {{{", ".join(f"{name}: {{type: {kind}, {_TERM}}}" for name, kind in _TYPES.items())}}}
links:
  grouping: {{participants: [thing_group], driven: false}}
"""
_SOURCE = f"""source: bench
{_TERM}
owner: nobody
tables:
  thing:
    files: thing_*
    semantics: delta
    key: [id]
    columns: {{id: {{}}, grp: {{}}, {", ".join(f"{name}: {{}}" for name in _TYPES)}}}
    feeds:
      thing: {{key: {{thing_id: id}}, attributes: {{{", ".join(f"{name}: {name}" for name in _TYPES)}}}}}
      thing_group: {{key: {{group_id: grp}}}}
"""
MODEL = {"model/thing.yml": _THING, "model/thing_group.yml": _GROUP, "sources/bench.yml": _SOURCE}

# Delivery 2 starts a hundredth of its rows further on: 1 % new keys. Every tenth of the keys has another a0 by then.
_RECORDS = """
copy (
    select
        'key-' || k as id, 'g' || (k % 1000) as grp,
        'name ' || k || (case when {number} > 1 and k % 10 = 0 then 1 else 0 end) as a0, 'town ' || (k % 300) as a1,
        k as a2, cast(k % 10000 as decimal(18, 2)) as a3, date '2020-01-01' + cast(k % 2000 as integer) as a4,
        case when k % 7 > 0 then 'x' || (k % 77) end as a5,
        'd{number}' as delivery_id, i + 1 as record_number, {time} as extract_datetime, {time} as load_datetime,
        'bench.thing' as record_source, false as is_quarantined
    from (select i, i + {shift} as k from range({rows}) as r (i))
) to '{file}'
"""
_REGISTERED = """
copy (
    select 'd{number}' as delivery_id, 'bench.thing' as record_source, 'delta' as semantics,
        {time} as extract_datetime, {time} as load_datetime, {rows} as records, 1 as part, 1 as parts,
        '' as partition_value
    from range({registered})
) to '{file}'
"""


def deliver(folder: Path, number: int, rows: int) -> None:
    """Write delivery 1 or 2 of so many rows; number 0 is files that only show their types."""
    rows = rows if number else 0
    words = {
        "number": number,
        "rows": rows,
        "registered": min(number, 1),
        "shift": rows // 100 if number == 2 else 0,
        "time": f"timestamp '2025-01-0{number + 1}'",
    }
    with duckdb.connect(config={"threads": 2, "memory_limit": "1GB"}) as connection:
        for table, statement in ((THING, _RECORDS), (REGISTRY, _REGISTERED)):
            file = path(folder, table, number)
            file.parent.mkdir(parents=True, exist_ok=True)
            connection.execute(statement.format(file=file, **words))


def path(folder: Path, table: str, number: int) -> Path:
    """Where a delivery of a table lies."""
    return folder / table / f"d{number}.parquet"


if __name__ == "__main__":
    deliver(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
