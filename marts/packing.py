"""The files of a release: analysts' tables and the THL package, copied out of the warehouse with small cells hidden."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from concepts.errors import ReleaseError, hindrance
from concepts.metamodel import Frozen
from concepts.quoting import quoted, quoted_text
from marts.delimited import write_delimited
from marts.disclosure import Cell, SmallCellRule, count_hidden, select_hidden
from marts.published import Published

DATABASE = "analyst/marts.duckdb"
_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "threads": 1,  # keeps the order of rows, and with it the bytes of the files, the same each time
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}


class Packed(Frozen):
    """One file of a release, before it is weighed and hashed."""

    path: str
    table: str | None
    rows: int
    hidden: int


def pack(vault: Path, folder: Path, *, published: Published, rule: SmallCellRule) -> tuple[Packed, ...]:
    """Write every published table under the folder; nothing of the warehouse but these rows gets into it."""
    for part in ("analyst", "thl"):
        (folder / part).mkdir()
    with _warehouse(vault, folder) as connection:
        analyst = tuple(_pack_analyst(connection, vault.stem, folder, published, rule))
        return analyst + tuple(_pack_thl(connection, vault.stem, folder, published, rule))


@contextmanager
def _warehouse(vault: Path, folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection with the warehouse read-only under its own name and the new database as `packed`."""
    if not vault.is_file():
        raise ReleaseError(f"{vault.name}: there is no warehouse to release from; run sotevault build first")
    connection = duckdb.connect(":memory:", config=_SETTINGS)
    try:
        connection.execute("set TimeZone = 'UTC'")
        connection.execute(f"set temp_directory = {quoted_text(f'{vault}.tmp')}")  # as dbt's: not where it is started
        connection.execute(f"attach {quoted_text(str(vault))} as {quoted(vault.stem)} (read_only)")
        connection.execute(f"attach {quoted_text(str(folder / DATABASE))} as packed")
        yield connection
    except duckdb.Error as error:  # the engine's text may hold a value
        raise hindrance(error, file=vault, folder=folder.parent) or ReleaseError(
            f"{vault.name}: could not be read for a release ({type(error).__name__}); run sotevault build again"
        ) from None
    finally:
        connection.close()


def _pack_analyst(
    connection: duckdb.DuckDBPyConnection, catalog: str, folder: Path, published: Published, rule: SmallCellRule
) -> Iterator[Packed]:
    rows_in_all = hidden_in_all = 0
    packed = []
    for table, told in sorted(published.analyst.items()):
        relation, columns = _find(connection, catalog, "marts", table)
        published.refuse_faults(table, told.cells, columns)
        rows, hidden = _copy(connection, relation, columns, table, told.cells, rule)
        path = f"analyst/{table}.parquet"
        connection.execute(
            f"copy (select * from packed.main.{quoted(table)}) to {quoted_text(str(folder / path))} "
            "(format parquet, compression zstd)"
        )
        packed.append(Packed(path=path, table=table, rows=rows, hidden=hidden))
        rows_in_all, hidden_in_all = rows_in_all + rows, hidden_in_all + hidden
    connection.execute("detach packed")  # writes everything into the one file, no log beside it
    yield Packed(path=DATABASE, table=None, rows=rows_in_all, hidden=hidden_in_all)
    yield from packed


def _pack_thl(
    connection: duckdb.DuckDBPyConnection, catalog: str, folder: Path, published: Published, rule: SmallCellRule
) -> Iterator[Packed]:
    for table, told in sorted(published.thl.items()):
        if told.optional and not _columns(connection, catalog, "exports", table):
            continue
        relation, columns = _find(connection, catalog, "exports", table)
        published.refuse_faults(table, told.cells, columns)
        path = f"thl/{told.file}"
        hidden = _number(connection, count_hidden(relation, told.cells, rule))
        found = connection.execute(f"{select_hidden(relation, columns, told.cells, rule)} order by all").fetchall()
        rows = write_delimited(folder / path, columns, found)
        yield Packed(path=path, table=table, rows=rows, hidden=hidden)


def _copy(
    connection: duckdb.DuckDBPyConnection,
    relation: str,
    columns: list[str],
    table: str,
    cells: tuple[Cell, ...],
    rule: SmallCellRule,
) -> tuple[int, int]:
    """Copy one table, sorted, into the new database: how many rows, and in how many something was hidden."""
    target = f"packed.main.{quoted(table)}"
    connection.execute(f"create table {target} as {select_hidden(relation, columns, cells, rule)} order by all")
    return (
        _number(connection, f"select count(*) from {target}"),
        _number(connection, count_hidden(relation, cells, rule)),
    )


def _find(connection: duckdb.DuckDBPyConnection, catalog: str, schema: str, table: str) -> tuple[str, list[str]]:
    columns = _columns(connection, catalog, schema, table)
    if not columns:
        raise ReleaseError(
            f"{schema}.{table}: in marts/published.yml, not in the warehouse; run sotevault build or mend the list"
        )
    return f"{quoted(catalog)}.{quoted(schema)}.{quoted(table)}", columns


def _columns(connection: duckdb.DuckDBPyConnection, catalog: str, schema: str, table: str) -> list[str]:
    """The table's columns in their order; empty when there is no such table."""
    found = connection.execute(
        "select column_name from duckdb_columns() where database_name = ? and schema_name = ? and table_name = ? "
        "order by column_index",
        [catalog, schema, table],
    ).fetchall()
    return [str(row[0]) for row in found]


def _number(connection: duckdb.DuckDBPyConnection, sql: str) -> int:
    found = connection.execute(sql).fetchall()
    return int(found[0][0])
