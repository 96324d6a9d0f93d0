"""JSON Schemas of the YAML language for editors, out of the metamodel; `python -m concepts.schemas` renews them."""

from __future__ import annotations

import json
from typing import Any

from concepts.metamodel import Concept, Frozen
from concepts.sources import SourceMapping

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_SHORT_CALENDAR = {
    "type": "string",
    "pattern": "^(day|week|month|quarter|year)(_end)?$",
    "description": "The last day of each of these periods.",
}
_SHORT_ROLE = {"type": "string", "description": "A concept whose role is its own name."}


def schemas() -> dict[str, str]:
    """File name -> schema text of a concept file and of a source mapping."""
    return {"concept.schema.json": _schema(Concept), "source.schema.json": _schema(SourceMapping)}


def _schema(part: type[Frozen]) -> str:
    told: dict[str, Any] = {"$schema": DIALECT, **part.model_json_schema()}
    # The loader also takes short forms: a concept's name alone, and a calendar's period alone.
    for class_, key, short in (
        ("Link", "participants", _SHORT_ROLE),
        ("PointInTime", "calendar", _SHORT_CALENDAR),
        ("Bridge", "calendar", _SHORT_CALENDAR),
    ):
        field = told.get("$defs", {}).get(class_, {}).get("properties", {}).get(key)
        if field and "items" in field:
            field["items"] = {"anyOf": [short, field["items"]]}
        elif field:
            told["$defs"][class_]["properties"][key] = {"anyOf": [short, {"$ref": field["$ref"]}]}
    return json.dumps(_without_null(told), ensure_ascii=False, indent=2) + "\n"


def _without_null(told: Any) -> Any:
    """The schema without null as a choice: the language has no null, a key without a value is left out."""
    if isinstance(told, list):
        return [_without_null(item) for item in told]
    if not isinstance(told, dict):
        return told
    choices = [choice for choice in told.get("anyOf", []) if choice != {"type": "null"}]
    rest = {key: _without_null(value) for key, value in told.items() if (key, value) != ("default", None)}
    if len(choices) == 1:
        rest.pop("anyOf")
        return _without_null(choices[0]) | rest
    return rest
