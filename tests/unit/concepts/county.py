"""A small nation, a county that adds to it, and what the loader says of both."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from concepts.errors import ModelError
from concepts.overlay import load_with_region

VISIT = """
    concept: visit
    term: {en: visit, fi: käynti, sv: besök}
    definition: {en: One meeting., fi: Yksi tapaaminen., sv: Ett möte.}
    source: Act 1326/2010
    owner: health services
    dimensions: [SAA]
    key:
      visit_id: {type: string, term: {en: visit number, fi: käynnin numero, sv: besökets nummer}}
    satellites:
      timing:
        attributes:
          visit_started_at: {type: datetime, term: {en: began, fi: alkoi, sv: började}}
    links:
      care: {participants: [unit]}
    """
UNIT = """
    concept: unit
    term: {en: unit, fi: yksikkö, sv: enhet}
    definition: {en: A place., fi: Paikka., sv: En plats.}
    source: Act 741/2023
    owner: knowledge management
    key:
      unit_id: {type: string, term: {en: unit number, fi: yksikön numero, sv: enhetens nummer}}
    """
BUS = UNIT.replace("concept: unit", "concept: bus").replace("unit_id", "bus_id")
EXTENSION = """
    extends: visit
    source: own practice
    owner: social services
    """


def folder(path: Path, **files: str) -> Path:
    path.mkdir(parents=True)
    for name, text in files.items():
        (path / f"{name}.yml").write_text(dedent(text), encoding="utf-8")
    return path


def merged(national: Path, **files: str):
    return load_with_region(national, folder(national.parent / "kainuu", **files))


def attribute(aspect: str, name: str, rest: str = "type: string") -> str:
    told = f"satellites: {{{aspect}: {{attributes: {{{name}: {{{rest}, term: {{en: a, fi: b, sv: c}}}}}}}}}}"
    return f"{EXTENSION}{told}\n"


def refusal(national: Path, **files: str) -> str:
    with pytest.raises(ModelError) as caught:
        merged(national, **files)
    return str(caught.value)
