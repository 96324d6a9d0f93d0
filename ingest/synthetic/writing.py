"""Delivered files and their manifests, in the form that the source mapping tells; the same rows give the same bytes."""

from __future__ import annotations

import hashlib
import io
import json
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import polars as pl
import xlsxwriter

from concepts.sources import FileFormat, SourceMapping, Table
from concepts.yaml_text import read_yaml
from ingest.synthetic.moments import Moment

SOURCES = Path(__file__).resolve().parents[1] / "sources"
MADE = datetime(2025, 1, 1, tzinfo=UTC)  # a workbook says when it was made; ours always says the same


@cache
def tables() -> dict[str, Table]:
    """Every delivered table by ``source.table``, as the mappings tell."""
    mappings = [SourceMapping.model_validate(read_yaml(file)) for file in sorted(SOURCES.glob("*.yml"))]
    return {f"{mapping.source}.{name}": table for mapping in mappings for name, table in mapping.tables.items()}


def headers(table: Table) -> list[str]:
    """The columns in the mapping's order, the ignored ones after the first."""
    first, *rest = table.columns
    return [first, *table.ignored, *rest]


def as_text(rows: pl.DataFrame, table: Table) -> pl.DataFrame:
    """The rows as the supplier writes them: dates, times and decimals in the table's own form."""
    form = table.format

    def spelt(name: str) -> pl.Expr:
        kind = rows.schema[name]
        if kind == pl.Date:
            return pl.col(name).dt.strftime(form.date)
        if kind == pl.Datetime:
            return pl.col(name).dt.strftime(form.datetime)
        text = pl.col(name).cast(pl.String)
        return text.str.replace(".", form.decimal, literal=True) if kind == pl.Decimal else text

    return rows.select(spelt(name) for name in headers(table))


def write_delivery(folder: Path, name: str, text: pl.DataFrame, moment: Moment) -> tuple[Path, Path]:
    """One file and its manifest; returns their paths."""
    table = tables()[name]
    file = folder / table.files.replace("*", f"{moment.day:%Y%m%d}")
    content = _workbook(text, table.format) if table.format.kind == "xlsx" else _delimited(text, table.format)
    file.write_bytes(content)
    source, table_name = name.split(".")
    manifest = {
        "source": source,
        "table": table_name,
        "file": file.name,
        "bytes": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "records": len(text),
        "control_sums": {header: _control_sum(text[header], table.format) for header in table.control_sums},
        "extract_datetime": moment.extracted_at.isoformat(),
        "schema_version": table.schema_version,
        "part": 1,
        "parts": 1,
    }
    beside = file.with_name(f"{file.name}.manifest.json")
    beside.write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return file, beside


def _delimited(text: pl.DataFrame, form: FileFormat) -> bytes:
    written = text.write_csv(separator=form.delimiter).encode()
    return written if form.encoding == "utf-8" else written.decode().encode(form.encoding)


def _workbook(text: pl.DataFrame, form: FileFormat) -> bytes:
    """One sheet, every cell text, header first."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    book.set_properties({"created": MADE})
    sheet = book.add_worksheet(form.sheet or "Taul1")
    for number, row in enumerate([tuple(text.columns), *text.iter_rows()]):
        for place, cell in enumerate(row):
            if cell is not None:
                sheet.write_string(number, place, cell)
    sheet.freeze_panes(1, 0)
    book.close()
    return target.getvalue()


def _control_sum(column: pl.Series, form: FileFormat) -> str:
    plain = column.str.replace(form.decimal, ".", literal=True)
    return str(plain.cast(pl.Decimal(38, 2)).sum())
