"""Identity codes (henkilötunnus) that no living person can have: individual numbers 900-999 only.

Form DDMMYYCZZZQ: C tells the century, ZZZ is odd for men and even for women, Q checks the nine digits. One day has
only fifty such numbers a sex, so the newer century signs (in law since 1.1.2023) are used too; only
the whole code is unique.
"""

from __future__ import annotations

import re

import numpy as np
import polars as pl

from ingest.synthetic.draws import Days, Flags, Whole

CHECK_CHARACTERS = "0123456789ABCDEFHJKLMNPRSTUVWXY"
SIGNS = {18: "+", 19: "-YXWVU", 20: "ABCDEF"}
FORM = re.compile(r"(\d{2})(\d{2})(\d{2})([-+A-FU-Y])(\d{3})([0-9A-Y])")


def identity_codes(rng: np.random.Generator, born: Days, male: Flags) -> pl.Series:
    """One valid code a person, none twice; at most 300 persons of one sex can be born on one day."""
    rank = _rank_within(born.astype(np.int64) * 2 + male)
    if rank.max(initial=0) >= 300:
        raise ValueError("more than 300 persons of one sex on one birth date; ask for a smaller population")
    numbers, signs = _slots(rng)
    turn = born.astype(np.int64) * 7919 % 50  # so that the first one born on a day is not always number 900
    number = 900 + (numbers[rank] + turn) % 50 * 2 + male
    years = born.astype("datetime64[Y]").astype(np.int64) + 1970
    months = born.astype("datetime64[M]").astype(np.int64) % 12 + 1
    days = (born - born.astype("datetime64[M]")).astype(np.int64) + 1
    letters = np.where(years < 2000, 0, 6) + signs[rank]
    digits = ((days * 100 + months) * 100 + years % 100) * 1000 + number
    return _spell(digits, letters, digits % 31)


def is_valid(code: str) -> bool:
    """Whether form and check character are right."""
    parts = FORM.fullmatch(code)
    if not parts:
        return False
    digits = int("".join(parts.group(1, 2, 3, 5)))
    return CHECK_CHARACTERS[digits % 31] == parts.group(6)


def _rank_within(groups: Whole) -> Whole:
    order = np.argsort(groups, kind="stable")
    ordered = groups[order]
    starts = np.concatenate(([0], np.flatnonzero(np.diff(ordered)) + 1)) if len(groups) else np.array([], dtype=int)
    rank = np.empty(len(groups), dtype=np.int64)
    rank[order] = np.arange(len(groups)) - np.repeat(starts, np.diff(np.append(starts, len(groups))))
    return rank


def _slots(rng: np.random.Generator) -> tuple[Whole, Whole]:
    """The 300 pairs of number and sign of a day in the order of use: the older sign mostly first."""
    pairs = np.arange(300)
    likely = np.where(pairs // 50 == 0, 1.0, 0.05)
    order = np.argsort(-np.log(1 - rng.random(300)) / likely)  # weighted order without replacement
    return (pairs[order] % 50).astype(np.int64), (pairs[order] // 50).astype(np.int64)


def _spell(digits: Whole, letters: Whole, check: Whole) -> pl.Series:
    text = pl.Series(digits).cast(pl.String).str.zfill(9)
    sign = pl.Series(list(SIGNS[19] + SIGNS[20])).gather(letters)
    last = pl.Series(list(CHECK_CHARACTERS)).gather(check)
    return text.str.slice(0, 6) + sign + text.str.slice(6) + last
