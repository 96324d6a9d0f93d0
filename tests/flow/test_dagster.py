"""Dagster sees the same way from a delivery to a release; its assets and edges are a snapshot of one line each.

Renew the snapshot after a change of concepts: python tests/flow/test_dagster.py --update
"""

import os
import sys
import tempfile
from pathlib import Path

import pytest

SNAPSHOT = Path(__file__).with_name("asset_graph.txt")


def load_definitions(home):
    """Dagster's definitions over an empty home."""
    os.environ["SOTEVAULT_HOME"] = str(home)
    from orchestration.definitions import defs

    return defs


def edges(defs):
    graph = defs.resolve_asset_graph()
    for key in sorted(graph.get_all_asset_keys(), key=lambda key: key.path):
        parents = sorted(parent.to_user_string() for parent in graph.get(key).parent_keys)
        yield f"{key.to_user_string()} <- {', '.join(parents)}".rstrip()


@pytest.fixture(scope="module")
def defs(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOTEVAULT_HOME", "")  # put back afterwards
        yield load_definitions(tmp_path_factory.mktemp("home"))


def test_the_asset_graph_is_the_one_that_was_reviewed(defs):
    assert list(edges(defs)) == SNAPSHOT.read_text(encoding="utf-8").splitlines()


def test_nothing_reaches_a_release_but_through_the_gate(defs):
    graph = defs.resolve_asset_graph()
    roots = {key for key in graph.get_all_asset_keys() if not graph.get(key).parent_keys}
    outside = {key.to_user_string() for key in roots if key.path[0] not in ("reference", "marts")}

    assert outside == {"deliveries"}


def test_the_night_is_helsinkis_night(defs):
    schedule = defs.resolve_schedule_def("every_night")

    assert (schedule.cron_schedule, schedule.execution_timezone) == ("0 2 * * *", "Europe/Helsinki")


def test_the_nightly_job_runs_in_one_process_from_delivery_to_release(defs):
    job = defs.resolve_job_def("nightly")
    keys = {key.to_user_string() for key in job.asset_layer.executable_asset_keys}

    assert {"deliveries", "release", "marts/fct_indicator"} <= keys
    assert job.executor_def.name == "in_process"


def test_every_contract_has_its_promises_checked_before_the_vault(defs):
    from orchestration import steps
    from orchestration.assets import SETTINGS

    graph = defs.resolve_asset_graph()
    promised = {key.name for key in graph.asset_check_keys if key.asset_key.path == ["deliveries"]}

    assert promised == {f"promises_of_{name}" for name in steps.contracts(SETTINGS)}


if __name__ == "__main__" and "--update" in sys.argv:
    with tempfile.TemporaryDirectory() as folder:
        SNAPSHOT.write_text("\n".join(edges(load_definitions(folder))) + "\n", encoding="utf-8")
