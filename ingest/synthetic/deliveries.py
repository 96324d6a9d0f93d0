"""What each delivery knows of the whole story: new and changed rows, whole states, and what came late.

The late delivery's extract lies between the other two. Its corrections hold only for rows that the second delivery did
not bring again, because the latest extract decides.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, time
from typing import NamedTuple

import numpy as np
import polars as pl

from ingest.synthetic.draws import happens
from ingest.synthetic.moments import Moment, Period

Events = Mapping[str, tuple[str, ...]]  # column with an event's time -> columns that are filled with it
CORRECTED_SHARE, RECORRECTED_SHARE, MISSED_SHARE = 0.004, 0.02, 0.01

AVOHILMO: Events = {
    "YHTEYDENOTTO_AJANKOHTA": (),
    "HOIDONTARVE_AJANKOHTA": ("HTA_AMMATTI", "HTA_ENSIKAYNTI", "HTA_KIIREELLISYYS", "HTA_LUONNE", "HTA_TULOS"),
    "AJANVARAUS_AJANKOHTA": ("AJANVARAUS_VARATTU", "AJANVARAUS_PALVELUMUOTO", "AJANVARAUS_YHTEYSTAPA"),
    "PERUUTUS_AJANKOHTA": ("PERUUTUS_SYY",),
    "KAYNTI_ALKOI": (
        "KAYNTI_LOPPUI",
        "KAYNTI_KAVIJARYHMA",
        "KAYNTI_KIIREELLISYYS",
        "KAYNTI_LUONNE",
        "KAYNTI_ENSIKAYNTI",
        "KAYNTI_SYYLUOKKA",
        "KAYNTI_PALVELUMUOTO",
        "KAYNTI_YHTEYSTAPA",
        "KAYNTI_AMMATTI",
        "KAYNTI_TOTEUTTAJA",
    ),
}
REFERRAL: Events = {"LANTTUPVA": (), "LANTKASPVA": ()}
QUEUE: Events = {"JONOPVM": (), "TUPVA": (), "JONOSTA_POISTO_PVM": ("JONOSTA_POISTO_SYY",)}
MATTER: Events = {"VIREILLETULO_PVM": (), "PTA_ALKOI_PVM": ("PTA_ID",), "PTA_VALMIS_PVM": ()}
DECISION: Events = {"PAATOS_PVM": (), "PALVELU_ALKOI_PVM": ("TOTEUTTAJA_YKSIKKO",), "PALVELU_PAATTYI_PVM": ()}
RESIDENT: Events = {"ASUU_ALKAEN": (), "KUOLINPVM": (), "ASUU_ASTI": ()}
STAMP = "SEURANTATIETUE_PAIVITETTY"


class Delivered(NamedTuple):
    """One table's rows in each of the three deliveries, before any dirt is added."""

    first: pl.DataFrame
    second: pl.DataFrame
    late: pl.DataFrame


def known_at(story: pl.DataFrame, events: Events, moment: Moment) -> pl.DataFrame:
    """The rows begun by then, with everything that happened later still blank."""
    rows = story.filter(pl.any_horizontal(_happened(story, event, moment) for event in events))
    blanked = [
        pl.when(_happened(story, event, moment)).then(column).alias(column)
        for event, filled in events.items()
        for column in (event, *filled)
    ]
    rows = rows.with_columns(blanked)
    return rows.with_columns(pl.max_horizontal(list(events)).alias(STAMP)) if STAMP in rows.columns else rows


def deliver_changes(
    rng: np.random.Generator,
    story: pl.DataFrame,
    events: Events,
    period: Period,
    correct: Callable[[pl.DataFrame], pl.DataFrame],
) -> Delivered:
    """A delta table: everything so far, then what is new or changed, then late corrections of some rows."""
    first, second, late = (known_at(story, events, moment) for moment in period.arriving)
    changed = second.filter(_changed_between(second, events, period.first, period.second))
    key = story.columns[0]
    untouched = first.join(changed.select(key), on=key, how="anti", maintain_order="left")
    lasting = untouched.filter(pl.Series(happens(rng, CORRECTED_SHARE, len(untouched))))
    passing = late.filter(_changed_between(late, events, period.first, period.late))
    passing = passing.filter(pl.Series(happens(rng, RECORRECTED_SHARE, len(passing))))
    return Delivered(first, changed, stamped(correct(pl.concat([lasting, passing])), period.late))


def deliver_states(story: pl.DataFrame, events: Events, period: Period, *, withdrawn: str | None = None) -> Delivered:
    """A full table: its whole state at each extract; a row that was withdrawn by then is simply missing."""

    def state(moment: Moment) -> pl.DataFrame:
        rows = known_at(story, events, moment)
        if withdrawn is None:
            return rows
        return rows.filter((pl.col(withdrawn) > moment.day).fill_null(True)).drop(withdrawn)

    return Delivered(*(state(moment) for moment in period.arriving))


def deliver_events(rng: np.random.Generator, story: pl.DataFrame, when: str, period: Period) -> Delivered:
    """An event table: each row once; some of the first delivery's rows were missed and come late."""
    before = story.filter(pl.col(when) <= period.first.day)
    missed = pl.Series(happens(rng, MISSED_SHARE, len(before)))
    after = story.filter((pl.col(when) > period.first.day) & (pl.col(when) <= period.second.day))
    return Delivered(before.filter(~missed), after, before.filter(missed))


def held_in_the_end(delivered: Delivered, key: list[str], semantics: str) -> pl.DataFrame:
    """What holds after all deliveries: the latest extract's version of each row, or the last whole state."""
    if semantics == "full":
        return delivered.second
    by_extract = pl.concat([delivered.first, delivered.late, delivered.second])
    return by_extract.unique(key, keep="last", maintain_order=True)


def stamped(rows: pl.DataFrame, moment: Moment) -> pl.DataFrame:
    """Corrected rows carry the correction's own time where the table has one."""
    at = datetime.combine(moment.day, time(15, 0))  # local, as the register writes it
    return rows.with_columns(pl.lit(at).cast(pl.Datetime("us")).alias(STAMP)) if STAMP in rows.columns else rows


def _happened(rows: pl.DataFrame, event: str, moment: Moment) -> pl.Expr:
    end_of_day = datetime.combine(moment.day, time(23, 59))
    limit = pl.lit(end_of_day) if rows.schema[event] == pl.Datetime else pl.lit(moment.day)
    return (pl.col(event) <= limit).fill_null(False)


def _changed_between(rows: pl.DataFrame, events: Events, after: Moment, until: Moment) -> pl.Expr:
    return pl.any_horizontal(
        _happened(rows, event, until) & ~_happened(rows, event, after) & pl.col(event).is_not_null() for event in events
    )
