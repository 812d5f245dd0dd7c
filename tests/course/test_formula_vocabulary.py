"""Formulas: what is read as one, what they come to, which pass, and that no text harms whoever reads it."""

from __future__ import annotations

import contextlib
import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.checks import CheckFailed, Entries, Index, Real, Whole, assert_formula, evaluated
from grader.checks.formulas.expression import FUNCTIONS, FormulaOperation, MatrixEntry, Name, NoValue, Number, Tree
from grader.checks.formulas.expression_parser import DEPTH_LIMIT, LENGTH_LIMIT, FormulaError, parse

NAMES = ("n", "k", "i", "x", "y")
POINT: dict[str, Any] = {"n": 7, "k": 2, "i": 6, "x": 2.5, "y": np.arange(7.0) ** 2}


def value(text: str) -> Fraction | float:
    return parse(text, NAMES).at(POINT)


def refused(text: str) -> FormulaError:
    with pytest.raises(FormulaError) as caught:
        parse(text, NAMES)
    return caught.value


def rejected(answer: object, expected: Callable[..., Any], **options: Any) -> CheckFailed:
    with pytest.raises(CheckFailed) as caught:
        assert_formula(answer, expected, what="the count", **options)
    return caught.value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 + 2 * 3", 7),
        ("10 - 2 - 3", 5),
        ("24 / 4 / 2", 3),
        ("2^3^2", 512),
        ("-2^2", -4),
        ("2^-1", 0.5),
        ("--3 - +2", 1),
        ("7 // 2 + 7 ÷ 2", 6.5),
        ("n² − k³", 41),
        ("n·k×i", 84),
        ("n ** 2", 49),
        ("1_000 + .5 + 2. + 1e-1", 1002.6),
        ("(i + k) mod n", 1),
        ("(i + k) % n", 1),
        ("1 + ((k - i) mod n)", 4),
        ("mod(k - i, n)", 3),
        ("y[(i + k) mod n]", 1),
        ("y[x + x]", 25),
        ("⌊n / 2⌋ + ⌈n / 2⌉ + floor(-x) + ceil(x)", 7),
        ("sqrt(n + k) * abs(-k)", 6),
        ("min(n, k, i) + max(x, k)", 4.5),
        ("exp(ln(n)) + log(1)", 7),
        ("tanh(x) - 2 * sigmoid(2 * x) + 1", 0),
        ("(n)", 7),
    ],
)
def test_a_formula_comes_to_what_it_says(text: str, expected: float) -> None:
    assert value(text) == pytest.approx(expected, rel=1e-12, abs=1e-12)


def test_rational_numbers_lose_no_digit() -> None:
    assert value("(1/3 + 0.1) * 30 - 13") == 0
    assert value("2^200 + 1 - 2^200") == 1


def test_matrices_take_two_indices() -> None:
    assert parse("w[1, k]", ["w", "k"]).at({"w": np.arange(6.0).reshape(2, 3), "k": 2}) == 5.0


@pytest.mark.parametrize(
    ("text", "column", "words"),
    [
        ("", 1, "the end, expected a number"),
        ("n +", 4, "the end, expected a number"),
        ("2n", 2, "`n`, expected a sign before it"),
        ("2 n", 3, "`n`, expected a sign before it"),
        ("(n)(k)", 4, "`(`, expected a sign before it"),
        ("n(n + 1)", 2, "n is not a function"),
        ("100 000", 5, "digits of a number have no spaces"),
        ("100,000", 4, "thousands have no separator"),
        ("i + k mod n", 7, "(i + k) mod n"),
        ("2 * i mod n", 7, "(i + k) mod n"),
        ("-i mod n", 4, "(i + k) mod n"),
        ("i mod n + 1", 3, "(i + k) mod n"),
        ("i % n * 2", 3, "(i + k) mod n"),
        ("y[i + k mod n]", 9, "(i + k) mod n"),
        ("i mod n mod k", 3, "(i + k) mod n"),
        ("(n + 1", 7, "the end, expected a sign such as + or )"),
        ("n + 1)", 6, "`)`, expected a sign such as + or the end"),
        ("⌊n)", 3, "expected a sign such as + or ⌋"),
        ("floor n", 7, "expected ( after floor"),
        ("max(n)", 4, "found 1 operands of max, expected 2 to 10"),
        ("mod(n)", 4, "found 1 operands of mod, expected 2"),
        ("flor(n)", 1, "did you mean `floor`?"),
        ("n * m", 5, "found `m`, expected one of the names of the question, which are n, k, i, x, y"),
        ("n == 2", 3, "only the right-hand side"),
        (r"\frac{1}{2}", 1, "not LaTeX"),
        ("|n|", 1, "abs(…)"),
        ("n.__class__", 2, "`.`"),
        ("'n'", 1, "`'`"),
        ("n\x1b[31m", 2, r"`\x1b`"),
    ],
)
def test_what_is_no_formula_is_refused_by_its_column(text: str, column: int, words: str) -> None:
    error = refused(text)
    assert (error.column, words in str(error)) == (column, True), str(error)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("1 / (n - 7)", "division by zero"),
        ("n mod (k - 2)", "division by zero"),
        ("0 ^ -1", "division by zero"),
        ("9^9^9^9", "too large"),
        ("exp(n^n)", "too large"),
        ("(-n) ^ 0.5", "not real"),
        ("log(0)", "log is not defined"),
        ("sqrt(-n)", "sqrt is not defined"),
        ("y[n]", "the index n is 7, which is not from 0 to 6"),
        ("y[k - i]", "is -4, which is not from 0 to 6"),
        ("y[x]", "not a whole number"),
        ("y[1, 2]", "1 indices, not 2"),
        ("n[1]", "is a number and has no entries"),
        ("y + 1", "is an array"),
    ],
)
def test_what_has_no_value_says_why(text: str, reason: str) -> None:
    with pytest.raises(NoValue, match=reason.replace("^", r"\^")):
        value(text)


trees: st.SearchStrategy[Tree] = st.recursive(
    st.builds(Number, st.integers(0, 10**9).map(lambda n: Fraction(n, 1)) | st.sampled_from([Fraction(3, 4)]))
    | st.builds(Name, st.sampled_from(["n", "x", "longer_name", "η"])),
    lambda inner: (
        st.builds(
            lambda *pair: FormulaOperation(pair[0], pair[1:]), st.sampled_from(["+", "-", "*", "/", "//"]), inner, inner
        )
        | st.builds(lambda *pair: FormulaOperation(pair[0], pair[1:]), st.sampled_from(["mod", "^"]), inner, inner)
        | st.builds(lambda one: FormulaOperation("-", (one,)), inner)
        | st.builds(lambda name, one: FormulaOperation(name, (one,)), st.sampled_from(["floor", "tanh", "sqrt"]), inner)
        | st.builds(lambda *three: FormulaOperation("max", three), inner, inner, inner)
        | st.builds(lambda *two: MatrixEntry("y", two), inner, inner)
    ),
    max_leaves=8,
)


@given(tree=trees)
def test_a_tree_that_is_written_down_is_read_back(tree: Tree) -> None:
    assert parse(str(tree), ["n", "x", "y", "longer_name", "η"]) == tree


PARTS = ["9", "1e99", "0.5", "n", "y", "(", ")", "[", "]", "⌊", "⌋", "^", "**", "-", "*", "/", "//", "%", " mod ", ","]


@given(text=st.text(max_size=400) | st.lists(st.sampled_from([*PARTS, *FUNCTIONS, "²"]), max_size=80).map("".join))
@settings(max_examples=200)
def test_any_text_is_a_formula_or_refused_and_has_a_value_or_none(text: str) -> None:
    try:
        found = parse(text, NAMES).at(POINT)
    except (FormulaError, NoValue):
        return
    assert math.isfinite(found)


@pytest.mark.parametrize(
    "text",
    [
        "(" * LENGTH_LIMIT,
        "-" * LENGTH_LIMIT,
        "⌊" * DEPTH_LIMIT + "1",
        "floor(" * 50,
        "9^" * 140 + "9",
        "(" * 24 + "9^99" + ")^99" * 24,
        "*".join(["9^99"] * 59),
        "y[" * 100,
        "9" * LENGTH_LIMIT,
        f"{'9' * 290}e99",
        "1" * 10**6,
        "1+" * 149 + "1",
    ],
)
def test_hostile_formulas_end_as_any_other(text: str) -> None:
    with contextlib.suppress(FormulaError, NoValue, OverflowError):
        assert math.isfinite(float(value(text)))


def products(n: int, m: int) -> int:
    return n * m


SIZES = {"n": Whole(1, 40), "m": Whole(1, 40)}


@pytest.mark.parametrize(
    "answer",
    ["n*m", "m·n", "(n - 1) * m + m", "⌊n*m + 0.5⌋", "exp(log(n) + log(m))", products, lambda n, m: "m * n",
     lambda n, m: float(n * m), lambda n, m: np.float32(n * m), lambda *sizes: np.prod(sizes)],
)  # fmt: skip
def test_the_same_function_passes_however_it_is_written(answer: object) -> None:
    assert_formula(answer, products, what="the count", **SIZES)


@pytest.mark.parametrize(
    "answer",
    ["n*m + 1", "n*m*1.0001", "n*m + 0.00001", "n", 6, None, "n*m/(n - 1)", "n*m + (n // 40)",
     [6], np.zeros(0), True, math.nan, lambda n, m: n + m, lambda n, m: [n * m],
     lambda n, m: None, lambda n, m: math.inf, lambda n, m: 1j * n],
)  # fmt: skip
def test_another_function_is_found_out(answer: object) -> None:
    rejected(answer, products, **SIZES)


def test_a_wrong_formula_is_answered_by_the_smallest_point_at_which_it_differs() -> None:
    found = rejected("(n + 1) // 2", lambda n: n // 2, n=Whole(1, 30))
    assert found.kind == "the count has wrong values"
    assert "at n = 1: expected 0, got 1" in found.detail
    found = rejected("n // 2 + 3 * (n // 9)", lambda n: n // 2, n=Whole(1, 30))
    assert "at n = 9: expected 4, got 7" in found.detail
    found = rejected("n / (n - 1)", lambda n: n // 2, n=Whole(1, 30))
    assert "at n = 1: expected 0, got no value: there is a division by zero" in found.detail


def test_a_mistake_is_named_as_a_function_and_not_by_the_point() -> None:
    named = {"The bias is counted.": lambda n, m: n * m + m, "One is added.": lambda n, m: n * m + 1}
    assert rejected("n*m + 1", products, confusions=named, **SIZES).misconception == "One is added."
    assert rejected(lambda n, m: (n + 1) * m, products, confusions=named, **SIZES).misconception.startswith("The bias")
    assert rejected("n*m + 2", products, confusions=named, **SIZES).misconception == ""


def test_of_several_right_functions_one_must_be_meant() -> None:
    both = [products, lambda n, m: n * m + m]
    for answer in ("n*m", "(n + 1)*m"):
        assert_formula(answer, both, what="the count", **SIZES)
    rejected("n*m + (m mod 2) * m", both, **SIZES)  # type: ignore[arg-type]


def test_a_single_number_is_a_formula_of_nothing() -> None:
    for answer in (199_000, 199e3, "1000 * 199", lambda: 200_000):
        assert_formula(answer, [lambda: 199_000, lambda: 200_000], what="the count")
    for answer in (199_001, "199000.5", 0, lambda: [199_000]):
        rejected(answer, [lambda: 199_000, lambda: 200_000])  # type: ignore[arg-type]


def test_arrays_and_indices_that_depend_on_a_length() -> None:
    variables = {"n": Whole(3, 7), "y": Entries(("n",)), "k": Index("n"), "i": Index("n")}

    def right(n: int, y: Any, k: int, i: int) -> float:
        return float(y[(i + k) % n])

    assert_formula("y[(i + k) mod n]", right, what="the entry", **variables)
    given = {"arguments": ("y", "k", "i"), **variables}
    assert_formula(lambda y, k, i: y[(i + k) % len(y)], right, what="the entry", **given)
    assert "which is not from 0 to 2" in rejected("y[i + k]", right, **variables).detail
    rejected("y[(k - i) mod n]", right, **variables)


def test_real_variables_are_told_apart_by_small_terms() -> None:
    reals = {"w": Real(-2.0, 2.0), "z": Real(-2.0, 2.0)}
    slope = "(1 - tanh(w*z)^2) * z"
    assert_formula(slope, lambda w, z: z / np.cosh(w * z) ** 2, what="the slope", **reals)
    rejected(f"{slope} + 0.000001 * w", lambda w, z: z / np.cosh(w * z) ** 2, **reals)


def test_points_are_the_same_for_the_same_seed_and_others_for_another() -> None:
    seen: list[list[tuple[int, int]]] = []
    for seed in (1, 1, 2):
        seen.append([])
        assert_formula(lambda n, m: seen[-1].append((n, m)) or n * m, products, what="it", seed=seed, **SIZES)
    assert seen[0] == seen[1] != seen[2]


def test_only_text_is_evaluated() -> None:
    assert evaluated("n + 1", what="it", n=2) == 3.0
    assert evaluated([1, 2], what="it", n=2) == [1, 2]
    assert evaluated(("n // 2", "⌈n / 2⌉", 7), what="it", n=3) == [1.0, 2.0, 7]
    with pytest.raises(CheckFailed, match="no value at a point where it should have one"):
        evaluated("1 / (n - 2)", what="it", n=2)
    with pytest.raises(CheckFailed, match="cannot be read as a formula: at column 2"):
        evaluated("2n", what="it", n=2)
