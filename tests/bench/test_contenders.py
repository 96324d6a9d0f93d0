"""The contenders of the benchmark do the same work; what it costs them is for `make bench` to say."""

from __future__ import annotations

import pytest

from tests.bench.contenders import BY_HAND, BY_HAND_WITH_OUR_KEYS, RIVAL, RIVAL_IS_HERE, SOTEVAULT
from tests.bench.contest import LOADS, Result, agree, deliver, measured, united
from tests.bench.measuring import Cost
from tests.bench.scaling import exponent

needs_rival = pytest.mark.skipif(not RIVAL_IS_HERE, reason="the extra `bench` is not installed; `make bench` does that")
CONTENDERS = [SOTEVAULT, BY_HAND, BY_HAND_WITH_OUR_KEYS, pytest.param(RIVAL, marks=needs_rival)]

# Keys 0..999, then 10..1009. Ten keys are new; of the 990 that both deliver, the 99 that end with 0 have changed.
ROWS = 1_000
FIRST = {"hub": 1_000, "second hub": 1_000, "link": 1_000, "satellite": 1_000}
SECOND = {"hub": 1_010, "second hub": 1_000, "link": 1_010, "satellite": 1_109}


@pytest.mark.parametrize("contender", CONTENDERS, ids=lambda contender: contender.name)
def test_every_contender_loads_the_new_and_the_changed_and_nothing_twice(contender, tmp_path):
    deliver(tmp_path / "deliveries", ROWS, {1, 2})
    result = measured(contender, tmp_path / "contender", tmp_path / "deliveries", list(LOADS))
    rows = {load: {name: count for name, (count, _) in held.items()} for load, held in result.contents.items()}
    assert rows == {"first": FIRST, "second": SECOND, "the same again": SECOND}


def test_a_contender_without_memory_for_a_load_ends_there(tmp_path, monkeypatch):
    deliver(tmp_path / "deliveries", 200_000, {1})
    monkeypatch.setenv("SOTEVAULT_MEMORY", "12MB")
    assert not measured(BY_HAND, tmp_path / "contender", tmp_path / "deliveries", ["first"]).loads


def test_contenders_that_hold_different_values_are_not_compared():
    held = {name: Result(Cost(0, 0, 0), contents={"first": {"hub": (1, name)}}) for name in ("one", "another")}
    with pytest.raises(SystemExit, match="did not do the same work"):
        agree(held)


def test_of_several_rounds_the_median_time_and_the_most_memory_count():
    starts = [Cost(1, 2, 1), Cost(2, 1, 1), Cost(9, 9, 1)]
    loads = [Cost(5, 4, 2), Cost(9, 6, 3), Cost(8, 5, 2)]
    rounds = [Result(start, {"first": load}) for start, load in zip(starts, loads, strict=True)]
    assert united(rounds).beyond_start("first") == Cost(cpu=8 - 2, wall=5 - 2, peak=3)


def test_a_cost_that_grows_tenfold_with_ten_times_the_rows_has_exponent_one():
    assert exponent({1_000: 2.0, 10_000: 20.0}) == pytest.approx(1)


def test_a_cost_that_grows_a_hundredfold_with_ten_times_the_rows_has_exponent_two():
    assert exponent({1_000: 2.0, 10_000: 200.0, 100_000: 20_000.0}) == pytest.approx(2)
