"""Generated files on disk: what differs from the model, and writing them anew."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path


def drift(rendered: Mapping[str, str], folder: Path) -> list[str]:
    """The paths that differ between model and disk, stray files included; empty when in step."""
    on_disk = {file.relative_to(folder).as_posix(): file for file in folder.rglob("*") if file.is_file()}
    return sorted(
        path
        for path in rendered.keys() | on_disk.keys()
        if path not in on_disk or rendered.get(path) != on_disk[path].read_text(encoding="utf-8")
    )


def write(rendered: Mapping[str, str], folder: Path) -> list[str]:
    """Bring the folder in step with the model; returns the paths that changed."""
    changed = drift(rendered, folder)
    for path in changed:
        file = folder / path
        if path in rendered:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(rendered[path], encoding="utf-8")
        else:
            file.unlink()
    return changed
