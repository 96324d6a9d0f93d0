"""Releases: new files that never change, without what could point at a person."""

from __future__ import annotations

import csv
import json
import stat

import duckdb
import pytest

from concepts.errors import BusyError, ReleaseError, SotevaultError
from marts.disclosure import Amount, Cell
from marts.published import AnalystTable, Published, ThlFile, read_published
from marts.querying import query
from marts.release import latest, publish, verify
from tests.hindrances import files_of_at_most, held_elsewhere

SHARE = Cell(
    counts=("numerator", "denominator"),
    hides=("numerator", "denominator", "value"),
    status="status",
    amounts=(Amount(figures=("numerator",), column="unit", begins=("EUR",)),),
)
LIST = Published(
    analyst={"dim_area": AnalystTable(), "fct_indicator": AnalystTable(cells=(SHARE,))},
    thl={
        "thl_indicator": ThlFile(file="sotkanet_indicators.csv", cells=(SHARE.model_copy(update={"amounts": ()}),)),
        "thl_waiting_specialised": ThlFile(file="waiting_specialised.csv", optional=True),
    },
    never=frozenset({"person_hk"}),
)
FIGURES = """
    ('SAA-01', '297', 4, 100, 4.0, '%', 'ok'),
    ('SAA-01', '171', 5, 100, 5.0, '%', 'ok'),
    ('SAA-01', '090', 0, 100, 0.0, '%', 'ok'),
    ('SAA-01', '140', 0, 3, 0.0, '%', 'ok'),
    ('KUS-01', '297', 3, 100, 0.03, 'EUR/resident', 'ok'),
    ('SAA-03', '297', null, 40, 12.0, 'days', 'ok')
"""


@pytest.fixture
def vault(tmp_path):
    return make_vault(tmp_path / "vault.duckdb")


@pytest.fixture
def released(tmp_path, vault):
    return lambda **told: publish(vault, tmp_path / "releases", published=LIST, **(ASKED | told))


ASKED = {
    "release_id": "2026-01-31-ab12cd34",
    "model_version": "1.0.0",
    "watermarks": {"patient": "2026-01-31T02:00:00Z"},
}


def make_vault(file, figures=FIGURES):
    with duckdb.connect(str(file)) as connection:
        connection.execute("create schema marts")
        connection.execute("create schema exports")
        connection.execute("create table marts.dim_area as select '297' as area_code, '=Kuopio' as name_fi")
        connection.execute(
            "create view marts.fct_indicator as select * from (values"
            f"{figures}) as figure (indicator, area_code, numerator, denominator, value, unit, status)"
        )
        connection.execute("create table exports.thl_indicator as select * from marts.fct_indicator")
    return file


def shown(folder, indicator, area):
    where = f"indicator = '{indicator}' and area_code = '{area}'"
    sql = f"select numerator, denominator, value, status from fct_indicator where {where}"
    return query(folder.parent, sql)[1][0]


def test_counts_of_one_to_four_are_hidden_with_everything_that_tells_them(released):
    folder = released().folder

    assert shown(folder, "SAA-01", "297") == (None, None, None, "suppressed")
    assert shown(folder, "SAA-01", "140") == (None, None, None, "suppressed")
    assert shown(folder, "SAA-01", "171") == (5, 100, 5, "ok")


def test_a_true_zero_is_shown_unless_the_setting_hides_it(released, tmp_path):
    assert shown(released().folder, "SAA-01", "090") == (0, 100, 0, "ok")
    assert shown(released(release_id="zeros", hide_zeros=True).folder, "SAA-01", "090") == (
        None,
        None,
        None,
        "suppressed",
    )


def test_euros_are_not_persons_and_a_median_hides_by_its_denominator_alone(released):
    folder = released().folder

    assert shown(folder, "KUS-01", "297")[0] == 3
    assert shown(folder, "SAA-03", "297") == (None, 40, 12, "ok")


def test_the_thl_file_is_semicolon_separated_with_a_decimal_point_and_hides_the_same_cells(released):
    text = (released().folder / "thl" / "sotkanet_indicators.csv").read_text(encoding="utf-8")
    rows = {(row["indicator"], row["area_code"]): row for row in csv.DictReader(text.splitlines(), delimiter=";")}

    assert rows["SAA-01", "297"]["value"] == "" and rows["SAA-01", "297"]["status"] == "suppressed"
    assert rows["SAA-01", "171"]["value"] == "5.00"


def test_a_file_that_is_no_warehouse_is_not_told_to_be_busy(released, vault):
    vault.write_text("This is no DuckDB file, and waiting makes it none.", encoding="utf-8")
    with pytest.raises(ReleaseError, match="could not be read for a release"):
        released()


def test_a_table_that_the_warehouse_lacks_stops_the_release_unless_it_is_optional(released, vault):
    assert not (released().folder / "thl" / "waiting_specialised.csv").exists()

    with duckdb.connect(str(vault)) as connection:
        connection.execute("drop table marts.dim_area")
    with pytest.raises(ReleaseError, match=r"marts\.dim_area"):
        released(release_id="next")


def test_a_table_with_a_persons_key_cannot_be_published(released, vault, tmp_path):
    with duckdb.connect(str(vault)) as connection:
        connection.execute("alter table marts.dim_area add column person_hk uuid")

    with pytest.raises(ReleaseError, match="person_hk points at one person"):
        released()
    assert not (tmp_path / "releases" / "latest").exists()


def test_publishing_the_same_content_again_changes_no_file(released):
    first = released()
    before = {file: (file.stat().st_mtime_ns, file.read_bytes()) for file in first.folder.rglob("*") if file.is_file()}
    again = released()

    assert (first.created, again.created) == (True, False)
    assert {file: (file.stat().st_mtime_ns, file.read_bytes()) for file in before} == before


def test_other_content_under_a_known_id_is_refused_and_the_old_files_stay(released, tmp_path):
    first = released()
    (tmp_path / "other").mkdir()
    changed = make_vault(tmp_path / "other" / "vault.duckdb", FIGURES.replace("100, 5.0", "101, 4.95"))

    with pytest.raises(ReleaseError, match="never changes"):
        publish(changed, tmp_path / "releases", published=LIST, **ASKED)
    verify(first.folder)


def test_parquet_and_csv_have_the_same_bytes_whatever_the_order_of_rows_in_the_warehouse(released, tmp_path):
    rows = [line.strip().rstrip(",") for line in FIGURES.strip().splitlines()]
    (tmp_path / "turned").mkdir()
    vault = make_vault(tmp_path / "turned" / "vault.duckdb", ", ".join(reversed(rows)))
    one = released().folder
    two = publish(vault, tmp_path / "elsewhere", published=LIST, **ASKED).folder

    names = [file.relative_to(one) for file in one.rglob("*") if file.suffix in {".parquet", ".csv"}]
    assert len(names) == 3
    assert all((one / name).read_bytes() == (two / name).read_bytes() for name in names)


def test_the_manifest_tells_hashes_rows_watermarks_and_the_rule_in_three_languages(released):
    release = released()
    told = json.loads((release.folder / "manifest.json").read_text(encoding="utf-8"))

    assert {file["path"] for file in told["files"]} == {
        "analyst/marts.duckdb",
        "analyst/dim_area.parquet",
        "analyst/fct_indicator.parquet",
        "thl/sotkanet_indicators.csv",
    }
    assert told["source_watermarks"] == {"patient": "2026-01-31T02:00:00Z"}
    assert set(told["small_cells"]["rule"]) == {"en", "fi", "sv"} and told["small_cells"]["attack_tested"] is False
    assert {file["path"]: (file["rows"], file["hidden"]) for file in told["files"]}[
        "analyst/fct_indicator.parquet"
    ] == (6, 2)


def test_a_changed_file_is_found_by_its_hash(released):
    folder = released().folder
    with (folder / "thl" / "sotkanet_indicators.csv").open("a") as file:
        file.write("one more\n")

    with pytest.raises(ReleaseError, match="has changed"):
        verify(folder)


def test_a_failed_check_stops_the_release_before_anybody_can_read_it(released, tmp_path):
    def refuse(database):
        raise ReleaseError("not good enough")

    released(release_id="first")
    with pytest.raises(ReleaseError, match="not good enough"):
        released(release_id="second", check=refuse)
    assert latest(tmp_path / "releases") == "first"
    assert sorted(path.name for path in (tmp_path / "releases").iterdir()) == ["first", "latest"]


def test_what_a_killed_run_left_behind_does_not_disturb_the_next(released, tmp_path):
    left = tmp_path / "releases" / f".building-{ASKED['release_id']}" / "analyst"
    left.mkdir(parents=True)
    (left / "marts.duckdb").write_bytes(b"half a file")

    verify(released().folder)


def test_a_warehouse_that_another_program_holds_is_released_later(released, vault):
    with held_elsewhere(vault), pytest.raises(BusyError, match=r"vault\.duckdb: another program holds it"):
        released()


def test_a_disk_that_is_full_is_told_with_the_folder_of_releases(released, tmp_path):
    (tmp_path / "releases").mkdir()
    with files_of_at_most(2**10), pytest.raises(SotevaultError) as refused:
        released()

    told = f"{tmp_path / 'releases'}: its disk is full (File too large); make room there and run again"
    assert (refused.value.exit_code, str(refused.value)) == (1, told)
    assert list((tmp_path / "releases").iterdir()) == []


def test_files_are_for_owner_and_group_only(released, tmp_path):
    folder = released().folder
    modes = {stat.S_IMODE(path.stat().st_mode) for path in folder.rglob("*") if path.is_file()}

    assert modes == {0o640}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o750
    assert stat.S_IMODE((tmp_path / "releases" / "latest").stat().st_mode) == 0o640


@pytest.mark.parametrize("bad", ["../up", "", "latest", "a/b", ".hidden", "a" * 65])
def test_an_id_that_could_leave_the_folder_is_refused(released, bad):
    with pytest.raises(ReleaseError, match="release id"):
        released(release_id=bad)


def test_no_published_table_of_the_project_lacks_its_rule():
    told = read_published()

    assert told.analyst["fct_indicator"].cells and told.thl["thl_indicator"].cells
    assert not [table for table in told.analyst if table.startswith(("fct_access_case", "fct_visit"))]
