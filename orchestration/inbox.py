"""Whether the drop folder holds deliveries that have come to rest."""

from __future__ import annotations

import hashlib
from pathlib import Path

SETTLE_SECONDS = 60  # a file that was written to a moment ago may still be growing


def settled_content(inbox: Path, now: float) -> str | None:
    """A digest of the delivered files by name, size and time; None while there are none or one still moves."""
    files = sorted(file for file in inbox.rglob("*") if file.is_file()) if inbox.is_dir() else []
    if not any(file.name.endswith(".manifest.json") for file in files):
        return None
    told = [(file.relative_to(inbox).as_posix(), file.stat()) for file in files]
    if any(now - stat.st_mtime < SETTLE_SECONDS for _, stat in told):
        return None
    text = "\n".join(f"{name} {stat.st_size} {stat.st_mtime_ns}" for name, stat in told)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
