"""A delivered file compared with its manifest, byte by byte, before any record is read."""

from __future__ import annotations

import codecs
import hashlib
import os
import stat
import zipfile
from pathlib import Path
from typing import BinaryIO

from concepts.contract import Contract
from concepts.sources import FileFormat
from ingest.manifest import Manifest, RefusedError

_BLOCK = 1 << 20
_WORKBOOK_RATIO = 200  # a workbook that swells more than this is a zip bomb
_CONTROLS = bytes(range(0x80, 0xA0))  # no letter in Latin-1
_UNUSED_IN_WINDOWS = b"\x81\x8d\x8f\x90\x9d"


def verify_file(path: Path, manifest: Manifest, contract: Contract, *, limit_bytes: int) -> None:
    """Refuse the file unless it is an ordinary one with the manifest's size and digest, in the contract's encoding."""
    if not path.exists() and not path.is_symlink():
        raise RefusedError("file_missing", "The file that the manifest names is not beside it; deliver both.")
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        raise RefusedError("not_a_file", "The file is a link or cannot be opened; deliver an ordinary file.") from None
    with os.fdopen(descriptor, "rb") as file:
        _check_size(os.fstat(file.fileno()), manifest, limit_bytes)
        _check_content(file, manifest, contract.format)
    if contract.format.kind == "xlsx":
        _check_workbook(path, limit_bytes)


def _check_size(state: os.stat_result, manifest: Manifest, limit_bytes: int) -> None:
    if not stat.S_ISREG(state.st_mode):
        raise RefusedError("not_a_file", "The file is not an ordinary file; deliver it as one.")
    if state.st_size > limit_bytes:
        raise RefusedError("too_large", f"The file is larger than {limit_bytes} bytes; deliver it in parts.")
    if state.st_size != manifest.bytes:
        raise RefusedError(
            "size_differs",
            f"The file has {state.st_size} bytes, the manifest says {manifest.bytes}; "
            "it was cut or is still being written: deliver it again.",
        )


def _check_content(file: BinaryIO, manifest: Manifest, form: FileFormat) -> None:
    text = _TextCheck(form) if form.kind == "csv" else None
    digest = hashlib.sha256()
    while block := file.read(_BLOCK):
        digest.update(block)
        if text:
            text.feed(block)
    if digest.hexdigest() != manifest.sha256:
        raise RefusedError("digest_differs", "The file's SHA-256 is not the manifest's; deliver both again.")
    if text:
        text.close()


class _TextCheck:
    """Whether bytes are text in the declared encoding; Latin-1 fits any bytes, so UTF-8 in its place is looked for."""

    def __init__(self, form: FileFormat) -> None:
        self.encoding = form.encoding
        self.is_unicode = form.encoding.startswith("utf-8")
        self.has_nul = self.beyond_ascii = self.undecodable = False
        self.may_be_unicode = True
        self.decoder = codecs.getincrementaldecoder("utf-8")()

    def feed(self, block: bytes) -> None:
        self.has_nul |= b"\0" in block
        ascii_only = block.isascii()
        self.beyond_ascii |= not ascii_only
        if self.may_be_unicode and self.beyond_ascii:
            self._decode(block)
        if not self.is_unicode and not ascii_only:
            unused = _UNUSED_IN_WINDOWS if self.encoding == "windows-1252" else _CONTROLS
            self.undecodable |= len(block.translate(None, unused)) < len(block)

    def _decode(self, block: bytes, *, final: bool = False) -> None:
        try:
            self.decoder.decode(block, final)
        except UnicodeDecodeError:
            self.may_be_unicode = False

    def close(self) -> None:
        """Refuse what was fed if it is not text in the declared encoding."""
        if self.has_nul:
            raise RefusedError("nul_bytes", f"The file has NUL bytes, so it is not text in {self.encoding}.")
        if self.beyond_ascii and self.may_be_unicode:
            self._decode(b"", final=True)
        wrong = self.beyond_ascii and (not self.may_be_unicode if self.is_unicode else self.may_be_unicode)
        if wrong or self.undecodable:
            raise RefusedError("wrong_encoding", f"The file is not in {self.encoding}; write it in that encoding.")


def _check_workbook(path: Path, limit_bytes: int) -> None:
    try:
        with zipfile.ZipFile(path) as book:
            entries = book.infolist()
    except (zipfile.BadZipFile, OSError):
        raise RefusedError("broken_workbook", "The file is not an xlsx workbook; save it as one.") from None
    swollen = sum(entry.file_size for entry in entries)
    if swollen > limit_bytes or swollen > _WORKBOOK_RATIO * max(path.stat().st_size, 1):
        raise RefusedError("too_large", "The workbook swells beyond the limit when opened; deliver it in parts.")
