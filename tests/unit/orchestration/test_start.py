"""Ctrl-C ends the command without a word, however early it comes."""

from __future__ import annotations

import subprocess
import sys

import pytest

from orchestration.settings import PROJECT
from tests.small_project import small_project

INTERRUPTED_AT = """
import os, signal, sys

class Interrupting:
    def find_spec(self, name, path=None, target=None):
        if name == module:
            os.kill(os.getpid(), signal.SIGINT)

module, sys.argv = sys.argv[1], ["sotevault", "generate", "--check"]
sys.meta_path.insert(0, Interrupting())
from orchestration.start import main
main()
"""


INTERRUPTED_IN_DBT = """
import os, signal, sys
from pathlib import Path

from orchestration.building import parse, run_dbt
from orchestration.cli import app
from orchestration.settings import Settings
from orchestration.start import main

moment, settings = sys.argv[1], Settings(home=Path(sys.argv[2], "home"), project=Path(sys.argv[2]))

def interrupt(frame, event, _):
    if event == "call" and frame.f_code.co_name == moment:
        sys.setprofile(None)
        os.kill(os.getpid(), signal.SIGINT)

@app.command()
def build_small():
    import dbt.cli.main
    sys.setprofile(interrupt)
    run_dbt(["build"], settings, parse(settings))

sys.argv = ["sotevault", "build-small"]
main()
"""
INTERRUPTED_IN_THE_ENGINE = """
import os, signal, sys
from threading import Timer

import duckdb

from orchestration.cli import app
from orchestration.start import main

@app.command()
def ask():
    Timer(0.2, os.kill, (os.getpid(), signal.SIGINT)).start()
    duckdb.execute("select count(*) from range(1_000_000_000_000)")

sys.argv = ["sotevault", "ask"]
main()
"""
TRYING_AGAIN = """
import os, signal, sys
from threading import Timer

from orchestration import start
from orchestration.cli import app

start.SECONDS_TO_CLEAR_UP = 1

@app.command()
def insist():
    Timer(0.2, os.kill, (os.getpid(), signal.SIGINT)).start()
    while True:
        try:
            signal.pause()
        except BaseException as error:
            print("fault:", error)

sys.argv = ["sotevault", "insist"]
start.main()
"""


def ended(script, *words):
    end = subprocess.run(
        [sys.executable, "-c", script, *words], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    return end.returncode, end.stdout, end.stderr


@pytest.mark.parametrize("module", ["orchestration.cli", "pydantic", "duckdb", "concepts.generator.drift"])
def test_ctrl_c_is_quiet_while_the_command_is_imported_and_later(module):
    assert ended(INTERRUPTED_AT, module) == (130, "", "")


@pytest.mark.parametrize("moment", ["setup_event_logger", "parse_manifest", "execute_nodes"])
def test_ctrl_c_is_quiet_while_dbt_begins_parses_and_builds(moment, tmp_path):
    assert ended(INTERRUPTED_IN_DBT, moment, str(small_project(tmp_path))) == (130, "", "")


def test_ctrl_c_is_quiet_although_the_engine_makes_an_error_of_it():
    assert ended(INTERRUPTED_IN_THE_ENGINE) == (130, "", "")


def test_ctrl_c_ends_also_what_takes_it_for_a_fault_and_tries_again():
    assert ended(TRYING_AGAIN)[0] == 130
