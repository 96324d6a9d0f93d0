"""The county's ledger, chart of accounts and code export, in the columns of their deliveries.

Costs are positive and income negative. Sums are shapes in euros per resident drawn for testing, not any county's.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import polars as pl

from ingest.synthetic.codes import code_set, names_of
from ingest.synthetic.draws import choose_index, where, whole
from ingest.synthetic.moments import Period

EUROS_PER_RESIDENT_MONTH = 350.0


class AccountGroup(NamedTuple):
    """First account number, share of the costs (income negative), counterparty sector."""

    first: int
    share: float
    counterparty: str | None


GROUPS = {
    "SAL": AccountGroup(3000, -0.05, "11"),
    "FEE": AccountGroup(3200, -0.06, "40"),
    "GRI": AccountGroup(3300, -0.02, "50"),
    "OIN": AccountGroup(3500, -0.02, "10"),
    "WAG": AccountGroup(4000, 0.42, None),
    "PEN": AccountGroup(4100, 0.10, None),
    "PUC": AccountGroup(4300, 0.20, "20"),
    "PUO": AccountGroup(4400, 0.11, "20"),
    "MAT": AccountGroup(4500, 0.08, "20"),
    "GRA": AccountGroup(4700, 0.03, "40"),
    "GRV": AccountGroup(4750, 0.02, "40"),
    "OCO": AccountGroup(4800, 0.04, "30"),
    "FIN": AccountGroup(6000, 0.005, "20"),
}
ACCOUNTS_PER_GROUP = 2
CODE_EXPORTS = {
    "contact_type": "1.2.246.537.6.127",
    "urgency": "1.2.246.537.6.121",
    "service_form": "1.2.246.537.6.125.2008",
    "visit_nature": "1.2.246.537.6.124.2008",
    "specialty": "1.2.246.537.6.24",
    "municipality": "1.2.246.537.6.21",
    "sex": "1.2.246.537.5.1.1997",
}


def chart_of_accounts() -> pl.DataFrame:
    """Two accounts of every account group."""
    rows = []
    for group, told in GROUPS.items():
        finnish, swedish = names_of("account_group", group)
        for number in range(ACCOUNTS_PER_GROUP):
            suffix = f" {number + 1}"
            account = str(told.first + 10 * number)
            rows.append({"TILI": account, "NIMI": finnish + suffix, "NAMN": swedish + suffix, "TILIRYHMA": group})
    return pl.DataFrame(rows)


def synthesise_ledger(
    rng: np.random.Generator, cost_centres: pl.DataFrame, population: int, period: Period
) -> pl.DataFrame:
    """Journal rows: every month each cost centre posts to every account; a voucher is a cost centre's month."""
    months = np.arange(np.datetime64(period.start, "M"), np.datetime64(period.end, "M") + 1)
    accounts = [(group, told.first + 10 * n) for group, told in GROUPS.items() for n in range(ACCOUNTS_PER_GROUP)]
    centres = cost_centres["KUSTANNUSPAIKKA"]
    weights = rng.pareto(1.5, len(centres)) + 0.2
    size = len(months) * len(centres) * len(accounts)
    month, rest = np.divmod(np.arange(size), len(centres) * len(accounts))
    centre, account = np.divmod(rest, len(accounts))
    share = np.array([GROUPS[group].share for group, _ in accounts])[account] / ACCOUNTS_PER_GROUP
    sum_of_month = population * EUROS_PER_RESIDENT_MONTH * weights[centre] / weights.sum()
    cents = np.rint(sum_of_month * share * rng.uniform(0.7, 1.3, size) * 100).astype(np.int64)
    cents = np.where(cents == 0, np.where(share < 0, -1, 1), cents)
    day = months[month].astype("datetime64[D]") + whole(rng, 0, 27, size).astype("timedelta64[D]")
    sectors = pl.Series([GROUPS[group].counterparty for group, _ in accounts], dtype=pl.String).gather(account)
    own = where(choose_index(rng, [0.97, 0.03], size) == 1, "01", sectors)
    return pl.DataFrame(
        {
            "TOSITE": "T" + pl.Series(month * len(centres) + centre + 100_001).cast(pl.String),
            "RIVI": (account + 1).astype(np.int64),
            "KIRJAUSPVM": pl.Series(day, dtype=pl.Date),
            "TILI": pl.Series([str(number) for _, number in accounts]).gather(account),
            "KUSTANNUSPAIKKA": centres.gather(centre),
            "VASTAPUOLI": own,
            "SUMMA": euros(cents),
        }
    ).sort("KIRJAUSPVM", "TOSITE", "RIVI")


def euros(cents: np.ndarray[tuple[int], np.dtype[np.int64]]) -> pl.Series:
    """Whole cents as exact decimals of euros."""
    text = pl.Series(np.abs(cents)).cast(pl.String).str.zfill(3)
    sign = where(cents < 0, "-", "")
    return (sign + text.str.head(-2) + "." + text.str.tail(2)).cast(pl.Decimal(18, 2))


def code_export() -> pl.DataFrame:
    """Some of our code sets in the columns of the code server's export."""
    parts = [
        code_set(name).select(
            OID=pl.lit(oid),
            CodeId="code",
            BeginningDate=pl.col("valid_from").str.to_date(),
            ExpiringDate=pl.col("valid_to").str.to_date(),
            LongName="name_fi",
            LongName_sv="name_sv",
            LastModifiedDate=pl.lit("01.01.2025"),
        )
        for name, oid in CODE_EXPORTS.items()
    ]
    return pl.concat(parts)
