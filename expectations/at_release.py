"""What we promise receivers: checks of the analysts' database before anyone can open it."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from expectations.rules import read_rules
from expectations.running import Promise, Sentence, Suite, Verdict, judge

_FIGURE_KEY = (
    "indicator",
    "version",
    "area_code",
    "area_level",
    "organiser_code",
    "period",
    "service_code",
    "segment_code",
    "sex_code",
    "age_group_code",
    "tense",
)


def check_release(database: Path, *, cards: Collection[str], threshold: int = 5) -> tuple[Verdict, ...]:
    """A verdict for every promise about the figures of a release; cards are the ids of the known indicators."""
    written = read_rules("release").tables
    suites = [
        Suite(
            name=f"release.{table}",
            table=table,
            promises=(
                *(_about_figures(cards) if table == "fct_indicator" else ()),
                *(rule.promise(threshold=threshold, largest=threshold - 1) for rule in rules),
            ),
        )
        for table, rules in written.items()
    ]
    return judge(database, suites)


def _about_figures(cards: Collection[str]) -> tuple[Promise, ...]:
    return (
        Promise(
            "each_figure_stands_once",
            "critical",
            Sentence(
                en="Each indicator has one figure per area, organiser, period and group.",
                fi="Kullakin mittarilla on yksi luku aluetta, järjestäjää, jaksoa ja ryhmää kohti.",
            ),
            "ExpectCompoundColumnsToBeUnique",
            {"column_list": list(_FIGURE_KEY), "ignore_row_if": "never"},
        ),
        Promise(
            "every_indicator_has_a_card",
            "critical",
            Sentence(
                en="Every indicator has a card that defines it.",
                fi="Jokaisella mittarilla on kortti, joka määrittelee sen.",
            ),
            "ExpectColumnValuesToBeInSet",
            {"column": "indicator", "value_set": sorted(cards)},
        ),
    )
