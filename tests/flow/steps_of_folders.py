"""Ingest delivery folders and build once: what the command line does, without its checks and its release."""

import sys
from pathlib import Path

from orchestration import steps
from orchestration.settings import read_settings

if __name__ == "__main__":
    settings = read_settings()
    for folder in sys.argv[1:]:
        steps.ingest(settings, Path(folder)).raise_if_refused()
    steps.build(settings)
