"""How a project of its own reads the first lines of files: headers in quotes, and the registry of deliveries."""

from __future__ import annotations

import shutil

import pytest

from tests.spec.foreign import SHOP, Foreign

HEADERS = {"product": 'the "thing"', "customer": "to, whom", "pieces": "how\\nmany"}  # as YAML writes them

HEADER = 'line, at ,"the ""thing""","to, whom","how\nmany","paid",""\n'
CRLF = HEADER.replace(',""\n', ',""\r\n')
ROW = "8,,A1,,3,1.5,"
# Files whose lines do not all end alike, and the products of their rows.
UNEVEN = {
    "header": (f"{CRLF}{ROW}\n{ROW}\n", ["A1", "A1"]),
    "cell": (f'{CRLF}8,,"two\nlines",,3,1.5,\r\n{ROW}\r\n', ["two\nlines", "A1"]),
    "pair": (f'{HEADER}8,,"two\r\nlines",,3,1.5,\n{ROW}\n', ["two\r\nlines", "A1"]),
    "rows": (f"{CRLF}{ROW}\n{ROW}\r\n{ROW}", ["A1", "A1", "A1"]),
}


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Foreign:
    """A shop whose till writes names that CSV can only tell in quotes, and what it delivered."""
    folder = tmp_path_factory.mktemp("quoted")
    shutil.copytree(SHOP, folder / "example")
    mapping = folder / "example" / "sources" / "till.yml"
    text = mapping.read_text(encoding="utf-8")
    for name, header in HEADERS.items():
        quoted = '"' + header.replace('"', '\\"') + '"'
        text = text.replace(f"{name}: {{}}", f"{quoted}: {{name: {name}}}")
        text = text.replace(f"_number: {name}}}", f"_number: {quoted}}}").replace(f": {name},", f": {quoted},")
    mapping.write_text(text, encoding="utf-8")
    shop = Foreign(folder, folder / "example")
    shop.deliver("till/sale/sales-2025-01-31.csv", HEADER + "7,2025-01-31T09:15:00,A1,12,3,3.60,\n")
    shop.deliver("till/sale/sales-2025-02-01.csv", "\n" + HEADER)
    shop.deliver("till/sale/sales-2025-02-02.csv", "")
    product = "TUOTE;NIMI;RYHMÄ;HINTA;ALKAEN;TOIMITTAJA\r\n"
    product += 'A1;"Omena\nLobo";;;;\r\nA2;Peruna;;;;\n'
    shop.deliver("shop/product/tuotteet_2025-03-01.csv", product, "iso-8859-1")
    for name, (text, _) in UNEVEN.items():
        shop.deliver(f"till/sale/sales-2025-03-01-{name}.csv", text)
    return shop


def test_a_name_in_quotes_may_hold_the_delimiter_a_quote_and_the_end_of_a_line(shop: Foreign) -> None:
    told = shop.build()
    sales = "select line, product, customer, pieces, quarantine_reason from landing.landing_till__sale"
    sales += " where extract_datetime < '2025-02-01'"
    assert shop.ask(sales) == [("7", "A1", 12, 3, None)]
    without_header = {
        line.split(": not registered: it lacks")[0][-23:] for line in told.splitlines() if "lacks" in line
    }
    assert without_header == {"le/sales-2025-02-01.csv", "le/sales-2025-02-02.csv"}


def test_rows_are_read_however_their_lines_end(shop: Foreign) -> None:
    landed = shop.ask("""
        select regexp_extract(file, '03-01-(.*)[.]csv', 1), list(product order by record_number)
        from landing.landing_till__sale inner join landing.landing_delivery using (delivery_id)
        where file like '%2025-03-01%'
        group by 1
    """)
    assert dict(landed) == {name: products for name, (_, products) in UNEVEN.items()}
    names = shop.ask("select nimi from landing.landing_shop__product order by record_number")
    assert names == [("Omena\nLobo",), ("Peruna",)]


REGISTRY = "file,extract_datetime,load_datetime\ntill/sale/päivä.csv,2025-01-31,\n"


@pytest.mark.parametrize(
    ("text", "encoding", "fault"),
    [
        (REGISTRY.replace(",", ";"), "utf-8", "its first line names no file"),
        (REGISTRY, "iso-8859-1", "is not UTF-8"),
        (REGISTRY.replace(",\n", ',"\n'), "utf-8", "a quote is not closed"),
    ],
)
def test_a_registry_that_cannot_be_read_stops_the_build_and_says_how_to_write_it(
    shop: Foreign, text: str, encoding: str, fault: str
) -> None:
    shop.deliver("registry.csv", text, encoding)
    with pytest.raises(AssertionError) as stopped:
        shop.build("--select", "landing_delivery")
    assert (
        f"deliveries/registry.csv: {fault}; write it as UTF-8, with commas between fields and the header "
        "file,extract_datetime,load_datetime,part,parts,partition"
    ) in str(stopped.value)


def test_a_row_of_the_registry_may_be_short_and_a_column_that_is_not_read_is_told(shop: Foreign) -> None:
    text = "file,extract_datetime,remark,part\ntill/sale/sales-monday.csv,2025-02-03 06:00:00,new till\n"
    source = shop.folder / "deliveries" / "till" / "sale"
    shutil.copy(source / "sales-2025-01-31.csv", source / "sales-monday.csv")
    shop.deliver("registry.csv", text)
    assert "deliveries/registry.csv: remark is not read" in shop.build("--exclude", "test_type:generic")
    assert (
        len(shop.ask("from landing.landing_delivery where strftime(extract_datetime, '%d.%m. %H') = '03.02. 06'")) == 1
    )
