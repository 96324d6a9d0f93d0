"""Identity codes: the artificial ones that the population data agency published for testing, and slips in them."""

import pytest

from ingest.identity import is_identity_code, is_temporary


@pytest.mark.parametrize(
    "code",
    ["010594Y9032", "010594Y9021", "020594X903P", "030594W903B", "040594V9030", "050594U903M",
     "010516B903X", "020516C903K", "030516D9037"],
)  # fmt: skip
def test_a_published_artificial_code_is_valid_and_temporary(code: str) -> None:
    assert is_identity_code(code)
    assert is_temporary(code)


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("010190-999Y", "a check character seen wrong in a published example"),
        ("310294-903P", "31 February"),
        ("290200+900X", "1800 was no leap year"),
        ("020594*903P", "no such century sign"),
        ("020594x903P", "lower case is not the canonical form"),
        ("020594X903", "ten characters"),
        ("020594X903P ", "a trailing blank"),
        ("020594X903\u0660", "a digit that is not ASCII"),
        ("010101-0012", "individual numbers begin at 002"),
        ("", "nothing"),
    ],
)
def test_a_code_with_a_slip_is_not_valid(code: str, why: str) -> None:
    assert not is_identity_code(code), why


def test_the_check_character_does_not_cover_the_century_sign() -> None:
    assert is_identity_code("020594X903P")
    assert is_identity_code("020594-903P")
