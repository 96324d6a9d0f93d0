"""The access cases that the finished warehouse should know, counted from the generated rows in plain Python."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import NamedTuple

import polars as pl

from ingest.synthetic.limits import completed_years, limit_date, rule_for

SHORT_LIMIT_REASONS = ["ILL", "INJ", "WOR", "SYM", "FUN"]
PROTECTED_GROUPS = ["P75", "HCA", "CSS"]
Tables = Mapping[str, pl.DataFrame]


class AccessCase(NamedTuple):
    """One record timed by one rule; end_date empty = still open; within empty = open and not yet late."""

    rule_id: str
    case_id: str
    start_date: date
    end_date: date | None
    waited_days: int | None
    limit_date: date
    is_within_limit: bool | None


def access_cases(tables: Tables, as_of: date) -> list[AccessCase]:
    """Every case of every rule, from the rows that hold in the end."""
    cases = [
        *_contacts(tables["patient.avohilmo"], as_of),
        *_treatments(tables, as_of),
        *_referrals(tables["patient.referral"], as_of),
        *_queue(tables["patient.queue"], as_of),
        *_assessments(tables["social.matter"], as_of),
        *_decisions(tables, as_of),
    ]
    return sorted(cases, key=lambda case: (case.rule_id, case.case_id))


def judge(area: str, case_id: str, start: date, end: date | None, as_of: date, *, age: int = 100) -> AccessCase | None:
    """The case that the rule in force makes of two dates, or nothing if no rule binds."""
    rule, limit = _binding(area, start, age)
    if rule is None or limit is None:
        return None
    if end is not None:
        return AccessCase(rule, case_id, start, end, (end - start).days, limit, end <= limit)
    return AccessCase(rule, case_id, start, None, None, limit, False if limit < as_of else None)


@lru_cache(maxsize=200_000)
def _binding(area: str, start: date, age: int) -> tuple[str | None, date | None]:
    rule = rule_for(area, start, age)
    return (rule.rule_id, limit_date(start, rule.amount, rule.unit)) if rule else (None, None)


def _judged(area: str, rows: Iterable[tuple[str, date, date | None]], as_of: date) -> Iterator[AccessCase]:
    for case_id, start, end in rows:
        case = judge(area, case_id, start, end, as_of)
        if case:
            yield case


def _contacts(rows: pl.DataFrame, as_of: date) -> Iterator[AccessCase]:
    asked = rows.filter(pl.col("YHTEYDENOTTO_AJANKOHTA").is_not_null())
    dated = asked.select(
        "AVOHILMO_ID", pl.col("YHTEYDENOTTO_AJANKOHTA").dt.date(), pl.col("HOIDONTARVE_AJANKOHTA").dt.date()
    )
    return _judged("contact", dated.iter_rows(), as_of)


def _treatments(tables: Tables, as_of: date) -> Iterator[AccessCase]:
    """Assessed, not urgent and for the first time: the visit that came of it, or the booking still waited for."""
    births = dict(tables["reference.resident"].select("HETU", "SYNTYMAPVM").iter_rows())
    assessed = tables["patient.avohilmo"].filter(
        pl.col("HOIDONTARVE_AJANKOHTA").is_not_null() & (pl.col("HTA_KIIREELLISYYS") == "E")
    )
    for form, area in (("T11", "treatment"), ("T60", "oral")):
        found = assessed.filter(_done(form) | _waiting(form))
        dated = found.select(
            "AVOHILMO_ID", "TNRO", pl.col("HOIDONTARVE_AJANKOHTA").dt.date(), pl.col("KAYNTI_ALKOI").dt.date()
        )
        for case_id, person, start, end in dated.iter_rows():
            born = births.get(person)
            case = born and judge(area, case_id, start, end, as_of, age=completed_years(born, start))
            if case:
                yield case


def _done(form: str) -> pl.Expr:
    visit = (
        pl.col("KAYNTI_ALKOI").is_not_null()
        & (pl.col("KAYNTI_KIIREELLISYYS") == "E")
        & (pl.col("KAYNTI_LUONNE") == "SH")
        & (pl.col("KAYNTI_ENSIKAYNTI") == "K")
        & (pl.col("KAYNTI_PALVELUMUOTO") == form)
    )
    return visit & pl.col("KAYNTI_SYYLUOKKA").is_in(SHORT_LIMIT_REASONS) if form == "T11" else visit


def _waiting(form: str) -> pl.Expr:
    return (
        pl.col("KAYNTI_ALKOI").is_null()
        & (pl.col("HTA_LUONNE") == "SH")
        & (pl.col("HTA_TULOS") == "VIS")
        & (pl.col("HTA_ENSIKAYNTI") == "K")
        & pl.col("AJANVARAUS_AJANKOHTA").is_not_null()
        & pl.col("PERUUTUS_AJANKOHTA").is_null()
        & (pl.col("AJANVARAUS_PALVELUMUOTO") == form)
    )


def _referrals(rows: pl.DataFrame, as_of: date) -> Iterator[AccessCase]:
    plausible = rows.filter((pl.col("LANTKASPVA") >= pl.col("LANTTUPVA")).fill_null(True))
    return _judged("referral", plausible.select("LAHETE_ID", "LANTTUPVA", "LANTKASPVA").iter_rows(), as_of)


def _queue(rows: pl.DataFrame, as_of: date) -> Iterator[AccessCase]:
    kept = rows.filter(pl.col("JONOSTA_POISTO_PVM").is_null())
    return _judged("queue", kept.select("JONO_ID", "JONOPVM", "TUPVA").iter_rows(), as_of)


def _assessments(rows: pl.DataFrame, as_of: date) -> Iterator[AccessCase]:
    protected = rows.filter(pl.col("ASIAKASRYHMA").is_in(PROTECTED_GROUPS))
    started = protected.select("ASIA_ID", "VIREILLETULO_PVM", "PTA_ALKOI_PVM")
    yield from _judged("assessment start", started.iter_rows(), as_of)
    children = protected.filter(pl.col("ASIAKASRYHMA") == "CSS")
    ready = children.select("ASIA_ID", "VIREILLETULO_PVM", "PTA_VALMIS_PVM")
    yield from _judged("assessment ready", ready.iter_rows(), as_of)


def _decisions(tables: Tables, as_of: date) -> Iterator[AccessCase]:
    matters = tables["social.matter"].select("ASIA_ID", "VIREILLETULO_PVM", "PALVELUTEHTAVA")
    granted = tables["social.decision"].filter(pl.col("PAATOS_TULOS").is_in(["GRA", "PAR"]))
    known = granted.join(matters, on="ASIA_ID", how="inner")
    carried_out = known.select("PAATOS_ID", "VIREILLETULO_PVM", "PALVELU_ALKOI_PVM")
    yield from _judged("decision", carried_out.iter_rows(), as_of)
    elderly = known.filter(pl.col("PALVELUTEHTAVA") == "ELD").select("PAATOS_ID", "PAATOS_PVM", "PALVELU_ALKOI_PVM")
    yield from _judged("elderly decision", elderly.iter_rows(), as_of)
