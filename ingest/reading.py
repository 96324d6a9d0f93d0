"""Records of a delivered file as batches of text columns, by header, whatever the file's form."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import time
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import fastexcel
import polars as pl

from concepts.contract import Contract
from concepts.metamodel import DataType
from concepts.sources import FileFormat
from ingest.manifest import RefusedError

_BATCH = 50_000  # records in memory at once
_COLUMN_NAME = re.compile(r"[^\W\d_]\w{0,59}([ .-]\w{1,30}){0,4}")
_MANY_DIGITS = re.compile(r"\d{3}")


class Batch(NamedTuple):
    """Some records: ``frame`` has record_number and one text column per landing name; the others do not fit."""

    frame: pl.DataFrame
    records: int
    misfits: tuple[int, ...]  # numbers of records that have another number of fields than the header


def read_batches(path: Path, contract: Contract) -> Iterator[Batch]:
    """The file's records in order, '' as NULL; RefusedError if the file's structure is not the contract's."""
    if contract.format.kind == "csv":
        return _read_csv(path, contract)
    return _slices(_read_workbook(path, contract) if contract.format.kind == "xlsx" else _read_parquet(path, contract))


def _read_csv(path: Path, contract: Contract) -> Iterator[Batch]:
    form = contract.format
    encoding = "utf-8-sig" if form.encoding == "utf-8" else form.encoding  # a byte order mark is no part of a header
    with path.open(encoding=encoding, newline="") as file:
        reader = csv.reader(file, delimiter=form.delimiter, strict=True)
        try:
            header = next(reader, None)
            if not header:
                raise RefusedError(
                    "no_header", "The file has no header line; write the column names on its first line."
                )
            places = match_header(header, contract)
            start = 1
            records = (row for row in reader if row)  # an empty line is no record
            while rows := list(islice(records, _BATCH)):
                yield _to_batch(rows, places, len(header), start)
                start += len(rows)
        except (csv.Error, UnicodeError):
            raise RefusedError(
                "broken_records",
                f"The records break near line {reader.line_num}: an unclosed quote or a field beyond 128 kB; "
                'quote fields with " and double a quote inside one.',
            ) from None


def _to_batch(rows: list[list[str]], places: dict[str, int], width: int, start: int) -> Batch:
    numbers: Sequence[int] = range(start, start + len(rows))
    misfits = tuple(number for number, row in zip(numbers, rows, strict=True) if len(row) != width)
    if misfits:
        bad = set(misfits)
        rows = [row for number, row in zip(numbers, rows, strict=True) if number not in bad]
        numbers = [number for number in numbers if number not in bad]
    fields = list(zip(*rows, strict=True)) if rows else [()] * width
    columns = [pl.Series(name, fields[place], dtype=pl.String) for name, place in places.items()]
    frame = pl.DataFrame([pl.Series("record_number", numbers, dtype=pl.Int64), *columns])
    blank_to_null = [pl.when(pl.col(name) != "").then(pl.col(name)).alias(name) for name in places]
    return Batch(frame.with_columns(blank_to_null), frame.height + len(misfits), misfits)


def match_header(header: Sequence[str], contract: Contract) -> dict[str, int]:
    """Landing name -> place in the file, by header; RefusedError if one is missing, new or twice."""
    told = [unicodedata.normalize("NFC", name.strip()) for name in header]
    known = {unicodedata.normalize("NFC", c.header): c.name for c in contract.columns}
    ignored = {unicodedata.normalize("NFC", name) for name in contract.ignored}
    missing = [name for name in known if name not in told]
    if 2 * len(missing) > len(known):  # not a header at all: naming what stands there could name a person
        raise RefusedError(
            "no_header",
            f"The first line is not the header: {len(missing)} of {len(known)} columns are not in it. "
            f'Write the column names first and separate fields with "{contract.format.delimiter}".',
        )
    twice = [name for name, n in Counter(told).items() if n > 1 and name in known.keys() | ignored]
    if twice:
        raise RefusedError(
            "duplicate_column", f"The header names {_quoted(twice)} more than once; name each column once."
        )
    if missing:
        raise RefusedError(
            "missing_column", f"The columns {_quoted(missing)} are missing; deliver them under these names."
        )
    extra = [_say(name, place) for place, name in enumerate(told, 1) if name not in known and name not in ignored]
    if extra:
        raise RefusedError(
            "undeclared_column",
            f"The file has columns that the contract does not know: {', '.join(extra)}. Leave them out, or have the "
            "county declare them (or list them as ignored) in the source mapping.",
        )
    return {known[name]: place for place, name in enumerate(told) if name in known}


def _quoted(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _say(name: str, place: int) -> str:
    """A column's name if it looks like one, else its place: a stray value must not get into a message."""
    looks_like_one = _COLUMN_NAME.fullmatch(name) and not _MANY_DIGITS.search(name)
    return f'"{name}"' if looks_like_one else f"column {place}"


def _read_workbook(path: Path, contract: Contract) -> pl.DataFrame:
    """All cells as text; a real date cell comes as ISO text, which ``values`` accepts in workbooks."""
    try:
        book = fastexcel.read_excel(path)
        sheet = contract.format.sheet or book.sheet_names[0]
        if sheet not in book.sheet_names:
            raise RefusedError(
                "missing_sheet", f'The workbook has no sheet "{sheet}"; deliver the data on a sheet so named.'
            )
        cells = pl.DataFrame(book.load_sheet(sheet, dtypes="string", header_row=None))
    except fastexcel.FastExcelError:
        raise RefusedError(
            "broken_workbook", "The workbook cannot be read; save it as xlsx and deliver it again."
        ) from None
    if cells.is_empty():
        raise RefusedError("no_header", "The sheet is empty; write the column names on its first line.")
    header = [cell or "" for cell in cells.row(0)]
    while header and not header[-1]:
        header.pop()
    places = match_header(header, contract)
    rows = cells.slice(1).filter(~pl.all_horizontal(pl.all().is_null()))
    return rows.select(pl.nth(place).alias(name) for name, place in places.items())


def _read_parquet(path: Path, contract: Contract) -> pl.DataFrame:
    """All columns as the text that the contract's formats say."""
    try:
        rows = pl.read_parquet(path, glob=False)
    except (pl.exceptions.PolarsError, OSError):
        raise RefusedError("broken_parquet", "The file is not readable Parquet; deliver it again.") from None
    if any(dtype.is_nested() or dtype == pl.Binary for dtype in rows.dtypes):
        raise RefusedError("broken_parquet", "The file has nested or binary columns; deliver plain columns.")
    places = match_header(rows.columns, contract)
    days = {column.name for column in contract.columns if column.type is DataType.DATE}
    columns = {n: _as_text(rows.to_series(place), contract.format, is_day=n in days) for n, place in places.items()}
    return pl.DataFrame(columns)


def _as_text(values: pl.Series, form: FileFormat, *, is_day: bool) -> pl.Series:
    """Typed values as a CSV would have them; pandas keeps a day as its midnight, and whole numbers as 1.0."""
    if values.dtype == pl.Date:
        return values.dt.strftime(form.date)
    if values.dtype == pl.Datetime:
        moments = values.dt.strftime(form.datetime)
        return values.dt.strftime(form.date).zip_with(values.dt.time() == time.min, moments) if is_day else moments
    text = values.cast(pl.String)
    return (
        text.str.strip_suffix(".0").str.replace(".", form.decimal, literal=True) if values.dtype.is_numeric() else text
    )


def _slices(rows: pl.DataFrame) -> Iterator[Batch]:
    blank_to_null = [pl.when(pl.col(name) != "").then(pl.col(name)).alias(name) for name in rows.columns]
    numbered = rows.with_columns(blank_to_null).with_row_index("record_number", 1)
    for part in numbered.with_columns(pl.col("record_number").cast(pl.Int64)).iter_slices(_BATCH):
        yield Batch(part, part.height, ())
