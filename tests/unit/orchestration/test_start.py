"""Ctrl-C ends the command without a word, however early it comes."""

from __future__ import annotations

import subprocess
import sys

import pytest

from orchestration.settings import PROJECT

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


@pytest.mark.parametrize("module", ["orchestration.cli", "pydantic", "duckdb", "concepts.generator.drift"])
def test_ctrl_c_is_quiet_while_the_command_is_imported_and_later(module):
    words = [sys.executable, "-c", INTERRUPTED_AT, module]
    ended = subprocess.run(words, cwd=PROJECT, capture_output=True, text=True, check=False)

    assert (ended.returncode, ended.stdout, ended.stderr) == (130, "", "")
