"""The folder that holds all data of one county, and the lock that lets one writer in."""

from __future__ import annotations

import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from concepts.errors import BusyError

_held = threading.local()


class Home:
    """Paths under SOTEVAULT_HOME; nothing is created before ``create``."""

    def __init__(self, root: Path) -> None:
        self.root = root.absolute()
        self.landing = self.root / "landing"
        self.registry = self.landing / "delivery"
        self.work = self.root / "landing" / ".work"
        self.quarantine = self.root / "quarantine"
        self.ledger = self.root / "ledger"
        self.receipts = self.ledger / "receipts.jsonl"
        self.keys = self.root / "keys"
        self.warehouse = self.root / "warehouse"
        self.releases = self.root / "releases"

    def create(self) -> Home:
        """Make every folder, closed to others whatever the umask says."""
        below = (self.landing, self.registry, self.work, self.quarantine, self.ledger, self.warehouse, self.releases)
        for folder in (self.root, *below):
            make_folder(folder)
        make_folder(self.keys, 0o700)
        return self


def make_folder(folder: Path, mode: int = 0o750) -> Path:
    """Make a folder, and those above it, with this mode; one that exists keeps the mode that its owner chose."""
    if not folder.is_dir():
        make_folder(folder.parent, mode)
        folder.mkdir(exist_ok=True)
        folder.chmod(mode)
    return folder


@contextmanager
def single_writer(home: Home) -> Iterator[None]:
    """Hold the home's writer lock; BusyError if another holds it. A holder may take it again in the same thread."""
    held: set[tuple[int, Path]] = _held.__dict__.setdefault("homes", set())
    mark = (os.getpid(), home.root)  # a forked child does not hold what its parent holds
    if mark in held:
        yield
        return
    descriptor = _lock(make_folder(home.ledger) / "writer.lock")
    held.add(mark)
    try:
        yield
    finally:
        held.discard(mark)
        os.close(descriptor)  # the lock goes with the descriptor, also when the process dies


def _lock(path: Path) -> int:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o640)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        raise BusyError(
            "Another sotevault run is writing to this home (ledger/writer.lock). Wait until it has ended and run again."
        ) from None
    return descriptor
