"""A release: a folder of new files that never change, its manifest, and a pointer to the latest."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from concepts.errors import ReleaseError
from concepts.metamodel import Frozen
from concepts.writing import put_file, sync
from marts.disclosure import SmallCellRule
from marts.packing import DATABASE, Packed, pack
from marts.published import Published, read_published

MANIFEST = "manifest.json"
POINTER = "latest"
_RELEASE_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,63}", re.ASCII)


class ReleasedFile(Frozen):
    """One file of a release as its manifest tells it; hidden counts the rows in which a small cell was emptied."""

    path: str
    table: str | None
    sha256: str
    bytes: int
    rows: int
    hidden: int


class Release(Frozen):
    """A release on disk; created is False when the same content was there before."""

    release_id: str
    folder: Path
    files: tuple[ReleasedFile, ...]
    created: bool

    @property
    def database(self) -> Path:
        """The DuckDB file that analysts open."""
        return self.folder / DATABASE


def publish(
    vault: Path,
    releases: Path,
    *,
    release_id: str,
    model_version: str,
    watermarks: Mapping[str, str],
    threshold: int = 5,
    hide_zeros: bool = False,
    check: Callable[[Path], None] | None = None,
    published: Published | None = None,
) -> Release:
    """Build releases/<release_id>/ whole or not at all and point `latest` to it.

    `check` gets the analysts' database before anyone can read it; what it raises stops the release.
    Publishing the same content again changes nothing; other content under a known id is a ReleaseError.
    """
    target = releases / valid_id(release_id)
    if threshold < 2:
        raise ReleaseError("a threshold below 2 hides nothing; give 2 or more, 5 by default")
    rule = SmallCellRule(threshold=threshold, hide_zeros=hide_zeros)
    releases.mkdir(mode=0o750, parents=True, exist_ok=True)
    # The name is always the same, so what a killed run left behind is cleared by the next.
    building = releases / f".building-{release_id}"
    shutil.rmtree(building, ignore_errors=True)
    building.mkdir(mode=0o750)
    try:
        packed = pack(vault, building, published=published or read_published(), rule=rule)
        if check:
            check(building / DATABASE)
        files = tuple(_weigh(building, part) for part in packed)
        manifest = _manifest(release_id, model_version, watermarks, vault, rule, files)
        (building / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        created = _settle(building, target, manifest)
    finally:
        shutil.rmtree(building, ignore_errors=True)
    _point(releases, release_id)
    return Release(release_id=release_id, folder=target, files=_told_files(target), created=created)


def valid_id(release_id: str) -> str:
    """The id itself if it can name a folder; ReleaseError otherwise."""
    if not _RELEASE_ID.fullmatch(release_id) or release_id == POINTER:
        raise ReleaseError("a release id is 1 to 64 letters, digits, dots, underscores and dashes; give such an id")
    return release_id


def latest(releases: Path) -> str:
    """The id that the pointer names; ReleaseError when nothing has been released."""
    try:
        return valid_id((releases / POINTER).read_text(encoding="utf-8").strip())
    except FileNotFoundError:
        raise ReleaseError(f"{releases.name}: nothing is released yet; run sotevault release first") from None


def verify(folder: Path) -> None:
    """ReleaseError if a file of the release is missing, changed or added since it was published."""
    told = {file.path: file for file in _told_files(folder)}
    there = {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()} - {MANIFEST}
    changed = sorted(path for path in told.keys() & there if _sha256(folder / path) != told[path].sha256)
    faults = [
        *(f"{path} is missing" for path in sorted(told.keys() - there)),
        *(f"{path} has changed" for path in changed),
    ]
    faults += [f"{path} does not belong" for path in sorted(there - told.keys())]
    if faults:
        raise ReleaseError(f"release {folder.name}: {'; '.join(faults)}; publish under a new id and remove this folder")


def _settle(building: Path, target: Path, manifest: Mapping[str, Any]) -> bool:
    """Move the finished folder to its name, or see that the same content is already there: False then."""
    if target.exists():
        verify(target)
        if _read_manifest(target).get("content_sha256") != manifest["content_sha256"]:
            raise ReleaseError(
                f"release {target.name}: exists with other content, and a release never changes; publish under a new id"
            )
        return False
    _make_durable(building)
    building.rename(target)
    sync(target.parent)
    return True


def _make_durable(folder: Path) -> None:
    """Modes that do not hang on the umask, and every byte on the disk before the name is given."""
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o750 if path.is_dir() else 0o640)
        sync(path)


def _point(releases: Path, release_id: str) -> None:
    """Replace the pointer in one step: a reader finds the old id or the new one."""
    put_file(releases / POINTER, lambda beside: beside.write_text(release_id + "\n", encoding="utf-8"))


def _weigh(folder: Path, part: Packed) -> ReleasedFile:
    file = folder / part.path
    return ReleasedFile(**part.model_dump(), sha256=_sha256(file), bytes=file.stat().st_size)


def _sha256(file: Path) -> str:
    with file.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def _manifest(
    release_id: str,
    model_version: str,
    watermarks: Mapping[str, str],
    vault: Path,
    rule: SmallCellRule,
    files: tuple[ReleasedFile, ...],
) -> dict[str, Any]:
    """What the receiver must know of the files; no clock, so that the same content makes the same text."""
    told = {
        "release_id": release_id,
        "model_version": model_version,
        "source_watermarks": dict(sorted(watermarks.items())),
        "created_from": {"database": vault.name, "schemas": ["exports", "marts"]},
        "small_cells": {**rule.model_dump(), "attack_tested": False, "rule": rule.wording()},
        "files": [file.model_dump() for file in sorted(files, key=lambda file: file.path)],
    }
    return {**told, "content_sha256": _content_digest(told)}


def _content_digest(told: Mapping[str, Any]) -> str:
    """Of everything but the DuckDB file, whose bytes may differ for the same rows; its tables are there as Parquet."""
    files = [file for file in told["files"] if file["path"] != DATABASE]
    text = json.dumps({**told, "files": files}, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _read_manifest(folder: Path) -> dict[str, Any]:
    try:
        told = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        raise ReleaseError(f"release {folder.name}: has no readable {MANIFEST}; publish under a new id") from None
    return dict(told)


def _told_files(folder: Path) -> tuple[ReleasedFile, ...]:
    return tuple(ReleasedFile.model_validate(file) for file in _read_manifest(folder)["files"])
