"""Use-case cards of the indicators: what each figure means, and to which text of SQL that meaning is bound."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, ValidationError

from concepts.errors import ModelError
from concepts.metamodel import Dimension, Frozen, Name, Text
from concepts.yaml_text import read_yaml

FOLDER = Path(__file__).with_name("cards")
MODELS = Path(__file__).parent
Version = Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]*\.[0-9]+$")]


HEADER = [
    "indicator",
    "version",
    "dimension",
    "name_fi",
    "name_sv",
    "name_en",
    "unit",
    "factor",
    "main_source",
    "sotkanet_id",
]


class Wording(Frozen):
    """One text in the languages of the reader."""

    fi: Text
    sv: Text
    en: Text


class Card(Frozen):
    """One indicator: why it is asked, what it says, how it is computed, how far it may be trusted."""

    indicator: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}-[0-9]{2}$")]
    version: Version
    dimension: Dimension
    status: Literal["law", "sotkanet", "proposal"]
    scope: Literal["national", "regional"]
    names: Wording
    user_story: Wording
    legal_basis: Text
    information_need: Text
    definition: Wording
    numerator: Text
    denominator: Text | None = None
    unit: Text
    factor: int = Field(default=1, ge=1)  # what the ratio is multiplied by: 100 for %
    calculation_rule: Text
    concepts: tuple[Name, ...] = Field(min_length=1)
    source_systems: tuple[Name, ...] = Field(min_length=1)  # the first one dates the figure
    rules: tuple[Text, ...] = ()
    frequency: Text
    limits: Text
    sotkanet_id: int | None = None
    computed_by: Name
    sql_sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


def load_cards(folder: Path = FOLDER) -> dict[str, Card]:
    """Every card of a folder by its indicator; ModelError names the file and the key that does not fit."""
    cards = {}
    for file in sorted(folder.glob("*.yml")):
        try:
            card = Card.model_validate(read_yaml(file))
        except ValidationError as error:
            first = error.errors()[0]
            raise ModelError(f"{file.name}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from None
        if card.indicator != file.stem:
            raise ModelError(f"{file.name}: indicator: is {card.indicator}; name the file after it")
        cards[card.indicator] = card
    return cards


def catalogue_csv(cards: Mapping[str, Card]) -> str:
    """The seed ref_indicator.csv as text: what the SQL must know of each indicator."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADER)
    for card in cards.values():
        names = (card.names.fi, card.names.sv, card.names.en)
        row = (card.indicator, card.version, card.dimension, *names, card.unit, card.factor, card.source_systems[0])
        writer.writerow([*row, card.sotkanet_id or ""])
    return text.getvalue()


def stale(cards: Mapping[str, Card], folder: Path = MODELS) -> list[str]:
    """Indicators whose SQL below the folder is not the text that their card was written for."""
    return [name for name, card in cards.items() if card.sql_sha256 != sql_digest(card.computed_by, folder)]


def sql_digest(model: str, folder: Path = MODELS) -> str:
    """SHA-256 of a model's SQL, or '' when no model of that name lies below the folder."""
    found = sorted(folder.rglob(f"{model}.sql"))
    return hashlib.sha256(found[0].read_bytes()).hexdigest() if found else ""


def renew(folder: Path = FOLDER, models: Path = MODELS) -> list[str]:
    """Raise the minor version of every stale card and bind it to its SQL; the indicators that changed."""
    cards = load_cards(folder)
    changed = stale(cards, models)
    for name in changed:
        file = folder / f"{name}.yml"
        major, minor = cards[name].version.split(".")
        text = re.sub(r"(?m)^version: .*$", f'version: "{major}.{int(minor) + 1}"', file.read_text(encoding="utf-8"))
        digest = sql_digest(cards[name].computed_by, models)
        file.write_text(re.sub(r"(?m)^sql_sha256: .*$", f"sql_sha256: {digest}", text), encoding="utf-8")
    return changed


if __name__ == "__main__":  # python -m marts.cards: new versions for changed formulas, and the seed that holds them
    sys.stdout.write("".join(f"{name}: new version\n" for name in renew()))
    seed = MODELS.parent / "concepts" / "codes" / "ref_indicator.csv"
    seed.write_text(catalogue_csv(load_cards()), encoding="utf-8")
