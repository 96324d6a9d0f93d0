"""Column lineage as OpenLineage says it: the columnLineage facet of each table. Data only; nothing is sent anywhere."""

from __future__ import annotations

import json

from concepts.column_lineage import column_lineage
from concepts.generator.design import Design
from concepts.inputs import Columns, How, Inputs

FACET = "https://openlineage.io/spec/facets/1-2-0/ColumnLineageDatasetFacet.json#/$defs/ColumnLineageDatasetFacet"
PRODUCER = "urn:sotevault:concepts.documents"


def _transformation(type_: str, subtype: str, description: str, *, masking: bool) -> dict[str, object]:
    return {"type": type_, "subtype": subtype, "description": description, "masking": masking}


_HOW: dict[How, dict[str, object]] = {
    "same": _transformation("DIRECT", "IDENTITY", "", masking=False),
    "respelt": _transformation("DIRECT", "TRANSFORMATION", "one spelling of a key", masking=False),
    "chosen": _transformation("DIRECT", "TRANSFORMATION", "one of several rows", masking=False),
    "computed": _transformation("DIRECT", "TRANSFORMATION", "a rule by hand", masking=False),
    "flagged": _transformation("DIRECT", "TRANSFORMATION", "compared with the values that mean deleted", masking=True),
    "hashed": _transformation("DIRECT", "TRANSFORMATION", "hash", masking=True),
    "counted": _transformation("DIRECT", "AGGREGATION", "count", masking=True),
    "presence": _transformation("INDIRECT", "CONDITIONAL", "key in delivery", masking=True),
}


def lineage_json(plan: Design) -> str:
    """The lineage of every table as datasets with their columnLineage facet, in JSON, a line a column."""
    datasets = ",\n".join(_dataset(name, columns) for name, columns in column_lineage(plan).items())
    return f'{{"datasets": [\n{datasets}\n]}}\n'


def _dataset(name: str, columns: Columns) -> str:
    fields = ",\n".join(f"  {json.dumps(column)}: {json.dumps(_field(told))}" for column, told in columns.items())
    head = json.dumps({"_producer": PRODUCER, "_schemaURL": FACET})[1:-1]
    return (
        f'{{"namespace": "warehouse", "name": {json.dumps(name)}, "facets": {{"columnLineage": {{{head}, "fields": {{\n'
        f"{fields}\n}}}}}}}}"
    )


def _field(inputs: Inputs) -> dict[str, object]:
    told = (("landing", i.dataset, i.field, [_HOW[i.how]]) for i in inputs)
    return {"inputFields": [dict(zip(("namespace", "name", "field", "transformations"), t, strict=True)) for t in told]}
