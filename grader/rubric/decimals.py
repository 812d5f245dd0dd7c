"""Marks: exact fractions inside, finite decimals outside, never binary floats."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

PATTERN = r"^[0-9]{1,8}(\.[0-9]{1,6})?$"
_PLACES = 12


def parse_marks(value: object) -> Fraction:
    """Return marks given as int, Decimal, Fraction or text such as "2.5".

    Raises ValueError for anything that is not a plain decimal of at most 8 and 6 digits: binary
    floats, negative numbers, thirds, `1e3`, infinities.
    """
    if isinstance(value, Fraction):
        text = decimal_text(value)
    elif isinstance(value, str | int | Decimal) and not isinstance(value, bool):
        text = str(value)
    else:
        raise ValueError("is not a plain decimal number")
    if not re.match(PATTERN, text, re.ASCII) or text.endswith("\n"):
        raise ValueError("is not a plain decimal number of at least 0")
    return Fraction(text)


def decimal_text(value: Fraction) -> str:
    """Return the shortest decimal that is exactly `value`, e.g. "2.5".

    Raises ValueError for a fraction without a finite decimal of at most 12 places, such as 1/3.
    """
    for places in range(_PLACES + 1):
        if 10**places % value.denominator == 0:
            return format(Decimal(int(value * 10**places)).scaleb(-places), "f")
    raise ValueError(f"{value} is not a finite decimal")
