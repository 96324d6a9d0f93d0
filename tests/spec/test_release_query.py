"""Questions to a release: what is answered and what is refused."""

from __future__ import annotations

import duckdb
import pytest

from concepts.errors import ReleaseError
from marts.querying import query


@pytest.fixture
def releases(tmp_path):
    for release_id, figure in [("old", 1), ("new", 2)]:
        folder = tmp_path / release_id / "analyst"
        folder.mkdir(parents=True)
        with duckdb.connect(str(folder / "marts.duckdb")) as connection:
            connection.execute(f"create table fct_indicator as select 'SAA-01' as indicator, {figure} as figure")
    (tmp_path / "latest").write_text("new\n")
    return tmp_path


def test_the_latest_release_answers_unless_another_is_named(releases):
    assert query(releases, "select figure from fct_indicator") == (("figure",), [(2,)])
    assert query(releases, "select figure from fct_indicator", release="old")[1] == [(1,)]


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("select 1; select 2", "2 statements"),
        ("", "0 statements"),
        ("insert into fct_indicator values ('a', 1)", "INSERT is refused"),
        ("create temp table x as select 1", "CREATE is refused"),
        ("set threads = 1", "SET is refused"),
        ("attach 'other.duckdb'", "ATTACH is refused"),
        ("copy fct_indicator to 'x.csv'", "COPY is refused"),
        ("select * from read_text('/etc/hostname')", "Permission error"),
        ("select * from nosuch", "The release has: fct_indicator"),
        ("select nosuch from fct_indicator", "nosuch"),
        ("selec 1", "syntax error"),
    ],
)
def test_anything_but_one_reading_statement_is_refused_with_a_reason(releases, sql, said):
    with pytest.raises(ReleaseError, match=said):
        query(releases, sql)


def test_an_error_does_not_repeat_a_value(releases):
    with pytest.raises(ReleaseError) as caught:
        query(releases, "select cast(indicator as integer) from fct_indicator")

    assert "SAA-01" not in str(caught.value)


def test_an_unknown_release_is_answered_with_those_that_exist(releases):
    with pytest.raises(ReleaseError, match="there are: new, old"):
        query(releases, "select 1", release="newer")


def test_before_the_first_release_the_next_command_is_named(tmp_path):
    with pytest.raises(ReleaseError, match="sotevault release"):
        query(tmp_path, "select 1")
