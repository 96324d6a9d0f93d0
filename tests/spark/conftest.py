"""One Spark session for all tests: starting it takes longer than most of them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

pytest.importorskip("pyspark", reason="make test-spark has an environment of its own")

from pyspark.sql import SparkSession

from tests.spark.session import open_session


@pytest.fixture(scope="session")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkSession]:
    opened = open_session(str(tmp_path_factory.mktemp("spark")))
    yield opened
    opened.stop()
