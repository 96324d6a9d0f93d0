"""Small cells: which figures about few persons a release leaves out, and the words that say so."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import Field

from concepts.metamodel import Frozen, Name, Text
from concepts.quoting import quoted, quoted_text

HIDDEN_STATUS = "suppressed"


class Amount(Frozen):
    """Figures that are euros or person-years and not counts, told by how another column of the row begins."""

    figures: tuple[Name, ...] = Field(min_length=1)
    column: Name
    begins: tuple[Text, ...] = Field(min_length=1)


class Cell(Frozen):
    """Counts of persons or cases in a row, and the figures that leave with them when one is small."""

    counts: tuple[Name, ...] = Field(min_length=1)
    hides: tuple[Name, ...] = Field(min_length=1)
    status: Name | None = None
    amounts: tuple[Amount, ...] = ()

    @property
    def columns(self) -> frozenset[str]:
        """Every column that the table must have for the rule to work."""
        told = {*self.counts, *self.hides, *([self.status] if self.status else [])}
        return frozenset(told | {amount.column for amount in self.amounts})


class SmallCellRule(Frozen):
    """Counts below the threshold are hidden; true zeros too if so set."""

    threshold: int = Field(default=5, ge=1)
    hide_zeros: bool = False

    def wording(self) -> dict[str, str]:
        """The rule in the reader's languages, with what it does not promise."""
        first, last = 0 if self.hide_zeros else 1, self.threshold - 1
        zero = (
            ("True zeros are hidden too.", "Myös todelliset nollat on peitetty.", "Även verkliga nollor har dolts.")
            if self.hide_zeros
            else ("True zeros are shown.", "Todelliset nollat näytetään.", "Verkliga nollor visas.")
        )
        return {
            "en": f"A count of persons or cases from {first} to {last}, as numerator or as denominator, is hidden "
            "together with its value, numerator, denominator and coverage; the status is then "
            f"'{HIDDEN_STATUS}'. {zero[0]} Sums of money and of working time (person-years) are not counts of "
            "persons. The rule is not yet tested against attack: there is no secondary suppression, so totals "
            "may let a reader recover a hidden cell, and the rest of a share (denominator less numerator) is "
            "not hidden. Do not publish the files without your own assessment.",
            "fi": f"Henkilöiden tai tapausten lukumäärä {first}–{last} osoittajana tai nimittäjänä on peitetty yhdessä "
            f"arvon, osoittajan, nimittäjän ja kattavuuden kanssa; tila on silloin '{HIDDEN_STATUS}'. {zero[1]} "
            "Rahasummat ja työaika (henkilötyövuodet) eivät ole henkilömääriä. Sääntöä ei ole vielä koeteltu "
            "hyökkäyksin: toissijaista peittämistä ei ole, joten peitetyn solun voi ehkä päätellä summista, "
            "eikä osuuden loppuosaa (nimittäjä miinus osoittaja) ole peitetty. Älä julkaise tiedostoja ilman "
            "omaa arviota.",
            "sv": f"Ett antal personer eller fall från {first} till {last}, som täljare eller nämnare, har dolts "
            f"tillsammans med värde, täljare, nämnare och täckning; statusen är då '{HIDDEN_STATUS}'. {zero[2]} "
            "Penningsummor och arbetstid (årsverken) är inte antal personer. Regeln har ännu inte prövats mot "
            "angrepp: sekundär undertryckning saknas, så en dold cell kan eventuellt härledas ur summor, och "
            "resten av en andel (nämnare minus täljare) har inte dolts. Publicera inte filerna utan en egen "
            "bedömning.",
        }


def select_hidden(relation: str, columns: Sequence[str], cells: Sequence[Cell], rule: SmallCellRule) -> str:
    """SQL with the relation's own columns, small cells emptied and marked."""
    shown = {name: quoted(name) for name in columns}
    for cell in cells:
        small = _is_small(cell, rule)
        for name in cell.hides:
            shown[name] = f"case when {small} then null else {shown[name]} end"
        if cell.status:
            shown[cell.status] = f"case when {small} then {quoted_text(HIDDEN_STATUS)} else {shown[cell.status]} end"
    listed = ", ".join(f"{sql} as {quoted(name)}" for name, sql in shown.items())
    return f"select {listed} from {relation}"


def count_hidden(relation: str, cells: Sequence[Cell], rule: SmallCellRule) -> str:
    """SQL for the number of rows in which the rule hides something."""
    small = " or ".join(_is_small(cell, rule) for cell in cells) or "false"
    return f"select count(*) from {relation} where {small}"


def _is_small(cell: Cell, rule: SmallCellRule) -> str:
    """A condition that is true or false, never NULL."""
    return "(" + " or ".join(_count_is_small(name, cell.amounts, rule) for name in cell.counts) + ")"


def _count_is_small(name: str, amounts: Sequence[Amount], rule: SmallCellRule) -> str:
    above = ">=" if rule.hide_zeros else ">"
    small = f"coalesce({quoted(name)} {above} 0 and {quoted(name)} < {rule.threshold}, false)"
    not_counts = [
        f"starts_with({quoted(amount.column)}, {quoted_text(start)})"
        for amount in amounts
        if name in amount.figures
        for start in amount.begins
    ]
    return f"({small} and not coalesce({' or '.join(not_counts)}, false))" if not_counts else small
