"""What suppliers promised, as asset checks of the deliveries: one a delivered table."""

from __future__ import annotations

from collections.abc import Iterator

import dagster as dg

from orchestration import steps
from orchestration.assets import DELIVERIES, SETTINGS


@dg.multi_asset_check(
    specs=[
        dg.AssetCheckSpec(f"promises_of_{name}", asset=DELIVERIES, blocking=True)
        for name in sorted(steps.contracts(SETTINGS))
    ],
    name="promises_of_suppliers",
)
def promises_of_suppliers() -> Iterator[dg.AssetCheckResult]:
    """A broken critical promise stops the run before the vault; no value is told, only rules."""
    verdicts = steps.check_landing(SETTINGS)
    for name in sorted(steps.contracts(SETTINGS)):
        broken = [verdict for verdict in verdicts if verdict.table == name and not verdict.passed]
        critical = any(verdict.severity == "critical" for verdict in broken)
        yield dg.AssetCheckResult(
            asset_key=DELIVERIES,
            check_name=f"promises_of_{name}",
            passed=not broken,
            severity=dg.AssetCheckSeverity.ERROR if critical else dg.AssetCheckSeverity.WARN,
            metadata={"broken_rules": [verdict.rule for verdict in broken]},
        )
