"""A whole county through the real pipeline: its figures are the ones that its maker knows, and nobody is in them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import polars as pl
import pytest

from tests.flow.county import ROOT, County, ask, receipts, sotevault

WITHIN = {"true": True, "false": False, "": None}


@pytest.fixture(scope="module")
def truth(county: County) -> dict[str, list[tuple[list[str], str]]]:
    """By figure, the parts of each key and the value."""
    found: dict[str, list[tuple[list[str], str]]] = {}
    for row in county.answers("figures"):
        found.setdefault(row["figure"], []).append((row["key"].split("|"), row["value"]))
    return found


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def figures(home: Path, indicator: str, columns: str, condition: str = "true") -> list[tuple]:
    """Rows of one indicator for the county as a whole."""
    whole = "area_level = 'county' and sex_code = 'all' and age_group_code = 'all'"
    return ask(
        home, f"select {columns} from marts.fct_indicator where indicator = ? and {whole} and {condition}", indicator
    )


def test_every_timed_case_is_the_one_that_the_maker_knows_and_there_is_no_other(county: County, home: Path) -> None:
    known = [
        (
            row["rule_id"],
            row["case_id"],
            day(row["start_date"]),
            day(row["end_date"]),
            int(row["waited_days"]) if row["waited_days"] else None,
            day(row["limit_date"]),
            WITHIN[row["is_within_limit"]],
        )
        for row in county.answers("access_cases")
    ]
    found = ask(
        home,
        "select rule_id, case_id, start_date, end_date, waited_days, limit_date, is_within_limit"
        " from marts.fct_access_case",
    )

    assert len(known) > 1_000
    assert sorted(found, key=repr) == sorted(known, key=repr)


def test_every_kind_of_limit_and_of_outcome_occurs_in_the_county(county: County) -> None:
    # Else the comparison above would be silent about it.
    rows = county.answers("access_cases")

    assert {"PHC-CON-2", "PHC-TRT-3a", "PHC-TRT-3b", "PHC-ORAL-4a", "ESH-REF", "ESH-TRT", "SHL-36-START", "SHL-45"} <= {
        row["rule_id"] for row in rows
    }
    assert {(bool(row["end_date"]), row["is_within_limit"]) for row in rows} == {
        (True, "true"),
        (True, "false"),
        (False, "false"),
        (False, ""),
    }


def test_the_population_is_the_makers_in_the_county_and_in_every_municipality(home: Path, truth: dict) -> None:
    found = dict(
        ask(
            home,
            "select case when area_level = 'county' then 'all' else area_code end || '|' || period, value"
            " from marts.fct_indicator"
            " where indicator = 'TAR-01' and sex_code = 'all' and age_group_code = 'all'",
        )
    )

    assert len(truth["population"]) == 9  # Kainuu and its eight municipalities
    for (area, at), residents in truth["population"]:
        assert found[f"{area}|{at[:7]}"] == int(residents)


def test_euros_by_account_group_are_the_ledgers_to_the_cent(home: Path, truth: dict) -> None:
    found = ask(home, "select account_group_code, sum(amount) from marts.fct_cost_month group by account_group_code")

    assert {group: str(amount) for group, amount in found} == {key[0]: amount for key, amount in truth["ledger"]}


def test_net_cost_per_resident_rests_on_the_whole_ledger_but_financing(home: Path, truth: dict) -> None:
    ((numerator, denominator),) = figures(home, "KUS-01", "numerator, denominator", "period = '2025'")

    net = sum(float(amount) for (group,), amount in truth["ledger"] if group != "FIN")
    assert numerator == pytest.approx(net, abs=0.005)
    assert denominator == next(int(n) for key, n in truth["population"] if key[0] == "all")


def test_person_years_by_profession_group_are_the_makers(home: Path, truth: dict) -> None:
    found = dict(figures(home, "TUO-03", "segment_code || '|' || period, value"))

    assert len(truth["htv2"]) >= 6
    for key, years in truth["htv2"]:
        assert found["|".join(key)] == pytest.approx(float(years), abs=0.0001)


def test_contacts_with_a_doctor_are_the_makers(home: Path, truth: dict) -> None:
    found = dict(figures(home, "SAA-26", "period, numerator"))

    assert {year: found[year] for (_, year), _ in truth["visits_doctor"]} == {
        year: int(visits) for (_, year), visits in truth["visits_doctor"]
    }


def test_the_queue_at_every_month_end_is_the_makers_and_so_are_those_over_180_days(home: Path, truth: dict) -> None:
    rows = figures(home, "SAA-11", "segment_code, period, numerator")
    found = {(segment, period): count for segment, period, count in rows}

    assert len(truth["queue_month_end"]) == 4
    for (at,), waiting in truth["queue_month_end"]:
        assert found["all", at[:7]] == int(waiting)
    for (at,), waiting in truth["queue_month_end_over_180"]:
        assert found["181-", at[:7]] == int(waiting)


def test_every_record_of_every_delivery_was_loaded_or_is_a_known_duplicate(
    county: County, home: Path, truth: dict
) -> None:
    folder_of = {file.name: file.parent.name for file in county.deliveries.rglob("*") if file.is_file()}
    told = {(f"{r['source']}.{r['table']}", folder_of[r["file"]]): r for r in receipts(home)}

    assert {key: str(r["records"]) for key, r in told.items()} == {tuple(k): n for k, n in truth["records"]}
    assert {key: str(r["duplicates"]) for key, r in told.items()} == {tuple(k): n for k, n in truth["duplicates"]}
    assert {r["quarantined"] for r in told.values()} == {0}


def test_records_that_the_maker_dirtied_stay_and_are_counted(home: Path, truth: dict) -> None:
    dirt = {key[0]: int(count) for key, count in truth["dirt"]}
    ((expired, unknown_municipality),) = ask(
        home,
        "select count(*) filter (where not is_channel_valid), count(*) filter (where municipality_code = 'unknown')"
        " from marts.fct_visit",
    )

    assert expired == dirt["expired_contact_type"] > 0
    assert 0 < unknown_municipality <= dirt["municipality_588"]


def test_a_second_run_on_the_same_folder_adds_nothing(county: County, home: Path) -> None:
    def state() -> tuple[list[tuple[str, int]], str, list[str], list[str]]:
        tables = ask(home, "select table_name from information_schema.tables where table_schema = 'raw_vault'")
        counts = [(name, ask(home, f'select count(*) from raw_vault."{name}"')[0][0]) for (name,) in sorted(tables)]
        landed = sorted(file.name for file in (home / "landing").rglob("*.parquet"))
        ledger = (home / "ledger" / "receipts.jsonl").read_text(encoding="utf-8").splitlines()
        return counts, (home / "releases" / "latest").read_text(encoding="utf-8"), landed, ledger

    before = state()
    told = json.loads(sotevault(home, "run", str(county.deliveries), "--json"))

    assert len(before[0]) > 50
    assert state() == before
    assert told["is_unchanged"]
    assert told["release"]["is_unchanged"]
    assert {receipt["state"] for receipt in told["ingest"]["receipts"]} == {"already received"}


def test_the_person_who_ran_it_sees_figures_rows_and_the_way_on(home: Path, printed: str) -> None:
    release = (home / "releases" / "latest").read_text(encoding="utf-8").strip()

    for told in ("availability and access", "SAA-01", "KUS-01", "quarantined", release, "Try next: sotevault explain"):
        assert told in printed


def test_a_code_that_two_systems_deliver_is_one_person_if_artificial_codes_are_persons(
    county: County, home: Path
) -> None:
    ((persons,),) = ask(home, "select count(*) from business_vault.current_person")

    assert persons == len(set().union(*identity_codes(county).values()))


def identity_codes(county: County) -> dict[str, set[str]]:
    """By source, the identity codes that it delivers in columns that are read."""
    found: dict[str, set[str]] = {}
    for source, name, column, encoding in (
        ("patient", "avohilmo", "TNRO", "iso-8859-1"),
        ("patient", "lahete", "TNRO", "iso-8859-1"),
        ("patient", "jono", "TNRO", "iso-8859-1"),
        ("social", "asia", "TNRO", "utf-8"),
        ("social", "paatos", "TNRO", "utf-8"),
        ("reference", "asukkaat", "HETU", "utf-8"),
    ):
        for file in county.deliveries.rglob(f"{name}_*.csv"):
            rows = pl.read_csv(file.read_bytes().decode(encoding).encode(), separator=";", infer_schema=False)
            found.setdefault(source, set()).update(rows[column])
    return found


# Anything of the form of an identity code, also where two overlap.
CODE = re.compile(rb"(?=(\d{6}[-+A-FU-Y]\d{3}[0-9A-Y]))")
STAFF = re.compile(rb"(?=(\d{11}))")


def direct_identifiers(county: County) -> tuple[set[str], set[str]]:
    """What nobody may find behind the gate: identity codes with register numbers, and names with addresses."""
    codes = set().union(*identity_codes(county).values())
    names: set[str] = set()
    for file in county.deliveries.rglob("asukkaat_*.csv"):
        rows = pl.read_csv(file, separator=";", infer_schema=False)
        names |= set(rows["SUKUNIMI"]) | set(rows["OSOITE"])
    for file in county.deliveries.rglob("palvelussuhteet_*.xlsx"):
        staff = pl.read_excel(file, infer_schema_length=0)
        codes |= set(staff["Henkilötunnus"].drop_nulls()) | set(staff["Rekisterinumero"].drop_nulls())
        names |= set(staff["Nimi"])
    return codes, names


def texts_of(file: Path) -> Iterator[str]:
    """Every text that a Parquet or DuckDB file holds, whatever the compression."""
    with duckdb.connect(str(file), read_only=True) if file.suffix == ".duckdb" else duckdb.connect() as connection:
        if file.suffix == ".parquet":
            connection.execute("create view whole as select * from read_parquet($$" + str(file) + "$$)")
        columns = connection.execute(
            "select table_schema, table_name, column_name from information_schema.columns"
            " where data_type = 'VARCHAR' and table_schema not in ('information_schema', 'pg_catalog')"
        ).fetchall()
        for schema, table, column in columns:
            rows = connection.execute(
                f'select distinct "{column}" from "{schema}"."{table}" where "{column}" is not null'
            )
            yield from (text for (text,) in rows.fetchall())


def test_no_identity_code_register_number_name_or_address_is_anywhere_behind_the_gate(
    county: County, home: Path
) -> None:
    codes, names = direct_identifiers(county)
    as_bytes = {code.encode() for code in codes}
    files = [file for file in home.rglob("*") if file.is_file()]
    found: list[str] = []
    for file in files:
        content = file.read_bytes()
        if as_bytes & ({*CODE.findall(content)} | {*STAFF.findall(content)}):
            found.append(f"{file.relative_to(home)}: code")
        if any(word.encode() in content for word in ("Testaaja", "Työntekijä", "Esimerkkikatu")):
            found.append(f"{file.relative_to(home)}: name")
        if file.suffix in (".parquet", ".duckdb") and (codes | names) & set(texts_of(file)):
            found.append(f"{file.relative_to(home)}: text")

    assert len(codes) > 1_500
    assert {"Testaaja0", "Esimerkkikatu 1", "Testi Työntekijä1"} <= names
    assert {file.relative_to(home).parts[0] for file in files} >= {"landing", "warehouse", "ledger", "releases"}
    assert found == []


def test_the_canary_is_found_where_it_is(county: County, tmp_path: Path) -> None:
    # The scan itself must be able to see a code: in plain bytes, and in compressed Parquet.
    code = next(iter(direct_identifiers(county)[0]))
    pl.DataFrame({"a": [code]}).write_parquet(tmp_path / "a.parquet", compression="zstd")

    assert code in set(texts_of(tmp_path / "a.parquet"))
    assert CODE.findall(b"x030594W903By") == [b"030594W903B"]


def test_the_tests_home_is_not_in_the_checkout(home: Path) -> None:
    assert not home.is_relative_to(ROOT)
