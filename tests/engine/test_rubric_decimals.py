"""Marks are exact: decimals outside, fractions inside, binary floats nowhere."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.core.decimals import decimal_text, parse_marks, parse_signed


@given(st.integers(0, 10**14 - 1), st.integers(0, 6))
def test_marks_survive_text_and_back(digits: int, places: int) -> None:
    marks = Fraction(digits, 10**6) if places == 6 else Fraction(digits % 10**8, 10**places)
    assert parse_marks(decimal_text(marks)) == marks


@pytest.mark.parametrize(
    ("value", "text"), [(2, "2"), ("2.50", "2.5"), (Decimal("0.1"), "0.1"), (Fraction(1, 8), "0.125"), ("100", "100")]
)
def test_marks_are_written_as_the_shortest_decimal(value: object, text: str) -> None:
    assert decimal_text(parse_marks(value)) == text


@pytest.mark.parametrize(
    "value",
    [0.5, True, None, "1/3", "1e3", "-1", "", " 1", "1\n", "٣", "nan", Decimal("Infinity"), Decimal("1E+99999999")],
)
def test_anything_but_a_plain_decimal_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match="plain decimal"):
        parse_marks(value)


def test_a_fraction_without_a_finite_decimal_is_refused() -> None:
    with pytest.raises(ValueError, match="finite decimal"):
        decimal_text(Fraction(1, 3))


def test_a_decimal_has_at_most_twelve_places() -> None:
    assert decimal_text(Fraction(1, 2**12)) == "0.000244140625"
    with pytest.raises(ValueError, match="finite decimal"):
        decimal_text(Fraction(1, 2**13))


def test_marks_have_at_most_eight_digits_and_six_places() -> None:
    assert decimal_text(parse_marks("12345678.123456")) == "12345678.123456"
    for text in ("123456789", "0.1234567"):
        with pytest.raises(ValueError, match="plain decimal"):
            parse_marks(text)


@pytest.mark.parametrize(
    ("value", "marks"),
    [
        (-2, Fraction(-2)),
        ("-0.5", Fraction(-1, 2)),
        ("−1", Fraction(-1)),
        (Decimal("-0.1"), Fraction(-1, 10)),
        (3, 3),
        (0, 0),
    ],
)
def test_marks_that_are_taken_away_have_a_minus(value: object, marks: Fraction) -> None:
    assert parse_signed(value) == marks


@pytest.mark.parametrize("value", ["--1", "-", "-x", "+1", -1.5, True])
def test_what_is_no_number_of_marks_is_none_with_a_minus_either(value: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_signed(value)
