"""What a vault should hold after some deliveries: plain Python over dicts, no SQL, nothing of the generator."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from concepts.metamodel import ConceptModel, Kind
from concepts.sources import SourceMapping
from tests.laws.canonical import GHOSTS
from tests.laws.facts import Delivery, Facts, Row
from tests.laws.presence import flagged, watched
from tests.laws.told import TableWords, Told


class Reference:
    """The law of the vault for one model and its mappings."""

    def __init__(self, model: ConceptModel, sources: tuple[SourceMapping, ...]) -> None:
        self.model = model
        self.tables = {
            f"{s.source}.{name}": TableWords(model, s.source, name, table)
            for s in sources
            for name, table in s.tables.items()
        }

    def complete(self, deliveries: Iterable[Delivery]) -> list[Delivery]:
        """Those that may be loaded, in the order in which they became known: a snapshot with the last of its parts."""
        told = list(deliveries)
        known = self.known(told)
        return sorted((d for d in told if d.delivery_id in known), key=lambda d: (known[d.delivery_id], d.delivery_id))

    def known(self, deliveries: Iterable[Delivery]) -> dict[str, datetime]:
        """When each delivery that may be loaded was known whole, by its id; a part that comes again counts once."""
        told = list(deliveries)
        parts: dict[Any, dict[int, datetime]] = defaultdict(dict)
        for delivery in sorted(told, key=lambda d: d.registered):
            parts[delivery.snapshot].setdefault(delivery.part, delivery.registered)
        return {
            d.delivery_id: max(d.registered, *parts[d.snapshot].values()) if d.is_snapshot else d.registered
            for d in told
            if not d.is_snapshot or len(parts[d.snapshot]) >= d.parts
        }

    def facts(self, deliveries: Iterable[Delivery]) -> Facts:
        """What the deliveries tell, whatever the order in which they came."""
        facts, complete = Facts(), self.complete(deliveries)
        for delivery in complete:
            for row in delivery.rows:
                if not row.is_quarantined:
                    self._take(facts, delivery, row)
        for record_source, table in self.tables.items():
            here = [d for d in complete if d.record_source == record_source]
            facts.presence.update(watched(table, here) if table.is_snapshot else flagged(table, here))
        for name, versions in facts.versions.items():
            for times in versions.values():
                for time, words in times.items():
                    times[time] = _agreed(name, words)
        return facts

    def known_facts(self, deliveries: Iterable[Delivery]) -> Iterator[tuple[datetime, Facts]]:
        """What was known at each moment at which something was registered."""
        told = list(deliveries)
        for moment in sorted({d.registered for d in told}):
            yield moment, self.facts(d for d in told if d.registered <= moment)

    def _take(self, facts: Facts, delivery: Delivery, row: Row) -> None:
        """An accepted row's keys, relations and versions."""
        table = self.tables[delivery.record_source]
        told = table.told(row)
        for word in told.values():
            if word.key in GHOSTS:
                continue
            if word.concept.kind is not Kind.TRANSACTION:
                facts.hubs[word.hub].setdefault(word.key, word.values)
            if word.concept.tracked:
                facts.tracked[f"rts_{word.place}"].add((word.key, delivery.delivery_id))
        if table.is_deleted(row):
            return
        for relation in table.relations(row, told):
            facts.links[relation.table][relation.key] = relation.members
        for name, key, child, payload in self._versions(table, row, told):
            facts.versions[name][key].setdefault(delivery.extracted, set()).add((child, payload))

    def versions(self, delivery: Delivery) -> Iterator[tuple[str, str, tuple[Any, ...], Any]]:
        """What each accepted row says of each key: table of history, key, child key, version."""
        table = self.tables[delivery.record_source]
        for row in delivery.rows:
            if not row.is_quarantined and not table.is_deleted(row):
                yield from self._versions(table, row, table.told(row))

    def _versions(
        self, table: TableWords, row: Row, told: dict[str, Told]
    ) -> Iterator[tuple[str, str, tuple[Any, ...], Any]]:
        """What a row says of each key: name of the table of history, key, child key, version."""
        for word in told.values():
            if word.key not in GHOSTS:
                for name, child, payload in table.payloads(row, word, told):
                    yield name, word.key, child, payload
        for relation in table.relations(row, told):
            if relation.link.driven:
                yield relation.effectivity, relation.owner.key, (), relation.key
            for name, child, payload in table.relation_payloads(row, relation):
                yield name, relation.key, child, payload


def _agreed(table: str, words: set[tuple[Any, Any]]) -> Any:
    """One version out of all words on one key at one time; None if they contradict each other."""
    if len({child for child, _ in words}) < len(words):
        return None
    payloads = frozenset(payload for _, payload in words)
    return payloads if table.startswith("masat_") else next(iter(payloads))
