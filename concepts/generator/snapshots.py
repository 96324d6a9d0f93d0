"""The generated models that tell what held on chosen days: points in time and bridges."""

from __future__ import annotations

from typing import Any

from concepts.generator import naming
from concepts.generator.design import Design, hub_of
from concepts.generator.histories import histories_of, hub_keys
from concepts.generator.models import Model, told_links
from concepts.generator.paths import hops
from concepts.generator.presences import holding
from concepts.metamodel import Bridge, Calendar, Concept, PointInTime


def point_in_time(plan: Design, concept: Concept) -> Model:
    """One row per key and snapshot day, with the version of each satellite that held."""
    assert concept.point_in_time is not None
    tables = [h.name for aspect in concept.point_in_time.satellites for h in histories_of(plan, concept, aspect)]
    context = {
        "concept": concept,
        "key": naming.hub_key(concept.concept),
        "hub": hub_of(concept),
        **_calendar(plan, concept.point_in_time.calendar),
        "tables": tables,
        "alias": {table: table.split("_", 1)[1].removeprefix(f"{concept.concept}_") for table in tables},
    }
    what = f"Which version of each satellite of {concept.concept} held on each snapshot day."
    key = (naming.hub_key(concept.concept), "snapshot_date")
    return Model("business_vault", naming.point_in_time(concept.concept), "point_in_time", context, what, key)


def _calendar(plan: Design, calendar: Calendar) -> dict[str, Any]:
    days_of = plan.model[calendar.days_of] if calendar.days_of else None
    return {
        "every": calendar.every,
        "keep": dict(calendar.keep),
        "days_hub": hub_of(days_of) if days_of else None,
        "day_column": next(iter(days_of.key)) if days_of else None,
    }


def has_days(plan: Design, calendar: Calendar) -> bool:
    """Whether any delivery tells of the calendar's days."""
    return calendar.days_of is None or bool(plan.fed(calendar.days_of))


def has_point_in_time(plan: Design, concept: Concept, told: PointInTime) -> bool:
    """Whether deliveries tell of any of the aspects, and of the days."""
    return has_days(plan, told.calendar) and any(histories_of(plan, concept, aspect) for aspect in told.satellites)


def has_bridge(plan: Design, concept: Concept, bridge: Bridge) -> bool:
    """Whether deliveries tell of every relation of the way, and of the days."""
    way = hops(plan.model, concept, bridge)
    return has_days(plan, bridge.calendar) and all(hop.link in told_links(plan, hop.concept) for hop in way)


def _by_day(told: dict[str, Any]) -> dict[str, Any]:
    """Who is there, asked of each day and not of now.

    ``words`` are the tables that tell it: each with the place of the effectivity satellite that the same rows feed, or
    0, and whether it lists all that are there.
    """
    effectivities, others = told["effectivities"], dict(told["others"])
    places = {teller.status: place for place, teller in enumerate(effectivities, 1)}
    words = [(name, places.get(name, 0), True) for name in told["statuses"]]
    words += [(name, places.get(name, 0), False) for name in others.pop("details", [])]
    is_asked = any(place or is_listed for _, place, is_listed in words)
    return {
        **told,
        "effectivities": [teller._replace(status=None) for teller in effectivities],
        "words": words if is_asked else [],
        "others": others,
    }


def bridge_model(plan: Design, concept: Concept, name: str, bridge: Bridge) -> Model:
    """The keys along a way of relations, by snapshot day or whenever they held."""
    way = list(hops(plan.model, concept, bridge))
    steps: list[dict[str, Any]] = [
        {
            "name": f"hop_{hop.name}",
            "owner": naming.hub_key(hop.concept.concept),
            "reached": f"hop_{hop.from_hop or way[0].name}.{naming.hub_key(hop.role or concept.concept)}",
            "members": hub_keys(hop.concept.links[hop.link]),
            "link": naming.link(hop.concept.concept, hop.link),
            "key": naming.link_key(hop.concept.concept, hop.link),
            **_by_day(holding(plan, hop.concept, hop.link)),
        }
        for hop in way
    ]
    shown = [f"{step['name']}.{member}" for step in steps for member in step["members"]]
    context = {
        "roles": [concept.concept, *(column.split(".")[1].removesuffix(naming.KEY_ENDING) for column in shown)],
        "path": bridge.path,
        "effective": bridge.effective,
        "hops": steps,
        "columns": shown,
        **_calendar(plan, bridge.calendar),
    }
    what = f"What each {concept.concept} reaches along {', '.join(bridge.path)}."
    return Model("business_vault", naming.bridge(concept.concept, name), "bridge", context, what)
