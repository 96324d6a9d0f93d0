"""Dagster's nightly job over a home's drop folder, as it tells of itself."""

from __future__ import annotations

import json
import sys


def night() -> None:
    """Run the job in this process, and print what came of it as JSON."""
    import dagster as dg  # here, because definitions keep the first home that they were read for

    from orchestration.definitions import defs
    from orchestration.settings import read_settings
    from orchestration.steps import release_id

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
