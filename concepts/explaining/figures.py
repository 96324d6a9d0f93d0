"""What an indicator's card and the limits of law say of a name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from concepts.explaining.known import Known
from concepts.explanation import Explanation, Value
from concepts.figures import Card, listed
from concepts.listed_values import value_in
from concepts.wording import word

Row = Mapping[str, object]
_FREE = ("numerator", "denominator", "calculation_rule", "limits")  # texts that a card has in English


def indicator(known: Known, name: str) -> Explanation | None:
    """The indicator of that name, by its card."""
    card = known.cards.get(name) or known.cards.get(name.upper())
    if not card:
        return None
    facts: dict[str, Value | None] = {
        "definition": known.text(card.get("definition")),
        "legal_basis": listed(card.get("legal_basis")) or known.text(card.get("legal_basis")),
        **{label: known.text(card.get(label)) for label in _FREE},
        "unit": value_in(known.language, "unit", known.text(card.get("unit"))),
        "version": known.text(card.get("version")),
        "status": value_in(known.language, "status", known.text(card.get("status"))),
        "computed_by": known.text(card.get("computed_by")),
        "rules": tuple(_limit(known, row) for row in _rows_of(known, listed(card.get("rules")))),
        "concepts": listed(card.get("concepts")),
        "comes_from": _deliveries(known, card),
    }
    return known.told("indicator", str(card.get("indicator", name)), known.text(card.get("names")), facts, _FREE)


def _deliveries(known: Known, card: Card) -> tuple[str, ...]:
    """The deliveries of the card's sources whose rows are about its concepts, rather than only pointing at them."""
    sources, concepts = listed(card.get("source_systems")), listed(card.get("concepts"))
    return tuple(
        table.record_source
        for table in known.plan.tables
        if (table.source in sources or not sources)
        and any(told.is_subject and told.concept.concept in concepts for told in table.feeds.values())
    )


def rule(known: Known, name: str) -> Explanation | None:
    """The rule of law of that name, with every period and group that it has a limit for."""
    rows = _rows_of(known, (name,))
    if not rows:
        return None
    first, rule_id = rows[0], str(rows[0]["rule_id"])
    facts: dict[str, Value | None] = {
        "legal_basis": _each(rows, lambda row: " ".join(str(row.get(part) or "") for part in ("law", "section"))),
        "limit": _each(rows, lambda row: _limit(known, row)),
        "clock": _each(rows, lambda row: f"{_moment(known, row, 'start')} – {_moment(known, row, 'end')}"),
        "group": _each(rows, lambda row: _group(known, row)),
        "limits": _each(rows, lambda row: str(row.get("exclusions") or "")),
        "source": _each(rows, lambda row: str(row.get("source") or "")),
        "indicators": known.figures(lambda card: rule_id in listed(card.get("rules"))),
    }
    title = str(first.get(f"name_{known.language}") or rule_id)
    return known.told("rule", rule_id, title, facts, english=("limits", "source"))


def _each(rows: Iterable[Row], told: Callable[[Row], str]) -> tuple[str, ...]:
    """What the rows tell, each text once."""
    return tuple(dict.fromkeys(text for row in rows if (text := told(row).strip())))


def _rows_of(known: Known, rules: Iterable[str]) -> list[Row]:
    wanted = {rule.casefold() for rule in rules}
    return [row for row in known.limits if str(row.get("rule_id")).casefold() in wanted]


def _moment(known: Known, row: Row, end: str) -> str:
    return value_in(known.language, "moment", str(row.get(f"clock_{end}") or "–"))


def _group(known: Known, row: Row) -> str:
    """Whom the limit concerns: everyone, or a client group of the code set."""
    group = str(row.get("target_group") or "")
    codes = known.by_hand.get("ref_client_group")
    told = codes.meaning(group, known.language) if codes else group
    return value_in(known.language, "concerns", told)


def _limit(known: Known, row: Row) -> str:
    """One validity period of a rule in a line."""
    amount = f"{row.get('amount')} {value_in(known.language, 'period', str(row.get('unit')))}"
    ages = f"{row.get('age_min') or ''}–{row.get('age_max') or ''}"
    parts = (
        f"{row.get('rule_id')}: {amount}",
        f"{word('ages', known.language)} {ages}" if ages != "–" else "",
        f"{row.get('valid_from') or ''}–{row.get('valid_to') or ''}",
        value_in(known.language, "status", str(row.get("status") or "")),
    )
    return ", ".join(part for part in parts if part)
