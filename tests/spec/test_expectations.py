"""The promises at the two gates: a planted fault is caught, a sound table passes, no value is told."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import duckdb
import polars as pl
import pytest

from concepts.contract import Contract
from concepts.errors import ExpectationError
from concepts.metamodel import DataType
from concepts.sources import Deleted
from expectations.at_landing import check_landing
from expectations.at_release import check_release

PROJECT = Path(__file__).parents[2]
TYPES = {
    DataType.INTEGER: pl.Int64(),
    DataType.DECIMAL: pl.Decimal(18, 2),
    DataType.DATE: pl.Date(),
    DataType.DATETIME: pl.Datetime("us"),
    DataType.BOOLEAN: pl.Boolean(),
}
TECHNICAL = {"delivery_id": pl.String(), "record_number": pl.Int64(), "extract_datetime": pl.Datetime("us")}
REFERRAL = Contract.model_validate(
    {
        "source": "patient",
        "table": "referral",
        "semantics": "delta",
        "files": "lahete_*.csv",
        "key": ["lahete_id"],
        "columns": [
            {"header": "LAHETE_ID", "name": "lahete_id", "required": True},
            {"header": "TNRO", "name": "tnro", "required": True, "identity_code": True, "pseudonym": "person"},
            {"header": "EA", "name": "ea", "type": "code", "codes": "specialty"},
            {"header": "LANTTUPVA", "name": "lanttupva", "type": "date", "required": True},
            {"header": "LANTKASPVA", "name": "lantkaspva", "type": "date"},
        ],
    }
)
SOUND = {
    "lahete_id": "kept-secret-1",
    "tnro": "0123456789abcdef0123456789abcdef",
    "ea": "10",
    "lanttupva": dt.date(2025, 3, 3),
    "lantkaspva": dt.date(2025, 3, 5),
    "delivery_id": "d1",
    "record_number": 1,
    "extract_datetime": dt.datetime(2025, 3, 31, 22, 30),
}
FIGURE = {
    "indicator": "SAA-01", "version": "1.0", "area_code": "20", "area_level": "county", "organiser_code": "all",
    "period": "2025", "service_code": "all", "segment_code": "all", "sex_code": "all", "age_group_code": "all",
    "numerator": 90.0, "denominator": 100.0, "value": 90.0, "unit": "%", "tense": "actual", "status": "ok",
    "coverage": 0.95, "as_of": dt.date(2025, 12, 31),
}  # fmt: skip


def schema_of(contract):
    return {column.name: TYPES.get(column.type, pl.String()) for column in contract.columns} | TECHNICAL


def land(folder, contract, *rows):
    """Landed rows of one table, each the sound row with its own differences."""
    target = folder / contract.name
    target.mkdir(parents=True, exist_ok=True)
    pl.DataFrame([SOUND | row for row in rows], schema=schema_of(contract)).write_parquet(target / "1.parquet")
    return folder


def failed(verdicts):
    return {verdict.rule for verdict in verdicts if not verdict.passed}


def landed(tmp_path, *rows, contract=REFERRAL):
    codes = tmp_path / "codes"
    codes.mkdir(parents=True)
    (codes / "ref_specialty.csv").write_text("code,name_fi\n10,sisätaudit\n", encoding="utf-8")
    return check_landing(land(tmp_path / "landing", contract, *rows), {contract.name: contract}, code_sets=codes)


def released(tmp_path, *figures, threshold=5):
    database = tmp_path / "marts.duckdb"
    figure_table = pl.DataFrame([FIGURE | {"period": f"20{n + 10}"} | figure for n, figure in enumerate(figures)])
    residents = pl.DataFrame({"residents": [100, None]})
    with duckdb.connect(str(database)) as connection:
        connection.register("figure_table", figure_table)
        connection.register("resident_table", residents)
        connection.execute("create table fct_indicator as select * from figure_table")
        connection.execute("create table fct_population as select * from resident_table")
    return check_release(database, cards={"SAA-01", "KUS-01", "TUO-03"}, threshold=threshold)


def test_a_sound_delivery_keeps_every_promise(tmp_path):
    assert failed(landed(tmp_path, {}, {"lahete_id": "2", "ea": None, "lantkaspva": None})) == set()


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        ({"lahete_id": None}, "lahete_id_is_filled"),
        ({"tnro": "020594X903P"}, "tnro_is_a_pseudonym"),
        ({"ea": "99"}, "ea_is_in_its_code_set"),
        ({"lanttupva": dt.date(2025, 4, 2), "lantkaspva": None}, "lanttupva_is_not_later_than_the_extract"),
        ({"lantkaspva": dt.date(2025, 3, 2)}, "referral_is_processed_after_it_arrived"),
    ],
)
def test_a_planted_fault_in_a_delivery_is_caught_by_its_rule_alone(tmp_path, row, rule):
    assert failed(landed(tmp_path, row)) == {rule}


def test_only_a_row_that_tells_of_a_deletion_may_lack_what_is_required(tmp_path):
    flagged = REFERRAL.model_copy(update={"deleted": Deleted(column="ea", values=("10",)), "key": ("lahete_id", "ea")})
    nothing = {"tnro": None, "lanttupva": None, "lantkaspva": None}
    other = {"lahete_id": "2", "ea": None, "lantkaspva": None}

    assert failed(landed(tmp_path / "a", nothing, other, contract=flagged)) == set()
    assert failed(landed(tmp_path / "b", nothing, other | nothing, contract=flagged)) == {
        "tnro_is_filled",
        "lanttupva_is_filled",
    }


def test_a_key_may_come_again_in_another_delivery_but_not_in_the_same(tmp_path):
    twice = {REFERRAL.name: REFERRAL}
    again = land(tmp_path / "again", REFERRAL, {}, {"delivery_id": "d2"})
    same = land(tmp_path / "same", REFERRAL, {}, {"record_number": 2})

    assert failed(check_landing(again, twice)) == set()
    assert failed(check_landing(same, twice)) == {"key_is_unique_in_a_delivery"}


def test_an_event_of_the_extracts_own_day_in_finland_is_not_in_the_future(tmp_path):
    # 22.30 UTC on 31 March is already 1 April in Finland.
    assert failed(landed(tmp_path, {"lanttupva": dt.date(2025, 4, 1), "lantkaspva": None})) == set()


def test_no_verdict_repeats_a_value_of_the_data(tmp_path):
    told = str([verdict.model_dump() for verdict in landed(tmp_path, {"tnro": "020594X903P", "ea": "secret-code"})])

    assert not any(value in told for value in ("020594X903P", "secret-code", "kept-secret"))


def test_a_verdict_says_its_promise_to_the_supplier_in_english_and_finnish(tmp_path):
    found = next(verdict for verdict in landed(tmp_path, {"lahete_id": None}) if not verdict.passed)

    assert (found.suite, found.severity, found.table) == ("landing.patient__referral", "critical", "patient__referral")
    assert found.sentence.en == 'patient.referral, "LAHETE_ID": is filled on every row.'
    assert found.sentence.fi == 'patient.referral, "LAHETE_ID": on täytetty jokaisella rivillä.'


def test_a_table_that_never_landed_is_named_with_the_next_command(tmp_path):
    with pytest.raises(ExpectationError, match="landing/patient__referral: not there; run sotevault ingest"):
        check_landing(tmp_path, {REFERRAL.name: REFERRAL})


def test_a_rule_that_cannot_be_asked_is_an_error_and_not_a_failure(tmp_path):
    without = REFERRAL.model_copy(update={"columns": REFERRAL.columns[:-1]})
    folder = tmp_path / "landing" / REFERRAL.name
    folder.mkdir(parents=True)
    pl.DataFrame([SOUND], schema=schema_of(without)).write_parquet(folder / "1.parquet")

    with pytest.raises(ExpectationError, match="referral_is_processed_after_it_arrived could not be asked"):
        check_landing(tmp_path / "landing", {REFERRAL.name: without})


def test_every_rule_can_be_asked_of_every_table_that_the_project_receives(tmp_path):
    files = sorted((PROJECT / "vault_models" / "generated" / "contracts").glob("*.json"))
    contracts = {file.stem: Contract.model_validate_json(file.read_text(encoding="utf-8")) for file in files}
    for contract in contracts.values():
        folder = tmp_path / contract.name
        folder.mkdir()
        pl.DataFrame(schema=schema_of(contract)).write_parquet(folder / "0000000000000000.parquet")

    verdicts = check_landing(tmp_path, contracts)

    assert failed(verdicts) == set()
    assert {verdict.table for verdict in verdicts} == set(contracts)


def test_sound_figures_keep_every_promise_and_the_file_is_free_afterwards(tmp_path):
    hidden = {"status": "suppressed", "value": None, "numerator": None, "denominator": None, "coverage": None}
    costs = {"indicator": "KUS-01", "unit": "EUR/resident", "value": -0.04, "numerator": -4.0}
    staff = {"indicator": "TUO-03", "unit": "HTV2", "value": 0.25, "numerator": 0.249, "denominator": None}

    assert failed(released(tmp_path, {}, hidden, costs, staff)) == set()
    duckdb.connect(str(tmp_path / "marts.duckdb")).close()


@pytest.mark.parametrize(
    ("figure", "rules"),
    [
        ({"value": 101.0, "numerator": None}, {"shares_are_between_0_and_100"}),
        ({"numerator": 101.0, "value": None}, {"numerator_is_within_the_denominator"}),
        ({"value": 45.0}, {"share_follows_from_its_parts"}),
        ({"status": "suppressed", "numerator": None, "denominator": None}, {"hidden_figures_are_empty"}),
        ({"status": "missing"}, {"missing_figures_are_empty"}),
        ({"coverage": 1.2}, {"coverage_is_a_part_of_one"}),
        ({"numerator": 4.0, "value": 4.0}, {"no_small_count_is_shown"}),
        ({"numerator": 0.0, "denominator": 4.0, "value": 0.0}, {"no_small_count_is_shown"}),
        ({"indicator": "ABC-99"}, {"every_indicator_has_a_card"}),
        ({"status": None}, {"status_is_known"}),
        ({"tense": "guess"}, {"actual_and_forecast_are_told_apart"}),
    ],
)
def test_a_planted_fault_in_a_release_is_caught_by_its_rule_alone(tmp_path, figure, rules):
    assert failed(released(tmp_path, {}, figure)) == rules


def test_a_figure_that_stands_twice_is_caught(tmp_path):
    assert failed(released(tmp_path, {"period": "2025"}, {"period": "2025"})) == {"each_figure_stands_once"}


def test_the_threshold_of_small_counts_is_a_setting(tmp_path):
    verdicts = released(tmp_path, {"numerator": 9.0, "value": 9.0}, threshold=10)

    assert failed(verdicts) == {"no_small_count_is_shown"}
    assert "from 1 to 9" in next(v for v in verdicts if not v.passed).sentence.en


def test_decimal_figures_are_judged_like_the_others(tmp_path):
    assert failed(released(tmp_path, {"coverage": Decimal("0.5"), "value": Decimal("90.0")})) == set()
