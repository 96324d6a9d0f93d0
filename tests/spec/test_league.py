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
satellites:
  naming:
    attributes:
      team_name: {{type: string, {_TERM}}}
  kits:
    child_key: [kit]
    attributes:
      kit: {{type: string, {_TERM}}}
links:
  feeder: {{sort: hierarchy, driven: false, participants: [{{role: first_team, concept: team}}]}}
  ground:
    participants: [stadium]
    satellites:
      stands:
        child_key: [stand]
        attributes:
          stand: {{type: string, {_TERM}}}
bridges:
  grounds: {{path: [ground], calendar: {{every: day}}}}
  both_ways: {{path: [ground, feeder], calendar: {{every: day}}}}
""",
    "goal": f"""concept: goal
kind: transaction
told_anew: corrects
{_BODY}key: {{goal: {{type: string, {_TERM}}}}}
satellites: {{entry: {{attributes: {{scorer: {{type: string, {_TERM}}}}}}}}}
""",
    "stadium": f"concept: stadium\n{_BODY}key: {{stadium_name: {{type: string, {_TERM}}}}}\n",
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
  fixture:
    files: fixture_*.csv
    semantics: full
    key: [match]
    columns: {{match: {{}}, home: {{}}, home_name: {{}}, ground: {{}}, away: {{}}, away_name: {{}}}}
    feeds:
      home: {{concept: team, key: {{team_code: home}}, attributes: {{team_name: home_name}}, links: [ground]}}
      away: {{concept: team, key: {{team_code: away}}, attributes: {{team_name: away_name}}, links: []}}
      stadium: {{key: {{stadium_name: ground}}}}
  shirt:
    files: shirt_*.csv
    semantics: full
    key: [match, kit]
    columns: {{match: {{}}, kit: {{}}, home: {{}}, away: {{}}}}
    feeds:
      home: {{concept: team, key: {{team_code: home}}, attributes: {{kit: kit}}, links: []}}
      away: {{concept: team, key: {{team_code: away}}, attributes: {{kit: kit}}, links: []}}
  protocol:
    files: protocol_*.csv
    semantics: event
    key: [goal]
    columns: {{goal: {{}}, scorer: {{}}}}
    feeds: {{goal: {{key: {{goal: goal}}, attributes: {{scorer: scorer}}}}}}
  referee:
    files: referee_*.csv
    semantics: delta
    deleted: {{column: gone, values: [D]}}
    key: [goal]
    columns: {{goal: {{}}, scorer: {{}}, gone: {{}}}}
    feeds: {{goal: {{key: {{goal: goal}}, attributes: {{scorer: scorer}}}}}}
  stand:
    files: stand_*.csv
    semantics: delta
    key: [team, stand]
    columns: {{team: {{}}, ground: {{}}, stand: {{}}}}
    feeds:
      team: {{key: {{team_code: team}}, attributes: {{stand: stand}}, links: [ground]}}
      stadium: {{key: {{stadium_name: ground}}}}
  kit:
    files: kit_*.csv
    semantics: full
    key: [team, kit]
    columns: {{team: {{}}, kit: {{}}, ground: {{}}}}
    feeds:
      team: {{key: {{team_code: team}}, attributes: {{kit: kit}}, links: [ground]}}
      stadium: {{key: {{stadium_name: ground}}}}
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


def _fixture(match: str, home: str, away: str) -> dict[str, str]:
    names = {"home_name": home.upper(), "away_name": away.upper(), "ground": "Töölö"}
    return {"match": match, "home": home, "away": away, **names}


def _grounds(league: InMemory) -> tuple[list[tuple[str, str]], list[tuple[int, str]]]:
    """Each team with its ground now, and those that had one by day of January."""
    return (
        league.ask(
            "select team_code, stadium_name from business_vault.current_team "
            "join raw_vault.hub_stadium using (stadium_hk) order by all"
        ),
        league.ask(
            "select day(snapshot_date), team_code from business_vault.bridge_team_grounds "
            "join raw_vault.hub_team using (team_hk) order by all"
        ),
    )


def test_what_a_row_told_of_a_home_team_ends_for_who_only_plays_away_on_each_day_and_now(league: InMemory) -> None:
    league.deliver("league.fixture", "2025-01-01", [_fixture("1", "hjk", "ifk"), _fixture("2", "ifk", "hjk")])
    league.deliver("league.fixture", "2025-01-02", [_fixture("1", "hjk", "ifk")])
    league.build()
    assert _grounds(league) == ([("hjk", "Töölö")], [(1, "hjk"), (1, "ifk"), (2, "hjk")])


def test_who_has_no_row_left_of_a_set_has_no_relation_of_it_on_each_day_and_now(league: InMemory) -> None:
    league.deliver("league.fixture", "2025-01-01", [_fixture("1", "ifk", "hjk")])
    league.deliver("league.kit", "2025-01-01", [{"team": "hjk", "kit": "home", "ground": "Töölö"}])
    league.deliver("league.kit", "2025-01-02", [])
    league.build()
    assert _grounds(league) == ([("ifk", "Töölö")], [(1, "hjk"), (1, "ifk"), (2, "ifk")])


def test_a_bridge_that_goes_two_ways_from_its_concept_is_empty_where_the_second_ends(league: InMemory) -> None:
    grounds = [{"team": team, "ground": "Töölö", "stand": "east"} for team in ("hjk", "ifk")]
    league.deliver("league.stand", "2025-01-01", grounds)
    league.deliver(
        "league.feeder", "2025-01-01", [{"team": "ifk", "of_team": "hifk"}, {"team": "kpv", "of_team": "hjk"}]
    )
    league.deliver("league.feeder", "2025-01-02", [{"team": "hjk", "of_team": "klubi"}])
    league.build()
    assert league.ask(
        "select day(snapshot_date), team.team_code, stadium_name, above.team_code "
        "from business_vault.bridge_team_both_ways join raw_vault.hub_team as team using (team_hk) "
        "join raw_vault.hub_stadium using (stadium_hk) "
        "left join raw_vault.hub_team as above on above.team_hk = first_team_hk order by all"
    ) == [
        (1, "hjk", "Töölö", None),
        (1, "ifk", "Töölö", "hifk"),
        (2, "hjk", "Töölö", "klubi"),
        (2, "ifk", "Töölö", None),
    ]


def test_of_two_sets_that_a_table_tells_of_a_key_in_two_roles_at_once_the_first_role_counts(league: InMemory) -> None:
    shirts = [("1", "hjk", "ifk", "blue"), ("1", "hjk", "ifk", "red"), ("2", "ifk", "hjk", "red")]
    rows = [dict(zip(("match", "home", "away", "kit"), shirt, strict=True)) for shirt in shirts]
    league.deliver("league.shirt", "2025-01-01", rows)
    league.build()
    assert league.ask(
        "select team_code, kit from business_vault.current_team_kits "
        "join raw_vault.hub_team using (team_hk) order by all"
    ) == [("hjk", "blue"), ("hjk", "red"), ("ifk", "red")]


def _goals(league: InMemory) -> tuple[list[tuple[str]], list[tuple[int, str, int]]]:
    """Who scored goal 1 as it counts now; the bookings of it, by day of January."""
    return (
        league.ask("select scorer from business_vault.current_goal"),
        league.ask("select day(extract_datetime), scorer, entry from business_vault.entries_goal order by all"),
    )


def test_an_event_that_one_table_deletes_stays_as_a_table_without_a_flag_told_it(league: InMemory) -> None:
    league.deliver("league.protocol", "2025-01-01", [{"goal": "1", "scorer": "Eremenko"}])
    league.deliver("league.referee", "2025-01-02", [{"goal": "1", "scorer": "Litmanen"}])
    league.deliver("league.referee", "2025-01-03", [{"goal": "1", "gone": "D"}])
    league.build()
    told_back = [(2, "Eremenko", -1), (2, "Litmanen", 1), (3, "Eremenko", 1), (3, "Litmanen", -1)]
    assert _goals(league) == ([("Eremenko",)], [(1, "Eremenko", 1), *told_back])


def test_an_event_that_its_only_table_deletes_is_gone(league: InMemory) -> None:
    league.deliver("league.referee", "2025-01-02", [{"goal": "1", "scorer": "Litmanen"}])
    league.deliver("league.referee", "2025-01-03", [{"goal": "1", "gone": "D"}])
    league.build()
    assert _goals(league) == ([], [(2, "Litmanen", 1), (3, "Litmanen", -1)])


def test_the_set_of_a_relation_ends_with_the_relation(league: InMemory) -> None:
    rows = [{"team": "hjk", "ground": "Olympia", "stand": stand} for stand in ("east", "west")]
    league.deliver("league.stand", "2025-01-01", rows)
    league.deliver("league.stand", "2025-01-02", [{"team": "hjk", "ground": "Töölö", "stand": "north"}])
    league.build()
    assert league.ask("select stand from business_vault.current_team_ground_stands") == [("north",)]
