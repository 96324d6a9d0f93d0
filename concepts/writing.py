"""Text files put in place whole."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path


def put_text(file: Path, text: str) -> None:
    """Old or new, never half a file, with line ends as they are in the text; OSError names the file."""
    beside = file.with_name(f".{file.name}.new")
    try:
        beside.write_bytes(text.encode())
        beside.replace(file)
    except OSError as error:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise OSError(error.errno, error.strerror, str(file)) from None
