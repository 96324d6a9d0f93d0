"""Use-case cards and the SQL they speak of."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from concepts.errors import ModelError
from marts.cards import FOLDER, MODELS, catalogue_csv, load_cards, renew, stale

CODES = MODELS.parent / "concepts" / "codes"


def test_every_indicator_in_sql_has_a_card_and_every_card_its_sql() -> None:
    written = {file.stem for file in (MODELS / "indicators").glob("ind_*.sql")}

    assert {card.computed_by for card in load_cards().values()} == written


def test_the_sql_of_a_card_computes_the_indicator_of_the_card() -> None:
    for card in load_cards().values():
        text = (MODELS / "indicators" / f"{card.computed_by}.sql").read_text(encoding="utf-8")
        assert f"roll_up('{card.indicator}'" in text


def test_every_indicator_is_in_the_table_of_figures() -> None:
    text = (MODELS / "indicators" / "indicator_sum.sql").read_text(encoding="utf-8")

    assert [card.indicator for card in load_cards().values() if f"ref('{card.computed_by}')" not in text] == []


def test_no_formula_has_changed_without_a_new_version_of_its_card() -> None:
    # After a change of meaning: python -m marts.cards
    assert stale(load_cards()) == []


def test_the_seed_of_indicators_says_what_the_cards_say() -> None:
    assert (CODES / "ref_indicator.csv").read_text(encoding="utf-8") == catalogue_csv(load_cards())


def test_every_rule_that_a_card_names_is_in_the_table_of_limits() -> None:
    known = {line.split(",")[0] for line in (CODES / "ref_time_limit.csv").read_text(encoding="utf-8").splitlines()}

    assert {rule for card in load_cards().values() for rule in card.rules} <= known


def test_a_changed_formula_makes_its_card_stale_until_it_has_a_new_version(tmp_path: Path) -> None:
    cards, models = tmp_path / "cards", tmp_path / "models"
    cards.mkdir()
    models.mkdir()
    shutil.copy(FOLDER / "TAR-01.yml", cards)
    (models / "ind_tar_01.sql").write_text("select 1\n", encoding="utf-8")

    assert stale(load_cards(cards), models) == ["TAR-01"]
    assert renew(cards, models) == ["TAR-01"]
    assert stale(load_cards(cards), models) == []
    assert load_cards(cards)["TAR-01"].version == "1.1"


def test_a_card_with_an_unknown_dimension_is_refused_by_file_and_key(tmp_path: Path) -> None:
    text = (FOLDER / "TAR-01.yml").read_text(encoding="utf-8")
    (tmp_path / "TAR-01.yml").write_text(text.replace("dimension: TAR", "dimension: XYZ"), encoding="utf-8")

    with pytest.raises(ModelError, match=r"TAR-01\.yml: dimension"):
        load_cards(tmp_path)
