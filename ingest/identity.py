"""The Finnish personal identity code (henkilötunnus): form, date and check character.

Source: the Digital and Population Data Services Agency's description of the code and the decree on population data
(128/2010) as amended; new intermediate characters from 1 January 2023.
"""

from __future__ import annotations

import re
from datetime import date

_FORM = re.compile(r"(\d{2})(\d{2})(\d{2})([-+A-FU-Y])(\d{3})([0-9A-Y])", re.ASCII)
_CHECK_CHARACTERS = "0123456789ABCDEFHJKLMNPRSTUVWXY"
_CENTURIES = {"+": 1800, **dict.fromkeys("-YXWVU", 1900), **dict.fromkeys("ABCDEF", 2000)}


def is_identity_code(code: str) -> bool:
    """Whether the 11 characters are a possible identity code: real birth date, individual number from 002, check."""
    parts = _FORM.fullmatch(code)
    if not parts:
        return False
    day, month, year, sign, individual, check = parts.groups()
    try:
        date(_CENTURIES[sign] + int(year), int(month), int(day))
    except ValueError:
        return False
    number = int(day + month + year + individual)
    return int(individual) >= 2 and _CHECK_CHARACTERS[number % 31] == check


def is_temporary(code: str) -> bool:
    """Whether a valid code is an artificial one (individual number 900-999), which two systems may both give out."""
    return code[7] == "9"
