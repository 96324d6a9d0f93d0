"""Pseudonyms: what stands behind the gate in place of a direct identifier.

HMAC-SHA-256 cut to 128 bits, with one key per purpose derived by HKDF from the county's root key, so that pseudonyms
of two purposes cannot be joined and none can be computed without the key (GDPR art. 4(5)).
"""

from __future__ import annotations

import hmac
import os
import secrets
from pathlib import Path
from typing import Literal

import polars as pl
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from concepts.errors import SotevaultError
from concepts.writing import put_file
from ingest.home import Home
from ingest.identity import is_identity_code, is_temporary

TestIdentities = Literal["temporary", "persons"]
_LENGTH = 32
_KNOWN = {"code": pl.String, "value": pl.String, "temporary": pl.Boolean}


def root_key(home: Home) -> bytes:
    """The 32 bytes all keys come from; made on first use. SotevaultError if others may read it or it was lost."""
    path = home.keys / "root.key"
    if not path.exists():
        if any(entry for entry in home.registry.glob("*.parquet") if entry.stem.strip("0")):
            raise SotevaultError(
                "keys/root.key is missing, but deliveries are registered under it: a new key would make every person "
                "another. Restore the key from its backup, or begin a new home."
            )
        put_file(path, lambda new: _write_key(new, secrets.token_bytes(_LENGTH)), mode=0o400)
    if path.stat().st_mode & 0o077:
        raise SotevaultError("keys/root.key can be read by others; run chmod 400 on it, and think who has read it.")
    key = path.read_bytes()
    if len(key) != _LENGTH:
        raise SotevaultError(f"keys/root.key has {len(key)} bytes and not {_LENGTH}; restore it from its backup.")
    return key


def _write_key(path: Path, key: bytes) -> None:
    path.unlink(missing_ok=True)  # a killed first run may have left a half one
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(key)


def purpose_key(root: bytes, purpose: str) -> bytes:
    """The 32-byte key of one purpose (HKDF-SHA-256, RFC 5869)."""
    return HKDF(algorithm=SHA256(), length=_LENGTH, salt=None, info=f"sotevault/{purpose}".encode()).derive(root)


class Pseudonymiser:
    """Turns the identifiers of one source into pseudonyms of 32 hexadecimal characters."""

    def __init__(self, root: bytes, source: str, test_identities: TestIdentities) -> None:
        self._root = root
        self._source = source
        self._keeps_apart = test_identities == "temporary"
        self._keys: dict[str, bytes] = {}
        self._identities: dict[tuple[str, str], tuple[str | None, bool]] = {}

    def identity_codes(self, codes: pl.Series, purpose: str) -> pl.DataFrame:
        """Columns value (pseudonym; NULL if the code is bad), bad and temporary per row; the century sign counts."""
        canonical = codes.str.strip_chars().str.to_uppercase().replace("", None)
        known = [(code, *self._identity(purpose, code)) for code in canonical.unique().drop_nulls()]
        found = pl.DataFrame(known, schema=_KNOWN, orient="row")
        rows = pl.DataFrame({"code": canonical}).join(found, on="code", how="left", maintain_order="left")
        bad = pl.col("code").is_not_null() & pl.col("value").is_null()
        return rows.select("value", bad=bad, temporary=pl.col("temporary").fill_null(False))

    def _identity(self, purpose: str, code: str) -> tuple[str | None, bool]:
        """A code's pseudonym (None if it is bad) and whether it means a person only within its source."""
        known = self._identities.get((purpose, code))
        if known is None:
            good = is_identity_code(code)
            scoped = good and self._keeps_apart and is_temporary(code)
            known = (self._digest(purpose, code, scoped=scoped) if good else None, scoped)
            self._identities[purpose, code] = known
        return known

    def identifiers(self, told: pl.Series, purpose: str) -> pl.Series:
        """Pseudonyms of register numbers and the like: the same in every source."""
        canonical = told.str.strip_chars().str.normalize("NFC").replace("", None)
        values = canonical.unique().drop_nulls().to_list()
        known = pl.DataFrame(
            {"told": values, "value": [self._digest(purpose, value, scoped=False) for value in values]},
            schema={"told": pl.String, "value": pl.String},
        )
        rows = pl.DataFrame({"told": canonical}).join(known, on="told", how="left", maintain_order="left")
        return rows.get_column("value")

    def _digest(self, purpose: str, value: str, *, scoped: bool) -> str:
        if purpose not in self._keys:
            self._keys[purpose] = purpose_key(self._root, purpose)
        # Two systems may give one temporary code to two persons, so it means a person only within its source.
        message = f"{self._source}\x1f{value}" if scoped else value
        return hmac.digest(self._keys[purpose], message.encode(), "sha256")[:16].hex()
