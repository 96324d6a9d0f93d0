"""How `make test` shares the tests among its processes."""

from __future__ import annotations

import pytest

BY_FILE = ("tests/flow", "tests/bench", "tests/spec")  # each file's fixtures are dear; all others go one by one


def pytest_itemcollected(item: pytest.Item) -> None:
    """A file of these rooms stays in one process."""
    if item.nodeid.startswith(BY_FILE):
        item.add_marker(pytest.mark.xdist_group(item.nodeid.partition("::")[0]))
