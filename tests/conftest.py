"""How `make test` shares the tests between its two processes, and that no test fails for being slow."""

from __future__ import annotations

import pytest
from hypothesis import settings
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

settings.register_profile("patient", deadline=None)  # another program on the machine is no fault of ours
settings.load_profile("patient")

BY_FILE = ("tests/flow", "tests/bench", "tests/spec")  # each file's fixtures are dear; all others go one by one


class Rooms(LoadScopeScheduling):
    """Files of these rooms stay whole; what else there is fills idle processes while the longest file ends."""

    def _split_scope(self, nodeid: str) -> str:
        return nodeid.partition("::")[0] if nodeid.startswith(BY_FILE) else nodeid


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadScopeScheduling | None:
    """Where scopes are asked for, these are the scopes."""
    return Rooms(config, log) if config.getvalue("dist") == "loadscope" else None
