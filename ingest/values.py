"""Delivered text into typed values, by the contract's declared formats; what does not fit becomes NULL and a fault."""

from __future__ import annotations

import re

import polars as pl

from concepts.contract import Contract, ContractColumn
from concepts.metamodel import DataType
from concepts.sources import FileFormat

LOCAL = "Europe/Helsinki"  # local times behind the gate are Finnish whatever the source's zone is
FAULTS = {
    DataType.INTEGER: "bad_number",
    DataType.DECIMAL: "bad_number",
    DataType.DATE: "bad_date",
    DataType.DATETIME: "bad_datetime",
    DataType.BOOLEAN: "bad_boolean",
}
_FIRST_YEAR = 1800  # an earlier one is a year of two digits, or a slip
_WORKBOOK_TIME = "%Y-%m-%d %H:%M:%S"  # how the workbook reader writes a real date cell


def column_type(column: ContractColumn) -> pl.DataType:
    """The Parquet type that a column has behind the gate."""
    if column.pseudonym:
        return pl.String()
    types: dict[DataType, pl.DataType] = {
        DataType.INTEGER: pl.Int64(),
        DataType.DECIMAL: pl.Decimal(18, column.scale),
        DataType.DATE: pl.Date(),
        DataType.DATETIME: pl.Datetime("us"),
        DataType.BOOLEAN: pl.Boolean(),
    }
    return types.get(column.type, pl.String())


def to_values(text: pl.Series, column: ContractColumn, contract: Contract) -> pl.Series:
    """The column's values; NULL where the text is NULL or does not fit the type.

    Blanks around numbers, dates and truth values go; text keeps its own and is Unicode-normalised (NFC).
    """
    if column.map:
        text = text.replace(column.map)
    if column.type not in FAULTS:
        return text.str.normalize("NFC")
    text = text.str.strip_chars()
    text = text.set(text == "", None)
    match column.type:
        case DataType.INTEGER:
            return _only(text, r"^[+-]?\d{1,19}$").str.strip_prefix("+").cast(pl.Int64, strict=False)
        case DataType.DECIMAL:
            return _to_decimal(text, contract.format, column.scale)
        case DataType.DATE:
            return _to_date(text, contract.format)
        case DataType.DATETIME:
            return _to_datetime(text, contract)
        case _:
            return (text == "true").set(~text.is_in(["true", "false"]), None)


def _only(text: pl.Series, pattern: str) -> pl.Series:
    """The texts that match, NULL for the others."""
    return text.set(~text.str.contains(pattern), None)


def _to_decimal(text: pl.Series, form: FileFormat, scale: int) -> pl.Series:
    """Decimals with the declared sign; a figure that would have to be rounded is none of ours to round."""
    decimals = rf"(?:{re.escape(form.decimal)}\d{{1,{scale}}}0*)?" if scale else ""
    plain = (
        _only(text, rf"^[+-]?\d{{1,{18 - scale}}}{decimals}$")
        .str.strip_prefix("+")
        .str.replace(form.decimal, ".", literal=True)
    )
    return plain.cast(pl.Decimal(18, scale), strict=False)


def _to_date(text: pl.Series, form: FileFormat) -> pl.Series:
    values = text.str.to_date(form.date, strict=False)
    if form.kind == "xlsx":
        cells = text.str.to_datetime(_WORKBOOK_TIME, strict=False, time_unit="us")
        values = values.zip_with(values.is_not_null(), cells.set(cells.dt.truncate("1d") != cells, None).dt.date())
    return values.set(values.dt.year() < _FIRST_YEAR, None)


def _to_datetime(text: pl.Series, contract: Contract) -> pl.Series:
    """Local Finnish times; a time that the clocks skip in the source's zone never was, so it is NULL."""
    values = text.str.to_datetime(contract.format.datetime, strict=False, time_unit="us")
    if contract.format.kind == "xlsx":
        values = values.zip_with(
            values.is_not_null(), text.str.to_datetime(_WORKBOOK_TIME, strict=False, time_unit="us")
        )
    values = values.set(values.dt.year() < _FIRST_YEAR, None)
    instants = values.dt.replace_time_zone(contract.timezone, ambiguous="earliest", non_existent="null")
    if contract.timezone == LOCAL:
        return values.set(instants.is_null(), None)
    return instants.dt.convert_time_zone(LOCAL).dt.replace_time_zone(None)
