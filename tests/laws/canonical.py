"""Values as text that tells where it ends, and the keys that are hashes of it; nothing of the generator."""

from __future__ import annotations

import hashlib
import unicodedata
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

UNKNOWN = "00000000-0000-0000-0000-000000000000"
NOT_APPLICABLE = "ffffffff-ffff-ffff-ffff-ffffffffffff"
WITHDRAWN = NOT_APPLICABLE  # in the place of a hash difference
GHOSTS = (UNKNOWN, NOT_APPLICABLE)


def plain(value: Any) -> Any:
    """A value as it counts: text in normal form C."""
    return unicodedata.normalize("NFC", value) if isinstance(value, str) else value


def canonical(value: Any) -> str:
    """The text of a value that tells where it ends."""
    value = plain(value)
    if value is None:
        return "~"
    if isinstance(value, str):
        return f"{len(value)}:{value}"
    if isinstance(value, bool):
        return f"{str(value).lower()};"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%dT%H:%M:%S.%f};"
    if isinstance(value, date):
        return f"{value.isoformat()};"
    return f"{value:.2f};" if isinstance(value, Decimal) else f"{value};"


def hashed(text: str) -> str:
    """A 128-bit key as text."""
    return str(UUID(hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()))
