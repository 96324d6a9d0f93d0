"""Landing, registry and quarantine files: written whole or not at all, the registry row last."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

import polars as pl

from concepts.contract import Contract
from concepts.writing import put_file
from ingest.home import Home, make_folder
from ingest.manifest import Manifest
from ingest.receipts import Receipt
from ingest.rows import FINDING
from ingest.values import column_type

EMPTY = "0" * 16  # the delivery that is always there, so that SQL finds the columns before the first one comes
_TIME = pl.Datetime("us")
REGISTRY: dict[str, pl.DataType] = {
    **dict.fromkeys(
        ("delivery_id", "source", "table_name", "record_source", "file_name", "file_sha256", "semantics"), pl.String()
    ),
    **dict.fromkeys(("extract_datetime", "load_datetime"), _TIME),
    **dict.fromkeys(("records", "loaded", "quarantined", "duplicates", "part", "parts"), pl.Int64()),
    **dict.fromkeys(("schema_version", "partition_value"), pl.String()),
}


def landing_schema(contract: Contract) -> dict[str, pl.DataType]:
    """Columns of a landing file in order."""
    return {
        **{column.name: column_type(column) for column in contract.columns},
        "delivery_id": pl.String(),
        "record_number": pl.Int64(),
        "extract_datetime": _TIME,
        "load_datetime": _TIME,
        "record_source": pl.String(),
        "is_quarantined": pl.Boolean(),
    }


def prepare(home: Home, contracts: Mapping[str, Contract]) -> None:
    """Make the home's folders and the empty typed files, and clear what a killed run left in its work folder."""
    home.create()
    for leftover in home.work.iterdir():
        shutil.rmtree(leftover)
    _put_empty(home.registry, REGISTRY)
    for contract in contracts.values():
        _put_empty(make_folder(home.landing / contract.name), landing_schema(contract))


def _put_empty(folder: Path, schema: Mapping[str, pl.DataType]) -> None:
    path = folder / f"{EMPTY}.parquet"
    if not path.exists() or dict(pl.read_parquet_schema(path)) != dict(schema):
        put_file(path, pl.DataFrame(schema=schema).write_parquet)


def land(
    home: Home, contract: Contract, manifest: Manifest, delivery_id: str, at: datetime, rows: pl.LazyFrame
) -> None:
    """Write the delivery's rows; rows come with the contract's columns, record_number and is_quarantined."""
    told = rows.with_columns(
        delivery_id=pl.lit(delivery_id),
        extract_datetime=pl.lit(manifest.extracted, dtype=_TIME),
        load_datetime=pl.lit(at, dtype=_TIME),
        record_source=pl.lit(contract.record_source),
    ).select(list(landing_schema(contract)))
    put_file(home.landing / contract.name / f"{delivery_id}.parquet", lambda path: told.sink_parquet(path))


def quarantine(home: Home, delivery_id: str, faults: pl.DataFrame) -> None:
    """Write where the quarantined records fail; no file if there are none."""
    path = home.quarantine / f"{delivery_id}.parquet"
    if faults.is_empty():
        path.unlink(missing_ok=True)
    else:
        put_file(path, faults.select(list(FINDING)).sort("record_number", "column", "reason").write_parquet)


def register(home: Home, contract: Contract, manifest: Manifest, receipt: Receipt, at: datetime) -> pl.DataFrame:
    """Write the delivery's registry row and give it: from now on it counts. It carries its receipt against a crash."""
    row = {
        "delivery_id": receipt.delivery_id,
        "source": contract.source,
        "table_name": contract.table,
        "record_source": contract.record_source,
        "file_name": manifest.file,
        "file_sha256": manifest.sha256,
        "semantics": contract.semantics.value,
        "extract_datetime": manifest.extracted,
        "load_datetime": at,
        **receipt.model_dump(include={"records", "loaded", "quarantined", "duplicates"}),
        "part": manifest.part,
        "parts": manifest.parts,
        "schema_version": manifest.schema_version,
        "partition_value": manifest.partition,
    }
    frame = pl.DataFrame([row], schema=REGISTRY)
    put_file(
        home.registry / f"{receipt.delivery_id}.parquet",
        lambda path: frame.write_parquet(path, metadata={"receipt": receipt.model_dump_json()}),
    )
    return frame


def read_registry(home: Home) -> pl.DataFrame:
    """All registered deliveries, one row each, without those whose landing file has gone."""
    rows = pl.read_parquet(sorted(home.registry.glob("[0-9a-f]*.parquet")))
    landed: Sequence[bool] = [
        (home.landing / f"{row['source']}__{row['table_name']}" / f"{row['delivery_id']}.parquet").exists()
        for row in rows.iter_rows(named=True)
    ]
    return rows.filter(pl.Series(landed, dtype=pl.Boolean))


def first_load_time(home: Home, delivery_id: str) -> datetime | None:
    """When the delivery was first registered (naive UTC), if it was."""
    path = home.registry / f"{delivery_id}.parquet"
    return pl.read_parquet(path).get_column("load_datetime").item() if path.exists() else None


def registered_receipt(home: Home, delivery_id: str) -> Receipt:
    """The receipt that a registered delivery carries."""
    told = pl.read_parquet_metadata(home.registry / f"{delivery_id}.parquet")["receipt"]
    return Receipt.model_validate_json(told)
