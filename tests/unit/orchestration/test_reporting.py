"""Figures are worded in the reader's language; what is hidden or missing says so and is never a zero."""

import io

import pytest
from rich.console import Console

from orchestration.reporting import Figure, print_figures


def figure(**told):
    whole = {
        "indicator": "SAA-01",
        "dimension": "SAA",
        "name": "Care within the legal limit",
        "period": "2025",
        "service_code": "all",
        "service_name": "all",
        "segment_code": "all",
        "segment_name": "all",
        "value": 96.94,
        "numerator": 1200.0,
        "denominator": 1238.0,
        "unit": "%",
        "status": "ok",
        "coverage": 0.878,
    }
    return Figure(**{**whole, **told})


def printed(*figures, language="en"):
    page = io.StringIO()
    print_figures(Console(file=page, width=150), figures, language)
    return page.getvalue()


@pytest.mark.parametrize(("language", "number"), [("en", "96.9 %"), ("fi", "96,9 %"), ("sv", "96,9 %")])
def test_decimals_follow_the_language(language, number):
    assert number in printed(figure(), language=language)


def test_coverage_stands_beside_the_figure():
    assert "87.8 %" in printed(figure())


def test_a_hidden_figure_says_so():
    assert "peitetty" in printed(figure(value=None, status="suppressed"), language="fi")


def test_a_missing_figure_is_not_a_zero():
    page = printed(figure(value=None, denominator=None, status="missing", coverage=None))

    assert "missing" in page
    assert " 0" not in page


def test_waiting_classes_stand_in_the_order_of_days():
    classes = [figure(segment_code=code) for code in ("15-30", "8-14", "0-7")]

    assert [told.segment_code for told in sorted(classes, key=lambda told: told.place)] == ["0-7", "8-14", "15-30"]
