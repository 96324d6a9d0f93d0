"""What a name means, where it comes from and what it is used for, in the reader's language."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from pydantic import BaseModel

from concepts.errors import ModelError
from concepts.explanation import Explanation, Value
from concepts.generator.design import Design, design
from concepts.lineage import Origin, WarehouseTable, origins, warehouse_tables
from concepts.listed_values import value_in
from concepts.metamodel import Attribute, Concept, ConceptModel, Term
from concepts.sources import SourceMapping
from concepts.wording import Language, word


def explain(
    name: str,
    *,
    model: ConceptModel,
    sources: tuple[SourceMapping, ...],
    cards: Mapping[str, object],
    limits: Iterable[Mapping[str, object]],
    language: Language = "en",
) -> Explanation:
    """Explain a concept, attribute, indicator, rule of law, vault table or delivered column; near names if unknown."""
    told = {key: plain(card) for key, card in cards.items()}
    return Known(design(model, sources), told, tuple(limits), language).explain(name)


def _suggestion(name: str, names: Iterable[str]) -> str:
    by_folded = {known.casefold(): known for known in sorted(names)}
    near = difflib.get_close_matches(name.strip().casefold(), by_folded, n=5, cutoff=0.55)
    listed = ", ".join(by_folded[item] for item in near)
    return f'"{name}": no such name; ' + (f"near it are: {listed}" if near else "sotevault explain visit shows one")


def plain(card: object) -> Mapping[str, object]:
    """A card as a plain mapping, whether it is one or a card of ours."""
    if isinstance(card, BaseModel):
        return card.model_dump(mode="json")
    if not isinstance(card, Mapping):
        raise ModelError("a card is a mapping of keys to values; read it with the cards' own reader")
    return card


def _in(language: Language, told: object) -> str:
    """The text in the reader's language, whether told as a term, as a mapping of languages or as plain text."""
    if isinstance(told, Term):
        return str(getattr(told, language))
    if isinstance(told, Mapping):
        return str(told.get(language) or told.get("en") or "")
    return "" if told is None else str(told)


def _listed(told: object) -> tuple[str, ...]:
    if isinstance(told, str):
        return (told,) if told else ()
    return tuple(str(item) for item in told) if isinstance(told, Sequence) else ()


def _filled(facts: Mapping[str, Value | None]) -> dict[str, Value]:
    """The facts that are told, without the empty ones."""
    return {label: value for label, value in facts.items() if value}


@dataclass(frozen=True)
class Known:
    """Everything that can be explained, for many questions in a row."""

    plan: Design
    cards: Mapping[str, Mapping[str, object]]
    limits: tuple[Mapping[str, object], ...]
    language: Language

    @cached_property
    def origins(self) -> tuple[Origin, ...]:
        return origins(self.plan)

    @cached_property
    def tables(self) -> dict[str, WarehouseTable]:
        return warehouse_tables(self.plan)

    def explain(self, name: str) -> Explanation:
        """What is known of the name; ModelError with near names if nothing is."""
        for find in (self.indicator, self.rule, self.concept, self.attribute, self.table, self.column, self.term):
            found = find(name.strip())
            if found:
                return found
        raise ModelError(_suggestion(name, self.names()))

    def names(self) -> set[str]:
        """Every name that explain answers to."""
        model = self.plan.model.concepts
        rules = {str(row.get("rule_id")) for row in self.limits}
        terms = {_in(self.language, concept.term) for concept in model.values()}
        attributes = {name for concept in model.values() for name in concept.attributes}
        return {*model, *attributes, *self.cards, *rules, *self.tables, *terms, *(o.header for o in self.origins)}

    def concept(self, name: str) -> Explanation | None:
        concept = self.plan.model.concepts.get(name.casefold())
        if not concept:
            return None
        mine = [o for o in self.origins if o.concept == concept.concept and o.attribute in concept.key]
        facts: dict[str, Value | None] = {
            "definition": _in(self.language, concept.definition),
            "source": concept.source,
            "owner": concept.owner,
            "key": tuple(concept.key),
            "attributes": tuple(
                f"{key} – {_in(self.language, a.term)}"
                for key, a in concept.attributes.items()
                if key not in concept.key
            ),
            "relations": tuple(
                f"{key}: {', '.join(p.role for p in link.participants)}" for key, link in concept.links.items()
            ),
            "comes_from": tuple(f"{o.delivery}: {o.header}" for o in mine),
            "tables": tuple(table.name for table in self.tables.values() if table.concept == concept.concept),
            "indicators": self._indicators_of(concept.concept),
        }
        return self._told("concept", concept.concept, _in(self.language, concept.term), facts)

    def attribute(self, name: str) -> Explanation | None:
        wanted_concept, _, wanted = name.casefold().rpartition(".")
        for concept in self.plan.model.concepts.values():
            if wanted in concept.attributes and wanted_concept in ("", concept.concept):
                return self._attribute(concept.concept, wanted, concept.attributes[wanted])
        return None

    def _attribute(self, concept: str, name: str, attribute: Attribute) -> Explanation:
        fed = [o for o in self.origins if (o.concept, o.attribute) == (concept, name)]
        about = self.plan.model[concept]
        facts: dict[str, Value | None] = {
            "definition": attribute.definition,
            "part_of": f"{concept} – {_in(self.language, about.term)}: {_in(self.language, about.definition)}",
            "source": about.source,
            "type": attribute.type.value,
            "unit": attribute.unit,
            "codes": f"ref_{attribute.codes}" if attribute.codes else None,
            "privacy": value_in(self.language, "privacy", attribute.privacy),
            "comes_from": tuple(f"{o.delivery}: {o.header} ({o.landing})" for o in fed) or _query_of(about, name),
            "tables": tuple(t.name for t in self.tables.values() if t.concept == concept and name in t.attributes),
            "indicators": self._indicators_of(concept, name),
        }
        return self._told("attribute", name, _in(self.language, attribute.term), facts)

    def indicator(self, name: str) -> Explanation | None:
        card = self.cards.get(name) or self.cards.get(name.upper())
        if not card:
            return None
        concepts = _listed(card.get("concepts"))
        plain = ("unit", "version", "status", "computed_by")
        worded = ("numerator", "denominator", "calculation_rule", "limits")
        facts: dict[str, Value | None] = {
            "definition": _in(self.language, card.get("definition")),
            "legal_basis": _listed(card.get("legal_basis")) or _in(self.language, card.get("legal_basis")),
            **{label: _in(self.language, card.get(label)) for label in worded},
            **{label: _in(self.language, card.get(label)) for label in plain},
            "rules": tuple(self._limit(row) for row in self._rows_of(_listed(card.get("rules")))),
            "concepts": concepts,
            "comes_from": tuple(dict.fromkeys(o.delivery for o in self.origins if _touches(concepts, o))),
        }
        return self._told("indicator", str(card.get("indicator", name)), _in(self.language, card.get("names")), facts)

    def rule(self, name: str) -> Explanation | None:
        rows = self._rows_of((name,))
        if not rows:
            return None
        first, rule_id = rows[0], str(rows[0]["rule_id"])
        facts: dict[str, Value | None] = {
            "legal_basis": " ".join(str(first.get(part) or "") for part in ("law", "section")).strip(),
            "limit": tuple(self._limit(row) for row in rows),
            "clock": f"{first.get('clock_start') or '–'} – {first.get('clock_end') or '–'}",
            "group": str(first.get("target_group") or ""),
            "limits": str(first.get("exclusions") or ""),
            "source": str(first.get("source") or ""),
            "indicators": self._indicators(lambda card: rule_id in _listed(card.get("rules"))),
        }
        return self._told("rule", rule_id, str(first.get(f"name_{self.language}") or rule_id), facts)

    def table(self, name: str) -> Explanation | None:
        table = self.tables.get(name.casefold().rpartition(".")[2])
        if not table:
            return None
        about = self.plan.model.concepts.get(table.concept or "")
        facts: dict[str, Value | None] = {
            "part_of": f"{about.concept} – {_in(self.language, about.term)}" if about else None,
            "definition": _in(self.language, about.definition) if about else None,
            "source": about.source if about else None,
            "holds": table.attributes,
            "relations": tuple(f"{table.concept} – {role}" for role in table.roles),
            "comes_from": self._feeding(table),
            "indicators": self._indicators_of(about.concept) if about else None,
        }
        return self._told("table", table.name, word(table.kind, self.language), facts)

    def _feeding(self, table: WarehouseTable) -> tuple[str, ...]:
        """The delivered columns of what the table holds, or of its key; of one that only counts, the deliveries."""
        if table.concept is None and table.kind != "staging":
            return table.deliveries
        about = self.plan.model.concepts.get(table.concept or "")
        wanted = table.attributes or (about.key if about else ())
        return tuple(
            f"{o.delivery}: {o.header} → {o.attribute}"
            for o in self.origins
            if o.delivery in table.deliveries
            and table.concept in (None, o.concept)
            and (o.attribute in wanted or not wanted)
        )

    def column(self, name: str) -> Explanation | None:
        delivery, _, header = name.rpartition(".")
        mine = [o for o in self.origins if header.casefold() in (o.header.casefold(), o.landing)]
        mine = [o for o in mine if delivery in ("", o.delivery)]
        if not mine:
            return None
        touched = (self._indicators_of(o.concept, o.attribute) for o in mine)
        facts: dict[str, Value | None] = {
            "comes_from": tuple(dict.fromkeys(f"{o.delivery}: {o.header}" for o in mine)),
            "feeds": tuple(dict.fromkeys(f"{o.concept}.{o.attribute}" for o in mine)),
            "indicators": tuple(dict.fromkeys(indicator for part in touched for indicator in part)),
        }
        attribute = self.plan.model[mine[0].concept].attributes[mine[0].attribute]
        return self._told("column", mine[0].header, _in(self.language, attribute.term), facts)

    def term(self, name: str) -> Explanation | None:
        """The concept or attribute that people call by this word in any of the languages."""
        for concept in self.plan.model.concepts.values():
            if name.casefold() in _words_of(concept.term):
                return self.concept(concept.concept)
        for concept in self.plan.model.concepts.values():
            for key, attribute in concept.attributes.items():
                if name.casefold() in _words_of(attribute.term):
                    return self._attribute(concept.concept, key, attribute)
        return None

    def _indicators_of(self, concept: str, attribute: str | None = None) -> tuple[str, ...]:
        wanted = {concept} | ({attribute, f"{concept}.{attribute}"} if attribute else set())
        if attribute is None:
            wanted |= {f"{concept}.{name}" for name in self.plan.model[concept].attributes}
        return self._indicators(lambda card: bool(wanted.intersection(_listed(card.get("concepts")))))

    def _indicators(self, uses: Callable[[Mapping[str, object]], bool]) -> tuple[str, ...]:
        return tuple(
            f"{key} – {_in(self.language, card.get('names'))}" for key, card in sorted(self.cards.items()) if uses(card)
        )

    def _rows_of(self, rules: Iterable[str]) -> list[Mapping[str, object]]:
        wanted = {rule.casefold() for rule in rules}
        return [row for row in self.limits if str(row.get("rule_id")).casefold() in wanted]

    def _limit(self, row: Mapping[str, object]) -> str:
        """One validity period of a rule in a line."""
        told = f"{row.get('rule_id')}: {row.get('amount')} {value_in(self.language, 'period', str(row.get('unit')))}"
        valid = f"{row.get('valid_from') or ''}–{row.get('valid_to') or ''}"
        ages = f"{row.get('age_min') or ''}–{row.get('age_max') or ''}".strip("–") and (
            f"{word('ages', self.language)} {row.get('age_min') or ''}–{row.get('age_max') or ''}"
        )
        return ", ".join(part for part in (told, ages, valid, str(row.get("status") or "")) if part)

    def _told(self, kind: str, name: str, title: str, facts: Mapping[str, Value | None]) -> Explanation:
        return Explanation(kind=kind, name=name, title=title, language=self.language, facts=_filled(facts))


def _query_of(concept: Concept, attribute: str) -> tuple[str, ...]:
    """The query that computes the attribute, if one does."""
    return tuple(p.computed for p in concept.satellites.values() if p.computed and attribute in p.attributes)


def _touches(concepts: tuple[str, ...], origin: Origin) -> bool:
    return not {origin.concept, origin.attribute, f"{origin.concept}.{origin.attribute}"}.isdisjoint(concepts)


def _words_of(term: Term) -> set[str]:
    return {told.casefold() for told in (term.en, term.fi, term.sv, term.se) if told}
