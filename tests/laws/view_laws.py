"""The laws of what is read: current views, events and relations as they count, and points in time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from concepts.metamodel import Concept, Kind, Link
from tests.laws.canonical import plain
from tests.laws.facts import Delivery, Facts
from tests.laws.holding import Holding
from tests.laws.reference import Reference


def check_current(held: Holding, facts: Facts, reference: Reference) -> None:
    """L11 and L7 for now: who is there, with the latest attributes; of several sources that deliver one any latest."""
    for concept in reference.model.concepts.values():
        name = f"{'ref' if concept.kind is Kind.REFERENCE else 'current'}_{concept.concept}"
        if name not in held.names(name) or concept.kind is Kind.TRANSACTION:
            continue
        rows = {row[f"{concept.concept}_hk"]: row for row in held.rows(f"business_vault.{name}")}
        hub = f"{'rhub' if concept.kind is Kind.REFERENCE else 'hub'}_{concept.concept}"
        assert rows.keys() == facts.hubs[hub].keys() - gone(facts, reference, concept), f"L11: {name}: who is there"
        for tables, columns, words in _parts(held, facts, reference, concept):
            for key, row in rows.items():
                shown = tuple(plain(row[column]) for column in columns)
                allowed = {words(told) for told in newest(facts, staying(facts, concept, tables, key), key)}
                allowed = allowed or {(None,) * len(columns)}
                assert shown in allowed, f"L7: {name} shows no latest {', '.join(columns)}"


Part = tuple[list[str], tuple[str, ...], Any]


def _parts(held: Holding, facts: Facts, reference: Reference, concept: Concept) -> Iterator[Part]:
    """What a current view shows: tables of history, columns, and how a version is worded in them."""
    kind = "rsat" if concept.kind is Kind.REFERENCE else "sat"
    for aspect, satellite in concept.told_satellites.items():
        tables = held.names(f"{kind}_{concept.concept}_{aspect}__")
        yield from _by_tellers(tables, tuple(satellite.attributes), delivered(reference, concept))
    for name, link in concept.links.items():
        tables = held.names(f"effsat_{concept.concept}_{name}__")
        if tables:
            members = facts.links[f"lnk_{concept.concept}_{name}"]
            width = 1 + len(link.participants)
            columns = tuple(f"{p.role}_hk" for p in link.participants)
            yield tables, columns, lambda told, members=members, width=width: members[told][1:width]


def _by_tellers(tables: list[str], names: tuple[str, ...], told_by: dict[str, set[str]]) -> Iterator[Part]:
    """An aspect's attributes by the tables that deliver them: what one does not deliver it does not say."""
    parts: dict[tuple[str, ...], list[str]] = {}
    for name in names if tables else ():
        tellers = tuple(table for table in tables if name in told_by[table.split("__")[1]])
        parts.setdefault(tellers or tuple(tables), []).append(name)
    for tellers, told in parts.items():
        places = [names.index(name) for name in told]
        yield list(tellers), tuple(told), lambda version, places=places: tuple(version[place] for place in places)


def delivered(reference: Reference, concept: Concept) -> dict[str, set[str]]:
    """The attributes of the concept that each source tells, by how the names of its tables end."""
    return {
        table.origin if role == concept.concept else f"{table.origin}_{role}": set(feed.attributes)
        for table in reference.tables.values()
        for role, feed in table.table.feeds.items()
        if table.concept(role).concept == concept.concept
    }


def newest(facts: Facts, tables: Iterable[str], key: str) -> set[Any]:
    """The latest versions of a key in several sources: more than one where two changed at one time."""
    last = [told[key][-1] for told in map(facts.history, tables) if key in told]
    latest = max((moment for moment, _ in last), default=None)
    return {version for moment, version in last if moment == latest}


def staying(facts: Facts, concept: Concept, tables: Iterable[str], key: str, link: str = "") -> list[str]:
    """The tables of history whose source still has the key, or does not tell."""
    subject = f"{concept.concept}_{link}" if link else concept.concept
    return [t for t in tables if facts.is_there(f"status_{subject}__{t.split('__')[1]}", key) is not False]


def gone(facts: Facts, reference: Reference, concept: Concept, link: str = "") -> set[str]:
    """Keys that left every source that tells of presence, and that no other source tells of."""
    if link:
        places = [table for table in facts.presence if table.startswith(f"status_{concept.concept}_{link}__")]
        told = {key for table in places for key, _ in facts.history(table)}
        return {key for key in told if not any(facts.is_there(table, key) for table in places)}
    listed, detailed, silent = telling(reference, concept)
    places = [f"status_{concept.concept}__{origin}" for origin in listed]
    told = {key for table in places for key, _ in facts.history(table)}
    places += [f"status_{concept.concept}__{origin}" for origin in detailed]
    left = {key for key in told if not any(facts.is_there(table, key) for table in places)}
    kinds = tuple(f"{kind}_{concept.concept}_" for kind in ("sat", "masat", "rsat", "effsat"))
    tables = [t for t in facts.versions if t.startswith(kinds) and t.split("__")[1] in silent]
    return left - {key for table in tables for key in facts.history(table)}


def telling(reference: Reference, concept: Concept) -> tuple[set[str], set[str], set[str]]:
    """How the names of tables end by which a source tells of the concept: listed, by details alone, silently."""
    listed, detailed, silent = set(), set(), set()
    for table in reference.tables.values():
        for role in table.table.feeds:
            if table.concept(role).concept == concept.concept:
                origin = table.origin if role == concept.concept else f"{table.origin}_{role}"
                is_listed = role in table.listed()
                (listed if is_listed else silent if table.is_silent(role) else detailed).add(origin)
    return listed, detailed, silent


def check_sets(held: Holding, facts: Facts, reference: Reference) -> None:
    """The latest set of each key that is in its source still, whole."""
    for concept, aspect in _multi_active(reference):
        name = f"current_{concept.concept}_{aspect}"
        shown: dict[str, set[Any]] = {}
        for row in held.rows(f"business_vault.{name}"):
            key, *words, _ = (plain(value) for value in row.values())
            shown.setdefault(key, set()).add(tuple(words))
        tables = held.names(f"masat_{concept.concept}_{aspect}__")
        keys = {key for table in tables for key in facts.history(table)}
        told = {key: newest(facts, staying(facts, concept, tables, key), key) for key in keys}
        assert shown.keys() == {key for key, sets in told.items() if sets}, f"L11: {name}: whose set is there"
        for key, words in shown.items():
            assert frozenset(words) in told[key], f"L7: {name} shows no latest set"


def _multi_active(reference: Reference) -> Iterator[tuple[Concept, str]]:
    for concept in reference.model.concepts.values():
        for aspect, satellite in concept.told_satellites.items():
            if satellite.child_key:
                yield concept, aspect


def check_relations(held: Holding, facts: Facts, reference: Reference) -> None:
    """Which relations hold now: of a driven one the latest of each owner that is there, of another one all that are."""
    for concept in reference.model.concepts.values():
        for link_name, link in concept.links.items():
            name = f"current_{concept.concept}_{link_name}_relation"
            if name in held.names(name):
                rows = {next(iter(r.values())): tuple(r.values()) for r in held.rows(f"business_vault.{name}")}
                _check_relation(held, facts, reference, (concept, link_name, link), rows)


def _check_relation(
    held: Holding,
    facts: Facts,
    reference: Reference,
    place: tuple[Concept, str, Link],
    rows: dict[str, tuple[Any, ...]],
) -> None:
    concept, name, link = place
    subject, told = f"{concept.concept}_{name}", facts.links[f"lnk_{concept.concept}_{name}"]
    if link.driven:
        tables = held.names(f"effsat_{subject}__")
        owners = {key for table in tables for key in facts.history(table)} - gone(facts, reference, concept)
        in_force = [newest(facts, staying(facts, concept, tables, owner), owner) for owner in owners]
        in_force = [relations for relations in in_force if relations]
        assert len(rows) == len(in_force), f"L11: {subject}: one relation an owner"
        assert all(rows.keys() & allowed for allowed in in_force), f"L7: {subject}: the latest relation"
    else:
        assert rows.keys() == told.keys() - gone(facts, reference, concept, name), f"L11: {subject}: which relations"
    for key, row in rows.items():
        members = told[key]
        assert tuple(map(plain, row[1 : 1 + len(members)])) == members, f"L13: {subject}: members"
        shown, place_of = row[1 + len(members) : -1], 0
        for aspect, satellite in link.satellites.items():
            tables, width = held.names(f"sat_{subject}_{aspect}__"), len(satellite.attributes)
            if tables and not satellite.child_key:
                telling = _holding_to(facts, concept, name, tables, members[0], key) if link.driven else tables
                allowed = newest(facts, staying(facts, concept, telling, key, name), key) or {(None,) * width}
                words = tuple(map(plain, shown[place_of : place_of + width]))
                assert words in allowed, f"L7: {subject} shows no latest {aspect}"
                place_of += width


def _holding_to(facts: Facts, concept: Concept, name: str, tables: list[str], owner: str, key: str) -> list[str]:
    """The tables whose source says that this relation of the owner is the one that holds, and still has the owner."""
    in_force = {table: f"effsat_{concept.concept}_{name}__{table.split('__')[1]}" for table in tables}
    return [table for table in tables if key in newest(facts, staying(facts, concept, [in_force[table]], owner), owner)]


def check_events(held: Holding, facts: Facts, reference: Reference) -> None:
    """An event counts once: as it was told first, or last where a later telling corrects; none that left."""
    for concept in reference.model.concepts.values():
        name = f"current_{concept.concept}"
        if concept.kind is not Kind.TRANSACTION or name not in held.names(name):
            continue
        told: dict[str, list[tuple[datetime, Any]]] = {}
        for table in held.names(f"nhl_{concept.concept}__"):
            for key, versions in facts.history(table).items():
                told.setdefault(key, []).extend(versions)
        left = gone(facts, reference, concept, "") if concept.told_anew else set()
        choose = max if concept.told_anew == "corrects" else min
        rows = {
            next(iter(r.values())): tuple(map(plain, list(r.values())[1:-4]))
            for r in held.rows(f"business_vault.{name}")
        }
        assert len(rows) == len(held.rows(f"business_vault.{name}")), f"L2: {name} shows an event twice"
        assert rows.keys() == told.keys() - left, f"L7: {name}: which events"
        for key, versions in told.items() if rows else ():
            moment = choose(at for at, _ in versions)
            allowed = {version for at, version in versions if at == moment}
            assert key in left or rows[key] in allowed, f"L7: {name} counts another telling"


def check_points_in_time(held: Holding, facts: Facts, reference: Reference, deliveries: Iterable[Delivery]) -> None:
    """L15: for every key and day each pointer is at the version that a search over all of them finds."""
    days = days_of([d.extracted.date() for d in deliveries])
    for concept in reference.model.concepts.values():
        if concept.point_in_time is None:
            continue
        name, hub = f"pit_{concept.concept}", f"hub_{concept.concept}"
        rows = held.rows(f"business_vault.{name}")
        found = {(next(iter(row.values())), row["snapshot_date"]): row for row in rows}
        assert len(found) == len(rows), f"L15: {name}: a snapshot stands twice"
        assert found.keys() == {(key, day) for key in facts.hubs[hub] for day in days}, f"L15: {name}: which days"
        for aspect in concept.point_in_time.satellites:
            for table in held.names(f"sat_{concept.concept}_{aspect}__"):
                _check_pointers(held, table, table.removeprefix(f"sat_{concept.concept}_"), found)


def _check_pointers(held: Holding, table: str, column: str, found: dict[tuple[str, date], dict[str, Any]]) -> None:
    """A pointer leads to a row, of the latest time up to the end of its day at which a version stands."""
    standing = {
        key: [moment for moment, version in times.items() if version is not None]
        for key, times in held.statements(table).items()
    }
    stored = {(next(iter(r.values())), r["extract_datetime"], r["load_datetime"]) for r in held.rows(table)}
    for (key, day), row in found.items():
        end = datetime.combine(day + timedelta(1), time())
        pointer = row[f"{column}_extract_datetime"], row[f"{column}_load_datetime"]
        latest = max((moment for moment in standing.get(key, ()) if moment < end), default=None)
        assert pointer[0] == latest, f"L15: {column} points elsewhere than a search over all versions"
        assert latest is None or (key, *pointer) in stored, f"L15: {column} points at no row"


def days_of(told: list[date]) -> list[date]:
    """Every day from the first to the last of some."""
    first, last = min(told, default=date.min), max(told, default=date.min)
    return [first + timedelta(n) for n in range((last - first).days + 1)] if told else []
