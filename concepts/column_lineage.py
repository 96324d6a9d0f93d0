"""Which landing columns each column of the generated warehouse is made from, model by model, as its template says.

Every generated model is asked, by the template that writes it; a template that is not known here is an error, so that
no table can be without lineage. A table's columns are told through those of the tables that it reads.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from concepts.generator import naming
from concepts.generator.design import Column, Design, TableDesign
from concepts.generator.histories import histories, hub_keys
from concepts.generator.ledgers import COUNTS
from concepts.generator.models import Model, every_model
from concepts.generator.views import every_view
from concepts.inputs import Columns, Inputs, Made, chosen, landed, made_into, merged, united

PENDING = "pending_delivery"
ROW_COLUMNS = ("extract_datetime", "load_datetime", "record_source", "delivery_id")
_REFERRED = re.compile(r"""\bref\(\s*['"](\w+)['"]\s*\)""")


def column_lineage(plan: Design) -> Made:
    """Table (schema.name) -> column -> the landing columns that it is made from, every table of the warehouse."""
    models = [*every_model(plan), *every_view(plan)]
    layers = {PENDING: "staging"} | {model.name: model.layer for model in models}
    return {f"{layers[name]}.{name}": columns for name, columns in columns_of(models).items()}


def columns_of(models: Iterable[Model]) -> Made:
    """The same by bare table names, out of all models in the order of the generator."""
    made: Made = {PENDING: _pending()}
    # Rules by hand may read any other table, so they come last.
    for model in sorted(models, key=lambda told: told.template == "computed"):
        made[model.name] = LINEAGE[model.template](model, made)
    return made


def _pending() -> Columns:
    same = ("delivery_id", "record_source", "semantics", "partition_value", "extract_datetime")
    told: Columns = {name: landed("delivery", name, "same") for name in same}
    times = landed("delivery", "load_datetime", "chosen")
    ordered = (*times, *landed("delivery", "delivery_id", "chosen"))
    return told | {"load_datetime": times, "is_loaded": (), "delivery_number": ordered}


def _staging(model: Model, made: Made) -> Columns:
    table: TableDesign = model.context["table"]
    landing = f"{table.source}__{table.table}"

    def hashed(parts: Iterable[str | None]) -> Inputs:
        fields = [part.split(":")[0] for part in parts if part and part[0] != "'"]
        return merged(landed(landing, field, "hashed") for field in fields)

    told: Columns = {key.column: hashed((*key.parts, key.when)) for key in table.hashed_keys()}
    for owner, name, link in table.links():
        if not owner.concept.is_event:
            members = (told[key] for key in (owner.key, *hub_keys(link)))
            column = naming.link_key(owner.role, name)
            told[column] = merged((*members, hashed(table.link_parts(owner, link))))
    for history in histories(table):
        if history.kind != "effectivity":
            own = hashed(history.feed.landing(name) for name in history.attributes)
            told[history.version] = merged((own, *(told.get(key, ()) for key in history.members)))
    for header in table.mapping.columns:
        name = table.mapping.landing_name(header)
        told[name] = landed(landing, name, "respelt" if table.canonical_of(header) else "same")
    if table.mapping.deleted:
        column = table.mapping.landing_name(table.mapping.deleted.column)
        told["is_deleted"] = landed(landing, column, "flagged")
    record = landed(landing, "record_number", "chosen")
    number, extracted = made[PENDING]["delivery_number"], made[PENDING]["extract_datetime"]
    return told | {
        "record_id": merged((number, record)),
        "delivery_number": number,
        "extract_datetime": extracted,
    }


def _hub(model: Model, made: Made) -> Columns:
    key, feeds = model.context["key"], model.context["feeds"]
    told = [
        {key: made[feed.table.name][feed.key]}
        | {name: made[feed.table.name][feed.landing(name)] for name in feed.concept.key}
        for feed in feeds
    ]
    return chosen(united(told)) | _row(made)


def _link(model: Model, made: Made) -> Columns:
    key = model.context["key"]
    told = [
        {key: made[feed["staging"]][feed["link_column"]]}
        | {name: made[feed["staging"]][column] for column, name in feed["members"]}
        for feed in model.context["feeds"]
    ]
    return chosen(united(told)) | _row(made)


def _history(model: Model, made: Made) -> Columns:
    words = model.context
    staged = made[words["staging"]]
    version = words["version_name"]
    told: Columns = {words["key"]: staged[words["staged_key"]], version: staged[words["version"]]}
    told |= {name: staged[name] for name in words["members"]} | {"hash_recipe": ()}
    return told | {column.name: _staged(column, staged) for column in words["columns"]} | _row(made)


def _staged(column: Column, staged: Columns) -> Inputs:
    """What a staged column is made from; one that is not delivered is NULL and comes from nowhere."""
    return staged.get(column.origin, ())


def _status(model: Model, made: Made) -> Columns:
    words = model.context
    staged = made[words["staging"]]
    key = staged[words["staged_key"]]
    return {
        words["key"]: key,
        "partition_value": made[PENDING]["partition_value"],
        "is_present": merged((staged.get("is_deleted", ()), made_into("presence", key))),
    } | _row(made)


def _told_status(model: Model, made: Made) -> Columns:
    name, tables = model.context["key"], model.context["tables"]
    key = made[tables[-1]][name]
    return {name: key, "partition_value": (), "is_present": made_into("presence", key)} | _row(made)


def _named(model: Model, made: Made) -> Columns:
    words = model.context
    return {words["key"]: made[words["staging"]][words["staged_key"]]} | _row(made)


def _repeated(model: Model, made: Made) -> Columns:
    key = model.context["key"]
    return {key: made[model.context["staging"]][key], "first_record": ()}


def _ledger(model: Model, made: Made) -> Columns:
    staged = made[model.context["staging"]]
    told = (target["arguments"] for target in model.context["targets"])
    names = dict.fromkeys(words[word].strip("'") for words in told for word in ("key", "version") if word in words)
    return _counts(dict.fromkeys(COUNTS, made_into("counted", merged(staged[name] for name in names))), made)


def _load_ledger(model: Model, made: Made) -> Columns:
    return _counts(united(made[name] for name in model.context["tables"]), made)


def _counts(told: Columns, made: Made) -> Columns:
    row = _row(made)
    names = {"delivery_id": row["delivery_id"], "record_source": row["record_source"], "target": (), "subject": ()}
    return names | {name: told.get(name, ()) for name in COUNTS}


def _current(model: Model, made: Made) -> Columns:
    words, hub = model.context, made[model.context["hub"]]
    told = {name: hub[name] for name in (words["key"], *words["concept"].key)} | _aspects(words["aspects"], made)
    for link in words["links"]:
        told |= {column: made[link["table"]][column] for column in link["columns"]}
    if words["validity"]:
        validity = words["concept"].validity
        told |= {"valid_from": told[validity.begins], "valid_to": told[validity.ends]}
    return chosen(told | {"extract_datetime": hub["extract_datetime"]})


def _aspects(aspects: Iterable[dict[str, Any]], made: Made) -> Columns:
    """The attributes of aspects, each out of all tables that hold it."""
    return {
        column.name: merged(made[told.name][column.name] for told in aspect["tables"])
        for aspect in aspects
        for column in aspect["columns"]
    }


def _current_set(model: Model, made: Made) -> Columns:
    names = [model.context["key"], *(c.name for c in model.context["columns"]), "extract_datetime"]
    return chosen({name: merged(made[told.name][name] for told in model.context["tables"]) for name in names})


def _current_relation(model: Model, made: Made) -> Columns:
    words, link = model.context, made[model.context["link"]]
    told = {name: link[name] for name in (words["key"], *words["members"])} | _aspects(words["aspects"], made)
    return chosen(told | {"record_source": link["record_source"]})


def _hierarchy(model: Model, made: Made) -> Columns:
    words = model.context
    source = made[words["source"]]
    pair = {name: source[name] for name in (words["key"], words["other"])}
    return pair | {"distance": made_into("counted", merged(pair.values()))}


def _same_as(model: Model, made: Made) -> Columns:
    words = model.context
    source = made[words["source"]]
    return {words["key"]: made[words["hub"]][words["key"]]} | {
        "master_hk": merged((source[words["other"]], source[words["key"]]))
    }


def _event(model: Model, made: Made) -> Columns:
    words = model.context
    names = [words["key"], *words["members"], *(column.name for column in words["columns"]), *ROW_COLUMNS]
    return chosen({name: merged(made[table][name] for table, _ in words["tables"]) for name in names})


def _entries(model: Model, made: Made) -> Columns:
    return _event(model, made) | {"entry": ()}


def _as_of(model: Model, made: Made) -> Columns:
    words, table = model.context, made[model.context["table"]]
    told = {name: table[name] for name in (words["key"], *words["columns"])}
    times = {f"{axis}_{end}": table[f"{load}_datetime"] for axis, load in _AXES for end in ("from", "to")}
    return chosen(told | times | {"record_source": table["record_source"]})


_AXES = (("valid", "extract"), ("known", "load"))


def _point_in_time(model: Model, made: Made) -> Columns:
    words = model.context
    told: Columns = {words["key"]: made[words["hub"]][words["key"]], "snapshot_date": _days(model, made)}
    for table in words["tables"]:
        for time in ("extract_datetime", "load_datetime"):
            told[f"{words['alias'][table]}_{time}"] = made[table][time]
    return chosen(told)


def _days(model: Model, made: Made) -> Inputs:
    """Snapshot days: those of a reference, or those that deliveries reach."""
    words = model.context
    return made[words["days_hub"]][words["day_column"]] if words["days_hub"] else made[PENDING]["extract_datetime"]


def _bridge(model: Model, made: Made) -> Columns:
    words = model.context
    first = words["hops"][0]
    days: Columns = {"snapshot_date": _days(model, made)} if words["effective"] else {}
    told = days | {first["owner"]: made[first["link"]][first["owner"]]}
    for hop in words["hops"]:
        told |= {member: made[hop["link"]][member] for member in hop["members"]}
    return chosen(told)


def _computed(model: Model, made: Made) -> Columns:
    """A rule by hand is not read: each column of it may come from every column that its query names."""
    words = model.context
    query = words["query"]
    named = [
        inputs
        for table in dict.fromkeys(_REFERRED.findall(query))
        for column, inputs in made.get(table, {}).items()
        if re.search(rf"\b{column}\b", query)
    ]
    told = made_into("computed", merged(named))
    key = next((made[table][words["key"]] for table in _REFERRED.findall(query) if words["key"] in made[table]), ())
    return {words["key"]: key} | {column.name: told for column in words["columns"]}


def _row(made: Made) -> Columns:
    return {name: made[PENDING][name] for name in ROW_COLUMNS}


LINEAGE: dict[str, Callable[[Model, Made], Columns]] = {
    "staging": _staging,
    "hub": _hub,
    "link": _link,
    "satellite": _history,
    "multi_active": _history,
    "status": _status,
    "status_flag": _status,
    "telling": _named,
    "status_told": _told_status,
    "record_tracking": _named,
    "repeated": _repeated,
    "ledger": _ledger,
    "load_ledger": _load_ledger,
    "current": _current,
    "current_set": _current_set,
    "current_relation": _current_relation,
    "hierarchy": _hierarchy,
    "same_as": _same_as,
    "current_event": _event,
    "entries": _entries,
    "as_of": _as_of,
    "point_in_time": _point_in_time,
    "bridge": _bridge,
    "computed": _computed,
}
