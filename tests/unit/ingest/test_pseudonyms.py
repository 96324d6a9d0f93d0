"""Pseudonyms keep persons apart and purposes apart, and cannot be made without the root key."""

import hashlib
import hmac
from pathlib import Path

import polars as pl
import pytest

from concepts.errors import SotevaultError
from ingest.home import Home
from ingest.pseudonyms import Pseudonymiser, purpose_key, root_key

ROOT = bytes(range(32))
CODE = "020594X903P"


def pseudonym(code: str, *, source: str = "patient", policy: str = "persons", purpose: str = "person") -> str:
    found = Pseudonymiser(ROOT, source, policy).identity_codes(pl.Series([code]), purpose)  # type: ignore[arg-type]
    return found["value"].item()  # type: ignore[no-any-return]


def test_a_pseudonym_is_the_first_half_of_hmac_sha_256_under_the_purpose_key() -> None:
    # HKDF-SHA-256 by RFC 5869, written out: extract with an empty salt, then one block of expand.
    extracted = hmac.digest(bytes(32), ROOT, hashlib.sha256)
    key = hmac.digest(extracted, b"sotevault/person\x01", hashlib.sha256)
    assert purpose_key(ROOT, "person") == key
    assert pseudonym(CODE) == hmac.new(key, CODE.encode(), hashlib.sha256).hexdigest()[:32]


def test_two_codes_that_differ_in_the_century_sign_are_two_persons() -> None:
    assert pseudonym("020594X903P") != pseudonym("020594-903P")


def test_blanks_and_lower_case_do_not_make_another_person() -> None:
    assert pseudonym(" 020594x903p ") == pseudonym(CODE)


def test_one_person_has_two_pseudonyms_for_two_purposes() -> None:
    assert pseudonym(CODE, purpose="person") != pseudonym(CODE, purpose="research")


def test_a_temporary_code_of_two_systems_is_two_persons() -> None:
    assert pseudonym(CODE, source="patient", policy="temporary") != pseudonym(CODE, source="social", policy="temporary")


def test_in_an_invented_county_an_artificial_code_is_one_person_in_all_systems() -> None:
    assert pseudonym(CODE, source="patient") == pseudonym(CODE, source="social")


def test_a_temporary_code_is_counted_as_one_unless_test_identities_are_persons() -> None:
    codes = pl.Series([CODE, None, "010190-999Y"])
    found = Pseudonymiser(ROOT, "patient", "temporary").identity_codes(codes, "person")
    assert found["temporary"].to_list() == [True, False, False]
    assert found["bad"].to_list() == [False, False, True]
    assert found["value"].is_null().to_list() == [False, True, True]


def test_a_register_number_has_one_pseudonym_in_every_source() -> None:
    numbers = pl.Series(["12345678901", " 12345678901", " ", None])
    told = Pseudonymiser(ROOT, "hr", "temporary").identifiers(numbers, "staff").to_list()
    assert told[0] == told[1] == Pseudonymiser(ROOT, "patient", "temporary").identifiers(numbers, "staff")[0]
    assert told[2:] == [None, None]


def test_the_root_key_is_made_once_and_closed_to_others(tmp_path: Path) -> None:
    home = Home(tmp_path / "home").create()
    key = root_key(home)
    assert len(key) == 32
    assert root_key(home) == key
    assert (home.keys / "root.key").stat().st_mode & 0o777 == 0o400


def test_a_root_key_that_others_can_read_stops_the_gate(tmp_path: Path) -> None:
    home = Home(tmp_path / "home").create()
    root_key(home)
    (home.keys / "root.key").chmod(0o440)
    with pytest.raises(SotevaultError, match="can be read by others"):
        root_key(home)


def test_a_cut_root_key_stops_the_gate(tmp_path: Path) -> None:
    home = Home(tmp_path / "home").create()
    (home.keys / "root.key").write_bytes(b"short")
    (home.keys / "root.key").chmod(0o400)
    with pytest.raises(SotevaultError, match="5 bytes"):
        root_key(home)


def test_a_lost_root_key_is_not_replaced_when_deliveries_stand_under_it(tmp_path: Path) -> None:
    home = Home(tmp_path / "home").create()
    (home.registry / "00112233445566aa.parquet").touch()
    with pytest.raises(SotevaultError, match="Restore the key"):
        root_key(home)
