"""What lies in a delivery folder is found whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from concepts.errors import SotevaultError
from ingest.finding import find_deliveries


def test_a_folder_that_may_not_be_read_is_not_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "hospital").mkdir()
    scan = os.scandir

    def refused(path: Any) -> Any:
        if Path(path).name == "hospital":
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refused)
    with pytest.raises(SotevaultError, match=r"hospital: Permission denied; mend its rights, or name a folder") as told:
        find_deliveries(tmp_path, ["*.csv"])
    assert told.value.exit_code == 1


def test_a_file_waits_for_its_manifest_and_others_are_left_alone(tmp_path: Path) -> None:
    for name in ("visits.csv", "visits.csv.manifest.json", "queue.csv", "readme.txt"):
        (tmp_path / name).touch()

    found = find_deliveries(tmp_path, ["*.csv"])
    assert [path.name for path in found.manifests] == ["visits.csv.manifest.json"]
    assert [path.name for path in found.waiting] == ["queue.csv"]
