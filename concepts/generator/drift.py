"""Generated files on disk: what differs from the model, and writing them anew."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from concepts.errors import ModelError
from concepts.writing import put_text


def drift(rendered: Mapping[str, str], folder: Path, *, shared: bool = False) -> list[str]:
    """The paths that differ between model and disk, stray files included; empty when in step.

    In a shared folder only what lies under names that we write is ours; the rest (data, logs) is not looked at.
    """
    ours = {path.split("/")[0] for path in rendered}
    on_disk = {file.relative_to(folder).as_posix(): file for file in folder.rglob("*") if file.is_file()}
    return sorted(
        path
        for path in rendered.keys() | on_disk.keys()
        if (path in rendered or not shared or path.split("/")[0] in ours)
        and (path not in on_disk or path not in rendered or on_disk[path].read_bytes() != rendered[path].encode())
    )


def write(rendered: Mapping[str, str], folder: Path, *, shared: bool = False) -> list[str]:
    """Bring the folder in step with the model; returns the paths that changed.

    ModelError if the folder holds files and none of ours: stray files are deleted, so it must be the right one. A file
    such as README.md stands in other people's folders too; ours are known by those in their folders, which therefore
    come first: what was cut short can be done again.
    """
    ours = [path for path in rendered if "/" in path] or list(rendered)
    if folder.is_dir() and any(folder.iterdir()) and not any((folder / path).is_file() for path in ours):
        raise ModelError(f"{folder}: is not empty, and nothing in it was written by this command; give an empty folder")
    changed = drift(rendered, folder, shared=shared)
    for path in sorted(changed, key=lambda path: "/" not in path):
        file = folder / path
        if path in rendered:
            file.parent.mkdir(parents=True, exist_ok=True)
            put_text(file, rendered[path])
        else:
            file.unlink()
    return changed
