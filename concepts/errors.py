"""The errors that a person meets: each says where, what and what next, and has the exit code of its kind."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import ClassVar

# In DuckDB's words if another program holds a file; it has one kind of error for all that hinders opening one.
LOCKED = "Could not set lock"
# In the system's words if a disk takes no more; the last in DuckDB's, of what it cannot put there for want of memory.
FULL = (*(os.strerror(number) for number in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)), "failed to offload data block")


class SotevaultError(Exception):
    """Something that the reader of the message can put right; never holds a person's value."""

    exit_code: ClassVar[int] = 1


class ModelError(SotevaultError):
    """The concept model, a mapping or a code set contradicts itself."""

    exit_code = 10


class ContractError(SotevaultError):
    """A delivery does not keep its contract; the message is written for the supplier."""

    exit_code = 11


class ExpectationError(SotevaultError):
    """An expectation on the data failed."""

    exit_code = 12


class BuildError(SotevaultError):
    """The vault or the marts could not be built."""

    exit_code = 13


class ReleaseError(SotevaultError):
    """A release could not be made or verified."""

    exit_code = 14


class BusyError(SotevaultError):
    """Another run or program has what this one needs; try again when it has ended (75 is sysexits' EX_TEMPFAIL)."""

    exit_code = 75


def hindrance(*said: object, file: Path, folder: Path) -> SotevaultError | None:
    """What keeps the engine from its file or from writing into the folder, if that is what engine or system said.

    What else they said is not repeated, because it may hold a value.
    """
    words = "\n".join(map(str, said))
    if LOCKED in words:
        return BusyError(f"{file}: another program holds it; close it there and run again")
    for full in FULL:
        if full in words:
            return SotevaultError(f"{folder}: its disk is full ({full}); make room there and run again")
    return None
