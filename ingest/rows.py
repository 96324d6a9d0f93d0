"""Rows judged by the contract: which pass, which go to quarantine and why, which only carry a warning."""

from __future__ import annotations

from typing import NamedTuple

import polars as pl

from concepts.contract import Contract, ContractColumn
from ingest.codes import CodeSets, find_code_faults
from ingest.pseudonyms import Pseudonymiser
from ingest.reading import Batch
from ingest.values import FAULTS, to_values

FINDING = {"record_number": pl.Int64, "column": pl.String, "reason": pl.String}


class Judged(NamedTuple):
    """``values``: every fitting row of the batch typed and pseudonymised; the others: findings without values."""

    values: pl.DataFrame
    faults: pl.DataFrame
    warnings: pl.DataFrame


class Judge:
    """Judges the batches of one delivery by its contract."""

    def __init__(self, contract: Contract, codes: CodeSets, pseudonyms: Pseudonymiser) -> None:
        self._contract = contract
        self._codes = codes
        self._pseudonyms = pseudonyms

    def judge(self, batch: Batch) -> Judged:
        """The batch's rows with their faults and warnings; a row with a fault has NULL at the faulty places.

        Of a row that says that something is deleted only the key is read: what is wrong elsewhere is NULL and no fault.
        """
        findings = _Findings(batch, self._contract)
        columns = {c.name: self._values(c, batch.frame.get_column(c.name), findings) for c in self._contract.columns}
        values = pl.DataFrame([batch.frame.get_column("record_number"), *columns.values()])
        for column in self._contract.columns:
            self._check_codes(column, values, findings)
        misfits = pl.DataFrame({"record_number": batch.misfits}, schema={"record_number": pl.Int64})
        findings.faults.append(misfits.with_columns(column=pl.lit(""), reason=pl.lit("wrong_field_count")))
        return Judged(findings.without_unread(values), _stack(findings.faults), _stack(findings.warnings))

    def _values(self, column: ContractColumn, text: pl.Series, findings: _Findings) -> pl.Series:
        if column.identity_code and column.pseudonym:
            found = self._pseudonyms.identity_codes(text, column.pseudonym)
            findings.fault(column, found.get_column("bad"), "bad_identity_code")
            findings.warn(column, found.get_column("temporary"), "temporary_identity")
            values = found.get_column("value")
        elif column.pseudonym:
            values = self._pseudonyms.identifiers(text, column.pseudonym)
        else:
            values = to_values(text, column, self._contract)
            if column.type in FAULTS:
                told = text.str.strip_chars().fill_null("") != ""
                findings.fault(column, told & values.is_null(), FAULTS[column.type])
        if column.required:
            findings.fault(column, text.str.strip_chars().fill_null("") == "", "missing_value")
        return values.alias(column.name)

    def _check_codes(self, column: ContractColumn, values: pl.DataFrame, findings: _Findings) -> None:
        if not column.codes:
            return
        at = values.get_column(column.code_valid_at).cast(pl.Date) if column.code_valid_at else None
        found = find_code_faults(values.get_column(column.name), at, self._codes[column.codes])
        for kind, policy in (("unknown", column.unknown_code), ("expired", column.expired_code)):
            note = findings.fault if policy == "quarantine" else findings.warn
            note(column, found.get_column(kind), f"{kind}_code")


class _Findings:
    """Faults and warnings of one batch, gathered column by column."""

    def __init__(self, batch: Batch, contract: Contract) -> None:
        self._numbers = batch.frame.get_column("record_number")
        self._key = contract.key
        self._deleted = _deleted(batch, contract)
        self._unread: list[tuple[str, pl.Series]] = []
        self.faults: list[pl.DataFrame] = []
        self.warnings: list[pl.DataFrame] = []

    def fault(self, column: ContractColumn, where: pl.Series, reason: str) -> None:
        if self._deleted is not None and column.name not in self._key:
            self._unread.append((column.name, where & self._deleted))
            where = where & ~self._deleted
        self.faults.append(self._found(column, where, reason))

    def without_unread(self, values: pl.DataFrame) -> pl.DataFrame:
        """The values without those that would be faults if their row were not one of a deletion."""
        for name, where in self._unread:
            values = values.with_columns(pl.when(~where).then(pl.col(name)))
        return values

    def warn(self, column: ContractColumn, where: pl.Series, reason: str) -> None:
        self.warnings.append(self._found(column, where, reason))

    def _found(self, column: ContractColumn, where: pl.Series, reason: str) -> pl.DataFrame:
        numbers = pl.DataFrame({"record_number": self._numbers.filter(where)})
        return numbers.with_columns(column=pl.lit(column.header), reason=pl.lit(reason))


def _deleted(batch: Batch, contract: Contract) -> pl.Series | None:
    """Which rows say that something is deleted; None where none can."""
    if contract.deleted is None:
        return None
    column = next(c for c in contract.columns if c.name == contract.deleted.column)
    flags = to_values(batch.frame.get_column(column.name), column, contract).cast(pl.String)
    return flags.is_in(contract.deleted.values).fill_null(False)


def _stack(findings: list[pl.DataFrame]) -> pl.DataFrame:
    return pl.concat([pl.DataFrame(schema=FINDING), *(found for found in findings if found.height)])
