"""What the README tells of commands, exit codes and settings is what there is."""

from __future__ import annotations

import re
import shlex
from itertools import pairwise
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from concepts import errors
from orchestration.cli import UNEXPECTED, app
from orchestration.settings import PROJECT, Settings, read_settings
from orchestration.start import INTERRUPTED

README = (PROJECT / "README.md").read_text(encoding="utf-8")
VERBS = typer.main.get_command(app).commands  # type: ignore[attr-defined]


def commands() -> list[list[str]]:
    """Every `sotevault ...` of the README as words; brackets of optional parts left out."""
    told = re.findall(r"`(?:\.venv/bin/)?sotevault ([^`]+)`", README)
    told += re.findall(r"^\s*sotevault ((?!:)\w.*)$", README, re.MULTILINE)
    return [shlex.split(re.sub(r"[\[\]]", "", line)) for line in told]


def documented(verb: str) -> set[str]:
    """The options that the README names on the verb's row."""
    rows = [
        line
        for line in README.splitlines()
        if line.startswith(f"| `sotevault {verb} ") or f"`sotevault {verb}`" in line
    ]
    return set(re.findall(r"--[a-z-]+", " ".join(rows)))


def options(verb: str) -> set[str]:
    return {name for parameter in VERBS[verb].params for name in parameter.opts if name.startswith("--")}


def test_every_verb_of_the_command_line_is_in_the_readme() -> None:
    assert {words[0] for words in commands()} == {name for name, verb in VERBS.items() if not verb.hidden}


@pytest.mark.parametrize("words", commands(), ids=" ".join)
def test_a_command_of_the_readme_parses(words: list[str]) -> None:
    # Parsed, not run: placeholders stand where a person writes a name or a number.
    numbers = {"--population": "500"}
    spelt = [numbers.get(before, "7") if word == "N" else word for before, word in pairwise(["", *words])]
    verb, *rest = spelt
    rest += ["x"] if verb in ("ingest", "run", "query", "explain", "adopt") and not rest else []
    needed = {"synthesise": "--out", "document": "--out", "diff": "--regional", "plan": "--from"}.get(verb)
    rest += [needed, "x"] if needed and needed not in rest else []

    assert VERBS[verb].make_context(verb, rest, resilient_parsing=False) is not None


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_every_option_but_the_common_ones_is_in_the_readme_and_none_that_there_is_not(verb: str) -> None:
    if VERBS[verb].hidden:
        return
    common = {"--json", "--language", "--help"}

    assert options(verb) - common <= documented(verb)
    assert documented(verb) - {"--csv"} <= options(verb) | common | {"--csv"}


def test_every_make_target_of_the_readme_is_in_the_makefile() -> None:
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"(?:`|^)make (\w+)", README, re.MULTILINE))

    assert {"run", "test", "ui"} <= targets
    assert all(re.search(rf"^{target}:", makefile, re.MULTILINE) for target in targets)


def test_the_readme_tells_every_exit_code() -> None:
    told = {int(code) for code in re.findall(r"^\| (\d+) \|", README, re.MULTILINE)}
    kinds = {kind.exit_code for kind in [errors.SotevaultError, *errors.SotevaultError.__subclasses__()]}

    assert told == {0, 2, UNEXPECTED, INTERRUPTED, *kinds}  # 2 is the command line parser's own


def test_the_readme_tells_every_setting_with_its_default() -> None:
    told = dict(re.findall(r"^\| `SOTEVAULT_(\w+)`[^|]*\| `?([^`|]+)`?", README, re.MULTILINE))
    defaults = read_settings({})
    names = set(re.findall(r"`SOTEVAULT_(\w+)`", README))

    assert names == {"HOME", *(name.upper() for name in Settings.model_fields if name not in ("home", "project"))}
    assert told["TEST_IDENTITIES"] == defaults.test_identities
    assert told["THRESHOLD"] == str(defaults.threshold)
    assert f"`{defaults.threads}`, `{defaults.memory}`" in README


def test_links_of_the_readme_lead_to_files() -> None:
    links = re.findall(r"\]\(([^)#]+)\)", README)

    assert links
    assert [link for link in links if not (PROJECT / link).exists()] == []


def test_every_room_of_the_readme_is_a_folder_with_its_own_door_plate() -> None:
    rooms = [path for path in re.findall(r"^\| \[?(\w+)/", README, re.MULTILINE) if Path(PROJECT / path).is_dir()]

    assert {"concepts", "ingest", "marts", "expectations", "orchestration", "tests"} <= set(rooms)
    for room in set(rooms) - {"vault_models"}:
        assert len((PROJECT / room / "README.md").read_text(encoding="utf-8").splitlines()) <= 20


def test_a_command_that_is_wrong_ends_with_2() -> None:
    told = CliRunner().invoke(app, ["query", "--no-such-option"])

    assert told.exit_code == 2
