"""A league whose teams are told of by several tables, and by one table in several roles."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.spec.in_memory import InMemory

_TERM = "term: {en: a, fi: b, sv: c}"
_BODY = f"{_TERM}\ndefinition: {{en: a, fi: b, sv: c}}\nsource: a test\nowner: nobody\n"
MODEL = {
    "team": f"""concept: team
{_BODY}key: {{team_code: {{type: string, {_TERM}}}}}
links:
  feeder: {{sort: hierarchy, driven: false, participants: [{{role: first_team, concept: team}}]}}
""",
}
SOURCES = {
    "league": f"""source: league
{_TERM}
owner: nobody
tables:
  feeder:
    files: feeder_*.csv
    semantics: full
    key: [team, of]
    columns: {{team: {{}}, of: {{name: of_team}}}}
    feeds:
      team: {{key: {{team_code: team}}, links: [feeder]}}
      first_team: {{concept: team, key: {{team_code: of}}}}
""",
}


@pytest.fixture
def league(tmp_path: Path) -> InMemory:
    return InMemory(tmp_path, MODEL, SOURCES)


def test_a_ring_in_which_each_has_several_above_it_ends(league: InMemory) -> None:
    ring = [("hjk", "klubi"), ("hjk", "hjk_2"), ("klubi", "hjk"), ("hjk_2", "hjk")]
    league.deliver("league.feeder", "2025-01-01", [{"team": team, "of_team": other} for team, other in ring])
    league.build()
    assert league.ask(
        "select team.team_code, above.team_code, distance from business_vault.hierarchy_team_feeder "
        "join raw_vault.hub_team as team using (team_hk) "
        "join raw_vault.hub_team as above on above.team_hk = first_team_hk "
        "order by all"
    ) == [
        ("hjk", "hjk", 2),
        ("hjk", "hjk_2", 1),
        ("hjk", "klubi", 1),
        ("hjk_2", "hjk", 1),
        ("hjk_2", "hjk_2", 2),
        ("hjk_2", "klubi", 2),
        ("klubi", "hjk", 1),
        ("klubi", "hjk_2", 2),
        ("klubi", "klubi", 2),
    ]
