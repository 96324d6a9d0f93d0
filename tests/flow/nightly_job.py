"""Run Dagster's nightly job over the home's drop folder in this process, and print what came of it as JSON."""

import json
import sys

import dagster as dg

from orchestration.definitions import defs
from orchestration.settings import read_settings
from orchestration.steps import release_id

if __name__ == "__main__":
    job = defs.resolve_job_def("nightly")
    with dg.DagsterInstance.ephemeral() as instance:
        result = job.execute_in_process(instance=instance, raise_on_error=True)
    checks = result.get_asset_check_evaluations()
    told = {
        "success": result.success,
        "assets": sorted({event.asset_key.to_user_string() for event in result.get_asset_materialization_events()}),
        "wanted": sorted(key.to_user_string() for key in job.asset_layer.executable_asset_keys),
        "checks": sorted({f"{check.asset_key.to_user_string()}:{check.check_name}" for check in checks}),
        "failed": sorted(c.check_name for c in checks if not c.passed and c.severity == dg.AssetCheckSeverity.ERROR),
        "release": release_id(read_settings()),
    }
    sys.stdout.write(json.dumps(told))
