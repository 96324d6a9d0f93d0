"""One delivered file read, judged and staged in batches, so that memory holds a batch and not the file."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import polars as pl

from concepts.contract import Contract
from concepts.sources import Semantics
from ingest.duplicates import find_repeated
from ingest.manifest import Manifest, RefusedError
from ingest.reading import read_batches
from ingest.rows import FINDING, Judge
from ingest.values import column_type


class Staged(NamedTuple):
    """A file's rows: the good ones lazily, the faults and warnings found, and the counts that the ledger takes."""

    rows: pl.LazyFrame
    faults: pl.DataFrame
    warnings: pl.DataFrame
    records: int
    loaded: int
    duplicates: int

    @property
    def quarantined(self) -> int:
        """Records with at least one fault."""
        return self.faults.get_column("record_number").n_unique()


class _Read(NamedTuple):
    parts: list[Path]
    hashes: pl.DataFrame  # record_number and key_hash of every record that has as many fields as the header
    faults: pl.DataFrame
    warnings: pl.DataFrame
    records: int
    sums: dict[str, Decimal]


def stage(path: Path, manifest: Manifest, contract: Contract, judge: Judge, work: Path) -> Staged:
    """Read the file into typed parts in ``work``; RefusedError if structure, count or sums are wrong."""
    read = _read(path, manifest, contract, judge, work)
    _check_totals(read, manifest, contract)
    good = read.hashes.join(read.faults, on="record_number", how="anti")
    repeated = find_repeated(read.parts, contract.key, good)
    headers = ", ".join(column.header for column in contract.columns if column.name in contract.key)
    conflicts = pl.DataFrame({"record_number": repeated.conflicts}, schema={"record_number": pl.Int64})
    faults = pl.concat(
        [
            read.faults,
            conflicts.with_columns(column=pl.lit(headers), reason=pl.lit("conflicting_row")).select(list(FINDING)),
        ]
    )
    dropped = pl.concat([faults.get_column("record_number"), repeated.duplicates]).alias("record_number").to_frame()
    keep = good.join(dropped, on="record_number", how="anti").select("record_number")
    rows = pl.scan_parquet(read.parts) if read.parts else pl.LazyFrame(schema=_part_schema(contract))
    if not dropped.is_empty():
        rows = rows.join(dropped.lazy().unique(), on="record_number", how="anti", maintain_order="left")
    rows = rows.with_columns(is_quarantined=pl.lit(value=False))
    if contract.semantics in (Semantics.FULL, Semantics.PARTITION) and read.parts:
        rows = pl.concat([rows, _held_keys(read, contract, faults)])
    warnings = read.warnings.join(dropped, on="record_number", how="anti")
    return Staged(rows, faults, warnings, read.records, keep.height, len(repeated.duplicates))


def _held_keys(read: _Read, contract: Contract, faults: pl.DataFrame) -> pl.LazyFrame:
    """The keys, and nothing else, of quarantined rows of a snapshot: what they are about has not left the source."""
    held = pl.scan_parquet(read.parts).join(
        faults.lazy().select("record_number").unique(), on="record_number", how="semi"
    )
    readable = held.filter(pl.all_horizontal(pl.col(name).is_not_null() for name in contract.key))
    told = {"record_number", *contract.key}
    return readable.with_columns(
        *(pl.lit(None, column_type(c)).alias(c.name) for c in contract.columns if c.name not in told),
        is_quarantined=pl.lit(value=True),
    )


def _part_schema(contract: Contract) -> dict[str, pl.DataType]:
    return {"record_number": pl.Int64(), **{column.name: column_type(column) for column in contract.columns}}


def _read(path: Path, manifest: Manifest, contract: Contract, judge: Judge, work: Path) -> _Read:
    parts: list[Path] = []
    hashes = [pl.DataFrame(schema={"record_number": pl.Int64, "key_hash": pl.UInt64})]
    faults, warnings = [pl.DataFrame(schema=FINDING)], [pl.DataFrame(schema=FINDING)]
    records = 0
    sums: dict[str, Decimal] = {}
    summed = {
        c.header: c.name for c in contract.columns if c.header in {*contract.control_sums, *manifest.control_sums}
    }
    for batch in read_batches(path, contract):
        judged = judge.judge(batch)
        records += batch.records
        parts.append(work / f"{len(parts)}.parquet")
        judged.values.write_parquet(parts[-1], compression="lz4")
        hashes.append(judged.values.select("record_number", key_hash=pl.struct(contract.key).hash()))
        faults.append(judged.faults)
        warnings.append(judged.warnings)
        for header, name in summed.items():
            sums[header] = sums.get(header, Decimal(0)) + _sum(judged.values.get_column(name))
    return _Read(parts, pl.concat(hashes), pl.concat(faults), pl.concat(warnings), records, sums)


def _sum(values: pl.Series) -> Decimal:
    """The exact sum of the values that are numbers; 0 for a column of another type."""
    if values.dtype.is_decimal() or values.dtype.is_integer():
        scale = getattr(values.dtype, "scale", 0)
        return Decimal(values.cast(pl.Decimal(38, scale)).sum() or 0)
    return Decimal(0)


def _check_totals(read: _Read, manifest: Manifest, contract: Contract) -> None:
    if read.records != manifest.records:
        raise RefusedError(
            "record_count_differs",
            f"The file has {read.records} records, the manifest says {manifest.records}; deliver the whole file again.",
        )
    for header in sorted({*contract.control_sums, *manifest.control_sums}):
        told = manifest.control_sums.get(header)
        if told is None:
            raise RefusedError("control_sum_differs", f'The manifest has no control sum of "{header}"; add it.')
        if Decimal(told) != read.sums.get(header, Decimal(0)):
            raise RefusedError(
                "control_sum_differs",
                f'The sum of "{header}" is not the manifest\'s control sum; deliver both again from one extract.',
            )
