"""Small cells: what a figure about few persons looks like after the rule."""

from __future__ import annotations

import pytest

from marts.delimited import cell
from marts.disclosure import SmallCellRule


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+358 40 123", "-1+1", "@sum(a1)", "\t=1", "\r=1", "＝1", "＋1", "－1", "＠a", "-cmd|' /C calc'!A0"],
)
def test_text_that_a_spreadsheet_would_run_gets_an_apostrophe_in_front(text):
    assert cell(text) == "'" + text


@pytest.mark.parametrize(
    ("value", "text"), [(-5, "-5"), (-0.5, "-0.5"), (1e-7, "0.0000001"), (67.0, "67"), ("-5", "-5"), (True, "true")]
)
def test_numbers_stay_numbers(value, text):
    assert cell(value) == text


def test_nothing_known_is_an_empty_cell():
    assert [cell(None), cell(float("nan")), cell(float("inf"))] == ["", "", ""]


def test_the_rule_says_which_counts_it_hides_and_that_nobody_has_attacked_it_yet():
    told = SmallCellRule(threshold=5).wording()

    assert "from 1 to 4" in told["en"] and "not yet tested against attack" in told["en"]
    assert "1–4" in told["fi"] and "ei ole vielä koeteltu" in told["fi"]
    assert "från 1 till 4" in told["sv"] and "inte prövats mot angrepp" in told["sv"]
