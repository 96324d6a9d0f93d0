"""A small synthetic county, looked at as its files."""

import csv
import hashlib
import json
import os
import subprocess
import sys
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import polars as pl
import pytest

from concepts.errors import ModelError
from ingest.synthetic.codes import code_set
from ingest.synthetic.county import synthesise
from ingest.synthetic.identities import is_valid
from ingest.synthetic.units import business_id
from ingest.synthetic.writing import tables

SMALL = 400
CODED = {  # delivered column -> code set
    "patient.avohilmo": {
        "HTA_AMMATTI": "profession",
        "HTA_KIIREELLISYYS": "urgency",
        "HTA_LUONNE": "visit_nature",
        "HTA_TULOS": "need_assessment_result",
        "PERUUTUS_SYY": "cancellation_reason",
        "KAYNTI_KAVIJARYHMA": "visitor_group",
        "KAYNTI_KIIREELLISYYS": "urgency",
        "KAYNTI_SYYLUOKKA": "visit_reason_class",
        "KAYNTI_PALVELUMUOTO": "service_form",
        "KAYNTI_YHTEYSTAPA": "contact_type",
        "KAYNTI_AMMATTI": "profession",
        "ASIAKAS_KOTIKUNTA": "municipality",
    },
    "patient.referral": {"EA": "specialty", "LANT": "referral_sender", "KIIREELLISYYS": "urgency"},
    "patient.queue": {"EA": "specialty", "JONOSTA_POISTO_SYY": "queue_removal_reason"},
    "social.matter": {"PALVELUTEHTAVA": "social_task", "ASIAKASRYHMA": "client_group"},
    "social.decision": {"PALVELULUOKKA": "service", "PAATOS_TULOS": "decision_result"},
    "finance.ledger": {"VASTAPUOLI": "counterparty_sector"},
    "finance.account": {"TILIRYHMA": "account_group"},
    "finance.cost_centre": {"PALVELULUOKKA": "service"},
    "reference.resident": {"SUKUPUOLI": "sex", "AIDINKIELI": "language", "KUNTA": "municipality"},
    "reference.unit": {
        "JARJESTAJA": "organiser",
        "TUOTANTOTAPA": "production_mode",
        "PALVELUALA": "unit_area",
        "KUNTA": "municipality",
    },
    "hr.employment": {"Ammattiryhmä": "profession_group"},
    "hr.absence": {"Syy": "absence_reason"},
}


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("county")
    synthesise(out, population=SMALL)
    return out


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("faulty")
    synthesise(out, population=SMALL, defects=True)
    return out


def _digests(out: Path) -> dict[str, str]:
    files = sorted(file for file in out.rglob("*") if file.is_file())
    return {str(file.relative_to(out)): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def _manifests(out: Path) -> list[tuple[Path, dict[str, object]]]:
    found = sorted(out.rglob("*.manifest.json"))
    return [(file, json.loads(file.read_text(encoding="utf-8"))) for file in found]


@cache
def _records(out: Path, name: str) -> dict[str, pl.DataFrame]:
    """The delivered rows of one table by delivery folder."""
    told = tables()[name]
    read = {}
    for file in sorted((out / "deliveries").rglob(told.files)):
        if told.format.kind == "xlsx":
            read[file.parent.name] = pl.read_excel(file, infer_schema_length=0)
        else:
            text = file.read_bytes().decode(told.format.encoding)
            read[file.parent.name] = pl.read_csv(text.encode(), separator=told.format.delimiter, infer_schema=False)
    return read


def _truth(out: Path, name: str) -> list[dict[str, str]]:
    with (out / "truth" / name).open(encoding="utf-8", newline="") as rows:
        return list(csv.DictReader(rows))


def _figure(out: Path, figure: str) -> dict[str, str]:
    return {row["key"]: row["value"] for row in _truth(out, "figures.csv") if row["figure"] == figure}


def test_the_same_seed_gives_the_same_bytes_in_another_process(county: Path, tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from ingest.synthetic.county import synthesise; "
        f"synthesise(Path(sys.argv[1]), population={SMALL})"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "America/Lima", "POLARS_MAX_THREADS": "1"}
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=True, env=environment)

    assert _digests(tmp_path) == _digests(county)


def test_another_seed_gives_another_county(county: Path, tmp_path: Path) -> None:
    synthesise(tmp_path, population=SMALL, seed=613)

    avohilmo = "deliveries/1_2025-09-30/avohilmo_20250930.csv"
    assert _digests(tmp_path)[avohilmo] != _digests(county)[avohilmo]


def test_every_delivered_identity_code_is_valid_and_no_real_persons(county: Path) -> None:
    columns = {name: [h for h, c in table.columns.items() if c.identity_code] for name, table in tables().items()}
    codes = set()
    for name, headers in columns.items():
        for rows in _records(county, name).values():
            codes |= {code for header in headers for code in rows[header]}
    for rows in _records(county, "hr.employment").values():
        codes |= set(rows["Henkilötunnus"].drop_nulls())

    assert len(codes) > SMALL
    assert all(is_valid(code) and code[7] == "9" for code in codes)


def test_a_known_identity_code_is_valid_and_the_published_bad_example_is_not() -> None:
    assert is_valid("010594Y9032")
    assert is_valid("020594X903P")
    assert not is_valid("010190-999Y")


def test_some_persons_carry_the_newer_century_signs(county: Path) -> None:
    signs = set(_records(county, "reference.resident")["1_2025-09-30"]["HETU"].str.slice(6, 1))

    assert signs & set("YXWVUBCDEF")


def test_each_resident_has_one_identity_code_and_nobody_shares_it(county: Path) -> None:
    rows = _records(county, "reference.resident")["2_2025-12-31"].unique()
    births = rows.group_by("HETU").agg(pl.col("SYNTYMAPVM").n_unique(), pl.col("OSOITE").n_unique())

    assert births["SYNTYMAPVM"].max() == 1
    assert births["OSOITE"].max() == 1


def test_a_business_id_passes_the_check_of_the_register() -> None:
    assert business_id(3221308) == "3221308-6"


def test_every_table_comes_three_times(county: Path) -> None:
    assert len(_manifests(county)) == 3 * len(tables())


def test_a_manifest_tells_size_digest_and_records_of_its_file(county: Path) -> None:
    for file, manifest in _manifests(county):
        delivered = file.with_name(str(manifest["file"]))
        name = f"{manifest['source']}.{manifest['table']}"
        rows = _records(county, name)[file.parent.name]
        content = delivered.read_bytes()
        told = (manifest["bytes"], manifest["sha256"], manifest["records"])
        assert told == (len(content), hashlib.sha256(content).hexdigest(), len(rows)), delivered.name


def test_the_control_sum_of_the_ledger_is_the_sum_of_its_rows(county: Path) -> None:
    for file, manifest in _manifests(county):
        if manifest["table"] == "ledger":
            rows = _records(county, "finance.ledger")[file.parent.name]
            total = sum(Decimal(text.replace(",", ".")) for text in rows["SUMMA"])
            assert manifest["control_sums"] == {"SUMMA": str(total)}


def test_the_late_delivery_was_extracted_between_the_others_with_the_offset_of_its_season(county: Path) -> None:
    times = sorted({(file.parent.name, manifest["extract_datetime"]) for file, manifest in _manifests(county)})

    assert times == [
        ("1_2025-09-30", "2025-09-30T23:30:00+03:00"),
        ("2_2025-12-31", "2025-12-31T23:30:00+02:00"),
        ("3_late_2025-11-15", "2025-11-15T23:30:00+02:00"),
    ]


def test_the_columns_are_those_of_the_mapping_with_the_ignored_ones_among_them(county: Path) -> None:
    for name, table in tables().items():
        for rows in _records(county, name).values():
            assert set(rows.columns) == {*table.columns, *table.ignored}
            assert [column for column in rows.columns if column in table.columns] == list(table.columns)


def test_every_delivered_code_is_in_its_code_set(county: Path) -> None:
    for name, columns in CODED.items():
        for rows in _records(county, name).values():
            for column, codes in columns.items():
                assert set(rows[column].drop_nulls()) <= set(code_set(codes)["code"]), (name, column)


def test_a_late_correction_differs_from_what_the_first_delivery_said(county: Path) -> None:
    delivered = _records(county, "patient.avohilmo")
    corrected = delivered["3_late_2025-11-15"].join(delivered["1_2025-09-30"], on="AVOHILMO_ID", how="inner")

    assert (corrected["KAYNTI_SYYLUOKKA"] != corrected["KAYNTI_SYYLUOKKA_right"]).any()


def test_late_ledger_rows_were_missed_before(county: Path) -> None:
    delivered = _records(county, "finance.ledger")
    key = ["TOSITE", "RIVI"]
    others = pl.concat([delivered["1_2025-09-30"], delivered["2_2025-12-31"]])
    late = delivered["3_late_2025-11-15"]

    assert len(late) > 0
    assert late.join(others, on=key, how="inner").is_empty()


def test_a_withdrawn_queue_entry_is_missing_from_a_later_list(tmp_path: Path) -> None:
    synthesise(tmp_path, population=2_000)
    delivered = _records(tmp_path, "patient.queue")

    assert set(delivered["1_2025-09-30"]["JONO_ID"]) - set(delivered["2_2025-12-31"]["JONO_ID"])


def test_no_delivery_tells_of_what_happened_after_its_extract(county: Path) -> None:
    rows = _records(county, "patient.avohilmo")["1_2025-09-30"]

    assert rows["KAYNTI_ALKOI"].str.to_datetime("%d.%m.%Y %H:%M").max().date() <= date(2025, 9, 30)


def test_the_ledgers_truth_is_the_sum_of_all_its_distinct_rows(county: Path) -> None:
    rows = pl.concat(_records(county, "finance.ledger").values()).unique()
    total = sum(Decimal(text.replace(",", ".")) for text in rows["SUMMA"])

    assert sum(Decimal(value) for value in _figure(county, "ledger").values()) == total
    assert set(_figure(county, "ledger")) == set(code_set("account_group")["code"])


def test_costs_are_positive_and_income_is_negative(county: Path) -> None:
    ledger = {group: Decimal(value) for group, value in _figure(county, "ledger").items()}

    assert ledger["WAG"] > 0 > ledger["SAL"]


def test_the_municipalities_together_are_the_county(county: Path) -> None:
    population = {key: int(value) for key, value in _figure(county, "population").items()}

    assert population["all|2025-12-31"] == sum(population.values()) - population["all|2025-12-31"]


def test_every_case_has_a_rule_an_identifier_and_dates_in_order(county: Path) -> None:
    cases = _truth(county, "access_cases.csv")

    assert len({(case["rule_id"], case["case_id"]) for case in cases}) == len(cases)
    assert all(case["end_date"] == "" or case["end_date"] >= case["start_date"] for case in cases)


def test_no_case_is_counted_by_a_rule_that_was_cancelled_before_it_came_into_force(county: Path) -> None:
    assert "PHC-TRT-2c" not in {case["rule_id"] for case in _truth(county, "access_cases.csv")}


def test_faults_leave_the_truth_about_the_good_rows_as_it_was(county: Path, faulty: Path) -> None:
    assert _truth(county, "access_cases.csv") == _truth(faulty, "access_cases.csv")
    assert _figure(county, "ledger") == _figure(faulty, "ledger")


def test_the_added_rows_are_those_expected_in_quarantine(county: Path, faulty: Path) -> None:
    good, all_rows = _figure(county, "records"), _figure(faulty, "records")
    expected: dict[str, int] = {}
    for row in _truth(faulty, "expected_quarantine.csv"):
        key = f"{row['source']}.{row['table']}|{row['delivery']}"
        expected[key] = expected.get(key, 0) + int(row["count"])

    added = {key: int(all_rows[key]) - int(good[key]) for key in good}
    assert {key: count for key, count in added.items() if count} == expected


def test_a_clean_county_expects_nothing_in_quarantine(county: Path) -> None:
    assert _truth(county, "expected_quarantine.csv") == []


@pytest.mark.parametrize(("code", "population"), [("91", SMALL), ("99", SMALL), ("20", 10)])
def test_a_county_that_cannot_be_made_is_refused(code: str, population: int, tmp_path: Path) -> None:
    with pytest.raises(ModelError):
        synthesise(tmp_path, county=code, population=population)


@pytest.mark.parametrize("months", [1, 2])
def test_a_short_period_gives_three_deliveries_too(months: int, tmp_path: Path) -> None:
    summary = synthesise(tmp_path, county="90", population=SMALL, months=months, first_month=date(2024, 2, 1))

    assert len(summary.files) == 3 * len(tables())
