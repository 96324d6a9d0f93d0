"""All that the scenarios of the matrix deliver, in one kitchen-sink warehouse: both engines hold the same."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pyspark.sql import SparkSession

from tests.laws.facts import Delivery
from tests.matrix.kitchen import SYSTEMS, model_and_source_texts
from tests.matrix.playing import deliveries
from tests.matrix.scenarios import every_scenario
from tests.spark.session import Spark
from tests.spec.warehouse import Warehouse


def told() -> Iterator[Delivery]:
    """Each scenario as each system tells it; what the calendar tells comes with all of them."""
    for scenario in every_scenario():
        for system in SYSTEMS:
            if system in scenario.systems:
                yield from sorted(deliveries(scenario, system), key=lambda delivery: delivery.registered)


def deliver(to: Warehouse, several: list[Delivery]) -> None:
    for one in several:
        rows = [{**row.values, "is_quarantined": row.is_quarantined} for row in one.rows]
        place = {"part": one.part, "parts": one.parts, "partition": one.partition}
        to.deliver(one.record_source, one.extracted.isoformat(), rows, **place)


def test_both_engines_hold_the_same_of_the_kitchen_sink(session: SparkSession, tmp_path: Path) -> None:
    different = list({(d.record_source, d.extracted, d.part, d.partition, str(d.rows)): d for d in told()}.values())
    duckdb = Warehouse(tmp_path, *model_and_source_texts(version=2))
    spark = Spark(duckdb, session)
    for half in (different[::2], different[1::2]):
        deliver(duckdb, half)
        duckdb.build()
        spark.dbt("run")
    assert spark.differing() == {}
    assert [name for name in spark.relations() if duckdb.ask(f"select count(*) from {name}") == [(0,)]] == []
