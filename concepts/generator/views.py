"""The generated models that read the raw vault: load ledger, current and as-of views, days, bridges, rules by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from concepts.generator import naming
from concepts.generator.design import Column, Design, hub_of
from concepts.generator.histories import History, effectivities, histories, histories_of, hub_keys
from concepts.generator.ledgers import ledgers
from concepts.generator.models import Model, told_links
from concepts.generator.presences import Presence, holding, presences, statuses, still_there, tellers
from concepts.generator.snapshots import bridge_model, has_bridge, has_point_in_time, point_in_time
from concepts.metamodel import Attribute, Concept, Kind, Link, Sort


def every_view(plan: Design) -> Iterator[Model]:
    """The ledger's counts, and the business vault that marts read."""
    yield from ledgers(plan)
    for table in plan.tables:
        for presence in presences(table):
            if presence.by == "telling":
                yield _told_status(presence).about(presence.feed.concept)
    for concept in plan.model.concepts.values():
        if plan.fed(concept.concept):
            yield from (view.about(concept) for view in _views_of(plan, concept))
    for table in plan.tables:
        yield from (_as_of(history).about(history.feed.concept) for history in histories(table))


def _views_of(plan: Design, concept: Concept) -> Iterator[Model]:
    if concept.is_event:
        yield from _events(plan, concept)
        return
    yield _current(plan, concept)
    yield from _current_sets(plan, concept)
    for name, link in told_links(plan, concept).items():
        yield _current_relation(plan, concept, name, link)
        yield from _closures(concept, name, link)
    if concept.point_in_time and has_point_in_time(plan, concept, concept.point_in_time):
        yield point_in_time(plan, concept)
    yield from (
        bridge_model(plan, concept, name, told)
        for name, told in concept.bridges.items()
        if has_bridge(plan, concept, told)
    )
    yield from _computed(plan, concept)


def _told_status(presence: Presence) -> Model:
    feed = presence.feed
    assert presence.link is not None
    telling = naming.telling(presence.subject, feed.origin)
    context = {
        "subject": presence.whose,
        "record_source": feed.table.record_source,
        "key": presence.key,
        "tables": [naming.link(feed.concept.concept, presence.link), telling] if presence.is_alone else [telling],
    }
    what = f"When each {presence.whose} came into {feed.table.record_source}."
    unique = (presence.key, "partition_value", "extract_datetime", "load_datetime")
    shown = (Column("is_present", "boolean"),)
    return Model("business_vault", presence.name, "status_told", context, what, unique, presence.parents, shown)


def _aspects(plan: Design, concept: Concept, link: str | None = None) -> list[dict[str, Any]]:
    """Each aspect with the tables that hold it; in parts where not all of them deliver every attribute.

    A source that does not deliver an attribute has not said that it is empty.
    """
    told = concept.links[link].satellites if link else concept.told_satellites
    parts = []
    for aspect, satellite in told.items():
        held = () if satellite.child_key else histories_of(plan, concept, aspect, link)
        for place, (tables, attributes) in enumerate(_by_tellers(held, satellite.attributes), 1):
            name = aspect if place == 1 else f"{aspect}__{place}"
            parts.append({"name": name, "tables": tellers(tables), "columns": columns(attributes)})
    return parts


def _by_tellers(
    held: Sequence[History], attributes: Mapping[str, Attribute]
) -> list[tuple[list[History], dict[str, Attribute]]]:
    """The attributes by the tables whose deliveries tell them; what none tells stands with what all do."""
    parts: dict[tuple[bool, ...], dict[str, Attribute]] = {}
    for name, attribute in attributes.items() if held else ():
        telling = tuple(name in history.attributes for history in held)
        parts.setdefault(telling if any(telling) else (True,) * len(held), {})[name] = attribute
    return [([h for h, tells in zip(held, telling, strict=True) if tells], told) for telling, told in parts.items()]


def columns(attributes: Mapping[str, Attribute]) -> tuple[Column, ...]:
    """Attributes as columns of their own name."""
    return tuple(Column(name, a.type.sql, attribute=a) for name, a in attributes.items())


def _current(plan: Design, concept: Concept) -> Model:
    aspects = _aspects(plan, concept)
    links = [
        {
            "name": name,
            "table": naming.link(concept.concept, name),
            "key": naming.link_key(concept.concept, name),
            "columns": hub_keys(link),
            "effectivities": tellers(effectivities(plan, concept, name)),
        }
        for name, link in told_links(plan, concept).items()
        if link.driven
    ]
    times = [f"latest_{part['name']}.extract_datetime" for part in aspects]
    times += [f"related_{part['name']}.extract_datetime" for part in links]
    key = naming.hub_key(concept.concept)
    shown = (*columns(concept.key), *(c for part in aspects for c in part["columns"]))
    context = {
        "concept": concept,
        "key": key,
        "hub": hub_of(concept),
        "aspects": aspects,
        "links": links,
        "statuses": statuses(plan, concept),
        "others": still_there(plan, concept),
        "validity": _told_validity(concept, aspects),
        "times": times,
    }
    what = f"{concept.term.en} as known now: its latest attributes and relations. {concept.definition.en}"
    is_reference = concept.kind is Kind.REFERENCE
    name = naming.reference(concept.concept) if is_reference else naming.current(concept.concept)
    return Model("business_vault", name, "current", context, what, (key,), (), shown)


def _told_validity(concept: Concept, aspects: Sequence[Mapping[str, Any]]) -> tuple[str, str] | None:
    """Where the two dates of the concept's validity stand, if any delivery tells of them."""
    told = concept.validity
    places = {name: f"hub.{name}" for name in concept.key}
    places |= {column.name: f"latest_{part['name']}.{column.name}" for part in aspects for column in part["columns"]}
    return (places[told.begins], places[told.ends]) if told and {told.begins, told.ends} <= places.keys() else None


def _current_sets(plan: Design, concept: Concept) -> Iterator[Model]:
    yield from _sets(plan, concept, None)
    for name in told_links(plan, concept):
        yield from _sets(plan, concept, name)


def _sets(plan: Design, concept: Concept, link: str | None) -> Iterator[Model]:
    parts = concept.links[link].satellites if link else concept.told_satellites
    for aspect, satellite in parts.items():
        told = histories_of(plan, concept, aspect, link)
        if not satellite.child_key or not told:
            continue
        subject = f"{concept.concept}_{link}" if link else concept.concept
        context = {
            "subject": subject,
            "aspect": aspect,
            "key": told[0].key,
            "child_key": satellite.child_key,
            "columns": columns(satellite.attributes),
            "tables": tellers(told),
            "owner_key": naming.hub_key(concept.concept),
            # Of a driven one no table of presence tells that it has ended: the next one of its owner does.
            "relation": naming.current(subject, "relation") if link and concept.links[link].driven else None,
        }
        what = f"The latest {aspect} rows of each {subject}."
        unique = (told[0].key, *satellite.child_key)
        name = naming.current(subject, aspect)
        yield Model("business_vault", name, "current_set", context, what, unique, (), columns(satellite.attributes))


def _current_relation(plan: Design, concept: Concept, name: str, link: Link) -> Model:
    aspects, key = _aspects(plan, concept, name), naming.link_key(concept.concept, name)
    shown = columns(link.child_key)
    context = {
        "roles": [concept.concept, *(p.role for p in link.participants), *link.child_key],
        "has_attributes": bool(aspects),
        "key": key,
        "owner_key": naming.hub_key(concept.concept),
        "link": naming.link(concept.concept, name),
        "members": [naming.hub_key(concept.concept), *hub_keys(link), *link.child_key],
        "aspects": aspects,
        **holding(plan, concept, name),
    }
    what = f"The {name} of each {concept.concept} that holds now."
    shown += tuple(c for part in aspects for c in part["columns"])
    model_name = naming.current(concept.concept, f"{name}_relation")
    return Model("business_vault", model_name, "current_relation", context, what, (key,), (), shown)


def _closures(concept: Concept, name: str, link: Link) -> Iterator[Model]:
    if link.sort is Sort.RELATION:
        return
    key, (other,) = naming.hub_key(concept.concept), hub_keys(link)
    context = {
        "concept": concept,
        "key": key,
        "other": other,
        "hub": hub_of(concept),
        "source": naming.current(concept.concept, f"{name}_relation"),
    }
    if link.sort is Sort.HIERARCHY:
        what = f"Every {concept.concept} above each other one, by {name}."
        yield Model("business_vault", naming.hierarchy(concept.concept, name), "hierarchy", context, what, (key, other))
    else:
        what = f"Which {concept.concept} stands for all that are the same, by {name}."
        yield Model("business_vault", naming.same_as(concept.concept, name), "same_as", context, what, (key,))


def _events(plan: Design, concept: Concept) -> Iterator[Model]:
    (aspect,) = concept.satellites
    told = histories_of(plan, concept, aspect)
    tables = [(teller.name, teller.status) for teller in tellers(told)]
    key = naming.hub_key(concept.concept)
    context = {
        "concept": concept,
        "key": key,
        "tables": tables,
        "places": {name: place for place, (name, _) in enumerate(tables, 1)},
        "members": told[0].members,
        "columns": told[0].columns,
        "can_be_deleted": any(status for _, status in tables),
        "corrects": concept.told_anew == "corrects",
    }
    what = f"{concept.term.en} as it counts. {concept.definition.en}"
    yield Model(
        "business_vault", naming.current(concept.concept), "current_event", context, what, (key,), (), told[0].columns
    )
    if concept.told_anew == "corrects":
        what = f"{concept.term.en} as entries and counter-entries."
        unique = (key, "extract_datetime", "entry")
        yield Model(
            "business_vault", naming.entries(concept.concept), "entries", context, what, unique, (), told[0].columns
        )


def _as_of(history: History) -> Model:
    names = [*history.members, *(c.name for c in history.columns)] or [history.version_name]
    context = {
        "subject": history.feed.concept.concept,
        "table": history.name,
        "key": history.key,
        "version": history.version_name,
        "columns": names,
        "refused": history.is_refused,
        "is_set": bool(history.child_key),
    }
    what = f"What {history.name} held at each time, and when that was known."
    unique = (history.key, *history.child_key, "valid_from", "known_from")
    shown = history.columns
    key = () if history.child_key else unique
    return Model("business_vault", naming.as_of(history.name), "as_of", context, what, key, (), shown)


def _computed(plan: Design, concept: Concept) -> Iterator[Model]:
    key = naming.hub_key(concept.concept)
    for aspect, part in concept.satellites.items():
        if part.computed is None:
            continue
        context = {
            "concept": concept,
            "aspect": aspect,
            "file": part.computed,
            "query": "\n".join(
                f"    {line}".rstrip() for line in plan.model.queries[part.computed].strip().rstrip(";").splitlines()
            ),
            "key": key,
            "columns": columns(part.attributes),
        }
        what = f"{aspect} of each {concept.concept}, computed by a rule written by hand."
        name = naming.computed(concept.concept, aspect)
        parents = ((key, hub_of(concept), key),)
        yield Model("business_vault", name, "computed", context, what, (key,), parents, columns(part.attributes))
