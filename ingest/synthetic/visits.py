"""Primary care: one row per care process with up to five timed events, as the Avohilmo register has them.

The rows tell the whole story of the period; what a delivery knows of it is for the deliveries to decide.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import polars as pl

from ingest.synthetic.draws import (
    Days,
    Flags,
    Reals,
    Whole,
    choose,
    choose_index,
    happens,
    numbered,
    time_column,
    where,
)
from ingest.synthetic.events import EventTimes, draw_event_times
from ingest.synthetic.moments import Period
from ingest.synthetic.people import ages
from ingest.synthetic.processes import FORMS, NO_SHOW, PROCESSES, REASONS_BY_FORM, URGENT

ROWS_PER_RESIDENT_YEAR = 8.1  # some fall away: not yet born, dead, moved before
LEAD_IN_DAYS = 21
UNKNOWN_UNIT = "1.2.246.10.99000005.10.404"  # never in the unit register
LOST_MUNICIPALITY_SHARE = 0.0005  # still coded as living in 588, which ended with 2024
UNKNOWN_UNIT_SHARE, HUS_SHARE, PURCHASED_SHARE, VOUCHER_SHARE = 0.01, 0.001, 0.03, 0.04
PROFESSION_GROUPS = {
    "2221": "doctor",
    "3231": "nurse",
    "51320": "practical_nurse",
    "2222": "dentist",
    "3225": "other",
    "3226": "therapist",
    "2445": "therapist",
    "2446": "social_worker",
}


class Story(NamedTuple):
    """Aligned arrays, one place a row: form and kind of the process, the person, the times, the home municipality."""

    form: Whole
    person: Whole
    kind: Whole
    times: EventTimes
    home: pl.Series


def synthesise_visits(
    rng: np.random.Generator, people: pl.DataFrame, units: pl.DataFrame, staff: pl.DataFrame, period: Period
) -> pl.DataFrame:
    """Rows in the columns of the delivery, in the order in which their processes began."""
    start, end = np.datetime64(period.start), np.datetime64(period.end)
    days = int((end - start).astype(int)) + 1 + LEAD_IN_DAYS
    size = round(int(people["registered"].sum()) * ROWS_PER_RESIDENT_YEAR * days / 365)
    form = choose_index(rng, [form.share for form in FORMS.values()], size)
    person = _persons(rng, people, form, start)
    kind = _kinds(rng, form)
    day = start - np.timedelta64(LEAD_IN_DAYS, "D") + (rng.random(size) * days).astype("timedelta64[D]")
    young = ages(people, start)[person] < 23
    times = draw_event_times(rng, day, kind, form, young)
    alive = _alive(people, person, times)
    order = np.argsort(times.began(), kind="stable")
    order = order[alive[order]]
    times = times.kept(order)
    home = home_at(people, person[order], times.began())
    story = Story(form[order], person[order], kind[order], times, home)
    place = _units(rng, units, home, story.form)
    rows = _spell(rng, people, story, place, units["oid"])
    return rows.hstack(_visit_content(rng, staff, story, place, rows))


def _persons(rng: np.random.Generator, people: pl.DataFrame, form: Whole, start: np.datetime64) -> Whole:
    """A person of fitting age for each row; few people have many of the rows."""
    age = ages(people, start)
    frailty = rng.gamma(0.6, 1.0, len(people)) * (0.6 + np.clip(age, 0, 100) / 80)
    persons = np.zeros(len(form), dtype=np.int64)
    for number, told in enumerate(FORMS.values()):
        mask = form == number
        fitting: Reals = np.where((age >= told.ages[0]) & (age < told.ages[1] + 1), frailty, 0.0)
        if told.ages[0] >= 65:
            fitting = fitting**2 * np.exp((np.clip(age, 65, 100) - 65) / 12)
        persons[mask] = choose_index(rng, fitting if fitting.sum() > 0 else frailty, int(mask.sum()))
    return persons


def _kinds(rng: np.random.Generator, form: Whole) -> Whole:
    asked = np.array([told.asked for told in FORMS.values()])[form]
    when_asked = choose_index(rng, [process.asked for process in PROCESSES.values()], len(form))
    by_plan = choose_index(rng, [process.planned for process in PROCESSES.values()], len(form))
    return np.where(asked, when_asked, by_plan)


def _alive(people: pl.DataFrame, person: Whole, times: EventTimes) -> Flags:
    born = people["born"].to_numpy().astype("datetime64[m]")[person]
    died = people["died"].to_numpy().astype("datetime64[m]")[person]
    alive: Flags = (times.began() > born) & ~(times.ended() >= died)
    return alive


def _spell(rng: np.random.Generator, people: pl.DataFrame, story: Story, place: Whole, oids: pl.Series) -> pl.DataFrame:
    """The delivery's columns of persons, places and events; the visit's content comes beside them."""
    size, times = len(story.kind), story.times
    has = {name: pl.Series(~np.isnat(getattr(times, name))) for name in EventTimes.names()}
    urgent = story.kind == URGENT
    urgency = where(urgent, choose(rng, {"5": 0.7, "6": 0.3}, size), "E")
    first = where(urgent | happens(rng, 0.78, size), "K", "E")
    contact_type = _by_form(rng, story.form, {name: told.contact_types for name, told in FORMS.items()})
    results = pl.Series([process.result for process in PROCESSES.values()]).gather(story.kind)
    forms = pl.Series(list(FORMS)).gather(story.form)
    return pl.DataFrame(
        {
            "AVOHILMO_ID": numbered("AH", size, 9),
            "TNRO": people["hetu"].gather(story.person),
            "ASIAKAS_KOTIKUNTA": where(happens(rng, LOST_MUNICIPALITY_SHARE, size), "588", story.home),
            "ASIAKAS_POSTINUMERO": pl.Series(["00000"]).new_from_index(0, size),
            "PALVELUNTUOTTAJA_YKSIKKO": where(happens(rng, UNKNOWN_UNIT_SHARE, size), UNKNOWN_UNIT, oids.gather(place)),
            "SEURANTATIETUE_PAIVITETTY": time_column(times.ended()),
            "YHTEYDENOTTO_AJANKOHTA": time_column(times.contact),
            "HOIDONTARVE_AJANKOHTA": time_column(times.assessment),
            "HTA_AMMATTI": where(has["assessment"], "3231"),
            "HTA_ENSIKAYNTI": where(has["assessment"], first),
            "HTA_KIIREELLISYYS": where(has["assessment"], urgency),
            "HTA_LUONNE": where(has["assessment"], choose(rng, {"SH": 0.97, "TH": 0.03}, size)),
            "HTA_TULOS": where(has["assessment"], results),
            "AJANVARAUS_AJANKOHTA": time_column(times.booking),
            "AJANVARAUS_VARATTU": time_column(times.booked_for),
            "AJANVARAUS_PALVELUMUOTO": where(has["booking"], forms),
            "AJANVARAUS_YHTEYSTAPA": where(has["booking"], contact_type),
            "PERUUTUS_AJANKOHTA": time_column(times.cancelled),
            "PERUUTUS_SYY": where(has["cancelled"], _cancellation_reasons(rng, story.kind)),
            "KAYNTI_ALKOI": time_column(times.visit),
            "KAYNTI_LOPPUI": time_column(times.visit_ended),
            "KAYNTI_PALVELUMUOTO": where(has["visit"], forms),
            "KAYNTI_YHTEYSTAPA": where(has["visit"], contact_type),
        }
    )


def _visit_content(
    rng: np.random.Generator, staff: pl.DataFrame, story: Story, place: Whole, rows: pl.DataFrame
) -> pl.DataFrame:
    """What the visits were about and who held them; urgency and first visit mostly as the assessment said."""
    size, seen = len(rows), rows["KAYNTI_ALKOI"].is_not_null()
    urgent = story.kind == URGENT
    assessed = rows["HOIDONTARVE_AJANKOHTA"].is_not_null()
    urgency = where(assessed, rows["HTA_KIIREELLISYYS"], "E")
    turned_urgent = happens(rng, 0.02, size) & ~urgent
    first = where(assessed, rows["HTA_ENSIKAYNTI"], choose(rng, {"K": 0.1, "E": 0.9}, size))
    profession = _by_form(rng, story.form, {name: told.professions for name, told in FORMS.items()})
    nature = _by_form(rng, story.form, {name: {told.nature: 0.985, "": 0.015} for name, told in FORMS.items()})
    reason = _by_form(rng, story.form, {n: REASONS_BY_FORM.get(n, REASONS_BY_FORM["planned"]) for n in FORMS})
    return pl.DataFrame(
        {
            "KAYNTI_KAVIJARYHMA": where(seen, choose(rng, {"1": 0.97, "2": 0.02, "3": 0.01}, size)),
            "KAYNTI_KIIREELLISYYS": where(seen, where(turned_urgent, "5", urgency)),
            "KAYNTI_LUONNE": where(seen, nature),
            "KAYNTI_ENSIKAYNTI": where(seen, first),
            "KAYNTI_SYYLUOKKA": where(seen, reason),
            "KAYNTI_AMMATTI": where(seen, profession),
            "KAYNTI_TOTEUTTAJA": where(seen, _professionals(rng, staff, place, profession)),
        }
    )


def _cancellation_reasons(rng: np.random.Generator, kind: Whole) -> pl.Series:
    return where(kind == NO_SHOW, "3", choose(rng, {"1": 0.6, "2": 0.2, "4": 0.15, "9": 0.05}, len(kind)))


def home_at(people: pl.DataFrame, person: Whole, when: Days) -> pl.Series:
    """The municipality where each person lived at the time."""
    moved = people["moved"].to_numpy().astype("datetime64[m]")[person]
    gone = pl.Series(moved <= when) & people["new_home"].gather(person).is_not_null()
    return where(gone, people["new_home"].gather(person), people["home"].gather(person))


def _units(rng: np.random.Generator, units: pl.DataFrame, home: pl.Series, form: Whole) -> Whole:
    """The unit of the form's kind in the home municipality; in the main municipality for people from elsewhere."""
    size = len(form)
    areas = np.array([told.area for told in FORMS.values()])[form]
    own = units.filter((pl.col("mode") == "OWN") & (pl.col("organiser") != "HUS")).unique(
        ["area", "municipality"], keep="first", maintain_order=True
    )
    main = own.unique("area", keep="first", maintain_order=True).select("area", main="unit")
    wanted = pl.DataFrame({"municipality": home, "area": areas})
    found = wanted.join(
        own.select("area", "municipality", "unit"), on=["municipality", "area"], how="left", maintain_order="left"
    )
    chosen = (
        found.join(main, on="area", how="left", maintain_order="left")
        .select(pl.coalesce("unit", "main"))
        .to_series()
        .to_numpy()
    )
    luck = rng.random(size)
    bought = units.filter(pl.col("mode") == "PUR")["unit"][0]
    voucher = units.filter(pl.col("mode") == "VOU")["unit"][0]
    hus = units.filter(pl.col("organiser") == "HUS")["unit"][0]
    chosen = np.where((areas == "1") & (luck < PURCHASED_SHARE), bought, chosen)
    chosen = np.where((areas == "2") & (luck < VOUCHER_SHARE), voucher, chosen)
    return np.where(luck > 1 - HUS_SHARE, hus, chosen).astype(np.int64)


def _by_form(rng: np.random.Generator, form: Whole, shares: Mapping[str, Mapping[str, float]]) -> pl.Series:
    """A code for each row, drawn by the shares of its service form."""
    codes = sorted({code for told in shares.values() for code in told})
    drawn = np.zeros(len(form), dtype=np.int64)
    for number, told in enumerate(shares.values()):
        mask = form == number
        drawn[mask] = choose_index(rng, [told.get(code, 0.0) for code in codes], int(mask.sum()))
    return pl.Series([code or None for code in codes], dtype=pl.String).gather(drawn)


def _professionals(rng: np.random.Generator, staff: pl.DataFrame, place: Whole, profession: pl.Series) -> pl.Series:
    """The register number of one who works in that group, of the unit itself if it has any; a few are missing."""
    groups = sorted(set(PROFESSION_GROUPS.values()))
    wanted = profession.replace_strict(PROFESSION_GROUPS).replace_strict(groups, range(len(groups))).to_numpy()
    known = staff.filter(pl.col("number").is_not_null() | (pl.col("group") == "other"))
    group = known["group"].replace_strict(groups, range(len(groups))).to_numpy().astype(np.int64)
    at_unit = _picked(rng, group * 10_000 + known["unit"].to_numpy(), wanted * 10_000 + place)
    anywhere = _picked(rng, group, wanted)
    chosen = np.where(at_unit >= 0, at_unit, anywhere)
    missing = happens(rng, 0.03, len(place)) | (chosen < 0)
    return where(missing, None, known["number"].gather(np.maximum(chosen, 0)))


def _picked(rng: np.random.Generator, offered: Whole, wanted: Whole) -> Whole:
    """For each wanted value the position of one of its offers, -1 where there is none."""
    order = np.argsort(offered, kind="stable")
    ordered = offered[order]
    low, high = np.searchsorted(ordered, wanted, "left"), np.searchsorted(ordered, wanted, "right")
    spot = low + (rng.random(len(wanted)) * (high - low)).astype(np.int64)
    return np.where(high > low, order[np.minimum(spot, len(order) - 1)], -1)
