"""What Dagster loads: `dagster-webserver -m orchestration.definitions`."""

from __future__ import annotations

import dagster as dg

from orchestration.assets import deliveries, release, warehouse
from orchestration.checks import promises_of_suppliers
from orchestration.schedules import drop_folder, every_night, nightly

defs = dg.Definitions(
    assets=[deliveries, warehouse, release],
    asset_checks=[promises_of_suppliers],
    jobs=[nightly],
    schedules=[every_night],
    sensors=[drop_folder],
    executor=dg.in_process_executor,
)
