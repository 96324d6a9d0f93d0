"""What has been received, and what of it the warehouse already holds."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import duckdb

from concepts.metamodel import Frozen
from concepts.writing import put_file
from ingest.home import make_folder
from orchestration.settings import Settings

NO_DELIVERY = "0" * 16  # the empty, typed file that every landing folder holds


class SourceTotals(Frozen):
    """What one source system has delivered so far."""

    source: str
    deliveries: int
    records: int
    loaded: int
    quarantined: int
    duplicates: int
    latest_extract: datetime


def delivery_ids(settings: Settings) -> tuple[str, ...]:
    """Every registered delivery, in a fixed order."""
    files = (settings.landing / "delivery").glob("*.parquet")
    return tuple(sorted(file.stem for file in files if file.stem != NO_DELIVERY))


def contents(settings: Settings) -> tuple[str, ...]:
    """What was received, by content and extract time, in a fixed order: the same however it arrived."""
    if not delivery_ids(settings):
        return ()
    # Not the ids: of two deliveries with one content, the one that came later has a longer one behind it.
    rows = duckdb.execute(
        "select concat_ws('/', record_source, file_sha256, extract_datetime, part, partition_value) as content"
        " from read_parquet($1) order by content",
        [str(settings.landing / "delivery" / "*.parquet")],
    ).fetchall()
    return tuple(content for (content,) in rows)


def source_totals(settings: Settings) -> tuple[SourceTotals, ...]:
    """The registry summed by source."""
    if not delivery_ids(settings):
        return ()
    rows = duckdb.execute(
        "select source, count(*), sum(records), sum(loaded), sum(quarantined), sum(duplicates), max(extract_datetime)"
        " from read_parquet($1) group by source order by source",
        [str(settings.landing / "delivery" / "*.parquet")],
    ).fetchall()
    return tuple(SourceTotals(**dict(zip(SourceTotals.model_fields, row, strict=True))) for row in rows)


def project_digest(project: Path) -> str:
    """A digest of all that decides what is built from the same deliveries."""
    digest = hashlib.sha256()
    for file in _project_files(project):
        digest.update(f"{file.relative_to(project).as_posix()}\0".encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _project_files(project: Path) -> Iterator[Path]:
    wanted = {".sql", ".yml", ".csv", ".json", ".py"}
    yield project / "dbt_project.yml"
    for room in ("vault_models", "marts", "concepts/codes", "tests/warehouse"):
        yield from sorted(file for file in (project / room).rglob("*") if file.suffix in wanted)


class BuildState(Frozen):
    """What the warehouse was last built from, completely."""

    deliveries: tuple[str, ...]
    project: str


def current_state(settings: Settings) -> BuildState:
    """What a build started now would build from."""
    return BuildState(deliveries=delivery_ids(settings), project=project_digest(settings.project))


def last_build(settings: Settings) -> BuildState | None:
    """The state of the last complete build; None when there is none to rely on."""
    file = _state_file(settings)
    if not (file.is_file() and settings.warehouse.is_file()):
        return None
    return BuildState.model_validate(json.loads(file.read_text()))


def forget_build(settings: Settings) -> None:
    """Say that the warehouse may be half built from now on."""
    _state_file(settings).unlink(missing_ok=True)


def remember_build(settings: Settings, state: BuildState) -> None:
    """Say that the warehouse is complete; the last act of a build."""
    make_folder(settings.home / "ledger")
    put_file(_state_file(settings), lambda file: file.write_text(state.model_dump_json()))


def _state_file(settings: Settings) -> Path:
    return settings.home / "ledger" / "build.json"
