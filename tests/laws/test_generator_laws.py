"""L24 and L26: the generator says the same for the same model, and nothing else of it beside another model."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys

import pytest
import yaml

from concepts.generator import render
from tests.laws.library import MODEL, OTHER_MODEL, OTHER_SOURCES, SOURCES, library, loaded

ASIDE = ("_sources.yml", "load_ledger.sql")  # these list all tables

DIGEST = """
import hashlib, json
from concepts.generator import render
from tests.laws.library import library
print(hashlib.sha256(json.dumps(render(*library(), project="small", gated=True)).encode()).hexdigest())
"""


@pytest.mark.parametrize("hash_seed", ["1", "2"])
def test_another_process_with_another_hash_seed_and_zone_writes_the_same_bytes(hash_seed: str) -> None:
    environment = os.environ | {"PYTHONHASHSEED": hash_seed, "TZ": "Asia/Tokyo", "LC_ALL": "C"}
    told = subprocess.run([sys.executable, "-c", DIGEST], env=environment, capture_output=True, text=True, check=True)
    here = hashlib.sha256(json.dumps(render(*library(), project="small", gated=True)).encode()).hexdigest()
    assert told.stdout.strip() == here


def test_a_model_beside_another_gives_the_files_that_it_gives_alone() -> None:
    alone = render(*loaded(MODEL, SOURCES))
    beside = render(*loaded(MODEL | OTHER_MODEL, SOURCES | OTHER_SOURCES))
    for path, text in alone.items():
        if path.endswith(ASIDE):
            continue
        if path.endswith(".yml"):
            told, held = (_by_name(told) for told in (text, beside[path]))
            assert {name: held[name] for name in told} == told
        else:
            assert beside[path] == text


def test_columns_may_be_listed_in_another_order_without_another_load() -> None:
    """L14: the order of a mapping's columns is no part of its meaning."""
    turned = SOURCES["desk"].replace(
        "columns: {number: {}, town: {}, street: {}}", "columns: {street: {}, town: {}, number: {}}"
    )
    before, after = render(*loaded(MODEL, SOURCES)), render(*loaded(MODEL, SOURCES | {"desk": turned}))
    assert turned != SOURCES["desk"]
    changed = {path for path in before if before[path] != after[path]}
    assert changed <= {
        "models/staging/stg_desk__member.sql",
        "models/staging/_staging.yml",
        "contracts/desk__member.json",
    }


def _by_name(text: str) -> dict[str, object]:
    return {model["name"]: model for model in yaml.safe_load(text)["models"]}
