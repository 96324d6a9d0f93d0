"""What each generated dbt model of staging and raw vault says: its layer, name, template and the template's words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from concepts.generator import naming
from concepts.generator.design import Column, Design, FeedDesign, Hashed, TableDesign, hub_of
from concepts.generator.histories import History, Parents, histories, hub_keys, participants, repeated
from concepts.generator.presences import Presence, presences
from concepts.metamodel import Concept, DataType, Link


@dataclass(frozen=True)
class Model:
    """One dbt model: where it goes, which template writes it with which words, and what its columns are."""

    layer: str
    name: str
    template: str
    context: dict[str, Any]
    description: str
    key: tuple[str, ...] = ()
    parents: Parents = ()
    columns: tuple[Column, ...] = ()
    concept: str | None = None  # that it is about, if it is about one

    def about(self, concept: Concept) -> Model:
        """The same model, as one that is about the concept."""
        return replace(self, concept=concept.concept)


def every_model(plan: Design) -> Iterator[Model]:
    """All models of the vault that a delivery feeds."""
    yield from (_staging(table) for table in plan.tables)
    for concept in plan.hubs():
        yield _hub(plan, concept).about(concept)
        yield from (_link(plan, concept, name).about(concept) for name in told_links(plan, concept))
    for table in plan.tables:
        yield from (_history(history).about(history.feed.concept) for history in histories(table))
        yield from (_presence(presence).about(presence.feed.concept) for presence in presences(table))
        yield from (_record_tracking(feed).about(feed.concept) for feed in table.feeds.values() if feed.concept.tracked)


def told_links(plan: Design, concept: Concept) -> dict[str, Link]:
    """The concept's relations that at least one table tells of."""
    told = {name for name, _ in _tellings(plan, concept)}
    return {name: link for name, link in concept.links.items() if name in told}


def _tellings(plan: Design, concept: Concept) -> Iterator[tuple[str, FeedDesign]]:
    """Each relation of the concept with a feed that tells it."""
    for table in plan.feeding(concept.concept):
        yield from ((name, feed) for feed, name, _ in table.links() if feed.concept.concept == concept.concept)


def types(columns: tuple[Column, ...]) -> dict[str, str]:
    """Type by name."""
    return {column.name: column.type for column in columns}


def _staging(table: TableDesign) -> Model:
    hashed = {key.column: key for key in table.hashed_keys()}
    flag = table.mapping.deleted
    context = {
        "table": table,
        "landed": f"{table.source}__{table.table}",
        "keys": list(hashed.values()),
        "texts": _texts(table),
        "links": [
            {"column": naming.link_key(feed.role, name), "members": _members(table, hashed, feed, link)}
            for feed, name, link in table.links()
            if not feed.concept.is_event
        ],
        "differences": [
            {"column": h.version, "pairs": list(_pairs(h))} for h in histories(table) if h.kind != "effectivity"
        ],
        "columns": [column.name for column in table.landed],
        "kept": _kept(table),
        "deleted": flag and flag.holds(f"landed.{table.mapping.landing_name(flag.column)}"),
    }
    what = f"Records of {table.record_source} that wait for their load, with keys and hash differences."
    return Model("staging", table.name, "staging", context, what, columns=table.landed)


def _kept(table: TableDesign) -> dict[str, str]:
    """The arguments of `kept_text` for each landing column of text."""
    headers = [h for h in table.mapping.columns if table.type_of(h) in (DataType.STRING, DataType.CODE)]
    return {table.mapping.landing_name(h): _kept_arguments(table, h) for h in headers}


def _kept_arguments(table: TableDesign, header: str, relation: str = "landed") -> str:
    canonical = table.canonical_of(header)
    return f"'{relation}.{table.mapping.landing_name(header)}'" + (f", {canonical}" if canonical else "")


def _members(
    table: TableDesign, hashed: dict[str, Hashed], feed: FeedDesign, link: Link
) -> list[tuple[list[str], str | None]]:
    """A relation's members as the hash macro takes them: owner, participants, and last the dependent child key."""
    keys = [hashed[key] for key in (feed.key, *hub_keys(link))]
    child = Hashed("", table.link_parts(feed, link)).texts
    return [(key.texts, key.when) for key in keys] + ([(child, None)] if child else [])


def _pairs(history: History) -> Iterator[tuple[str, str]]:
    """A version's attributes with their staged parts; an event's participants belong to it."""
    for name in history.attributes:
        yield name, history.feed.table.part(history.feed.mapping.attributes[name])
    for key in history.members:
        yield key, f"{key}:key"


def _texts(table: TableDesign) -> list[dict[str, str]]:
    """The landing columns that keys are made of, each once, with the type that its canonical text depends on."""
    parts = [part for key in table.hashed_keys() for part in key.parts if part[0] != "'"]
    parts += [part for feed, _, link in table.links() for part in table.link_parts(feed, link)]
    return [dict(zip(("name", "type"), f"{part}:".split(":"), strict=False)) for part in dict.fromkeys(parts)]


def _hub(plan: Design, concept: Concept) -> Model:
    key = naming.hub_key(concept.concept)
    columns = tuple(Column(name, a.type.sql, attribute=a) for name, a in concept.key.items())
    feeds = plan.fed(concept.concept)
    context = {
        "concept": concept,
        "key": key,
        "feeds": feeds,
        "repeated": repeated(feeds[0]) if len(feeds) == 1 else None,
        "column_types": types(columns),
    }
    what = f"{concept.term.en} ({concept.term.fi}, {concept.term.sv}). {concept.definition.en}"
    return Model("raw_vault", hub_of(concept), "hub", context, what, (key,), (), columns)


def _link(plan: Design, concept: Concept, name: str) -> Model:
    link, key = concept.links[name], naming.link_key(concept.concept, name)
    owner = naming.hub_key(concept.concept)
    feeds = [feed for told, feed in _tellings(plan, concept) if told == name]
    keys, roles = [owner, *hub_keys(link)], [concept.concept, *(p.role for p in link.participants)]
    columns = tuple(Column(n, a.type.sql, attribute=a) for n, a in link.child_key.items())
    members = [*keys, *link.child_key]
    context = {
        "roles": roles,
        "key": key,
        "feeds": [
            {
                "link_column": naming.link_key(feed.role, name),
                "members": list(
                    zip([feed.key, *hub_keys(link), *(feed.landing(n) for n in link.child_key)], members, strict=True)
                ),
                "staging": feed.table.name,
                "owner_key": feed.key,
                "has_flag": feed.table.has_flag,
            }
            for feed in feeds
        ],
        "members": members,
        "repeated": repeated(feeds[0]) if len(feeds) == 1 else None,
        "ghost_key_columns": [key, *keys],
        "column_types": types(columns),
    }
    parents = ((owner, hub_of(concept), owner), *participants(link))
    what = f"Which {', '.join(roles)} belong together."
    return Model("raw_vault", naming.link(concept.concept, name), "link", context, what, (key,), parents, columns)


def _history(history: History) -> Model:
    feed = history.feed
    recomputed = {c.name: f"{c.name}{_kind(c)}" for c in history.columns if c.name in history.attributes}
    recomputed |= {key: f"{key}:key" for key in history.members}
    context = {
        "grain": history.grain,
        "key": history.key,
        "staged_key": history.staged_key,
        "owner_key": feed.key,
        "staging": feed.table.name,
        "repeated": repeated(feed) if history.is_plain else None,
        "record_source": feed.table.record_source,
        "has_flag": feed.table.has_flag,
        "version": history.version,
        "version_name": history.version_name,
        "recomputed": [] if history.kind == "effectivity" else list(recomputed.items()),
        "columns": history.columns,
        "column_types": types(history.columns),
        "members": history.members,
        "ghost_keys": [history.key, history.version_name, *history.members],
        "child_key": history.child_key,
        "child_columns": [(name, feed.landing(name)) for name in history.child_key],
        "child_told": ", ".join(f"told.{name}" for name in history.child_key),
    }
    template = "multi_active" if history.child_key else "satellite"
    unique = (history.key, *history.child_key, "extract_datetime", "load_datetime", history.version_name)
    return Model("raw_vault", history.name, template, context, history.grain, unique, history.parents, history.columns)


def _kind(column: Column) -> str:
    """The part of a staged name that tells its type, as the hash macros take it."""
    kind = str(column.attribute.type) if column.attribute else "string"
    return "" if kind in ("string", "code") else f":{kind}"


def _presence(presence: Presence) -> Model:
    if presence.by == "telling":
        return _telling(presence)
    feed, table = presence.feed, presence.feed.table
    context = {
        "subject": presence.whose,
        "what": str(table.mapping.semantics),
        "record_source": table.record_source,
        "key": presence.key,
        "staged_key": presence.staged_key,
        "owner_key": feed.key,
        "staging": table.name,
        "has_flag": table.has_flag,
        "can_begin_gone": presence.can_begin_gone,
        "ended_by": presence.ended_by,
        "link": naming.link(feed.concept.concept, presence.link) if presence.link else None,
        "hub_key": naming.hub_key(feed.concept.concept),
        "landed": f"{table.source}__{table.table}",
        "held_key": _held_key(presence),
        "key_columns": [
            part.split(":")[0]
            for part in dict.fromkeys((*(p for m in presence.members for p in m.parts), *presence.child_parts))
            if part[0] != "'"
        ],
    }
    what = f"When each {presence.whose} came into {table.record_source}, and when it left."
    columns = (Column("is_present", "boolean"),)
    template = "status" if presence.by == "absence" else "status_flag"
    unique = (presence.key, "partition_value", "extract_datetime", "load_datetime")
    return Model("raw_vault", presence.name, template, context, what, unique, presence.parents, columns)


def _telling(presence: Presence) -> Model:
    """The times at which a relation that nothing ends was feed, as far as its own table does not say them."""
    feed, table = presence.feed, presence.feed.table
    assert presence.link is not None
    context = {
        "subject": presence.whose,
        "record_source": table.record_source,
        "key": presence.key,
        "staged_key": presence.staged_key,
        "owner_key": feed.key,
        "staging": table.name,
        "has_flag": table.has_flag,
        "link": naming.link(feed.concept.concept, presence.link),
        "is_alone": presence.is_alone,
    }
    what = f"Since when {table.record_source} tells of each {presence.whose}, where its link does not say it."
    unique = (presence.key, "extract_datetime", "load_datetime")
    name = naming.telling(presence.subject, feed.origin)
    return Model("raw_vault", name, "telling", context, what, unique, presence.parents)


def _held_key(presence: Presence) -> str:
    """The key of a row in quarantine, which staging does not hash, as a call of a hash macro, one text a line."""
    lines = ",\n                "
    table = presence.feed.table
    texts = [_counted(table, key.parts) for key in presence.members]
    if not presence.link:
        return f"hash_key([\n                {lines.join(texts[0])}\n            ])"
    members = [f"([{lines.join(t)}], none)" for t in (*texts, _counted(table, presence.child_parts)) if t]
    return f"hash_link([\n                {lines.join(members)}\n            ])"


def _counted(table: TableDesign, parts: tuple[str, ...]) -> list[str]:
    """Key parts as expressions where no staging column holds their canonical text."""
    kept = {table.mapping.landing_name(h): _kept_arguments(table, h, "held") for h in table.mapping.columns}

    def counted(column: str, type_: str = "") -> str:
        return f"counted('held.{column}', '{type_}')" if type_ else f"counted(kept_text({kept[column]}))"

    return [f'"{part}"' if part[0] == "'" else counted(*part.split(":")) for part in parts]


def _record_tracking(feed: FeedDesign) -> Model:
    key = naming.hub_key(feed.concept.concept)
    context = {
        "concept": feed.concept,
        "key": key,
        "staged_key": feed.key,
        "staging": feed.table.name,
        "record_source": feed.table.record_source,
    }
    what = f"Which deliveries of {feed.table.record_source} named each {feed.concept.concept}."
    name = naming.record_tracking(feed.concept.concept, feed.origin)
    parents = ((key, hub_of(feed.concept), key),)
    return Model("raw_vault", name, "record_tracking", context, what, (key, "delivery_id"), parents)
