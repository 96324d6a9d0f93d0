"""The command line ends with the exit code of the error's kind, with a sentence and without a traceback."""

import shutil
import sys

import pytest

from orchestration.building import error_kind
from orchestration.cli import UNEXPECTED, app, main
from orchestration.modelling import NATIONAL
from orchestration.settings import PROJECT


def run(monkeypatch, home, *words):
    monkeypatch.setattr(sys, "argv", ["sotevault", *words])
    monkeypatch.setenv("SOTEVAULT_HOME", str(home))
    with pytest.raises(SystemExit) as end:
        main()
    return end.value.code


def test_asking_before_anything_is_released_ends_with_14(monkeypatch, tmp_path, capsys):
    assert run(monkeypatch, tmp_path, "query", "select 1") == 14
    assert capsys.readouterr().err.startswith("sotevault: ")


def test_a_senseless_setting_ends_with_10(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("SOTEVAULT_THREADS", "none")

    assert run(monkeypatch, tmp_path, "query", "select 1") == 10
    assert "SOTEVAULT_THREADS" in capsys.readouterr().err


def test_building_before_anything_was_received_ends_with_13(monkeypatch, tmp_path):
    assert run(monkeypatch, tmp_path, "build") == 13


def test_a_foreign_error_is_told_by_kind_and_place_only(monkeypatch, tmp_path, capsys):
    @app.command("fall-over", hidden=True)
    def fall_over():
        raise ValueError("a value that could be a person's")

    assert run(monkeypatch, tmp_path, "fall-over") == UNEXPECTED
    told = capsys.readouterr().err
    assert "ValueError" in told
    assert "a person's" not in told


def test_a_path_that_cannot_be_written_is_told_with_what_the_system_says_of_it(monkeypatch, tmp_path, capsys):
    (tmp_path / "taken").touch()

    assert run(monkeypatch, tmp_path, "document", "--out", str(tmp_path / "taken")) == 1
    told = capsys.readouterr().err
    assert told.startswith(f"sotevault: {tmp_path / 'taken'}")
    assert told.endswith(": Not a directory; put that right (path, rights, room) and run again\n")


def test_a_folder_that_is_called_like_a_file_of_the_model_is_a_fault_of_the_model(monkeypatch, tmp_path, capsys):
    (tmp_path / "model/book.yml").mkdir(parents=True)

    assert (
        run(monkeypatch, tmp_path, "document", "--model", str(tmp_path / "model"), "--out", str(tmp_path / "o")) == 10
    )
    assert "book.yml: is no file, or a link to none; take it out of the folder" in capsys.readouterr().err


def test_a_national_model_that_cannot_be_written_is_told_with_what_the_system_says(monkeypatch, tmp_path, capsys):
    county, nation = PROJECT / "concepts/regional/kainuu", shutil.copytree(NATIONAL, tmp_path / "national")
    proposal = tmp_path / "kainuu.yml"
    assert run(monkeypatch, tmp_path, "diff", "--regional", str(county), "--out", str(proposal)) == 0
    (nation / ".service_unit.yml.new").mkdir()  # where the new text is written first

    assert run(monkeypatch, tmp_path, "adopt", str(proposal), "--national", str(nation)) == 1
    assert ": Is a directory; put that right" in capsys.readouterr().err


def test_an_engines_message_is_reduced_to_its_kind():
    message = "Runtime Error in model fct_visit\n  Conversion Error: Could not convert string 'secret' to INT32"

    assert error_kind(message) == "Conversion Error"


def test_a_message_of_unknown_form_tells_nothing():
    assert error_kind("secret") == ""
