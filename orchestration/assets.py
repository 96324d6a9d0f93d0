"""The way from a delivery to a release as Dagster assets; each is one of the plain steps."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, DagsterDbtTranslatorSettings, dbt_assets
from dagster_dbt.asset_utils import get_asset_check_key_for_test
from dagster_dbt.dbt_manifest import validate_manifest

from orchestration import steps
from orchestration.building import FailedNodesError, Node, parse
from orchestration.registry import project_digest
from orchestration.settings import Settings, read_settings

DELIVERIES = dg.AssetKey("deliveries")
RELEASE = dg.AssetKey("release")
WRITER = "vault_writer"  # one run at a time writes to the home
SETTINGS = read_settings()


class Folder(dg.Config):
    """Where the delivered files lie."""

    folder: str = str(SETTINGS.inbox)


class Translator(DagsterDbtTranslator):
    """dbt's names as asset keys: each source is what the gate landed."""

    def get_asset_key(self, dbt_resource_props: Mapping[str, Any]) -> dg.AssetKey:
        """A delivered table is part of the deliveries asset; anything else has its own key below its layer."""
        if dbt_resource_props["resource_type"] == "source":
            return DELIVERIES
        return dg.AssetKey([dbt_resource_props["schema"], dbt_resource_props["name"]])

    def get_group_name(self, dbt_resource_props: Mapping[str, Any]) -> str:
        """The layer: staging, raw_vault, business_vault, marts, exports, reference."""
        return str(dbt_resource_props["schema"])


@cache
def manifest_path(settings: Settings) -> Path:
    """dbt's manifest of the project as it is now; parsed anew only when the project changed."""
    manifest = settings.dbt_target / "manifest.json"
    digest = settings.dbt_target / "manifest.of"
    now = project_digest(settings.project)
    if not (manifest.is_file() and digest.is_file() and digest.read_text() == now):
        parse(settings)
        digest.write_text(now)
    return manifest


@dg.asset(key=DELIVERIES, group_name="landing", pool=WRITER)
def deliveries(context: dg.AssetExecutionContext, config: Folder) -> dg.MaterializeResult[None]:
    """Every delivery of the drop folder, through the gate: contract, pseudonyms, quarantine, ledger."""
    report = steps.ingest(SETTINGS, Path(config.folder))
    report.raise_if_refused()  # the others are in; what was refused must be seen
    return dg.MaterializeResult(metadata={"files": len(report.receipts)})


# Every delivered table stands for the one asset "deliveries".
TRANSLATOR = Translator(settings=DagsterDbtTranslatorSettings(enable_duplicate_source_asset_keys=True))


@dbt_assets(manifest=manifest_path(SETTINGS), dagster_dbt_translator=TRANSLATOR, name="warehouse", pool=WRITER)
def warehouse(context: dg.AssetExecutionContext) -> Iterator[Any]:
    """Vault and marts; built whole whatever part is asked for, because marts stand on a complete vault only."""
    try:
        built = steps.build(SETTINGS)
    except FailedNodesError as failed:
        yield from _test_results(context, failed.nodes)
        raise
    yield from _asset_results(context, built.nodes)
    yield from _test_results(context, built.nodes)


def _asset_results(context: dg.AssetExecutionContext, nodes: Sequence[Node]) -> Iterator[dg.MaterializeResult[Any]]:
    """Every asset that was asked for is in step now, also the ones that did not have to be built; parents first."""
    seconds = {node.unique_id: node.seconds for node in nodes}
    known = warehouse_manifest()
    for unique_id in TopologicalSorter(known["parent_map"]).static_order():
        props = known["nodes"].get(unique_id, {"resource_type": "source"})
        if props["resource_type"] not in ("model", "seed"):
            continue
        key = TRANSLATOR.get_asset_key(props)
        if key in context.selected_asset_keys:
            yield dg.MaterializeResult(asset_key=key, metadata={"seconds": seconds.get(unique_id, 0.0)})


def _test_results(context: dg.AssetExecutionContext, nodes: Sequence[Node]) -> Iterator[dg.AssetCheckResult]:
    """Every dbt test that ran, at its asset; counts of rows, no values."""
    for node in nodes:
        if node.kind != "test":
            continue
        check = get_asset_check_key_for_test(warehouse_manifest(), TRANSLATOR, node.unique_id, None)
        if check and check in context.selected_asset_check_keys:
            yield dg.AssetCheckResult(
                asset_key=check.asset_key,
                check_name=check.name,
                passed=node.status == "pass",
                severity=dg.AssetCheckSeverity.ERROR if node.is_bad else dg.AssetCheckSeverity.WARN,
                metadata={"rows": node.failures or 0},
            )


@cache
def warehouse_manifest() -> Mapping[str, Any]:
    """dbt's manifest, read once a process."""
    return validate_manifest(manifest_path(SETTINGS))


def _marts() -> list[dg.AssetKey]:
    return sorted(key for key in warehouse.keys if key.path[0] in ("marts", "exports"))


@dg.asset(
    key=RELEASE,
    group_name="releases",
    deps=_marts(),
    pool=WRITER,
    check_specs=[dg.AssetCheckSpec("promises_to_receivers", asset=RELEASE)],
)
def release(context: dg.AssetExecutionContext) -> Iterator[Any]:
    """A new immutable folder for analysts and for national comparison, if the marts have changed."""
    published = steps.release(SETTINGS)
    held = all(verdict.passed for verdict in published.verdicts)
    yield dg.MaterializeResult(
        metadata={"release": published.release_id, "is_unchanged": published.is_unchanged},
        check_results=[
            dg.AssetCheckResult(passed=held, severity=dg.AssetCheckSeverity.WARN, check_name="promises_to_receivers")
        ],
    )
