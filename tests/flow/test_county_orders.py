"""The order in which deliveries arrive does not matter: the extract time alone puts them in their place."""

from pathlib import Path

from tests.flow.county import digests


def test_the_marts_are_the_same_when_the_first_delivery_comes_last(home_first_last: Path, home: Path) -> None:
    found = digests(home, "marts", "exports")

    assert len(found) > 30
    assert digests(home_first_last, "marts", "exports") == found
