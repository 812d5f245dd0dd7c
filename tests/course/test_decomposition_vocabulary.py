"""Decompositions: what is read as one, what they come to, and which local derivatives pass."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

from grader.checks import (
    CheckFailed,
    Decomposition,
    assert_stages,
    assert_value,
    decomposition,
    numeric_gradient,
    numeric_jacobian,
    spread,
)
from grader.checks.decompositions.elementary import OPERATIONS
from grader.worker.wire.codec import Handle

KINKED = ("absolute", "maximum", "minimum")
SIGMOID = [("n", "negate", ("z",)), ("e", "exp", ("n",)), ("d", "add", (1, "e")), ("s", "reciprocal", ("d",))]
Z = np.array([-2.0, -0.5, 0.7, 3.0])
E, D = np.exp(-Z), 1 + np.exp(-Z)
LOCAL = [(-1,), (E,), (1.0,), (-1 / D**2,)]
SINGLE = [tuple(np.float32(slope) for slope in row) for row in LOCAL]

# Inputs a of shape (3,) and b, one number: a broadcast scalar, an operand used twice, both kinds of path.
GRAPH = [
    ("product", "multiply", ["a", "b"]),
    ("twice", "multiply", ("product", "product")),
    ("total", "sum", ("twice",)),
    ("quotient", "divide", ("product", "total")),
    ("power", "exp", ("quotient",)),
    ("value", "subtract", ("power", "b")),
]
A, B = np.array([0.5, -1.5, 2.0]), np.array(0.8)


def graph_local(a: np.ndarray, b: np.ndarray) -> list[tuple[Any, ...]]:
    product = a * b
    total = (product**2).sum()
    return [
        (b, a),
        [product, product],  # type: ignore[list-item]
        (1,),
        (1 / total, -product / total**2),
        (np.exp(product / total),),
        (1.0, -1.0),
    ]


def refused(answer: object, **options: Any) -> CheckFailed:
    with pytest.raises(CheckFailed) as caught:
        decomposition(answer, **options)
    return caught.value


def rejected(local: object, program: Decomposition | None = None, **inputs: Any) -> CheckFailed:
    with pytest.raises(CheckFailed) as caught:
        assert_stages(program or decomposition(SIGMOID), local, **(inputs or {"z": Z}))
    return caught.value


def with_last(slope: object) -> list[tuple[Any, ...]]:
    return [*LOCAL[:3], (slope,)]


@pytest.mark.parametrize("name", OPERATIONS)
def test_each_operation_has_the_derivatives_that_differences_give(name: str) -> None:
    operation = OPERATIONS[name]
    operands = [np.abs(spread((4,), seed)) if name in ("log", "sqrt") else spread((4,), seed) for seed in (1, 2)]
    operands = operands[: len(operation.least)]
    for place in range(len(operands)):
        jacobian = numeric_jacobian(
            lambda at, place=place: operation(*operands[:place], at, *operands[place + 1 :]), operands[place]
        )
        least, greatest = operation.slopes(place, *operands)
        by_differences = jacobian if name == "sum" else np.diagonal(jacobian)
        np.testing.assert_allclose(least, by_differences, rtol=1e-8)
        np.testing.assert_array_equal(least, greatest)


@pytest.mark.parametrize("name", KINKED)
def test_at_a_kink_the_derivative_lies_between_those_on_both_sides(name: str) -> None:
    operation, at = OPERATIONS[name], np.array([0.3])
    others = [] if name == "absolute" else [at]
    at = np.zeros(1) if name == "absolute" else at
    sides = [operation.slopes(0, at + nudge, *others)[0][0] for nudge in (-0.1, 0.1)]
    least, greatest = operation.slopes(0, at, *others)
    assert (least[0], greatest[0]) == (min(sides), max(sides))


def test_stages_come_to_what_they_say() -> None:
    program = decomposition(SIGMOID)
    np.testing.assert_allclose(program.values(z=Z), [-Z, E, D, 1 / D], rtol=1e-15)
    np.testing.assert_allclose(program.value(z=Z), 1 / D, rtol=1e-15)


def test_a_wrong_value_is_shown_with_its_inputs_and_stages() -> None:
    program = decomposition(GRAPH, inputs=("a", "b"))
    assert_value(program, program.value(a=A, b=B), a=A, b=B)
    with pytest.raises(CheckFailed) as caught:
        assert_value(program, np.ones(3), confusions={"It is this.": program.value(a=A, b=B)}, a=A, b=B)
    failure = caught.value
    assert (failure.kind, failure.misconception) == ("the value of the last stage has wrong values", "It is this.")
    for line in (
        "a = [0.5, -1.5, 2.0]",
        "b = 0.8",
        "stage 1, product = multiply(a, b): [ 0.4, -1.2, 1.6]",
        "stage 3, total = sum(twice): 4.16",
    ):
        assert f"\n  {line}\n" in failure.detail


def test_what_is_shown_of_a_wrong_value_is_bounded() -> None:
    chain = [("s0", "negate", ("z",)), *((f"s{i}", "negate", (f"s{i - 1}",)) for i in range(1, 100))]
    with pytest.raises(CheckFailed) as caught:
        assert_value(decomposition(chain), np.ones(1000), z=np.linspace(0, 1, 1000))
    assert "… 90 more stages …" in caught.value.detail
    assert len(caught.value.detail) < 4000


def test_what_has_no_value_is_nan_and_warns_of_nothing() -> None:
    assert np.isnan(decomposition([("l", "log", ("z",))]).value(z=-1.0))


def test_the_gradient_is_the_sum_over_all_paths() -> None:
    program = decomposition(GRAPH, inputs=("a", "b"))
    found = program.gradient(graph_local(A, B), a=A, b=B)
    by_a = numeric_gradient(lambda a: program.value(a=a, b=B).sum(), A)
    by_b = numeric_gradient(lambda b: program.value(a=A, b=b[0]).sum(), B[None])[0]
    np.testing.assert_allclose(found["a"], by_a, rtol=1e-7)
    np.testing.assert_allclose(found["b"], by_b, rtol=1e-7)
    assert (found["a"].shape, found["b"].shape) == ((3,), ())


def test_the_gradient_is_that_of_the_answer_and_in_its_precision() -> None:
    program = decomposition(SIGMOID)
    single = [tuple(np.float32(slope) for slope in row) for row in with_last(np.zeros(4))]
    np.testing.assert_array_equal(program.gradient(single, z=Z)["z"], np.zeros(4, dtype=np.float32))
    assert program.gradient(single, z=Z)["z"].dtype == np.float32


def test_columns_and_rows_are_summed_over_what_they_were_broadcast_to() -> None:
    program = decomposition([("p", "multiply", ("a", "b"))], inputs=("a", "b"))
    a, b = spread((3, 1), 1), spread((2,), 2)
    found = program.gradient([(b, a)], a=a, b=b)
    np.testing.assert_allclose(found["a"], np.full((3, 1), b.sum()))
    np.testing.assert_allclose(found["b"], np.full(2, a.sum()))


@pytest.mark.parametrize(
    "local",
    [
        LOCAL,
        [list(row) for row in LOCAL],
        tuple(LOCAL),
        SINGLE,
        [tuple(np.asarray(s, float) for s in row) for row in SINGLE],
    ],
    ids=["tuples", "lists", "all a tuple", "single", "single inside"],
)
def test_right_local_derivatives_of_any_style_pass(local: object) -> None:
    assert_stages(decomposition(SIGMOID), local, z=Z)


def test_right_local_derivatives_of_a_graph_pass() -> None:
    assert_stages(decomposition(GRAPH, inputs=("a", "b")), graph_local(A, B), a=A, b=B)


@pytest.mark.parametrize(
    ("slope", "sentence"),
    [
        (1 / D**2, "The sign is wrong."),
        (1 / D, "This is 1/a itself; its derivative is −1/a²."),
        (-1 / D, "The square is missing: the derivative of 1/a is −1/a²."),
        (-(D**2), "It is taken at the stage's value; take it at the operand."),
        (np.exp(-Z) / D**2, "The chain rule is applied already: give this stage's own derivative, by its operand."),
        (D, "This is the operand itself, not the derivative by it."),
        (1.7 * D, ""),
    ],
)
def test_a_well_known_slip_is_named_with_its_stage(slope: object, sentence: str) -> None:
    failure = rejected(with_last(slope))
    stage = "the local derivatives: stage 4 (reciprocal)"
    assert failure.kind == f"{stage}: the derivative with respect to its operand has wrong values"
    assert failure.detail.startswith("stage 4, s = reciprocal(d)\nexpected ")
    assert failure.misconception == sentence


@pytest.mark.parametrize(
    ("place", "row", "sentence"),
    [
        (0, (A, B), "This is the derivative by the other operand."),
        (3, (1.0 / (A**2 * B**2).sum(), -A * B / (A**2 * B**2).sum()), "The square is missing: "),
        (4, (A * B / (A**2 * B**2).sum(),), "This is the operand itself, not the derivative by it."),
        (5, (1.0, 1.0), "The sign is wrong."),
    ],
)
def test_slips_in_a_graph_are_named_too(place: int, row: tuple[Any, ...], sentence: str) -> None:
    local = graph_local(A, B)
    local[place] = row
    assert rejected(local, decomposition(GRAPH, inputs=("a", "b")), a=A, b=B).misconception.startswith(sentence)


def test_the_derivative_of_the_last_stage_is_told_from_that_of_one() -> None:
    by_e = -1 / D**2
    assert rejected([(-1,), (E,), (by_e,), (by_e,)]).misconception.startswith("This is the derivative of the last")


def test_a_small_entry_is_not_hidden_by_a_large_one() -> None:
    program, z = decomposition([("e", "exp", ("z",))]), np.array([-20.0, 20.0])
    slope = np.exp(z)
    assert_stages(program, [(slope,)], z=z)
    assert "relative to the right one" in rejected([(slope * [2.0, 1.0],)], program, z=z).kind


@pytest.mark.parametrize("slope", [0, 0.5, 1, np.array([0.0, 0.25, 1.0])[1]])
def test_any_subgradient_passes_at_a_tie(slope: float) -> None:
    program, z = decomposition([("m", "maximum", ("z", 0.0))]), np.array([-1.0, 0.0, 2.0])
    assert_stages(program, [(np.array([0, slope, 1]),)], z=z)


@pytest.mark.parametrize("slope", [-0.01, 1.01, np.nan])
def test_what_is_no_subgradient_fails_at_a_tie(slope: float) -> None:
    program, z = decomposition([("m", "maximum", ("z", 0.0))]), np.array([-1.0, 0.0, 2.0])
    rejected([(np.array([0, slope, 1]),)], program, z=z)


def test_both_derivatives_of_a_tie_share_one_slope() -> None:
    program, z = decomposition([("m", "minimum", ("z", "w"))], inputs=("z", "w")), np.zeros(2)
    assert_stages(program, [(0.25, 0.75)], z=z, w=z)
    assert rejected([(1.0, 1.0)], program, z=z, w=z).kind.startswith(
        "the local derivatives: stage 1 (minimum): the sum of both derivatives"
    )


@pytest.mark.parametrize("stage", [("q", "log", ("z",)), ("q", "divide", (1, "z")), ("q", "exp", ("z",))])
def test_a_stage_that_overflows_where_it_is_asked_is_the_submissions_fault(stage: object) -> None:
    z = np.array([0.0, 1000.0])
    assert "is not finite" in rejected([(np.ones(2),)], decomposition([stage]), z=z).kind


@pytest.mark.parametrize(
    ("local", "kind"),
    [
        (None, "are not a list with one entry for each stage"),
        (Z, "are not a list"),
        ({0: (-1,)}, "are not a list"),
        (Handle(1, "list"), "are not a list"),
        ([], "do not have one entry for each stage of the decomposition"),
        (LOCAL * 2, "do not have one entry for each stage of the decomposition"),
        ([()] * 4, "of stage 1 (negate) do not have one for each operand with a name"),
        ([(-1,), E, (1,), (E,)], "of stage 2 (exp) are not a tuple with one entry"),
        ([(-1), (E,), (1,), (E,)], "(-1,) needs the comma"),
        ([(-1,), (E,), (1, 1), (E,)], "of stage 3 (add) do not have one for each operand with a name"),
        (with_last(None), "the derivative with respect to its operand is None"),
        (with_last("no"), "the derivative with respect to its operand is a str"),
        (with_last([1, [2]]), "the derivative with respect to its operand is a list of rows of different lengths"),
        (with_last(-1j / D**2), "the derivative with respect to its operand is complex"),
        (with_last(np.full(4, np.nan)), "the derivative with respect to its operand holds nan"),
        (with_last(np.zeros(0)), "the derivative with respect to its operand has the wrong shape"),
        (with_last(np.zeros((4, 4))), "the derivative with respect to its operand has the wrong shape"),
        (with_last(np.zeros((4, 1))), "the derivative with respect to its operand has the wrong shape"),
        (with_last(np.zeros(4)), "the derivative with respect to its operand has wrong values"),
        (with_last(2**64 - 1), "the derivative with respect to its operand has wrong values"),
        (with_last(np.float16(60000.0)), "the derivative with respect to its operand has wrong values"),
    ],
)
def test_what_are_no_local_derivatives_is_said(local: object, kind: str) -> None:
    assert kind in rejected(local).kind


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (None, "the decomposition is not a list of stages"),
        ("abc", "the decomposition is not a list of stages"),
        ({"a": 1}, "the decomposition is not a list of stages"),
        (Handle(1, "list"), "the decomposition is not a list of stages"),
        ([], "the decomposition has no stages"),
        ([1], "stage 1 is not a name, an operation and its operands"),
        ([10**5000], "stage 1 is not a name, an operation and its operands"),
        (["abc"], "stage 1 is not a name, an operation and its operands"),
        ([(1, "exp", ("z",))], "stage 1 has a name that is not a short text"),
        ([("", "exp", ("z",))], "stage 1 has a name that is not a short text"),
        ([("a\x1b[2J", "exp", ("z",))], "stage 1 has a name that is not a short text"),
        ([("a" * 41, "exp", ("z",))], "stage 1 has a name that is not a short text"),
        ([("z", "exp", ("z",))], "stage 1 has the name of an input or of an earlier stage"),
        ([*SIGMOID, ("n", "exp", ("s",))], "stage 5 has the name of an input or of an earlier stage"),
        ([("a", "sigmoid", ("z",))], "stage 1 has an operation that is not elementary; the operations are "),
        ([("a", "mult", ("z", "z"))], "did you mean `multiply`?"),
        ([("a", ["exp"], ("z",))], "has an operation that is not elementary"),
        ([("a", "e\x1bxp", ("z",))], "has an operation that is not elementary"),
        ([("a", "exp", "z")], "has operands that are not a tuple; with one operand it is ('x',), with the comma"),
        ([("a", "exp", ("z", 1))], "stage 1 gives exp the wrong number of operands; it takes 1"),
        ([("a", "exp", ())], "stage 1 gives exp the wrong number of operands; it takes 1"),
        ([("a", "exp", ("b",)), ("b", "exp", ("z",))], "stage 1 uses a name of no input or earlier stage"),
        ([("a", "exp", ("a",))], "stage 1 uses a name of no input or earlier stage"),
        ([("a", "exp", ("b" * 10**6,))], "stage 1 uses a name of no input"),
        ([("a", "add", ("z", None))], "has an operand that is neither a name nor a number"),
        ([("a", "add", ("z", True))], "has an operand that is neither a name nor a number"),
        ([("a", "add", ("z", [1.0]))], "has an operand that is neither a name nor a number"),
        ([("a", "add", ("z", 1j))], "has an operand that is neither a name nor a number"),
        ([("a", "add", ("z", np.nan))], "has a number as operand that is infinite, nan or too large"),
        ([("a", "add", ("z", 10**5000))], "has a number as operand that is infinite, nan or too large"),
        ([("a", "exp", (1.0,))], "the decomposition does not use the input z"),
        ([("a", "exp", ("z",)), ("b", "exp", ("z",))], "the decomposition: no later stage uses stage 1 (exp)"),
        ([(f"s{i}", "exp", ("z",)) for i in range(101)], "the decomposition has more than 100 stages"),
    ],
)
def test_what_is_no_decomposition_is_refused_by_its_stage(answer: object, kind: str) -> None:
    assert kind in refused(answer).kind


TOLD = "0.6931"  # an input of a hidden check, say


@pytest.mark.parametrize(
    "answer",
    [
        [(TOLD, TOLD, ("z",))],
        [(TOLD, "exp", (TOLD,))],
        [(TOLD, "exp", ("z",)), (TOLD, "exp", (TOLD,))],
        [(TOLD, "exp", ("z",)), ("b", "exp", ("z",))],
        [(TOLD, "exp", ("z", TOLD))],
        [(TOLD, "add", ("z", float(TOLD)))] * 6931,
        [(TOLD, "exp", ["z"] * 6931)],
    ],
)
def test_nothing_that_a_submission_wrote_is_told_of_a_hidden_check(answer: object) -> None:
    failure = refused(answer)
    assert not {TOLD, "6931"} & set(re.findall(r"[\d.]*\d", failure.kind + failure.misconception))


@pytest.mark.parametrize(
    "slope", [None, "no", 1.7, 1, 0, Z, np.exp(Z), np.exp(2 * Z), -np.exp(Z) * np.exp(np.exp(Z)), np.zeros(6931)]
)
def test_nor_is_what_it_calls_a_stage_whose_derivative_is_wrong(slope: object) -> None:
    program = decomposition([(TOLD, "exp", ("z",)), ("b", "exp", (TOLD,))])
    for local in ([(slope,), (1,)], [(np.exp(Z),), (slope,)], [(slope, slope), (1,)]):
        failure = rejected(local, program)
        assert TOLD not in failure.kind + failure.misconception
        assert TOLD in failure.detail


def test_a_decomposition_of_too_few_stages_is_refused_where_more_are_asked_for() -> None:
    assert refused([("a", "exp", ("z",))], least=2).kind.startswith("the decomposition has 1 of at least 2 stages")


def test_an_input_that_no_stage_uses_is_refused() -> None:
    assert refused([("a", "exp", ("z",))], inputs=("z", "w")).kind == "the decomposition does not use the input w"


def test_a_chain_as_long_as_allowed_is_graded_without_recursion() -> None:
    chain = [("s0", "negate", ("z",)), *((f"s{i}", "negate", (f"s{i - 1}",)) for i in range(1, 100))]
    program = decomposition(chain)
    assert_stages(program, [(-1,)] * 100, z=Z)
    np.testing.assert_array_equal(program.gradient([(-1,)] * 100, z=Z)["z"], np.ones(4))


def test_a_suite_that_gives_other_inputs_is_told() -> None:
    with pytest.raises(TypeError, match="a decomposition of z was given w"):
        decomposition(SIGMOID).value(w=Z)
