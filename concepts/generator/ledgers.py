"""The generated models that find keys which several staged records name, and count what became of every record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from concepts.generator import naming
from concepts.generator.design import Column, Design, FeedDesign, TableDesign
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
    for feed in table.feeds.values():
        if name := repeated(feed):
            context = {"record_source": table.record_source, "staging": table.name, "key": feed.key}
            what = f"Keys that several staged records of {table.record_source} name."
            yield Model("staging", name, "repeated", context, what)


def _targets(table: TableDesign) -> Iterator[dict[str, Any]]:
    """Each table that the records go to, with the macro that counts them and its arguments."""
    yield from _shared([*_hubs(table), *_links(table)])
    for history in histories(table):
        yield {"macro": "version_counts", "name": history.name, "arguments": _versions(history) | _flag(table)}


def _hubs(table: TableDesign) -> Iterator[dict[str, Any]]:
    for feed in table.feeds.values():
        if not feed.concept.is_event:
            same = {name: f"staged.{feed.landing(name)}" for name in feed.concept.key}
            words = {"key": feed.key, "target_key": naming.hub_key(feed.concept.concept), "subject": feed.role}
            arguments = _quoted(words) | _repeated_keys(feed) | {"same": same}
            yield {"macro": "key_counts", "name": feed.hub, "arguments": arguments}


def _links(table: TableDesign) -> Iterator[dict[str, Any]]:
    for feed, name, link in table.links():
        if not feed.concept.is_event:
            same = dict(zip(hub_keys(link), (f"staged.{key}" for key in hub_keys(link)), strict=True))
            same |= {naming.hub_key(feed.concept.concept): f"staged.{feed.key}"}
            words = {
                "key": naming.link_key(feed.role, name),
                "target_key": naming.link_key(feed.concept.concept, name),
                "subject": feed.role,
                "owner_key": feed.key,
            }
            arguments = _quoted(words) | _repeated_keys(feed) | _flag(table) | {"same": same}
            yield {"macro": "key_counts", "name": naming.link(feed.concept.concept, name), "arguments": arguments}


def _shared(targets: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The targets; of one that a row names in several roles, ``earlier`` gives the staged keys of the roles before."""
    for place, target in enumerate(targets):
        alike = [other for other in targets if other["name"] == target["name"]]
        before = [other["arguments"]["key"] for other in targets[:place] if other["name"] == target["name"]]
        more = {"earlier": f"[{', '.join(before)}]"} if len(alike) > 1 else {}
        yield {**target, "arguments": target["arguments"] | more}


def _repeated_keys(feed: FeedDesign) -> dict[str, str]:
    name = repeated(feed)
    return {"repeated": f"ref('{name}')"} if name else {}


def _flag(table: TableDesign) -> dict[str, str]:
    return {"flag": "'is_deleted'"} if table.has_flag else {}


def _versions(history: History) -> dict[str, Any]:
    words = {
        "key": history.staged_key,
        "target_key": history.key,
        "subject": history.feed.role,
        "version": history.version,
        "target_version": history.version_name,
    }
    if history.link:
        words["owner_key"] = history.feed.key
    child = {name: history.feed.landing(name) for name in history.child_key}
    more: dict[str, Any] = {"child_key": child} if child else {}
    if history.is_plain:
        more |= _repeated_keys(history.feed)
    if history.is_refused:
        more["refused"] = "true"
    return _quoted(words) | more


def _quoted(words: Mapping[str, str]) -> dict[str, str]:
    return {name: f"'{word}'" for name, word in words.items()}
