"""Who is there and who is gone: which tables tell it, of which keys, and by what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from concepts.generator import naming
from concepts.generator.design import Design, FeedDesign, Hashed, TableDesign, hub_of, is_snapshot
from concepts.generator.histories import History, Parents, effectivities, histories, hub_keys
from concepts.metamodel import Concept, Link


@dataclass(frozen=True)
class Presence:
    """A table of status: when each key of a concept or relation came into one delivered table, and when it left.

    ``by`` is what says so: absence from a snapshot, a flag on the row or, of a relation that nothing ends, that it was
    told at all.
    """

    by: Literal["absence", "flag", "telling"]
    feed: FeedDesign
    link: str | None
    members: tuple[Hashed, ...]  # the staged keys that the key is made of
    child_parts: tuple[str, ...]
    parents: Parents

    @property
    def subject(self) -> str:
        """What it is about, as the names of tables say it: ``book``, or ``book_loan`` of a relation."""
        owner = self.feed.concept.concept
        return f"{owner}_{self.link}" if self.link else owner

    @property
    def whose(self) -> str:
        """The same in a sentence: ``book``, or ``book and loan``."""
        owner = self.feed.concept.concept
        return f"{owner} and {self.link}" if self.link else owner

    @property
    def is_alone(self) -> bool:
        """Whether no other feed of its table tells the relation, so that the link says when this one first did."""
        owners = [owner.concept for owner, name, _ in self.feed.table.links() if name == self.link]
        return owners.count(self.feed.concept) == 1

    @property
    def name(self) -> str:
        return naming.status(self.subject, self.feed.origin)

    @property
    def key(self) -> str:
        """The column of the hash key that comes and goes."""
        owner = self.feed.concept.concept
        return naming.link_key(owner, self.link) if self.link else naming.hub_key(owner)

    @property
    def staged_key(self) -> str:
        """The same as staging calls it, after the role."""
        return naming.link_key(self.feed.role, self.link) if self.link else self.feed.key

    @property
    def is_of_details(self) -> bool:
        """Whether it only tells which keys have a set of rows (details): a key that has none may still be there."""
        return self.link is None and not self.feed.is_listed

    @property
    def ended_by(self) -> tuple[tuple[str, str], ...]:
        """Staged and stored columns of the members that a deletion names, if not all: each relation with these ends."""
        named, members = self._named
        return () if len(named) == len(members) else tuple((member.staged, member.held) for member in named)

    @property
    def ending_roles(self) -> tuple[str, ...]:
        """The roles whose keys a deletion must name for this to end."""
        if self.by != "flag" or self.link is None:
            return (self.feed.role,) if self.by == "flag" else ()
        return tuple(member.role for member in self._named[0] if member.role)

    @property
    def _named(self) -> tuple[list[_Member], list[_Member]]:
        """The members by which a deletion ends the relation (its owner alone if that suffices), and all its members."""
        if self.by != "flag" or self.link is None:
            return [], []
        members = list(_members(self.feed, self.feed.concept.links[self.link]))
        return members[:1] if self.feed.is_listed else [member for member in members if member.is_named], members

    @property
    def can_begin_gone(self) -> bool:
        """Whether the first word of a key may be its deletion: of what each row is about, since the hub has it then."""
        return self.link is None and self.feed.is_listed and not self.feed.concept.is_event


def presences(table: TableDesign) -> Iterator[Presence]:
    """Every table of coming and going that the delivered table feeds."""
    hashed = {key.column: key for key in table.hashed_keys()}
    for feed in table.feeds.values():
        if feed.is_listed or feed.has_details:
            key = naming.hub_key(feed.concept.concept)
            parents = () if feed.concept.is_event else ((key, hub_of(feed.concept), key),)
            by: Literal["absence", "flag"] = "absence" if is_snapshot(table) else "flag"
            yield Presence(by, feed, None, (hashed[feed.key],), (), parents)
    for feed, link_name, link in table.links():
        if not link.driven and not feed.concept.is_event:
            key = naming.link_key(feed.concept.concept, link_name)
            parents = ((key, naming.link(feed.concept.concept, link_name), key),)
            members = tuple(hashed[k] for k in (feed.key, *hub_keys(link)))
            parts = table.link_parts(feed, link)
            yield Presence(_ended_by(feed, link), feed, link_name, members, parts, parents)


def _ended_by(feed: FeedDesign, link: Link) -> Literal["absence", "flag", "telling"]:
    """What ends a relation: a flag only if the table's key names nothing but its members, or rows of a set of it."""
    table = feed.table.mapping
    if is_snapshot(feed.table):
        return "absence"
    members = list(_members(feed, link))
    named = {column for member in members if member.is_named for column in member.columns}
    has_set = any(part.child_key and feed.delivers(part) for part in link.satellites.values())
    is_whole = has_set and all(member.is_named for member in members)
    return "flag" if table.deleted and (is_whole or named.issuperset(table.key)) else "telling"


class _Member(NamedTuple):
    """A member of a relation: its columns in staging and in the link, its delivered columns, and its role if a hub."""

    staged: str
    held: str
    columns: tuple[str, ...]
    is_named: bool  # by a deletion, of which only the table's key is read
    role: str | None


def _members(feed: FeedDesign, link: Link) -> Iterator[_Member]:
    """The members of a relation, its owner first."""
    table, key = feed.table.mapping, set(feed.table.mapping.key)
    hubs = [(feed.role, naming.hub_key(feed.concept.concept))]
    hubs += [(participant.role, naming.hub_key(participant.role)) for participant in link.participants]
    for role, held in hubs:
        columns = tuple(table.feeds[role].key.values())
        yield _Member(naming.hub_key(role), held, columns, key.issuperset(columns), role)
    for name in link.child_key:
        column = feed.mapping.attributes[name]
        yield _Member(table.landing_name(column), name, (column,), column in key, None)


def statuses(plan: Design, concept: Concept, link: str | None = None) -> list[str]:
    """The tables that tell whether a key of the concept, or of a relation of it, is there."""
    return [presence.name for presence in _of(plan, concept, link) if not presence.is_of_details]


def details(plan: Design, concept: Concept) -> list[str]:
    """The tables that tell which keys of the concept have a set of details: whoever has one is there."""
    return [presence.name for presence in _of(plan, concept, None) if presence.is_of_details]


def _of(plan: Design, concept: Concept, link: str | None) -> Iterator[Presence]:
    for table in plan.feeding(concept.concept):
        for presence in presences(table):
            if presence.feed.concept.concept == concept.concept and presence.link == link:
                yield presence


def status_of(history: History) -> str | None:
    """The table that tells whether a key of the history is still in its source, if there is one."""
    found = (
        presence.name
        for presence in presences(history.feed.table)
        if presence.link == history.link and presence.feed.role == history.feed.role
    )
    return next(found, None)


class Teller(NamedTuple):
    """A table of history, with the one that tells who is still in its source.

    Of a relation of which one holds at a time, also with the effectivity satellite that the same rows feed: what the
    table tells of a relation counts while that holds there. Who is in the source are then the relation's owners.
    """

    name: str
    status: str | None
    effectivity: str | None = None

    @property
    def status_of_key(self) -> str | None:
        """The status table, if it is about the keys of the table of history themselves."""
        return None if self.effectivity else self.status


def tellers(held: Iterable[History]) -> list[Teller]:
    """The tables of history with what ends their word."""
    return [_teller(history) for history in held]


def _teller(history: History) -> Teller:
    for other in histories(history.feed.table):
        is_in_force = other.kind == "effectivity" and other.aspect == history.link
        if is_in_force and other.feed.role == history.feed.role:
            return Teller(history.name, status_of(other), other.name)
    return Teller(history.name, status_of(history))


def silent_tables(plan: Design, concept: Concept) -> dict[str, list[str]]:
    """Tables that never tell that a key has left: its ``versions`` and ``sets``, and its ``relations`` in force."""
    found: dict[str, list[str]] = {"versions": [], "sets": [], "relations": []}
    for table in plan.feeding(concept.concept):
        for history in histories(table):
            is_own = history.feed.concept.concept == concept.concept and history.kind != "event" and not history.link
            if is_own and status_of(history) is None:
                kind = "relations" if history.kind == "effectivity" else "sets" if history.child_key else "versions"
                found[kind].append(history.name)
    return {kind: names for kind, names in found.items() if names}


def still_there(plan: Design, concept: Concept) -> dict[str, list[str]]:
    """The tables by which a key is still there although every status says that it left, as arguments of `gone`."""
    held = details(plan, concept)
    return ({"details": held} if held else {}) | silent_tables(plan, concept)


def holding(plan: Design, concept: Concept, name: str) -> dict[str, Any]:
    """The tables that say whether a relation holds, as words of a template: a driven one ends with its owner too."""
    held = effectivities(plan, concept, name)
    return {
        "effectivities": tellers(held),
        "statuses": statuses(plan, concept, None if held else name),
        "others": still_there(plan, concept) if held else {},
        "gone_key": naming.hub_key(concept.concept) if held else naming.link_key(concept.concept, name),
    }
