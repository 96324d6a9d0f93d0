"""How a project of its own reads the first lines of files: headers in quotes, and the registry of deliveries."""

from __future__ import annotations

import shutil

import pytest

from tests.spec.foreign import SHOP, Foreign

HEADERS = {"product": 'the "thing"', "customer": "to, whom", "pieces": "how\\nmany"}  # as YAML writes them


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
    header = 'line, at ,"the ""thing""","to, whom","how\nmany","paid",""\n'
    shop.deliver("till/sale/sales-2025-01-31.csv", header + "7,2025-01-31T09:15:00,A1,12,3,3.60,\n")
    shop.deliver("till/sale/sales-2025-02-01.csv", "\n" + header)
    shop.deliver("till/sale/sales-2025-02-02.csv", "")
    return shop


def test_a_name_in_quotes_may_hold_the_delimiter_a_quote_and_the_end_of_a_line(shop: Foreign) -> None:
    told = shop.build()
    sales = "select line, product, customer, pieces, quarantine_reason from landing.landing_till__sale"
    assert shop.ask(sales) == [("7", "A1", 12, 3, None)]
    without_header = {
        line.split(": not registered: it lacks")[0][-23:] for line in told.splitlines() if "lacks" in line
    }
    assert without_header == {"le/sales-2025-02-01.csv", "le/sales-2025-02-02.csv"}


REGISTRY = "file,extract_datetime,load_datetime\ntill/sale/päivä.csv,2025-01-31,\n"


@pytest.mark.parametrize(
    ("text", "encoding", "fault"),
    [
        (REGISTRY.replace(",", ";"), "utf-8", "its first line names no file"),
        (REGISTRY, "iso-8859-1", "is not UTF-8"),
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
