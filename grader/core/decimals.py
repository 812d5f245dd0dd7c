"""Marks: exact fractions inside, finite decimals outside, never binary floats."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

PATTERN = r"^[0-9]{1,8}(\.[0-9]{1,6})?$"
SIGNED_PATTERN = r"^-?[0-9]{1,8}(\.[0-9]{1,6})?$"
_PLACES = 12


def parse_marks(value: object) -> Fraction:
    """Return marks given as int, Decimal, Fraction or text such as "2.5".

    Raises ValueError for anything that is not a plain decimal with at most 8 digits before and 6 after the point:
    binary floats, negative numbers, thirds, `1e3`, infinities.
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


def parse_signed(value: object) -> Fraction:
    """Return marks that may be negative, in the forms that `parse_marks` accepts, with or without a minus.

    Raises ValueError as `parse_marks` does.
    """
    if isinstance(value, Fraction | Decimal | int) and not isinstance(value, bool) and value < 0:
        return -parse_marks(-value)
    if isinstance(value, str) and value.startswith(("-", "−")):
        return -parse_marks(value[1:])
    return parse_marks(value)


def exact_sum(decimals: Iterable[str]) -> Fraction:
    """Return the sum of marks given as decimals."""
    return Fraction(_sum(decimals))


def sum_text(decimals: Iterable[str]) -> str:
    """Return the sum of marks given as decimals, as the shortest decimal."""
    text = format(_sum(decimals), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _sum(decimals: Iterable[str]) -> Decimal:
    # Exact, because it has 28 digits. Fractions take ten times as long, and a page of feedback has a hundred sums.
    return sum(map(Decimal, decimals), Decimal())


def decimal_text(value: Fraction) -> str:
    """Return the shortest decimal that is exactly `value`, e.g. "2.5".

    Raises ValueError for a fraction without a finite decimal of at most 12 places, such as 1/3.
    """
    for places in range(_PLACES + 1):
        if 10**places % value.denominator == 0:
            return format(Decimal(int(value * 10**places)).scaleb(-places), "f")
    raise ValueError(f"{value} is not a finite decimal")
