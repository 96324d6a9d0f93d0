"""The columns that the vault adds, and those that are delivered and feed nothing, have an explanation too."""

from __future__ import annotations

from typing import get_args

import pytest

from concepts.errors import ModelError
from concepts.explaining import Known, answer
from concepts.explaining.vault_columns import words
from concepts.faults import TECHNICAL_COLUMNS
from concepts.generator.design import design
from concepts.wording import Language, word
from tests.unit.concepts import language_page


def told(name: str, language: Language = "en"):
    return answer(Known(design(*language_page.example()), {}, (), language), name)


def test_every_column_of_every_table_has_an_answer():
    known = Known(design(*language_page.example()), {}, (), "sv")
    kinds = {answer(known, name).kind for name in known.columns}

    assert kinds == {"attribute", "column", "vault_column"}
    assert {answer(known, f"{table}.{name}").kind for name in known.columns for table in known.columns[name]} <= kinds


@pytest.mark.parametrize("language", get_args(Language))
def test_every_column_that_no_attribute_may_be_called_like_has_words_in_every_language(language):
    for name in TECHNICAL_COLUMNS:
        found = told(name, language)
        assert found.kind == "vault_column" and found.title and found.facts["definition"]
    assert word("vault_column", language) != "vault_column"


def test_a_time_comes_from_the_registry_of_deliveries():
    found = told("load_datetime", "fi")

    assert found.lines[0] == "load_datetime: rekisteröintiaika (tietovaraston sarake)"
    assert found.facts["comes_from"] == ("toimitusten rekisteri: load_datetime",)
    assert "keskus: jokainen avain kerran (5)" in found.facts["tables"]


def test_a_hash_key_tells_its_concept_its_key_and_the_delivered_columns():
    facts = told("author_hk").facts

    assert facts["part_of"] == ("author – author: Who wrote.",)
    assert facts["key"] == ("author_name",)
    assert facts["comes_from"] == ("desk.authorship: TEKIJA", "desk.late_authorship: TEKIJA")
    assert "hub_author" in facts["tables"]


def test_the_hash_key_of_a_role_is_that_of_its_concept():
    assert told("lender_hk", "sv").title == "hashnyckel: bibliotekarie"


def test_the_hash_key_of_a_relation_tells_whom_it_joins():
    found = told("book_loan_hk")

    assert found.title == "hash key of the relation: book"
    assert found.facts["relations"] == ("book – loan: reader, lender",)


def test_a_column_of_one_table_is_asked_for_with_the_table_before_it():
    facts = told("raw_vault.sat_book_title__desk_book.hashdiff").facts

    assert facts["comes_from"] == ("desk.book: NIMEKE, LAJI, PAINO",)
    assert facts["tables"] == ("sat_book_title__desk_book",)
    assert told("hub_book.book_number").kind == "attribute"
    with pytest.raises(ModelError):
        told("hub_book.hashdiff")


def test_a_count_of_the_ledger_comes_from_deliveries_and_not_from_their_columns():
    assert "desk.branch" in told("load_ledger.conflicting").facts["comes_from"]


def test_a_delivered_column_that_feeds_nothing_says_so():
    assert told("HANKITTU", "fi").lines[0] == "HANKITTU: ei tuota tietoa ominaisuuksiin (toimitettu sarake)"
    assert told("desk.book.Hyllypaikka").title == "dropped at the gate unread"


def test_no_words_are_left_of_a_column_that_there_is_no_more():
    known = Known(design(*language_page.example()), {}, (), "en")
    landed = {"record_number", "is_quarantined", "quarantine_reason"}

    assert {name for name in words() if name[0] != "_"} - known.columns.keys() - landed == set()
