"""Files put in place whole: whatever stops the writing, a reader finds the old one or the new one."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path


def put_text(file: Path, text: str) -> None:
    """Put a text in place, with its line ends as they are; OSError names the file."""
    _put(file, lambda beside: beside.write_bytes(text.encode()))


def put_file(file: Path, write: Callable[[Path], object], mode: int = 0o640) -> None:
    """Put in place what ``write`` fills a file beside it with, on the disk before it has its name.

    Nothing is left beside it but by a crash; OSError names the file.
    """

    def fill(beside: Path) -> None:
        write(beside)
        beside.chmod(mode)
        sync(beside)

    _put(file, fill)
    sync(file.parent)


def _put(file: Path, fill: Callable[[Path], object]) -> None:
    beside = file.with_name(f".{file.name}.new")
    try:
        fill(beside)
        beside.replace(file)
    except OSError as error:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        if error.errno is None:  # a library's own words
            raise
        raise OSError(error.errno, error.strerror, str(file)) from None


def sync(path: Path) -> None:
    """Force a file's or a folder's content to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
