"""The kinds of care process in primary care, how often each form of service has them, and how long waits are."""

from __future__ import annotations

from typing import NamedTuple

FIRST, FIRST_DIRECT, URGENT, ADVICE, REFERRED, NOT_NEEDED, UNBOOKED = range(7)
CONTACT_ONLY, FOLLOW_UP, DROP_IN, CANCELLED, CANCELLED_FOLLOW_UP, NO_SHOW = range(7, 13)


class Process(NamedTuple):
    """Which of the five timed events a process has, its assessment's result, and its shares."""

    contact: bool
    assessment: bool
    booking: bool
    visit: bool
    result: str | None
    asked: float  # share in forms that begin with a contact
    planned: float  # share in forms that go by plan


PROCESSES = {
    FIRST: Process(True, True, True, True, "VIS", 0.32, 0.0),
    FIRST_DIRECT: Process(False, True, True, True, "VIS", 0.04, 0.0),
    URGENT: Process(True, True, False, True, "VIS", 0.10, 0.0),
    ADVICE: Process(True, True, False, False, "ADV", 0.12, 0.0),
    REFERRED: Process(True, True, False, False, "REF", 0.02, 0.0),
    NOT_NEEDED: Process(True, True, False, False, "NON", 0.02, 0.0),
    UNBOOKED: Process(True, True, False, False, "VIS", 0.02, 0.0),
    CONTACT_ONLY: Process(True, False, False, False, None, 0.02, 0.0),
    FOLLOW_UP: Process(False, False, True, True, None, 0.21, 0.35),
    DROP_IN: Process(False, False, False, True, None, 0.03, 0.61),
    CANCELLED: Process(True, True, True, False, "VIS", 0.05, 0.0),
    CANCELLED_FOLLOW_UP: Process(False, False, True, False, None, 0.03, 0.04),
    NO_SHOW: Process(True, True, True, False, "VIS", 0.02, 0.0),
}


class Form(NamedTuple):
    """One service form: its share, how it begins, where it is given, by whom, and its usual wait."""

    share: float
    asked: bool
    area: str
    professions: dict[str, float]  # TK 2001 class -> share
    contact_types: dict[str, float]
    nature: str
    ages: tuple[int, int]
    wait_days: float = 14.0


RECEPTION = {"R10": 0.68, "R52": 0.16, "R56": 0.09, "R72": 0.02, "R71": 0.01, "R90": 0.02, "R50": 0.012, "R51": 0.008}
AT_PLACE = {"R10": 0.97, "R52": 0.02, "R41": 0.01}
AT_HOME = {"R20": 0.93, "R52": 0.05, "R72": 0.02}

FORMS = {
    "T11": Form(30, True, "1", {"2221": 0.4, "3231": 0.6}, RECEPTION, "SH", (0, 120), 9),
    "T60": Form(13, True, "2", {"2222": 0.65, "3225": 0.35}, AT_PLACE, "SH", (1, 120), 45),
    "T71": Form(3, True, "1", {"2445": 0.5, "3231": 0.5}, RECEPTION, "SH", (6, 80), 12),
    "T51": Form(3, True, "1", {"3226": 1.0}, AT_PLACE, "SH", (15, 120), 20),
    "T40": Form(28, False, "5", {"51320": 0.85, "3231": 0.15}, AT_HOME, "SH", (70, 120)),
    "T41": Form(4, False, "5", {"3231": 1.0}, AT_HOME, "SH", (65, 120)),
    "T21": Form(3, False, "1", {"3231": 0.9, "2221": 0.1}, AT_PLACE, "TH", (18, 42)),
    "T22": Form(3, False, "1", {"3231": 0.9, "2221": 0.1}, AT_PLACE, "TH", (0, 6)),
    "T26": Form(4, False, "1", {"3231": 0.92, "2221": 0.08}, AT_PLACE, "TH", (6, 16)),
    "T29": Form(2, False, "1", {"3231": 1.0}, AT_PLACE, "TH", (0, 120)),
    "T73": Form(1, False, "1", {"3231": 0.7, "2446": 0.3}, AT_PLACE, "SH", (18, 80)),
}

REASONS_BY_FORM: dict[str, dict[str, float]] = {
    "T11": {
        "ILL": 24,
        "INJ": 8,
        "WOR": 12,
        "SYM": 20,
        "FUN": 4,
        "PLN": 9,
        "FUP": 9,
        "CRT": 4,
        "CHK": 3,
        "COU": 2,
        "": 5,
    },
    "T60": {"ILL": 20, "SYM": 15, "CHK": 35, "PLN": 10, "": 20},
    "planned": {"PLN": 55, "FUP": 20, "CHK": 8, "VAC": 3, "COU": 4, "": 10},
}
