"""One synthetic county put together: what each of its systems delivers at each moment."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import polars as pl

from concepts.errors import ModelError
from ingest.synthetic import finance, hospital, people, social, staff, units, visits
from ingest.synthetic.codes import code_set
from ingest.synthetic.deliveries import (
    AVOHILMO,
    DECISION,
    MATTER,
    QUEUE,
    REFERRAL,
    RESIDENT,
    Delivered,
    deliver_changes,
    deliver_events,
    deliver_states,
    known_at,
)
from ingest.synthetic.moments import Moment, Period

LEAST = 200  # fewer people leave some kinds of record out


def synthesise_tables(county: str, population: int, seed: int, period: Period) -> dict[str, Delivered]:
    """Every table of every source by ``source.table``, clean; each part has its own stream of chance."""
    _check(county, population)
    streams = (np.random.default_rng(part) for part in np.random.SeedSequence(seed).spawn(12))
    residents = people.synthesise_people(next(streams), county, population, period)
    places = units.synthesise_units(county)
    employed = staff.synthesise_staff(next(streams), places, population, period)
    seen = visits.synthesise_visits(next(streams), residents, places, employed, period)
    referrals = hospital.synthesise_referrals(next(streams), residents, places, period)
    queue = hospital.synthesise_queue(next(streams), referrals, period)
    sent = hospital.delivered_referrals(referrals, period)
    matters = social.synthesise_matters(next(streams), residents, places, period)
    decisions = social.synthesise_decisions(next(streams), matters, places)
    opened = social.delivered_matters(matters)
    centres = units.cost_centres(places)
    ledger = finance.synthesise_ledger(next(streams), centres, population, period)
    absences = staff.synthesise_absences(next(streams), employed, period)
    workforce = staff.employment_list(next(streams), employed, places, residents)
    chance = next(streams)
    return {
        "patient.avohilmo": deliver_changes(chance, seen, AVOHILMO, period, correct_visits),
        "patient.referral": deliver_changes(chance, sent, REFERRAL, period, correct_referrals),
        "patient.queue": deliver_states(queue, QUEUE, period, withdrawn="withdrawn"),
        "social.matter": deliver_changes(chance, opened, MATTER, period, correct_matters),
        "social.decision": deliver_changes(chance, decisions, DECISION, period, correct_decisions),
        "hr.employment": _each(period, lambda moment: _employed(workforce, moment)),
        "hr.absence": deliver_states(absences, {"Alkoi": ()}, period),
        "finance.ledger": deliver_events(chance, ledger, "KIRJAUSPVM", period),
        "finance.account": _each(period, lambda _: finance.chart_of_accounts()),
        "finance.cost_centre": _each(period, lambda _: centres),
        "reference.resident": deliver_states(people.residence(residents, county), RESIDENT, period),
        "reference.unit": _each(period, lambda moment: _named(places, moment is period.first)),
        "reference.code": _each(period, lambda _: finance.code_export()),
    }


def _check(county: str, population: int) -> None:
    organisers = code_set("organiser").filter(pl.col("county_code").is_not_null())["county_code"].to_list()
    if county not in organisers:
        raise ModelError(f"no county with code {county} organises services; use one of {', '.join(organisers)}")
    if population < LEAST:
        raise ModelError(f"a population of {population} is too small; ask for at least {LEAST}")


def _each(period: Period, state: Callable[[Moment], pl.DataFrame]) -> Delivered:
    return Delivered(*(state(moment) for moment in period.arriving))


def _employed(workforce: pl.DataFrame, moment: Moment) -> pl.DataFrame:
    """Permanent employments show their end only when it has come; fixed terms have it from the start."""
    rows = known_at(workforce, {"Alkoi": ()}, moment)
    shown = (pl.col("Luonne") != "V") | (pl.col("Päättyi") <= moment.day)
    return rows.with_columns(pl.when(shown).then("Päättyi").alias("Päättyi"))


def _named(places: pl.DataFrame, early: bool) -> pl.DataFrame:
    """The unit register; the first time, one unit still lacks its Swedish name."""
    register = units.unit_register(places)
    if not early:
        return register
    return register.with_columns(NAMN=pl.when(pl.int_range(pl.len()) > 0).then("NAMN"))


def correct_visits(rows: pl.DataFrame) -> pl.DataFrame:
    """The reason class of medical visits is corrected to falling ill, missing natures are filled."""
    medical = pl.col("KAYNTI_PALVELUMUOTO") == "T11"
    seen = pl.col("KAYNTI_ALKOI").is_not_null()
    return rows.with_columns(
        KAYNTI_SYYLUOKKA=pl.when(medical).then(pl.lit("ILL")).otherwise("KAYNTI_SYYLUOKKA"),
        KAYNTI_LUONNE=pl.when(seen).then(pl.col("KAYNTI_LUONNE").fill_null("SH")),
    )


def correct_referrals(rows: pl.DataFrame) -> pl.DataFrame:
    """Processed a day earlier than first told, unless that was the day of arrival or before it."""
    later = pl.col("LANTKASPVA") > pl.col("LANTTUPVA")
    moved = pl.when(later).then(pl.col("LANTKASPVA").dt.offset_by("-1d")).otherwise("LANTKASPVA")
    return rows.with_columns(LANTKASPVA=moved)


def correct_matters(rows: pl.DataFrame) -> pl.DataFrame:
    """Clients of families and child welfare turn out to need special support."""
    children = pl.col("PALVELUTEHTAVA").is_in(["FAM", "CHW"])
    return rows.with_columns(ASIAKASRYHMA=pl.when(children).then(pl.lit("CSS")).otherwise("ASIAKASRYHMA"))


def correct_decisions(rows: pl.DataFrame) -> pl.DataFrame:
    """The service began a day earlier than first told, unless that was the day of the decision."""
    later = pl.col("PALVELU_ALKOI_PVM") > pl.col("PAATOS_PVM")
    moved = pl.when(later).then(pl.col("PALVELU_ALKOI_PVM").dt.offset_by("-1d")).otherwise("PALVELU_ALKOI_PVM")
    return rows.with_columns(PALVELU_ALKOI_PVM=moved)
