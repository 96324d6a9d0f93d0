"""Service units, their producers, and the cost centres that pay for them.

Columns of the frame: unit (row number), oid, name_fi, name_sv, municipality, organiser, producer, producer_name,
mode (OWN, PUR, VOU), area (code of unit_area), cost_centre, service.
Business ids come from the range 9900000-9909999, which no register has given out.
"""

from __future__ import annotations

from typing import NamedTuple

import polars as pl

from ingest.synthetic.codes import SERVICE_BY_AREA, municipalities_of, names_of, shares_of_municipalities

WEIGHTS = (7, 9, 10, 5, 8, 4, 2)
HUS_NUMBER, PURCHASED_NUMBER, VOUCHER_NUMBER = 9908000, 9909000, 9909500
EVERYWHERE = (
    ("terveysasema", "hälsostation", "1", "2100"),
    ("hammashoitola", "tandklinik", "2", "2110"),
    ("kotihoito", "hemvård", "5", "2300"),
)
ONCE = (
    ("keskussairaala", "centralsjukhus", "3", "2200"),
    ("mielenterveys- ja päihdekeskus", "mentalvårds- och missbrukarcenter", "1", "2120"),
    ("perhekeskus", "familjecenter", "4", "2410"),
    ("lastensuojelu", "barnskydd", "4", "2400"),
    ("vammaispalvelut", "funktionshinderservice", "4", "2500"),
    ("aikuissosiaalityö", "socialt arbete för vuxna", "4", "2600"),
    ("palvelutalo", "serviceboende", "5", "2310"),
    ("omaishoidon tuki", "stöd för närståendevård", "5", "2320"),
    ("hallinto", "förvaltning", "6", "2900"),
)


class Producer(NamedTuple):
    """Who produces: business id, name, and how (code of production_mode)."""

    business_id: str
    name: str
    mode: str


def business_id(number: int) -> str:
    """The next valid business id from seven digits on: weights 7 9 10 5 8 4 2, remainder of 11."""
    while True:
        rest = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, f"{number:07}", strict=True)) % 11
        if rest != 1:
            return f"{number:07}-{0 if rest == 0 else 11 - rest}"
        number += 1


def synthesise_units(county: str) -> pl.DataFrame:
    """The units of a county: some in each municipality, some once, one of HUS, one purchased, one of vouchers."""
    own_number = 9901000 + 20 * (int(county))
    own = Producer(business_id(own_number), names_of("organiser", county)[0], "OWN")
    municipalities = municipalities_of(county)
    shares = shares_of_municipalities(county)
    main = max(shares, key=lambda code: shares[code])
    rows = [_unit(kind, place, county, own) for place in municipalities for kind in EVERYWHERE]
    rows += [_unit(kind, main, county, own) for kind in ONCE]
    hus = Producer(business_id(HUS_NUMBER), "HUS-yhtymä", "OWN")
    bought = Producer(business_id(PURCHASED_NUMBER), "Esimerkki Terveys Oy", "PUR")
    voucher = Producer(business_id(VOUCHER_NUMBER), "Esimerkki Hammas Oy", "VOU")
    rows.append(_unit(("yliopistosairaala", "universitetssjukhus", "3", "2200"), "091", "HUS", hus))
    rows.append(_unit(("ostopalveluasema", "köptjänststation", "1", "2100"), main, county, bought))
    rows.append(_unit(("palvelusetelihammashoitola", "servicesedelklinik", "2", "2110"), main, county, voucher))
    return _numbered(pl.DataFrame(rows))


def unit_register(units: pl.DataFrame) -> pl.DataFrame:
    """The unit register in the columns of its delivery."""
    return units.select(
        YKSIKKO_OID="oid",
        NIMI="name_fi",
        NAMN="name_sv",
        KUNTA="municipality",
        JARJESTAJA="organiser",
        TUOTTAJA_YTUNNUS="producer",
        TUOTTAJA_NIMI="producer_name",
        TUOTANTOTAPA="mode",
        PALVELUALA="area",
    )


def cost_centres(units: pl.DataFrame) -> pl.DataFrame:
    """The county's cost centres in the columns of their delivery: one a unit, and one common without a unit."""
    own = units.filter(pl.col("cost_centre").is_not_null())
    common = {
        "KUSTANNUSPAIKKA": "KP9000",
        "NIMI": "Yhteinen hallinto",
        "PALVELULUOKKA": SERVICE_BY_AREA["6"],
        "YKSIKKO": None,
    }
    named = own.select(KUSTANNUSPAIKKA="cost_centre", NIMI="name_fi", PALVELULUOKKA="service", YKSIKKO="oid")
    return pl.concat([named, pl.DataFrame([common], schema=named.schema)])


def _unit(kind: tuple[str, str, str, str], place: str, organiser: str, producer: Producer) -> dict[str, str]:
    finnish, swedish = names_of("municipality", place)
    return {
        "name_fi": f"{finnish}, {kind[0]}",
        "name_sv": f"{swedish}, {kind[1]}",
        "municipality": place,
        "organiser": organiser,
        "producer": producer.business_id,
        "producer_name": producer.name,
        "mode": producer.mode,
        "area": kind[2],
        "service": kind[3],
    }


def _numbered(units: pl.DataFrame) -> pl.DataFrame:
    """The units with row numbers, OIDs of the form 1.2.246.10.<business id>.10.<n>, and cost centres of their own."""
    number = pl.int_range(pl.len())
    cost_centre = pl.format("KP{}", number + 1000)
    return units.with_columns(
        unit=number,
        oid=pl.format("1.2.246.10.{}.10.{}", pl.col("producer").str.replace("-", ""), number + 1),
        cost_centre=pl.when(pl.col("organiser") != "HUS").then(cost_centre),
    )
