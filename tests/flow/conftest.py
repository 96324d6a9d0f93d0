"""One county and its homes for all tests and test processes of a session: a build takes half a minute."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.flow.county import (
    MODELS_AND_UNIT_TESTS,
    MODELS_ONLY,
    ONE_CORE,
    County,
    apart,
    ingest_and_build,
    make_county,
    new_home,
    once,
    sotevault,
)


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all test processes of the session have in common."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def county(shared: Path) -> County:
    """A county of 1 500 residents and four months."""
    folder = once(shared / "county", make_county)
    return County(folder / "deliveries", folder / "truth")


@pytest.fixture(scope="session")
def home(shared: Path, county: County) -> Path:
    """A home that got the first deliveries, and then by `sotevault run` all that had come since."""

    def make(folder: Path) -> None:
        apart(new_home(folder), ingest_and_build, county.arriving[0], **MODELS_AND_UNIT_TESTS)
        printed = sotevault(folder, "run", str(county.deliveries), **ONE_CORE)
        (shared / "home.txt").write_text(printed, encoding="utf-8")

    return once(shared / "home", make)


@pytest.fixture(scope="session")
def printed(shared: Path, home: Path) -> str:
    """What `sotevault run` printed to the person who started it."""
    return (shared / "home.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def home_backwards(shared: Path, county: County) -> Path:
    """A home to which the late deliveries came first; the first ones still lie in its drop folder."""

    def make(folder: Path) -> None:
        _, following, late = county.arriving
        apart(new_home(folder), ingest_and_build, late, following, **MODELS_ONLY)
        shutil.copytree(county.deliveries, folder / "inbox")

    return once(shared / "backwards", make)
