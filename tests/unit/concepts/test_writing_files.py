"""Where generated files go, and what is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from concepts.errors import SotevaultError
from concepts.generator.drift import drift, write
from concepts.generator.naming import project_name
from tests.hindrances import files_of_at_most

FILES = {"models/hub_book.sql": "select 1\n", "dbt_project.yml": "name: library\n"}


def test_a_stray_file_is_drift_and_is_taken_away(tmp_path: Path) -> None:
    write(FILES, tmp_path)
    (tmp_path / "models/hub_gone.sql").write_text("select 2\n", encoding="utf-8")

    assert drift(FILES, tmp_path) == ["models/hub_gone.sql"]
    assert write(FILES, tmp_path) == ["models/hub_gone.sql"]
    assert drift(FILES, tmp_path) == []


def test_a_stray_file_that_is_no_text_is_drift_too(tmp_path: Path) -> None:
    write(FILES, tmp_path)
    (tmp_path / "models/.DS_Store").write_bytes(b"\x00\xff")

    assert drift(FILES, tmp_path) == ["models/.DS_Store"]
    assert write(FILES, tmp_path) == ["models/.DS_Store"]


def test_what_the_disk_refuses_leaves_the_file_that_was_there(tmp_path: Path) -> None:
    write(FILES, tmp_path)

    with files_of_at_most(16), pytest.raises(OSError, match=r"models/hub_book\.sql"):
        write(FILES | {"models/hub_book.sql": "select 1 as longer\n"}, tmp_path)
    assert drift(FILES, tmp_path) == []


def test_a_project_that_was_cut_short_is_written_again(tmp_path: Path) -> None:
    with files_of_at_most(16), pytest.raises(OSError, match=r"README\.md"):
        write(FILES | {"README.md": "A library's warehouse.\n"}, tmp_path)

    assert write(FILES | {"README.md": "A library.\n"}, tmp_path) == ["README.md", "dbt_project.yml"]


def test_a_link_in_the_folder_leads_nothing_out_of_it(tmp_path: Path) -> None:
    elsewhere = tmp_path / "precious.txt"
    elsewhere.write_text("years of work", encoding="utf-8")
    write(FILES, tmp_path / "library")
    (tmp_path / "library/models/hub_book.sql").unlink()
    (tmp_path / "library/models/hub_book.sql").symlink_to(elsewhere)

    assert write(FILES, tmp_path / "library") == ["models/hub_book.sql"]
    assert elsewhere.read_text(encoding="utf-8") == "years of work"


@pytest.mark.parametrize("is_there", [True, False])
def test_a_folder_that_is_a_link_is_refused_before_anything_is_written(tmp_path: Path, is_there: bool) -> None:
    out, elsewhere = tmp_path / "library", tmp_path / "elsewhere"
    write(FILES, out)
    (out / "models").rename(elsewhere if is_there else tmp_path / "away")
    (out / "models").symlink_to(elsewhere)

    with pytest.raises(SotevaultError, match=r"models: is a link that leads out of .*library; put a folder") as refusal:
        write({**FILES, "dbt_project.yml": "name: other\n", "models/hub_reader.sql": "select 2\n"}, out)
    assert refusal.value.exit_code == 1
    assert (out / "dbt_project.yml").read_text(encoding="utf-8") == FILES["dbt_project.yml"]
    assert not (elsewhere / "hub_reader.sql").exists()


def test_the_folder_itself_may_be_a_link_for_its_owner_names_it(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    (tmp_path / "library").symlink_to(tmp_path / "disk")

    write(FILES, tmp_path / "library")
    assert drift(FILES, tmp_path / "disk") == []


def test_a_link_beside_a_project_of_its_own_is_left_alone(tmp_path: Path) -> None:
    write(FILES, tmp_path / "library", shared=True)
    (tmp_path / "library/data").symlink_to(tmp_path)

    assert write(FILES, tmp_path / "library", shared=True) == []


def test_data_beside_a_project_of_its_own_is_left_alone(tmp_path: Path) -> None:
    write(FILES, tmp_path, shared=True)
    data = tmp_path / "data/warehouse/vault.duckdb"
    data.parent.mkdir(parents=True)
    data.write_bytes(b"\xff")

    assert write(FILES, tmp_path, shared=True) == []
    assert data.exists()


def test_a_folder_full_of_other_things_is_refused(tmp_path: Path) -> None:
    thesis = tmp_path / "thesis.txt"
    thesis.write_text("years of work", encoding="utf-8")

    with pytest.raises(SotevaultError, match="give an empty folder"):
        write(FILES, tmp_path)
    assert thesis.exists()


@pytest.mark.parametrize(
    ("folder", "name"),
    [("My Library", "my_library"), ("2025-vault", "vault_2025_vault"), ("on", "vault_on"), ("dbt", "vault_dbt")],
)
def test_a_project_is_named_after_its_folder(folder: str, name: str) -> None:
    assert project_name(Path("/somewhere") / folder) == name
