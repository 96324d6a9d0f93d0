"""What a run tells its reader: figures by dimension, rows by source, where the files are, what to try next."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

from rich.console import Console
from rich.table import Table

from concepts.listed_values import value_in
from concepts.metamodel import Frozen
from marts.cards import Card
from orchestration.registry import SourceTotals

if TYPE_CHECKING:
    from expectations.running import Verdict

Language = Literal["fi", "sv", "en"]

# Per indicator, the newest whole year that is not preliminary, else its newest period; the county as a whole.
# The whole before its classes, but not where a class of all is 100 % of itself: there the classes tell.
FIGURES = """
with figure as (
    select *, rank() over (
        partition by indicator
        order by
            length(period) = 4 desc, status = 'preliminary', period desc, service_code = 'all' desc,
            segment_code = 'all' and (numerator is null or numerator <> denominator) desc
    ) as place
    from fct_indicator
    where area_level = 'county' and sex_code = 'all' and age_group_code = 'all' and tense = 'actual'
)
select
    figure.indicator, figure.period, figure.service_code, figure.segment_code, figure.value, figure.numerator,
    figure.denominator, figure.unit, figure.status, figure.coverage,
    coalesce(service.name_{language}, figure.service_code) as service_name,
    coalesce(segment.name_{language}, figure.segment_code) as segment_name
from figure
left join dim_service as service on figure.service_code = service.service_code
left join dim_segment as segment on figure.segment_code = segment.segment_code
where figure.place = 1
"""

WORDS: Mapping[str, Mapping[Language, str]] = {
    "figures": {
        "en": "Figures, the county as a whole",
        "fi": "Tunnusluvut, koko alue",
        "sv": "Nyckeltal, hela området",
    },
    "indicator": {"en": "indicator", "fi": "indikaattori", "sv": "indikator"},
    "group": {"en": "group", "fi": "ryhmä", "sv": "grupp"},
    "period": {"en": "period", "fi": "jakso", "sv": "period"},
    "value": {"en": "value", "fi": "arvo", "sv": "värde"},
    "denominator": {"en": "denominator", "fi": "nimittäjä", "sv": "nämnare"},
    "coverage": {"en": "coverage", "fi": "kattavuus", "sv": "täckning"},
    "rows": {"en": "Rows by source", "fi": "Rivit lähteittäin", "sv": "Rader per källa"},
    "source": {"en": "source", "fi": "lähde", "sv": "källa"},
    "deliveries": {"en": "files", "fi": "tiedostoja", "sv": "filer"},
    "records": {"en": "rows in", "fi": "rivejä sisään", "sv": "rader in"},
    "loaded": {"en": "loaded", "fi": "ladattu", "sv": "inlästa"},
    "quarantined": {"en": "quarantined", "fi": "karanteenissa", "sv": "i karantän"},
    "duplicates": {"en": "duplicates", "fi": "kaksoiskappaleita", "sv": "dubbletter"},
    "promises": {"en": "Checks", "fi": "Tarkistukset", "sv": "Kontroller"},
    "held": {"en": "rules hold", "fi": "sääntöä pitää", "sv": "regler håller"},
    "broken": {"en": "do not", "fi": "ei pidä", "sv": "håller inte"},
    "files": {"en": "Files", "fi": "Tiedostot", "sv": "Filer"},
    "next": {"en": "Try next", "fi": "Kokeile seuraavaksi", "sv": "Pröva härnäst"},
    "missing": {"en": "missing", "fi": "puuttuu", "sv": "saknas"},
    "preliminary": {"en": "preliminary", "fi": "ennakollinen", "sv": "preliminärt"},
    "suppressed": {"en": "hidden", "fi": "peitetty", "sv": "dold"},
    "unchanged": {
        "en": "Nothing new: vault, marts and release are in step with what was received.",
        "fi": "Ei uutta: tietovarasto, raportointitaulut ja julkaisu vastaavat vastaanotettua.",
        "sv": "Inget nytt: informationslagret, rapporttabellerna och publiceringen motsvarar det mottagna.",
    },
}
DIMENSIONS: Mapping[str, Mapping[Language, str]] = {
    "HYV": {"en": "health and wellbeing", "fi": "hyvinvointi ja terveys", "sv": "hälsa och välfärd"},
    "TAR": {"en": "need for services", "fi": "palvelutarve", "sv": "servicebehov"},
    "SAA": {"en": "availability and access", "fi": "saatavuus ja saavutettavuus", "sv": "tillgång och tillgänglighet"},
    "LAA": {"en": "quality", "fi": "laatu", "sv": "kvalitet"},
    "VAI": {"en": "effectiveness", "fi": "vaikuttavuus", "sv": "effekt"},
    "KUS": {"en": "costs", "fi": "kustannukset", "sv": "kostnader"},
    "TUO": {"en": "productivity", "fi": "tuottavuus", "sv": "produktivitet"},
    "YHD": {"en": "equality", "fi": "yhdenvertaisuus", "sv": "likabehandling"},
    "YHT": {"en": "integration", "fi": "yhteensovittaminen", "sv": "samordning"},
    "INV": {"en": "investments", "fi": "investoinnit", "sv": "investeringar"},
}


class Figure(Frozen):
    """One indicator of the county in its newest period."""

    indicator: str
    dimension: str
    name: str
    period: str
    service_code: str
    service_name: str
    segment_code: str
    segment_name: str
    value: float | None
    numerator: float | None
    denominator: float | None
    unit: str
    status: str
    coverage: float | None

    @property
    def group(self) -> str:
        """What the figure is limited to; empty for the whole."""
        parts = ((self.service_code, self.service_name), (self.segment_code, self.segment_name))
        return ", ".join(name for code, name in parts if code != "all")

    @property
    def place(self) -> tuple[int, str, int, str, str]:
        """Where it stands among the others: by dimension, indicator, then the number that a class begins with."""
        first = re.match(r"\d+", self.segment_code)
        number = int(first.group()) if first else sys.maxsize
        return list(DIMENSIONS).index(self.dimension), self.indicator, number, self.service_code, self.segment_code


def console() -> Console:
    """Standard output: as wide as the terminal, or wide enough for a log."""
    found = Console()
    return found if found.is_terminal else Console(width=130)


def figures(
    columns: Sequence[str], rows: Sequence[Sequence[Any]], cards: Mapping[str, Card], language: Language
) -> tuple[Figure, ...]:
    """The rows of FIGURES with the names that the use-case cards give them."""
    found = []
    for row in rows:
        told = dict(zip(columns, row, strict=True))
        card = cards[told["indicator"]]
        found.append(Figure(**told, dimension=card.dimension, name=getattr(card.names, language)))
    return tuple(sorted(found, key=lambda figure: figure.place))


def print_figures(console: Console, told: Sequence[Figure], language: Language) -> None:
    """The figures as a table, one block a dimension, one line a group."""
    names = ("indicator", "group", "period", "value", "denominator", "coverage")
    table = Table(title=WORDS["figures"][language], title_justify="left")
    for name in names:
        table.add_column(WORDS[name][language], justify="right" if name in names[3:] else "left")
    dimension = indicator = ""
    for figure in told:
        if figure.dimension != dimension:
            dimension = figure.dimension
            table.add_section()
            table.add_row(f"[bold]{DIMENSIONS[dimension][language]}[/bold]")
        name = "" if figure.indicator == indicator else f"{figure.indicator} {figure.name}"
        indicator = figure.indicator
        table.add_row(name, figure.group, figure.period, *_amounts(figure, language))
    console.print(table)


def _amounts(figure: Figure, language: Language) -> tuple[str, str, str]:
    if figure.value is None:
        value = WORDS.get(figure.status, WORDS["missing"])[language]
    else:
        unit = value_in(language, "unit", figure.unit)
        value = f"{_number(figure.value, language)} {unit}"
    denominator = "" if figure.denominator is None else _number(round(figure.denominator), language)
    coverage = "" if figure.coverage is None else f"{_number(100 * figure.coverage, language)} %"
    return value, denominator, coverage


def _number(value: float, language: Language) -> str:
    text = f"{value:,.0f}" if isinstance(value, int) or abs(value) >= 1000 else f"{value:,.1f}"
    # Finnish and Swedish: a no-break space between thousands, a comma before decimals.
    return text if language == "en" else text.replace(",", "\u00a0").replace(".", ",")


def print_rows(console: Console, totals: Sequence[SourceTotals], language: Language) -> None:
    """What came in by source, and what became of it."""
    table = Table(title=WORDS["rows"][language], title_justify="left")
    counted = ("deliveries", "records", "loaded", "quarantined", "duplicates")
    table.add_column(WORDS["source"][language])
    for name in counted:
        table.add_column(WORDS[name][language], justify="right")
    for total in totals:
        table.add_row(total.source, *(f"{getattr(total, name):,}" for name in counted))
    console.print(table)


def print_promises(console: Console, verdicts: Sequence[Verdict], language: Language) -> None:
    """How many promises hold, and each that does not, by table and rule."""
    if not verdicts:
        return
    broken = [verdict for verdict in verdicts if not verdict.passed]
    counted = f"{len(verdicts) - len(broken)} {WORDS['held'][language]}, {len(broken)} {WORDS['broken'][language]}"
    console.print(f"{WORDS['promises'][language]}: {counted}")
    for verdict in broken:
        # Sentences exist in Finnish and English.
        sentence = verdict.sentence.fi if language == "fi" else verdict.sentence.en
        console.print(
            f"    {verdict.suite} {verdict.rule} ({verdict.severity}): {sentence}", soft_wrap=True, markup=False
        )


def print_cells(console: Console, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Any result as a table on the terminal."""
    table = Table(*columns)
    for row in rows:
        table.add_row(*("" if cell is None else str(cell) for cell in row))
    console.print(table)
