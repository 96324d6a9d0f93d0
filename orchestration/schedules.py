"""When a run starts: every night, and when a complete delivery lies in the drop folder."""

from __future__ import annotations

import time

import dagster as dg

from orchestration.assets import SETTINGS
from orchestration.inbox import settled_content

nightly = dg.define_asset_job(
    "nightly",
    selection=dg.AssetSelection.all(),
    executor_def=dg.in_process_executor,
    description="Everything from the drop folder to the release.",
)

every_night = dg.ScheduleDefinition(
    name="every_night",
    job=nightly,
    cron_schedule="0 2 * * *",
    execution_timezone="Europe/Helsinki",
    default_status=dg.DefaultScheduleStatus.RUNNING,
)


@dg.sensor(
    job=nightly,
    name="drop_folder",
    minimum_interval_seconds=60,
    default_status=dg.DefaultSensorStatus.RUNNING,
)
def drop_folder(context: dg.SensorEvaluationContext) -> dg.RunRequest | dg.SkipReason:
    """Start a run when new deliveries have come to rest; the same content never starts a second one."""
    content = settled_content(SETTINGS.inbox, time.time())
    if content is None:
        return dg.SkipReason("no complete delivery in the drop folder, or one is still being written")
    return dg.RunRequest(run_key=content)
