"""The ingest gate: every delivery in a folder is loaded once, refused in one sentence, or waits for its manifest."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple

import polars as pl

from concepts.contract import Contract
from concepts.errors import ContractError, SotevaultError
from concepts.metamodel import Frozen
from concepts.sources import Semantics
from ingest import landing
from ingest.codes import CodeSets
from ingest.finding import find_deliveries
from ingest.home import Home, make_folder, single_writer
from ingest.manifest import SUFFIX, Manifest, RefusedError, read_manifest
from ingest.pseudonyms import Pseudonymiser, TestIdentities, root_key
from ingest.receipts import Receipt, append_receipt, read_receipts
from ingest.rows import Judge
from ingest.staging import Staged, stage
from ingest.verifying import verify_file


class Refusal(Frozen):
    """A delivery that was refused, with the sentence for its supplier."""

    file: str
    code: str
    message: str


class IngestReport(Frozen):
    """What became of every delivery in the folder; ``waiting`` names files whose manifest has not come."""

    receipts: tuple[Receipt, ...] = ()
    refused: tuple[Refusal, ...] = ()
    waiting: tuple[str, ...] = ()

    def raise_if_refused(self) -> None:
        """ContractError with every refusal's sentence, if there was one."""
        if self.refused:
            raise ContractError("\n".join(f"{refusal.file}: {refusal.message}" for refusal in self.refused))


class _Delivery(NamedTuple):
    file: Path
    manifest: Manifest
    contract: Contract


def ingest_folder(
    folder: Path,
    *,
    home: Home,
    contracts: Mapping[str, Contract],
    code_sets: Path,
    test_identities: TestIdentities,
    clock: Callable[[], datetime],
    limit_bytes: int = 4 * 2**30,
) -> IngestReport:
    """Register and gate every delivery under ``folder``, in order of extract time; BusyError if another run writes.

    ``contracts`` by ``<source>__<table>``; ``clock`` gives an aware time, which becomes the load time. A refused
    delivery leaves nothing but a receipt, and the others are still handled.
    """
    if not folder.is_dir():
        raise SotevaultError(f"There is no folder {folder} to ingest; name the folder that the suppliers deliver to.")
    try:
        with single_writer(home):
            landing.prepare(home, contracts)
            gate = _Gate(home, contracts, CodeSets(code_sets), test_identities, clock, limit_bytes)
            found = find_deliveries(folder, (contract.files for contract in contracts.values()))
            gate.take(found.manifests)
    except OSError as error:
        raise SotevaultError(
            f"The disk refused the home folder: {error.strerror}. What was registered is whole; put that right "
            "(room, rights) and run again."
        ) from error
    waiting = tuple(str(path.relative_to(folder)) for path in found.waiting)
    return IngestReport(receipts=tuple(gate.receipts), refused=tuple(gate.refused), waiting=waiting)


class _Gate:
    """One run of the gate over one home."""

    def __init__(
        self,
        home: Home,
        contracts: Mapping[str, Contract],
        codes: CodeSets,
        test_identities: TestIdentities,
        clock: Callable[[], datetime],
        limit_bytes: int,
    ) -> None:
        self._home = home
        self._contracts = contracts
        self._codes = codes
        self._test_identities = test_identities
        self._clock = clock
        self._limit_bytes = limit_bytes
        self._root_key = root_key(home)
        self._pseudonymisers: dict[str, Pseudonymiser] = {}
        self._registry = landing.read_registry(home)
        told = list(read_receipts(home.receipts))
        self._receipted = {receipt.delivery_id for receipt in told if receipt.state == "loaded"}
        self._refusals = {(r.file, r.sha256, *r.reasons) for r in told if r.state == "refused"}
        self.receipts: list[Receipt] = []
        self.refused: list[Refusal] = []

    def take(self, manifests: Iterable[Path]) -> None:
        """Handle each delivery, those that can be believed in order of extract time."""
        deliveries = []
        for path in manifests:
            name = path.name.removesuffix(SUFFIX)
            try:
                manifest = read_manifest(path)
                deliveries.append(_Delivery(path.with_name(manifest.file), manifest, self._contract_of(manifest, name)))
            except RefusedError as refused:
                self._refuse(Receipt(file=name, state="refused"), refused)
        for delivery in sorted(deliveries, key=lambda d: (d.manifest.extracted, d.manifest.name, d.manifest.part)):
            self._take(delivery)

    def _contract_of(self, manifest: Manifest, name: str) -> Contract:
        contract = self._contracts.get(manifest.name)
        if contract is None:
            raise RefusedError(
                "unknown_table", "The county expects no such source and table; correct them in the manifest."
            )
        if manifest.file != name:
            raise RefusedError(
                "unexpected_file_name", "The manifest names another file than it stands beside; rename one."
            )
        if not fnmatchcase(manifest.file, contract.files):
            raise RefusedError("unexpected_file_name", f"The file should be named like {contract.files}; rename it.")
        if manifest.schema_version != contract.schema_version:
            raise RefusedError(
                "schema_version_differs",
                f"The contract is of schema version {contract.schema_version} and the manifest of another; "
                "deliver that version, or have the county raise its contract.",
            )
        return contract

    def _take(self, delivery: _Delivery) -> None:
        manifest = delivery.manifest
        delivery_id = self._identify(manifest)
        told = Receipt(
            delivery_id=delivery_id,
            source=manifest.source,
            table=manifest.table,
            file=manifest.file,
            sha256=manifest.sha256,
            state="refused",
        )
        try:
            if self._is_registered(delivery_id):
                verify_file(delivery.file, manifest, delivery.contract, limit_bytes=self._limit_bytes)
                self._take_again(delivery_id)
            else:
                _refuse_partition(manifest, delivery.contract)
                self._refuse_conflict(manifest)
                self._load(delivery, told)
        except RefusedError as refused:
            self._refuse(told, refused)

    def _identify(self, manifest: Manifest) -> str:
        """The delivery's id; content that comes back with another extract time or part is another delivery."""
        first = manifest.delivery_id()
        same = self._registry.filter(pl.col("delivery_id") == first)
        is_that = same.filter(
            pl.col("extract_datetime") == manifest.extracted,
            pl.col("part") == manifest.part,
            pl.col("partition_value") == manifest.partition,
        )
        return manifest.delivery_id(again=not same.is_empty() and is_that.is_empty())

    def _is_registered(self, delivery_id: str) -> bool:
        return delivery_id in self._registry.get_column("delivery_id")

    def _take_again(self, delivery_id: str) -> None:
        receipt = landing.registered_receipt(self._home, delivery_id)
        if delivery_id not in self._receipted:  # a crash came between the registry row and its receipt
            self._write_down(receipt)
        self.receipts.append(receipt.model_copy(update={"state": "already received"}))

    def _refuse_conflict(self, manifest: Manifest) -> None:
        """Refuse other content for what is registered, unless it comes in a new schema version."""
        same = self._registry.filter(
            pl.col("source") == manifest.source,
            pl.col("table_name") == manifest.table,
            pl.col("extract_datetime") == manifest.extracted,
            pl.col("part") == manifest.part,
            pl.col("partition_value") == manifest.partition,
            pl.col("schema_version") == manifest.schema_version,
            pl.col("file_sha256") != manifest.sha256,
            (pl.col("file_name") == manifest.file) | pl.col("semantics").is_in(["full", "partition"]),
        )
        if not same.is_empty():
            raise RefusedError(
                "conflicting_delivery",
                "Another content with this extract time and part was received before; "
                "give a corrected extract its own, later extract_datetime.",
            )

    def _load(self, delivery: _Delivery, told: Receipt) -> None:
        """Verify, stage, land, quarantine, register, write down: only the registry row makes the delivery count."""
        contract, manifest = delivery.contract, delivery.manifest
        verify_file(delivery.file, manifest, contract, limit_bytes=self._limit_bytes)
        pseudonyms = self._pseudonymisers.setdefault(
            contract.source, Pseudonymiser(self._root_key, contract.source, self._test_identities)
        )
        work = make_folder(self._home.work / told.delivery_id)
        try:
            staged = self._stage(delivery, Judge(contract, self._codes, pseudonyms), work)
            at = self._load_time(told.delivery_id)
            receipt = _account(told, staged, is_early=manifest.extracted > at + timedelta(days=1))
            landing.land(self._home, contract, manifest, told.delivery_id, at, staged.rows)
            landing.quarantine(self._home, told.delivery_id, staged.faults)
            row = landing.register(self._home, contract, manifest, receipt, at)
        finally:
            shutil.rmtree(work)
        self._registry = self._registry.filter(pl.col("delivery_id") != told.delivery_id).vstack(row)
        if told.delivery_id not in self._receipted:
            self._write_down(receipt)
        self.receipts.append(receipt)

    def _stage(self, delivery: _Delivery, judge: Judge, work: Path) -> Staged:
        before = delivery.file.stat()
        try:
            staged = stage(delivery.file, delivery.manifest, delivery.contract, judge, work)
        except pl.exceptions.PolarsError as error:  # its text may hold a value of a person
            raise SotevaultError(
                f"{delivery.file.name} could not be read ({type(error).__name__}); keep the file and report this."
            ) from None
        after = delivery.file.stat()
        if (before.st_mtime_ns, before.st_size, before.st_ino) != (after.st_mtime_ns, after.st_size, after.st_ino):
            raise RefusedError("file_changed", "The file changed while it was read; deliver the finished file again.")
        return staged

    def _load_time(self, delivery_id: str) -> datetime:
        """The clock's time as naive UTC; a delivery that must be landed anew keeps its first one."""
        first = landing.first_load_time(self._home, delivery_id)
        return first or self._clock().astimezone(UTC).replace(tzinfo=None)

    def _write_down(self, receipt: Receipt) -> None:
        append_receipt(self._home.receipts, receipt)
        self._receipted.add(receipt.delivery_id)

    def _refuse(self, told: Receipt, refused: RefusedError) -> None:
        receipt = told.model_copy(update={"reasons": {refused.code: 1}})
        self.refused.append(Refusal(file=told.file, code=refused.code, message=str(refused)))
        self.receipts.append(receipt)
        mark = (told.file, told.sha256, refused.code)
        if mark not in self._refusals:  # a file that stays in the folder is refused at every run, and told once
            append_receipt(self._home.receipts, receipt)
            self._refusals.add(mark)


def _refuse_partition(manifest: Manifest, contract: Contract) -> None:
    """Refuse a part of the whole that does not say which, and one that says so though it is the whole."""
    if contract.semantics is Semantics.PARTITION and not manifest.partition:
        raise RefusedError("bad_manifest", 'The manifest does not say what the file is the whole of; add "partition".')
    if contract.semantics is not Semantics.PARTITION and manifest.partition:
        raise RefusedError(
            "bad_manifest", f'The table is delivered as {contract.semantics}; take "partition" out of the manifest.'
        )


def _account(told: Receipt, staged: Staged, *, is_early: bool) -> Receipt:
    """The receipt of a staged delivery; SotevaultError if a record is not accounted for."""
    reasons = Counter(reason for _, reason in staged.faults.select("record_number", "reason").unique().iter_rows())
    warnings = Counter(staged.warnings.get_column("reason").to_list())
    if is_early:
        warnings["extracted_in_future"] = 1
    receipt = told.model_copy(
        update={
            "state": "loaded",
            "records": staged.records,
            "loaded": staged.loaded,
            "quarantined": staged.quarantined,
            "duplicates": staged.duplicates,
            "reasons": dict(sorted(reasons.items())),
            "warnings": dict(sorted(warnings.items())),
        }
    )
    if not receipt.balances:
        raise SotevaultError(
            f"{told.file}: {receipt.records} records came in, but loaded, quarantined and duplicates do not add up to "
            "that. Nothing was registered; keep the file and report this."
        )
    return receipt
