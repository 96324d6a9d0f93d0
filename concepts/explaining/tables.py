"""What is known of a table: of the vault, or written by hand, a code set or a mart."""

from __future__ import annotations

from concepts.explaining.known import Known
from concepts.explanation import Explanation, Value
from concepts.generator import naming
from concepts.lineage import WarehouseTable
from concepts.tables_by_hand import TableByHand
from concepts.wording import word


def table(known: Known, name: str) -> Explanation | None:
    """The generated table of that name, its schema before it or not; of a delivery, the table that stages it."""
    staged = {t.record_source: naming.staging(t.source, t.table) for t in known.plan.tables}
    plain = name.casefold()
    told = known.tables.get(staged.get(plain) or plain.rpartition(".")[2])
    if not told:
        return None
    about = known.plan.model.concepts.get(told.concept or "")
    facts: dict[str, Value | None] = {
        "part_of": f"{about.concept} – {known.text(about.term)}" if about else None,
        "definition": known.text(about.definition) if about else None,
        "source": about.source if about else None,
        "holds": told.attributes,
        "relations": tuple(f"{told.concept} – {role}" for role in told.roles),
        "comes_from": _feeding(known, told),
        "read_by": _readers(known, told.name),
        "read_for": known.figures_reading(told.name),
        "concept_indicators": known.figures_about(about) if about else None,
    }
    return known.told("table", told.name, word(told.kind, known.language), facts, english=("source",))


def _feeding(known: Known, told: WarehouseTable) -> tuple[str, ...]:
    """The delivered columns of what the table holds, or of its key; of one that only counts, the deliveries."""
    if told.concept is None and told.kind != "staging":
        return told.deliveries
    about = known.plan.model.concepts.get(told.concept or "")
    wanted = told.attributes or (about.key if about else ())
    return tuple(
        f"{o.delivery}: {o.header} → {o.attribute}"
        for o in known.origins
        if o.delivery in told.deliveries and told.concept in (None, o.concept) and (o.attribute in wanted or not wanted)
    )


def by_hand(known: Known, name: str) -> Explanation | None:
    """The code set or mart of that name, its schema before it or not."""
    told = known.by_hand.get(name.casefold().rpartition(".")[2])
    if not told:
        return None
    facts: dict[str, Value | None] = {
        "definition": told.description,
        "holds": tuple(told.rows[0]) if told.rows else (),
        "source": tuple(dict.fromkeys(row["source"] for row in told.rows if row.get("source"))),
        "code_of": _code_of(known, told),
        "reads": told.reads,
        "comes_from": _deliveries(known, told),
        "read_by": _readers(known, told.name),
        "read_for": known.figures_reading(told.name),
    }
    return known.told("table", told.name, word(told.kind, known.language), facts, english=("definition", "source"))


def _code_of(known: Known, told: TableByHand) -> tuple[str, ...]:
    """The attributes whose codes the code set holds."""
    return tuple(
        f"{about.concept}.{key} – {known.text(attribute.term)}"
        for about in known.plan.model.concepts.values()
        for key, attribute in about.attributes.items()
        if told.kind == "code_set" and attribute.codes and f"ref_{attribute.codes}" == told.name
    )


def _deliveries(known: Known, told: TableByHand) -> tuple[str, ...]:
    """The deliveries that the tables of the vault which it reads are made from, at first or second hand."""
    read = (known.tables[name] for name in known.read_by(told.name) if name in known.tables)
    return tuple(dict.fromkeys(delivery for table in read for delivery in table.deliveries))


def _readers(known: Known, name: str) -> tuple[str, ...]:
    return tuple(sorted(table.name for table in known.by_hand.values() if name in table.reads))
