"""A plan applied to a warehouse file: all the columns that it adds, or none."""

from __future__ import annotations

from pathlib import Path

import duckdb

from concepts.errors import BuildError, ModelError, SotevaultError, hindrance
from concepts.planning import PERSISTENT, NewColumn, Plan


def apply(told: Plan, database: Path) -> tuple[str, ...]:
    """Add the plan's columns to a warehouse file, all or none; the statements that ran, none the second time.

    Nothing is done, and ModelError tells why, if the plan needs a warehouse loaded anew, for history is never dropped,
    or if a column is there in another type; SotevaultError if the file is no warehouse that can be written, BusyError
    if another program holds it, BuildError if the engine adds no column.
    """
    if told.rebuilds:
        reasons = "\n".join(f"  {reason.where}: {reason.reason}" for reason in told.rebuilds)
        raise ModelError(
            f"the plan cannot be applied, because history is never dropped:\n{reasons}\n"
            "keep what was there and add beside it under a new name, or load a new warehouse from the landed deliveries"
        )
    with _opened(database) as connection:
        missing = [column.sql for column in told.columns if _is_missing(connection, column)]
        try:
            connection.begin()
            for statement in missing:
                connection.execute(statement)
            connection.commit()
        except duckdb.Error as error:
            raise hindrance(error, file=database, folder=database.parent) or BuildError(
                f"{database}: a column cannot be added ({type(error).__name__}), so nothing was changed; "
                f"look whether all of these are tables that may be altered: {', '.join(missing)}"
            ) from None
    return tuple(missing)


def _opened(database: Path) -> duckdb.DuckDBPyConnection:
    if not database.is_file():
        raise SotevaultError(f"{database}: no warehouse there yet; its first build makes it whole")
    try:
        connection = duckdb.connect(str(database))
    except duckdb.IOException as error:
        raise hindrance(error, file=database, folder=database.parent) or SotevaultError(
            f"{database}: is no DuckDB file, or may not be written; name the warehouse's file, or mend its rights"
        ) from None
    if not _tables(connection):
        connection.close()
        raise SotevaultError(f"{database}: has no {PERSISTENT}, so it is another database; name the warehouse's file")
    return connection


def _tables(connection: duckdb.DuckDBPyConnection) -> list[str]:
    rows = connection.execute(
        "select table_name from information_schema.tables "
        "where table_catalog = current_database() and table_schema = ?",
        [PERSISTENT],
    ).fetchall()
    return [str(name) for (name,) in rows]


def _is_missing(connection: duckdb.DuckDBPyConnection, wanted: NewColumn) -> bool:
    """Whether a table that exists lacks the column; ModelError if it has it in another type."""
    rows = connection.execute(
        "select column_name, data_type from information_schema.columns "
        "where table_catalog = current_database() and table_schema = ? and table_name = ?",
        [wanted.layer, wanted.table],
    ).fetchall()
    types = {str(name): str(type_) for name, type_ in rows}
    if wanted.column not in types:
        return bool(types)
    there = types[wanted.column].lower().replace(" ", "")
    if there.replace("varchar", "string") != wanted.type.sql.replace(" ", ""):
        raise ModelError(
            f"{wanted.layer}.{wanted.table}: has {wanted.column} already, as {there} and not {wanted.type.sql}; "
            "give the new attribute another name"
        )
    return False
