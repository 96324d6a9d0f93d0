"""Generated files on disk: what differs from the model, and writing them anew."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from concepts.errors import SotevaultError
from concepts.writing import put_text


def drift(rendered: Mapping[str, str], folder: Path, *, shared: bool = False) -> list[str]:
    """The paths that differ between model and disk, stray files included; empty when in step.

    In a shared folder only what lies under names that we write is ours; the rest (data, logs) is not looked at.
    SotevaultError if a folder in it is a link: what lies behind it belongs to somebody else.
    """
    _refuse_links(rendered, folder)
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

    SotevaultError if the folder holds files and none of ours: stray files are deleted, so it must be the right one. A
    file such as README.md stands in other people's folders too; ours are known by those in their folders, which
    therefore come first: what was cut short can be done again.
    """
    changed = drift(rendered, folder, shared=shared)
    ours = [path for path in rendered if "/" in path] or list(rendered)
    if folder.is_dir() and any(folder.iterdir()) and not any((folder / path).is_file() for path in ours):
        told = "is not empty, and nothing in it was written by this command"
        raise SotevaultError(f"{folder}: {told}; give an empty folder")
    for path in sorted(changed, key=lambda path: "/" not in path):
        file = folder / path
        if path in rendered:
            file.parent.mkdir(parents=True, exist_ok=True)
            put_text(file, rendered[path])
        else:
            file.unlink()
    return changed


def _refuse_links(rendered: Mapping[str, str], folder: Path) -> None:
    inside = {folder / parent for path in rendered for parent in PurePosixPath(path).parents[:-1]}
    for place in sorted(place for place in inside if place.is_symlink()):
        raise SotevaultError(f"{place}: is a link that leads out of {folder}; put a folder in its place, or delete it")
