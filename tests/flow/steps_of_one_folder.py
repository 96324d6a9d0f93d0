"""Ingest one delivery folder and build: what the command line does, without its checks and its release."""

import sys
from pathlib import Path

from orchestration import steps
from orchestration.settings import read_settings

if __name__ == "__main__":
    settings = read_settings()
    steps.ingest(settings, Path(sys.argv[1])).raise_if_refused()
    steps.build(settings)
