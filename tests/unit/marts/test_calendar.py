"""The calendar of weekdays."""

from __future__ import annotations

from pathlib import Path

from marts.calendar import holiday_csv

SEED = Path(__file__).parents[3] / "concepts" / "codes" / "ref_holiday.csv"


def test_the_seed_of_holidays_is_the_calendar_of_2005_to_2035() -> None:
    assert SEED.read_text(encoding="utf-8") == holiday_csv()


def test_easter_of_2025_takes_good_friday_and_easter_monday() -> None:
    days = holiday_csv(2025, 2025)

    assert "2025-04-18,Pitkäperjantai,Långfredagen,true" in days
    assert "2025-04-21,Toinen pääsiäispäivä,Annandag påsk,true" in days


def test_the_two_eves_are_no_weekdays_though_not_public_holidays() -> None:
    days = holiday_csv(2025, 2025)

    assert "2025-06-20,Juhannusaatto,Midsommarafton,false" in days
    assert "2025-12-24,Jouluaatto,Julafton,false" in days


def test_no_day_stands_twice() -> None:
    days = [line.split(",")[0] for line in holiday_csv().splitlines()]

    assert len(days) == len(set(days))
