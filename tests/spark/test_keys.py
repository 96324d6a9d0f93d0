"""Spark makes the keys that are published."""

from __future__ import annotations

import pytest
from pyspark.sql import SparkSession

from tests.spec.key_cases import Vector
from tests.spec.key_engines import statement
from tests.spec.key_vectors import published

VECTORS = published()


@pytest.mark.parametrize("vector", VECTORS, ids=[v["name"] for v in VECTORS])
def test_spark_makes_the_published_key(session: SparkSession, vector: Vector) -> None:
    sql, values = statement(vector, "spark")

    assert [tuple(row) for row in session.sql(sql, args=values).collect()] == [(vector["key"],)]
