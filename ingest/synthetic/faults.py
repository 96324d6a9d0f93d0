"""Rows that a gate must stop: each has one fault, a key of its own, and is expected in quarantine."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import polars as pl


class Fault(NamedTuple):
    """One faulty kind of row: the reason code, and the cells that differ from a good row, one mapping a row."""

    table: str
    reason: str
    rows: tuple[Mapping[str, str | None], ...]


IMPOSSIBLE_DATE = "31.02.2025"
SKIPPED_TIME = "30.03.2025 03:30"  # summer time began at 03:00
BAD_IDENTITY = "010190-999Y"  # the published example with a wrong check character


def _row(key: Mapping[str, str], **cells: str | None) -> Mapping[str, str | None]:
    return {**key, **cells}


def _pair(key: Mapping[str, str], column: str, one: str, other: str) -> tuple[Mapping[str, str | None], ...]:
    return ({**key, column: one}, {**key, column: other})


FAULTS = (
    Fault(
        "patient.avohilmo",
        "bad_identity_code",
        (
            _row({"AVOHILMO_ID": "XX1"}, TNRO=BAD_IDENTITY),
            _row({"AVOHILMO_ID": "XX2"}, TNRO="310299-990A"),
            _row({"AVOHILMO_ID": "XX3"}, TNRO="TUNTEMATON"),
        ),
    ),
    Fault("patient.avohilmo", "unknown_code", (_row({"AVOHILMO_ID": "XX4"}, HTA_KIIREELLISYYS="Z"),)),
    Fault("patient.avohilmo", "bad_datetime", (_row({"AVOHILMO_ID": "XX5"}, YHTEYDENOTTO_AJANKOHTA=SKIPPED_TIME),)),
    Fault("patient.avohilmo", "missing_value", (_row({"AVOHILMO_ID": "XX6"}, PALVELUNTUOTTAJA_YKSIKKO=None),)),
    Fault("patient.avohilmo", "conflicting_row", _pair({"AVOHILMO_ID": "XX7"}, "KAYNTI_LUONNE", "SH", "TH")),
    Fault("patient.referral", "bad_date", (_row({"LAHETE_ID": "XX1"}, LANTTUPVA=IMPOSSIBLE_DATE),)),
    Fault("patient.referral", "unknown_code", (_row({"LAHETE_ID": "XX2"}, EA="ZZ"),)),
    Fault("patient.queue", "missing_value", (_row({"JONO_ID": "XX1"}, JONOPVM=None),)),
    Fault("patient.queue", "conflicting_row", _pair({"JONO_ID": "XX2"}, "EA", "10", "20")),
    Fault("social.matter", "unknown_code", (_row({"ASIA_ID": "XX1"}, PALVELUTEHTAVA="ZZZ"),)),
    Fault("social.matter", "bad_date", (_row({"ASIA_ID": "XX2"}, VIREILLETULO_PVM=IMPOSSIBLE_DATE),)),
    Fault("social.decision", "missing_value", (_row({"PAATOS_ID": "XX1"}, PALVELULUOKKA=None),)),
    Fault("social.decision", "conflicting_row", _pair({"PAATOS_ID": "XX2"}, "PAATOS_TULOS", "GRA", "REF")),
    Fault("hr.employment", "bad_number", (_row({"Palvelussuhde": "XX1", "Osa-aikaprosentti": "sata"}),)),
    Fault("hr.absence", "unknown_code", (_row({"Poissaolo": "XX1"}, Syy="ZZZ"),)),
    Fault("finance.ledger", "bad_date", (_row({"TOSITE": "XX1"}, KIRJAUSPVM=IMPOSSIBLE_DATE),)),
    Fault("finance.ledger", "unknown_code", (_row({"TOSITE": "XX2"}, VASTAPUOLI="77"),)),
    Fault("finance.ledger", "missing_value", (_row({"TOSITE": "XX3"}, TILI=None),)),
    Fault("reference.resident", "bad_identity_code", (_row({"HETU": BAD_IDENTITY}),)),
    Fault("reference.resident", "bad_date", (_row({"ASUU_ALKAEN": "01.01.2004"}, SYNTYMAPVM=IMPOSSIBLE_DATE),)),
    Fault("reference.unit", "unknown_code", (_row({"YKSIKKO_OID": "1.2.246.10.99000005.10.901"}, TUOTANTOTAPA="ZZZ"),)),
)


def faulty_rows(table: str, text: pl.DataFrame) -> pl.DataFrame:
    """The faulty rows of a table: a good row as delivered, with the fault's cells put over it."""
    if text.is_empty():
        return text
    good = text.row(0, named=True)
    rows = [{**good, **cells} for fault in FAULTS if fault.table == table for cells in fault.rows]
    return pl.DataFrame(rows, schema=text.schema)


def expected_quarantine(table: str, text: pl.DataFrame) -> dict[str, int]:
    """Rows that must be quarantined of one delivery of a table, by reason."""
    if text.is_empty():
        return {}
    counts: dict[str, int] = {}
    for fault in FAULTS:
        if fault.table == table:
            counts[fault.reason] = counts.get(fault.reason, 0) + len(fault.rows)
    return counts
