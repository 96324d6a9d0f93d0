"""The generated models that find keys which several staged records name, and count what became of every record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from concepts.generator import naming
from concepts.generator.design import Column, Described, Design, TableDesign
from concepts.generator.histories import History, histories, hub_keys, repeated
from concepts.generator.models import Model

COUNTS = ("staged", "unknown_key", "new", "unchanged", "duplicate", "conflicting")


def ledgers(plan: Design) -> Iterator[Model]:
    """For each delivered table its repeated keys and the counts of its records, and the load ledger over all."""
    names = []
    for table in plan.tables:
        yield from _repeated(table)
        name = naming.ledger(table.source, table.table)
        names.append(name)
        context = {
            "record_source": table.record_source,
            "staging": table.name,
            "targets": list(_targets(table)),
        }
        yield Model("staging", name, "ledger", context, f"What became of every staged record of {table.record_source}.")
    columns = tuple(Column(name, "bigint") for name in COUNTS)
    what = "Per delivery and target: records staged = unknown key + new + unchanged + duplicate + conflicting."
    key = ("delivery_id", "target", "subject")
    yield Model("ledger", "load_ledger", "load_ledger", {"tables": names}, what, key, (), columns)


def _repeated(table: TableDesign) -> Iterator[Model]:
    for told in table.feeds.values():
        if name := repeated(told):
            context = {"record_source": table.record_source, "staging": table.name, "key": told.key}
            what = f"Keys that several staged records of {table.record_source} name."
            yield Model("staging", name, "repeated", context, what)


def _targets(table: TableDesign) -> Iterator[dict[str, Any]]:
    """Each table that the records go to, with the macro that counts them and its arguments."""
    yield from _shared([*_hubs(table), *_links(table)])
    for history in histories(table):
        yield {"macro": "version_counts", "name": history.name, "arguments": _versions(history) | _flag(table)}


def _hubs(table: TableDesign) -> Iterator[dict[str, Any]]:
    for told in table.feeds.values():
        if not told.concept.is_event:
            same = {name: f"staged.{told.landing(name)}" for name in told.concept.key}
            words = {"key": told.key, "target_key": naming.hub_key(told.concept.concept), "subject": told.role}
            arguments = _quoted(words) | _repeated_keys(told) | {"same": same}
            yield {"macro": "key_counts", "name": told.hub, "arguments": arguments}


def _links(table: TableDesign) -> Iterator[dict[str, Any]]:
    for told, name, link in table.links():
        if not told.concept.is_event:
            same = dict(zip(hub_keys(link), (f"staged.{key}" for key in hub_keys(link)), strict=True))
            same |= {naming.hub_key(told.concept.concept): f"staged.{told.key}"}
            words = {
                "key": naming.link_key(told.role, name),
                "target_key": naming.link_key(told.concept.concept, name),
                "subject": told.role,
                "owner_key": told.key,
            }
            arguments = _quoted(words) | _repeated_keys(told) | _flag(table) | {"same": same}
            yield {"macro": "key_counts", "name": naming.link(told.concept.concept, name), "arguments": arguments}


def _shared(targets: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The targets; of one that a row names in several roles, ``earlier`` gives the staged keys of the roles before."""
    for place, target in enumerate(targets):
        alike = [other for other in targets if other["name"] == target["name"]]
        before = [other["arguments"]["key"] for other in targets[:place] if other["name"] == target["name"]]
        more = {"earlier": f"[{', '.join(before)}]"} if len(alike) > 1 else {}
        yield {**target, "arguments": target["arguments"] | more}


def _repeated_keys(told: Described) -> dict[str, str]:
    name = repeated(told)
    return {"repeated": f"ref('{name}')"} if name else {}


def _flag(table: TableDesign) -> dict[str, str]:
    return {"flag": "'is_deleted'"} if table.has_flag else {}


def _versions(history: History) -> dict[str, Any]:
    words = {
        "key": history.staged_key,
        "target_key": history.key,
        "subject": history.told.role,
        "version": history.version,
        "target_version": history.version_name,
    }
    if history.link:
        words["owner_key"] = history.told.key
    child = {name: history.told.landing(name) for name in history.child_key}
    more: dict[str, Any] = {"child_key": child} if child else {}
    if history.is_plain:
        more |= _repeated_keys(history.told)
    if history.is_refused:
        more["refused"] = "true"
    return _quoted(words) | more


def _quoted(words: Mapping[str, str]) -> dict[str, str]:
    return {name: f"'{word}'" for name, word in words.items()}
