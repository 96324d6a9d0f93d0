"""What the model says of a name: a concept, an attribute, a delivered column, or a word of the trade."""

from __future__ import annotations

from concepts.explaining.known import Known
from concepts.explanation import Explanation, Value
from concepts.figures import names_attribute
from concepts.listed_values import value_in
from concepts.metamodel import Attribute, Concept, Term
from concepts.wording import word


def concept(known: Known, name: str) -> Explanation | None:
    """The concept of that name."""
    told = known.plan.model.concepts.get(name.casefold())
    return _concept(known, told) if told else None


def _concept(known: Known, told: Concept) -> Explanation:
    mine = [o for o in known.origins if o.concept == told.concept and o.attribute in told.key]
    facts: dict[str, Value | None] = {
        "definition": known.text(told.definition),
        "source": told.source,
        "owner": value_in(known.language, "owner", told.owner),
        "key": tuple(told.key),
        "attributes": tuple(
            f"{key} – {known.text(a.term)}" for key, a in told.attributes.items() if key not in told.key
        ),
        "relations": tuple(
            f"{key}: {', '.join(p.role for p in link.participants)}" for key, link in told.links.items()
        ),
        "comes_from": tuple(f"{o.delivery}: {o.header}" for o in mine),
        "tables": tuple(table.name for table in known.tables.values() if table.concept == told.concept),
        "indicators": known.figures_about(told),
    }
    return known.told("concept", told.concept, known.text(told.term), facts, english=("source",))


def attribute(known: Known, name: str) -> Explanation | None:
    """The attribute of that name, or of ``concept.attribute``."""
    wanted_concept, _, wanted = name.casefold().rpartition(".")
    for about in known.plan.model.concepts.values():
        if wanted in about.attributes and wanted_concept in ("", about.concept):
            return _attribute(known, about, wanted, about.attributes[wanted])
    return None


def _attribute(known: Known, about: Concept, name: str, told: Attribute) -> Explanation:
    fed = [o for o in known.origins if (o.concept, o.attribute) == (about.concept, name)]
    facts: dict[str, Value | None] = {
        "definition": told.definition,
        "part_of": f"{about.concept} – {known.text(about.term)}: {known.text(about.definition)}",
        "source": about.source,
        "type": value_in(known.language, "type", told.type),
        "unit": told.unit,
        "codes": f"ref_{told.codes}" if told.codes else None,
        "privacy": value_in(known.language, "privacy", told.privacy),
        "comes_from": tuple(f"{o.delivery}: {o.header} ({o.landing})" for o in fed) or _query_of(about, name),
        "tables": tuple(t.name for t in known.tables.values() if t.concept == about.concept and name in t.attributes),
        "indicators": known.figures(lambda card: names_attribute(card, about.concept, name)),
        "concept_indicators": known.figures_about(about),
    }
    return known.told("attribute", name, known.text(told.term), facts, english=("definition", "source"))


def _query_of(about: Concept, attribute: str) -> tuple[str, ...]:
    """The query that computes the attribute, if one does."""
    return tuple(p.computed for p in about.satellites.values() if p.computed and attribute in p.attributes)


def column(known: Known, name: str) -> Explanation | None:
    """The delivered column of that header or landing name, of one table if it stands before."""
    delivery, _, header = name.rpartition(".")
    mine = [o for o in known.origins if header.casefold() in (o.header.casefold(), o.landing)]
    mine = [o for o in mine if delivery in ("", o.delivery)]
    if not mine:
        return _unfed(known, delivery, header.casefold())
    model = known.plan.model
    fed = dict.fromkeys((o.concept, o.attribute) for o in mine)
    facts: dict[str, Value | None] = {
        "comes_from": tuple(dict.fromkeys(f"{o.delivery}: {o.header}" for o in mine)),
        "feeds": tuple(f"{about}.{attribute}" for about, attribute in fed),
        "indicators": known.figures(lambda card: any(names_attribute(card, *told) for told in fed)),
        "concept_indicators": tuple(
            dict.fromkeys(figure for about, _ in fed for figure in known.figures_about(model[about]))
        ),
    }
    attribute = model[mine[0].concept].attributes[mine[0].attribute]
    return known.told("column", mine[0].header, known.text(attribute.term), facts)


def _unfed(known: Known, delivery: str, header: str) -> Explanation | None:
    """A delivered column that feeds no attribute, or is dropped at the gate."""
    for table in known.plan.tables:
        kept = [h for h in table.mapping.columns if header in (h.casefold(), table.mapping.landing_name(h))]
        dropped = [h for h in table.mapping.ignored if header == h.casefold()]
        for name in (*kept, *dropped) if delivery in ("", table.record_source) else ():
            facts: dict[str, Value | None] = {
                "comes_from": f"{table.record_source}: {name}",
                "tables": table.name if kept else None,
            }
            return known.told("column", name, word("feeds_nothing" if kept else "ignored", known.language), facts)
    return None


def term(known: Known, name: str) -> Explanation | None:
    """The concept or attribute that people call by this word in any of the languages."""
    concepts = known.plan.model.concepts.values()
    for about in concepts:
        if name.casefold() in _folded(about.term):
            return _concept(known, about)
    for about in concepts:
        for key, told in about.attributes.items():
            if name.casefold() in _folded(told.term):
                return _attribute(known, about, key, told)
    return None


def words_of(term: Term) -> tuple[str, ...]:
    """The words of a term in every language that it has."""
    return tuple(word for word in (term.en, term.fi, term.sv, term.se) if word)


def _folded(term: Term) -> set[str]:
    return {word.casefold() for word in words_of(term)}
