"""The dbt YAML beside the generated models: descriptions from the concepts, tests from the vault's promises."""

from __future__ import annotations

from typing import Any

import yaml

from concepts.generator.design import Column
from concepts.generator.models import Model

DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)  # the same text, five times as fast, where PyYAML has libyaml


def files(models: list[Model]) -> dict[str, str]:
    """One properties file a layer."""
    layers = sorted({model.layer for model in models})
    return {
        f"models/{layer}/_{layer}.yml": _dumped(
            {"version": 2, "models": [_model(m) for m in models if m.layer == layer]}
        )
        for layer in layers
    }


def _model(model: Model) -> dict[str, Any]:
    told: dict[str, Any] = {"name": model.name, "description": model.description}
    tests: list[dict[str, Any]] = []
    if model.key:
        tests.append({"is_primary_key": {"arguments": {"columns": list(model.key)}}})
    if model.parents:
        parents = [
            {"column": column, "parent": f"{{{{ ref('{parent}') }}}}", "key": key}
            for column, parent, key in model.parents
        ]
        tests.append({"refers_to": {"name": f"refers_to__{model.name}", "arguments": {"parents": parents}}})
    if model.name == "load_ledger":
        tests.append({"ledger_balances": {}})
    if model.template == "landing":
        tests.append({"nothing_in_quarantine": {"config": {"severity": "warn"}}})
    if tests:
        told["data_tests"] = tests
    if model.columns:
        told["columns"] = [_column(column) for column in model.columns]
    return told


def _column(column: Column) -> dict[str, Any]:
    told: dict[str, Any] = {"name": column.name, "data_type": column.type}
    if column.attribute:
        term = column.attribute.term
        told["description"] = f"{term.en} ({term.fi}, {term.sv})"
        told["config"] = {"meta": {"privacy": str(column.attribute.privacy)}}
    return told


def _dumped(data: dict[str, Any]) -> str:
    return str(yaml.dump(data, Dumper=DUMPER, allow_unicode=True, sort_keys=False, width=120))
