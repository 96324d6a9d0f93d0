"""What lies in a delivery folder: manifests to handle and files whose manifest has not come yet."""

from __future__ import annotations

import os
from collections.abc import Iterable
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple

from concepts.errors import SotevaultError
from ingest.manifest import SUFFIX


class Found(NamedTuple):
    """A folder's content: paths of manifests, and names of files that wait for theirs."""

    manifests: tuple[Path, ...]
    waiting: tuple[Path, ...]


def find_deliveries(folder: Path, patterns: Iterable[str]) -> Found:
    """Manifests anywhere under ``folder``, and files named like a delivery (``patterns``) that lack one.

    A file without a manifest may still be on its way, so it is left alone; other files are no deliveries.
    SotevaultError if a folder may not be read, for deliveries in it would be passed over.
    """
    patterns = tuple(patterns)
    manifests: list[Path] = []
    waiting: list[Path] = []
    for root, folders, names in os.walk(folder, onerror=_refuse, followlinks=False):
        folders.sort()
        for name in sorted(names):
            if name.endswith(SUFFIX):
                manifests.append(Path(root, name))
            elif f"{name}{SUFFIX}" not in names and any(fnmatchcase(name, pattern) for pattern in patterns):
                waiting.append(Path(root, name))
    return Found(tuple(manifests), tuple(waiting))


def _refuse(error: OSError) -> None:
    raise SotevaultError(f"{error.filename}: {error.strerror}; mend its rights, or name a folder without it.") from None
